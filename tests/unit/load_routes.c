/* The registration's routes: as in the golden file, and the same as the model's own route for the same answers. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/err.h"
#include "load/file.h"
#include "load/item_load.h"
#include "load/routes.h"
#include "load/screen_lint.h"
#include "load/screen_text.h"
#include "load/table_load.h"
#include "model/answers.h"
#include "model/fact.h"
#include "model/filing.h"
#include "model/item.h"
#include "model/table.h"

struct world {
	struct item **items;
	size_t n_items;
	struct code_table *tables;
	size_t n_tables;
};

static struct world world;

static int open_world(void **state)
{
	(void)state;
	struct err e = { .code = ERR_NONE };
	if (items_load("screens", &world.items, &world.n_items, &e) &&
		tables_load("data", &world.tables, &world.n_tables, &e))
		return 0;
	print_error("%s\n", e.text);
	return -1;
}

static int close_world(void **state)
{
	(void)state;
	items_free(world.items, world.n_items);
	tables_free(world.tables, world.n_tables);
	return 0;
}

static void screens_are_clean(void **state)
{
	(void)state;
	const struct lint_context c = { .screens_dir = "screens", .tables = world.tables, .n_tables = world.n_tables };
	assert_int_equal(items_lint(world.items, world.n_items, &c, stderr), 0);
}

static void routes_are_golden(void **state)
{
	(void)state;
	for (size_t i = 0; i < world.n_items; i++) {
		char path[200], *text = NULL, *golden;
		size_t size, n;
		FILE *out = open_memstream(&text, &size);
		assert_true(routes_print(world.items[i], world.tables, world.n_tables, out));
		fclose(out);
		snprintf(path, sizeof path, "tests/golden/routes/%s.txt", world.items[i]->code);
		struct err e = { .code = ERR_NONE };
		if (!file_read(path, 1024 * 1024, &golden, &n, &e))
			fail_msg("%s", e.text);
		if (strcmp(text, golden) != 0)
			fail_msg("%s differs; run `juzhu screens routes %s` and review", path, world.items[i]->code);
		free(golden);
		free(text);
	}
}

/* Answers from which a fact has this value. */
static void set_fact(struct filing *f, const char *name, const char *value)
{
	bool yes = strcmp(value, "yes") == 0;
	if (strcmp(name, "is_minor") == 0 || strcmp(name, "is_child") == 0) {
		answers_set(f->answers, "id_number", yes ? "320000201505120012" : "32000019880512001X");
	} else if (strcmp(name, "half_year") == 0) {
		answers_set(f->answers, "registration.on", yes ? "20240801" : "20250101");
	} else if (strcmp(name, "residence_changed") == 0) {
		answers_set(f->answers, "residence_change", value);
	} else {
		assert_true(answers_set(f->answers, name, value));
	}
}

static void same_as_model(const struct route *r, const struct route_value *values, size_t n, void *ctx)
{
	unsigned *count = ctx;
	struct filing f;
	struct facts facts = { .today = 20250301, .rules = "2017" };
	filing_init(&f, r->item, "00000000000000000000000000000000");
	for (size_t i = 0; i < n; i++) {
		if (strcmp(values[i].name, "rules") == 0)
			facts.rules = values[i].value;
		else if (values[i].value)
			set_fact(&f, values[i].name, values[i].value);
	}
	answers_set(f.answers, "registration.type", answers_get(f.answers, "residence_type"));
	for (unsigned i = 0; i < r->item->n_steps; i++)
		assert_int_equal(route_has(&f, &facts, i), r->steps[i]);
	if (r->item->steps[r->last].screen->kind != SCREEN_END)
		for (unsigned i = 0; i < r->item->n_materials; i++)
			assert_int_equal(route_material(&f, &facts, &r->item->materials[i]), r->materials[i]);
	filing_finish(&f);
	(*count)++;
}

static void routes_are_the_models(void **state)
{
	(void)state;
	for (size_t i = 0; i < world.n_items; i++) {
		unsigned count = 0;
		assert_true(routes_each(world.items[i], world.tables, world.n_tables, same_as_model, &count));
		if (strcmp(world.items[i]->code, "residence-registration") == 0)
			assert_int_equal(count, 112);
		else
			assert_true(count > 1000);
	}
}

static void template_names_each_text_once(void **state)
{
	(void)state;
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	texts_pot(world.items, world.n_items, "screens", out);
	fclose(out);
	const char *first = strstr(text, "msgid \"兄弟姐妹\"");
	assert_non_null(first);
	assert_null(strstr(first + 1, "msgid \"兄弟姐妹\""));
	assert_non_null(strstr(text,
		"#: screens/common/agent.yaml\n#: screens/common/kinship.yaml\n"
		"#: screens/residence-permit/family.yaml\n"
		"msgid \"兄弟姐妹\""));
	free(text);
}

static void untranslated_texts_are_told(void **state)
{
	(void)state;
	char path[] = "/tmp/juzhu-po-XXXXXX", *text = NULL;
	size_t size;
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	static const char po[] = "msgid \"居住登记\"\nmsgstr \"Residence registration\"\n";
	assert_int_equal(write(fd, po, sizeof po - 1), sizeof po - 1);
	close(fd);
	FILE *out = open_memstream(&text, &size);
	struct err e = { .code = ERR_NONE };
	assert_true(texts_untranslated(world.items, world.n_items, "screens", path, out, &e) > 50);
	fclose(out);
	assert_null(strstr(text, "title has no translation: 居住登记\n"));
	assert_non_null(strstr(text, "screens/common/mobile.yaml: title has no translation: 手机号码\n"));
	free(text);
	unlink(path);
	assert_int_equal(texts_untranslated(world.items, world.n_items, "screens", path, stderr, &e), -1);
	assert_int_equal(e.code, ERR_CONFIG);
}

int main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screens_are_clean),
		cmocka_unit_test(routes_are_golden),
		cmocka_unit_test(routes_are_the_models),
		cmocka_unit_test(template_names_each_text_once),
		cmocka_unit_test(untranslated_texts_are_told),
	};
	return cmocka_run_group_tests(tests, open_world, close_world);
}
