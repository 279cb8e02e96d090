#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/answers.h"
#include "model/case.h"
#include "model/fact.h"
#include "model/filing.h"
#include "model/item.h"

/* A small item with every kind of screen. */
#define GUARD(n, no, ...) \
	{ \
		.name = (char *)n, .negated = no, .values = (char *[]){ __VA_ARGS__ }, \
		.n_values = sizeof((char *[]){ __VA_ARGS__ }) / sizeof(char *) \
	}

static struct option modes[] = { { .value = "self", .label = "本人" }, { .value = "agent", .label = "代办" } };
static struct option homes[] = { { .value = "own", .label = "自购" }, { .value = "kin", .label = "近亲属" },
	{ .value = "other", .label = "其他" } };
static struct option kins[] = { { .value = "father", .label = "父" }, { .value = "mother", .label = "母" } };
static struct question who[] = {
	{ .name = "name", .label = "姓名", .check = "cn-name" },
	{ .name = "id_number", .label = "身份证号码", .check = "cn-id-applicant" },
};
static struct question mode[] = {
	{ .name = "mode", .label = "方式", .type = QUESTION_CHOICE, .options = modes, .n_options = 2 },
};
static struct question agent[] = { { .name = "agent_id_number", .label = "代办人号码", .check = "cn-id-agent" } };
static struct question home[] = {
	{ .name = "home", .label = "住所", .type = QUESTION_CHOICE, .options = homes, .n_options = 3 },
};
static struct question kin[] = {
	{ .name = "kin", .label = "关系", .type = QUESTION_CHOICE, .options = kins, .n_options = 2 },
};
static struct question job[] = { { .name = "job", .label = "单位", .optional = true, .max = 20 } };

static struct screen screens[] = {
	{ .kind = SCREEN_NOTICE, .name = "notice" },
	{ .kind = SCREEN_FORM, .questions = who, .n_questions = 2 },
	{ .kind = SCREEN_VERIFY, .name = "verify", .subject = "applicant" },
	{ .kind = SCREEN_FORM, .questions = mode, .n_questions = 1 },
	{ .kind = SCREEN_FORM, .questions = agent, .n_questions = 1 },
	{ .kind = SCREEN_VERIFY, .name = "agent_verify", .subject = "agent" },
	{ .kind = SCREEN_FORM, .questions = home, .n_questions = 1 },
	{ .kind = SCREEN_END },
	{ .kind = SCREEN_FORM, .questions = kin, .n_questions = 1 },
	{ .kind = SCREEN_FORM, .questions = job, .n_questions = 1 },
	{ .kind = SCREEN_ADDRESS, .name = "address" },
	{ .kind = SCREEN_PHOTO, .name = "photo" },
	{ .kind = SCREEN_MATERIALS },
	{ .kind = SCREEN_REVIEW },
};
enum { NOTICE, WHO, VERIFY, MODE, AGENT, AGENT_VERIFY, HOME, END, KIN, JOB, ADDRESS, PHOTO, MATERIALS, REVIEW, STEPS };

static struct guard by_agent[] = { GUARD("mode", false, "agent") };
static struct guard other_home[] = { GUARD("home", false, "other") };
static struct guard kin_home[] = { GUARD("home", false, "kin") };
static struct guard not_minor[] = { GUARD("is_minor", true, "yes") };
static struct guard via_mother[] = { GUARD("kin", false, "mother") };

