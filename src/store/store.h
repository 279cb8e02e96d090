#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct case_record;
struct err;
struct filing;
struct licence;
struct sealed_case;
struct station_keys;

/*
 * The case database: one SQLite file, one writer per process, several processes. Settings and why: WAL, FULL, psow=0,
 * checkpoint before the first write, STRICT tables, defensive; data/schema/NNN.sql are the migrations, one a
 * transaction.
 */
struct store;

struct store_options {
	const char *path;
	const char *schema_dir; /* data/schema */
	const char *station;    /* four digits */
	bool readonly;
	/* Both borrowed as long as the store is open, both may be NULL in a program that needs neither. */
	const struct station_keys *keys; /* needed for licences, submitting, signing the audit log */
	const unsigned char *draft_key;  /* 32 bytes of memory that never reach a disk; needed for drafts */
};

/* Errors: ERR_STORAGE with cause and remedy: not writable, full, locked, newer, of another application, damaged. */
bool store_open(struct store **ret, const struct store_options *o, struct err *e);
void store_close(struct store *s); /* accepts NULL */
/*
 * For quiet moments (start screen, end of a session): moves the write-ahead log into the file and empties it, so that
 * what was deleted is gone from the disk and a submission never pays for it. Cheap when there is nothing to do; never
 * waits, never fails.
 */
void store_tidy(struct store *s);
/* Bytes free on the database's file system; a new session is refused below 256 MiB. */
bool store_space(struct store *s, uint64_t *ret_free, struct err *e);

/*
 * --- drafts: what an applicant has typed so far, encrypted under the draft key, kept until the session ends or they expire;
 * owned by this process ---
 */
bool store_draft_save(struct store *s, const struct filing *f, struct err *e);
/* Also tidies: what was wiped is not on the disk any more. */
bool store_draft_delete(struct store *s, const char *token, struct err *e);
/*
 * The newest orphan of this station that the draft key opens: its process is gone. Ages in seconds. False without error text:
 * none.
 */
struct draft_head {
	char token[33];
	char item[64];
	char number[21]; /* of the case, when it was submitted already; else "" */
	unsigned item_version, step;
	int64_t saved_at;
};
bool store_draft_orphan(struct store *s, int64_t max_age, struct draft_head *ret, struct err *e);
/*
 * Fills answers, attachments, step, token, key and query code of an initialised filing and makes this process its owner. A demonstration
 * stays one. ERR_NO: there is no such draft, or another living process has it.
 */
bool store_draft_load(struct store *s, const char *token, struct filing *f, struct err *e);
bool store_draft_purge(struct store *s, int64_t max_age, struct err *e); /* orphans older than that */

/* --- cases --- */
/* A case number that is free now (model/casenum.h); item2 is the item's two digits. */
bool store_number(struct store *s, const char *item2, char ret_number[static 21], struct err *e);
/*
 * One transaction: case, envelope, parts, person index, first event, audit row, receipt printing job. The token makes it idempotent:
 * submitting it again returns the number of the case that is there. A failed COMMIT is unknown, not no: the store reopens, looks
 * the token up, and answers what is true. The draft of the token loses its files and gets the number. ERR_NO: the number was
 * taken in between; seal again with another one. A full disk gives up the ballast and tries again.
 * `single`: ERR_EXISTS, and the text names the other one, when this person has an open case of this item already.
 */
bool store_submit(struct store *s, const char *token, const struct sealed_case *c, bool single,
	char ret_number[static 21], struct err *e);
/* Head, envelopes and events; answers and files stay sealed (seal/revision.h opens them). ERR_NO: no such case. */
bool store_case_load(struct store *s, const char *number, struct case_record **ret, struct err *e);
/* Sealed part `i` of the envelope `revision` of a case (struct case_file says both); yours to free. */
bool store_part_load(struct store *s, const char *number, uint64_t revision, unsigned i, unsigned char **ret,
	size_t *ret_size, struct err *e);
struct case_head {
	char number[21];
	char item[64];
	int state;
	int64_t submitted_at;
	char station[5];
	bool demo;
};
/* Newest first; calls back for each. */
bool store_case_list(struct store *s, unsigned limit, void (*each)(const struct case_head *h, void *ctx), void *ctx,
	struct err *e);

/* The cases of one person (seal's person_index), newest first. */
bool store_case_of_person(struct store *s, const unsigned char person[static 16],
	void (*each)(const struct case_head *h, void *ctx), void *ctx, struct err *e);

/* --- print jobs (outbox) --- */
struct print_job {
	int64_t id;
	char number[21];
	unsigned attempts;
};
/* number NULL: any open one of this station. False without error text: none. */
bool store_job_next(struct store *s, const char *number, struct print_job *ret, struct err *e);
bool store_job_done(struct store *s, int64_t id, bool printed, const char *why, struct err *e);
bool store_job_add(struct store *s, const char *number, struct err *e); /* print again */

/* --- electronic licences (电子证照) --- */
/*
 * A licence of this kind held by this person: the newest that is in force today, else the newest at all (model/licence.h judges
 * it). False without error text: none.
 */
bool store_licence_find(struct store *s, const char *kind, const char *holder_id, int today, struct licence *ret,
	struct err *e);
/*
 * A file of at most 16 MiB in UTF-8, as model/licence.h names the fields. CSV (RFC 4180): the head line is
 * kind,number,holder_id,issuer,valid_from,valid_to, holder_name may stand behind. JSON, when it begins with `[`: an array of flat
 * objects with these keys and no others, dates also as numbers. All rows or none; a licence that is there is replaced. ERR_NO: a
 * row is wrong, with its line.
 */
bool store_licence_import(struct store *s, const char *path, unsigned *ret_rows, struct err *e);
bool store_licence_list(struct store *s, void (*each)(const struct licence *l, void *ctx), void *ctx, struct err *e);

/* --- staff --- */
bool store_staff_add(struct store *s, const char *name, const char *code, struct err *e); /* 6-12 digits; argon2id */
bool store_staff_wait(struct store *s, int64_t *ret_until, struct err *e); /* locked until then; 0: not locked */
bool store_staff_disable(struct store *s, const char *name, struct err *e);
/*
 * True: ret_name is who attested. False with ERR_NO: wrong code or locked (text says until when). Wrong tries are
 * counted per station before the answer is given; the wait doubles from the fifth on.
 */
bool store_staff_attest(struct store *s, const char *code, char *ret_name, size_t size, struct err *e);

/* How often this process called fdatasync or fsync through SQLite; for the bench. */
unsigned long store_sync_count(void);

#endif
