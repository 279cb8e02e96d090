/* Any bytes as a search query: the grammar never reads or writes outside, and the canonical forms neither. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "address/address.h"
#include "address/query.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check_places(const struct query *q)
{
	struct place places[QUERY_PLACES];
	size_t n = query_places(q, places);
	if (n > QUERY_PLACES)
		abort();
	for (size_t i = 0; i < n; i++) {
		const struct place *p = &places[i];
		if (p->last < 0 || p->last >= FIELDS || !p->value[p->last] || (i && p->cost < p[-1].cost))
			abort();
		for (enum field f = FIELD_LANE; f < FIELDS; f++) {
			if (p->value[f] < 0 || p->value[f] > 99999)
				abort();
		}
		if (!p->value[FIELD_ROOM] != !*p->room || !p->value[FIELD_UNIT] != !*p->unit)
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct readings readings;
	struct query q;
	char number[24] = "", again[24] = "", lane[12], sub[12];
	char *text = malloc(n + 1);
	if (!text)
		return 0;
	if (!readings.n) {
		if (!readings_add(&readings, "樓", "lou", "楼", NULL) || !readings_add(&readings, "路", "lu", "", NULL))
			abort();
		readings_sort(&readings);
	}
	if (n)
		memcpy(text, data, n);
	text[n] = '\0';
	query_parse(&q, text, &readings);
	if (q.n_atoms > QUERY_ATOMS || q.n_notes > QUERY_ATOMS || q.n_parts > QUERY_PARTS)
		abort();
	check_places(&q);
	if (address_number_canonical(text, number, 16) && !*number)
		abort();
	for (enum address_part part = ADDRESS_PART_LANE; part <= ADDRESS_PART_ROOM;
		part++) { /* canonical stays itself */
		if (address_part_canonical(part, text, number, sizeof number) &&
			(!address_part_canonical(part, number, again, sizeof again) || strcmp(number, again) != 0))
			abort();
	}
	if (address_lane_canonical(text, lane, sub) && !*lane)
		abort();
	free(text);
	return 0;
}
