/*
 * Any order of answering and changing gives the route and the record of a fresh run. Random filings of every item are answered
 * and changed in a random order, with answers that later leave the route; another one gets the final answers in the order of
 * the questions. Both have to agree in every step, every material and in the whole record.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "load/item_load.h"
#include "load/table_load.h"
#include "model/answers.h"
#include "model/fact.h"
#include "model/filing.h"
#include "model/item.h"
#include "model/table.h"

enum { RUNS = 400, CHANGES = 120 };

static struct item **items;
static size_t n_items;
static struct code_table *tables;
static size_t n_tables;
static uint32_t seed;

static unsigned pick(unsigned n)
{
	seed = seed * 1664525u + 1013904223u; /* Numerical Recipes: the same every time */
	return (seed >> 8) % n;
}

static int open_items(void **state)
{
	(void)state;
	struct err e = { .code = ERR_NONE };
	if (items_load("screens", &items, &n_items, &e) && tables_load("data", &tables, &n_tables, &e))
		return 0;
	print_error("%s\n", e.text);
	return -1;
}

static int close_items(void **state)
{
	(void)state;
	items_free(items, n_items);
	tables_free(tables, n_tables);
	return 0;
}

static const char *some_value(const struct question *q, char text[static 32])
{
	static const char *const ids[] = { "32000019880512001X", "320000201505120012" };
	if (q->optional && pick(4) == 0)
		return NULL;
	if (q->type == QUESTION_CHOICE)
		return q->options[pick(q->n_options)].value;
	if (q->type == QUESTION_LIST) {
		const struct code_table *t = tables_find(tables, n_tables, q->table);
		return t->rows[pick((unsigned)t->n_rows)].code;
	}
	if (q->check && strncmp(q->check, "cn-id-", 6) == 0)
		return ids[pick(2)];
	snprintf(text, 32, "%u", pick(5));
	return text;
}

static void set_part(struct filing *f, const char *name, const char *part, const char *value)
{
	char full[2 * ANSWER_NAME_MAX];
	snprintf(full, sizeof full, "%s%s%s", name, *part ? "." : "", part);
	answers_set(f->answers, full, value);
}

static void answer_group(struct filing *f, const struct screen *s)
{
	unsigned slot = 1 + pick(s->max);
	for (unsigned i = 0; i < s->n_questions; i++) {
		struct question q;
		char name[GROUP_NAME], text[32];
		group_question(s, slot, i, &q, name);
		answers_set(f->answers, name, some_value(&q, text));
	}
}

/* Some answer to a screen, whether it is on the route or not. */
static void answer(struct filing *f, const struct screen *s)
{
	static const char *const ways[] = { "file", "counter", "licence", "registration" };
	static const char *const registrations[] = { "opened", "stated", NULL };
	static const char *const days[] = { "20240801", "20250101", "20230101" };
	char text[32], name[ANSWER_NAME_MAX + 16];
	const struct item *item = f->item;
	switch (s->kind) {
	case SCREEN_FORM:
		for (unsigned i = 0; i < s->n_questions; i++)
			answers_set(f->answers, s->questions[i].name, some_value(&s->questions[i], text));
		break;
	case SCREEN_GROUP:
		answer_group(f, s);
		break;
	case SCREEN_REGISTRATION:
		set_part(f, s->name, "", registrations[pick(3)]);
		set_part(f, s->name, "on", days[pick(3)]);
		set_part(f, s->name, "type", pick(2) ? "own" : "rent");
		set_part(f, s->name, "id", pick(4) ? "32000019880512001X" : "320000201505120012");
		set_part(f, s->name, "address", pick(2) ? "1" : "2");
		break;
	case SCREEN_MATERIALS:
		if (!item->n_materials)
			break;
		snprintf(name, sizeof name, "material.%s", item->materials[pick(item->n_materials)].code);
		set_part(f, name, "", ways[pick(4)]);
		set_part(f, name, "about", pick(2) ? "1" : NULL);
		break;
	case SCREEN_ADDRESS:
		snprintf(text, sizeof text, "%u", pick(3));
		set_part(f, s->name, "text", text);
		set_part(f, s->name, "town_code", text);
		break;
	case SCREEN_PHOTO:
		set_part(f, s->name, "", ways[pick(4)]);
		break;
	case SCREEN_NOTICE:
	case SCREEN_VERIFY:
	case SCREEN_CENTER:
		set_part(f, s->name, "", "1");
		set_part(f, s->name, "by", pick(2) ? "1" : "2");
		break;
	case SCREEN_REVIEW:
		answers_set(f->answers, "declaration", pick(2) ? "yes" : NULL);
		break;
	case SCREEN_ELIGIBILITY:
	case SCREEN_CARRIED:
	case SCREEN_OUTSTANDING:
	case SCREEN_END:
	case SCREEN_KINDS:
		break;
	}
}

/* What is on the route of the first, in the order of the item, and nothing else. */
static void copy_route(struct filing *to, const struct filing *from, const struct facts *facts)
{
	struct answers *record = filing_record(from, facts);
	for (size_t i = answers_count(record); i-- > 0;)
		answers_set(to->answers, answers_name_at(record, i), answers_value_at(record, i));
	answers_set(to->answers, "birth_date", NULL); /* derived */
	answers_set(to->answers, "sex", NULL);
	answers_destroy(record);
}

static void compare(const struct filing *a, const struct filing *b, const struct facts *facts, uint32_t run)
{
	char why_a[400], why_b[400];
	for (unsigned i = 0; i < a->item->n_steps; i++) {
		bool same = route_has(a, facts, i) == route_has(b, facts, i) &&
			route_rests(a, facts, i) == route_rests(b, facts, i);
		if (same && route_has(a, facts, i))
			same = step_answered(a, facts, i, why_a, sizeof why_a) ==
				step_answered(b, facts, i, why_b, sizeof why_b);
		if (!same)
			fail_msg("%s, run %u: step %s differs", a->item->code, run, a->item->steps[i].screen_name);
	}
	for (unsigned i = 0; i < a->item->n_materials; i++)
		assert_int_equal(route_material(a, facts, &a->item->materials[i]),
			route_material(b, facts, &b->item->materials[i]));
	struct answers *x = filing_record(a, facts), *y = filing_record(b, facts);
	if (!answers_equal(x, y))
		fail_msg("%s, run %u: the records differ", a->item->code, run);
	answers_destroy(x);
	answers_destroy(y);
}

static void any_order_is_a_fresh_run(void **state)
{
	(void)state;
	static const char token[33] = "00000000000000000000000000000000";
	for (size_t i = 0; i < n_items; i++)
		for (uint32_t run = 0; run < RUNS; run++) {
			struct filing changed, fresh;
			struct facts facts = { .today = 20250301, .rules = run % 2 ? "2025" : "2017" };
			seed = run * 7919u + 17u;
			filing_init(&changed, items[i], token);
			filing_init(&fresh, items[i], token);
			for (unsigned n = 0; n < CHANGES; n++)
				answer(&changed, items[i]->steps[pick(items[i]->n_steps)].screen);
			copy_route(&fresh, &changed, &facts);
			compare(&changed, &fresh, &facts, run);
			filing_finish(&changed);
			filing_finish(&fresh);
		}
}

int main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	const struct CMUnitTest tests[] = { cmocka_unit_test(any_order_is_a_fresh_run) };
	return cmocka_run_group_tests(tests, open_items, close_items);
}
