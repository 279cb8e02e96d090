#include "address/query.h"

#include <string.h>

#include "address/query_text.h"

/* 13812345678, 138 1234 5678, 021-62481234: groups of digits with a blank or hyphen between them. */
static size_t telephone(const struct text *t, size_t i)
{
	static const char *const forms[] = { "1xx xxxx xxxx", "0xx xxxx xxxx", "0xxx xxxx xxxx", "0xxx xxx xxxx",
		"86 1xx xxxx xxxx" }; /* not 400 xxx xxxx: a lane, a number, a room */
	for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
		size_t at = i;
		const char *f = forms[k];
		for (; *f; f++) {
			uint32_t p = text_at(t, at);
			if (*f == ' ')
				at += p == ' ' || p == '-';
			else if (*f == 'x' ? is_digit(p) : p == (uint32_t)*f)
				at++;
			else
				break;
		}
		if (!*f && !is_digit(text_at(t, at)))
			return at - i;
	}
	return 0;
}

static size_t any_word(const struct text *t, size_t i, const uint32_t *const words[])
{
	size_t n = 0;
	while (*words && !(n = text_word(t, i, *words)))
		words++;
	return n;
}

static size_t postcode_word(const struct text *t, size_t i)
{
	static const uint32_t *const words[] = { U"邮政编码", U"邮编", NULL };
	return t->p[i] == U'邮' ? any_word(t, i, words) : 0;
}

static bool ends_address(const struct text *t, size_t i)
{
	static const uint32_t *const words[] = { U"电话", U"手机", U"联系", U"微信", U"收件人", U"收货人", NULL };
	return is_one_of(t->p[i], U"电手联微收") && any_word(t, i, words);
}

struct english {
	const uint32_t *word;
	const char *pinyin;
	enum { WORD_ROAD, WORD_DIRECTION, WORD_AREA } kind;
};

/* "Nanjing West Road": English words for Chinese ones, between letters only as words of their own. */
static const struct english *english(const struct text *t, size_t i, size_t *ret_n)
{
	static const struct english words[] = { { U"road", "lu", WORD_ROAD }, { U"rd", "lu", WORD_ROAD },
		{ U"street", "jie", WORD_ROAD }, { U"avenue", "dadao", WORD_ROAD }, { U"ave", "dadao", WORD_ROAD },
		{ U"east", "dong", WORD_DIRECTION }, { U"west", "xi", WORD_DIRECTION },
		{ U"south", "nan", WORD_DIRECTION }, { U"north", "bei", WORD_DIRECTION },
		{ U"middle", "zhong", WORD_DIRECTION }, { U"district", "qu", WORD_AREA },
		{ U"town", "zhen", WORD_AREA } };
	if (i && t->p[i - 1] != ' ')
		return NULL;
	for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
		*ret_n = words[k].word[0] == t->p[i] ? text_word(t, i, words[k].word) : 0;
		if (*ret_n && (i ? !is_letter(text_at(t, i + *ret_n)) : text_at(t, *ret_n) == ' '))
			return &words[k];
	}
	return NULL;
}

static void add(struct atom *atoms, size_t *n, uint32_t point, const struct reading *reading)
{
	if (*n < QUERY_ATOMS)
		atoms[(*n)++] = (struct atom){ .point = point, .reading = reading };
}

/* --- the name: what is not a part of it ------------------------------------------------------------------------------- */

static uint32_t name_at(const struct query *q, size_t i)
{
	return i < q->n_atoms ? q->atoms[i].point : 0;
}

static bool spells(const struct query *q, size_t i, const uint32_t *word)
{
	for (; *word; word++, i++) {
		if (name_at(q, i) != *word)
			return false;
	}
	return true;
}

static size_t length(const uint32_t *word)
{
	size_t n = 0;
	while (word[n])
		n++;
	return n;
}

static void cut(struct query *q, size_t from, size_t n)
{
	memmove(q->atoms + from, q->atoms + from + n, (q->n_atoms - from - n) * sizeof *q->atoms);
	q->n_atoms -= n;
}

