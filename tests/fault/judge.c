#include "judge.h"

#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/str.h"
#include "model/answers.h"
#include "model/case.h"
#include "store/db.h"
#include "store/upkeep.h"

struct bench { /* one judgement */
	sqlite3 *db;
	const struct filed *filed;
	unsigned n;
	struct tally *t;
	const char *what;
	bool good;
};

static void bad(struct bench *b, long *kind, const char *text, const char *which)
{
	b->good = false;
	tally_bad(b->t, kind, "%s: %s %s", b->what, text, which);
}

static sqlite3_stmt *prepare(struct bench *b, const char *sql)
{
	sqlite3_stmt *q = NULL;
	if (sqlite3_prepare_v2(b->db, sql, -1, &q, NULL) != SQLITE_OK)
		bad(b, &b->t->partial, "the file cannot be read:", sqlite3_errmsg(b->db));
	return q;
}

static const struct filed *find(const struct bench *b, const char *number)
{
	for (unsigned i = 0; i < b->n; i++)
		if (b->filed[i].sealed.head.number[0] != '\0' && strcmp(b->filed[i].sealed.head.number, number) == 0)
			return &b->filed[i];
	return NULL;
}

static bool same(sqlite3_stmt *q, int column, const void *bytes, size_t size)
{
	return (size_t)sqlite3_column_bytes(q, column) == size &&
		(size == 0 || memcmp(sqlite3_column_blob(q, column), bytes, size) == 0);
}

static const char *text(sqlite3_stmt *q, int column)
{
	const char *t = (const char *)sqlite3_column_text(q, column);
	return t == NULL ? "" : t;
}

static void check_sqlite(struct bench *b)
{
	static const char *const pragmas[] = { "PRAGMA integrity_check(1)", "PRAGMA foreign_key_check" };
	for (size_t i = 0; i < 2 && b->good; i++) {
		sqlite3_stmt *q = prepare(b, pragmas[i]);
		int code = q == NULL ? SQLITE_DONE : sqlite3_step(q);
		if (code == SQLITE_ROW && (i == 1 || strcmp(text(q, 0), "ok") != 0))
			bad(b, &b->t->partial, pragmas[i], text(q, 0));
		else if (code != SQLITE_ROW && code != SQLITE_DONE)
			bad(b, &b->t->partial, pragmas[i], sqlite3_errmsg(b->db));
		sqlite3_finalize(q);
	}
}

/* Everything about one row of `cases`; the columns are those of CASES below. */
static const char CASES[] =
	"SELECT c.number, c.token, c.submitted_at, e.bytes, (SELECT count(*) FROM case_part p WHERE p.number = c.number),"
	" (SELECT count(*) FROM case_event v WHERE v.number = c.number AND v.to_state = c.state),"
	" (SELECT count(*) FROM outbox o WHERE o.number = c.number),"
	" (SELECT count(*) FROM person p WHERE p.number = c.number),"
	" (SELECT count(*) FROM audit a WHERE a.subject = c.number AND a.type = 6)"
	" FROM cases c LEFT JOIN case_envelope e ON e.number = c.number";

static void check_case(struct bench *b, sqlite3_stmt *q, sqlite3_stmt *parts)
{
	const char *number = text(q, 0);
	const struct filed *c = find(b, number);

	if (c == NULL) {
		bad(b, &b->t->partial, "a case that nobody filed:", number);
		return;
	}
	const struct sealed_case *sealed = &c->sealed;
	if (strcmp(text(q, 1), c->token) != 0 || sqlite3_column_int64(q, 2) != sealed->head.created)
		bad(b, &b->t->partial, "its row is another one:", number);
	if (!same(q, 3, sealed->envelope, sealed->size))
		bad(b, &b->t->partial, "its envelope is missing or another one:", number);
	if (sqlite3_column_int(q, 4) != (int)sealed->n_parts)
		bad(b, &b->t->partial, "files are missing:", number);
	if (sqlite3_column_int(q, 5) != 1 || sqlite3_column_int(q, 6) != 1 || sqlite3_column_int(q, 7) != 1 ||
		sqlite3_column_int(q, 8) != 1)
		bad(b, &b->t->partial, "event, printing job, person or audit row is missing:", number);
	sqlite3_bind_text(parts, 1, sealed->head.number, -1, SQLITE_STATIC);
	for (unsigned i = 0; i < sealed->n_parts && sqlite3_step(parts) == SQLITE_ROW; i++)
		if (!same(parts, 0, sealed->parts[i].bytes, sealed->parts[i].size))
			bad(b, &b->t->partial, "a file of it is another one:", number);
	sqlite3_reset(parts);
}

