#include "address/invent_names.h"

#include <stdio.h>
#include <string.h>

#include "address/tsv.h"
#include "base/err.h"
#include "base/str.h"
#include "base/utf8.h"

/* Generic words; the sample has too few compounds to take them from. */
static const char *const COMPOUND_ENDS[] = { "花园", "公寓", "新苑", "小区", "名苑", "家园", "雅苑", "新城", "大厦",
	"华庭", "佳苑", "豪庭", "公馆", "景苑", "别墅", "坊", "里", "苑" };
static const char *const VILLAGE_ENDS[] = { "新村", "一村", "二村", "三村", "四村", "五村", "六村", "村" };
static const char *const ROAD_ENDS[] = { "东路", "西路", "南路", "北路", "中路", "一路", "二路", "支路", "大道", "公路",
	"街", "路" };

/* SplitMix64 (Steele, Lea, Flood 2014; public domain constants). */
uint64_t invent_random(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

uint32_t invent_below(uint64_t *state, uint32_t n)
{
	return (uint32_t)(invent_random(state) % n);
}

static void add_part(struct invent_names *p, struct invent_parts *to, const char *bytes, size_t n)
{
	char part[16];
	if (n == 0 || n >= sizeof part || to->n == PARTS_MAX)
		return;
	memcpy(part, bytes, n);
	part[n] = '\0';
	to->at[to->n++] = texts_add(&p->texts, part); /* what comes often comes often again */
}

/* name, kind, ... */
static bool take_street(void *ctx, char *field[static TSV_FIELDS], struct err *e)
{
	struct invent_names *p = ctx;
	const char *name = field[0];
	size_t left = strlen(name), first, second;
	uint32_t point;
	(void)e;
	first = utf8_decode(name, left, &point);
	second = utf8_decode(name + first, left - first, &point);
	if (!str_eq(field[1], "road") || left <= first + second)
		return true;
	add_part(p, &p->first, name, first);
	add_part(p, &p->second, name + first, second);
	for (size_t i = 0; i < sizeof ROAD_ENDS / sizeof *ROAD_ENDS; i++) {
		size_t n = strlen(ROAD_ENDS[i]);
		if (left > n && str_eq(name + left - n, ROAD_ENDS[i])) {
			add_part(p, &p->road_end, ROAD_ENDS[i], n);
			break;
		}
	}
	return true;
}

static bool take_town(void *ctx, char *field[static TSV_FIELDS], struct err *e)
{
	struct invent_names *p = ctx;
	if (strlen(field[0]) != 9 || p->n_towns == TOWNS_MAX)
		return err_set(e, ERR_CONFIG, "a town has a code of nine digits, and there are at most %d", TOWNS_MAX);
	str_copy(p->town[p->n_towns], sizeof p->town[0], field[0]);
	str_copy(p->town_name[p->n_towns], sizeof p->town_name[0], field[1]);
	p->n_towns++;
	return true;
}

bool invent_names_load(struct invent_names *p, const char *data_dir, struct err *e)
{
	texts_init(&p->texts);
	for (size_t i = 0; i < sizeof COMPOUND_ENDS / sizeof *COMPOUND_ENDS; i++)
		add_part(p, &p->compound_end, COMPOUND_ENDS[i], strlen(COMPOUND_ENDS[i]));
	for (size_t i = 0; i < sizeof VILLAGE_ENDS / sizeof *VILLAGE_ENDS; i++)
		add_part(p, &p->village_end, VILLAGE_ENDS[i], strlen(VILLAGE_ENDS[i]));
	if (!tsv_read(data_dir, "addresses/streets.tsv", take_street, p, e) ||
		!tsv_read(data_dir, "addresses/towns.tsv", take_town, p, e))
		return false;
	return (p->first.n && p->road_end.n && p->n_towns) ||
		err_set(e, ERR_CONFIG, "%s/addresses: no roads or no towns to make names from", data_dir);
}

void invent_names_finish(struct invent_names *p)
{
	texts_finish(&p->texts);
}

static const char *pick(struct invent_names *p, const struct invent_parts *from, uint64_t *random)
{
	return texts_at(&p->texts, from->at[invent_below(random, (uint32_t)from->n)]);
}

void invent_name(struct invent_names *p, uint64_t *random, enum street_kind kind, char out[static INVENTED_BYTES])
{
	const struct invent_parts *end = kind == STREET_ROAD ? &p->road_end
		: kind == STREET_VILLAGE                     ? &p->village_end
							     : &p->compound_end;
	for (unsigned tries = 0;; tries++) {
		size_t before = p->texts.n;
		bool longer = invent_below(random, 100) < 12 || tries > 8; /* the short ones are running out */
		const char *a = pick(p, &p->first, random), *b = pick(p, &p->second, random);
		const char *c = longer ? pick(p, &p->second, random) : "",
			   *d = tries > 16 ? pick(p, &p->second, random) : "";
		snprintf(out, INVENTED_BYTES, "%s%s%s%s%s", a, b, c, d, pick(p, end, random));
		texts_add(&p->texts, out);
		if (p->texts.n > before)
			return;
	}
}
