#include "load/item_base.h"

#include <string.h>

#include "base/err.h"
#include "base/xalloc.h"
#include "load/guard_load.h"
#include "model/item.h"

static char *copy(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

static bool take(struct material *m, const struct material *base, struct err *e)
{
	m->title = copy(base->title);
	m->text = copy(base->text);
	m->licence = copy(base->licence);
	m->holder = copy(base->holder);
	m->paper = base->paper;
	m->about = (struct material_about){ copy(base->about.name), copy(base->about.id_number),
		copy(base->about.address) };
	if (!base->n_guards)
		return true;
	m->guards = xrealloc(m->guards, m->n_guards + base->n_guards, sizeof *m->guards);
	for (unsigned i = 0; i < base->n_guards; i++, m->n_guards++)
		if (!guard_parse(base->guards[i].text, &m->guards[m->n_guards], e))
			return false;
	return true;
}

static const struct item *base_of(struct item *const *items, size_t n, const struct item *item)
{
	for (size_t i = 0; item->builds_on && i < n; i++)
		if (items[i] != item && strcmp(items[i]->code, item->builds_on) == 0)
			return items[i];
	return NULL;
}

bool items_take_base(struct item *const *items, size_t n, const char *screens_dir, struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		const struct item *base = base_of(items, n, items[i]);
		for (unsigned k = 0; k < items[i]->n_materials; k++) {
			struct material *m = &items[i]->materials[k];
			const struct material *from = base ? item_material(base, m->code) : NULL;
			if (m->title)
				continue;
			if (!from || !from->title)
				return err_set(e, ERR_CONFIG,
					"%s/%s/item.yaml: material \"%s\": title is missing, and no item that it builds on has it",
					screens_dir, items[i]->code, m->code);
			if (!take(m, from, e))
				return false;
		}
	}
	return true;
}
