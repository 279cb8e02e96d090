#include "store/paused.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/str.h"
#include "model/answers.h"
#include "model/filing.h"
#include "model/item.h"
#include "seal/keys.h"
#include "seal/locker.h"
#include "seal/pack.h"
#include "store/audit.h"
#include "store/db.h"
#include "store/draft.h"
#include "store/lock.h"

enum { LABEL_MAX = 2 * PAUSE_ID_SIZE + 40, MAIN = -1 };

static const char PAUSING[] = "pausing the filing";
static const char TAKING[] = "taking up the paused filing";

/* Nobody shall keep others from their filings for long by typing nonsense: 2^45 codes need no long wait. */
static const struct lock PAUSE_LOCK = { SQL_PAUSE_LOCK_GET, SQL_PAUSE_LOCK_PUT, 15 * 60, TAKING, AUDIT_PAUSE_WRONG };

static bool make_keys(const struct store *s, const char *code, struct pause_keys *ret, const char *doing, struct err *e)
{
	if (!s->keys)
		return err_set(e, ERR_CONFIG, "%s: the station's keys are needed; set keys in the configuration",
			doing);
	return pause_keys_make(code, s->keys->index, NULL, ret, e);
}

/* Which row and which file of it: none can take another's place. */
static void label_of(char out[static LABEL_MAX], const struct pause_keys *k, int file)
{
	char id[2 * PAUSE_ID_SIZE + 1];
	sodium_bin2hex(id, sizeof id, k->id, sizeof k->id);
	snprintf(out, LABEL_MAX, "paused %s %d", id, file);
}

static void pack_main(struct packer *p, const struct filing *f, bool english)
{
	const char *screen = f->item->steps[f->step].screen_name;
	pack_text(p, f->item->code, 1);
	pack_number(p, f->item->version, 4);
	pack_number(p, f->step, 2);
	pack_text(p, screen ? screen : "", 1);
	pack_number(p, f->demo, 1);
	pack_number(p, english, 1);
	pack_number(p, f->n_attachments, 1);
	pack_text(p, f->token, 1);
	draft_pack(p, f);
}

struct main_part {
	unsigned n_files;
	bool demo;
};

/* The head and the filing, of which only `token` and what draft_unpack sets are touched. */
static bool unpack_main(struct unpacker *u, struct paused_head *h, struct main_part *m, struct filing *f)
{
	unpack_text(u, 1, h->item, sizeof h->item);
	h->item_version = (unsigned)unpack_number(u, 4);
	h->step = (unsigned)unpack_number(u, 2);
	unpack_text(u, 1, h->screen, sizeof h->screen);
	m->demo = unpack_number(u, 1) != 0;
	h->english = unpack_number(u, 1) != 0;
	m->n_files = (unsigned)unpack_number(u, 1);
	unpack_text(u, 1, f->token, sizeof f->token);
	return draft_unpack(u, f) && strlen(f->token) == 32;
}

static int put_file(struct store *s, const struct pause_keys *k, int n, const struct attachment *a)
{
	struct packer plain = { 0 }, sealed = { 0 };
	char label[LABEL_MAX];

	label_of(label, k, n);
	pack_text(&plain, a->name, 1);
	pack_text(&plain, a->mime, 1);
	pack_bytes(&plain, a->bytes, a->size);
	locker_seal(&sealed, k->key, label, plain.bytes, plain.size);
	int code = db_exec(s, SQL_PAUSED_FILE_PUT, "bib", (const void *)k->id, sizeof k->id, (int64_t)n,
		(const void *)sealed.bytes, sealed.size);
	pack_finish(&plain);
	pack_finish(&sealed);
	return code;
}

static bool put(struct store *s, const struct filing *f, const struct pause_keys *k, int64_t until, bool english,
	struct err *e)
{
	struct packer plain = { 0 }, sealed = { 0 };
	char label[LABEL_MAX];
	int64_t now = clock_now();

	label_of(label, k, MAIN);
	pack_main(&plain, f, english);
	locker_seal(&sealed, k->key, label, plain.bytes, plain.size);
	int code = db_exec(s, SQL_PAUSED_PUT, "btiib", (const void *)k->id, sizeof k->id, s->station, now,
		until > now ? until : now, (const void *)sealed.bytes, sealed.size);
	pack_finish(&plain);
	pack_finish(&sealed);
	if (code == SQLITE_DONE)
		code = db_exec(s, SQL_PAUSED_FILE_CLEAR, "b", (const void *)k->id, sizeof k->id);
	for (unsigned i = 0; code == SQLITE_DONE && i < f->n_attachments; i++)
		code = put_file(s, k, (int)i, &f->attachments[i]);
	return (code == SQLITE_DONE || db_fail_code(s, code, PAUSING, e)) &&
		store_audit(s, AUDIT_PAUSED, "", f->item->code, e);
}

