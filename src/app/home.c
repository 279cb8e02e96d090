#include "app/home.h"

#include <stdbool.h>
#include <string.h>

#include "address/address.h"
#include "base/str.h"
#include "vision/paper.h"

enum { HITS = 9 };

static const char CITY[] = "上海市";

/* The entry that was typed; an address by hand is none. */
static bool find_typed(struct address_library *l, const char *typed, struct address *ret)
{
	struct address_hit hits[HITS];
	size_t n = address_search(l, typed, hits, HITS);
	for (size_t i = 0; i < n && i < HITS; i++) {
		char text[400];
		address_text(&hits[i].at, text, sizeof text);
		if (!str_eq(text, typed) || !address_complete(&hits[i].at))
			continue;
		*ret = hits[i].at;
		return true;
	}
	return false;
}

static bool same_entry(const struct address *a, const struct address *b)
{
	return a->street_id == b->street_id && str_eq(a->lane, b->lane) && str_eq(a->sub_lane, b->sub_lane) &&
		str_eq(a->number, b->number) && str_eq(a->building, b->building) && str_eq(a->unit, b->unit) &&
		str_eq(a->room, b->room);
}

/* Is it called so there? 南京西路街道 names a subdistrict, not the road. */
static bool named(const char *read, const char *street)
{
	static const char TOWN[] = "街道";
	for (const char *at = read; *street && (at = strstr(at, street)); at++)
		if (strncmp(at + strlen(street), TOWN, sizeof TOWN - 1) != 0)
			return true;
	return false;
}

/*
 * The name that stands in what was read; NULL: none does, a sign was read wrong. The typed one counts before others that stand
 * there too, such as the compound's, unless it is only a part of them: 东长治路 is not 长治路.
 */
static const char *name_read(const struct address_hit *hits, size_t n, const char *typed, const char *read)
{
	bool there = named(read, typed);
	for (size_t i = 0; i < n; i++) {
		const char *other = hits[i].at.street;
		if (!str_eq(other, typed) && named(read, other) && (!there || strstr(other, typed)))
			return other;
	}
	return there ? typed : NULL;
}

/* The address without city and district, which papers write or leave out. */
static const char *without_district(const struct address *a, char out[static 400])
{
	struct address local = *a;
	local.district[0] = '\0';
	address_text(&local, out, 400);
	return strncmp(out, CITY, sizeof CITY - 1) == 0 ? out + sizeof CITY - 1 : out;
}

static bool same_numbers(const char *a, const char *b)
{
	struct paper one, other;
	paper_fold(&one, a, false);
	paper_fold(&other, b, false);
	bool same = paper_same_numbers(one.points, one.n, other.points, other.n);
	explicit_bzero(&one, sizeof one);
	explicit_bzero(&other, sizeof other);
	return same;
}

enum home_match home_compare(struct address_library *l, const char *typed, const char *read)
{
	struct address home;
	struct address_hit hits[HITS];
	char text[400];
	if (!l || !*read || !find_typed(l, typed, &home))
		return HOME_UNCLEAR;
	size_t n = address_search(l, read, hits, HITS);
	n = n < HITS ? n : HITS;
	const char *name = name_read(hits, n, home.street, read);
	if (name && !str_eq(name, home.street))
		return HOME_OTHER;
	bool there = false, first = n && same_entry(&hits[0].at, &home);
	for (size_t i = 0; i < n; i++)
		there |= same_entry(&hits[i].at, &home);
	/* A name that was read wrong has to be the first that comes to mind. */
	if ((name ? there : first) && same_numbers(without_district(&home, text), read))
		return HOME_SAME;
	/* Every sign of another entry stands there. */
	if (n && address_complete(&hits[0].at) && !same_entry(&hits[0].at, &home) &&
		strstr(read, without_district(&hits[0].at, text)))
		return HOME_OTHER;
	return HOME_UNCLEAR;
}
