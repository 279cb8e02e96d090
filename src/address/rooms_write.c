/* Sorts and packs the rooms of one door; the bytes are described in rooms.c. */
#include <stdlib.h>
#include <string.h>

#include "address/rooms.h"
#include "address/rooms_bytes.h"
#include "base/err.h"
#include "base/utf8.h"
#include "base/xalloc.h"

static const uint32_t NOT_NUMERIC = UINT32_MAX;
enum { COMPARED = 4096 /* with how many rooms a new one is compared at once */ };

struct group {
	char building[ROOM_PART], unit[ROOM_PART];
	uint32_t rank;
};

struct entry {
	uint32_t group, number, order; /* number: NOT_NUMERIC for text */
	char room[ROOM_TEXT], code[ROOM_CODE];
};

struct rooms_writer {
	struct entry *entries;
	size_t n, cap;
	struct group *groups;
	size_t n_groups, cap_groups;
	uint32_t *steps;
	size_t cap_steps;
	struct bytes rooms, codes;
	bool own, sorted;
	char own_code[ROOM_CODE];
};

struct rooms_writer *rooms_writer_create(void)
{
	struct rooms_writer *w = xcalloc(1, sizeof *w);
	w->sorted = true;
	return w;
}

void rooms_writer_destroy(struct rooms_writer *w)
{
	if (!w)
		return;
	free(w->entries);
	free(w->groups);
	free(w->steps);
	free(w->rooms.at);
	free(w->codes.at);
	free(w);
}

void rooms_writer_clear(struct rooms_writer *w)
{
	w->n = w->n_groups = 0;
	w->own = false;
	w->sorted = true;
	w->own_code[0] = '\0';
}

size_t rooms_writer_count(const struct rooms_writer *w)
{
	return w->n + w->own;
}

/* 2 before 10, digits before letters. */
static int compare_parts(const char *a, const char *b)
{
	size_t n = strspn(a, "0123456789"), m = strspn(b, "0123456789");
	if (n && m && n != m && *a != '0' && *b != '0')
		return n < m ? -1 : 1;
	return strcmp(a, b);
}

static uint32_t number_of(const char *room)
{
	uint32_t v = 0;
	if (!*room || (room[0] == '0' && room[1]))
		return NOT_NUMERIC;
	for (size_t i = 0; room[i]; i++) {
		if (room[i] < '0' || room[i] > '9' || i == 9)
			return NOT_NUMERIC;
		v = v * 10 + (uint32_t)(room[i] - '0');
	}
	return v;
}

static bool fits(const char **text, size_t size, const char *what, struct err *e)
{
	size_t n = 0;
	if (!*text)
		*text = "";
	while ((*text)[n] >= ' ' && (*text)[n] <= '~') /* nearly all of it */
		n++;
	if ((*text)[n]) {
		if (!utf8_plain(*text + n))
			return err_set(e, ERR_NO, "the %s holds characters that cannot be shown", what);
		n += strlen(*text + n);
	}
	return n < size || err_set(e, ERR_NO, "the %s is longer than %zu bytes", what, size - 1);
}

static uint32_t find_group(struct rooms_writer *w, const char *building, const char *unit)
{
	for (size_t i = w->n_groups; i-- > 0;) { /* mostly the last one */
		if (strcmp(w->groups[i].building, building) == 0 && strcmp(w->groups[i].unit, unit) == 0)
			return (uint32_t)i;
	}
	if (w->n_groups == w->cap_groups) {
		w->cap_groups = w->cap_groups ? w->cap_groups * 2 : 16;
		w->groups = xrealloc(w->groups, w->cap_groups, sizeof *w->groups);
	}
	struct group *g = &w->groups[w->n_groups];
	memcpy(g->building, building, strlen(building) + 1);
	memcpy(g->unit, unit, strlen(unit) + 1);
	if (w->n_groups)
		w->sorted = false;
	return (uint32_t)w->n_groups++;
}

