#include "address/tsv.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/utf8.h"
#include "base/xalloc.h"

static bool read_line(char *line, tsv_row row, void *ctx, struct err *e)
{
	char *field[TSV_FIELDS];
	char *rest = line;
	for (size_t i = 0; i < TSV_FIELDS; i++) {
		field[i] = rest;
		rest += strcspn(rest, "\t");
		if (*rest)
			*rest++ = '\0';
	}
	return row(ctx, field, e);
}

bool tsv_read(const char *dir, const char *name, tsv_row row, void *ctx, struct err *e)
{
	bool ok = true, header = true;
	char *line = NULL;
	size_t cap = 0, number = 0;
	ssize_t len;
	char *path = xasprintf("%s/%s", dir, name);
	FILE *f = fopen(path, "re");
	if (!f) {
		err_set(e, ERR_CONFIG, "%s: cannot be read: %s", path, strerror(errno));
		free(path);
		return false;
	}
	while (ok && (len = getline(&line, &cap, f)) >= 0) {
		number++;
		while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r'))
			line[--len] = '\0';
		if (len == 0 || line[0] == '#')
			continue;
		if (header) {
			header = false;
			continue;
		}
		ok = utf8_valid(line, (size_t)len) ? read_line(line, row, ctx, e) : err_set(e, ERR_CONFIG, "not UTF-8");
		if (!ok)
			err_add(e, "%s:%zu", path, number);
	}
	if (ok && ferror(f))
		ok = err_set(e, ERR_CONFIG, "%s: reading failed", path);
	free(line);
	fclose(f);
	free(path);
	return ok;
}
