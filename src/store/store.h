#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct answers;
struct case_record;
struct err;
struct filing;

/*
 * The case database: one SQLite file, one writer per process, several processes. Settings and why: WAL, FULL, psow=0,
 * checkpoint before the first write, STRICT tables, defensive; data/schema/NNN.sql are the migrations, one a transaction.
 */
struct store;

struct store_options {
	const char *path;
	const char *schema_dir; /* data/schema */
	const char *station;    /* four digits */
	bool readonly;
};

/* Errors: ERR_STORAGE with cause and remedy: not writable, full, locked, newer, of another application, damaged. */
bool store_open(struct store **ret, const struct store_options *o, struct err *e);
void store_close(struct store *s); /* accepts NULL */
/* Bytes free on the database's file system; a new session is refused below 256 MiB. */
bool store_space(struct store *s, uint64_t *ret_free, struct err *e);

/* --- drafts: what an applicant has typed so far, kept until submission, wipe or expiry; owned by this process ------- */
bool store_draft_save(struct store *s, const struct filing *f, struct err *e);
bool store_draft_delete(struct store *s, const char *token, struct err *e);
/* The newest draft of this station whose process is gone, not older than max_age seconds: token, item code, step, saved_at. False without error text: none. */
struct draft_head { char token[33]; char item[64]; unsigned item_version, step; int64_t saved_at; };
bool store_draft_orphan(struct store *s, int64_t max_age, struct draft_head *ret, struct err *e);
/* Fills answers, attachments and step of an initialised filing and makes this process its owner. */
bool store_draft_load(struct store *s, const char *token, struct filing *f, struct err *e);
bool store_draft_purge(struct store *s, int64_t max_age, struct err *e); /* orphans older than that */

/* --- cases ----------------------------------------------------------------------------------------------------------- */
/*
 * One transaction: case, answers, files, first event, receipt printing job. The token makes it idempotent: submitting it again
 * returns the number of the case that is there. A failed COMMIT is unknown, not no: the store reopens, looks the token up,
 * and answers what is true. The draft of the token is deleted in the same transaction.
 */
bool store_submit(struct store *s, const struct filing *f, const struct answers *record, char ret_number[static 21], struct err *e);
bool store_case_load(struct store *s, const char *number, struct case_record **ret, struct err *e); /* ERR_NO: no such case */
struct case_head { char number[21]; char item[64]; int state; int64_t submitted_at; char station[5]; bool demo; };
/* Newest first; calls back for each. */
bool store_case_list(struct store *s, unsigned limit, void (*each)(const struct case_head *h, void *ctx), void *ctx, struct err *e);

/* --- print jobs (outbox) ----------------------------------------------------------------------------------------------- */
struct print_job { int64_t id; char number[21]; unsigned attempts; };
bool store_job_next(struct store *s, const char *number, struct print_job *ret, struct err *e); /* number NULL: any open one of this station */
bool store_job_done(struct store *s, int64_t id, bool printed, const char *why, struct err *e);
bool store_job_add(struct store *s, const char *number, struct err *e); /* print again */

/* --- electronic licences (电子证照) ------------------------------------------------------------------------------------ */
struct licence { char kind[40]; char number[80]; char holder_id[19]; char issuer[120]; int valid_from, valid_to; /* YYYYMMDD, 0: no end */ };
/* A licence of this kind that is valid today and held by this person. False without error text: none. */
bool store_licence_find(struct store *s, const char *kind, const char *holder_id, int today, struct licence *ret, struct err *e);
bool store_licence_import(struct store *s, const char *csv_path, unsigned *ret_rows, struct err *e);

/* --- staff --------------------------------------------------------------------------------------------------------------- */
bool store_staff_add(struct store *s, const char *name, const char *code, struct err *e); /* 6-12 digits; argon2id */
bool store_staff_disable(struct store *s, const char *name, struct err *e);
/*
 * True: ret_name is who attested. False with ERR_NO: wrong code or locked (text says until when). Wrong tries are counted per
 * station before the answer is given; the wait doubles from the fifth on.
 */
bool store_staff_attest(struct store *s, const char *code, char *ret_name, size_t size, struct err *e);

/* How often this process called fdatasync or fsync through SQLite; for the bench. */
unsigned long store_sync_count(void);

#endif
