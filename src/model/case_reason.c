#include "model/case_reason.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "model/case.h"
#include "model/case_move.h"

static const char WAYBILL[] = "waybill ", RATING[] = "rating ", REVISION[] = "revision ";
static const char *const kinds[] = { [REVISION_SUPPLEMENT] = "supplement", [REVISION_PICKUP] = "pickup" };

static bool begins(const char *text, const char *word)
{
	return strncmp(text, word, strlen(word)) == 0;
}

/* UPU S10: two letters, eight digits, their check digit, two letters of the country. */
static bool s10_good(const char *w)
{
	static const char weights[] = "86423597";
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	unsigned sum = 0;

	if (strspn(w, letters) != 2 || strspn(w + 2, "0123456789") != 9 || strcmp(w + 11, "CN") != 0)
		return false;
	for (unsigned i = 0; i < 8; i++)
		sum += (unsigned)(w[2 + i] - '0') * (unsigned)(weights[i] - '0');
	unsigned check = 11 - sum % 11;
	return (unsigned)(w[10] - '0') == (check == 10 ? 0 : check == 11 ? 5 : check);
}

bool waybill_good(const char *waybill)
{
	if (strlen(waybill) != 13)
		return false;
	return strspn(waybill, "0123456789") == 13 || s10_good(waybill);
}

bool case_reason_waybill(const char *waybill, char out[static REASON_SIZE])
{
	if (!waybill_good(waybill))
		return false;
	snprintf(out, REASON_SIZE, "%s%s", WAYBILL, waybill);
	return true;
}

const char *case_waybill(const struct case_event *v)
{
	if (v->to != CASE_SHIPPED || v->from == v->to || !begins(v->reason, WAYBILL))
		return NULL;
	const char *waybill = v->reason + strlen(WAYBILL);
	return waybill_good(waybill) ? waybill : NULL;
}

bool case_reason_rating(unsigned grade, char out[static REASON_SIZE])
{
	if (grade < 1 || grade > 5)
		return false;
	snprintf(out, REASON_SIZE, "%s%u", RATING, grade);
	return true;
}

unsigned case_rating(const struct case_event *v)
{
	if (v->from != v->to || !case_is_ended(v->to) || !begins(v->reason, RATING))
		return 0;
	const char *grade = v->reason + strlen(RATING);
	return grade[0] >= '1' && grade[0] <= '5' && grade[1] == '\0' ? (unsigned)(grade[0] - '0') : 0;
}

void case_reason_revision(uint64_t revision, enum revision_kind kind, char out[static REASON_SIZE])
{
	snprintf(out, REASON_SIZE, "%s%" PRIu64 " %s", REVISION, revision, kinds[kind]);
}

bool case_revision(const struct case_event *v, uint64_t *ret_revision, enum revision_kind *ret_kind)
{
	char again[REASON_SIZE];
	uint64_t revision = 0;
	bool note = v->from == v->to;

	if (!begins(v->reason, REVISION) || sscanf(v->reason + strlen(REVISION), "%6" SCNu64, &revision) != 1)
		return false;
	enum revision_kind kind = note ? REVISION_PICKUP : REVISION_SUPPLEMENT;
	case_reason_revision(revision, kind, again);
	if (revision < 2 || strcmp(again, v->reason) != 0 ||
		!(note ? case_pickup_open(v->to) : v->from == CASE_SUPPLEMENT && v->to == CASE_SUBMITTED))
		return false;
	*ret_revision = revision;
	*ret_kind = kind;
	return true;
}

bool case_reason_free(const char *reason)
{
	/* A paragraph may have several lines; everything else that is not shown is refused. */
	char line[CASE_REASON_MAX + 1];
	size_t n = strlen(reason);

	if (n > CASE_REASON_MAX || begins(reason, WAYBILL) || begins(reason, RATING) || begins(reason, REVISION))
		return false;
	memcpy(line, reason, n + 1);
	for (char *c = line; (c = strchr(c, '\n')); c++)
		*c = ' ';
	return n == 0 || utf8_plain(line);
}
