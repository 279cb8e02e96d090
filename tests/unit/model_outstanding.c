#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "model/answers.h"
#include "model/doubt.h"
#include "model/fact.h"
#include "model/filing.h"
#include "model/item.h"
#include "model/outstanding.h"

/* An item with every kind of screen that can leave something open. */
static struct guard kin_home = { .name = "home", .values = (char *[]){ "kin" }, .n_values = 1 };
static struct guard other_home = { .name = "home", .values = (char *[]){ "other" }, .n_values = 1 };
static struct option homes[] = { { .value = "own", .label = "自购" }, { .value = "kin", .label = "近亲属" },
	{ .value = "other", .label = "其他" } };
static struct question who[] = {
	{ .name = "name", .label = "姓名", .check = "cn-name" },
	{ .name = "id_number", .label = "号码", .check = "cn-id-applicant" },
};
static struct question home[] = {
	{ .name = "home", .label = "住所", .type = QUESTION_CHOICE, .options = homes, .n_options = 3 },
};
static struct question job[] = { { .name = "job", .label = "单位", .optional = true, .max = 20 } };
static struct screen screens[] = {
	{ .kind = SCREEN_NOTICE, .name = "notice", .title = "须知" },
	{ .kind = SCREEN_FORM, .title = "申请人", .questions = who, .n_questions = 2 },
	{ .kind = SCREEN_VERIFY, .title = "核验", .name = "verified", .subject = "applicant" },
	{ .kind = SCREEN_FORM, .title = "住所种类", .questions = home, .n_questions = 1 },
	{ .kind = SCREEN_END, .title = "到此为止" },
	{ .kind = SCREEN_FORM, .title = "工作", .questions = job, .n_questions = 1 },
	{ .kind = SCREEN_ADDRESS, .title = "地址", .name = "address" },
	{ .kind = SCREEN_PHOTO, .title = "照片", .name = "photo" },
	{ .kind = SCREEN_MATERIALS, .title = "材料" },
	{ .kind = SCREEN_OUTSTANDING, .title = "还缺什么", .text = "全部" },
	{ .kind = SCREEN_REVIEW, .title = "核对" },
};
enum { STEPS = sizeof screens / sizeof *screens, END_STEP = 4 };
static struct step steps[STEPS];
static struct material materials[] = {
	{ .code = "card", .title = "身份证", .text = "两面都要。", .licence = "id-card", .holder = "applicant" },
	{ .code = "kin", .title = "关系证明", .guards = &kin_home, .n_guards = 1 },
};
static const struct item item = {
	.code = "test", .steps = steps, .n_steps = STEPS, .materials = materials, .n_materials = 2
};
static const struct facts facts = { .today = 20260115, .rules = "2017" };
static const char token[33] = "0123456789abcdef0123456789abcdef";

/* "NAME=VALUE" answers on top of a complete filing without anything to bring; "+NAME" a file, "-NAME" takes one away. */
enum { ROWS = 8 };
static const char *const complete[] = { "notice=read", "name=张伟", "id_number=32000019880512001X", "verified.by=off",
	"verified.id=32000019880512001X", "home=own", "address.text=某路1号", "address.match=library", "photo=file",
	"+photo", "material.card=licence", "material.card.number=A1", "material.card.holder_id=32000019880512001X",
	"declaration=yes" };

static void give(struct filing *f, const char *row)
{
	char name[64];
	const char *value = strchr(row, '=');
	if (*row == '+' || *row == '-') {
		if (*row == '+')
			assert_true(filing_attach(f, row + 1, "image/jpeg", "x", 1));
		else
			filing_detach(f, row + 1);
		return;
	}
	snprintf(name, sizeof name, "%.*s", (int)(value - row), row);
	assert_true(answers_set(f->answers, name, value + 1));
}

static void fill(struct filing *f, const char *const *more)
{
	filing_init(f, &item, token);
	for (size_t i = 0; i < sizeof complete / sizeof *complete; i++)
		give(f, complete[i]);
	for (size_t i = 0; more[i]; i++)
		give(f, more[i]);
}

/* "M3 住所, D7 照片, C8 身份证": kind, step, title. */
static void write_list(const struct outstanding *o, struct str *out)
{
	unsigned counted[3] = { 0 };
	str_init(out, 4000);
	for (unsigned i = 0; i < o->n; i++) {
		const struct outstanding_row *r = &o->rows[i];
		assert_true(*r->text && r->remedy && r->later);
		str_addf(out, "%s%c%u %s", i ? ", " : "", "MDC"[r->what], r -> step, r -> title);
		counted[r->what]++;
	}
	assert_memory_equal(counted, o->count, sizeof counted);
}

