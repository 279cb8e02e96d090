#ifndef TESTS_FAULT_WORLD_H
#define TESTS_FAULT_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "harness.h"
#include "model/filing.h"
#include "seal/envelope.h"
#include "store/store.h"

/* A small world around the store: one station, one item, filings that a seed makes again. */
extern struct station_keys world_keys;
extern unsigned char world_draft_key[32];
extern const char world_station[];

/* Keys, clock, random numbers (libsodium's and SQLite's, too), the VFS. */
void world_begin(uint64_t seed);

/* A filing and the case that was sealed from it, before anything is stored. */
struct filed {
	char token[33];
	uint64_t seed;
	size_t file_size; /* of its photo; 0: none */
	struct sealed_case sealed;
	unsigned char key[SEAL_KEY_SIZE];
	bool acked; /* somebody was told */
};
void world_filing(struct filing *f, const struct filed *c); /* free with filing_finish */
/* Number `n` of this world, on this day (YYYYMMDD); the token comes from `token_seed`, the answers from `seed`. */
void filed_make(struct filed *c, uint64_t seed, uint64_t token_seed, unsigned n, int day);
void filed_seal(struct filed *c, const char *number);
void filed_finish(struct filed *c);
/* `n` of them, with files of up to 9 KB. */
struct filed *filed_make_all(uint64_t seed, unsigned n);
void filed_finish_all(struct filed *c, unsigned n); /* frees */

bool world_open(struct store **ret, const char *path, struct err *e);

/* --- the session that most harnesses run: open, [draft, draft, submit] for each case, close --- */
struct session {
	const char *path;
	struct filed *filed;
	unsigned n;
	bool tidy;                 /* in the middle, as between two applicants */
	bool again;                /* a submission that failed is tried once more */
	void (*acked)(unsigned i); /* may be NULL; called when case i was told */
	unsigned errors;           /* calls that failed */
	struct err first;
};
void session_run(struct session *s);

void world_copy(const char *from, const char *to); /* also takes away what lay beside `to`: log, index, journal */
void world_remove(const char *path);

#endif
