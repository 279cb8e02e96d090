/* Makes the sample library: names from data/addresses, readings from data/pinyin, doors and rooms from a seed. */
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "address/address.h"
#include "address/doors.h"
#include "address/number.h"
#include "address/readings.h"
#include "address/schema.h"
#include "address/tsv.h"
#include "base/err.h"
#include "base/str.h"
#include "base/xalloc.h"

enum statement { PUT_META, PUT_REGION, PUT_READING, PUT_STREET, PUT_NAME, PUT_DOOR, FIND_STREET, STATEMENTS };

static const char *const sql[STATEMENTS] = {
	[PUT_META] = "INSERT INTO meta(k, v) VALUES(?1, ?2)",
	[PUT_REGION] = "INSERT INTO region(code, name) VALUES(?1, ?2)",
	[PUT_READING] = "INSERT INTO reading(char, readings, simplified) VALUES(?1, ?2, ?3)",
	[PUT_STREET] = "INSERT INTO street(name, district, town, kind, weight) VALUES(?1, ?2, ?3, ?4, ?5)",
	[PUT_NAME] = "INSERT OR IGNORE INTO name(street, text, pinyin) VALUES(?1, ?2, ?3)",
	[PUT_DOOR] = "INSERT OR REPLACE INTO door(street, lane, sub, no, suf, rooms) VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
	[FIND_STREET] = "SELECT id FROM street WHERE name = ?1 AND district = ?2",
};

struct maker {
	sqlite3 *db;
	sqlite3_stmt *statement[STATEMENTS];
	struct readings readings;
	uint64_t seed;
	long street; /* the one whose doors are being written */
};

static bool failed(struct maker *m, struct err *e)
{
	return err_set(e, ERR_STORAGE, "writing the address library failed: %s", sqlite3_errmsg(m->db));
}

static sqlite3_stmt *bind_text(struct maker *m, enum statement s, int n, const char *const *text)
{
	sqlite3_stmt *q = m->statement[s];
	for (int i = 0; i < n; i++)
		sqlite3_bind_text(q, i + 1, text[i], -1, SQLITE_TRANSIENT);
	return q;
}

static bool run(struct maker *m, sqlite3_stmt *q, struct err *e)
{
	int rc = sqlite3_step(q);
	sqlite3_reset(q);
	return rc == SQLITE_DONE || failed(m, e);
}

static bool put_meta(struct maker *m, const char *key, const char *value, struct err *e)
{
	return run(m, bind_text(m, PUT_META, 2, (const char *const[]){ key, value }), e);
}

static bool put_region(void *ctx, char *field[static TSV_FIELDS], struct err *e)
{
	struct maker *m = ctx;
	return run(m, bind_text(m, PUT_REGION, 2, (const char *const[]){ field[0], field[1] }), e);
}

static bool put_reading(void *ctx, char *field[static TSV_FIELDS], struct err *e)
{
	struct maker *m = ctx;
	return run(m, bind_text(m, PUT_READING, 3, (const char *const[]){ field[0], field[1], field[2] }), e);
}

static bool put_name(struct maker *m, long street, const char *text, struct err *e)
{
	char pinyin[512];
	readings_of_name(&m->readings, text, pinyin, sizeof pinyin);
	sqlite3_stmt *q = bind_text(m, PUT_NAME, 3, (const char *const[]){ "", text, pinyin });
	sqlite3_bind_int64(q, 1, street);
	return run(m, q, e);
}

static bool put_door(void *ctx, const struct door *d, struct err *e)
{
	struct maker *m = ctx;
	sqlite3_stmt *q = m->statement[PUT_DOOR];
	sqlite3_bind_int64(q, 1, m->street);
	sqlite3_bind_int64(q, 2, d->lane);
	sqlite3_bind_int64(q, 3, d->sub);
	sqlite3_bind_int64(q, 4, d->no);
	sqlite3_bind_text(q, 5, d->suffix, -1, SQLITE_TRANSIENT);
	sqlite3_bind_text(q, 6, d->rooms, -1, SQLITE_TRANSIENT);
	return run(m, q, e);
}

static bool kind_of(const char *word, enum street_kind *ret)
{
	static const char *const
		words[] = { [STREET_ROAD] = "road", [STREET_VILLAGE] = "village", [STREET_COMPOUND] = "compound" };
	for (enum street_kind k = STREET_ROAD; k <= STREET_COMPOUND; k++) {
		if (str_eq(words[k], word)) {
			*ret = k;
			return true;
		}
	}
	return false;
}

/* name, kind, district, town, weight, aliases */
static bool put_street(void *ctx, char *field[static TSV_FIELDS], struct err *e)
{
	struct maker *m = ctx;
	enum street_kind kind;
	if (!kind_of(field[1], &kind))
		return err_set(e, ERR_CONFIG, "kind \"%s\": road, village or compound", field[1]);
	if (!*field[0] || strlen(field[2]) != 6)
		return err_set(e, ERR_CONFIG, "a street needs a name and a district code of six digits");
	sqlite3_stmt *q = bind_text(m, PUT_STREET, 3, (const char *const[]){ field[0], field[2], field[3] });
	sqlite3_bind_int(q, 4, (int)kind);
	sqlite3_bind_int64(q, 5, strtol(field[4], NULL, 10));
	if (!run(m, q, e))
		return false;
	m->street = (long)sqlite3_last_insert_rowid(m->db);
	if (!put_name(m, m->street, field[0], e))
		return false;
	for (char *alias = field[5]; *alias;) {
		size_t len = strcspn(alias, "/");
		char *end = alias + len, *after = *end ? end + 1 : end;
		*end = '\0';
		if (!put_name(m, m->street, alias, e))
			return false;
		alias = after;
	}
	return doors_generate(m->seed, field[0], field[2], kind, put_door, m, e);
}