static struct step steps[STEPS] = {
	[NOTICE] = { .screen = &screens[NOTICE] },
	[WHO] = { .screen = &screens[WHO] },
	[VERIFY] = { .screen = &screens[VERIFY] },
	[MODE] = { .screen = &screens[MODE] },
	[AGENT] = { .screen = &screens[AGENT], .guards = by_agent, .n_guards = 1 },
	[AGENT_VERIFY] = { .screen = &screens[AGENT_VERIFY], .guards = by_agent, .n_guards = 1 },
	[HOME] = { .screen = &screens[HOME] },
	[END] = { .screen = &screens[END], .guards = other_home, .n_guards = 1 },
	[KIN] = { .screen = &screens[KIN], .guards = kin_home, .n_guards = 1 },
	[JOB] = { .screen = &screens[JOB], .guards = not_minor, .n_guards = 1 },
	[ADDRESS] = { .screen = &screens[ADDRESS] },
	[PHOTO] = { .screen = &screens[PHOTO] },
	[MATERIALS] = { .screen = &screens[MATERIALS] },
	[REVIEW] = { .screen = &screens[REVIEW] },
};
static struct material materials[] = {
	{ .code = "id-card", .title = "身份证", .licence = "id-card", .holder = "applicant" },
	{ .code = "kinship", .title = "亲属关系证明", .guards = kin_home, .n_guards = 1 },
	{ .code = "mother-card", .title = "母亲身份证", .guards = via_mother, .n_guards = 1 },
};
static const struct item item = {
	.code = "test", .steps = steps, .n_steps = STEPS, .materials = materials, .n_materials = 3
};
static const struct facts facts = { .today = 20260102, .rules = "2017" };
static const char token[33] = "0123456789abcdef0123456789abcdef";

static unsigned long route_bits(const struct filing *f)
{
	unsigned long bits = 0;
	for (unsigned i = 0; i < STEPS; i++)
		bits |= (unsigned long)route_has(f, &facts, i) << i;
	for (unsigned i = 0; i < item.n_materials; i++)
		bits |= (unsigned long)route_material(f, &facts, &materials[i]) << (STEPS + i);
	return bits;
}

static void looks_things_up(void **state)
{
	(void)state;
	unsigned step = 99;
	struct guard not_own = GUARD("home", true, "own", "rent");
	assert_ptr_equal(item_question(&item, "home", &step), &home[0]);
	assert_int_equal(step, HOME);
	assert_null(item_question(&item, "nothing", &step));
	assert_ptr_equal(item_material(&item, "kinship"), &materials[1]);
	assert_null(item_material(&item, "nothing"));
	assert_string_equal(option_label(&home[0], "kin"), "近亲属");
	assert_null(option_label(&home[0], "x"));
	assert_true(guard_holds(&not_own, "kin"));
	assert_false(guard_holds(&not_own, "rent"));
	assert_false(guard_holds(&not_own, NULL));
	assert_false(guard_holds(&not_own, ""));
	assert_false(guard_holds(&kin_home[0], NULL));
}

static void walks_both_ways(void **state)
{
	(void)state;
	struct filing f;
	unsigned step, n, of;
	filing_init(&f, &item, token);
	assert_true(route_next(&f, &facts, MODE, &step));
	assert_int_equal(step, HOME);
	answers_set(f.answers, "mode", "agent");
	assert_true(route_next(&f, &facts, MODE, &step));
	assert_int_equal(step, AGENT);
	assert_true(route_back(&f, &facts, HOME, &step));
	assert_int_equal(step, AGENT_VERIFY);
	assert_false(route_back(&f, &facts, NOTICE, &step));
	assert_false(route_next(&f, &facts, REVIEW, &step));
	answers_set(f.answers, "id_number", "340123200002291038");
	route_position(&f, &facts, HOME, &n, &of);
	assert_int_equal(n, 7);
	assert_int_equal(of, 12);
	/* a way that cannot go on here ends the route */
	answers_set(f.answers, "home", "other");
	assert_true(route_next(&f, &facts, HOME, &step));
	assert_int_equal(step, END);
	assert_false(route_next(&f, &facts, END, &step));
	/* an answer of a step that left the route guards nothing any more */
	answers_set(f.answers, "home", "kin");
	answers_set(f.answers, "kin", "mother");
	assert_true(route_material(&f, &facts, &materials[2]));
	answers_set(f.answers, "home", "own");
	assert_false(route_material(&f, &facts, &materials[2]));
	assert_string_equal(answers_get(f.answers, "kin"), "mother");
	filing_finish(&f);
}

