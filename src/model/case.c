#include "model/case.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "model/answers.h"

static const struct {
	int state;
	const char *word, *label;
} states[] = {
	{ CASE_SUBMITTED, "submitted", N_("已提交，等待受理") },
	{ CASE_ACCEPTED, "accepted", N_("已受理") },
	{ CASE_REFUSED, "refused", N_("不予受理") },
	{ CASE_SUPPLEMENT, "supplement", N_("需要补充材料") },
	{ CASE_SUPPLEMENT_EXPIRED, "supplement-expired", N_("逾期未补充材料") },
	{ CASE_REVIEW, "review", N_("审核中") },
	{ CASE_APPROVED, "approved", N_("审核通过") },
	{ CASE_DENIED, "denied", N_("审核不通过") },
	{ CASE_MAKING, "making", N_("制证中") },
	{ CASE_SHIPPED, "shipped", N_("已寄出") },
	{ CASE_READY, "ready", N_("可以领取") },
	{ CASE_RETURNED, "returned", N_("投递失败，已退回") },
	{ CASE_COLLECTED, "collected", N_("已领取") },
	{ CASE_DONE, "done", N_("已办结") },
	{ CASE_WITHDRAWN, "withdrawn", N_("已撤回") },
};
enum { N_STATES = sizeof states / sizeof *states };

const char *case_state_label(enum case_state s)
{
	for (size_t i = 0; i < N_STATES; i++)
		if (states[i].state == (int)s)
			return states[i].label;
	return NULL;
}

const char *case_state_word(int state)
{
	for (size_t i = 0; i < N_STATES; i++)
		if (states[i].state == state)
			return states[i].word;
	return NULL;
}

int case_state_of(const char *word)
{
	for (size_t i = 0; i < N_STATES; i++)
		if (strcmp(states[i].word, word) == 0)
			return states[i].state;
	return 0;
}

int case_state_at(size_t i)
{
	return i < N_STATES ? states[i].state : 0;
}

static void files_free(struct case_file *files, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		free(files[i].name);
		free(files[i].mime);
	}
	free(files);
}

void case_record_destroy(struct case_record *c)
{
	if (!c)
		return;
	free(c->item);
	free(c->station);
	free(c->envelope);
	answers_destroy(c->answers);
	files_free(c->files, c->n_files);
	files_free(c->replaced, c->n_replaced);
	for (size_t i = 0; i < c->n_revisions; i++)
		free(c->revisions[i].envelope);
	free(c->revisions);
	for (size_t i = 0; i < c->n_events; i++) {
		free(c->events[i].actor);
		free(c->events[i].station);
		str_wipe_free(c->events[i].reason);
	}
	free(c->events);
	free(c);
}
