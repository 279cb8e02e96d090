#include "model/case_move.h"

#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"
#include "base/utf8.h"
#include "model/case.h"
#include "model/case_reason.h"
#include "model/case_shortfall.h"

/*
 * Domain file 8.2, row by row. Where it leaves something open:
 * - "30 from 10, 40 by center/police": both may from both states, as it is written.
 * - 10 from 30: supplementing brings a revision with it (store_case_revise). The same move without one needs a reason: what was
 *   missing was shown at the counter.
 * - 31, 90: only the system. The program asks for 90 after an approval by itself (`juzhu case move`, when it has approved).
 * - 00 DRAFT is no state of a case here: drafts are encrypted apart and end with the session; withdrawing one deletes it.
 */
static const struct case_move_rule rules[] = {
	{ 0, CASE_SUBMITTED, ACTOR_APPLICANT, CARD_ANY, NEED_NOTHING },
	{ CASE_SUBMITTED, CASE_ACCEPTED, ACTOR_CENTER, CARD_ANY, NEED_NOTHING },
	{ CASE_SUBMITTED, CASE_REFUSED, ACTOR_CENTER, CARD_ANY, NEED_REASON },
	{ CASE_SUBMITTED, CASE_SUPPLEMENT, ACTOR_CENTER | ACTOR_POLICE, CARD_ANY, NEED_SHORTFALL },
	{ CASE_SUBMITTED, CASE_WITHDRAWN, ACTOR_APPLICANT, CARD_ANY, NEED_NOTHING },
	{ CASE_ACCEPTED, CASE_REVIEW, ACTOR_POLICE, CARD_ANY, NEED_NOTHING },
	{ CASE_SUPPLEMENT, CASE_SUBMITTED, ACTOR_APPLICANT, CARD_ANY, NEED_REASON },
	{ CASE_SUPPLEMENT, CASE_SUPPLEMENT_EXPIRED, ACTOR_SYSTEM, CARD_ANY, NEED_NOTHING },
	{ CASE_SUPPLEMENT, CASE_WITHDRAWN, ACTOR_APPLICANT, CARD_ANY, NEED_NOTHING },
	{ CASE_REVIEW, CASE_SUPPLEMENT, ACTOR_CENTER | ACTOR_POLICE, CARD_ANY, NEED_SHORTFALL },
	{ CASE_REVIEW, CASE_APPROVED, ACTOR_POLICE, CARD_ANY, NEED_NOTHING },
	{ CASE_REVIEW, CASE_DENIED, ACTOR_POLICE, CARD_ANY, NEED_REASON },
	{ CASE_APPROVED, CASE_MAKING, ACTOR_POLICE, CARD_ONLY, NEED_NOTHING },
	{ CASE_APPROVED, CASE_DONE, ACTOR_SYSTEM, CARD_NONE, NEED_NOTHING },
	{ CASE_MAKING, CASE_SHIPPED, ACTOR_CENTER, CARD_ONLY, NEED_WAYBILL },
	{ CASE_MAKING, CASE_READY, ACTOR_CENTER, CARD_ONLY, NEED_NOTHING },
	{ CASE_SHIPPED, CASE_RETURNED, ACTOR_CENTER, CARD_ONLY, NEED_NOTHING },
	{ CASE_SHIPPED, CASE_COLLECTED, ACTOR_CENTER, CARD_ONLY, NEED_NOTHING },
	{ CASE_READY, CASE_COLLECTED, ACTOR_CENTER, CARD_ONLY, NEED_NOTHING },
	{ CASE_RETURNED, CASE_READY, ACTOR_CENTER, CARD_ONLY, NEED_NOTHING },
};
enum { N_RULES = sizeof rules / sizeof *rules };

static const struct {
	enum case_actor actor;
	const char *word;
} actors[] = {
	{ ACTOR_APPLICANT, "applicant" },
	{ ACTOR_CENTER, "center" },
	{ ACTOR_POLICE, "police" },
	{ ACTOR_SYSTEM, "system" },
};
enum { N_ACTORS = sizeof actors / sizeof *actors };

static bool fits(const struct case_move_rule *r, int from, enum case_card card)
{
	return r->from == from && (r->card == CARD_ANY || r->card == card);
}

const struct case_move_rule *case_move_rule(int from, int to, enum case_card card)
{
	for (size_t i = 0; i < N_RULES; i++)
		if (fits(&rules[i], from, card) && rules[i].to == to)
			return &rules[i];
	return NULL;
}

