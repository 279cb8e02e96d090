/* Takes the rows of a library that is being written; see build.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "address/build_own.h"
#include "address/number.h"
#include "base/err.h"
#include "base/utf8.h"
#include "base/xalloc.h"

enum { NUMBER_LARGEST = 99999, STREET_BYTES = 90, REGION_BYTES = 60, TEXT_BYTES = 200, INDEX_START = 4095 };

void *build_grow(void *array, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return array;
	*cap = *cap ? *cap * 2 : 256;
	return xrealloc(array, *cap, size);
}

bool library_writer_create(struct library_writer **ret, const char *path, const char *data_dir, const char *label,
	struct err *e)
{
	struct library_writer *w = xcalloc(1, sizeof *w);
	w->path = xstrdup(path);
	w->data_dir = xstrdup(data_dir);
	w->temporary = xasprintf("%s.new-%ld", path, (long)getpid());
	w->current = BUILD_NONE;
	w->street = BUILD_NONE;
	w->rooms = rooms_writer_create();
	texts_init(&w->texts);
	w->street_index = (struct build_index){ xcalloc(INDEX_START + 1, sizeof(uint32_t)), INDEX_START, 0 };
	w->door_index = (struct build_index){ xcalloc(INDEX_START + 1, sizeof(uint32_t)), INDEX_START, 0 };
	library_writer_meta(w, "label", label);
	if (!readings_load(&w->readings, data_dir, e) || !build_begin(w, e)) {
		library_writer_destroy(w);
		return false;
	}
	*ret = w;
	return true;
}

void library_writer_destroy(struct library_writer *w)
{
	if (!w)
		return;
	if (w->db) {
		sqlite3_close(w->db);
		unlink(w->temporary);
	}
	rooms_writer_destroy(w->rooms);
	readings_finish(&w->readings);
	texts_finish(&w->texts);
	free(w->streets);
	free(w->doors);
	free(w->names);
	free(w->street_index.slots);
	free(w->door_index.slots);
	free(w->codes);
	free(w->regions);
	free(w->meta);
	free(w->path);
	free(w->temporary);
	free(w->data_dir);
	free(w);
}

static void put_pair(struct library_writer *w, uint32_t **pairs, size_t *n, const char *key, const char *value)
{
	uint32_t k = texts_add(&w->texts, key);
	for (size_t i = 0; i < *n; i++) {
		if ((*pairs)[i * 2] == k) {
			(*pairs)[i * 2 + 1] = texts_add(&w->texts, value);
			return;
		}
	}
	*pairs = xrealloc(*pairs, (*n + 1) * 2, sizeof **pairs);
	(*pairs)[*n * 2] = k;
	(*pairs)[*n * 2 + 1] = texts_add(&w->texts, value);
	++*n;
}

void library_writer_meta(struct library_writer *w, const char *key, const char *value)
{
	put_pair(w, &w->meta, &w->n_meta, key, value);
}

void library_writer_region(struct library_writer *w, const char *code, const char *name)
{
	if (code && *code)
		put_pair(w, &w->regions, &w->n_regions, code, name);
}

static size_t street_slot(const struct library_writer *w, uint32_t name, uint32_t district, uint32_t town)
{
	const struct build_index *x = &w->street_index;
	const uint32_t key[] = { name, district, town };
	size_t at = texts_hash(key, sizeof key, 3) & x->mask;
	for (; x->slots[at]; at = (at + 1) & x->mask) {
		const struct build_street *s = &w->streets[x->slots[at] - 1];
		if (s->name == name && s->district == district && s->town == town)
			break;
	}
	return at;
}

uint32_t build_street(struct library_writer *w, const char *name, const char *district, const char *town,
	enum street_kind kind)
{
	uint32_t n = texts_add(&w->texts, name), d = texts_add(&w->texts, district), t = texts_add(&w->texts, town);
	struct build_index *x = &w->street_index;
	size_t at = street_slot(w, n, d, t);
	if (x->slots[at])
		return x->slots[at] - 1;
	w->streets = build_grow(w->streets, w->n_streets, &w->cap_streets, sizeof *w->streets);
	w->streets[w->n_streets] = (struct build_street){ .name = n, .district = d, .town = t, .kind = (uint8_t)kind };
	x->slots[at] = (uint32_t)++w->n_streets;
	if (w->n_streets * 2 > x->mask) {
		free(x->slots);
		x->mask = x->mask * 2 + 1;
		x->slots = xcalloc(x->mask + 1, sizeof *x->slots);
		for (size_t i = 0; i < w->n_streets; i++) {
			const struct build_street *s = &w->streets[i];
			x->slots[street_slot(w, s->name, s->district, s->town)] = (uint32_t)i + 1;
		}
	}
	return (uint32_t)w->n_streets - 1;
}

void build_name(struct library_writer *w, const struct build_name *n)
{
	w->names = build_grow(w->names, w->n_names, &w->cap_names, sizeof *w->names);
	w->names[w->n_names++] = *n;
}

/* "a/b" are two names */
static void add_names(struct library_writer *w, const char *list, struct build_name n)
{
	char one[TEXT_BYTES];
	for (const char *s = list; *s;) {
		size_t len = strcspn(s, "/");
		if (len && len < sizeof one) {
			memcpy(one, s, len);
			one[len] = '\0';
			n.text = texts_add(&w->texts, one);
			build_name(w, &n);
		}
		s += len + (s[len] ? 1 : 0);
	}
}

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

