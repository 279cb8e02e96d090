#include "load/item_load.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/xalloc.h"
#include "load/file.h"
#include "load/guard_load.h"
#include "load/item_base.h"
#include "load/schema.h"
#include "load/text_fold.h"
#include "load/yaml_doc.h"
#include "model/check.h"

/* Takes a pointer out of what libcyaml owns. */
#define TAKE(to, from) ((to) = (from), (from) = NULL)

static void guards_free(struct guard *guards, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		guard_finish(&guards[i]);
	free(guards);
}

void screen_free(struct screen *screen)
{
	if (!screen)
		return;
	free(screen->file);
	yaml_doc_free(&screen_schema, screen);
}

void item_free(struct item *item)
{
	if (!item)
		return;
	for (unsigned i = 0; i < item->n_steps; i++) {
		free(item->steps[i].screen_name);
		screen_free(item->steps[i].screen);
		guards_free(item->steps[i].guards, item->steps[i].n_guards);
		guards_free(item->steps[i].carried, item->steps[i].n_carried);
	}
	for (unsigned i = 0; i < item->n_materials; i++) {
		struct material *m = &item->materials[i];
		char *texts[] = { m->code, m->title, m->text, m->licence, m->holder, m->about.name, m->about.id_number,
			m->about.address };
		for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
			free(texts[k]);
		guards_free(m->guards, m->n_guards);
	}
	char *texts[] = { item->code, item->number, item->title, item->summary, item->who, item->bring, item->takes,
		item->use, item->builds_on, item->certificate };
	for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
		free(texts[k]);
	free(item->steps);
	free(item->materials);
	free(item);
}

void items_free(struct item **items, size_t n)
{
	for (size_t i = 0; items && i < n; i++)
		item_free(items[i]);
	free(items);
}

/* The one word of a screen file that the schema cannot know: checks are rows of the model. */
static bool checks_known(const struct screen *s, const char *data, struct err *e)
{
	for (unsigned i = 0; i < s->n_questions; i++) {
		const char *check = s->questions[i].check;
		if (check && !check_known(check))
			return err_set(e, ERR_CONFIG, "%s:%u: %s: no check is called \"%s\"", s->file,
				yaml_doc_line_in(data, check), s->questions[i].name, check);
	}
	return true;
}

bool screen_parse(const char *data, size_t n, const char *path, struct screen **ret, struct err *e)
{
	void *loaded;
	if (!yaml_doc_numbers(data, path, "max", e) || !yaml_doc_parse(data, n, path, &screen_schema, &loaded, e))
		return false;
	struct screen *s = loaded;
	s->file = xstrdup(path);
	text_fold(s->title);
	text_fold(s->text);
	text_fold(s->help);
	for (unsigned i = 0; i < s->n_questions; i++) {
		struct question *q = &s->questions[i];
		char *texts[] = { q->label, q->example, q->why, q->source, q->say };
		for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
			text_fold(texts[k]);
		for (unsigned k = 0; k < q->n_options; k++) {
			text_fold(q->options[k].label);
			text_fold(q->options[k].hint);
		}
	}
	if (!checks_known(s, data, e)) {
		screen_free(s);
		return false;
	}
	*ret = s;
	return true;
}

static bool guards_parse(char **when, unsigned n, const char *data, const char *path, struct guard **ret,
	unsigned *ret_n, struct err *e)
{
	*ret = n ? xcalloc(n, sizeof **ret) : NULL;
	for (*ret_n = 0; *ret_n < n; (*ret_n)++) {
		if (guard_parse(when[*ret_n], &(*ret)[*ret_n], e))
			continue;
		unsigned line = yaml_doc_line_in(data, when[*ret_n]);
		return line ? err_add(e, "%s:%u", path, line) : err_add(e, "%s", path);
	}
	return true;
}

