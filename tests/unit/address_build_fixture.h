#ifndef UNIT_ADDRESS_BUILD_FIXTURE_H
#define UNIT_ADDRESS_BUILD_FIXTURE_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "address/build.h"
#include "address/library.h"
#include "address_fixture.h"

/* One room of 静安区; the tests change what they need. */
static const struct library_row ROW = { .code = "310106000000000001",
	.district_code = "310106",
	.town_code = "310106012",
	.town = "南京西路街道",
	.street = "武定路",
	.kind = STREET_ROAD,
	.lane = 600,
	.no = 12,
	.room = "301" };

static char fixture_library[PATH_MAX]; /* the one that a test makes */

static inline struct library_writer *begin(void)
{
	struct library_writer *w = NULL;
	struct err e = { 0 };
	if (!library_writer_create(&w, fixture_library, fixture_data(), "test", &e))
		fail_msg("%s", e.text);
	return w;
}

static inline void add(struct library_writer *w, const struct library_row *r)
{
	struct err e = { 0 };
	if (!library_writer_add(w, r, &e))
		fail_msg("%s", e.text);
}

static inline void finish(struct library_writer *w)
{
	struct err e = { 0 };
	if (!library_writer_finish(w, NULL, NULL, &e))
		fail_msg("%s", e.text);
	library_writer_destroy(w);
}

static inline struct address_library *open_it(void)
{
	struct address_library *l = NULL;
	struct err e = { 0 };
	if (!address_open(&l, fixture_library, &e))
		fail_msg("%s", e.text);
	return l;
}

static inline struct address_stats stats_of(struct address_library *l)
{
	struct address_stats s;
	struct err e = { 0 };
	assert_true(address_stats(l, &s, &e));
	return s;
}

static inline struct address_stats made(struct library_writer *w)
{
	finish(w);
	struct address_library *l = open_it();
	struct address_stats s = stats_of(l);
	address_close(l);
	return s;
}

static inline void no_problem(void *ctx, const char *text)
{
	(void)ctx;
	print_message("%s\n", text);
}

#endif
