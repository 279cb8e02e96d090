/* One alphabet for what was typed, then numbers in digits. */
#include "address/query_text.h"

#include <string.h>

#include "base/utf8.h"

bool is_one_of(uint32_t p, const uint32_t *set)
{
	for (; *set; set++) {
		if (*set == p)
			return true;
	}
	return false;
}

bool ends_name(uint32_t p)
{
	return is_han(p) && is_one_of(p, U"路街道巷村苑园城厦场座楼庄邸湾墅庭坊里宅区院寓馆阁居轩府弄邨");
}

size_t text_word(const struct text *t, size_t i, const uint32_t *word)
{
	size_t start = i;
	for (; *word; word++) {
		if (*word == ' ') {
			while (text_at(t, i) == ' ')
				i++;
		} else if (text_at(t, i++) != *word) {
			return 0;
		}
	}
	return i - start;
}

/* ā and its like, as pinyin with tones is copied from a dictionary; anything else stays. */
static uint32_t without_tone(uint32_t p)
{
	static const uint32_t *const tones[] = { U"aāáǎà", U"eēéěèê", U"iīíǐì", U"oōóǒò", U"uūúǔù", U"vüǖǘǚǜ" };
	for (size_t i = 0; i < sizeof tones / sizeof *tones; i++) {
		if (is_one_of(p, tones[i] + 1))
			return tones[i][0];
	}
	return p;
}

/* Half-width, small; 0: leaves no trace. */
static uint32_t fold(uint32_t p)
{
	if (p >= 0xff01 && p <= 0xff5e) /* full width */
		p -= 0xff01 - '!';
	if (p >= 'A' && p <= 'Z')
		return p + ('a' - 'A');
	if (is_letter(p) || is_digit(p) || (p >= 0x4e00 && p <= 0x9fff))
		return p;
	if (p >= 0x300 && p < 0x370) /* combining: a tone typed apart */
		return 0;
	if (p < 0x20)
		return ' ';
	if (!utf8_point_allowed(p))
		return 0;
	if (p == '-' || is_one_of(p, U"‐‑‒–—―−ー－/／\\_"))
		return '-';
	if (is_one_of(p, U"~～〜、"))
		return '~';
	if (is_one_of(p, U"&＆+"))
		return U'与';
	if (p == '#' || is_one_of(p, U"()[]{}（）【】〔〕〖〗「」"))
		return p;
	if (p == U'〇' || p == U'○' || p == U'◯')
		return U'〇';
	if (p < 0x2e80)
		p = p >= 0xc0 ? without_tone(p) : ' ';
	bool written = is_letter(p) || (p >= 0x3400 && p < 0x4dc0) || (p >= 0x20000 && p < 0x40000) ||
		(p >= 0xf900 && p < 0xfb00);
	return written ? p : ' ';
}

/* Valid UTF-8 of at most QUERY_BYTES bytes in the alphabet, without the notes in brackets. */
static void clean(struct text *t, const char *typed, const struct readings *r)
{
	size_t left = strnlen(typed, QUERY_BYTES), step;
	unsigned depth = 0;
	for (const char *s = typed; left && t->n < QUERY_POINTS; s += step, left -= step) {
		uint32_t p;
		step = utf8_decode(s, left, &p);
		if (!step) {
			step = 1;
			continue;
		}
		p = fold(p);
		if (!p)
			continue;
		bool mark = !is_letter(p) && !is_digit(p) && (p < 0x4e00 || p > 0x9fff);
		if (mark && is_one_of(p, U"([{（【〔〖「")) {
			depth += t->n > 0 || depth > 0; /* before anything else there is nothing to note */
			continue;
		}
		if (mark && is_one_of(p, U")]}）】〕〗」")) {
			depth -= depth > 0;
			p = ' ';
		}
		if (depth)
			continue;
		const struct reading *known = is_han(p) ? readings_find(r, p) : NULL;
		if (known && known->simplified) {
			p = known->simplified;
			known = readings_find(r, p);
		}
		if (p == U'衖')
			p = U'弄';
		if (p == U'號') /* also without readings */
			p = U'号';
		if (p == '#')
			p = t->n && (is_digit(t->p[t->n - 1]) || is_stem(t->p[t->n - 1])) ? U'号' : ' ';
		t->p[t->n] = p;
		t->r[t->n++] = known;
	}
	t->p[t->n] = 0;
}

static void put(struct text *t, uint32_t p, const struct reading *r)
{
	if (t->n == QUERY_POINTS)
		return;
	t->p[t->n] = p;
	t->r[t->n++] = r;
	t->p[t->n] = 0;
}

static void put_value(struct text *t, long value)
{
	char digits[8];
	int n = 0;
	for (; value; value /= 10)
		digits[n++] = (char)('0' + value % 10);
	while (n)
		put(t, (uint32_t)digits[--n], NULL);
}

/* What the numerals 三十五 in front of i are: a number, because of what follows. `counted`: there was a number before. */
static bool names_part(const struct text *t, size_t i, bool counted)
{
	uint32_t p = text_at(t, i), next = text_at(t, i + 1);
	if (!is_han(p))
		return false;
	if (p == U'号') /* 八号桥 and its like are names */
		return !is_one_of(next, next ? U"桥线码湾" : U"");
	if (p == U'支')
		return next == U'弄';
	if (p == U'单')
		return next == U'元';
	if (is_one_of(p, U"弄室幢栋"))
		return true;
	return counted && !(p == U'层' && next == U'阁') && is_one_of(p, U"楼层房户座组队");
}

