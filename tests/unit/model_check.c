#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/utf8.h"
#include "model/answers.h"
#include "model/check.h"
#include "model/fact.h"
#include "model/item.h"

static const struct facts facts = { .today = 20260102, .rules = "2017" };

static void judges_and_normalises(void **state)
{
	(void)state;
	/* want NULL: refused, and the sentence holds `says` */
	static const struct {
		const char *check, *typed, *want, *says;
	} cases[] = {
		{ "cn-name", "张三", "张三", NULL },
		{ "cn-name", " 张　三 ", "张三", NULL },
		{ "cn-name", "阿依古丽·买买提", "阿依古丽·买买提", NULL },
		{ "cn-name", "阿依古丽•买买提", "阿依古丽·买买提", NULL },
		{ "cn-name", "阿依古丽・买买提", "阿依古丽·买买提", NULL },
		{ "cn-name", "阿依古丽.买买提", "阿依古丽·买买提", NULL },
		{ "cn-name", "王\U00020BB7", "王\U00020BB7", NULL },
		{ "cn-name", "王\U00031350", "王\U00031350", NULL },
		{ "cn-name", "王\u3400", "王\u3400", NULL },
		{ "cn-name", "张", NULL, "至少2个字" },
		{ "cn-name", "Zhang San", NULL, "汉字" },
		{ "cn-name", "张三1", NULL, "汉字" },
		{ "cn-name", "·张三", NULL, "汉字" },
		{ "cn-name", "张··三", NULL, "汉字" },
		{ "cn-name", "张三·", NULL, "汉字" },
		{ "cn-name", "张张张张张张张张张张张张张张张张张张张张张张张张张张张张张张张", NULL, "30" },
		{ "cn-name", "张\u202E三", NULL, "不能使用" },
		{ "cn-id-number", "11010519491231002x", "11010519491231002X", NULL },
		{ "cn-id-number", "110105 19491231 002x", "11010519491231002X", NULL },
		{ "cn-id-number", "１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X", NULL },
		{ "cn-id-number", "1101051949123100", NULL, "16位" },
		{ "cn-id-number", "610104620927690", NULL, "15位" },
		{ "cn-id-number", "11010519491231002Y", NULL, "X" },
		{ "cn-id-number", "99010519491231002X", NULL, "前两位" },
		{ "cn-id-number", "110105194902310021", NULL, "出生日期" },
		{ "cn-id-number", "110105194912310021", NULL, "逐位" },
		{ "cn-id-number", "820000199512011015", "820000199512011015", NULL },
		{ "cn-id-applicant", "11010519491231002X", "11010519491231002X", NULL },
		{ "cn-id-applicant", "820000199512011015", NULL, "港澳台" },
		{ "cn-id-applicant", "820000199512011014", NULL, "港澳台" },
		{ "cn-id-applicant", "8200001995120110", NULL, "16位" },
		{ "cn-id-agent", "330106197312319996", "330106197312319996", NULL },
		{ "cn-id-agent", "11010519491231002X", NULL, "申请人" },
		{ "cn-id-agent", "340123202001010010", NULL, "18周岁" },
		{ "cn-credit-code", "91110000101623741k", "91110000101623741K", NULL },
		{ "cn-credit-code", "9135 0100 M000 100Y 43", "91350100M000100Y43", NULL },
		{ "cn-credit-code", "91110000101623741J", "91110000101623741J", NULL }, /* asked about, not refused */
		{ "cn-credit-code", "9111000010162374", NULL, "16位" },
		{ "cn-credit-code", "91110000I01623741K", NULL, "字母I" },
		{ "date", "20240229", "20240229", NULL },
		{ "date", "2024-02-29", "20240229", NULL },
		{ "date", "20230229", NULL, "日期" },
		{ "date", "2024022", NULL, "日期" },
		{ "school-end", "20250901", "20250901", NULL },
		{ "school-end", "20240831", NULL, "以前" },
		{ "stable-condition", "residence", "residence", NULL },
		{ "stable-condition", "employment", NULL, "没有工作" },
		{ "stable-condition", "study", NULL, "不在读" },
		{ "cn-mobile", "13812345678", "13812345678", NULL },
		{ "cn-mobile", "138 1234 5678", "13812345678", NULL },
		{ "cn-mobile", "138-1234-5678", "13812345678", NULL },
		{ "cn-mobile", "１３８１２３４５６７８", "13812345678", NULL },
		{ "cn-mobile", "+8613812345678", "13812345678", NULL },
		{ "cn-mobile", "1381234567", NULL, "10位" },
		{ "cn-mobile", "12812345678", NULL, "13" },
		{ "cn-mobile", "02112345678", NULL, "13" },
		{ "cn-mobile", "1381234567a", NULL, "数字" },
		{ "household-region", "320102", "320102", NULL },
		{ "household-region", "310101", NULL, "人户分离" },
		{ "household-region", "710000", NULL, "港澳台" },
		{ "household-region", "810000", NULL, "港澳台" },
		{ "household-region", "820000", NULL, "港澳台" },
		{ "household-address", "  江苏省南京市  玄武区１号 ", "江苏省南京市 玄武区１号", NULL },
		{ "household-address", "南京市", NULL, "至少5个字" },
		{ "counter-code", "123456", "123456", NULL },
		{ "counter-code", "12345", NULL, "6至12位" },
		{ "counter-code", "1234567890123", NULL, "6至12位" },
		{ "counter-code", "12345a", NULL, "6至12位" },
		{ "free-text", " a  b ", "a b", NULL },
		{ "free-text", "   ", NULL, "请填写" },
		{ NULL, "随便", "随便", NULL },
	};
	struct answers *answers = answers_create();
	answers_set(answers, "id_number", "11010519491231002X");
	answers_set(answers, "school_from", "20240901");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct question q = { .name = "q",
			.label = "题目",
			.type = QUESTION_TEXT,
			.check = (char *)cases[i].check };
		char value[512] = "", why[256] = "";
		bool good = check_answer(&q, cases[i].typed, answers, &facts, value, sizeof value, why, sizeof why);
		if (good != (cases[i].want != NULL))
			fail_msg("%s: %s", cases[i].typed, why);
		if (good)
			assert_string_equal(value, cases[i].want);
		else if (!*why || !strstr(why, cases[i].says))
			fail_msg("%s: %s", cases[i].typed, why);
		assert_true(utf8_valid(why, strlen(why)));
	}
	answers_destroy(answers);
}

