#include "address/query.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

/* The characters that carry the grammar. */
enum {
	C_LANE = 0x5f04,
	C_SUB = 0x652f,
	C_NO = 0x53f7,
	C_FLOOR = 0x697c,
	C_LEVEL = 0x5c42,
	C_ROOM = 0x5ba4,
	C_ROOM2 = 0x623f,
	C_HOUSEHOLD = 0x6237,
	C_BUILDING = 0x5e62,
	C_BUILDING2 = 0x680b,
	C_BUILDING3 = 0x5ea7,
	C_SINGLE = 0x5355,
	C_UNIT = 0x5143,
	C_GROUP = 0x7ec4,
	C_VILLAGE = 0x6751,
	C_TEMPORARY = 0x4e34,
	C_A = 0x7532,
	C_B = 0x4e59,
	C_C = 0x4e19,
	C_D = 0x4e01,
};

struct text {
	uint32_t p[QUERY_POINTS + 8];
	size_t n;
};

static bool digit(uint32_t p)
{
	return p >= '0' && p <= '9';
}

static bool letter(uint32_t p)
{
	return p >= 'a' && p <= 'z';
}

static uint32_t at(const struct text *t, size_t i)
{
	return i < t->n ? t->p[i] : 0;
}

static bool designator(uint32_t p)
{
	static const uint32_t all[] = { C_LANE, C_SUB, C_NO, C_FLOOR, C_LEVEL, C_ROOM, C_ROOM2, C_HOUSEHOLD, C_BUILDING,
		C_BUILDING2, C_BUILDING3, C_SINGLE, C_GROUP };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		if (all[i] == p)
			return true;
	}
	return false;
}

/* Valid, allowed, half-width, lower-case, simplified characters; punctuation is a blank or a hyphen, brackets hold
 * notes. */
static void clean(struct text *t, const char *typed, const struct readings *r)
{
	char bytes[QUERY_BYTES + 1], folded[QUERY_BYTES + 1];
	int depth = 0;
	str_copy(bytes, sizeof bytes, typed);
	utf8_clean(folded, sizeof folded, bytes, strlen(bytes), QUERY_POINTS);
	utf8_fold_width(folded);
	size_t left = strlen(folded), step;
	uint32_t p;
	for (const char *s = folded; left && t->n < QUERY_POINTS && (step = utf8_decode(s, left, &p));
		s += step, left -= step) {
		if (p == '(' || p == '[' || p == 0x3010)
			depth++;
		if (!depth) {
			const struct reading *known = p > 0x7f ? readings_find(r, p) : NULL;
			if (known && known->simplified)
				p = known->simplified;
			if (p >= 'A' && p <= 'Z')
				p += 'a' - 'A';
			if (p == 0x2014 || p == 0x2013 || p == 0x2010 || p == 0x2212 || p == '~' || p == '/' ||
				p == '_')
				p = '-';
			if (p == '#' || p == 0x53f7)
				p = C_NO;
			if (!letter(p) && !digit(p) && p != '-' && p < 0x2e80)
				p = p == 0xfc ? 'v' : ' ';
			if (p >= 0x3000 && p <= 0x303f && p != 0x3007)
				p = ' ';
			t->p[t->n++] = p;
		}
		if ((p == ')' || p == ']' || p == 0x3011) && depth)
			depth--;
	}
}

/* 五一八弄 -> 518弄, 三十五号 -> 35号; 控江4村 -> 控江四村. Numerals without a designator belong to the name
 * (瑞金二路). */
static void fold_numerals(struct text *t)
{
	static const uint32_t numerals[] = { 0x3007, 0x4e00, 0x4e8c, 0x4e09, 0x56db, 0x4e94, 0x516d, 0x4e03, 0x516b,
		0x4e5d };
	struct text out = { 0 };
	for (size_t i = 0; i < t->n && out.n < QUERY_POINTS;) {
		size_t n = 0;
		while (numeral_value(at(t, i + n)) >= 0 || (n && at(t, i + n) == 'o'))
			n++;
		long value = n && designator(at(t, i + n)) ? numeral_run(t->p + i, n) : -1;
		if (value > 0) {
			char text[8];
			int len = 0;
			for (long v = value; v; v /= 10)
				text[len++] = (char)('0' + v % 10);
			while (len && out.n < QUERY_POINTS)
				out.p[out.n++] = (uint32_t)text[--len];
			i += n;
		} else if (digit(at(t, i)) && at(t, i) != '0' && !digit(at(t, i + 1)) && at(t, i + 1) == C_VILLAGE &&
			!(i && digit(at(t, i - 1)))) {
			out.p[out.n++] = numerals[at(t, i++) - '0'];
		} else {
			out.p[out.n++] = at(t, i++);
		}
	}
	*t = out;
}

static bool stem(uint32_t p)
{
	return p == C_A || p == C_B || p == C_C || p == C_D || p == C_TEMPORARY;
}

