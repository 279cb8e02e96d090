#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "model/idnum.h"
#include "seal/keys.h"
#include "seal/locker.h"
#include "seal/pack.h"
#include "store/audit.h"
#include "store/csv.h"
#include "store/db.h"

enum { CSV_SIZE_MAX = 16 * 1024 * 1024, MARK_SIZE = 16 };

static const char READING[] = "reading the licences";
static const char IMPORTING[] = "importing the licences";

enum column { KIND, NUMBER, HOLDER_ID, ISSUER, VALID_FROM, VALID_TO, COLUMNS };
static const char *const column_names[COLUMNS] = { "kind", "number", "holder_id", "issuer", "valid_from", "valid_to" };

/*
 * Who has which licence is nobody else's business: number, holder and issuer are sealed under the station's index key, found by
 * keyed hashes. The key comes with the station's credentials and is not on the disk of the database.
 */
static bool need_keys(const struct store *s, const char *doing, struct err *e)
{
	return s->keys ||
		err_set(e, ERR_CONFIG, "%s: the station's keys are needed; set keys in the configuration", doing);
}

static void mark_of(const struct store *s, const char *label, const char *text, unsigned char ret[static MARK_SIZE])
{
	locker_mark(s->keys->index, label, text, strlen(text), ret, MARK_SIZE);
}

static bool licence_read(const struct store *s, sqlite3_stmt *q, struct licence *ret)
{
	struct packer plain = { 0 };
	char label[sizeof ret->kind + 16];

	*ret = (struct licence){ .valid_from = sqlite3_column_int(q, 1), .valid_to = sqlite3_column_int(q, 2) };
	str_copy(ret->kind, sizeof ret->kind, db_text(q, 0));
	snprintf(label, sizeof label, "licence %s", ret->kind);
	bool good = locker_open(&plain, s->keys->index, label, sqlite3_column_blob(q, 3),
		(size_t)sqlite3_column_bytes(q, 3));
	struct unpacker u = { plain.bytes, plain.bytes + plain.size, good };
	unpack_text(&u, 1, ret->number, sizeof ret->number);
	unpack_text(&u, 1, ret->holder_id, sizeof ret->holder_id);
	unpack_text(&u, 1, ret->issuer, sizeof ret->issuer);
	/* The days stand outside as well, for the query; those inside count. */
	good = u.good && (int)unpack_number(&u, 4) == ret->valid_from && (int)unpack_number(&u, 4) == ret->valid_to;
	pack_finish(&plain);
	return good;
}

static bool unreadable(struct err *e)
{
	return err_set(e, ERR_STORAGE, "%s: one is damaged or was sealed with other keys; import the licences again",
		READING);
}

bool db_put_licence(struct store *s, const struct licence *l, struct err *e)
{
	struct packer plain = { 0 }, sealed = { 0 };
	unsigned char id[MARK_SIZE], holder[MARK_SIZE];
	char label[sizeof l->kind + 16];

	if (!need_keys(s, IMPORTING, e))
		return false;
	snprintf(label, sizeof label, "licence %s", l->kind);
	mark_of(s, label, l->number, id);
	mark_of(s, "licence holder", l->holder_id, holder);
	pack_text(&plain, l->number, 1);
	pack_text(&plain, l->holder_id, 1);
	pack_text(&plain, l->issuer, 1);
	pack_number(&plain, (uint64_t)l->valid_from, 4);
	pack_number(&plain, (uint64_t)l->valid_to, 4);
	locker_seal(&sealed, s->keys->index, label, plain.bytes, plain.size);
	int code = db_exec(s, SQL_LICENCE_PUT, "btbiib", (const void *)id, sizeof id, l->kind, (const void *)holder,
		sizeof holder, (int64_t)l->valid_from, (int64_t)l->valid_to, (const void *)sealed.bytes, sealed.size);
	pack_finish(&plain);
	pack_finish(&sealed);
	return code == SQLITE_DONE || db_fail_code(s, code, IMPORTING, e);
}

bool store_licence_find(struct store *s, const char *kind, const char *holder_id, int today, struct licence *ret,
	struct err *e)
{
	unsigned char holder[MARK_SIZE];
	struct licence l;
	bool good = false;

	if (!need_keys(s, READING, e) || !db_ready(s, e))
		return false;
	mark_of(s, "licence holder", holder_id, holder);
	sqlite3_stmt *q =
		db_query(s, SQL_LICENCE_FIND, "tbi", kind, (const void *)holder, sizeof holder, (int64_t)today);
	int code = sqlite3_step(q);
	if (code == SQLITE_ROW)
		good = licence_read(s, q, &l) && strcmp(l.holder_id, holder_id) == 0;
	db_done(q);
	if (code == SQLITE_DONE)
		return err_set(e, ERR_NONE, "%s", "");
	if (code != SQLITE_ROW)
		return db_fail_code(s, code, READING, e);
	if (!good)
		return unreadable(e);
	*ret = l;
	return true;
}

bool store_licence_list(struct store *s, void (*each)(const struct licence *l, void *ctx), void *ctx, struct err *e)
{
	struct licence l;
	bool good = true;
	int code;

	if (!need_keys(s, READING, e) || !db_ready(s, e))
		return false;
	sqlite3_stmt *q = db_query(s, SQL_LICENCE_LIST, "");
	while ((code = sqlite3_step(q)) == SQLITE_ROW) {
		if (licence_read(s, q, &l))
			each(&l, ctx);
		else
			good = false;
	}
	db_done(q);
	if (code != SQLITE_DONE)
		return db_fail_code(s, code, READING, e);
	return good || unreadable(e);
}

