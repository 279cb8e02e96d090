#include "golden.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "term.h"

void golden_finish(struct golden *g)
{
	while (g->n_masks)
		regfree(&g->masks[--g->n_masks]);
}

bool golden_mask(struct golden *g, const char *regex)
{
	enum { MAX = sizeof g->masks / sizeof *g->masks };
	if (g->n_masks == MAX || regcomp(&g->masks[g->n_masks], regex, REG_EXTENDED | REG_NEWLINE) != 0)
		return false;
	g->n_masks++;
	return true;
}

/* Takes `text` (yours), returns it with every match as one #. */
static char *masked(const struct golden *g, char *text)
{
	for (int i = 0; i < g->n_masks; i++) {
		char *out = NULL;
		size_t size = 0;
		FILE *f = open_memstream(&out, &size);
		if (!f)
			abort();
		const char *p = text;
		for (regmatch_t m; *p && !regexec(&g->masks[i], p, 1, &m, p == text ? 0 : REG_NOTBOL) && m.rm_eo > 0;
			p += m.rm_eo)
			fprintf(f, "%.*s#", (int)m.rm_so, p);
		fputs(p, f);
		fclose(f);
		free(text);
		text = out;
	}
	return text;
}

char *golden_file(const char *path)
{
	char *text = NULL;
	size_t size = 0;
	FILE *f = fopen(path, "r");
	if (f && getdelim(&text, &size, '\0', f) < 0) {
		free(text);
		text = NULL;
	}
	if (f)
		fclose(f);
	return text;
}

static bool write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");
	bool ok = f && fputs(text, f) >= 0;
	if (f && fclose(f) != 0)
		ok = false;
	return ok;
}

bool golden_compare(const struct golden *g, struct term *t, const char *name)
{
	const char *root = getenv("JUZHU_SOURCE_DIR"), *bless = getenv("BLESS");
	char path[4096];
	snprintf(path, sizeof path, "%s/tests/golden/screen/%s.%dx%d.txt", root ? root : ".", name, t->cols, t->rows);
	term_settle(t, term_slow(150));
	char *now = masked(g, term_text(t)), *then = golden_file(path);
	for (double end = term_now() + term_slow(2000); then && strcmp(now, then) && term_now() < end;) {
		term_read(t, 50);
		free(now);
		now = masked(g, term_text(t));
	}
	bool same = then && !strcmp(now, then);
	if (!same && bless && *bless)
		same = write_file(path, now);
	if (!same)
		printf("--- %s\n%s--- the screen, with its masks\n%s", path, then ? then : "(no such file)\n", now);
	free(now);
	free(then);
	return same;
}
