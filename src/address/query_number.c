/* One number of a query with what names it: 12号楼, 甲30号, b102, A座, 亭子间. */
#include <string.h>

#include "address/query_text.h"
#include "base/str.h"
#include "base/utf8.h"

enum when { ALWAYS, WORD /* no letter behind it */, LAST /* no character of a name behind it */ };

/* The longest of those that begin alike stands first. */
static const struct designator {
	const uint32_t *word;
	enum role role;
	enum when when;
} behind[] = {
	{ U"支弄", ROLE_SUB, ALWAYS },
	{ U"支", ROLE_SUB, ALWAYS },
	{ U"弄", ROLE_LANE, ALWAYS },
	{ U"号弄", ROLE_LANE, ALWAYS },
	{ U"号 楼", ROLE_TOWER, ALWAYS },
	{ U"号室", ROLE_ROOM, ALWAYS },
	{ U"号房", ROLE_ROOM, ALWAYS },
	{ U"号幢", ROLE_BUILDING, ALWAYS },
	{ U"号栋", ROLE_BUILDING, ALWAYS },
	{ U"号门牌", ROLE_NO, ALWAYS },
	{ U"号门面", ROLE_NO, ALWAYS },
	{ U"号门口", ROLE_NO, ALWAYS },
	{ U"号门", ROLE_GATE, ALWAYS },
	{ U"号线", ROLE_IGNORED, ALWAYS },
	{ U"号口", ROLE_IGNORED, ALWAYS },
	{ U"号桥", ROLE_IGNORED, ALWAYS },
	{ U"号码头", ROLE_IGNORED, ALWAYS },
	{ U"号院", ROLE_NO, ALWAYS },
	{ U"号", ROLE_NO, ALWAYS },
	{ U"单元", ROLE_UNIT, ALWAYS },
	{ U"单", ROLE_UNIT, ALWAYS },
	{ U"门", ROLE_GATE, ALWAYS },
	{ U"幢", ROLE_BUILDING, ALWAYS },
	{ U"栋", ROLE_BUILDING, ALWAYS },
	{ U"座", ROLE_BUILDING, ALWAYS },
	{ U"楼", ROLE_FLOOR, ALWAYS },
	{ U"层", ROLE_FLOOR, ALWAYS },
	{ U"室", ROLE_ROOM, ALWAYS },
	{ U"房", ROLE_ROOM, ALWAYS },
	{ U"户", ROLE_ROOM, ALWAYS },
	{ U"间", ROLE_ROOM, ALWAYS },
	{ U"套", ROLE_ROOM, ALWAYS },
	{ U"铺", ROLE_ROOM, ALWAYS },
	{ U"巷", ROLE_LANE, ALWAYS },
	{ U"组", ROLE_IGNORED, ALWAYS },
	{ U"队", ROLE_IGNORED, ALWAYS },
	{ U"村", ROLE_IGNORED, ALWAYS },
	{ U"小队", ROLE_IGNORED, ALWAYS },
	{ U"大队", ROLE_IGNORED, ALWAYS },
	{ U"生产队", ROLE_IGNORED, ALWAYS },
	{ U"期", ROLE_IGNORED, ALWAYS },
	{ U"区", ROLE_IGNORED, ALWAYS },
	{ U"街坊", ROLE_IGNORED, ALWAYS },
	{ U"路", ROLE_IGNORED, ALWAYS },
	{ U"米", ROLE_IGNORED, ALWAYS },
	{ U"农", ROLE_LANE, LAST }, /* slips of the input method */
	{ U"好", ROLE_NO, LAST },
	{ U"市", ROLE_ROOM, LAST },
	{ U"是", ROLE_ROOM, LAST },
	{ U"zhi nong", ROLE_SUB, WORD },
	{ U"nong", ROLE_LANE, WORD },
	{ U"long", ROLE_LANE, WORD },
	{ U"hao lou", ROLE_TOWER, WORD },
	{ U"hao", ROLE_NO, WORD },
	{ U"shi", ROLE_ROOM, WORD },
	{ U"dan yuan", ROLE_UNIT, WORD },
	{ U"zhuang", ROLE_BUILDING, WORD },
	{ U"dong", ROLE_BUILDING, WORD },
	{ U"lou", ROLE_FLOOR, WORD },
	{ U"ceng", ROLE_FLOOR, WORD },
	{ U"zn", ROLE_SUB, WORD },
	{ U"n", ROLE_LANE, WORD },
	{ U"l", ROLE_LANE, WORD },
	{ U"hl", ROLE_TOWER, WORD },
	{ U"h", ROLE_NO, WORD },
	{ U"s", ROLE_ROOM, WORD },
	{ U"dy", ROLE_UNIT, WORD },
	{ U"f", ROLE_FLOOR, WORD },
};

