#ifndef ADDRESS_ADDRESS_H
#define ADDRESS_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

struct err;

/*
 * The standard address library: names of roads and compounds, door numbers under them, rooms under those. The library
 * is a file of its own, opened read-only; nothing an applicant types ever changes it.
 */
enum address_level { ADDRESS_NONE, ADDRESS_STREET, ADDRESS_LANE, ADDRESS_DOOR, ADDRESS_ROOM };

struct address {
	enum address_level level; /* how far it is settled */
	long street_id; /* row of the library; 0 for manual entry and for a stored answer: found by name and district */
	char district_code[7], district[40]; /* 310106 静安区 */
	char town_code[10], town[60];        /* 310106012 南京西路街道; "" when the library does not say */
	char street[90];                     /* road, village or compound */
	char lane[12];                       /* "1266" or ""; 弄 */
	char sub_lane[12];                   /* 支弄 */
	char number[16];                     /* "3", "207-1", "26甲"; 号 */
	char building[16];                   /* 幢, "" when none */
	char room[24];                       /* 室, "" for a single house */
	bool single_house;                   /* a door that has no rooms: settled without a room */
	bool manual;                         /* typed by hand, the counter looks at it */
};

struct address_hit {
	struct address at;
	char label[200];  /* what the list shows: name, number; Chinese (addresses are not translated) */
	char detail[100]; /* district and town, to tell same names apart; or how many doors or rooms are below */
};

struct address_library;

bool address_open(struct address_library **ret, const char *path, struct err *e);
void address_close(struct address_library *l); /* accepts NULL */

/*
 * Finds streets and compounds by a part of the name in Chinese, by pinyin or by initials, in that order of rank;
 * numbers after the name narrow down to lane, door and room ("南京西路1266弄3号502", "njxl 1266 3 502"). Query: any
 * bytes up to 400, cleaned here. Returns how many hits there are in all; writes at most max, best first. No library
 * (NULL): no hits. A label is the address without city and district, a detail district and town.
 */
size_t address_search(struct address_library *l, const char *query, struct address_hit *out, size_t max);
/*
 * What exists one level below `at` (lanes, then front doors of a street; side lanes, then doors of a lane; rooms of a
 * door) and has a label that starts with `prefix`. A label is the last part alone ("1266弄", "3号", "502室"); a detail
 * says how many doors or rooms are below.
 */
size_t address_below(struct address_library *l, const struct address *at, const char *prefix, struct address_hit *out,
	size_t max);

/* "上海市静安区南京西路1266弄3号502室", town left out as on mail. */
void address_text(const struct address *a, char *out, size_t size);
/* Is it exact enough to live at: a room, or a door without rooms; by hand, a street and any number. */
bool address_complete(const struct address *a);

/*
 * Manual entry: number grammar of one part ("207-1", "26甲", "599临", "12A", "甲"); drops the unit (弄 号 室 幢), folds
 * width, dashes and Chinese numerals and writes the canonical form. False: not in the grammar, `out` untouched.
 */
bool address_number_canonical(const char *typed, char *out, size_t size);

/* Library statistics for `juzhu doctor` and for tests. */
struct address_stats {
	long streets, doors, rooms;
	char label[120];
};
bool address_stats(struct address_library *l, struct address_stats *ret, struct err *e);

/*
 * Makes the sample library file from data/addresses (names), data/pinyin and a seed; same input, same bytes. Written
 * beside `path` and renamed when complete.
 */
bool address_generate(const char *data_dir, const char *path, unsigned long seed, struct err *e);

#endif
