#ifndef STORE_PAUSED_H
#define STORE_PAUSED_H

#include <stdbool.h>
#include <stdint.h>

#include "seal/pause.h"

struct err;
struct filing;
struct store;

/*
 * Filings that somebody paused: answers, files, step, token, key, query code, item and language, sealed under the pause code
 * (seal/pause.h), to be taken up once at any station that shares the database and the center's keys. In the clear: where and
 * when it was paused, until when it is kept, how many files and their sizes. All need the station's keys.
 */

/*
 * Seals the filing as it is under f->pause; from `until` on (seconds since 1970) nobody can take it up. What lay there under
 * this code is replaced. The draft stays: it is deleted by who knows that the person has the code (store_draft_delete), so
 * that a crash in between loses neither.
 */
bool store_paused_save(struct store *s, const struct filing *f, int64_t until, bool english, struct err *e);

enum paused_state {
	PAUSED_FOUND,
	PAUSED_UNKNOWN, /* a wrong code, or taken up already, or deleted when its time was over */
	PAUSED_EXPIRED, /* its time is over; it is deleted now */
	PAUSED_REFUSED, /* too many wrong tries at this station; `until` says when it looks again */
};

struct paused_head {
	enum paused_state state;
	int64_t paused_at, until;
	char item[64];
	unsigned item_version, step;
	char screen[64]; /* name of the step's screen */
	char last[5];    /* last four characters of the applicant's ID number; "": none was typed yet */
	bool english;
	struct pause_keys keys; /* wipe the struct */
};
/*
 * Looks without taking. `code` as query_code_read gives it. Each look counts as a wrong try, kept in the database before the
 * answer is given; one that finds something, be it expired, is taken back, and something taken up clears them all. Four are
 * free, then the station waits 30 s, doubled each time, 15 minutes at most. Takes 0.1 s (Argon2id). False: it could not be
 * looked at.
 */
bool store_paused_find(struct store *s, const char *code, struct paused_head *ret, struct err *e);
/* Another try of the same kind (the proof of who it is). False with ERR_NO: refused until *ret_until. */
bool store_paused_try(struct store *s, int64_t *ret_until, struct err *e);
/*
 * Fills an initialised filing of this item and makes it this process's draft; the paused row is deleted in the same
 * transaction, so of two who come at once one gets it. ERR_NO: it is gone, or its draft is still open on a screen.
 */
bool store_paused_take(struct store *s, const struct paused_head *h, struct filing *f, struct err *e);
/* The session goes on or ended otherwise: the code opens nothing any more. Nothing there is no error. */
bool store_paused_drop(struct store *s, const char *code, struct err *e);
/* Deletes what nobody took up in time, of all stations. */
bool store_paused_purge(struct store *s, uint64_t *ret_n, struct err *e);

#endif
