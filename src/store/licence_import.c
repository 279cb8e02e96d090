/* Licences from a CSV or JSON file: hostile until checked, all rows or none. Messages name lines, never values. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/json.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "model/licence.h"
#include "store/audit.h"
#include "store/csv.h"
#include "store/db.h"

enum { FILE_SIZE_MAX = 16 * 1024 * 1024, VALUE_MAX = 400, CSV_FIELDS_MIN = LICENCE_HOLDER_NAME };

static const char IMPORTING[] = "importing the licences";

struct import {
	struct store *s;
	const char *path;
	unsigned rows;
};

static char *read_file(const char *path, struct err *e)
{
	char *text = NULL;
	FILE *f = fopen(path, "re");

	if (f == NULL) {
		err_set(e, ERR_CONFIG, "%s: %s", path, strerror(errno));
		return NULL;
	}
	text = xcalloc(FILE_SIZE_MAX + 1, 1);
	size_t n = fread(text, 1, FILE_SIZE_MAX + 1, f);
	if (ferror(f) || n > FILE_SIZE_MAX)
		err_set(e, ERR_CONFIG, "%s: cannot be read, or is larger than 16 MiB", path);
	else if (memchr(text, '\0', n) != NULL || !utf8_valid(text, n))
		err_set(e, ERR_NO, "%s: is not UTF-8 text; save it as CSV or JSON in UTF-8", path);
	else {
		fclose(f);
		return text;
	}
	fclose(f);
	explicit_bzero(text, FILE_SIZE_MAX);
	free(text);
	return NULL;
}

static bool refuse(const struct import *i, unsigned line, const char *wrong, struct err *e)
{
	return err_set(e, ERR_NO, "%s:%u: %s; nothing was imported", i->path, line, wrong);
}

static bool put(struct import *i, unsigned line, const char *const texts[static LICENCE_FIELDS], struct err *e)
{
	struct licence l;
	const char *wrong = licence_fill(texts, clock_today(), &l);
	bool ok = wrong ? refuse(i, line, wrong, e) : db_put_licence(i->s, &l, e);
	i->rows += ok;
	explicit_bzero(&l, sizeof l);
	return ok;
}

static bool head_good(char *const *fields, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(fields[i], licence_field_names[i]) != 0)
			return false;
	}
	return n >= CSV_FIELDS_MIN;
}

static bool import_csv(struct import *i, char *text, struct err *e)
{
	char *fields[LICENCE_FIELDS], empty[] = "";
	size_t columns = 0, n = 0;
	struct csv csv = { .at = text };

	if (csv_next(&csv, fields, LICENCE_FIELDS, &columns) != CSV_ROW || !head_good(fields, columns))
		return refuse(i, 1,
			"the head line has to be kind,number,holder_id,issuer,valid_from,valid_to, and perhaps "
			",holder_name",
			e);
	for (;;) {
		enum csv_result result = csv_next(&csv, fields, LICENCE_FIELDS, &n);
		if (result == CSV_END)
			return true;
		if (result == CSV_BAD)
			return refuse(i, csv.line, "too many fields, or quotes that do not fit", e);
		if (n != columns)
			return refuse(i, csv.line, "as many fields are needed as in the head line", e);
		if (columns == CSV_FIELDS_MIN)
			fields[LICENCE_HOLDER_NAME] = empty;
		if (!put(i, csv.line, (const char *const *)fields, e))
			return false;
	}
}

static bool import_json(struct import *i, const char *text, struct err *e)
{
	char values[LICENCE_FIELDS][VALUE_MAX + 1];
	const char *texts[LICENCE_FIELDS];
	struct json_field fields[LICENCE_FIELDS];
	struct json j;
	bool ok = true;

	for (size_t k = 0; k < LICENCE_FIELDS; k++) {
		bool day = k == LICENCE_VALID_FROM || k == LICENCE_VALID_TO;
		fields[k] = (struct json_field){ .key = licence_field_names[k],
			.to = values[k],
			.size = sizeof values[k],
			.number = day };
		texts[k] = values[k];
	}
	json_init(&j, text, strlen(text));
	(void)json_take(&j, '['); /* it is there: this is how JSON is known */
	if (!json_take(&j, ']')) {
		do {
			const char *wrong = NULL;
			ok = json_object(&j, fields, LICENCE_FIELDS, VALUE_MAX, true);
			for (size_t k = 0; ok && k < LICENCE_FIELDS; k++)
				if (fields[k].seen && !fields[k].complete)
					wrong = "a value is too long or has characters that cannot be shown";
			ok = ok &&
				(wrong ? refuse(i, json_line(&j, text), wrong, e)
				       : put(i, json_line(&j, text), texts, e));
		} while (ok && json_take(&j, ','));
		ok = ok && (json_take(&j, ']') || refuse(i, json_line(&j, text), "] was expected", e));
	}
	ok = ok && json_end(&j);
	if (j.why)
		refuse(i, json_line(&j, text), j.why, e);
	explicit_bzero(values, sizeof values);
	return ok;
}

static bool import_rows(struct import *i, char *text, struct err *e)
{
	static const char mark[] = "\xEF\xBB\xBF"; /* spreadsheets write one */
	char detail[32];
	char *begin = strncmp(text, mark, 3) == 0 ? text + 3 : text;
	bool json = begin[strspn(begin, " \t\r\n")] == '[';

	if (!(json ? import_json(i, begin, e) : import_csv(i, begin, e)))
		return false;
	snprintf(detail, sizeof detail, "%u", i->rows);
	return store_audit(i->s, AUDIT_LICENCES, "", detail, e);
}

bool store_licence_import(struct store *s, const char *path, unsigned *ret_rows, struct err *e)
{
	struct import i = { .s = s, .path = path };
	char *text = read_file(path, e);

	if (text == NULL)
		return false;
	size_t n = strlen(text); /* before the rows are cut out of it */
	bool ok = db_begin(s, IMPORTING, e) && db_end(s, import_rows(&i, text, e), e);
	explicit_bzero(text, n);
	free(text);
	if (ok)
		*ret_rows = i.rows;
	return ok;
}