/* One and the same room: a code may come later, but not another one. */
static bool merge_code(char *have, const char *code, struct err *e)
{
	if (*code && *have && strcmp(have, code) != 0)
		return err_set(e, ERR_NO, "the same address is there with code %s", have);
	if (*code)
		memcpy(have, code, strlen(code) + 1);
	return true;
}

static struct entry *find(struct rooms_writer *w, const struct entry *like)
{
	for (size_t i = 0; i < w->n; i++) {
		struct entry *e = &w->entries[i];
		if (e->number == like->number && e->group == like->group && strcmp(e->room, like->room) == 0)
			return e;
	}
	return NULL;
}

bool rooms_writer_add(struct rooms_writer *w, const char *building, const char *unit, const char *room,
	const char *code, struct err *e)
{
	if (!fits(&building, ROOM_PART, "building", e) || !fits(&unit, ROOM_PART, "unit", e) ||
		!fits(&room, ROOM_TEXT, "room", e) || !fits(&code, ROOM_CODE, "code", e))
		return false;
	if (!*building && !*unit && !*room) {
		w->own = true;
		return merge_code(w->own_code, code, e);
	}
	if (w->n == ROOMS_MAX)
		return err_set(e, ERR_NO, "more than %d rooms behind one door", ROOMS_MAX);
	if (w->n == w->cap) {
		w->cap = w->cap ? w->cap * 2 : 64;
		w->entries = xrealloc(w->entries, w->cap, sizeof *w->entries);
	}
	struct entry *new = &w->entries[w->n];
	new->group = find_group(w, building, unit);
	new->number = number_of(room);
	new->order = (uint32_t)w->n;
	memcpy(new->room, room, strlen(room) + 1);
	memcpy(new->code, code, strlen(code) + 1);
	if (w->n && (new->number == NOT_NUMERIC || new->number <= new[-1].number || new->group != new[-1].group)) {
		struct entry *there = w->n <= COMPARED ? find(w, new) : NULL;
		if (there)
			return merge_code(there->code, code, e);
		w->sorted = false;
	}
	w->n++;
	return true;
}

static int by_group(const void *a, const void *b)
{
	const struct group *x = *(struct group *const *)a, *y = *(struct group *const *)b;
	int c = compare_parts(x->building, y->building);
	return c ? c : compare_parts(x->unit, y->unit);
}

static int by_room(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	int c = x->number == NOT_NUMERIC ? compare_parts(x->room, y->room) : 0;
	return c ? c : x->order < y->order ? -1 : x->order > y->order;
}

/* In the order of reading; each room once. Returns how many contradicted the one that stays. */
static size_t sort(struct rooms_writer *w)
{
	size_t kept = 0, lost = 0;
	struct group **order = xcalloc(w->n_groups + 1, sizeof *order);
	for (size_t i = 0; i < w->n_groups; i++)
		order[i] = &w->groups[i];
	qsort(order, w->n_groups, sizeof *order, by_group);
	for (size_t i = 0; i < w->n_groups; i++)
		order[i]->rank = (uint32_t)i;
	for (size_t i = 0; i < w->n; i++)
		w->entries[i].group = w->groups[w->entries[i].group].rank;
	struct group *sorted = xcalloc(w->n_groups + 1, sizeof *sorted);
	for (size_t i = 0; i < w->n_groups; i++)
		sorted[i] = *order[i];
	free(order);
	free(w->groups);
	w->groups = sorted;
	w->cap_groups = w->n_groups + 1;
	qsort(w->entries, w->n, sizeof *w->entries, by_room);
	for (size_t i = 0; i < w->n; i++) {
		struct entry *e = &w->entries[i], *before = kept ? &w->entries[kept - 1] : NULL;
		if (!before || before->group != e->group || strcmp(before->room, e->room) != 0)
			w->entries[kept++] = *e;
		else if (!before->code[0])
			memcpy(before->code, e->code, sizeof e->code);
		else
			lost += e->code[0] && strcmp(before->code, e->code) != 0;
	}
	w->n = kept;
	w->sorted = true;
	return lost;
}

