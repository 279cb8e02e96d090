#include "address/invent_queries.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "address/library.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/xalloc.h"

enum { TRIES = 400, ALIKE_TRIES = 4000, BELOW_MAX = 64, SHORTEST = 2, LONGEST = 10 };

struct query_inventor {
	struct address_library *l;
	uint64_t random;
	struct address_hit below[BELOW_MAX];
};

/* SplitMix64 (Steele, Lea, Flood 2014; public domain constants). */
static size_t roll(struct query_inventor *q, size_t below)
{
	uint64_t z = q->random += 0x9e3779b97f4a7c15u;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return below ? (size_t)((z ^ z >> 31) % below) : 0;
}

static void add_text(char *out, size_t size, const char *text)
{
	size_t n = strlen(out);
	snprintf(out + n, size - n, "%s", text);
}

static void add_point(struct invented_query *r, uint32_t point)
{
	char one[5] = "";
	utf8_encode(point, one);
	add_text(r->typed_name, sizeof r->typed_name, one);
}

static uint32_t point(const struct query_inventor *q, const struct name *n, size_t j)
{
	return name_glyph(q->l, n, j)->point;
}

static const char *syllable(const struct query_inventor *q, const struct name *n, size_t j, size_t reading)
{
	const struct glyph *g = name_glyph(q->l, n, j);
	return q->l->readings.syllable[g->syllable[reading < g->n ? reading : 0]];
}

static void add_letters(struct invented_query *r, const char *letters, size_t most)
{
	char cut[SYLLABLE_SIZE + 1];
	snprintf(cut, sizeof cut, "%.*s", (int)most, letters);
	add_text(r->typed_name, sizeof r->typed_name, cut);
}

static bool hanzi(struct query_inventor *q, const struct name *n, struct invented_query *r)
{
	for (size_t j = 0; j < n->n; j++)
		add_point(r, point(q, n, j));
	return true;
}

static bool pinyin(struct query_inventor *q, const struct name *n, struct invented_query *r)
{
	for (size_t j = 0; j < n->n; j++)
		add_letters(r, syllable(q, n, j, 0), SYLLABLE_SIZE);
	return true;
}

static bool initials(struct query_inventor *q, const struct name *n, struct invented_query *r)
{
	for (size_t j = 0; j < n->n; j++)
		add_letters(r, syllable(q, n, j, 0), 1);
	return n->n >= 3;
}

/* Initials on one side of a place, characters on the other. */
static bool mixed(struct query_inventor *q, const struct name *n, struct invented_query *r)
{
	size_t cut = 1 + roll(q, n->n - 1u);
	bool letters_first = roll(q, 2);
	for (size_t j = 0; j < n->n; j++) {
		if ((j < cut) == letters_first)
			add_letters(r, syllable(q, n, j, 0), 1);
		else
			add_point(r, point(q, n, j));
	}
	return true;
}

static void with_other(struct query_inventor *q, const struct name *n, size_t at, uint32_t other,
	struct invented_query *r)
{
	for (size_t j = 0; j < n->n; j++)
		add_point(r, j == at ? other : point(q, n, j));
}

static bool homophone(struct query_inventor *q, const struct name *n, struct invented_query *r)
{
	size_t at = roll(q, n->n);
	const struct glyph *old = name_glyph(q->l, n, at);
	for (int i = 0; i < ALIKE_TRIES; i++) {
		const struct glyph *g = &q->l->glyphs[roll(q, q->l->n_glyphs)];
		if (!g->n || g->point == old->point || g->syllable[0] != old->syllable[0])
			continue;
		with_other(q, n, at, g->point, r);
		return true;
	}
	return false;
}

static bool wrong(struct query_inventor *q, const struct name *n, struct invented_query *r)
{
	size_t at = roll(q, n->n);
	uint32_t other = q->l->glyphs[roll(q, q->l->n_glyphs)].point;
	with_other(q, n, at, other, r);
	return n->n >= 4 && other != point(q, n, at);
}

static bool dropped(struct query_inventor *q, const struct name *n, struct invented_query *r)
{
	size_t at = roll(q, n->n);
	for (size_t j = 0; j < n->n; j++) {
		if (j != at)
			add_point(r, point(q, n, j));
	}
	return n->n >= 4;
}

/* zh/z, ang/an, n/l: what people do not tell apart. `s` has room for one more letter. */
static bool confuse(char *s)
{
	size_t len = strlen(s);
	if (len >= 2 && s[1] == 'h') {
		memmove(s + 1, s + 2, len - 1);
	} else if (len >= 3 && s[len - 1] == 'g' && s[len - 2] == 'n') {
		s[len - 1] = '\0';
	} else if (len >= 2 && s[len - 1] == 'n') {
		memcpy(s + len, "g", 2);
	} else if (s[0] == 'n' || s[0] == 'l') {
		s[0] = s[0] == 'n' ? 'l' : 'n';
	} else if (len >= 2 && (s[0] == 'z' || s[0] == 'c' || s[0] == 's')) {
		memmove(s + 2, s + 1, len);
		s[1] = 'h';
	} else {
		return false;
	}
	return len >= 2;
}