static bool save_once(struct store *s, const struct filing *f, const struct pause_keys *k, int64_t until, bool english,
	struct err *e)
{
	return db_begin(s, PAUSING, e) && db_end(s, put(s, f, k, until, english, e), e);
}

bool store_paused_save(struct store *s, const struct filing *f, int64_t until, bool english, struct err *e)
{
	struct pause_keys k = { 0 };

	/* The keys before the transaction: nobody else shall wait 0.1 s for the lock. */
	bool good = make_keys(s, f->pause, &k, PAUSING, e);
	if (good) {
		s->full = false; /* the last failure may be long ago */
		good = save_once(s, f, &k, until, english, e);
		/* The reserve is for this, too: nobody is there to try again. Replacing is safe when it was stored after all. */
		if (!good && s->full && store_ballast_give(s))
			good = save_once(s, f, &k, until, english, e);
	}
	sodium_memzero(&k, sizeof k);
	return good;
}

static bool damaged(struct err *e)
{
	return err_set(e, ERR_STORAGE, "%s: it is damaged; start a new filing", TAKING);
}

/* Reads and opens the row of h->keys; without a row the state is UNKNOWN. */
static bool read_main(struct store *s, struct paused_head *h, struct main_part *m, struct filing *f, struct err *e)
{
	struct packer plain = { 0 };
	char label[LABEL_MAX];
	bool good = false;

	label_of(label, &h->keys, MAIN);
	sqlite3_stmt *q = db_query(s, SQL_PAUSED_GET, "b", (const void *)h->keys.id, sizeof h->keys.id);
	int code = sqlite3_step(q);
	if (code == SQLITE_ROW) {
		h->paused_at = sqlite3_column_int64(q, 0);
		h->until = sqlite3_column_int64(q, 1);
		good = locker_open(&plain, h->keys.key, label, sqlite3_column_blob(q, 2),
			(size_t)sqlite3_column_bytes(q, 2));
	}
	db_done(q);
	struct unpacker u = { plain.bytes, plain.bytes + plain.size, good };
	good = good && unpack_main(&u, h, m, f);
	pack_finish(&plain);
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		return db_fail_code(s, code, TAKING, e);
	h->state = code == SQLITE_DONE ? PAUSED_UNKNOWN : h->until <= clock_now() ? PAUSED_EXPIRED : PAUSED_FOUND;
	return code == SQLITE_DONE || good || damaged(e);
}

static bool read_files(struct store *s, const struct pause_keys *k, unsigned n_files, struct filing *f, struct err *e)
{
	bool good = true;
	unsigned n = 0;
	int code;

	sqlite3_stmt *q = db_query(s, SQL_PAUSED_FILE_LIST, "b", (const void *)k->id, sizeof k->id);
	for (; (code = sqlite3_step(q)) == SQLITE_ROW; n++) {
		struct packer plain = { 0 };
		char label[LABEL_MAX], name[ANSWER_NAME_MAX], mime[64];
		label_of(label, k, (int)n);
		bool opened = locker_open(&plain, k->key, label, sqlite3_column_blob(q, 0),
			(size_t)sqlite3_column_bytes(q, 0));
		struct unpacker u = { plain.bytes, plain.bytes + plain.size, opened };
		opened = unpack_text(&u, 1, name, sizeof name) && unpack_text(&u, 1, mime, sizeof mime) &&
			filing_attach(f, name, mime, u.at, (size_t)(u.end - u.at));
		good = good && opened;
		pack_finish(&plain);
	}
	db_done(q);
	if (code != SQLITE_DONE)
		return db_fail_code(s, code, TAKING, e);
	return (good && n == n_files) || damaged(e);
}

static void last_four(const struct filing *f, char ret[static 5])
{
	const char *id = answers_text(f->answers, "id_number");
	size_t n = strlen(id);
	str_copy(ret, 5, n < 4 ? "" : id + n - 4);
}

static bool look(struct store *s, struct paused_head *h, struct err *e)
{
	static const char none[33] = "";
	struct filing f;
	struct main_part m = { 0 };

	filing_init(&f, NULL, none);
	bool good = db_ready(s, e) && read_main(s, h, &m, &f, e);
	last_four(&f, h->last);
	filing_finish(&f);
	return good;
}

