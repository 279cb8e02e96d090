#include "load/tsv.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/utf8.h"
#include "load/file.h"

enum { FILE_MAX = 1024 * 1024 };

static unsigned columns_of(const char *header)
{
	unsigned n = 1;
	for (; (header = strchr(header, '\t')); header++)
		n++;
	return n;
}

static bool split(char *line, unsigned columns, char *field[static TSV_COLUMNS_MAX], struct err *e)
{
	unsigned n = 1;

	field[0] = line;
	for (char *tab = line; (tab = strchr(tab, '\t')); n++) {
		*tab++ = '\0';
		if (n < columns)
			field[n] = tab;
	}
	if (n != columns)
		return err_set(e, ERR_CONFIG, "%u columns instead of %u, separated by tabs", n, columns);
	for (unsigned k = 0; k < columns; k++)
		if (!utf8_plain(field[k]))
			return err_set(e, ERR_CONFIG, "column %u holds a character that may not be shown", k + 1);
	return true;
}

bool tsv_parse(char *data, size_t n, const char *path, const char *header, tsv_row *row, void *ctx, struct err *e)
{
	unsigned line_number = 0, columns = columns_of(header);
	bool started = false;

	if (memchr(data, '\0', n))
		return err_set(e, ERR_CONFIG, "%s: not a text file", path);
	for (char *line = data, *next; *line; line = next) {
		char *field[TSV_COLUMNS_MAX];
		size_t length = strcspn(line, "\n");
		next = line + length + (line[length] == '\n');
		line[length] = '\0';
		line_number++;
		if (!started && *line == '#')
			continue;
		if (!started && strcmp(line, header) != 0)
			return err_set(e, ERR_CONFIG, "%s:%u: the header has to be: %s", path, line_number, header);
		if (started && (!split(line, columns, field, e) || !row(ctx, field, e)))
			return err_add(e, "%s:%u", path, line_number);
		started = true;
	}
	return true;
}

bool tsv_load(const char *path, const char *header, tsv_row *row, void *ctx, struct err *e)
{
	char *data;
	size_t n;

	if (!file_read(path, FILE_MAX, &data, &n, e))
		return false;
	bool ok = tsv_parse(data, n, path, header, row, ctx, e);
	free(data);
	return ok;
}