struct folder {
	const struct text *from;
	struct text *to;
	const struct readings *readings;
	bool counted; /* a number was written */
};

static uint32_t before(const struct folder *f, size_t back)
{
	return f->to->n >= back ? f->to->p[f->to->n - back] : 0;
}

/* 弄, 号, 室 ... behind digits: another number may follow at once. */
static bool behind_part(const struct folder *f)
{
	size_t back = 1;
	while (before(f, back) == ' ')
		back++;
	uint32_t p = before(f, back), further = before(f, back + 1);
	if (p == '-')
		return f->counted;
	return f->counted && is_han(p) && is_one_of(p, U"弄号幢栋座元楼层") && (is_digit(further) || is_han(further));
}

/* 五一八弄 -> 518弄, 三十五号 -> 35号; numerals with nothing of an address behind them are the name's (瑞金二路). */
static size_t fold_numerals(struct folder *f, size_t i)
{
	const struct text *t = f->from;
	size_t n = 0, next;
	while (n < 12 && (numeral_value(text_at(t, i + n)) >= 0 || (n && text_at(t, i + n) == 'o')))
		n++;
	if (n == 0)
		return 0;
	for (next = i + n; text_at(t, next) == ' '; next++)
		;
	bool begins = f->counted || ends_name(before(f, 1)) || before(f, 1) == ' ';
	bool number = names_part(t, next, begins) ||
		((behind_part(f) || (ends_name(before(f, 1)) && text_at(t, next) == '-')) &&
			!is_han(text_at(t, next)) && !is_letter(text_at(t, next)));
	long value = number ? numeral_run(t->p + i, n) : -1;
	if (value <= 0)
		return 0;
	put_value(f->to, value);
	f->counted = true;
	return n;
}

static const char *const syllables[] = { "", "yi", "er", "san", "si", "wu", "liu", "qi", "ba", "jiu", "shi" };

/* 控江4村 -> 控江四村, 瑞金2路, 大华12村, kongjiang4cun: the number is in the name. */
static size_t fold_name_digits(struct folder *f, size_t i)
{
	static const uint32_t numerals[] = U"〇一二三四五六七八九";
	const struct text *t = f->from;
	size_t n = is_digit(text_at(t, i + 1)) ? 2 : 1, next = i + n, back = 1;
	unsigned value = t->p[i] - '0';
	if (n == 2)
		value = value * 10 + t->p[i + 1] - '0';
	while (text_at(t, next) == ' ')
		next++;
	while (before(f, back) == ' ')
		back++;
	uint32_t last = before(f, back), unit = text_at(t, next);
	if (f->counted || t->p[i] == '0' || is_digit(text_at(t, i + n)))
		return 0;
	bool cun = text_word(t, next, U"cun") || text_word(t, next, U"xincun");
	if (is_letter(last) && back == 1 && next == i + n && value <= 10 &&
		(cun || (text_word(t, next, U"lu") && !is_letter(text_at(t, next + 2))))) {
		for (const char *s = syllables[value]; *s; s++)
			put(f->to, (uint32_t)*s, NULL);
		return n;
	}
	bool village = unit == U'村' || (unit == U'新' && text_at(t, next + 1) == U'村');
	bool road = unit == U'路' || (unit == U'支' && text_at(t, next + 1) == U'路');
	if (!is_han(last) || !(village || road) || is_one_of(last, U"路街弄号"))
		return 0;
	if (value >= 20)
		put(f->to, numerals[value / 10], readings_find(f->readings, numerals[value / 10]));
	if (value >= 10)
		put(f->to, U'十', readings_find(f->readings, U'十'));
	if (value % 10)
		put(f->to, numerals[value % 10], readings_find(f->readings, numerals[value % 10]));
	return next - i;
}

/* 58O弄, 5〇8弄: a zero that is none. */
static bool is_zero(const struct folder *f, size_t i)
{
	uint32_t p = f->from->p[i];
	if (!is_digit(before(f, 1)) || !(p == 'o' || numeral_value(p) == 0))
		return false;
	while (text_at(f->from, i) == p)
		i++;
	return is_digit(text_at(f->from, i)) || names_part(f->from, i, true) || text_word(f->from, i, U"nong") ||
		text_word(f->from, i, U"hao");
}

/* 30之1号, 12号附3号 -> a hyphen; 1至5号, 1到5号 -> from to. */
static uint32_t joining(const struct folder *f, size_t i)
{
	uint32_t p = f->from->p[i], next = text_at(f->from, i + 1);
	bool number = is_digit(before(f, 1)) || (f->counted && before(f, 1) == U'号');
	if (!is_han(p) || !number || !(is_digit(next) || numeral_value(next) > 0))
		return 0;
	return p == U'之' || p == U'附' ? '-' : p == U'至' || p == U'到' ? '~' : 0;
}

void query_text(struct text *ret, const char *typed, const struct readings *r)
{
	struct text t;
	struct folder f = { .from = &t, .to = ret, .readings = r };
	t.n = ret->n = 0;
	clean(&t, typed, r);
	for (size_t i = 0; i < t.n;) {
		uint32_t p = t.p[i], joint;
		bool first_digit = is_digit(p) && !is_digit(before(&f, 1));
		size_t n = first_digit ? fold_name_digits(&f, i) : is_han(p) ? fold_numerals(&f, i) : 0;
		if (!n) {
			if (is_zero(&f, i))
				p = '0';
			else if ((joint = joining(&f, i)))
				p = joint;
			put(ret, p, p == t.p[i] ? t.r[i] : NULL);
			f.counted |= is_digit(p);
			n = 1;
		}
		i += n;
	}
}
