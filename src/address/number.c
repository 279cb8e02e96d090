#include "address/number.h"

#include <stdio.h>
#include <string.h>

#include "address/address.h"
#include "base/str.h"
#include "base/utf8.h"

bool number_split(const char *canonical, long *ret_value, char suffix[static NUMBER_SUFFIX])
{
	long value = 0;
	size_t n = 0;
	for (; canonical[n] >= '0' && canonical[n] <= '9'; n++) {
		if (n == NUMBER_DIGITS)
			return false;
		value = value * 10 + (canonical[n] - '0');
	}
	if (n == 0 || strlen(canonical + n) >= NUMBER_SUFFIX)
		return false;
	*ret_value = value;
	memcpy(suffix, canonical + n, strlen(canonical + n) + 1);
	return true;
}

int numeral_value(uint32_t point)
{
	switch (point) {
	case U'〇':
	case U'零':
	case U'○':
		return 0;
	case U'一':
	case U'壹':
		return 1;
	case U'二':
	case U'两':
	case U'贰':
		return 2;
	case U'三':
	case U'叁':
		return 3;
	case U'四':
	case U'肆':
		return 4;
	case U'五':
	case U'伍':
		return 5;
	case U'六':
	case U'陆':
		return 6;
	case U'七':
	case U'柒':
		return 7;
	case U'八':
	case U'捌':
		return 8;
	case U'九':
	case U'玖':
		return 9;
	case U'十':
	case U'拾':
		return 10;
	case U'廿':
		return 20;
	case U'卅':
		return 30;
	case U'百':
	case U'佰':
		return 100;
	case U'千':
	case U'仟':
		return 1000;
	default:
		return -1;
	}
}

