/*
 * Power cuts while a database of version 1, where everything lay in the clear, is brought to the present version: afterwards
 * the file is of the old version or of the new one, and either way every case comes out of it.
 */
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "disk.h"
#include "judge.h"
#include "model/answers.h"
#include "model/case.h"
#include "replay.h"
#include "seams.h"
#include "store/db.h"
#include "store/upkeep.h"
#include "world.h"

enum { CASES = 2, CHUNK = 25, KDF_CENTER = 1 };

static void number_of(unsigned i, char out[static CASENUM_LENGTH + 1])
{
	casenum_make("01", world_station, 20260301, i, out);
}

static void run_sql(sqlite3 *db, const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		harness_die("making a database of version 1: %s", sqlite3_errmsg(db));
}

static void make_version_1(const char *path)
{
	static char sql[65536];
	static const char *const rows[] = {
		"INSERT INTO cases VALUES (?1, substr(hex(zeroblob(16)) || ?2, -32), '0001', 'item', 2, 1772326800, 20, 0)",
		"INSERT INTO case_answer VALUES (?1, 'applicant.name', 'name ' || ?2), (?1, 'photo', 'file')",
		"INSERT INTO case_file VALUES (?1, 'photo', 'image/jpeg', zeroblob(32), randomblob(5000))",
		"INSERT INTO case_event VALUES ('0001', ?1, 1, 1772326800, 0, 10, 'applicant', '')",
		"INSERT INTO case_event VALUES ('0001', ?1, 2, 1772330400, 10, 20, 'Wang', 'complete')",
		"INSERT INTO outbox (station, id, number, made_at) VALUES ('0001', ?2 + 1, ?1, 1772326800)",
	};
	sqlite3 *db = NULL;
	FILE *f = fopen("data/schema/001.sql", "re");

	if (f == NULL)
		harness_die("data/schema/001.sql is missing; run from the project's folder");
	sql[fread(sql, 1, sizeof sql - 1, f)] = '\0';
	fclose(f);
	world_remove(path);
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, "unix") != SQLITE_OK)
		harness_die("%s cannot be made", path);
	run_sql(db, "PRAGMA journal_mode = WAL");
	run_sql(db, sql);
	for (unsigned i = 0; i < CASES; i++) {
		char number[CASENUM_LENGTH + 1];
		number_of(i, number);
		for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
			sqlite3_stmt *q = NULL;
			if (sqlite3_prepare_v2(db, rows[k], -1, &q, NULL) != SQLITE_OK)
				harness_die("making a database of version 1: %s", sqlite3_errmsg(db));
			sqlite3_bind_text(q, 1, number, -1, SQLITE_STATIC);
			sqlite3_bind_int(q, 2, (int)i);
			if (sqlite3_step(q) != SQLITE_DONE)
				harness_die("making a database of version 1: %s", sqlite3_errmsg(db));
			sqlite3_finalize(q);
		}
	}
	sqlite3_close(db);
}

/* What the cut left: whole, and all old or all new. */
static int64_t one_number(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *q = NULL;
	int64_t value = -1;
	if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) == SQLITE_OK && sqlite3_step(q) == SQLITE_ROW)
		value = sqlite3_column_int64(q, 0);
	sqlite3_finalize(q);
	return value;
}

static bool judge_versions(const char *path, struct tally *t, const char *what)
{
	sqlite3 *db = NULL;
	bool good = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, "unix") == SQLITE_OK;
	int64_t version = good ? one_number(db, "PRAGMA user_version") : -1;
	int64_t cases = one_number(db, "SELECT count(*) FROM cases");
	int64_t old = one_number(db, "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'old_%'");
	int64_t inside = one_number(db,
		version == 1 ? "SELECT count(*) FROM case_answer" : "SELECT 2 * count(*) FROM case_envelope");

	sqlite3_close(db);
	if (cases == CASES && (version == 1 || version == DB_VERSION) && old == 0 && inside == 2 * (int64_t)CASES)
		return true;
	tally_bad(t, cases < CASES ? &t->lost : &t->partial,
		"%s: version %lld, %lld cases, %lld contents, %lld tables between the versions", what,
		(long long)version, (long long)cases, (long long)inside, (long long)old);
	return false;
}