/* "1-6:4" is floors one to six with four rooms each; other text is taken as it stands */
static void pinned_rooms(struct str *out, const char *text)
{
	char *end;
	long first = strtol(text, &end, 10), last, each;
	if (*end == '-' && (last = strtol(end + 1, &end, 10)) >= first && last < 100 && *end == ':' &&
		(each = strtol(end + 1, &end, 10)) > 0 && each < 100)
		doors_rooms(out, (int)first, (int)last, (int)each);
	else
		str_add(out, text);
}

/* name, district, lane, sub_lane, number, rooms */
static bool put_pinned(void *ctx, char *field[static TSV_FIELDS], struct err *e)
{
	struct maker *m = ctx;
	struct str rooms;
	struct door d = { .lane = strtol(field[2], NULL, 10), .sub = strtol(field[3], NULL, 10) };
	char suffix[NUMBER_SUFFIX];
	if (!number_split(field[4], &d.no, suffix))
		return err_set(e, ERR_CONFIG, "\"%s\" is not a door number", field[4]);
	sqlite3_stmt *q = bind_text(m, FIND_STREET, 2, (const char *const[]){ field[0], field[1] });
	bool found = sqlite3_step(q) == SQLITE_ROW;
	m->street = found ? (long)sqlite3_column_int64(q, 0) : 0;
	sqlite3_reset(q);
	if (!found)
		return err_set(e, ERR_CONFIG, "no street %s in district %s", field[0], field[1]);
	str_init(&rooms, 4096);
	pinned_rooms(&rooms, field[5]);
	d.suffix = suffix;
	d.rooms = rooms.text ? rooms.text : "";
	bool ok = put_door(m, &d, e);
	str_finish(&rooms);
	return ok;
}

static bool fill(struct maker *m, const char *data, unsigned long seed, struct err *e)
{
	char text[32];
	snprintf(text, sizeof text, "%lu", seed);
	m->seed = seed;
	return readings_load(&m->readings, data, e) && put_meta(m, "label", "示例数据 sample data", e) &&
		put_meta(m, "seed", text, e) && tsv_read(data, "addresses/districts.tsv", put_region, m, e) &&
		tsv_read(data, "addresses/towns.tsv", put_region, m, e) &&
		tsv_read(data, "pinyin/readings.tsv", put_reading, m, e) &&
		tsv_read(data, "addresses/streets.tsv", put_street, m, e) &&
		tsv_read(data, "addresses/pinned.tsv", put_pinned, m, e);
}

static bool begin(struct maker *m, const char *path, struct err *e)
{
	char setup[160];
	/* no journal: the file only counts once it is complete and renamed */
	snprintf(setup, sizeof setup,
		"PRAGMA journal_mode=OFF; PRAGMA application_id=%d; PRAGMA user_version=%d; BEGIN;",
		LIBRARY_APPLICATION, LIBRARY_VERSION);
	if (sqlite3_open_v2(path, &m->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) != SQLITE_OK)
		return err_set(e, ERR_STORAGE, "%s: cannot be made: %s", path,
			m->db ? sqlite3_errmsg(m->db) : "out of memory");
	if (sqlite3_exec(m->db, setup, NULL, NULL, NULL) != SQLITE_OK ||
		sqlite3_exec(m->db, LIBRARY_SCHEMA, NULL, NULL, NULL) != SQLITE_OK)
		return failed(m, e);
	for (int i = 0; i < STATEMENTS; i++) {
		if (sqlite3_prepare_v2(m->db, sql[i], -1, &m->statement[i], NULL) != SQLITE_OK)
			return failed(m, e);
	}
	return true;
}

static bool finish(struct maker *m, bool ok, struct err *e)
{
	for (int i = 0; i < STATEMENTS; i++)
		sqlite3_finalize(m->statement[i]);
	if (ok && sqlite3_exec(m->db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
		ok = failed(m, e);
	sqlite3_close(m->db);
	readings_finish(&m->readings);
	return ok;
}

bool address_generate(const char *data_dir, const char *path, unsigned long seed, struct err *e)
{
	struct maker m = { 0 };
	char *temporary = xasprintf("%s.new-%ld", path, (long)getpid());
	unlink(temporary);
	bool ok = begin(&m, temporary, e) && fill(&m, data_dir, seed, e);
	ok = finish(&m, ok, e);
	if (ok && rename(temporary, path) != 0)
		ok = err_set(e, ERR_STORAGE, "%s: cannot be put in place: %s", path, strerror(errno));
	if (!ok)
		unlink(temporary);
	free(temporary);
	return ok;
}