/* 我住在…, 中国…, 上海上海市… */
static void cut_front(struct query *q)
{
	static const uint32_t *const words[] = { U"联系电话", U"电话", U"手机", U"家庭住址", U"居住地址", U"现住址",
		U"现居住地", U"详细地址", U"地址", U"住址", U"我家在", U"我家住", U"我住在", U"我住", U"现住", U"住在",
		U"请查", U"中华人民共和国", U"中国" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t n = length(words[i]);
		if (spells(q, 0, words[i]) && q->n_atoms >= n + 2) {
			cut(q, 0, n);
			i = (size_t)-1; /* 我家地址: again from the first */
		}
	}
	while (spells(q, 0, U"上海上海") || spells(q, 0, U"上海市上海"))
		cut(q, 0, spells(q, 0, U"上海上海") ? 2 : 3);
	size_t city = spells(q, 0, U"上海市") ? 3 : spells(q, 0, U"上海") ? 2 : 0;
	if (city && spells(q, city, U"市辖区"))
		cut(q, city, 3);
}

/* Where the road ends that begins in front of i: behind 路, 街 or 大道, but 街道 is an area. 0: no road ends here. */
static size_t road_end(const struct query *q, size_t i)
{
	uint32_t p = name_at(q, i), next = name_at(q, i + 1);
	if (i == 0 || (next == U'街' && name_at(q, i + 2) == U'道'))
		return 0;
	if (p == U'路' || (p == U'街' && next != U'道') || (p == U'道' && name_at(q, i - 1) == U'大'))
		return i + 1;
	return 0;
}

static void move_to_notes(struct query *q, size_t from)
{
	for (size_t i = from; i < q->n_atoms; i++)
		add(q->notes, &q->n_notes, q->atoms[i].point, q->atoms[i].reading);
	q->n_atoms = from;
}

static bool ends_with(const struct query *q, const uint32_t *word)
{
	size_t n = length(word);
	return q->n_atoms >= n && spells(q, q->n_atoms - n, word);
}

/* A路B路口, A路与B路, A路近B路, A路东侧: A路 is the name. */
static void cut_crossing(struct query *q)
{
	static const uint32_t *const ends[] = { U"口", U"交叉", U"交界", U"交界处", U"交汇", U"交汇处", U"转角",
		U"拐角", U"转弯角", U"附近", U"旁", U"旁边", U"对面", U"侧", U"边", U"沿线", U"交叉处", U"相交" };
	size_t first = 0, roads = 0;
	for (size_t i = 0; i < q->n_atoms; i++) {
		size_t end = road_end(q, i);
		roads += end > 0;
		first = first ? first : end;
	}
	for (size_t i = 3; i + 2 < q->n_atoms && road_end(q, q->n_atoms - 1) && (!first || i < first); i++) {
		/* X苑近B路, but 静安区近江路 is a road */
		if (name_at(q, i) == U'近' && !is_one_of(name_at(q, i - 1), U"市区县镇乡道")) {
			move_to_notes(q, i);
			return;
		}
	}
	if (!first || first == q->n_atoms)
		return;
	uint32_t next = name_at(q, first);
	bool other = is_one_of(next, roads > 1 ? U"近靠与和跟同及到至" : U"近靠") && first + 2 < q->n_atoms;
	for (size_t i = 0; i < sizeof ends / sizeof *ends && !other; i++)
		other = ends_with(q, ends[i]) && (roads > 1 || q->n_atoms <= first + length(ends[i]) + 1);
	if (other)
		move_to_notes(q, first);
}

