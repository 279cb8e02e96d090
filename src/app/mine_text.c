/* What a state means for the person, and what is to be done next (domain file 8.2). */
#include "app/mine_own.h"
#include "base/i18n.h"
#include "model/case.h"

static const struct {
	enum case_state state;
	const char *meaning, *next;
} STATES[] = {
	{ CASE_SUBMITTED, N_("已经收到您的申报，工作人员还没有受理。"),
		N_("请把要到窗口出示的原件尽早带去。受理以后才开始算办理的日子。") },
	{ CASE_ACCEPTED, N_("内容和材料齐全，已经受理。"), N_("请等候审核，不用再做什么。") },
	{ CASE_REFUSED, N_("这次申报没有受理，办理到此结束。"),
		N_("原因写在办理经过里。可以改好后重新申报，或到窗口询问。") },
	{ CASE_SUPPLEMENT, N_("有内容要补充，补齐以前停止计算办理的日子。"),
		N_("请选“补充材料”，在这里一次补齐；也可以带原件到窗口补。") },
	{ CASE_SUPPLEMENT_EXPIRED, N_("到期没有补充，办理到此结束。"), N_("请重新申报。") },
	{ CASE_REVIEW, N_("正在审核。"), N_("请等候，不用再做什么。") },
	{ CASE_APPROVED, N_("审核已经通过。"), N_("请等候下一步，不用再做什么。") },
	{ CASE_DENIED, N_("审核没有通过，办理到此结束。"), N_("原因写在办理经过里。不明白的请到窗口询问。") },
	{ CASE_MAKING, N_("审核已经通过，正在做证。"), N_("请等候。现在还可以改领取方式。") },
	{ CASE_SHIPPED, N_("证已经寄出，邮费到付。"), N_("请留意送件电话，收件时请出示身份证。") },
	{ CASE_READY, N_("证已经做好，可以领取。"), N_("请带身份证原件和回执到窗口领取。") },
	{ CASE_RETURNED, N_("寄出的证没有送到，退回来了。"), N_("请等候通知，或打咨询电话约好到窗口领取。") },
	{ CASE_COLLECTED, N_("证已经领取，办理完毕。"), "" },
	{ CASE_DONE, N_("已经办完。"), "" },
	{ CASE_WITHDRAWN, N_("您已经撤回，办理到此结束。"), N_("还想办的，请重新申报。") },
};

const char *mine_state_meaning(int state)
{
	for (size_t i = 0; i < sizeof STATES / sizeof *STATES; i++)
		if ((int)STATES[i].state == state)
			return STATES[i].meaning;
	return "";
}

const char *mine_state_next(int state)
{
	for (size_t i = 0; i < sizeof STATES / sizeof *STATES; i++)
		if ((int)STATES[i].state == state)
			return STATES[i].next;
	return "";
}