static void agents_are_adults(void **state)
{
	(void)state;
	struct question q = { .name = "agent_id_number", .label = "x", .check = "cn-id-agent" };
	struct facts before = { .today = 20180228, .rules = "2017" }, after = { .today = 20180301, .rules = "2017" };
	char value[64], why[256];
	/* born 2000-02-29 */
	assert_false(check_answer(&q, "340123200002291038", NULL, &before, value, sizeof value, why, sizeof why));
	assert_non_null(strstr(why, "18周岁"));
	assert_true(check_answer(&q, "340123200002291038", NULL, &after, value, sizeof value, why, sizeof why));
}

static void required_length_and_options(void **state)
{
	(void)state;
	struct option options[] = { { .value = "own", .label = "自购" }, { .value = "rent", .label = "租赁" } };
	struct question choice = { .name = "c",
		.label = "住所",
		.type = QUESTION_CHOICE,
		.options = options,
		.n_options = 2 };
	struct question list = { .name = "l", .label = "民族", .type = QUESTION_LIST, .table = "ethnic" };
	struct question text = { .name = "t", .label = "单位", .type = QUESTION_TEXT, .max = 4 };
	char value[64], why[256];
	assert_true(check_answer(&choice, "rent", NULL, &facts, value, sizeof value, why, sizeof why));
	assert_false(check_answer(&choice, "other", NULL, &facts, value, sizeof value, why, sizeof why));
	assert_false(check_answer(&choice, "", NULL, &facts, value, sizeof value, why, sizeof why));
	assert_string_equal(why, "请选择“住所”。");
	assert_false(check_answer(&choice, NULL, NULL, NULL, value, sizeof value, why, sizeof why));
	assert_true(check_answer(&list, "01", NULL, &facts, value, sizeof value, why, sizeof why));
	assert_false(check_answer(&list, "", NULL, &facts, value, sizeof value, why, sizeof why));
	assert_true(check_answer(&text, "居住登记", NULL, &facts, value, sizeof value, why, sizeof why));
	assert_false(check_answer(&text, "居住登记处", NULL, &facts, value, sizeof value, why, sizeof why));
	assert_non_null(strstr(why, "最多4个字"));
	assert_string_equal(value, "居住登记处"); /* what was typed stays */
	assert_false(check_answer(&text, "居住登记", NULL, &facts, value, 7, why, sizeof why));
	text.optional = choice.optional = true;
	assert_true(check_answer(&text, " ", NULL, &facts, value, sizeof value, why, sizeof why));
	assert_string_equal(value, "");
	assert_true(check_answer(&choice, "", NULL, &facts, value, sizeof value, why, sizeof why));
}

static void knows_its_names(void **state)
{
	(void)state;
	assert_true(check_known("cn-mobile"));
	assert_false(check_known("mobile"));
	assert_false(check_known(""));
	assert_null(fact_values("nothing"));
	assert_null(fact_value("nothing", NULL, &facts));
	assert_string_equal(fact_values("rules")[1], "2025");
	assert_string_equal(fact_value("rules", NULL, &facts), "2017");
}

static void facts_follow_the_number(void **state)
{
	(void)state;
	static const struct {
		const char *id, *fact;
		int today;
		const char *want;
	} cases[] = {
		{ "340123200002291038", "is_minor", 20160228, "yes" },
		{ "340123200002291038", "is_minor", 20160229, "no" },
		{ "340123200002291038", "is_child", 20140228, "yes" },
		{ "340123200002291038", "is_child", 20140301, "no" },
		{ "310101199003070019", "shanghai_prefix", 20260102, "yes" },
		{ "340123200002291038", "shanghai_prefix", 20260102, "no" },
		{ "340123200002291037", "is_minor", 20260102, NULL },
		{ "", "is_minor", 20260102, NULL },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct answers *a = answers_create();
		struct facts then = { .today = cases[i].today, .rules = "2025" };
		answers_set(a, "id_number", cases[i].id);
		const char *value = fact_value(cases[i].fact, a, &then);
		if (cases[i].want)
			assert_string_equal(value, cases[i].want);
		else
			assert_null(value);
		answers_destroy(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(judges_and_normalises),
		cmocka_unit_test(agents_are_adults),
		cmocka_unit_test(required_length_and_options),
		cmocka_unit_test(knows_its_names),
		cmocka_unit_test(facts_follow_the_number),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