static bool text_ok(const char *text, size_t size, const char *what, struct err *e)
{
	if (strlen(or_empty(text)) >= size)
		return err_set(e, ERR_NO, "the %s is longer than %zu bytes", what, size - 1);
	return utf8_plain(or_empty(text)) || err_set(e, ERR_NO, "the %s holds characters that cannot be shown", what);
}

static bool digits_ok(const char *code, size_t n)
{
	return strspn(code, "0123456789") == n && !code[n];
}

static bool row_ok(const struct library_row *r, struct err *e)
{
	const char *town = or_empty(r->town_code);
	if (!digits_ok(or_empty(r->district_code), 6))
		return err_set(e, ERR_NO, "the district code has no six digits");
	if (*town && (!digits_ok(town, 9) || strncmp(town, r->district_code, 6) != 0))
		return err_set(e, ERR_NO, "the town code has no nine digits or is not of the district");
	if (!*or_empty(r->street))
		return err_set(e, ERR_NO, "no street");
	if (r->kind < STREET_ROAD || r->kind > STREET_COMPOUND)
		return err_set(e, ERR_NO, "street kind %d", (int)r->kind);
	return text_ok(r->street, STREET_BYTES, "street", e) && text_ok(r->district, 40, "district", e) &&
		text_ok(r->town, REGION_BYTES, "town", e) && text_ok(r->committee, TEXT_BYTES, "committee", e) &&
		text_ok(r->postcode, 16, "postcode", e) && text_ok(r->place, 40, "place", e) &&
		text_ok(r->compound, TEXT_BYTES, "compound", e) && text_ok(r->old_name, TEXT_BYTES, "old name", e) &&
		text_ok(r->pinyin, TEXT_BYTES, "pinyin", e);
}

static bool place_ok(const struct library_row *r, struct err *e)
{
	if (r->lane < 0 || r->sub < 0 || r->no < 0 || r->lane > NUMBER_LARGEST || r->sub > NUMBER_LARGEST ||
		r->no > NUMBER_LARGEST)
		return err_set(e, ERR_NO, "lane, side lane and number are 1 to %d", NUMBER_LARGEST);
	if (!r->lane && !r->no)
		return err_set(e, ERR_NO, "neither a lane nor a number");
	if (r->sub && !r->lane)
		return err_set(e, ERR_NO, "a side lane without a lane");
	if (*or_empty(r->suffix) && !r->no)
		return err_set(e, ERR_NO, "a number's suffix without a number");
	return text_ok(r->suffix, NUMBER_SUFFIX, "number's suffix", e);
}

