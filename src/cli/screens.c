#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/config.h"
#include "base/err.h"
#include "base/xalloc.h"
#include "cli/cli.h"
#include "load/item_load.h"
#include "load/routes.h"
#include "load/screen_lint.h"
#include "load/screen_text.h"
#include "load/table_load.h"
#include "model/item.h"
#include "model/table.h"

static const char help[] =
	"usage: juzhu screens lint [--screens DIR] [--translations]\n"
	"       juzhu screens routes [--screens DIR] [ITEM]\n"
	"       juzhu screens pot [--screens DIR]\n"
	"\n"
	"lint    finds mistakes in items and screens; --translations: also texts without English. 0: none, 1: some\n"
	"routes  lists every way through an item with its steps and materials\n"
	"pot     writes the entries of the gettext template to standard output\n";

struct work {
	const struct cli *cli;
	const char *dir;  /* of the screens */
	const char *item; /* NULL: all */
	bool translations;
	struct item **items;
	size_t n_items;
	struct code_table *tables;
	size_t n_tables;
};

static int lint(const struct work *w, struct err *e)
{
	const struct lint_context context = { .screens_dir = w->dir, .tables = w->tables, .n_tables = w->n_tables };
	size_t mistakes = items_lint(w->items, w->n_items, &context, stderr);
	if (w->translations) {
		char *po = xasprintf("%s/po/en.po", w->cli->config->data);
		int missing = texts_untranslated(w->items, w->n_items, w->dir, po, stderr, e);
		free(po);
		if (missing < 0)
			return cli_fail(e);
		mistakes += (size_t)missing;
	}
	if (mistakes > 0)
		fprintf(stderr, "juzhu: %zu mistake%s in %s\n", mistakes, mistakes == 1 ? "" : "s", w->dir);
	return mistakes > 0 ? ERR_NO : 0;
}

static int routes(const struct work *w, struct err *e)
{
	bool found = false, whole = true;
	for (size_t i = 0; i < w->n_items; i++) {
		if (w->item && strcmp(w->items[i]->code, w->item) != 0)
			continue;
		if (found)
			putchar('\n');
		found = true;
		whole = routes_print(w->items[i], w->tables, w->n_tables, stdout) && whole;
	}
	if (!found) {
		err_set(e, ERR_NO, "no item is called %s in %s", w->item ? w->item : "so", w->dir);
		return cli_fail(e);
	}
	return whole ? 0 : ERR_NO;
}

static int pot(const struct work *w, struct err *e)
{
	(void)e;
	texts_pot(w->items, w->n_items, w->dir, stdout);
	return 0;
}

static const struct word {
	const char *name;
	int (*run)(const struct work *w, struct err *e);
	bool tables; /* needs the code tables */
	int max_words;
} words[] = {
	{ "lint", lint, true, 0 },
	{ "routes", routes, true, 1 },
	{ "pot", pot, false, 0 },
};

int cmd_screens(const struct cli *cli, int argc, char **argv)
{
	if (cli_help(argc, argv, help))
		return 0;
	bool ok = true;
	const char *dir = cli_option(&argc, argv, "--screens", &ok);
	struct work w = { .cli = cli, .dir = dir ? dir : cli->config->screens };
	w.translations = cli_flag(&argc, argv, "--translations");
	const struct word *word = NULL;
	for (size_t i = 0; argc > 1 && i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i].name, argv[1]) == 0)
			word = &words[i];
	if (!ok)
		return cli_usage("screens", "--screens needs a folder");
	if (!word)
		return cli_usage("screens", argc > 1 ? "no such word: %s" : "which of lint, routes, pot?",
			argc > 1 ? argv[1] : "");
	if (argc > 2 + word->max_words)
		return cli_usage("screens", "%s: one word too many: %s", word->name, argv[2 + word->max_words]);
	w.item = argc > 2 ? argv[2] : NULL;

	struct err e = { .code = ERR_NONE };
	int status;
	if (!items_load(w.dir, &w.items, &w.n_items, &e) ||
		(word->tables && !tables_load(cli->config->data, &w.tables, &w.n_tables, &e)))
		status = cli_fail(&e);
	else
		status = word->run(&w, &e);
	tables_free(w.tables, w.n_tables);
	items_free(w.items, w.n_items);
	return status;
}
