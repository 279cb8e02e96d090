#include "address/import_delta.h"

#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "address/build.h"
#include "address/rooms.h"
#include "base/err.h"

static bool failed(sqlite3 *db, const char *path, struct err *e)
{
	return err_set(e, ERR_STORAGE, "%s: the library that the delta is for cannot be read: %s", path,
		sqlite3_errmsg(db));
}

static bool open_old(const char *path, sqlite3 **ret, struct err *e)
{
	sqlite3 *db = NULL;
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK) {
		*ret = db;
		return true;
	}
	failed(db, path, e);
	sqlite3_close(db);
	return false;
}

bool delta_open(struct delta *d, const char *library_path, struct err *e)
{
	sqlite3 *db;
	sqlite3_stmt *q = NULL;
	struct code_set codes;
	int rc;
	if (!open_old(library_path, &db, e))
		return false;
	code_set_init(&codes, 0);
	rc = sqlite3_prepare_v2(db, "SELECT rooms, codes FROM door", -1, &q, NULL);
	while (rc == SQLITE_OK && (rc = sqlite3_step(q)) == SQLITE_ROW) {
		struct rooms_reader r;
		rooms_read(&r, sqlite3_column_blob(q, 0), (size_t)sqlite3_column_bytes(q, 0), sqlite3_column_blob(q, 1),
			(size_t)sqlite3_column_bytes(q, 1));
		while (rooms_next(&r)) {
			if (r.now.code[0])
				code_set_add(&codes, code_fingerprint(r.now.code, strlen(r.now.code)));
		}
		rc = SQLITE_OK;
	}
	bool ok = rc == SQLITE_DONE || failed(db, library_path, e);
	sqlite3_finalize(q);
	sqlite3_close(db);
	if (!ok) {
		code_set_finish(&codes);
		return false;
	}
	*d = (struct delta){ .old = codes, .print = { 1, 2 }, .path = library_path };
	return true;
}

void delta_close(struct delta *d)
{
	code_set_finish(&d->old);
}

void delta_row(struct delta *d, const char *raw, size_t n)
{
	d->print[0] = code_hash(raw, n, d->print[0]);
	d->print[1] = code_hash(raw, n, ~d->print[1]);
}

bool delta_record(const struct delta *d, struct library_writer *w, const char *label, struct err *e)
{
	sqlite3 *db;
	sqlite3_stmt *q = NULL;
	char key[48];
	bool known = false;
	int rc;
	snprintf(key, sizeof key, "delta-%016" PRIx64 "%016" PRIx64, d->print[0], d->print[1]);
	if (!open_old(d->path, &db, e))
		return false;
	rc = sqlite3_prepare_v2(db, "SELECT k, v FROM meta WHERE k GLOB 'delta-*'", -1, &q, NULL);
	while (rc == SQLITE_OK && (rc = sqlite3_step(q)) == SQLITE_ROW) {
		const char *k = (const char *)sqlite3_column_text(q, 0), *v = (const char *)sqlite3_column_text(q, 1);
		rc = k && v ? SQLITE_OK : SQLITE_NOMEM;
		if (rc == SQLITE_OK && strcmp(k, key) == 0)
			known = true;
		else if (rc == SQLITE_OK)
			library_writer_meta(w, k, v);
	}
	bool ok = rc == SQLITE_DONE || failed(db, d->path, e);
	sqlite3_finalize(q);
	sqlite3_close(db);
	if (ok && known)
		return err_set(e, ERR_NO, "this delta has been applied already; the library stays as it is");
	if (ok)
		library_writer_meta(w, key, label);
	return ok;
}
