#include "load/screen_lint.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "load/lint.h"
#include "load/yaml_doc.h"
#include "model/file_name.h"
#include "model/filing.h"
#include "model/item.h"

/* All of an item, although no route asks for all: each with all its files, and the photo. */
enum { MATERIALS_MAX = (ATTACHMENTS_MAX - 1) / MATERIAL_FILES_MAX };

void lint_say(struct lint *l, const char *file, const char *needle, const char *format, ...)
{
	unsigned line = needle ? yaml_doc_line_of(file, needle) : 0;
	va_list args;
	va_start(args, format);
	if (line)
		fprintf(l->out, "%s:%u: ", file, line);
	else
		fprintf(l->out, "%s: ", file);
	vfprintf(l->out, format, args);
	fputc('\n', l->out);
	va_end(args);
	l->n++;
}

bool lint_name_good(const char *s, const char *extra)
{
	if (!(*s >= 'a' && *s <= 'z'))
		return false;
	for (; *s; s++)
		if (!(*s >= 'a' && *s <= 'z') && !(*s >= '0' && *s <= '9') && !strchr(extra, *s))
			return false;
	return true;
}

/* What a material is compared with has to be asked. */
static void lint_about(struct lint *l, const struct material *m, const char *key, const char *name, bool home)
{
	const struct question *q = name ? item_question(l->item, name, NULL) : NULL;
	bool asked = q && q->type == QUESTION_TEXT;
	for (unsigned i = 0; home && !asked && name && i < l->item->n_steps; i++) {
		const struct screen *s = l->item->steps[i].screen;
		asked = s->kind == SCREEN_ADDRESS && str_eq(s->name, name);
	}
	if (name && !asked)
		lint_say(l, l->item_file, name, "material \"%s\": about %s: no step asks \"%s\" as a text", m->code,
			key, name);
	if (name && m->paper == PAPER_UNREAD)
		lint_say(l, l->item_file, m->code, "material \"%s\": about needs a paper: as what is it read?",
			m->code);
}

static void lint_material(struct lint *l, const struct material *m)
{
	const char *file = l->item_file;
	if (!lint_name_good(m->code, "-"))
		lint_say(l, file, m->code, "material \"%s\": a code has small letters, digits and \"-\"", m->code);
	if (!m->licence != !m->holder)
		lint_say(l, file, m->code, "material \"%s\": licence and holder come together", m->code);
	bool relative = str_eq(m->holder, "relative");
	if (m->holder && !relative && strcmp(m->holder, "applicant") != 0 && strcmp(m->holder, "agent") != 0)
		lint_say(l, file, m->code, "material \"%s\": holder is applicant, agent or relative, not \"%s\"",
			m->code, m->holder);
	if (relative && !item_question(l->item, "kin_name", NULL))
		lint_say(l, file, m->code, "material \"%s\": holder relative needs a question kin_name", m->code);
	lint_about(l, m, "name", m->about.name, false);
	lint_about(l, m, "id_number", m->about.id_number, false);
	lint_about(l, m, "address", m->about.address, true);
	if (!m->text)
		lint_say(l, file, m->code, "material \"%s\": text is missing: say what exactly to bring", m->code);
	lint_text(l, file, m->title, m->title);
	lint_text(l, file, m->title, m->text);
}

/* A screen in common/ is judged with the first item that uses it. */
static bool seen(struct item *const *items, size_t i, const char *file)
{
	for (size_t k = 0; k < i; k++)
		for (unsigned s = 0; s < items[k]->n_steps; s++)
			if (str_eq(items[k]->steps[s].screen->file, file))
				return true;
	return false;
}

static void lint_item(struct lint *l, struct item *const *items, size_t n_before)
{
	const struct item *item = l->item;
	size_t before = l->n;
	if (!lint_name_good(item->code, "-"))
		lint_say(l, l->item_file, item->code, "code \"%s\": small letters, digits and \"-\" only", item->code);
	if (strlen(item->number) != 2 || strspn(item->number, "0123456789") != 2)
		lint_say(l, l->item_file, "number:", "number \"%s\" has to be two digits; it begins the case number",
			item->number);
	if (item->version == 0)
		lint_say(l, l->item_file, "version:", "version starts at 1");
	const char *texts[] = { item->title, item->summary, item->who, item->bring, item->takes, item->use };
	const char *names[] = { "title", "summary", "who", "bring", "takes", "use" };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		lint_text(l, l->item_file, names[i], texts[i]);
	if (item->n_materials > MATERIALS_MAX)
		lint_say(l, l->item_file,
			"materials:", "%u materials; %d fit in a filing, with %d files each and the photo",
			item->n_materials, MATERIALS_MAX, MATERIAL_FILES_MAX);
	for (unsigned i = 0; i < item->n_materials; i++)
		lint_material(l, &item->materials[i]);
	for (unsigned i = 0; i < item->n_steps; i++)
		if (!seen(items, n_before, item->steps[i].screen->file))
			lint_screen(l, item->steps[i].screen);
	lint_names(l);
	lint_guards(l);
	/* A wrong name or guard makes odd routes; tell the cause, not the consequences. */
	if (l->n == before)
		lint_routes(l);
}

/* A step that asks for the receipt, and the item whose receipt it is, come together. */
static void lint_base(struct lint *l, struct item *const *items, size_t n)
{
	const char *base = l->item->builds_on;
	bool asks = false, known = false;
	for (unsigned i = 0; i < l->item->n_steps; i++)
		asks = asks || l->item->steps[i].screen->kind == SCREEN_REGISTRATION;
	for (size_t i = 0; base && i < n; i++)
		known = known || (items[i] != l->item && strcmp(items[i]->code, base) == 0);
	if (asks != (base != NULL))
		lint_say(l, l->item_file,
			base ? "builds_on:" : "steps:", "builds_on and a step of kind registration come together");
	else if (base && !known)
		lint_say(l, l->item_file, "builds_on:", "builds_on: no other item is called \"%s\"", base);
}

size_t items_lint(struct item *const *items, size_t n, const struct lint_context *c, FILE *out)
{
	struct lint l = { .context = c, .out = out };
	for (size_t i = 0; i < n; i++) {
		char *file = xasprintf("%s/%s/item.yaml", c->screens_dir, items[i]->code);
		l.item = items[i];
		l.item_file = file;
		for (size_t k = 0; k < i; k++) {
			if (strcmp(items[k]->number, items[i]->number) == 0)
				lint_say(&l, file, "number:", "number %s belongs to %s", items[i]->number,
					items[k]->code);
			if (strcmp(items[k]->title, items[i]->title) == 0)
				lint_say(&l, file, "title:", "title %s is that of %s", items[i]->title, items[k]->code);
		}
		lint_base(&l, items, n);
		lint_item(&l, items, i);
		free(file);
	}
	return l.n;
}