static char *read_file(const char *path, struct err *e)
{
	char *text = NULL;
	FILE *f = fopen(path, "re");

	if (f == NULL) {
		err_set(e, ERR_CONFIG, "%s: %s", path, strerror(errno));
		return NULL;
	}
	text = xcalloc(CSV_SIZE_MAX + 1, 1);
	size_t n = fread(text, 1, CSV_SIZE_MAX + 1, f);
	if (ferror(f) || n > CSV_SIZE_MAX)
		err_set(e, ERR_CONFIG, "%s: cannot be read, or is larger than 16 MiB", path);
	else if (memchr(text, '\0', n) != NULL || !utf8_valid(text, n))
		err_set(e, ERR_NO, "%s: is not UTF-8 text; save it as CSV in UTF-8", path);
	else {
		fclose(f);
		return text;
	}
	fclose(f);
	free(text);
	return NULL;
}

/* YYYYMMDD or YYYY-MM-DD, a day that exists; 0 when it is not one. */
static int date_of(const char *text)
{
	char plain[9];
	size_t n = 0;

	for (size_t i = 0; text[i] != '\0'; i++) {
		if (text[i] == '-' && (i == 4 || i == 7))
			continue;
		if (text[i] < '0' || text[i] > '9' || n == 8)
			return 0;
		plain[n++] = text[i];
	}
	plain[n] = '\0';
	int date = (int)strtol(plain, NULL, 10);
	return n == 8 && date_real(date / 10000, date / 100 % 100, date % 100) ? date : 0;
}

static bool shown(const char *text, size_t max)
{
	char clean[400];
	return text[0] != '\0' && strlen(text) < max && utf8_clean(clean, sizeof clean, text, strlen(text), max);
}

/* One row into a licence; NULL when it is right, else what is wrong. No value is named: the file holds ID numbers. */
static const char *judge(char *const *fields, size_t n, struct licence *l)
{
	if (n != COLUMNS)
		return "six fields are needed: kind,number,holder_id,issuer,valid_from,valid_to";
	size_t kind = strlen(fields[KIND]);
	if (kind == 0 || kind >= sizeof l->kind ||
		strspn(fields[KIND], "abcdefghijklmnopqrstuvwxyz0123456789-") != kind)
		return "kind is 1 to 39 small letters, digits and hyphens";
	if (!shown(fields[NUMBER], sizeof l->number))
		return "number is missing, too long or has characters that cannot be shown";
	if (idnum_judge(fields[HOLDER_ID], clock_today()) != IDNUM_GOOD)
		return "holder_id is not a citizen identity number";
	if (!shown(fields[ISSUER], sizeof l->issuer))
		return "issuer is missing, too long or has characters that cannot be shown";
	l->valid_from = date_of(fields[VALID_FROM]);
	l->valid_to = fields[VALID_TO][0] == '\0' ? 0 : date_of(fields[VALID_TO]);
	if (l->valid_from == 0 || (fields[VALID_TO][0] != '\0' && l->valid_to == 0))
		return "valid_from and valid_to are days, YYYYMMDD or YYYY-MM-DD (valid_to can be empty: no end)";
	if (l->valid_to != 0 && l->valid_to < l->valid_from)
		return "valid_to is before valid_from";
	str_copy(l->kind, sizeof l->kind, fields[KIND]);
	str_copy(l->number, sizeof l->number, fields[NUMBER]);
	str_copy(l->holder_id, sizeof l->holder_id, fields[HOLDER_ID]);
	str_copy(l->issuer, sizeof l->issuer, fields[ISSUER]);
	return NULL;
}

static bool head_good(char *const *fields, size_t n)
{
	for (size_t i = 0; i < COLUMNS; i++) {
		if (n != COLUMNS || strcmp(fields[i], column_names[i]) != 0)
			return false;
	}
	return true;
}

static bool import_rows(struct store *s, const char *path, char *text, unsigned *ret_rows, struct err *e)
{
	static const char mark[] = "\xEF\xBB\xBF"; /* spreadsheets write one */
	char *fields[COLUMNS];
	size_t n = 0;
	unsigned rows = 0;
	struct csv csv = { .at = strncmp(text, mark, 3) == 0 ? text + 3 : text };

	if (csv_next(&csv, fields, COLUMNS, &n) != CSV_ROW || !head_good(fields, n))
		return err_set(e, ERR_NO,
			"%s:1: the head line has to be kind,number,holder_id,issuer,valid_from,valid_to", path);
	for (;;) {
		struct licence l;
		enum csv_result result = csv_next(&csv, fields, COLUMNS, &n);
		if (result == CSV_END)
			break;
		const char *wrong =
			result == CSV_BAD ? "too many fields, or quotes that do not fit" : judge(fields, n, &l);
		if (wrong != NULL)
			return err_set(e, ERR_NO, "%s:%u: %s; nothing was imported", path, csv.line, wrong);
		if (!db_put_licence(s, &l, e))
			return false;
		rows++;
	}
	char detail[32];
	snprintf(detail, sizeof detail, "%u", rows);
	*ret_rows = rows;
	return store_audit(s, AUDIT_LICENCES, "", detail, e);
}

bool store_licence_import(struct store *s, const char *csv_path, unsigned *ret_rows, struct err *e)
{
	unsigned rows = 0;
	char *text = read_file(csv_path, e);

	if (text == NULL)
		return false;
	size_t n = strlen(text); /* before the rows are cut out of it */
	bool ok = db_begin(s, IMPORTING, e) && db_end(s, import_rows(s, csv_path, text, &rows, e), e);
	explicit_bzero(text, n);
	free(text);
	if (ok)
		*ret_rows = rows;
	return ok;
}