static const struct {
	const char *more[ROWS], *filing, *record; /* record: without the missing */
} cases[] = {
	{ { NULL }, "", "" },
	{ { "photo=counter", "-photo" }, "C7 照片", "C7 照片" },
	{ { "material.card=counter" }, "C8 身份证", "C8 身份证" },
	/* a kin's home wants a proof that nobody has given yet; then it is shown at the counter */
	{ { "home=kin" }, "M8 关系证明", "" },
	{ { "home=kin", "material.kin=counter", "photo=counter" }, "C7 照片, C8 关系证明", "C7 照片, C8 关系证明" },
	/* what is not on the route is not told, whatever was answered before */
	{ { "material.kin=counter", "material.kin.doubt=differs" }, "", "" },
	/* a form names each question; the verification hangs on the number */
	{ { "name=", "id_number=" }, "M1 姓名, M1 号码, M2 核验, M8 身份证", "" },
	{ { "id_number=11010519491231002X" }, "M2 核验, M8 身份证", "" },
	{ { "home=" }, "M3 住所", "" },
	{ { "notice=", "address.text=", "photo=" }, "M0 须知, M6 地址, M7 照片", "" },
	{ { "home=other" }, "M4 到此为止", "" },
	{ { "-photo" }, "M7 照片", "" },
	{ { "address.match=manual" }, "D6 地址", "D6 地址" },
	/* missing, then doubtful, then counter; each in the order of the route */
	{ { "material.card=counter", "photo.doubt=head_cover", "address.match=manual", "name=" },
		"M1 姓名, D6 地址, D7 照片, C8 身份证", "D6 地址, D7 照片, C8 身份证" },
	{ { "photo.doubt=eyes_closed head_cover" }, "D7 照片, D7 照片", "D7 照片, D7 照片" },
	{ { "photo.doubt=a b c d e" }, "D7 照片, D7 照片, D7 照片", "D7 照片, D7 照片, D7 照片" },
	{ { "photo.doubt=eyes_closed", "photo=counter" }, "C7 照片", "C7 照片" },
	{ { "material.card.doubt=differs" }, "D8 身份证", "D8 身份证" },
	{ { "material.card.doubt=differs", "material.card=counter" }, "C8 身份证", "C8 身份证" },
	{ { "name.doubt=differs", "address.doubt=differs" }, "D1 姓名, D6 地址", "D1 姓名, D6 地址" },
	/* a licence: more than a month, a month, a month less a day, its last day, over, no date at all */
	{ { "material.card.valid_to=20270101" }, "", "" },
	{ { "material.card.valid_to=20260215" }, "", "" },
	{ { "material.card.valid_to=20260214" }, "D8 身份证", "D8 身份证" },
	{ { "material.card.valid_to=20260115" }, "D8 身份证", "D8 身份证" },
	{ { "material.card.valid_to=20260114" }, "M8 身份证", "" },
	{ { "material.card.valid_to=20260230" }, "", "" },
	{ { "material.card.valid_to=2026011" }, "M8 身份证", "" },
	{ { "material.card.valid_to=20260101", "material.card=counter" }, "C8 身份证", "C8 身份证" },
};

static void lists_in_order(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct filing f;
		struct str list;
		fill(&f, cases[i].more);
		struct outstanding *o = outstanding_of_filing(&f, &facts);
		write_list(o, &list);
		if (strcmp(list.text ? list.text : "", cases[i].filing) != 0)
			fail_msg("filing, case %zu: %s", i, list.text);
		/* nothing missing: it can be submitted; something missing: it cannot */
		unsigned open;
		char why[300];
		assert_int_equal(o->count[OUTSTANDING_MISSING] > 0,
			route_first_open(&f, &facts, &open, why, sizeof why));
		if (o->count[OUTSTANDING_MISSING])
			assert_int_equal(o->rows[0].step, open);
		outstanding_destroy(o);
		str_finish(&list);
		struct answers *record = filing_record(&f, &facts);
		o = outstanding_of_record(&item, record, facts.today);
		write_list(o, &list);
		if (strcmp(list.text ? list.text : "", cases[i].record) != 0)
			fail_msg("record, case %zu: %s", i, list.text);
		outstanding_destroy(o);
		answers_destroy(record);
		str_finish(&list);
		filing_finish(&f);
	}
}