static size_t letters(const struct text *t, size_t i, const char *word)
{
	size_t n = strlen(word);
	for (size_t k = 0; k < n; k++) {
		if (at(t, i + k) != (unsigned char)word[k])
			return 0;
	}
	return letter(at(t, i + n)) ? 0 : n;
}

/* What is written behind a number; returns how many characters it takes. */
static size_t read_role(const struct text *t, size_t i, enum role *ret)
{
	static const struct {
		const char *word;
		enum role role;
	} words[] = { { "nong", ROLE_LANE }, { "n", ROLE_LANE }, { "zhinong", ROLE_SUB }, { "hao", ROLE_NO },
		{ "haolou", ROLE_NO }, { "h", ROLE_NO }, { "shi", ROLE_ROOM }, { "s", ROLE_ROOM },
		{ "lou", ROLE_IGNORED }, { "f", ROLE_IGNORED } };
	size_t blank = 0;
	while (at(t, i + blank) == ' ')
		blank++;
	for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
		size_t n = letters(t, i + blank, words[k].word);
		if (n) {
			*ret = words[k].role;
			return blank + n;
		}
	}
	i += blank;
	switch (at(t, i)) {
	case C_LANE:
		*ret = ROLE_LANE;
		return blank + 1;
	case C_SUB:
		*ret = ROLE_SUB;
		return blank + (at(t, i + 1) == C_LANE ? 2 : 1);
	case C_NO:
		*ret = ROLE_NO;
		return blank + (at(t, i + 1) == C_FLOOR ? 2 : 1);
	case C_ROOM:
	case C_ROOM2:
	case C_HOUSEHOLD:
		*ret = ROLE_ROOM;
		return blank + 1;
	case C_BUILDING:
	case C_BUILDING2:
	case C_BUILDING3:
		*ret = ROLE_BUILDING;
		return blank + 1;
	case C_SINGLE:
		*ret = ROLE_IGNORED;
		return blank + (at(t, i + 1) == C_UNIT ? 2 : 1);
	case C_FLOOR:
	case C_LEVEL:
	case C_GROUP:
		*ret = ROLE_IGNORED;
		return blank + 1;
	default:
		*ret = ROLE_BARE;
		return 0;
	}
}

static void set_suffix(struct part *part, uint32_t point)
{
	size_t n = utf8_encode(point, part->suffix);
	part->suffix[n] = '\0';
}

static size_t read_number(struct query *q, const struct text *t, size_t i, bool hyphen)
{
	struct part part = { .hyphen = hyphen };
	size_t start = i, n = 0;
	for (; digit(at(t, i)); i++) {
		if (n < NUMBER_DIGITS) {
			part.text[n++] = (char)at(t, i);
			part.value = part.value * 10 + (long)(at(t, i) - '0');
		}
	}
	if (i - start > NUMBER_DIGITS)
		return i; /* a postcode or telephone number */
	enum role role;
	size_t role_len = read_role(t, i, &role);
	if (!role_len && (stem(at(t, i)) || (letter(at(t, i)) && !letter(at(t, i + 1))))) {
		set_suffix(&part, letter(at(t, i)) ? at(t, i) - ('a' - 'A') : at(t, i));
		i++;
		role_len = read_role(t, i, &role);
	}
	i += role_len;
	if (role == ROLE_NO && !part.suffix[0] && stem(at(t, i)))
		set_suffix(&part, at(t, i++)); /* 30号甲 */
	part.role = role;
	memcpy(part.text + n, part.suffix, strlen(part.suffix) + 1);
	if (part.value > 0 && q->n_parts < QUERY_PARTS)
		q->parts[q->n_parts++] = part;
	return i;
}

static void add_atom(struct query *q, uint32_t point, const struct readings *r)
{
	if (q->n_atoms == QUERY_ATOMS)
		return;
	q->atoms[q->n_atoms++] =
		(struct atom){ .point = point, .reading = letter(point) ? NULL : readings_find(r, point) };
}

void query_parse(struct query *q, const char *typed, const struct readings *r)
{
	struct text t = { 0 };
	bool hyphen = false, after = false, temporary = false;
	*q = (struct query){ 0 };
	clean(&t, typed, r);
	fold_numerals(&t);
	for (size_t i = 0; i < t.n;) {
		uint32_t p = t.p[i];
		if (digit(p)) {
			size_t before = q->n_parts;
			i = read_number(q, &t, i, hyphen);
			if (temporary && q->n_parts > before && !q->parts[before].suffix[0]) { /* 临1207号 */
				set_suffix(&q->parts[before], C_TEMPORARY);
				str_copy(q->parts[before].text + strlen(q->parts[before].text), 4, "临");
			}
			after = q->n_atoms > 0;
			hyphen = temporary = false;
			continue;
		}
		hyphen = p == '-' && q->n_parts > 0;
		temporary = p == C_TEMPORARY && digit(at(&t, i + 1));
		if (!after && !temporary && p != ' ' && p != '-')
			add_atom(q, p, r); /* text behind the numbers is a note */
		i++;
	}
}