/* As people write in English: "Room 502, No. 3, Lane 1266". */
static const struct designator in_front[] = {
	{ U"lane ", ROLE_LANE, ALWAYS },
	{ U"alley ", ROLE_LANE, ALWAYS },
	{ U"no ", ROLE_NO, ALWAYS },
	{ U"number ", ROLE_NO, ALWAYS },
	{ U"building ", ROLE_BUILDING, ALWAYS },
	{ U"bldg ", ROLE_BUILDING, ALWAYS },
	{ U"block ", ROLE_BUILDING, ALWAYS },
	{ U"unit ", ROLE_UNIT, ALWAYS },
	{ U"floor ", ROLE_FLOOR, ALWAYS },
	{ U"room ", ROLE_ROOM, ALWAYS },
	{ U"rm ", ROLE_ROOM, ALWAYS },
	{ U"flat ", ROLE_ROOM, ALWAYS },
	{ U"apt ", ROLE_ROOM, ALWAYS },
};

static bool blank_word(const struct text *t, size_t i, const struct designator *d, size_t *ret_n)
{
	size_t n = text_word(t, i, d->word);
	uint32_t next = text_at(t, i + n);
	if (!n || (d->when == WORD && is_letter(next)) || (d->when == LAST && is_han(next)))
		return false;
	*ret_n = n;
	return true;
}

/* What is written behind a number; how many points it takes, 0: nothing. `ret_letter`: the only letter of it. */
static size_t read_role(const struct text *t, size_t i, enum role *ret, char *ret_letter)
{
	size_t blank = 0, n;
	while (text_at(t, i + blank) == ' ')
		blank++;
	uint32_t first = text_at(t, i + blank);
	for (size_t k = 0; k < sizeof behind / sizeof *behind && (is_letter(first) || is_han(first)); k++) {
		if (behind[k].word[0] != first || !blank_word(t, i + blank, &behind[k], &n))
			continue;
		*ret = behind[k].role;
		*ret_letter = n == 1 && is_letter(first) && !blank ? (char)(first - 'a' + 'A') : '\0';
		return blank + n;
	}
	return 0;
}

/* A座, 甲室, B单元, but not 30甲 or 30号甲: those are suffixes. */
static bool names_by_letter(const struct text *t, size_t i)
{
	uint32_t next = text_at(t, i);
	return is_han(next) && (is_one_of(next, U"座幢栋楼室房") || (next == U'单' && text_at(t, i + 1) == U'元'));
}

static void add_point(struct part *part, uint32_t p)
{
	char bytes[5] = "";
	size_t n = strlen(part->suffix), k = utf8_encode(is_letter(p) ? p - ('a' - 'A') : p, bytes);
	if (n + k < sizeof part->suffix)
		memcpy(part->suffix + n, bytes, k + 1);
}

/* 甲, 临, B, 甲临 at i. `closed`: behind 号, where a letter may also begin the next part. */
static size_t read_suffix(struct part *part, const struct text *t, size_t i, bool closed)
{
	size_t start = i;
	if (text_at(t, i) == '-' && is_stem(text_at(t, i + 1)))
		i++; /* 30-甲 */
	if (closed && text_at(t, i) == ' ' && is_stem(text_at(t, i + 1)) && !is_han(text_at(t, i + 2)))
		i++; /* 30号 甲 */
	uint32_t p = text_at(t, i), next = text_at(t, i + 1);
	bool letter = is_letter(p) && !is_letter(next) && !(closed && is_digit(next));
	if ((is_stem(p) || letter) && !(closed && names_by_letter(t, i + 1))) {
		add_point(part, p);
		p = text_at(t, ++i);
	}
	if (p == U'临') {
		add_point(part, p);
		i++;
	}
	return text_at(t, i - (i > start)) == '-' ? 0 : i - start;
}

static void add_part(struct query *q, const struct part *part)
{
	if (part->role != ROLE_IGNORED && q->n_parts < QUERY_PARTS)
		q->parts[q->n_parts++] = *part;
}