static void any_order_gives_the_same_route(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		const char *values[4];
	} changes[] = {
		{ "mode", { "self", "agent", "", NULL } },
		{ "home", { "own", "kin", "other", "" } },
		{ "kin", { "father", "mother", "", NULL } },
		{ "id_number", { "340123200002291038", "340123202001010010", "", NULL } },
		{ "job", { "x", "", NULL, NULL } },
	};
	struct filing f;
	srand(4);
	filing_init(&f, &item, token);
	for (int round = 0; round < 5000; round++) {
		int which = rand() % 5;
		answers_set(f.answers, changes[which].name, changes[which].values[rand() % 4]);
		/* a fresh run: only what the route asks, in the route's order */
		struct filing fresh;
		filing_init(&fresh, &item, token);
		unsigned step = 0;
		do {
			const struct screen *s = steps[step].screen;
			for (unsigned i = 0; i < s->n_questions; i++) {
				const char *name = s->questions[i].name;
				answers_set(fresh.answers, name, answers_get(f.answers, name));
			}
		} while (route_next(&fresh, &facts, step, &step));
		assert_int_equal(route_bits(&fresh), route_bits(&f));
		struct answers *a = filing_record(&f, &facts), *b = filing_record(&fresh, &facts);
		assert_true(answers_equal(a, b));
		answers_destroy(a);
		answers_destroy(b);
		filing_finish(&fresh);
	}
	filing_finish(&f);
}

static void asks_until_all_is_answered(void **state)
{
	(void)state;
	static const struct {
		unsigned step;
		const char *names[2], *values[2];
	} journey[] = {
		{ NOTICE, { "notice" }, { "2026-01-02" } },
		{ WHO, { "name", "id_number" }, { "张三", "340123200002291038" } },
		{ VERIFY, { "verify.by", "verify.id" }, { "counter", "340123200002291038" } },
		{ MODE, { "mode" }, { "agent" } },
		{ AGENT, { "agent_id_number" }, { "330106197312319996" } },
		{ AGENT_VERIFY, { "agent_verify.by", "agent_verify.id" }, { "counter", "330106197312319996" } },
		{ HOME, { "home" }, { "kin" } },
		{ KIN, { "kin" }, { "father" } },
		{ ADDRESS, { "address.text" }, { "上海市" } },
		{ PHOTO, { "photo" }, { "counter" } },
		{ MATERIALS, { "material.id-card", "material.kinship" }, { "counter", "counter" } },
		{ REVIEW, { "declaration" }, { "yes" } },
	};
	struct filing f;
	char why[256];
	unsigned step;
	filing_init(&f, &item, token);
	for (size_t i = 0; i < sizeof journey / sizeof *journey; i++) {
		*why = '\0';
		assert_true(route_first_open(&f, &facts, &step, why, sizeof why));
		assert_int_equal(step, journey[i].step);
		assert_true(strlen(why) > 0);
		for (int k = 0; k < 2 && journey[i].names[k]; k++)
			answers_set(f.answers, journey[i].names[k], journey[i].values[k]);
	}
	assert_false(route_first_open(&f, &facts, &step, why, sizeof why));

	/* a changed number opens the verification again; the old one back closes it */
	answers_set(f.answers, "id_number", "11010519491231002X");
	assert_true(route_first_open(&f, &facts, &step, why, sizeof why));
	assert_int_equal(step, VERIFY);
	answers_set(f.answers, "id_number", "340123200002291038");
	/* a file needs its bytes, a licence its number and a material that a licence replaces */
	answers_set(f.answers, "photo", "file");
	assert_false(step_answered(&f, &facts, PHOTO, why, sizeof why));
	assert_true(filing_attach(&f, "photo", "image/png", "x", 1));
	assert_true(step_answered(&f, &facts, PHOTO, why, sizeof why));
	answers_set(f.answers, "material.id-card", "licence");
	assert_false(step_answered(&f, &facts, MATERIALS, why, sizeof why));
	assert_non_null(strstr(why, "身份证"));
	answers_set(f.answers, "material.id-card.number", "L1");
	assert_false(step_answered(&f, &facts, MATERIALS, why, sizeof why)); /* whose? */
	answers_set(f.answers, "material.id-card.holder_id", "340123200002291038");
	assert_true(step_answered(&f, &facts, MATERIALS, why, sizeof why));
	answers_set(f.answers, "material.kinship", "licence");
	answers_set(f.answers, "material.kinship.number", "L2");
	assert_false(step_answered(&f, &facts, MATERIALS, why, sizeof why));
	answers_set(f.answers, "home", "other");
	assert_true(route_first_open(&f, &facts, &step, why, sizeof why));
	assert_int_equal(step, END);
	filing_finish(&f);
}