bool item_parse(const char *data, size_t n, const char *path, struct item **ret, struct err *e)
{
	void *loaded;
	if (!yaml_doc_numbers(data, path, "version", e) || !yaml_doc_parse(data, n, path, &item_schema, &loaded, e))
		return false;
	bool ok = false;
	struct item_file *f = loaded;
	struct item *item = xcalloc(1, sizeof *item);
	*item = f->head;
	f->head = (struct item){ .code = NULL };
	char *texts[] = { item->title, item->summary, item->who, item->bring, item->takes, item->use,
		item->certificate };
	for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
		text_fold(texts[k]);

	item->steps = xcalloc(f->n_steps, sizeof *item->steps);
	for (unsigned i = 0; i < f->n_steps; i++) {
		struct step *s = &item->steps[item->n_steps++];
		TAKE(s->screen_name, f->steps[i].screen);
		const struct step_file *from = &f->steps[i];
		if (!guards_parse(from->when, from->n_when, data, path, &s->guards, &s->n_guards, e) ||
			!guards_parse(from->carried, from->n_carried, data, path, &s->carried, &s->n_carried, e))
			goto out;
	}
	item->materials = f->n_materials ? xcalloc(f->n_materials, sizeof *item->materials) : NULL;
	for (unsigned i = 0; i < f->n_materials; i++) {
		struct material *m = &item->materials[item->n_materials++];
		*m = f->materials[i].material;
		f->materials[i].material = (struct material){ .code = NULL };
		text_fold(m->title);
		text_fold(m->text);
		const char *paper = f->materials[i].paper;
		if (paper && !paper_kind_find(paper, &m->paper)) {
			err_set(e, ERR_CONFIG, "%s:%u: %s: no kind of paper is called \"%s\"", path,
				yaml_doc_line_in(data, paper), m->code, paper);
			goto out;
		}
		if (!guards_parse(f->materials[i].when, f->materials[i].n_when, data, path, &m->guards, &m->n_guards,
			    e))
			goto out;
	}
	*ret = item;
	item = NULL;
	ok = true;
out:
	item_free(item);
	yaml_doc_free(&item_schema, f);
	return ok;
}

/* A screen's name is a file name; nothing else may be reached with it. */
static bool name_plain(const char *s)
{
	return *s && strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(s);
}

static bool screen_find(const char *screens_dir, const char *folder, const char *name, struct screen **ret,
	struct err *e)
{
	if (!name_plain(name))
		return err_set(e, ERR_CONFIG,
			"%s/%s/item.yaml: screen \"%s\": a name has small letters, digits and \"-\" only", screens_dir,
			folder, name);
	char *path = xasprintf("%s/%s/%s.yaml", screens_dir, folder, name);
	if (access(path, F_OK) != 0) {
		free(path);
		path = xasprintf("%s/common/%s.yaml", screens_dir, name);
	}
	bool ok = false;
	char *data = NULL;
	size_t n;
	if (access(path, F_OK) != 0)
		err_set(e, ERR_CONFIG, "%s/%s/item.yaml: screen \"%s\": no %s.yaml here or in %s/common", screens_dir,
			folder, name, name, screens_dir);
	else
		ok = file_read(path, YAML_FILE_MAX, &data, &n, e) && screen_parse(data, n, path, ret, e);
	free(data);
	free(path);
	return ok;
}

static bool item_load(const char *screens_dir, const char *folder, struct item **ret, struct err *e)
{
	char *path = xasprintf("%s/%s/item.yaml", screens_dir, folder);
	char *data = NULL;
	size_t n;
	struct item *item = NULL;
	bool ok = false;
	if (!file_read(path, YAML_FILE_MAX, &data, &n, e) || !item_parse(data, n, path, &item, e))
		goto out;
	if (strcmp(item->code, folder) != 0) {
		err_set(e, ERR_CONFIG, "%s: code is \"%s\" but the folder is called \"%s\"", path, item->code, folder);
		goto out;
	}
	for (unsigned i = 0; i < item->n_steps; i++)
		if (!screen_find(screens_dir, folder, item->steps[i].screen_name, &item->steps[i].screen, e))
			goto out;
	*ret = item;
	item = NULL;
	ok = true;
out:
	item_free(item);
	free(data);
	free(path);
	return ok;
}

static int by_number(const void *a, const void *b)
{
	const struct item *const *x = a, *const *y = b;
	int order = strcmp((*x)->number, (*y)->number);
	return order ? order : strcmp((*x)->code, (*y)->code);
}

bool items_load(const char *screens_dir, struct item ***ret, size_t *ret_n, struct err *e)
{
	DIR *dir = opendir(screens_dir);
	if (!dir)
		return err_set(e, ERR_CONFIG, "%s: cannot open the screens: %s", screens_dir, strerror(errno));
	struct item **items = xcalloc(ITEMS_MAX, sizeof *items);
	size_t n = 0;
	bool ok = true;
	for (struct dirent *entry; ok && (entry = readdir(dir));) {
		char *path = xasprintf("%s/%s/item.yaml", screens_dir, entry->d_name);
		if (entry->d_name[0] != '.' && access(path, F_OK) == 0) {
			ok = n < ITEMS_MAX ? item_load(screens_dir, entry->d_name, &items[n], e)
					   : err_set(e, ERR_CONFIG, "%s: more than %d items", screens_dir, ITEMS_MAX);
			n += ok;
		}
		free(path);
	}
	closedir(dir);
	ok = ok && items_take_base(items, n, screens_dir, e);
	if (ok && n == 0)
		ok = err_set(e, ERR_CONFIG, "%s: no folder with an item.yaml", screens_dir);
	if (!ok) {
		items_free(items, n);
		return false;
	}
	qsort(items, n, sizeof *items, by_number);
	*ret = items;
	*ret_n = n;
	return true;
}
