/* The doors of a library that is being written: found by their place, opened again when rows of them come later. */
#include <stdlib.h>
#include <string.h>

#include "address/build_own.h"
#include "base/err.h"
#include "base/xalloc.h"

static uint64_t hash_door(const struct build_door *d)
{
	const uint32_t key[] = { d->street, d->lane, d->sub, d->no, d->suffix };
	return texts_hash(key, sizeof key, 1);
}

static bool same_place(const struct build_door *a, const struct build_door *b)
{
	return a->street == b->street && a->lane == b->lane && a->sub == b->sub && a->no == b->no &&
		a->suffix == b->suffix;
}

static size_t slot_of(const struct library_writer *w, const struct build_door *key)
{
	const struct build_index *x = &w->door_index;
	size_t at = hash_door(key) & x->mask;
	while (x->slots[at] && !same_place(&w->doors[x->slots[at] - 1], key))
		at = (at + 1) & x->mask;
	return at;
}

/* BUILD_NONE: there is none. */
static uint32_t find_door(const struct library_writer *w, const struct build_door *key)
{
	uint32_t found = w->door_index.slots[slot_of(w, key)];
	return found ? found - 1 : BUILD_NONE;
}

static void grow_index(struct library_writer *w)
{
	struct build_index *x = &w->door_index;
	free(x->slots);
	x->mask = x->mask * 2 + 1;
	x->slots = xcalloc(x->mask + 1, sizeof *x->slots);
	for (size_t i = 0; i < w->n_doors; i++)
		x->slots[slot_of(w, &w->doors[i])] = (uint32_t)i + 1;
}

static uint32_t add_door(struct library_writer *w, const struct build_door *d)
{
	w->doors = build_grow(w->doors, w->n_doors, &w->cap_doors, sizeof *w->doors);
	w->doors[w->n_doors] = *d;
	w->door_index.slots[slot_of(w, d)] = (uint32_t)w->n_doors + 1;
	if (++w->n_doors * 2 > w->door_index.mask)
		grow_index(w);
	w->streets[d->street].doors++;
	return (uint32_t)w->n_doors - 1;
}

static void store(struct library_writer *w, struct build_door *d, const void *rooms, size_t rooms_size,
	const void *codes, size_t codes_size)
{
	size_t n = rooms_size + codes_size;
	if (n > d->cap) {
		d->cap = (uint32_t)(d->bytes ? n + n / 2 : n); /* opened again: it will be again */
		d->bytes = texts_space(&w->texts, d->cap);
	}
	if (rooms_size)
		memcpy(d->bytes, rooms, rooms_size);
	if (codes_size)
		memcpy(d->bytes + rooms_size, codes, codes_size);
	d->rooms_size = (uint32_t)rooms_size;
	d->codes_size = (uint32_t)codes_size;
}

static void index_codes(struct library_writer *w, uint32_t door);

void build_put_door(struct library_writer *w, const struct build_door *d, const void *rooms, size_t rooms_size,
	const void *codes, size_t codes_size)
{
	build_close_door(w);
	uint32_t i = add_door(w, d);
	store(w, &w->doors[i], rooms, rooms_size, codes, codes_size);
}

void build_close_door(struct library_writer *w)
{
	const unsigned char *rooms, *codes;
	size_t rooms_size, codes_size;
	if (w->current == BUILD_NONE)
		return;
	struct build_door *d = &w->doors[w->current];
	if (!d->gone && rooms_writer_count(w->rooms) == 0) { /* every row was refused or taken away */
		d->gone = true;
		w->streets[d->street].doors--;
	}
	rooms_writer_pack(w->rooms, &rooms, &rooms_size, &codes, &codes_size);
	store(w, d, rooms, rooms_size, codes, codes_size);
	if (w->codes)
		index_codes(w, w->current);
	w->current = BUILD_NONE;
	rooms_writer_clear(w->rooms);
}

static void keep_first(uint32_t *have, uint32_t given)
{
	if (!*have)
		*have = given;
}

static void reader_of(const struct build_door *d, struct rooms_reader *r)
{
	rooms_read(r, d->bytes, d->rooms_size, d->bytes ? d->bytes + d->rooms_size : NULL, d->codes_size);
}

void build_open_door(struct library_writer *w, const struct build_door *key)
{
	build_close_door(w);
	uint32_t i = find_door(w, key);
	if (i == BUILD_NONE) {
		w->current = add_door(w, key);
		return;
	}
	struct build_door *d = &w->doors[i];
	struct rooms_reader r;
	w->current = i;
	bool gone = d->gone;
	w->streets[d->street].doors += gone;
	d->gone = false;
	keep_first(&d->committee, key->committee);
	keep_first(&d->postcode, key->postcode);
	keep_first(&d->place, key->place);
	for (reader_of(d, &r); rooms_next(&r);) /* they have been packed by us or checked, so none is refused */
		rooms_writer_add(w->rooms, r.now.building, r.now.unit, r.now.room, r.now.code, NULL);
	if (!gone && d->rooms_size == 0) /* a single house, maybe without a code */
		rooms_writer_add(w->rooms, "", "", "", "", NULL);
}