static bool fuzzy(struct query_inventor *q, const struct name *n, struct invented_query *r)
{
	size_t start = roll(q, n->n), changed = SIZE_MAX;
	char now[SYLLABLE_SIZE + 1], kept[SYLLABLE_SIZE + 1] = "";
	for (size_t k = 0; k < n->n && changed == SIZE_MAX; k++) {
		size_t j = (start + k) % n->n;
		snprintf(now, sizeof now, "%s", syllable(q, n, j, 0));
		if (confuse(now)) {
			changed = j;
			str_copy(kept, sizeof kept, now);
		}
	}
	for (size_t j = 0; j < n->n; j++)
		add_letters(r, j == changed ? kept : syllable(q, n, j, 0), SYLLABLE_SIZE);
	return changed != SIZE_MAX;
}

/* One letter wrong, missing, too many, or two swapped. */
static bool edited(struct query_inventor *q, const struct name *n, struct invented_query *r)
{
	char *s = r->typed_name;
	pinyin(q, n, r);
	size_t len = strlen(s), at = roll(q, len);
	char c = (char)('a' + roll(q, 26));
	if (len < 5 || len + 2 > sizeof r->typed_name)
		return false;
	switch (roll(q, 4)) {
	case 0:
		s[at] = c;
		return true;
	case 1:
		memmove(s + at, s + at + 1, len - at);
		return true;
	case 2:
		memmove(s + at + 1, s + at, len - at + 1);
		s[at] = c;
		return true;
	default:
		c = s[at];
		s[at] = s[at + 1];
		s[at + 1] = c;
		return at + 1 < len;
	}
}

static bool polyphone(struct query_inventor *q, const struct name *n, struct invented_query *r)
{
	bool other = false;
	for (size_t j = 0; j < n->n; j++) {
		bool now = !other && name_glyph(q->l, n, j)->n > 1;
		add_letters(r, syllable(q, n, j, now), SYLLABLE_SIZE);
		other |= now;
	}
	return other;
}

/* One of what is below, of the wanted level. */
static bool pick_below(struct query_inventor *q, struct address *at, enum address_level level)
{
	size_t n = address_below(q->l, at, "", q->below, BELOW_MAX);
	const struct address_hit *hit = &q->below[roll(q, n < BELOW_MAX ? n : BELOW_MAX)];
	if (!n || hit->at.level != level)
		return false;
	*at = hit->at;
	return true;
}

static bool pick_lane(struct query_inventor *q, const struct name *n, struct address *at)
{
	if (n->lane || n->no)
		return false; /* a compound has its lane in its name */
	library_fill(q->l, &q->l->streets[n->street], at);
	return pick_below(q, at, ADDRESS_LANE);
}

static bool initials_lane(struct query_inventor *q, const struct name *n, struct invented_query *r)
{
	struct address at;
	if (!initials(q, n, r) || !pick_lane(q, n, &at))
		return false;
	str_copy(r->lane, sizeof r->lane, at.lane);
	snprintf(r->query, sizeof r->query, "%s %s", r->typed_name, r->lane);
	return true;
}

static bool whole_address(struct query_inventor *q, const struct name *n, struct invented_query *r)
{
	struct address at;
	if (n->kind != NAME_OWN || !pick_lane(q, n, &at) || !pick_below(q, &at, ADDRESS_DOOR) ||
		!pick_below(q, &at, ADDRESS_ROOM))
		return false;
	hanzi(q, n, r);
	str_copy(r->lane, sizeof r->lane, at.lane);
	str_copy(r->no, sizeof r->no, at.number);
	str_copy(r->room, sizeof r->room, at.room);
	snprintf(r->query, sizeof r->query, "%s%s弄%s号%s室", r->typed_name, r->lane, r->no, r->room);
	return true;
}

static const struct {
	const char *name;
	bool (*make)(struct query_inventor *q, const struct name *n, struct invented_query *r);
} FORMS[] = {
	{ "hanzi", hanzi },
	{ "pinyin", pinyin },
	{ "initials", initials },
	{ "mixed", mixed },
	{ "homophone", homophone },
	{ "wrong", wrong },
	{ "dropped", dropped },
	{ "fuzzy", fuzzy },
	{ "edited", edited },
	{ "polyphone", polyphone },
	{ "lane", initials_lane },
	{ "address", whole_address },
};
_Static_assert(sizeof FORMS / sizeof *FORMS == QUERY_FORMS, "one row for each form");

static bool readable(const struct query_inventor *q, const struct name *n)
{
	for (size_t j = 0; j < n->n; j++) {
		if (!name_glyph(q->l, n, j)->n)
			return false;
	}
	return n->n >= SHORTEST && n->n <= LONGEST;
}

struct query_inventor *query_inventor_create(struct address_library *l, unsigned long seed)
{
	struct query_inventor *q = xcalloc(1, sizeof *q);
	q->l = l;
	q->random = seed;
	return q;
}

void query_inventor_destroy(struct query_inventor *q)
{
	free(q);
}

bool query_invent(struct query_inventor *q, size_t form, struct invented_query *ret)
{
	for (int i = 0; i < TRIES && q->l->n_names; i++) {
		const struct name *n = &q->l->names[roll(q, q->l->n_names)];
		struct invented_query made = { .form = FORMS[form].name };
		if (!readable(q, n) || !FORMS[form].make(q, n, &made))
			continue;
		library_name_text(q->l, n, made.name, sizeof made.name);
		if (!made.query[0])
			str_copy(made.query, sizeof made.query, made.typed_name);
		*ret = made;
		return true;
	}
	return false;
}