static void says_what_and_what_to_do(void **state)
{
	static const char *const more[] = { "photo=counter", "material.card.valid_to=20260120", "address.match=manual",
		"home=kin", "address.doubt=no-such-code", NULL };
	struct filing f;
	(void)state;
	fill(&f, more);
	struct outstanding *o = outstanding_of_filing(&f, &facts);
	assert_int_equal(o->n, 5);
	assert_non_null(strstr(o->rows[0].text, "关系证明"));
	assert_string_equal(o->rows[0].remedy, ""); /* the material says nothing more */
	assert_non_null(strstr(o->rows[1].text, "标准地址库"));
	assert_string_not_equal(o->rows[1].remedy, o->rows[1].later);
	assert_string_equal(o->rows[2].text, doubt_find("", 0)->text);
	assert_non_null(strstr(o->rows[3].text, "2026-01-20"));
	assert_non_null(strstr(o->rows[4].text, "拍照"));
	outstanding_destroy(o);
	/* what exactly to bring comes from the item */
	give(&f, "material.card=counter");
	o = outstanding_of_filing(&f, &facts);
	assert_string_equal(o->rows[o->n - 1].remedy, "两面都要。");
	assert_string_equal(o->rows[o->n - 1].later, "两面都要。");
	outstanding_destroy(o);
	filing_finish(&f);
}

static void knows_its_doubts(void **state)
{
	(void)state;
	const struct doubt *general = doubt_find("", 0);
	assert_ptr_equal(doubt_find("differ", 6), general);
	assert_ptr_equal(doubt_find("differss", 8), general);
	assert_ptr_not_equal(doubt_find("differs x", 7), general);
	assert_string_equal(doubt_find("differs", 7)->code, "differs");
	assert_true(*general->text && *general->remedy && *general->later);
}

/* The same points, the same mark; other points, another. */
static void marks_a_list(void **state)
{
	static const struct {
		const char *more[ROWS];
		bool same; /* as the one before */
	} lists[] = {
		{ { NULL }, false },
		{ { "name=张三" }, true },
		{ { "photo=counter" }, false },
		{ { "material.card=counter" }, false },
		{ { "material.card=counter", "address.text=某路2号" }, true },
		{ { "material.card=counter", "photo=counter" }, false },
		{ { "material.card.doubt=differs" }, false },
		{ { "material.card.doubt=unreadable" }, false },
		{ { "home=kin" }, false },
		{ { "home=kin", "material.kin=counter" }, false },
	};
	uint64_t before = 0;
	(void)state;
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		struct filing f;
		fill(&f, lists[i].more);
		struct outstanding *o = outstanding_of_filing(&f, &facts);
		uint64_t mark = outstanding_mark(o);
		assert_int_equal(mark == before, lists[i].same);
		before = mark;
		outstanding_destroy(o);
		filing_finish(&f);
	}
}

/* However much is open, the list ends and stays in order. */
static void keeps_its_limit(void **state)
{
	static struct material many[200];
	static char codes[200][8];
	static struct item large;
	struct filing f;
	(void)state;
	large = item;
	for (unsigned i = 0; i < 200; i++) {
		snprintf(codes[i], sizeof codes[i], "m%u", i);
		many[i] = (struct material){ .code = codes[i], .title = codes[i] };
	}
	large.materials = many;
	large.n_materials = 200;
	filing_init(&f, &large, token);
	struct outstanding *o = outstanding_of_filing(&f, &facts);
	assert_int_equal(o->n, OUTSTANDING_MAX);
	assert_int_equal(o->count[OUTSTANDING_MISSING], OUTSTANDING_MAX);
	outstanding_destroy(o);
	filing_finish(&f);
}

int main(void)
{
	for (unsigned i = 0; i < STEPS; i++)
		steps[i] = (struct step){ .screen_name = "s", .screen = &screens[i] };
	steps[END_STEP].guards = &other_home;
	steps[END_STEP].n_guards = 1;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_in_order),
		cmocka_unit_test(says_what_and_what_to_do),
		cmocka_unit_test(knows_its_doubts),
		cmocka_unit_test(marks_a_list),
		cmocka_unit_test(keeps_its_limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
