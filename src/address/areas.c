/* Which district or town is typed before the name. */
#include "address/areas.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

enum { COST_SHORT_DISTRICT = 8, DISTRICT_DIGITS = 6 };

/* How many atoms from `at` on are letters that spell one reading of the character; 0: they do not. */
static size_t spelled_by_letters(const struct readings *r, const struct query *q, size_t at, uint32_t character)
{
	const struct reading *known = readings_find(r, character);
	for (uint8_t v = 0; known && v < known->n; v++) {
		const char *syllable = r->syllable[known->syllable[v]];
		size_t n = 0;
		while (syllable[n] && at + n < q->n_atoms && q->atoms[at + n].point == (unsigned char)syllable[n])
			n++;
		if (n && !syllable[n])
			return n;
	}
	return 0;
}

/* How many atoms from `at` on spell the first characters of the text, in Chinese or pinyin; 0: they do not. */
static size_t spelled(const struct readings *r, const struct query *q, size_t at, const char *text, size_t characters)
{
	size_t n = 0, left = strlen(text), step;
	uint32_t p;
	for (; left && characters && (step = utf8_decode(text, left, &p)); text += step, left -= step, characters--) {
		size_t k = 0;
		if (at + n < q->n_atoms)
			k = q->atoms[at + n].point == p         ? 1
				: q->atoms[at + n].point < 0x80 ? spelled_by_letters(r, q, at + n, p)
								: 0;
		if (!k)
			return 0;
		n += k;
	}
	return n;
}

static size_t add(const struct query *q, struct start *out, size_t n, struct start s, const char *area)
{
	size_t left = q->n_atoms - s.at;
	if (n == AREA_STARTS || (s.at && ((left == 0 && !*area) || (left == 1 && q->atoms[s.at].point > 0x7f))))
		return n; /* 宝山路 is not the name 路 in 宝山 */
	for (size_t i = 0; i < n; i++) {
		if (out[i].at == s.at && str_eq(out[i].area, area))
			return n;
	}
	s.n = left;
	str_copy(s.area, sizeof s.area, area);
	out[n] = s;
	return n + 1;
}

static bool district(const struct region *r)
{
	return strlen(r->code) == DISTRICT_DIGITS;
}

size_t areas_find(const struct address_library *l, const struct query *q, struct start out[static AREA_STARTS])
{
	const struct readings *r = &l->readings;
	size_t city = spelled(r, q, 0, "上海市", 3), n = add(q, out, 0, (struct start){ 0 }, "");
	if (!city)
		city = spelled(r, q, 0, "上海", 2);
	if (city)
		n = add(q, out, n, (struct start){ .at = city }, "");
	for (size_t i = 0; i < l->n_regions; i++) {
		const struct region *area = &l->regions[i];
		size_t some = spelled(r, q, city, area->name, 2);
		if (!some)
			continue;
		size_t typed = spelled(r, q, city, area->name, SIZE_MAX);
		bool full = typed > 0;
		if (!typed && (district(area) || city + some == q->n_atoms))
			typed = some; /* 浦东, 静安; 莘庄 alone */
		if (!typed)
			continue;
		n = add(q, out, n, (struct start){ .at = city + typed, .cost = full ? 0 : COST_SHORT_DISTRICT },
			area->code);
		for (size_t k = i + 1; district(area) && k < l->n_regions; k++) { /* a town behind the district */
			const struct region *t = &l->regions[k];
			if (strncmp(t->code, area->code, DISTRICT_DIGITS) != 0)
				break;
			size_t town = spelled(r, q, city + typed, t->name, SIZE_MAX);
			if (town)
				n = add(q, out, n, (struct start){ .at = city + typed + town }, t->code);
		}
	}
	return n;
}

bool area_holds(const char *area, const struct street *s)
{
	if (strncmp(s->district, area, DISTRICT_DIGITS) != 0)
		return false;
	return strlen(area) == DISTRICT_DIGITS || !s->town[0] || str_eq(s->town, area);
}

bool area_is(const char *area, const struct street *s)
{
	return *area && str_eq(strlen(area) == DISTRICT_DIGITS ? s->district : s->town, area);
}
