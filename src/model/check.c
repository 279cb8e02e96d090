#include "model/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/utf8.h"
#include "model/answers.h"
#include "model/check_text.h"
#include "model/credit_code.h"
#include "model/fact.h"
#include "model/idnum.h"
#include "model/item.h"

/* What a judge gets: the stored form, what else is known, and where its sentence goes. */
struct judging {
	const char *value;
	const struct answers *answers; /* can be NULL */
	int today;
	char *why;
	size_t why_size;
};

__attribute__((format(printf, 2, 3))) static bool no(const struct judging *j, const char *format, ...)
{
	char text[512];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	str_copy(j->why, j->why_size, text);
	return false;
}

static bool judge_name(const struct judging *j)
{
	if (!check_text_han_name(j->value))
		return no(j, "%s", tr("姓名请用身份证上的汉字填写，民族姓名中间用“·”隔开。"));
	if (utf8_length(j->value) < 2)
		return no(j, "%s", tr("姓名至少2个字，请填写身份证上的完整姓名。"));
	if (utf8_length(j->value) > 30)
		return no(j, "%s", tr("姓名最多30个字，更长的姓名请到窗口办理。"));
	return true;
}

static bool judge_id(const struct judging *j)
{
	size_t n = utf8_length(j->value);
	switch (idnum_judge(j->value, j->today)) {
	case IDNUM_GOOD:
		return true;
	case IDNUM_LENGTH:
		if (n == 15)
			return no(j, "%s", tr("15位的旧身份证号码已停用，请输入现在的身份证上的18位号码。"));
		return no(j, tr("身份证号码应是18位，您输入了%zu位，请对照身份证补全或删去多余的。"), n);
	case IDNUM_SIGNS:
		return no(j, "%s", tr("身份证号码只有数字，最后一位可以是X，请改正其他字符。"));
	case IDNUM_AREA:
		return no(j, "%s", tr("身份证号码的前两位不对，请对照身份证改正。"));
	case IDNUM_DATE:
		return no(j, "%s", tr("身份证号码第7到14位是出生日期，现在不是有效的日期，请对照身份证改正。"));
	case IDNUM_CHECK:
		break;
	}
	return no(j, "%s", tr("身份证号码中有一位输错了，请对照身份证逐位核对。"));
}

static bool judge_applicant(const struct judging *j)
{
	/* before the check character: these people should not have to type it right only to be sent elsewhere */
	enum idnum_verdict verdict = idnum_judge(j->value, j->today);
	if (verdict != IDNUM_LENGTH && verdict != IDNUM_SIGNS && idnum_other_permit(j->value))
		return no(j, "%s",
			tr("港澳台居民请到指定受理点办理港澳台居民居住证，地点请问窗口；号码输错了请改正前两位。"));
	return judge_id(j);
}

static bool judge_agent(const struct judging *j)
{
	if (!judge_id(j))
		return false;
	if (j->answers && strcmp(answers_text(j->answers, "id_number"), j->value) == 0)
		return no(j, "%s", tr("这是申请人的身份证号码，请输入代办人自己的身份证号码。"));
	if (date_age(idnum_birth(j->value), j->today) < 18)
		return no(j, "%s", tr("代办人应年满18周岁，请换一位成年人代办并输入其身份证号码。"));
	return true;
}

static bool judge_mobile(const struct judging *j)
{
	size_t n = utf8_length(j->value);
	if (strspn(j->value, "0123456789") != strlen(j->value))
		return no(j, "%s", tr("手机号码只有数字，请输入11位手机号码，例如13800000000。"));
	if (n != 11)
		return no(j, tr("手机号码应是11位，您输入了%zu位，请补全或删去多余的。"), n);
	if (j->value[0] != '1' || j->value[1] < '3')
		return no(j, "%s", tr("手机号码以13至19开头，请核对前两位。"));
	return true;
}

static bool judge_region(const struct judging *j)
{
	if (strncmp(j->value, "31", 2) == 0)
		return no(j, "%s", tr("上海户籍请到窗口办理人户分离人员居住登记；选错了请重新选择户籍所在地。"));
	if (strncmp(j->value, "71", 2) == 0 || strncmp(j->value, "81", 2) == 0 || strncmp(j->value, "82", 2) == 0)
		return no(j, "%s", tr("港澳台居民请到指定受理点办理港澳台居民居住证；选错了请重新选择户籍所在地。"));
	return true;
}

static bool judge_address(const struct judging *j)
{
	if (utf8_length(j->value) < 5)
		return no(j, "%s", tr("地址太短，请照身份证或户口簿填写完整，至少5个字。"));
	if (utf8_length(j->value) > 120)
		return no(j, "%s", tr("地址最多120个字，请照身份证或户口簿填写，不写其他内容。"));
	return true;
}

static bool judge_counter_code(const struct judging *j)
{
	size_t n = strlen(j->value);
	if (n < 6 || n > 12 || strspn(j->value, "0123456789") != n)
		return no(j, "%s", tr("工作代码应是6至12位数字，请工作人员重新输入。"));
	return true;
}

static bool judge_credit_code(const struct judging *j)
{
	size_t n = utf8_length(j->value);
	switch (credit_code_judge(j->value)) {
	case CREDIT_LENGTH:
		return no(j, tr("统一社会信用代码应是18位，您输入了%zu位，请对照营业执照改正。"), n);
	case CREDIT_SIGNS:
		return no(j, "%s", tr("统一社会信用代码里没有字母I、O、S、V、Z和其他符号，请对照营业执照改正。"));
	case CREDIT_CHECK:
	case CREDIT_GOOD:
		break;
	}
	return true;
}

