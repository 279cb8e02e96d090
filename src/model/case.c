#include "model/case.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "model/answers.h"

const char *case_state_label(enum case_state s)
{
	static const struct {
		enum case_state state;
		const char *label;
	} labels[] = {
		{ CASE_SUBMITTED, N_("已提交，等待受理") },
		{ CASE_ACCEPTED, N_("已受理") },
		{ CASE_REFUSED, N_("不予受理") },
		{ CASE_SUPPLEMENT, N_("需要补充材料") },
		{ CASE_SUPPLEMENT_EXPIRED, N_("逾期未补充材料") },
		{ CASE_REVIEW, N_("审核中") },
		{ CASE_APPROVED, N_("审核通过") },
		{ CASE_DENIED, N_("审核不通过") },
		{ CASE_MAKING, N_("制证中") },
		{ CASE_SHIPPED, N_("已寄出") },
		{ CASE_READY, N_("可以领取") },
		{ CASE_RETURNED, N_("投递失败，已退回") },
		{ CASE_COLLECTED, N_("已领取") },
		{ CASE_DONE, N_("已办结") },
		{ CASE_WITHDRAWN, N_("已撤回") },
	};

	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (labels[i].state == s)
			return labels[i].label;
	return NULL;
}

void case_record_destroy(struct case_record *c)
{
	if (!c)
		return;
	free(c->item);
	free(c->station);
	free(c->envelope);
	answers_destroy(c->answers);
	for (size_t i = 0; i < c->n_files; i++) {
		free(c->files[i].name);
		free(c->files[i].mime);
	}
	free(c->files);
	for (size_t i = 0; i < c->n_events; i++) {
		free(c->events[i].actor);
		free(c->events[i].station);
		str_wipe_free(c->events[i].reason);
	}
	free(c->events);
	free(c);
}
