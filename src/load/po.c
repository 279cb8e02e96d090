#include "load/po.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "load/file.h"

enum { PO_FILE_MAX = 4 * 1024 * 1024, PO_TEXT_MAX = 16 * 1024 };

struct po {
	char **ids; /* translated ones, sorted */
	size_t n;
};

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void add_quoted(struct str *s, const char *quote)
{
	for (const char *p = quote + 1; *p && *p != '"' && *p != '\n'; p++) {
		if (*p != '\\') {
			str_add_n(s, p, 1);
			continue;
		}
		p++;
		if (!*p || *p == '\n')
			return;
		str_add_n(s, *p == 'n' ? "\n" : *p == 't' ? "\t" : p, 1);
	}
}

struct entry {
	struct str id, text;
	struct str *open; /* the one that a continued line belongs to */
	bool fuzzy;
};

static void entry_end(struct po *po, struct entry *t)
{
	if (t->id.len > 0 && t->text.len > 0 && !t->fuzzy && !t->id.full) {
		po->ids = xrealloc(po->ids, po->n + 1, sizeof *po->ids);
		po->ids[po->n++] = xstrdup(t->id.text);
	}
	str_clear(&t->id);
	str_clear(&t->text);
	t->open = NULL;
	t->fuzzy = false;
}

bool po_parse(const char *data, const char *path, struct po **ret, struct err *e)
{
	struct po *po = xcalloc(1, sizeof *po);
	struct entry t = { .open = NULL };
	str_init(&t.id, PO_TEXT_MAX);
	str_init(&t.text, PO_TEXT_MAX);
	unsigned number = 0;
	bool ok = true;
	for (const char *line = data; ok && line && *line;) {
		number++;
		const char *quote = line + strcspn(line, "\"\n");
		bool quoted = *quote == '"';
		if (*line == '#') {
			/* Comments come before the entry that they speak of. */
			if (t.open == &t.text)
				entry_end(po, &t);
			t.fuzzy = t.fuzzy || (line[1] == ',' && memmem(line, strcspn(line, "\n"), "fuzzy", 5));
		} else if (strncmp(line, "msgid ", 6) == 0) {
			if (t.open)
				entry_end(po, &t);
			t.open = &t.id;
		} else if (strncmp(line, "msgstr ", 7) == 0) {
			t.open = &t.text;
		} else if (*line != '"' && *line != '\n' && *line != '\r') {
			ok = err_set(e, ERR_CONFIG, "%s:%u: neither msgid, msgstr, a quoted line nor a comment", path,
				number);
		}
		if (*line != '#' && quoted && t.open)
			add_quoted(t.open, quote);
		line = strchr(line, '\n');
		line = line ? line + 1 : NULL;
	}
	entry_end(po, &t);
	str_finish(&t.id);
	str_finish(&t.text);
	if (!ok) {
		po_destroy(po);
		return false;
	}
	if (po->n > 1)
		qsort(po->ids, po->n, sizeof *po->ids, by_text);
	*ret = po;
	return true;
}

bool po_load(const char *path, struct po **ret, struct err *e)
{
	char *data;
	size_t n;
	if (!file_read(path, PO_FILE_MAX, &data, &n, e))
		return false;
	bool ok = po_parse(data, path, ret, e);
	free(data);
	return ok;
}

void po_destroy(struct po *po)
{
	if (!po)
		return;
	for (size_t i = 0; i < po->n; i++)
		free(po->ids[i]);
	free(po->ids);
	free(po);
}

bool po_has(const struct po *po, const char *msgid)
{
	return po->n > 0 && bsearch(&msgid, po->ids, po->n, sizeof *po->ids, by_text);
}

void po_write(FILE *out, const char *text)
{
	bool lines = strchr(text, '\n') != NULL;
	fputs(lines ? "\"\"\n\"" : "\"", out);
	for (const char *p = text; *p; p++) {
		if (*p == '\n')
			fputs(p[1] ? "\\n\"\n\"" : "\\n", out);
		else if (*p == '"' || *p == '\\')
			fprintf(out, "\\%c", *p);
		else
			fputc(*p, out);
	}
	fputs("\"\n", out);
}
