#include "load/screen_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "load/po.h"
#include "model/item.h"

struct visit {
	void (*call)(const char *text, const char *file, const char *what, void *ctx);
	void *ctx;
	const char *file;
};

static void say(const struct visit *v, const char *text, const char *what)
{
	if (text && *text)
		v->call(text, v->file, what, v->ctx);
}

static void screen_texts(const struct visit *v, const struct screen *s)
{
	say(v, s->title, "title");
	say(v, s->text, "text");
	say(v, s->help, "help");
	for (unsigned i = 0; i < s->n_questions; i++) {
		const struct question *q = &s->questions[i];
		say(v, q->label, "label");
		say(v, q->example, "example");
		say(v, q->why, "why");
		say(v, q->say, "say");
		for (unsigned k = 0; k < q->n_options; k++) {
			say(v, q->options[k].label, "option");
			say(v, q->options[k].hint, "hint");
		}
	}
}

/*
 * Every text of the items that a person reads, once for each place. `file` is the file below the screens folder,
 * "residence-registration/item.yaml"; `what` names the key. A screen that several items share comes once an item.
 */
static void each(struct item *const *items, size_t n, const char *screens_dir,
	void (*visit)(const char *text, const char *file, const char *what, void *ctx), void *ctx)
{
	size_t below = strlen(screens_dir) + 1;
	for (size_t i = 0; i < n; i++) {
		const struct item *item = items[i];
		char *path = xasprintf("%s/item.yaml", item->code);
		struct visit v = { .call = visit, .ctx = ctx, .file = path };
		say(&v, item->title, "title");
		say(&v, item->summary, "summary");
		say(&v, item->who, "who");
		say(&v, item->bring, "bring");
		say(&v, item->takes, "takes");
		say(&v, item->use, "use");
		say(&v, item->certificate, "certificate");
		for (unsigned k = 0; k < item->n_materials; k++) {
			say(&v, item->materials[k].title, "material");
			say(&v, item->materials[k].text, "material text");
		}
		for (unsigned k = 0; k < item->n_steps; k++) {
			v.file = item->steps[k].screen->file;
			v.file += strlen(v.file) > below ? below : 0;
			screen_texts(&v, item->steps[k].screen);
		}
		free(path);
	}
}

struct place {
	char *text, *file;
	size_t order, first;
};
struct places {
	struct place *rows;
	size_t n;
};

static void gather(const char *text, const char *file, const char *what, void *ctx)
{
	(void)what;
	struct places *p = ctx;
	p->rows = xrealloc(p->rows, p->n + 1, sizeof *p->rows);
	p->rows[p->n] = (struct place){ .text = xstrdup(text), .file = xstrdup(file), .order = p->n };
	p->n++;
}

static int by_text(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	int order = strcmp(x->text, y->text);
	return order ? order : x->order < y->order ? -1 : 1;
}

/* In the order in which texts are first met, places of one text together. */
static int by_first(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

void texts_pot(struct item *const *items, size_t n, const char *screens_dir, FILE *out)
{
	struct places p = { .n = 0 };
	each(items, n, screens_dir, gather, &p);
	if (p.rows)
		qsort(p.rows, p.n, sizeof *p.rows, by_text);
	for (size_t i = 0; i < p.n; i++) {
		bool again = i > 0 && strcmp(p.rows[i - 1].text, p.rows[i].text) == 0;
		p.rows[i].first = again ? p.rows[i - 1].first : p.rows[i].order;
	}
	if (p.rows)
		qsort(p.rows, p.n, sizeof *p.rows, by_first);
	for (size_t i = 0; i < p.n; i++) {
		const struct place *here = &p.rows[i], *before = i > 0 ? here - 1 : NULL;
		bool again = before && before->first == here->first;
		if (!again || strcmp(before->file, here->file) != 0)
			fprintf(out, "#: screens/%s\n", here->file);
		if (i + 1 < p.n && p.rows[i + 1].first == here->first)
			continue;
		fputs("msgid ", out);
		po_write(out, here->text);
		fputs("msgstr \"\"\n\n", out);
	}
	for (size_t i = 0; i < p.n; i++) {
		free(p.rows[i].text);
		free(p.rows[i].file);
	}
	free(p.rows);
}

struct untranslated {
	const struct po *po;
	const char *screens_dir;
	FILE *out;
	int n;
};

static void look_up(const char *text, const char *file, const char *what, void *ctx)
{
	struct untranslated *u = ctx;
	if (po_has(u->po, text))
		return;
	fprintf(u->out, "%s/%s: %s has no translation: %s\n", u->screens_dir, file, what, text);
	u->n++;
}

int texts_untranslated(struct item *const *items, size_t n, const char *screens_dir, const char *po_path, FILE *out,
	struct err *e)
{
	struct po *po;
	if (!po_load(po_path, &po, e))
		return -1;
	struct untranslated u = { .po = po, .screens_dir = screens_dir, .out = out };
	each(items, n, screens_dir, look_up, &u);
	po_destroy(po);
	return u.n;
}