bool store_paused_find(struct store *s, const char *code, struct paused_head *ret, struct err *e)
{
	struct paused_head h = { .state = PAUSED_REFUSED };
	uint64_t n;

	bool good = lock_count(s, &PAUSE_LOCK, &h.until, e);
	if (!good && h.until > 0) {
		*ret = h;
		return true;
	}
	good = good && make_keys(s, code, &h.keys, TAKING, e) && look(s, &h, e);
	if (good && h.state == PAUSED_UNKNOWN)
		lock_log(s, &PAUSE_LOCK, "");
	else if (good)
		good = lock_forgive(s, &PAUSE_LOCK, e);
	if (good && h.state == PAUSED_EXPIRED)
		good = store_paused_purge(s, &n, e);
	if (good)
		*ret = h;
	sodium_memzero(&h, sizeof h);
	return good;
}

bool store_paused_try(struct store *s, int64_t *ret_until, struct err *e)
{
	return lock_count(s, &PAUSE_LOCK, ret_until, e);
}

static bool delete_row(struct store *s, const struct pause_keys *k, const char *doing, struct err *e)
{
	int code = db_exec(s, SQL_PAUSED_DELETE, "b", (const void *)k->id, sizeof k->id);
	return code == SQLITE_DONE || db_fail_code(s, code, doing, e);
}

/* The draft of before, left by a program that crashed when it had just told the code, gives way; one on a screen does not. */
static bool replace_draft(struct store *s, const struct filing *f, struct err *e)
{
	enum draft_whose whose;

	if (!db_draft_whose(s, f->token, &whose, TAKING, e))
		return false;
	if (whose != DRAFT_NOBODYS)
		return err_set(e, ERR_NO, "%s: it is still open on a screen", TAKING);
	int code = db_exec(s, SQL_DRAFT_DELETE, "t", f->token);
	return (code == SQLITE_DONE || db_fail_code(s, code, TAKING, e)) && db_draft_put(s, f, TAKING, e);
}

static bool take(struct store *s, const struct pause_keys *k, struct filing *f, struct err *e)
{
	struct paused_head h = { .keys = *k };
	struct main_part m = { 0 };

	bool good = read_main(s, &h, &m, f, e);
	if (good && h.state != PAUSED_FOUND)
		good = err_set(e, ERR_NO, "%s: it was taken up already, or its time is over", TAKING);
	if (good &&
		(!str_eq(h.item, f->item->code) || h.item_version != f->item->version || h.step >= f->item->n_steps))
		good = err_set(e, ERR_NO, "%s: the item is another one now", TAKING);
	good = good && read_files(s, k, m.n_files, f, e);
	if (good) {
		f->step = h.step;
		f->demo = m.demo;
		memset(f->pause, 0, sizeof f->pause); /* once */
	}
	good = good && delete_row(s, k, TAKING, e) && replace_draft(s, f, e) && lock_open(s, &PAUSE_LOCK, e) &&
		store_audit(s, AUDIT_TAKEN_UP, "", f->item->code, e);
	sodium_memzero(&h, sizeof h);
	return good;
}

/* After a failed COMMIT it may be ours or still paused. A fresh connection sees what is final: the draft is this process's. */
static bool look_up(struct store *s, const struct filing *f, struct err *e)
{
	enum draft_whose whose;

	if (db_ready(s, e) && db_draft_whose(s, f->token, &whose, TAKING, e))
		return whose == DRAFT_OURS;
	s->suspect = true;
	return err_add(e, "it is not known whether it was taken up");
}

bool store_paused_take(struct store *s, const struct paused_head *h, struct filing *f, struct err *e)
{
	if (!db_begin(s, TAKING, e))
		return false;
	bool good = take(s, &h->keys, f, e);
	if (!good)
		db_rollback(s);
	else
		good = db_commit(s, e) || look_up(s, f, e);
	if (good)
		store_tidy(s);
	return good;
}

bool store_paused_drop(struct store *s, const char *code, struct err *e)
{
	struct pause_keys k = { 0 };

	bool good = make_keys(s, code, &k, PAUSING, e) && db_begin(s, PAUSING, e) &&
		db_end(s, delete_row(s, &k, PAUSING, e), e);
	sodium_memzero(&k, sizeof k);
	if (good)
		store_tidy(s);
	return good;
}

bool store_paused_purge(struct store *s, uint64_t *ret_n, struct err *e)
{
	char detail[32];

	if (!db_begin(s, TAKING, e))
		return false;
	int code = db_exec(s, SQL_PAUSED_EXPIRE, "i", clock_now());
	bool ok = code == SQLITE_DONE || db_fail_code(s, code, TAKING, e);
	uint64_t n = ok ? (uint64_t)sqlite3_changes64(s->db) : 0;
	snprintf(detail, sizeof detail, "%" PRIu64, n);
	ok = ok && (n == 0 || store_audit(s, AUDIT_PAUSE_EXPIRED, "", detail, e));
	if (!db_end(s, ok, e))
		return false;
	if (n > 0)
		store_tidy(s);
	*ret_n = n;
	return true;
}