static const char *advise_credit_code(const char *value)
{
	return credit_code_judge(value) == CREDIT_CHECK
		? tr("这个代码的校验位对不上，请对照营业执照核对。确认没有错，请再按一次“继续”。")
		: NULL;
}

static bool judge_date(const struct judging *j)
{
	int day = strlen(j->value) == 8 && strspn(j->value, "0123456789") == 8 ? (int)strtol(j->value, NULL, 10) : 0;
	return (day && date_real(day / 10000, day / 100 % 100, day % 100)) ||
		no(j, "%s", tr("这不是一个日期。请输入八位数字：四位年、两位月、两位日。"));
}

static bool judge_school_end(const struct judging *j)
{
	if (!judge_date(j))
		return false;
	const char *from = j->answers ? answers_text(j->answers, "school_from") : "";
	return strcmp(from, j->value) <= 0 || no(j, "%s", tr("结束的日期在开始的日期以前，请核对。"));
}

/* What is claimed has to agree with what was said before; the papers are the counter's matter. */
static bool judge_stable(const struct judging *j)
{
	if (strcmp(j->value, "employment") == 0 && j->answers &&
		strcmp(answers_text(j->answers, "employed"), "yes") != 0)
		return no(j, "%s", tr("前面填写的是没有工作。请选别的一条，或返回修改就业情况。"));
	if (strcmp(j->value, "study") == 0 && j->answers && strcmp(answers_text(j->answers, "studying"), "yes") != 0)
		return no(j, "%s", tr("前面填写的是不在读。请选别的一条，或返回修改就读情况。"));
	return true;
}

static const struct check {
	const char *name;
	void (*normalise)(char *value, size_t size);
	bool (*judge)(const struct judging *j); /* NULL: anything that may be stored */
} checks[] = {
	{ "cn-name", check_text_name, judge_name },               /* Resident Identity Card Law art. 4; GB 18030-2022 */
	{ "cn-id-number", check_text_code, judge_id },            /* GB 11643-1999 */
	{ "cn-id-applicant", check_text_code, judge_applicant },  /* and State Council notice 2018 No. 81 */
	{ "cn-id-agent", check_text_code, judge_agent },          /* and Civil Code art. 17, 18: of age */
	{ "cn-mobile", check_text_phone, judge_mobile },          /* MIIT numbering plan: 13x to 19x */
	{ "household-region", check_text_code, judge_region },    /* GB/T 2260; who is in scope: domain file 3.1 */
	{ "household-address", check_text_line, judge_address },  /* as on the identity card: domain file 2.5 */
	{ "counter-code", check_text_code, judge_counter_code },  /* this program's own */
	{ "cn-credit-code", check_text_code, judge_credit_code }, /* GB 32100-2015 */
	{ "date", check_text_code, judge_date },                  /* YYYYMMDD, as GB/T 7408 writes it */
	{ "school-end", check_text_code, judge_school_end },      /* and not before school_from */
	{ "stable-condition", check_text_line, judge_stable },    /* Interim Regulations on Residence Permits art. 2 */
	{ "free-text", check_text_line, NULL },
};

static const struct check *find(const char *name)
{
	for (size_t i = 0; name && i < sizeof checks / sizeof *checks; i++)
		if (strcmp(checks[i].name, name) == 0)
			return &checks[i];
	return NULL;
}

bool check_known(const char *name)
{
	return find(name) != NULL;
}

const char *check_advice(const struct question *q, const char *value)
{
	return q->check && strcmp(q->check, "cn-credit-code") == 0 && *value ? advise_credit_code(value) : NULL;
}

static bool judge_answer(const struct question *q, const struct check *check, const struct judging *j)
{
	size_t n = utf8_length(j->value);
	if (n == 0 && q->optional)
		return true;
	if (n == 0)
		return no(j, q->type == QUESTION_TEXT ? tr("请填写“%s”。") : tr("请选择“%s”。"), tr(q->label));
	if (q->type == QUESTION_CHOICE && !option_label(q, j->value))
		return no(j, tr("“%s”请从列出的选项中选择一项。"), tr(q->label));
	if (check && check->judge && !check->judge(j))
		return false;
	if (q->type == QUESTION_TEXT && q->max > 0 && n > q->max)
		return no(j, tr("“%s”最多%u个字，现在有%zu个字，请缩短。"), tr(q->label), q->max, n);
	return true;
}

bool check_answer(const struct question *q, const char *typed, const struct answers *answers, const struct facts *facts,
	char *ret_value, size_t size, char *ret_why, size_t why_size)
{
	char value[ANSWER_VALUE_MAX + 1];
	const struct check *check = find(q->check);
	struct judging j = { value, answers, facts ? facts->today : clock_today(), ret_why, why_size };

	typed = typed ? typed : "";
	bool good = utf8_clean(value, sizeof value, typed, strlen(typed), ANSWER_VALUE_MAX);
	if (!good) {
		no(&j, tr("“%s”中有不能使用的字符，或者太长，请重新填写。"), tr(q->label));
	} else {
		if (check)
			check->normalise(value, sizeof value);
		else if (q->type == QUESTION_TEXT)
			check_text_line(value, sizeof value);
		good = judge_answer(q, check, &j);
		if (!str_copy(ret_value, size, value) && good)
			good = no(&j, tr("“%s”太长，请缩短。"), tr(q->label));
	}
	explicit_bzero(value, sizeof value);
	return good;
}
