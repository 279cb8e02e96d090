#include "model/case.h"

#include <sodium.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "model/answers.h"
#include "store/db.h"

static const char READING[] = "reading the case";

/* Result of a loop over rows. */
static bool ended(struct store *s, int code, struct err *e)
{
	return code == SQLITE_DONE || db_fail_code(s, code, READING, e);
}

static bool load_head(struct store *s, const char *number, struct case_record *c, struct err *e)
{
	sqlite3_stmt *q = db_query(s, SQL_CASE_GET, "t", number);
	int code = sqlite3_step(q);
	if (code == SQLITE_ROW) {
		str_copy(c->number, sizeof c->number, db_text(q, 0));
		c->station = xstrdup(db_text(q, 1));
		c->item = xstrdup(db_text(q, 2));
		c->item_version = (unsigned)sqlite3_column_int(q, 3);
		c->submitted_at = sqlite3_column_int64(q, 4);
		c->state = (enum case_state)sqlite3_column_int(q, 5);
		c->demo = sqlite3_column_int(q, 6) != 0;
	}
	db_done(q);
	if (code == SQLITE_DONE)
		return err_set(e, ERR_NO, "there is no case with this number in %s", s->path);
	return code == SQLITE_ROW || db_fail_code(s, code, READING, e);
}

static bool load_answers(struct store *s, struct case_record *c, struct err *e)
{
	bool fits = true;
	int code;

	sqlite3_stmt *q = db_query(s, SQL_CASE_ANSWER_LIST, "t", c->number);
	while ((code = sqlite3_step(q)) == SQLITE_ROW)
		fits = answers_set(c->answers, db_text(q, 0), db_text(q, 1)) && fits;
	db_done(q);
	if (!ended(s, code, e))
		return false;
	return fits || err_set(e, ERR_STORAGE, "%s %s: it holds more than this program accepts", READING, c->number);
}

static bool load_files(struct store *s, struct case_record *c, struct err *e)
{
	int code;

	sqlite3_stmt *q = db_query(s, SQL_CASE_FILE_LIST, "t", c->number);
	while ((code = sqlite3_step(q)) == SQLITE_ROW) {
		c->files = xrealloc(c->files, c->n_files + 1, sizeof *c->files);
		struct case_file *f = &c->files[c->n_files++];
		*f = (struct case_file){ .name = xstrdup(db_text(q, 0)),
			.mime = xstrdup(db_text(q, 1)),
			.size = (size_t)sqlite3_column_int64(q, 2) };
		if (sqlite3_column_bytes(q, 3) == crypto_hash_sha256_BYTES)
			sodium_bin2hex(f->sha256, sizeof f->sha256, sqlite3_column_blob(q, 3),
				crypto_hash_sha256_BYTES);
	}
	db_done(q);
	return ended(s, code, e);
}

static bool load_events(struct store *s, struct case_record *c, struct err *e)
{
	int code;

	sqlite3_stmt *q = db_query(s, SQL_EVENT_LIST, "t", c->number);
	while ((code = sqlite3_step(q)) == SQLITE_ROW) {
		c->events = xrealloc(c->events, c->n_events + 1, sizeof *c->events);
		c->events[c->n_events++] = (struct case_event){ .at = sqlite3_column_int64(q, 0),
			.from = sqlite3_column_int(q, 1),
			.to = sqlite3_column_int(q, 2),
			.actor = xstrdup(db_text(q, 3)),
			.station = xstrdup(db_text(q, 4)),
			.reason = xstrdup(db_text(q, 5)) };
	}
	db_done(q);
	return ended(s, code, e);
}

bool store_case_load(struct store *s, const char *number, struct case_record **ret, struct err *e)
{
	if (!db_ready(s, e))
		return false;
	struct case_record *c = xcalloc(1, sizeof *c);
	c->answers = answers_create();
	if (!load_head(s, number, c, e) || !load_answers(s, c, e) || !load_files(s, c, e) || !load_events(s, c, e)) {
		case_record_destroy(c);
		return false;
	}
	*ret = c;
	return true;
}

bool store_case_list(struct store *s, unsigned limit, void (*each)(const struct case_head *h, void *ctx), void *ctx,
	struct err *e)
{
	int code;

	if (!db_ready(s, e))
		return false;
	sqlite3_stmt *q = db_query(s, SQL_CASE_LIST, "i", (int64_t)limit);
	while ((code = sqlite3_step(q)) == SQLITE_ROW) {
		struct case_head h = { .submitted_at = sqlite3_column_int64(q, 3),
			.state = sqlite3_column_int(q, 4),
			.demo = sqlite3_column_int(q, 5) != 0 };
		str_copy(h.number, sizeof h.number, db_text(q, 0));
		str_copy(h.station, sizeof h.station, db_text(q, 1));
		str_copy(h.item, sizeof h.item, db_text(q, 2));
		each(&h, ctx);
	}
	db_done(q);
	return ended(s, code, e);
}