/* 陕西路南 is 陕西南路, 南京西路北 is 南京西路. */
static void turn_direction(struct query *q)
{
	static const uint32_t *const named[] = { U"陕西", U"江西", U"山西", U"广西", U"山东", U"广东", U"河南", U"湖南",
		U"云南", U"海南", U"河北", U"湖北", U"淮海", NULL };
	size_t n = q->n_atoms;
	if (n < 3 || !is_one_of(name_at(q, n - 1), U"东南西北中") || name_at(q, n - 2) != U'路')
		return;
	bool directed = is_one_of(name_at(q, n - 3), U"东南西北中一二三环");
	for (size_t i = 0; named[i] && n >= 4; i++)
		directed &= !spells(q, n - 4, named[i]);
	if (!directed) {
		struct atom road = q->atoms[n - 2];
		q->atoms[n - 2] = q->atoms[n - 1];
		q->atoms[n - 1] = road;
	} else if (n > 3) {
		q->n_atoms--;
	}
}

/* Only a city, district or town so far: the name is still to come. */
static bool only_area(const struct query *q)
{
	size_t n = q->n_atoms;
	if (n == 0 || ends_with(q, U"上海") || ends_with(q, U"街道"))
		return true;
	uint32_t p = name_at(q, n - 1), last = name_at(q, n - 2);
	return n >= 3 && (is_one_of(p, U"市镇县乡") || (p == U'区' && !is_one_of(last, U"小社园")));
}

/* 15号601 昌翔路380弄: the lane behind the name comes before the numbers in front of it. */
static void turn_numbers(struct query *q, size_t front)
{
	struct part parts[QUERY_PARTS];
	if (!front || front >= q->n_parts || q->parts[front].role != ROLE_LANE)
		return;
	memcpy(parts, q->parts, sizeof parts);
	for (size_t i = 0; i < q->n_parts; i++)
		q->parts[i] = parts[(i + front) % q->n_parts];
}

static void add_word(struct query *q, const char *pinyin)
{
	for (; *pinyin; pinyin++)
		add(q->atoms, &q->n_atoms, (uint32_t)*pinyin, NULL);
}

void query_parse(struct query *q, const char *typed, const struct readings *r)
{
	struct text t;
	enum joint joint = JOINT_NONE;
	bool named = false;
	size_t front = 0;           /* numbers in front of the name */
	const char *direction = ""; /* "East Nanjing Road": of the road, but written in front */
	q->n_atoms = q->n_notes = q->n_parts = 0;
	query_text(&t, typed, r);
	for (size_t i = 0; i < t.n;) {
		uint32_t p = t.p[i];
		size_t n = is_digit(p) ? telephone(&t, i) : postcode_word(&t, i), before = q->n_parts;
		const struct english *word;
		if (n) {
			i += n;
			continue;
		}
		if (ends_address(&t, i) && (q->n_parts || q->n_atoms))
			break;
		if ((n = query_number(q, &t, i, joint))) {
			named |= q->n_parts > before && !only_area(q);
			joint = JOINT_NONE;
		} else if (p == '-' || p == '~') {
			joint = !q->n_parts ? JOINT_NONE : p == '-' ? JOINT_HYPHEN : JOINT_RANGE;
			n = 1;
		} else if (p == ' ') {
			n = 1;
		} else if (is_letter(p) && !named && (word = english(&t, i, &n))) {
			if (word->kind == WORD_DIRECTION && !q->n_atoms) {
				direction = word->pinyin;
			} else {
				add_word(q, word->kind == WORD_ROAD ? direction : "");
				add_word(q, word->pinyin);
				direction = word->kind == WORD_ROAD ? "" : direction;
				named = word->kind == WORD_ROAD; /* district and city follow */
			}
			joint = JOINT_NONE;
		} else {
			if (q->n_parts)
				q->parts[q->n_parts - 1].closed = true;
			front = named || front ? front : q->n_parts;
			if (named)
				add(q->notes, &q->n_notes, p, t.r[i]);
			else
				add(q->atoms, &q->n_atoms, p, t.r[i]);
			joint = JOINT_NONE;
			n = 1;
		}
		i += n;
	}
	turn_numbers(q, front);
	add_word(q, direction);
	cut_front(q);
	cut_crossing(q);
	turn_direction(q);
}
