#include "load/table_load.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "load/file.h"
#include "model/table.h"

enum { COLUMNS = 6 };
static const char header[] = "code\tname\tenglish\tpinyin\tinitials\tparent";

/* Cuts the next line out of *rest; NULL at the end. */
static char *next_line(char **rest)
{
	char *line = *rest;
	if (!line || !*line)
		return NULL;
	*rest = strchr(line, '\n');
	if (*rest)
		*(*rest)++ = '\0';
	size_t n = strlen(line);
	if (n > 0 && line[n - 1] == '\r')
		line[n - 1] = '\0';
	return line;
}

static bool code_good(const char *s)
{
	size_t n = strlen(s);
	return n > 0 && n <= 20 && strspn(s, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-") == n;
}

static bool row_parse(char *line, struct code_row *ret, struct err *e)
{
	char *part[COLUMNS] = { line };
	unsigned n = 1;
	for (char *tab = line; (tab = strchr(tab, '\t')); n++) {
		*tab++ = '\0';
		if (n < COLUMNS)
			part[n] = tab;
	}
	if (n != COLUMNS)
		return err_set(e, ERR_CONFIG, "%u columns instead of %d, separated by tabs", n, COLUMNS);
	if (!code_good(part[0]))
		return err_set(e, ERR_CONFIG, "a code has 1 to 20 letters, digits and \"-\"");
	if (!*part[1])
		return err_set(e, ERR_CONFIG, "the name is empty");
	for (unsigned i = 0; i < COLUMNS; i++)
		if (!utf8_plain(part[i]))
			return err_set(e, ERR_CONFIG, "column %u holds a character that may not be shown", i + 1);
	*ret = (struct code_row){
		.code = xstrdup(part[0]),
		.name = xstrdup(part[1]),
		.english = xstrdup(part[2]),
		.pinyin = xstrdup(part[3]),
		.initials = xstrdup(part[4]),
		.parent = xstrdup(part[5]),
	};
	return true;
}

/* Rows by code, to find duplicates and parents without comparing every row with every other. */
static int by_code(const void *a, const void *b)
{
	const struct code_row *const *x = a, *const *y = b;
	return strcmp((*x)->code, (*y)->code);
}

static bool rows_judge(const struct code_table *t, const unsigned *lines, const char *path, struct err *e)
{
	bool ok = true;
	const struct code_row **sorted = xcalloc(t->n_rows, sizeof *sorted);
	for (size_t i = 0; i < t->n_rows; i++)
		sorted[i] = &t->rows[i];
	qsort(sorted, t->n_rows, sizeof *sorted, by_code);
	for (size_t i = 1; ok && i < t->n_rows; i++) {
		if (strcmp(sorted[i - 1]->code, sorted[i]->code) != 0)
			continue;
		const struct code_row *later = sorted[i] > sorted[i - 1] ? sorted[i] : sorted[i - 1];
		ok = err_set(e, ERR_CONFIG, "%s:%u: code %s is there already", path, lines[later - t->rows],
			later->code);
	}
	for (size_t i = 0; ok && i < t->n_rows; i++) {
		if (!*t->rows[i].parent)
			continue;
		const struct code_row key = { .code = t->rows[i].parent }, *wanted = &key;
		const struct code_row **found = bsearch(&wanted, sorted, t->n_rows, sizeof *sorted, by_code);
		/* "Above" also rules out circles, which would hang whoever walks up. */
		if (!found || *found >= &t->rows[i])
			ok = err_set(e, ERR_CONFIG, "%s:%u: parent %s of %s stands in no line above", path, lines[i],
				t->rows[i].parent, t->rows[i].code);
	}
	free(sorted);
	return ok;
}

bool table_parse(char *data, size_t n, const char *path, struct code_table *ret, struct err *e)
{
	if (memchr(data, '\0', n))
		return err_set(e, ERR_CONFIG, "%s: not a text file", path);
	const char *slash = strrchr(path, '/');
	const char *base = slash ? slash + 1 : path;
	struct code_table t = { .name = xstrndup(base, strcspn(base, ".")) };
	unsigned *lines = NULL, number = 0;
	size_t cap = 0;
	bool ok = false, started = false;
	for (char *rest = data, *line; (line = next_line(&rest));) {
		number++;
		if (!started && *line == '#')
			continue;
		if (!started) {
			if (strcmp(line, header) != 0) {
				err_set(e, ERR_CONFIG,
					"%s:%u: the header has to be: code name english pinyin initials parent", path,
					number);
				goto out;
			}
			started = true;
			continue;
		}
		if (t.n_rows == cap) {
			cap = cap ? cap * 2 : 64;
			t.rows = xrealloc(t.rows, cap, sizeof *t.rows);
			lines = xrealloc(lines, cap, sizeof *lines);
		}
		if (!row_parse(line, &t.rows[t.n_rows], e)) {
			err_add(e, "%s:%u", path, number);
			goto out;
		}
		lines[t.n_rows++] = number;
	}
	if (t.n_rows == 0) {
		err_set(e, ERR_CONFIG, "%s: no rows", path);
		goto out;
	}
	ok = rows_judge(&t, lines, path, e);
out:
	free(lines);
	if (ok)
		*ret = t;
	else
		table_finish(&t);
	return ok;
}

bool table_load(const char *path, struct code_table *ret, struct err *e)
{
	char *data;
	size_t n;
	if (!file_read(path, TABLE_FILE_MAX, &data, &n, e))
		return false;
	bool ok = table_parse(data, n, path, ret, e);
	free(data);
	return ok;
}

static int is_table(const struct dirent *d)
{
	size_t n = strlen(d->d_name);
	return d->d_name[0] != '.' && n > 4 && strcmp(d->d_name + n - 4, ".tsv") == 0;
}

bool tables_load(const char *data_dir, struct code_table **ret, size_t *ret_n, struct err *e)
{
	char *dir = xasprintf("%s/codes", data_dir);
	char *path = xasprintf("%s/regions/regions.tsv", data_dir);
	struct dirent **names = NULL;
	int n_names = scandir(dir, &names, is_table, alphasort);
	struct code_table *tables = xcalloc(n_names > 0 ? (size_t)n_names + 1 : 1, sizeof *tables);
	size_t n = 0;
	bool ok = n_names > 0 ||
		err_set(e, ERR_CONFIG, "%s: no code tables: %s", dir, n_names < 0 ? strerror(errno) : "no *.tsv");
	for (int i = 0; ok && i < n_names; i++) {
		char *file = xasprintf("%s/%s", dir, names[i]->d_name);
		ok = table_load(file, &tables[n], e);
		n += ok;
		free(file);
	}
	if (ok) {
		ok = table_load(path, &tables[n], e);
		n += ok;
	}
	for (int i = 0; i < n_names; i++)
		free(names[i]);
	free(names);
	free(path);
	free(dir);
	if (!ok) {
		tables_free(tables, n);
		return false;
	}
	*ret = tables;
	*ret_n = n;
	return true;
}

void tables_free(struct code_table *tables, size_t n)
{
	for (size_t i = 0; tables && i < n; i++)
		table_finish(&tables[i]);
	free(tables);
}

const struct code_table *tables_find(const struct code_table *tables, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(tables[i].name, name) == 0)
			return &tables[i];
	return NULL;
}