/* Floors that are alike have differences that come again: the longest stretch that repeats what was `period` before. */
static size_t repeated(const uint32_t *steps, size_t i, size_t n, size_t *ret_period)
{
	size_t best = 0;
	for (size_t p = 1; p <= ROOM_PERIOD && p <= i; p++) {
		size_t m = 0;
		while (i + m < n && steps[i + m] == steps[i + m - p])
			m++;
		if (m > best) {
			best = m;
			*ret_period = p;
		}
	}
	return best;
}

static void put_numbers(struct rooms_writer *w, const struct entry *e, size_t n)
{
	size_t period = 0, m;
	if (n > w->cap_steps) {
		w->cap_steps = n * 2;
		w->steps = xrealloc(w->steps, w->cap_steps, sizeof *w->steps);
	}
	bytes_number(&w->rooms, e->number);
	for (size_t i = 0; i + 1 < n; i++)
		w->steps[i] = e[i + 1].number - e[i].number;
	for (size_t i = 0; i + 1 < n;) {
		if ((m = repeated(w->steps, i, n - 1, &period)) >= 3) {
			bytes_number(&w->rooms, period << 1 | 1);
			bytes_number(&w->rooms, m);
			i += m;
		} else {
			bytes_number(&w->rooms, (uint64_t)w->steps[i++] << 1);
		}
	}
}

static void put_group(struct rooms_writer *w, const struct entry *e, size_t n)
{
	const struct group *g = &w->groups[e->group];
	size_t numbers = 0;
	while (numbers < n && e[numbers].number != NOT_NUMERIC)
		numbers++;
	bytes_number(&w->rooms,
		n << 3 | (numbers < n ? GROUP_TEXTS : 0) | (g->unit[0] ? GROUP_UNIT : 0) |
			(g->building[0] ? GROUP_BUILDING : 0));
	if (g->building[0])
		bytes_text(&w->rooms, g->building, strlen(g->building));
	if (g->unit[0])
		bytes_text(&w->rooms, g->unit, strlen(g->unit));
	if (numbers < n)
		bytes_number(&w->rooms, n - numbers);
	if (numbers)
		put_numbers(w, e, numbers);
	for (size_t i = numbers; i < n; i++)
		bytes_text(&w->rooms, e[i].room, strlen(e[i].room));
}

static void put_codes(struct rooms_writer *w)
{
	struct rooms_coder c = { .out = &w->codes };
	bool any = w->own && w->own_code[0];
	for (size_t i = 0; i < w->n && !any; i++)
		any = w->entries[i].code[0];
	if (!any)
		return;
	bytes_number(&w->codes, w->own && w->own_code[0]);
	if (w->own && w->own_code[0])
		rooms_put_code(&c, w->own_code);
	for (size_t i = 0; i < w->n; i++)
		rooms_put_code(&c, w->entries[i].code);
	rooms_end_codes(&c);
}

size_t rooms_writer_pack(struct rooms_writer *w, const unsigned char **ret_rooms, size_t *ret_rooms_size,
	const unsigned char **ret_codes, size_t *ret_codes_size)
{
	size_t lost = w->sorted ? 0 : sort(w);
	w->rooms.n = w->codes.n = 0;
	if (w->n)
		bytes_number(&w->rooms, w->n);
	for (size_t i = 0, k; i < w->n; i = k) {
		for (k = i + 1; k < w->n && w->entries[k].group == w->entries[i].group;)
			k++;
		put_group(w, &w->entries[i], k - i);
	}
	put_codes(w);
	bytes_space(&w->rooms, 1); /* so that there is something to point to */
	bytes_space(&w->codes, 1);
	*ret_rooms = w->rooms.at;
	*ret_rooms_size = w->rooms.n;
	*ret_codes = w->codes.at;
	*ret_codes_size = w->codes.n;
	return lost;
}
