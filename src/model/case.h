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

struct case_event {
	int64_t at; /* seconds since 1970 UTC */
	int from, to;
	char *actor, *station, *reason;
};

struct case_file { /* an attachment as stored; bytes not loaded */
	char *name, *mime;
	size_t size;
	char sha256[65];
};

struct case_record {
	char number[CASENUM_LENGTH + 1];
	char *item, *station;
	unsigned item_version;
	int64_t submitted_at;
	enum case_state state;
	bool demo;
	unsigned char *envelope; /* as stored (seal/envelope.h), owned */
	size_t envelope_size;
	struct answers *answers; /* empty, and no files, until the envelope was opened */
	struct case_file *files;
	size_t n_files;
	struct case_event *events;
	size_t n_events;
};

void case_record_destroy(struct case_record *c); /* accepts NULL */

#endif