static void check_cases(struct bench *b)
{
	bool *there = calloc(b->n + 1, sizeof *there);
	sqlite3_stmt *q = prepare(b, CASES);
	sqlite3_stmt *parts = prepare(b, "SELECT bytes FROM case_part WHERE number = ?1 ORDER BY part");
	int code = SQLITE_DONE;

	while (b->good && (code = sqlite3_step(q)) == SQLITE_ROW) {
		const struct filed *c = find(b, text(q, 0));
		if (c != NULL)
			there[c - b->filed] = true;
		check_case(b, q, parts);
	}
	if (b->good && code != SQLITE_DONE)
		bad(b, &b->t->partial, "the cases cannot be read:", sqlite3_errmsg(b->db));
	for (unsigned i = 0; b->good && i < b->n; i++)
		if (b->filed[i].acked && !there[i])
			bad(b, &b->t->lost, "told, but not there: case", b->filed[i].sealed.head.number);
	sqlite3_finalize(q);
	sqlite3_finalize(parts);
	free(there);
}

static void check_chains(struct bench *b)
{
	unsigned char before[32] = { 0 }, sum[32] = { 0 };
	static const unsigned char zeros[16];
	int64_t seq = 0;

	sqlite3_stmt *q = prepare(b, "SELECT station, seq, at, type, subject, detail, hash FROM audit ORDER BY seq");
	while (b->good && sqlite3_step(q) == SQLITE_ROW) {
		db_audit_hash(before, text(q, 0), ++seq, sqlite3_column_int64(q, 2), sqlite3_column_int64(q, 3),
			text(q, 4), text(q, 5), sum);
		if (sqlite3_column_int64(q, 1) != seq || !same(q, 6, sum, sizeof sum))
			bad(b, &b->t->partial, "the audit log is broken at", text(q, 4));
		memcpy(before, sum, sizeof before);
	}
	sqlite3_finalize(q);
	q = b->good ? prepare(b,
			      "SELECT station, number, seq, at, from_state, to_state, actor, reason, sum FROM"
			      " case_event WHERE seq = 1")
		    : NULL;
	while (b->good && sqlite3_step(q) == SQLITE_ROW) {
		db_event_sum(zeros, text(q, 0), text(q, 1), 1, sqlite3_column_int64(q, 3), sqlite3_column_int64(q, 4),
			sqlite3_column_int64(q, 5), text(q, 6), text(q, 7), sum);
		if (!same(q, 8, sum, 16))
			bad(b, &b->t->partial, "the history is broken of case", text(q, 1));
	}
	sqlite3_finalize(q);
}

static const char *first_told(const struct bench *b)
{
	for (unsigned i = 0; i < b->n; i++)
		if (b->filed[i].acked)
			return b->filed[i].sealed.head.number;
	return NULL;
}

/* A file that no program has finished making holds nothing, and nothing may have been told. */
static void check_empty(struct bench *b)
{
	const char *number = first_told(b);
	if (number != NULL)
		bad(b, &b->t->lost, "told, but there is no database: case", number);
}

bool judge_file(const char *path, const struct filed *filed, unsigned n, struct tally *t, const char *what)
{
	struct bench b = { .filed = filed, .n = n, .t = t, .what = what, .good = true };
	struct stat st;
	int64_t version = 0;

	if (stat(path, &st) != 0) {
		check_empty(&b);
		return b.good;
	}
	if (sqlite3_open_v2(path, &b.db, SQLITE_OPEN_READWRITE, "unix") != SQLITE_OK)
		bad(&b, &t->partial, "the file cannot be opened:", sqlite3_errmsg(b.db));
	if (b.good) {
		sqlite3_stmt *q = prepare(&b, "PRAGMA user_version");
		if (q != NULL && sqlite3_step(q) == SQLITE_ROW)
			version = sqlite3_column_int64(q, 0);
		else if (q != NULL)
			bad(&b, &t->partial, "the file cannot be read:", sqlite3_errmsg(b.db));
		sqlite3_finalize(q);
	}
	if (b.good)
		check_sqlite(&b);
	if (b.good && version < DB_VERSION) {
		check_empty(&b);
	} else if (b.good) {
		check_cases(&b);
		check_chains(&b);
	}
	sqlite3_close(b.db);
	return b.good;
}