/* `in_front`: what stands in front of the digits and belongs to them, '\0': nothing. */
static size_t read_digits(struct query *q, const struct text *t, size_t i, uint32_t prefix, struct part part)
{
	enum role given = part.role, role = ROLE_BARE;
	size_t start = i, n = 0, len;
	bool stem_in_front = is_stem(prefix);
	if (is_letter(prefix))
		part.text[n++] = (char)(prefix - 'a' + 'A');
	while (text_at(t, i) == '0')
		i++;
	for (size_t first = i; is_digit(text_at(t, i)); i++) {
		if (i - first < NUMBER_DIGITS) {
			part.text[n++] = (char)text_at(t, i);
			part.value = part.value * 10 + (long)(text_at(t, i) - '0');
		} else {
			role = ROLE_IGNORED; /* a postcode or telephone number */
		}
	}
	if (role == ROLE_IGNORED)
		return i - start;
	if (stem_in_front)
		add_point(&part, prefix);
	len = read_role(t, i, &role, &part.letter);
	if (!len) {
		len = stem_in_front ? 0 : read_suffix(&part, t, i, false);
		if (len)
			len += read_role(t, i + len, &role, &part.letter);
	}
	i += len;
	if (role == ROLE_NO && !part.letter && (!part.suffix[0] || stem_in_front))
		i += read_suffix(&part, t, i, true); /* 30号甲 */
	if (prefix == U'临' && !strstr(part.suffix, "临"))
		add_point(&part, prefix);
	part.role = role == ROLE_BARE ? given : role;
	if (is_letter(prefix) && prefix == 'b' && part.role == ROLE_BARE && part.value < 5) { /* B1 */
		part.role = ROLE_ROOM;
		part.value = 0;
	}
	memcpy(part.text + n, part.suffix, strlen(part.suffix) + 1);
	if (part.value || (is_letter(prefix) && part.role == ROLE_ROOM))
		add_part(q, &part);
	return i - start;
}

/* A座, 甲室; behind a floor the letter alone: 26楼C. */
static size_t read_letter(struct query *q, const struct text *t, size_t i, enum role given)
{
	struct part part = { .role = given };
	char letter;
	uint32_t p = text_at(t, i), next = text_at(t, i + 1);
	bool floor = q->n_parts && q->parts[q->n_parts - 1].role == ROLE_FLOOR && i && is_one_of(t->p[i - 1], U"楼层");
	size_t n = 0;
	if (names_by_letter(t, i + 1) &&
		(q->n_parts || (is_letter(p) ? q->n_atoms >= 2 : i && ends_name(t->p[i - 1])))) {
		n = read_role(t, i + 1, &part.role, &letter);
		if (part.role == ROLE_FLOOR)
			part.role = ROLE_BUILDING; /* A楼 */
	} else if (given == ROLE_BARE && floor && is_letter(p) && !is_letter(next) && !is_digit(next)) {
		part.role = ROLE_ROOM;
	}
	if (part.role == ROLE_BARE || (given != ROLE_BARE && is_letter(next)))
		return 0;
	add_point(&part, p);
	str_copy(part.text, sizeof part.text, part.suffix);
	part.suffix[0] = '\0';
	add_part(q, &part);
	return 1 + n;
}

static size_t read_room(struct query *q, const struct text *t, size_t i)
{
	struct part part = { .role = ROLE_ROOM };
	size_t n = room_word(t->p + i, t->n - i), len = 0;
	for (size_t c = 0; c < n && len + 4 < sizeof part.text; c++)
		len += utf8_encode(t->p[i + c], part.text + len);
	if (n)
		add_part(q, &part);
	return n;
}

size_t query_number(struct query *q, const struct text *t, size_t i, enum joint joint)
{
	struct part part = { .role = ROLE_BARE, .joint = joint };
	uint32_t p = t->p[i], last = i ? t->p[i - 1] : ' ';
	size_t n = 0;
	if (is_digit(p))
		return read_digits(q, t, i, 0, part);
	if (is_letter(p) && !is_letter(last)) {
		for (size_t k = 0; k < sizeof in_front / sizeof *in_front && !n; k++) {
			if (in_front[k].word[0] == p && (n = text_word(t, i, in_front[k].word)))
				part.role = in_front[k].role;
		}
		if (n && is_digit(text_at(t, i + n)))
			return n + read_digits(q, t, i + n, 0, part);
		bool word = n >= 4 || (n && t->p[i + n - 1] == ' '); /* rml are initials */
		if (word && is_letter(text_at(t, i + n)) && part.role >= ROLE_BUILDING) {
			size_t k = read_letter(q, t, i + n, part.role);
			if (k || is_letter(text_at(t, i + n + 1)))
				return k ? n + k : 0;
		}
	}
	if (p == U'临' && text_at(t, i + 1) == ' ' && is_digit(text_at(t, i + 2)))
		return 2 + read_digits(q, t, i + 2, p, part); /* 临 30号 */
	bool lone = is_letter(p) && !is_letter(last);
	if (is_digit(text_at(t, i + 1)) && (p == U'临' || is_stem(p) || lone)) {
		bool begins = p == U'临' || q->n_parts || ends_name(last) || (!lone && (last == ' ' || last == '-'));
		if (begins)
			return 1 + read_digits(q, t, i + 1, p, part);
	}
	if (is_stem(p) || lone)
		return read_letter(q, t, i, ROLE_BARE);
	return q->n_parts && is_han(p) ? read_room(q, t, i) : 0;
}
