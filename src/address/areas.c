/* Which district or town is typed before the name. */
#include "address/areas.h"

#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

enum { COST_SHORT_DISTRICT = 8, DISTRICT_DIGITS = 6 };

/* How many atoms from `at` on spell the text; 0: they do not. */
static size_t spelled(const struct query *q, size_t at, const char *text, size_t characters)
{
	size_t n = 0, left = strlen(text), step;
	uint32_t p;
	for (; left && n < characters && (step = utf8_decode(text, left, &p)); text += step, left -= step, n++) {
		if (at + n >= q->n_atoms || q->atoms[at + n].point != p)
			return 0;
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
	size_t city = spelled(q, 0, "上海市", 3), n = add(q, out, 0, (struct start){ 0 }, "");
	if (!city)
		city = spelled(q, 0, "上海", 2);
	if (city)
		n = add(q, out, n, (struct start){ .at = city }, "");
	for (size_t i = 0; i < l->n_regions; i++) {
		const struct region *r = &l->regions[i];
		size_t all = utf8_length(r->name), some = spelled(q, city, r->name, 2);
		if (!some)
			continue;
		size_t typed = spelled(q, city, r->name, all);
		bool full = typed == all;
		if (!typed && (district(r) || city + 2 == q->n_atoms))
			typed = some; /* 浦东, 静安; 莘庄 alone */
		if (!typed)
			continue;
		n = add(q, out, n, (struct start){ .at = city + typed, .cost = full ? 0 : COST_SHORT_DISTRICT },
			r->code);
		for (size_t k = i + 1; district(r) && k < l->n_regions; k++) { /* a town behind the district */
			const struct region *t = &l->regions[k];
			if (strncmp(t->code, r->code, DISTRICT_DIGITS) != 0)
				break;
			size_t town = spelled(q, city + typed, t->name, utf8_length(t->name));
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