/* Codes: only needed to take them away again. */
static uint64_t print_of(const char *code)
{
	uint64_t h = texts_hash(code, strlen(code), 2);
	return h ? h : 1;
}

static struct build_code *code_slot(const struct library_writer *w, uint64_t print)
{
	size_t at = print & w->codes_mask;
	while (w->codes[at].print && w->codes[at].print != print)
		at = (at + 1) & w->codes_mask;
	return &w->codes[at];
}

static void put_code(struct library_writer *w, const char *code, uint32_t door)
{
	uint64_t print = print_of(code);
	struct build_code *c = code_slot(w, print);
	w->n_codes += !c->print;
	*c = (struct build_code){ print, door };
	if (w->n_codes * 4 > w->codes_mask * 3) {
		struct build_code *old = w->codes;
		size_t n = w->codes_mask + 1;
		w->codes_mask = n * 2 - 1;
		w->codes = xcalloc(n * 2, sizeof *w->codes);
		for (size_t i = 0; i < n; i++) {
			if (old[i].print)
				*code_slot(w, old[i].print) = old[i];
		}
		free(old);
	}
}

static void index_codes(struct library_writer *w, uint32_t door)
{
	struct rooms_reader r;
	for (reader_of(&w->doors[door], &r); rooms_next(&r);) {
		if (r.now.code[0])
			put_code(w, r.now.code, door);
	}
}

static uint32_t door_of_code(struct library_writer *w, const char *code)
{
	if (!w->codes) {
		w->codes_mask = 1023;
		w->codes = xcalloc(w->codes_mask + 1, sizeof *w->codes);
		for (size_t i = 0; i < w->n_doors; i++)
			index_codes(w, (uint32_t)i);
	}
	const struct build_code *c = code_slot(w, print_of(code));
	return c->print ? c->door : BUILD_NONE;
}

static bool is_given(const char *text)
{
	return text && *text;
}

static bool wanted(const char *given, const char *have)
{
	return !is_given(given) || strcmp(given, have) == 0;
}

/* What of a door goes: everything, or what has the row's code, or its building, unit and room. */
static bool goes(const struct library_row *row, const struct room *r)
{
	if (is_given(row->code))
		return strcmp(row->code, r->code) == 0;
	return wanted(row->building, r->building) && wanted(row->unit, r->unit) && wanted(row->room, r->room);
}

static size_t take_away(struct library_writer *w, uint32_t i, const struct library_row *row)
{
	struct build_door *d = &w->doors[i];
	struct rooms_reader r;
	size_t gone = 0;
	bool whole = !is_given(row->code) && !is_given(row->building) && !is_given(row->unit) && !is_given(row->room);
	if (d->gone)
		return 0;
	w->current = i;
	for (reader_of(d, &r); rooms_next(&r);) {
		if (whole || goes(row, &r.now))
			gone++;
		else
			rooms_writer_add(w->rooms, r.now.building, r.now.unit, r.now.room, r.now.code, NULL);
	}
	if (!whole && !gone && d->rooms_size == 0)
		rooms_writer_add(w->rooms, "", "", "", "", NULL);
	build_close_door(w); /* goes when nothing is left of it */
	return gone || whole;
}

static size_t take_lane(struct library_writer *w, const struct build_door *key, const struct library_row *row)
{
	size_t gone = 0;
	for (size_t i = 0; i < w->n_doors; i++) {
		const struct build_door *d = &w->doors[i];
		if (d->street == key->street && d->lane == key->lane && (!key->sub || d->sub == key->sub))
			gone += take_away(w, (uint32_t)i, row);
	}
	return gone;
}

bool library_writer_remove(struct library_writer *w, const struct library_row *row, struct err *e)
{
	build_close_door(w);
	if (is_given(row->code)) {
		uint32_t door = door_of_code(w, row->code);
		return (door != BUILD_NONE && take_away(w, door, row)) ||
			err_set(e, ERR_NO, "no address has this code");
	}
	struct build_door key = { .lane = (uint32_t)row->lane, .sub = (uint32_t)row->sub, .no = (uint32_t)row->no };
	if (!row->street || !row->district_code || (row->lane <= 0 && row->no <= 0))
		return err_set(e, ERR_NO, "neither a code nor a place says what is to be taken away");
	key.street = build_street(w, row->street, row->district_code, row->town_code, row->kind);
	key.suffix = texts_add(&w->texts, row->suffix);
	if (!row->no && !is_given(row->room))
		return take_lane(w, &key, row) || err_set(e, ERR_NO, "there is no such lane");
	uint32_t door = find_door(w, &key);
	return (door != BUILD_NONE && take_away(w, door, row)) || err_set(e, ERR_NO, "there is no such address");
}