static void center_of(struct center_keys *ret)
{
	unsigned char seed[32], sub[32];
	for (unsigned i = 0; i < sizeof seed; i++)
		seed[i] = (unsigned char)i;
	/* As station_keys_throwaway derives it. */
	crypto_kdf_derive_from_key(sub, sizeof sub, KDF_CENTER, "juzhdemo", seed);
	center_from_seed(sub, ret);
}

static void quiet(void *ctx, const char *line)
{
	(void)ctx;
	(void)line;
}

static bool judge_contents(struct store *s, unsigned i, struct err *e)
{
	struct case_record *c = NULL;
	struct center_keys center;
	struct envelope v;
	unsigned char key[SEAL_KEY_SIZE];
	char number[CASENUM_LENGTH + 1], name[20];

	number_of(i, number);
	center_of(&center);
	snprintf(name, sizeof name, "name %u", i);
	bool good = store_case_load(s, number, &c, e) && envelope_parse(&v, c->envelope, c->envelope_size, e) &&
		envelope_key_center(&v, &center, key, e) && envelope_open(&v, key, c, e);
	if (good &&
		(strcmp(answers_text(c->answers, "applicant.name"), name) != 0 || c->n_files != 1 || c->n_events != 2 ||
			c->state != CASE_ACCEPTED))
		good = err_set(e, ERR_NO, "it says something else");
	case_record_destroy(c);
	return good;
}

static void judge(const char *path, struct tally *t, const char *what)
{
	struct store *s = NULL;
	struct verify_counts counts = { 0 };
	struct err e = { 0 };

	if (!judge_versions(path, t, what))
		return;
	if (!world_open(&s, path, &e)) {
		tally_bad(t, &t->wrong, "%s: does not open again: %s", what, e.text);
		return;
	}
	if (!store_verify(s, world_keys.centers, world_keys.n_centers, quiet, NULL, &counts, &e))
		tally_bad(t, &t->partial, "%s: %s", what, e.text);
	for (unsigned i = 0; i < CASES; i++)
		if (!judge_contents(s, i, &e))
			tally_bad(t, &t->partial, "%s: case %u: %s", what, i, e.text);
	store_close(s);
}

static void states(uint64_t seed, long n, const char *dir, struct tally *t, const void *ctx)
{
	char path[700], what[80];
	struct disk_log l;
	struct replay r = { 0 };
	struct random rnd = random_from(seed);

	(void)ctx;
	world_begin(seed);
	snprintf(path, sizeof path, "%s/a.db", dir);
	make_version_1(path);
	disk_record(&l, path);
	struct session s = { .path = path };
	session_run(&s);
	disk_stop();
	if (s.errors > 0)
		harness_die("the migration itself failed: %s", s.first.text);
	for (long i = 0; i < n; i++) {
		long cut = (long)random_below(&rnd, (uint64_t)l.n + 1);
		replay_write(&r, &l, cut, &rnd, path);
		snprintf(what, sizeof what, "state %ld, power cut at operation %ld of %ld", i, cut, l.n);
		judge(path, t, what);
		t->times++;
	}
	world_remove(path);
	replay_finish(&r);
	disk_log_finish(&l);
}

int main(int argc, char **argv)
{
	static const struct seeded bugs[] = { { "sync-off", 50 }, { "two-transactions", 50 } };
	struct tally t;

	harness_begin(argc, argv, 300);
	struct caught c = harness_seeded(bugs, 2, CHUNK, 0, states, NULL);
	if (!harness_wants_rows())
		return c.seen < c.of;
	harness_run(&t, "migrate", harness.times, CHUNK, 0, states, NULL);
	harness_row("power cut while migrating", "crash VFS, version 1 to the newest", &t, c);
	return harness_end();
}
