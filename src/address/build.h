#ifndef ADDRESS_BUILD_H
#define ADDRESS_BUILD_H

#include <stdbool.h>
#include <stdint.h>

#include "address/schema.h"

struct err;

/*
 * Writes a library file: used by the importer and by the generator. Rows come in any order, those of one door best one after
 * the other: then memory is a few bytes a room. Nothing of it is to be seen before library_writer_finish, which sorts,
 * writes beside the path, syncs and renames: an interrupted build leaves the old file in service.
 */
struct library_row {      /* texts borrowed, NULL or "" when not given */
	const char *code; /* official address code */
	const char *district_code, *district, *town_code, *town, *committee;
	const char *street, *pinyin; /* the street's own pinyin column; wins over the readings */
	enum street_kind kind;
	long lane, sub, no; /* 0: none; only a lane: the lane itself has an entry in the list */
	const char *suffix, *building, *unit, *room;
	const char *compound, *old_name, *postcode, *place; /* several names: "/" between them; place: "lon,lat" */
	int valid_from, valid_to;
};

struct library_writer;
/* `data_dir` has pinyin/readings.tsv and regions; `label` is what people read about the source and date of the library. */
bool library_writer_create(struct library_writer **ret, const char *path, const char *data_dir, const char *label,
	struct err *e);
/* ERR_NO: the row contradicts itself or another one; the text says why, the row is left out. */
bool library_writer_add(struct library_writer *w, const struct library_row *row, struct err *e);
/* What was there before, for a delta: all rows of an existing library. */
bool library_writer_take(struct library_writer *w, const char *library_path, struct err *e);
/* Takes one room, door or lane away again (delta D, status 0). ERR_NO: there is no such code or place. */
bool library_writer_remove(struct library_writer *w, const struct library_row *row, struct err *e);
/* Names a region that no row names: a town that people may type though no street says that it is in it. */
void library_writer_region(struct library_writer *w, const char *code, const char *name);
void library_writer_meta(struct library_writer *w, const char *key, const char *value);
/* Called now and then with 0..1000 permille of the finishing work; may be NULL. */
typedef void build_progress(void *ctx, unsigned permille);
bool library_writer_finish(struct library_writer *w, build_progress *progress, void *ctx, struct err *e);
/*
 * After a good finish: a copy at PATH.last, which the kiosk opens when somebody puts something else in the library's place. Without
 * room for it there is none, and nothing else changes.
 */
void library_keep_copy(const char *path);
void library_writer_destroy(struct library_writer *w); /* accepts NULL; unfinished: nothing is left on the disk */

#endif
