#ifndef ADDRESS_ADDRESS_H
#define ADDRESS_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

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
	char building[16]; /* 幢, "" when none; a door with its building chosen is still ADDRESS_DOOR */
	char unit[16];     /* 单元, "" when none; the same */
	char room[24];     /* 室, "" for a single house */
	bool single_house; /* a door (or building) without rooms: settled without a room */
	bool manual;       /* typed by hand, the counter looks at it */
};

struct address_hit {
	struct address at;
	char label[200];  /* what the list shows: name, number; Chinese (addresses are not translated) */
	char detail[100]; /* district and town, to tell same names apart; or how many doors or rooms are below */
	uint64_t marks;   /* bit i: the i-th character of the label stands for something that was typed */
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
 * The same for a field in which somebody types: keeps what was found for the next letter, so that typing on costs one step.
 * Same results as address_search. NULL library: NULL session, which finds nothing.
 */
struct address_session;
struct address_session *address_session_create(struct address_library *l); /* destroyed before the library is closed */
size_t address_session_type(struct address_session *s, const char *query, struct address_hit *out, size_t max);
void address_session_destroy(struct address_session *s); /* wipes what was typed; accepts NULL */
/*
 * What exists one level below `at` (lanes, then front doors of a street; side lanes, then doors of a lane; buildings, then
 * units, then rooms of a door) and has a label that starts with `prefix`. A label is the last part alone ("1266弄", "3号",
 * "2幢", "1单元", "502室"); a detail says how many doors or rooms are below.
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
/*
 * The same for one field: a lane is digits alone, a building or unit may be a letter (A座), 甲 or a side (东), a room a
 * letter or one of the rooms that have a name (亭子间).
 */
enum address_part {
	ADDRESS_PART_LANE,
	ADDRESS_PART_NUMBER,
	ADDRESS_PART_BUILDING,
	ADDRESS_PART_UNIT,
	ADDRESS_PART_ROOM
};
bool address_part_canonical(enum address_part part, const char *typed, char *out, size_t size);
/* A lane, or a lane with its side lane ("98弄51支弄", "98弄51"); `sub` is "" without one. */
bool address_lane_canonical(const char *typed, char lane[static 12], char sub[static 12]);

/* Counts of the library, as its writer noted them. */
struct address_stats {
	long streets, names, doors, rooms;
	char label[120];
	char content[65]; /* digest of all addresses, hexadecimal */
};
bool address_stats(struct address_library *l, struct address_stats *ret, struct err *e);
/* What the library holds, counted: streets by kind (road, village, compound from 1 on), names by kind (own, old, short,
 * compound), districts in the order of their codes. */
enum { ADDRESS_KINDS = 4, ADDRESS_DISTRICTS = 64 };
struct address_census {
	long streets[ADDRESS_KINDS], names[ADDRESS_KINDS], single_houses, codes_bytes, rooms_bytes;
	size_t n_districts;
	struct {
		char code[7], name[40];
		long streets, doors, rooms;
	} district[ADDRESS_DISTRICTS];
};
bool address_count(struct address_library *l, struct address_census *ret, struct err *e);

/*
 * Makes the sample library file from data/addresses (names), data/pinyin and a seed; same input, same bytes. Written
 * beside `path` and renamed when complete.
 */
bool address_generate(const char *data_dir, const char *path, unsigned long seed, struct err *e);
/*
 * A library of any size for tests and benchmarks: `names` ways to call a street or compound, recombined from the parts of
 * the sample's names, and about `rooms` rooms below them. Same numbers, same bytes.
 */
bool address_invent(const char *data_dir, const char *path, long names, long rooms, unsigned long seed, struct err *e);

/*
 * All addresses as CSV with the columns of reference address.md 6, one row for each room or door without rooms; importing
 * them gives a library with the same content digest.
 */
bool address_export(struct address_library *l, FILE *out, struct err *e);
/*
 * Reads the whole file: structure, rooms readable, codes unique, counts and digests as noted. Calls `problem` for each
 * finding (at most 20); false with ERR_NO when there was one, another code when the file is no library.
 */
typedef void address_problem(void *ctx, const char *text);
bool address_verify(const char *path, address_problem *problem, void *ctx, struct err *e);

#endif
