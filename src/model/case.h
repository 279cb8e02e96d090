#ifndef MODEL_CASE_H
#define MODEL_CASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/casenum.h"

struct answers;

/* A case (办件): a filing once submitted, with its history. States and who may move them: domain file 8.2. */
enum case_state {
	CASE_SUBMITTED = 10,
	CASE_ACCEPTED = 20,
	CASE_REFUSED = 21,
	CASE_SUPPLEMENT = 30,
	CASE_SUPPLEMENT_EXPIRED = 31,
	CASE_REVIEW = 40,
	CASE_APPROVED = 50,
	CASE_DENIED = 51,
	CASE_MAKING = 60,
	CASE_SHIPPED = 70,
	CASE_READY = 71,
	CASE_RETURNED = 72,
	CASE_COLLECTED = 80,
	CASE_DONE = 90,
	CASE_WITHDRAWN = 99
};

const char *case_state_label(enum case_state s); /* Chinese, key of the catalogue; NULL: no such state */
const char *case_state_word(int state);          /* English, for programs and tables: "accepted"; NULL: no such state */
int case_state_of(const char *word);             /* 0: no such word */
int case_state_at(size_t i);                     /* the i-th state, 0 behind the last */

struct case_event {
	int64_t at; /* seconds since 1970 UTC */
	int from, to;
	char *actor, *station, *reason;
};

struct case_file { /* an attachment as stored; bytes not loaded */
	char *name, *mime;
	size_t size;
	char sha256[65];
	uint64_t revision; /* the envelope it came with, and its part there: for store_part_load */
	unsigned part;
};

/* What was added to a case after it was filed (seal/revision.h): revision 2 and on. */
struct case_revision {
	unsigned char *envelope; /* as stored, owned */
	size_t size;
};

struct case_record {
	char number[CASENUM_LENGTH + 1];
	char *item, *station;
	unsigned item_version;
	int64_t submitted_at;
	enum case_state state;
	bool demo;
	unsigned char *envelope; /* revision 1 as stored (seal/envelope.h), owned */
	size_t envelope_size;
	struct case_revision *revisions; /* [0] is revision 2 */
	size_t n_revisions;
	struct answers *answers; /* empty, and no files, until the envelopes were opened */
	struct case_file *files; /* the newest of each material, all of one revision */
	size_t n_files;
	struct case_file *replaced; /* earlier ones, of materials that were given anew since */
	size_t n_replaced;
	struct case_event *events;
	size_t n_events;
};

void case_record_destroy(struct case_record *c); /* accepts NULL */

#endif
