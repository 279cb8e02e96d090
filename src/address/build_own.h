#ifndef ADDRESS_BUILD_OWN_H
#define ADDRESS_BUILD_OWN_H

#include <sqlite3.h>

#include "address/build.h"
#include "address/build_texts.h"
#include "address/readings.h"
#include "address/rooms.h"

/* What the files of the library writer share: everything in memory, texts by number, doors with their rooms packed. */
struct build_street {
	uint32_t name, district, town, pinyin; /* texts */
	int valid_from, valid_to;
	uint32_t doors, rank; /* how many; place in the order of the file, from 1 on, 0: left out */
	uint8_t kind;
	bool open; /* some row has no end of validity */
};

struct build_door {
	uint32_t street, lane, sub, no;
	uint32_t suffix, committee, postcode, place; /* texts */
	uint32_t town;                               /* text: of a door of a street that runs through several */
	unsigned char *bytes;                        /* rooms, then codes */
	uint32_t rooms_size, codes_size, cap;
	bool gone;
};

struct build_name {
	uint32_t street, lane, sub, no;
	uint32_t text, pinyin; /* texts; pinyin 0: by the readings */
	uint8_t kind;
};

/* Open addressing: index + 1 of streets or doors, 0: free. */
struct build_index {
	uint32_t *slots;
	size_t mask, n;
};

struct build_code {
	uint64_t print; /* fingerprint, 0: free */
	uint32_t door;
};

static const uint32_t BUILD_NONE = UINT32_MAX;

struct library_writer {
	char *path, *temporary, *data_dir;
	sqlite3 *db;
	struct texts texts;
	struct build_street *streets;
	size_t n_streets, cap_streets;
	struct build_door *doors;
	size_t n_doors, cap_doors;
	struct build_name *names;
	size_t n_names, cap_names;
	struct build_index street_index, door_index;
	struct build_code *codes; /* only once something is removed */
	size_t codes_mask, n_codes;
	uint32_t *regions; /* pairs of texts: code, name */
	size_t n_regions;
	uint32_t *meta; /* pairs of texts */
	size_t n_meta;
	struct rooms_writer *rooms; /* of the door `current` */
	uint32_t current;           /* BUILD_NONE: none is open */
	/* the row before, as texts: most rows differ in room and code only */
	uint32_t street, compound, old_name, pinyin, district_name, town_name;
	struct readings readings;
};

/* build_doors.c: makes a door the current one, with the rooms that it has so far. */
void build_open_door(struct library_writer *w, const struct build_door *key);
void build_close_door(struct library_writer *w);
/* A door with packed rooms, which are copied; for a library that is taken over. */
void build_put_door(struct library_writer *w, const struct build_door *d, const void *rooms, size_t rooms_size,
	const void *codes, size_t codes_size);
/* build.c */
uint32_t build_street(struct library_writer *w, const char *name, const char *district, const char *town,
	enum street_kind kind);
void build_name(struct library_writer *w, const struct build_name *n);
void *build_grow(void *array, size_t n, size_t *cap, size_t size);
/* build_join.c: before writing; a road in several towns of a district becomes one street. */
void build_join_streets(struct library_writer *w);
/* build_write.c */
bool build_begin(struct library_writer *w, struct err *e);
bool build_write(struct library_writer *w, build_progress *progress, void *ctx, struct err *e);
/* digest.c: hexadecimal; of streets, names and doors, and of region and reading. */
enum { DIGEST_TEXT = 65 };
bool library_digest(sqlite3 *db, char content[static DIGEST_TEXT], char tables[static DIGEST_TEXT], struct err *e);

#endif