long numeral_run(const uint32_t *points, size_t n)
{
	bool by_value = false;
	long total = 0, digit = 0;
	if (n == 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		by_value |= numeral_value(points[i]) >= 10;
	if (!by_value && n > NUMBER_DIGITS)
		return -1;
	for (size_t i = 0; i < n; i++) {
		int v = points[i] == 'o' ? 0 : numeral_value(points[i]);
		if (v < 0)
			return -1;
		if (!by_value) {
			total = total * 10 + v;
		} else if (v >= 10) {
			total += (digit ? digit : 1) * v;
			digit = 0;
		} else {
			digit = v;
		}
		if (total > 99999)
			return -1;
	}
	return total + digit;
}

size_t room_word(const uint32_t *points, size_t n)
{
	static const uint32_t *const words[] = { U"半地下室", U"地下室", U"亭子间", U"前客堂", U"后客堂", U"统客堂",
		U"客堂间", U"客堂", U"统前楼", U"前楼", U"后楼", U"底楼", U"底层", U"三层阁", U"二层阁", U"假三层",
		U"阁楼", U"前厢房", U"后厢房", U"东厢房", U"西厢房", U"厢房", U"前间", U"后间", U"灶披间", U"灶间",
		U"晒台", U"汽车间", U"汽车库" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t k = 0;
		while (words[i][k] && k < n && points[k] == words[i][k])
			k++;
		if (!words[i][k])
			return k;
	}
	return 0;
}

bool is_stem(uint32_t p)
{
	return p == U'甲' || p == U'乙' || p == U'丙' || p == U'丁';
}

static bool is_digit(uint32_t p)
{
	return p >= '0' && p <= '9';
}

enum { P_LIN = U'临', POINTS = 24 };

/* Width, blanks, dashes and letter case. 0: too long, empty or not valid. */
static size_t fold(const char *typed, uint32_t out[static POINTS])
{
	char text[128];
	size_t n = 0, left, step;
	uint32_t p;
	if (!str_copy(text, sizeof text, typed))
		return 0;
	utf8_fold_width(text);
	left = strlen(text);
	for (const char *s = text; left; s += step, left -= step) {
		step = utf8_decode(s, left, &p);
		if (!step)
			return 0;
		if (p == ' ')
			continue;
		if (p == U'—' || p == U'–' || p == U'‐' || p == U'−')
			p = '-';
		if (p >= 'a' && p <= 'z')
			p -= 'a' - 'A';
		if (n == POINTS)
			return 0;
		out[n++] = p;
	}
	return n;
}

static bool in(uint32_t p, const uint32_t *set)
{
	while (*set && *set != p)
		set++;
	return *set != 0;
}

/* Drops the words that name the part (弄 号 室 幢 ...). 0: a number stands on both sides (98弄51), those are two. */
static size_t drop_words(uint32_t *points, size_t n)
{
	size_t kept = 0;
	bool dropped = false;
	for (size_t i = 0; i < n; i++) {
		uint32_t p = points[i];
		if (in(p, U"弄号室幢栋座楼支房户单元")) {
			dropped = true;
			continue;
		}
		bool number = is_digit(p) || numeral_value(p) >= 0;
		if (dropped && number && kept && (is_digit(points[kept - 1]) || numeral_value(points[kept - 1]) >= 0))
			return 0;
		dropped = false;
		points[kept++] = p;
	}
	return kept;
}

struct reader {
	const uint32_t *points;
	size_t n, at;
	struct str out;
};

static uint32_t look(const struct reader *r)
{
	return r->at < r->n ? r->points[r->at] : 0;
}

static void take(struct reader *r)
{
	char bytes[4];
	str_add_n(&r->out, bytes, utf8_encode(r->points[r->at++], bytes));
}

/* One to five digits without leading zeros; Chinese numerals become digits. */
static bool take_digits(struct reader *r)
{
	size_t start = r->at;
	while (numeral_value(look(r)) >= 0)
		r->at++;
	if (r->at > start) {
		long value = numeral_run(r->points + start, r->at - start);
		if (value <= 0)
			return false;
		str_addf(&r->out, "%ld", value);
		return true;
	}
	while (look(r) == '0')
		r->at++;
	start = r->at;
	while (is_digit(look(r)) && r->at - start < NUMBER_DIGITS)
		take(r);
	return r->at > start && !is_digit(look(r));
}

static bool take_number(struct reader *r)
{
	bool temporary = look(r) == P_LIN;
	if (temporary)
		r->at++; /* 临1207号 is 1207临号 */
	if (!temporary && r->n == 1 && is_stem(look(r))) {
		take(r); /* a room called 甲 */
		return true;
	}
	if (look(r) >= 'A' && look(r) <= 'Z')
		take(r);
	if (!take_digits(r))
		return false;
	if (look(r) == '-') {
		take(r);
		if (!take_digits(r))
			return false;
	}
	if (is_stem(look(r)) || (look(r) >= 'A' && look(r) <= 'Z'))
		take(r);
	if (look(r) == P_LIN) {
		if (temporary)
			return false;
		temporary = true;
		r->at++;
	}
	if (temporary)
		str_add(&r->out, "临");
	return r->at == r->n;
}

static bool read_canonical(const uint32_t *points, size_t n, char *out, size_t size)
{
	struct reader r = { .points = points, .n = n };
	str_init(&r.out, 64);
	bool ok = take_number(&r) && !r.out.full && r.out.len < size;
	if (ok)
		str_copy(out, size, r.out.text);
	str_finish(&r.out);
	return ok;
}

bool address_number_canonical(const char *typed, char *out, size_t size)
{
	uint32_t points[POINTS];
	return read_canonical(points, drop_words(points, fold(typed, points)), out, size);
}

static bool is_side(uint32_t p)
{
	return in(p, U"东南西北中");
}

bool address_part_canonical(enum address_part part, const char *typed, char *out, size_t size)
{
	uint32_t points[POINTS];
	char found[64] = "", bytes[4];
	size_t n = fold(typed, points), len = 0;
	if (part == ADDRESS_PART_ROOM && n && room_word(points, n) == n) {
		for (size_t i = 0; i < n; i++) {
			size_t k = utf8_encode(points[i], bytes);
			memcpy(found + len, bytes, k);
			len += k;
		}
		return len < size && str_copy(out, size, found);
	}
	n = drop_words(points, n);
	bool letter = n == 1 && points[0] >= 'A' && points[0] <= 'Z', stem = n == 1 && is_stem(points[0]);
	bool side = n == 1 && is_side(points[0]) && (part == ADDRESS_PART_BUILDING || part == ADDRESS_PART_UNIT);
	if (part >= ADDRESS_PART_BUILDING && (letter || side)) {
		utf8_encode(points[0], found);
		return strlen(found) < size && str_copy(out, size, found);
	}
	if ((stem && part < ADDRESS_PART_BUILDING) || !read_canonical(points, n, found, sizeof found))
		return false;
	bool digits = strspn(found, "0123456789") == strlen(found), leads = is_digit((unsigned char)found[0]);
	if ((part == ADDRESS_PART_LANE && !digits) || (part == ADDRESS_PART_NUMBER && !leads) || strlen(found) >= size)
		return false;
	return str_copy(out, size, found);
}

bool address_lane_canonical(const char *typed, char lane[static 12], char sub[static 12])
{
	char first[64], main_lane[12], side[12] = "";
	const char *mark = strstr(typed, "弄"), *rest = mark ? mark + strlen("弄") : "";
	while (*rest == ' ')
		rest++;
	if (!*rest)
		mark = NULL;
	snprintf(first, sizeof first, "%.*s", mark ? (int)(mark - typed) : (int)strlen(typed), typed);
	if (!address_part_canonical(ADDRESS_PART_LANE, first, main_lane, sizeof main_lane) ||
		(mark && !address_part_canonical(ADDRESS_PART_LANE, rest, side, sizeof side)))
		return false;
	str_copy(lane, 12, main_lane);
	str_copy(sub, 12, side);
	return true;
}