static void records_only_the_route(void **state)
{
	(void)state;
	static const char *const given[] = {
		"notice",
		"name",
		"verify.by",
		"verify.id",
		"agent_id_number",
		"agent_verify.by",
		"kin",
		"address.text",
		"address.lane",
		"addressee",
		"material.id-card",
		"material.id-card.number",
		"material.kinship",
		"material",
		"declaration",
		"elsewhere",
	};
	static const char *const kept[] = {
		"address.lane",
		"address.text",
		"birth_date",
		"declaration",
		"home",
		"id_number",
		"material.id-card",
		"material.id-card.number",
		"mode",
		"name",
		"notice",
		"sex",
		"verify.by",
		"verify.id",
	};
	struct filing f;
	filing_init(&f, &item, token);
	for (size_t i = 0; i < sizeof given / sizeof *given; i++)
		answers_set(f.answers, given[i], "x");
	answers_set(f.answers, "mode", "self");
	answers_set(f.answers, "home", "own");
	answers_set(f.answers, "id_number", "340123200002291038");
	struct answers *record = filing_record(&f, &facts);
	assert_int_equal(answers_count(record), sizeof kept / sizeof *kept);
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		assert_string_equal(answers_name_at(record, i), kept[i]);
	assert_string_equal(answers_get(record, "birth_date"), "2000-02-29");
	assert_string_equal(answers_get(record, "sex"), "1");
	answers_destroy(record);
	filing_finish(&f);
}

static void keeps_attachments(void **state)
{
	(void)state;
	struct filing f;
	char name[16];
	filing_init(&f, &item, token);
	for (unsigned i = 0; i < ATTACHMENTS_MAX; i++) {
		snprintf(name, sizeof name, "m%u", i);
		assert_true(filing_attach(&f, name, "application/pdf", name, strlen(name)));
	}
	assert_false(filing_attach(&f, "more", "image/png", "x", 1));
	assert_true(filing_attach(&f, "m3", "image/png", "yy", 2));
	assert_int_equal(filing_attachment(&f, "m3")->size, 2);
	assert_string_equal(filing_attachment(&f, "m3")->mime, "image/png");
	assert_false(filing_attach(&f, "m3", "image/png", "x", ATTACHMENT_SIZE_MAX + 1));
	filing_detach(&f, "m3");
	filing_detach(&f, "m3");
	assert_null(filing_attachment(&f, "m3"));
	assert_int_equal(f.n_attachments, ATTACHMENTS_MAX - 1);
	assert_memory_equal(filing_attachment(&f, "m15")->bytes, "m15", 3); /* others were moved */
	assert_memory_equal(filing_attachment(&f, "m63")->bytes, "m63", 3);
	filing_finish(&f);
	filing_finish(&f);
	assert_int_equal(f.token[0], 0);
}

static void every_state_has_a_label(void **state)
{
	(void)state;
	static const enum case_state all[] = { CASE_SUBMITTED, CASE_ACCEPTED, CASE_REFUSED, CASE_SUPPLEMENT,
		CASE_SUPPLEMENT_EXPIRED, CASE_REVIEW, CASE_APPROVED, CASE_DENIED, CASE_MAKING, CASE_SHIPPED, CASE_READY,
		CASE_RETURNED, CASE_COLLECTED, CASE_DONE, CASE_WITHDRAWN };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		assert_non_null(case_state_label(all[i]));
	assert_null(case_state_label((enum case_state)0));
	case_record_destroy(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(looks_things_up),
		cmocka_unit_test(walks_both_ways),
		cmocka_unit_test(any_order_gives_the_same_route),
		cmocka_unit_test(asks_until_all_is_answered),
		cmocka_unit_test(records_only_the_route),
		cmocka_unit_test(keeps_attachments),
		cmocka_unit_test(every_state_has_a_label),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