/* The i-th rule from this state for such an item, in the order of the table; NULL behind the last. */
static const struct case_move_rule *rule_from(int from, enum case_card card, size_t i)
{
	for (size_t k = 0; k < N_RULES; k++)
		if (fits(&rules[k], from, card) && i-- == 0)
			return &rules[k];
	return NULL;
}

/* "accepted (center), refused (center)" */
static void list_moves(int from, enum case_card card, struct str *out)
{
	const struct case_move_rule *r;

	for (size_t i = 0; (r = rule_from(from, card, i)); i++) {
		str_addf(out, "%s%s (", i == 0 ? "" : ", ", case_state_word(r->to));
		const char *between = "";
		for (size_t k = 0; k < N_ACTORS; k++)
			if (r->who & actors[k].actor) {
				str_addf(out, "%s%s", between, actors[k].word);
				between = " or ";
			}
		str_add(out, ")");
	}
}

static bool refuse(int from, int to, enum case_actor actor, enum case_card card, struct err *e)
{
	const char *is = case_state_word(from), *wanted = case_state_word(to), *who = case_actor_word(actor);
	struct str moves;

	if (case_is_ended(from))
		return err_set(e, ERR_NO, "the case is %s, which is an end: it cannot be moved any more", is);
	str_init(&moves, 400);
	list_moves(from, card, &moves);
	err_set(e, ERR_NO, "a case of this kind that is %s cannot be moved to %s by the %s; from here: %s",
		is ? is : "in no known state", wanted ? wanted : "that", who ? who : "one who asks",
		moves.len > 0 ? moves.text : "nothing");
	str_finish(&moves);
	return false;
}

static bool reason_fits(const struct case_move_rule *r, const char *reason, struct err *e)
{
	struct shortfalls missing;
	char made[REASON_SIZE];

	switch (r->need) {
	case NEED_NOTHING:
	case NEED_REASON:
		if (r->need == NEED_REASON && reason[0] == '\0')
			return err_set(e, ERR_NO, "moving a case to %s needs a reason, which the applicant will read",
				case_state_word(r->to));
		return case_reason_free(reason) ||
			err_set(e, ERR_NO,
				"the reason is too long, has characters that cannot be shown, or begins like one that only a program"
				" writes");
	case NEED_SHORTFALL:
		return case_shortfall_read(reason, &missing) ||
			err_set(e, ERR_NO, "moving a case to %s needs the list of everything that is missing",
				case_state_word(r->to));
	case NEED_WAYBILL:
		return (strncmp(reason, "waybill ", 8) == 0 && case_reason_waybill(reason + 8, made) &&
			       strcmp(made, reason) == 0) ||
			err_set(e, ERR_NO,
				"moving a case to %s needs the parcel's number: 13 digits, or two letters, nine digits and CN"
				" with a check digit that fits",
				case_state_word(r->to));
	}
	return false;
}

bool case_move_allowed(int from, int to, enum case_actor actor, enum case_card card, const char *reason, struct err *e)
{
	const struct case_move_rule *r = case_move_rule(from, to, card);

	if (!r || from == 0 || !(r->who & actor) || !case_actor_word(actor))
		return refuse(from, to, actor, card, e);
	return reason_fits(r, reason, e);
}

bool case_is_ended(int state)
{
	for (size_t i = 0; i < N_RULES; i++)
		if (rules[i].from == state)
			return false;
	return case_state_word(state) != NULL;
}

bool case_is_open(int state)
{
	return case_state_word(state) && !case_is_ended(state);
}

bool case_pickup_open(int state)
{
	return case_is_open(state) && state <= CASE_MAKING;
}

bool case_withdraw_open(int state)
{
	return case_move_rule(state, CASE_WITHDRAWN, CARD_ANY) != NULL;
}

const char *case_actor_word(enum case_actor a)
{
	for (size_t i = 0; i < N_ACTORS; i++)
		if (actors[i].actor == a)
			return actors[i].word;
	return NULL;
}

enum case_actor case_actor_of(const char *word)
{
	for (size_t i = 0; i < N_ACTORS; i++)
		if (strcmp(actors[i].word, word) == 0)
			return actors[i].actor;
	return 0;
}

bool case_actor_text(enum case_actor a, const char *name, char *out, size_t size)
{
	const char *word = case_actor_word(a);
	bool named = name && *name;

	if (!word || (named && (strlen(name) > CASE_NAME_MAX || !utf8_plain(name) || strchr(name, ':'))))
		return false;
	return snprintf(out, size, "%s%s%s", word, named ? ":" : "", named ? name : "") < (int)size;
}
