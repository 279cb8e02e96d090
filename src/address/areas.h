#ifndef ADDRESS_AREAS_H
#define ADDRESS_AREAS_H

#include <stdbool.h>
#include <stddef.h>

#include "address/library.h"
#include "address/query.h"

enum { AREA_STARTS = 5, AREA_CODE = 13 };

/* Where the name may begin: behind the city, a district, a town. A part that is also the name's own start is tried both
 * ways. */
struct start {
	size_t at, n;         /* atoms */
	int cost;             /* hundredths */
	char area[AREA_CODE]; /* district or town typed in front, "" none */
};

size_t areas_find(const struct address_library *l, const struct query *q, struct start out[static AREA_STARTS]);
bool area_holds(const char *area, const struct street *s); /* or may hold it: the library does not say the town */
bool area_is(const char *area, const struct street *s);

#endif
