#include "model/retention.h"

#include "model/case.h"

static const struct {
	int state;
	const char *word;
} words[] = {
	{ CASE_SUBMITTED, "submitted" },
	{ CASE_ACCEPTED, "accepted" },
	{ CASE_REFUSED, "refused" },
	{ CASE_SUPPLEMENT, "supplement" },
	{ CASE_SUPPLEMENT_EXPIRED, "supplement-expired" },
	{ CASE_REVIEW, "review" },
	{ CASE_APPROVED, "approved" },
	{ CASE_DENIED, "denied" },
	{ CASE_MAKING, "making" },
	{ CASE_SHIPPED, "shipped" },
	{ CASE_READY, "ready" },
	{ CASE_RETURNED, "returned" },
	{ CASE_COLLECTED, "collected" },
	{ CASE_DONE, "done" },
	{ CASE_WITHDRAWN, "withdrawn" },
};
#define N_WORDS (sizeof words / sizeof words[0])
_Static_assert(N_WORDS <= RETENTION_STATES_MAX, "struct retention holds every state");

const char *retention_word(int state)
{
	for (size_t i = 0; i < N_WORDS; i++)
		if (words[i].state == state)
			return words[i].word;
	return NULL;
}

int retention_state(size_t i)
{
	return i < N_WORDS ? words[i].state : 0;
}