static bool same_events(const struct case_record *r, const struct filed *c)
{
	return r->n_events == 1 && r->events[0].at == c->sealed.head.created && r->events[0].from == 0 &&
		r->events[0].to == CASE_SUBMITTED && strcmp(r->events[0].actor, "applicant") == 0 &&
		strcmp(r->events[0].station, world_station) == 0 && r->events[0].reason[0] == '\0';
}

static bool same_files(struct store *s, const struct envelope *v, const struct case_record *r, const struct filed *c,
	const struct filing *f, struct err *e, bool *ret_told)
{
	bool good = r->n_files == f->n_attachments;

	for (unsigned i = 0; good && i < r->n_files; i++) {
		unsigned char *sealed = NULL, *plain = NULL;
		size_t size = 0, plain_size = 0;
		const struct attachment *a = filing_attachment(f, r->files[i].name);
		*ret_told = !store_part_load(s, r->number, 1, i, &sealed, &size, e) ||
			!envelope_open_part(v, i, c->key, sealed, size, &plain, &plain_size, e);
		good = !*ret_told && a != NULL && plain_size == a->size && memcmp(plain, a->bytes, a->size) == 0 &&
			strcmp(r->files[i].mime, a->mime) == 0;
		free(sealed);
		free(plain);
	}
	return good;
}

bool judge_case(struct store *s, const struct filed *c, bool *ret_told, char *why, size_t size)
{
	struct case_record *r = NULL;
	struct filing f;
	struct envelope v;
	struct err e = { 0 };
	bool good = false;

	world_filing(&f, c);
	*ret_told = !store_case_load(s, c->sealed.head.number, &r, &e) ||
		!envelope_parse(&v, r->envelope, r->envelope_size, &e) || !envelope_open(&v, c->key, r, &e);
	if (*ret_told)
		goto out;
	e = (struct err){ 0 };
	good = r->envelope_size == c->sealed.size && memcmp(r->envelope, c->sealed.envelope, c->sealed.size) == 0 &&
		r->state == CASE_SUBMITTED && r->submitted_at == c->sealed.head.created && !r->demo &&
		strcmp(r->item, c->sealed.head.item) == 0 && strcmp(r->station, world_station) == 0 &&
		answers_equal(r->answers, f.answers) && same_events(r, c) && same_files(s, &v, r, c, &f, &e, ret_told);
out:
	if (!good)
		snprintf(why, size, "case %s: %s", c->sealed.head.number,
			*ret_told ? e.text : "it says something else");
	filing_finish(&f);
	case_record_destroy(r);
	return good;
}

static void keep_problem(void *ctx, const char *line)
{
	char *first = ctx;
	if (first[0] == '\0' && strncmp(line, "problem", 7) == 0)
		snprintf(first, 300, "%s", line);
}

bool judge_store(const char *path, const struct filed *filed, unsigned n, struct tally *t, const char *what)
{
	struct bench b = { .filed = filed, .n = n, .t = t, .what = what, .good = true };
	struct store *s = NULL;
	struct verify_counts counts = { 0 };
	struct err e = { 0 };
	char why[700] = "";

	if (!judge_file(path, filed, n, t, what))
		return false;
	if (!world_open(&s, path, &e)) {
		bad(&b, &t->wrong, "the store does not open it:", e.text);
		return false;
	}
	if (!store_verify(s, world_keys.centers, world_keys.n_centers, keep_problem, why, &counts, &e))
		bad(&b, &t->partial, why, e.text);
	for (unsigned i = 0; b.good && i < n; i++) {
		bool told = false;
		if (filed[i].acked && !judge_case(s, &filed[i], &told, why, sizeof why))
			bad(&b, &t->partial, "", why);
	}
	store_close(s);
	return b.good;
}