static bool same(const struct library_writer *w, const char *text, uint32_t id)
{
	return strcmp(or_empty(text), texts_at(&w->texts, id)) == 0;
}

static bool same_street(const struct library_writer *w, const struct library_row *r)
{
	if (w->street == BUILD_NONE)
		return false;
	const struct build_street *s = &w->streets[w->street];
	return s->kind == r->kind && same(w, r->street, s->name) && same(w, r->town_code, s->town) &&
		same(w, r->district_code, s->district) && same(w, r->old_name, w->old_name) &&
		same(w, r->pinyin, w->pinyin) && same(w, r->district, w->district_name) &&
		same(w, r->town, w->town_name) && (s->valid_from == r->valid_from || r->valid_from == 0) &&
		(s->open ? r->valid_to == 0 : s->valid_to == r->valid_to);
}

static bool same_door(const struct library_writer *w, const struct library_row *r)
{
	if (w->current == BUILD_NONE)
		return false;
	const struct build_door *d = &w->doors[w->current];
	return d->street == w->street && d->no == r->no && d->lane == r->lane && d->sub == r->sub &&
		same(w, r->suffix, d->suffix) && same(w, r->compound, w->compound) &&
		same(w, r->committee, d->committee) && same(w, r->postcode, d->postcode) && same(w, r->place, d->place);
}

/* The first row says it; a later one that is silent or says something else changes nothing but the days. */
static void take_street(struct library_writer *w, const struct library_row *r)
{
	w->street = build_street(w, r->street, r->district_code, r->town_code, r->kind);
	struct build_street *s = &w->streets[w->street];
	w->old_name = texts_add(&w->texts, r->old_name);
	w->pinyin = texts_add(&w->texts, r->pinyin);
	w->district_name = texts_add(&w->texts, r->district);
	w->town_name = texts_add(&w->texts, r->town);
	if (w->district_name)
		library_writer_region(w, r->district_code, r->district);
	if (w->town_name)
		library_writer_region(w, r->town_code, r->town);
	if (!s->pinyin)
		s->pinyin = w->pinyin;
	if (r->valid_from && (!s->valid_from || r->valid_from < s->valid_from))
		s->valid_from = r->valid_from;
	s->open |= r->valid_to == 0;
	s->valid_to = s->open ? 0 : r->valid_to > s->valid_to ? r->valid_to : s->valid_to;
	if (w->old_name)
		add_names(w, r->old_name, (struct build_name){ .street = w->street, .kind = NAME_OLD });
}

static void take_door(struct library_writer *w, const struct library_row *r)
{
	struct build_door d = { .street = w->street,
		.lane = (uint32_t)r->lane,
		.sub = (uint32_t)r->sub,
		.no = (uint32_t)r->no };
	d.suffix = texts_add(&w->texts, r->suffix);
	d.committee = texts_add(&w->texts, r->committee);
	d.postcode = texts_add(&w->texts, r->postcode);
	d.place = texts_add(&w->texts, r->place);
	build_open_door(w, &d);
	w->compound = texts_add(&w->texts, r->compound);
	if (w->compound)
		add_names(w, r->compound,
			(struct build_name){ .street = w->street,
				.lane = d.lane,
				.sub = d.sub,
				.no = d.lane ? 0 : d.no,
				.kind = NAME_COMPOUND });
}

bool library_writer_add(struct library_writer *w, const struct library_row *r, struct err *e)
{
	if (!same_street(w, r)) {
		if (!row_ok(r, e) || !place_ok(r, e))
			return false;
		take_street(w, r);
	}
	if (!same_door(w, r)) {
		if (!row_ok(r, e) || !place_ok(r, e))
			return false;
		take_door(w, r);
	}
	return rooms_writer_add(w->rooms, r->building, r->unit, r->room, r->code, e);
}
