#include "store/move.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/str.h"
#include "model/case.h"
#include "seal/envelope.h"
#include "seal/revision.h"
#include "store/audit.h"
#include "store/db.h"

static const char MOVING[] = "moving the case", REVISING[] = "changing the case";

/* One change of a case: what is checked and written inside the transaction is the caller's. */
struct change {
	const char *number, *doing;
	const struct case_move *move; /* NULL: a revision */
	const struct sealed_case *sealed;
	enum revision_kind kind;
	size_t events; /* that were seen; 0: not compared */
};

static const char *word(int state)
{
	const char *w = case_state_word(state);
	return w ? w : "in no known state";
}

/*
 * A state can be left and come again: between 30 and 30 another supplement was taken and another list written, whose answer
 * this is not. Only the number of events tells.
 */
static bool as_seen(const struct change *c, const struct event_history *h, int now, struct err *e)
{
	return c->events == 0 || h->n == c->events ||
		err_set(e, ERR_NO,
			"the case is %s now, and was changed since it was looked at, somebody else was quicker; look at"
			" it again",
			word(now));
}

static bool state_of(struct store *s, const struct change *c, int *ret, struct err *e)
{
	sqlite3_stmt *q = db_query(s, SQL_CASE_STATE, "t", c->number);
	int code = sqlite3_step(q);
	if (code == SQLITE_ROW)
		*ret = sqlite3_column_int(q, 0);
	db_done(q);
	if (code == SQLITE_DONE)
		return err_set(e, ERR_NO, "there is no case with this number in %s", s->path);
	return code == SQLITE_ROW || db_fail_code(s, code, c->doing, e);
}

static bool newest_revision(struct store *s, const struct change *c, int64_t *ret, struct err *e)
{
	sqlite3_stmt *q = db_query(s, SQL_REVISION_NEWEST, "t", c->number);
	int code = sqlite3_step(q);
	if (code == SQLITE_ROW)
		*ret = sqlite3_column_int64(q, 0);
	db_done(q);
	return code == SQLITE_ROW || db_fail_code(s, code, c->doing, e);
}

/* State, event and audit row. */
static bool write_move(struct store *s, const struct change *c, int from, int to, const char *actor, const char *reason,
	enum audit_type type, const char *detail, struct err *e)
{
	int64_t at = 0;

	if (!db_event_time(s, c->number, &at, e))
		return false;
	if (from != to) {
		int code = db_exec(s, SQL_CASE_MOVE, "tii", c->number, (int64_t)from, (int64_t)to);
		if (code != SQLITE_DONE)
			return db_fail_code(s, code, c->doing, e);
	}
	return db_add_event(s, s->station, c->number, at, from, to, actor, reason, e) &&
		store_audit(s, type, c->number, detail, e);
}

static bool rated(struct store *s, const struct change *c, bool *ret, struct err *e)
{
	int code;

	*ret = false;
	sqlite3_stmt *q = db_query(s, SQL_EVENT_REASONS, "t", c->number);
	while ((code = sqlite3_step(q)) == SQLITE_ROW) {
		char reason[REASON_SIZE];
		if (!str_copy(reason, sizeof reason, db_text(q, 2)))
			continue; /* too long for a rating */
		*ret = *ret ||
			case_rating(&(struct case_event){ .from = sqlite3_column_int(q, 0),
				.to = sqlite3_column_int(q, 1),
				.reason = reason }) != 0;
	}
	db_done(q);
	return code == SQLITE_DONE || db_fail_code(s, code, c->doing, e);
}

static bool note(struct store *s, const struct change *c, const char *actor, const char *reason, struct err *e)
{
	const struct case_move *m = c->move;
	char copy[REASON_SIZE];
	bool before = false;
	bool good = str_copy(copy, sizeof copy, reason) && m->actor == ACTOR_APPLICANT &&
		case_rating(&(struct case_event){ .from = m->from, .to = m->to, .reason = copy }) != 0;

	if (!good)
		return err_set(e, ERR_NO,
			"the only note on a case is the applicant's rating, 1 to 5, after it has ended; it is %s",
			word(m->from));
	if (!rated(s, c, &before, e))
		return false;
	if (before)
		return err_set(e, ERR_NO, "the case was rated already; once is enough");
	return write_move(s, c, m->from, m->to, actor, reason, AUDIT_RATED, "", e);
}

static bool make_move(struct store *s, const struct change *c, struct err *e)
{
	const struct case_move *m = c->move;
	const char *reason = m->reason ? m->reason : "";
	char actor[80], detail[AUDIT_TEXT_MAX + 1];
	struct event_history h;
	int now = 0;

	if (!case_actor_text(m->actor, m->name, actor, sizeof actor))
		return err_set(e, ERR_NO, "%s: who moves it has a name of at most %d bytes, without a colon", MOVING,
			CASE_NAME_MAX);
	if (!state_of(s, c, &now, e) || !db_event_history(s, c->number, &h, e))
		return false;
	if (now != m->from)
		return err_set(e, ERR_NO,
			"the case is not %s any more: it is %s now, somebody else was quicker; look at it again",
			word(m->from), word(now));
	if (!as_seen(c, &h, now, e))
		return false;
	if (m->from == m->to)
		return note(s, c, actor, reason, e);
	if (!case_move_allowed(m->from, m->to, m->actor, m->card ? CARD_ONLY : CARD_NONE, reason, e))
		return false;
	snprintf(detail, sizeof detail, "%d to %d, %s", m->from, m->to, actor);
	return write_move(s, c, m->from, m->to, actor, reason, AUDIT_MOVED, detail, e);
}

static bool revise(struct store *s, const struct change *c, struct err *e)
{
	const struct envelope_head *h = &c->sealed->head;
	char reason[REASON_SIZE];
	struct event_history history;
	int64_t newest = 0;
	int now = 0;

	if (!state_of(s, c, &now, e) || !newest_revision(s, c, &newest, e) ||
		!db_event_history(s, c->number, &history, e))
		return false;
	if (c->kind == REVISION_SUPPLEMENT ? now != CASE_SUPPLEMENT : !case_pickup_open(now))
		return err_set(e, ERR_NO, "the case is %s now: %s", word(now),
			c->kind == REVISION_SUPPLEMENT ? "nothing is to be supplemented any more"
						       : "how the card is handed over cannot be changed any more");
	if (h->revision != (uint64_t)newest + 1)
		return err_set(e, ERR_NO,
			"the case was changed in between, its newest revision is %" PRId64 "; look at it again",
			newest);
	if (!as_seen(c, &history, now, e))
		return false;
	if (c->kind == REVISION_SUPPLEMENT && history.until != 0 && clock_today() > history.until)
		return err_set(e, ERR_NO, "the last day for supplementing was %08d; the counter knows what can be done",
			history.until);
	if (h->revision > REVISIONS_MAX)
		return err_set(e, ERR_NO, "the case was changed %d times; the counter does what is left",
			REVISIONS_MAX - 1);
	int code = db_exec(s, SQL_REVISION_ADD, "tib", c->number, (int64_t)h->revision,
		(const void *)c->sealed->envelope, c->sealed->size);
	if (code != SQLITE_DONE)
		return db_fail_code(s, code, REVISING, e);
	case_reason_revision(h->revision, c->kind, reason);
	return db_add_parts(s, c->sealed, REVISING, e) &&
		write_move(s, c, now, c->kind == REVISION_SUPPLEMENT ? CASE_SUBMITTED : now,
			case_actor_word(ACTOR_APPLICANT), reason, AUDIT_REVISED, reason, e);
}

/* After a failed COMMIT the event may be in the file or not. A fresh connection sees what is final. */
static bool look_up(struct store *s, const struct change *c, const struct event_mark *mark, struct err *e)
{
	bool full = s->full; /* the reason of the failure, not of what follows */

	if (!db_ready(s, e))
		goto unknown;
	sqlite3_stmt *q = db_query(s, SQL_EVENT_THERE, "ttib", c->number, s->station, mark->seq,
		(const void *)mark->sum, sizeof mark->sum);
	int code = sqlite3_step(q);
	db_done(q);
	if (code != SQLITE_ROW && code != SQLITE_DONE) {
		db_fail_code(s, code, c->doing, e);
		goto unknown;
	}
	s->full = full;
	return code == SQLITE_ROW || err_add(e, "the case was not changed, nothing is lost; try again");
unknown:
	s->suspect = true;
	return err_add(e, "it is not known whether the case was changed; trying again is safe and will tell");
}

static bool change_once(struct store *s, const struct change *c, struct err *e)
{
	struct event_mark mark;

	if (!db_begin(s, c->doing, e))
		return false;
	bool ok = (c->move ? make_move(s, c, e) : revise(s, c, e)) && db_event_mark(s, s->station, c->number, &mark, e);
	if (!ok) {
		db_rollback(s);
		return false;
	}
	return db_commit(s, e) || look_up(s, c, &mark, e);
}

/* A full disk gives up the reserve: whoever has gathered everything that was missing shall not leave with nothing. */
static bool change(struct store *s, const struct change *c, struct err *e)
{
	s->full = false; /* the last failure may be long ago */
	if (change_once(s, c, e))
		return true;
	if (!s->full || !store_ballast_give(s))
		return false;
	if (!change_once(s, c, e))
		return false;
	struct err ignored;
	store_audit(s, AUDIT_BALLAST, "", "", &ignored);
	return true;
}

bool store_case_move(struct store *s, const char *number, const struct case_move *m, struct err *e)
{
	return change(s, &(struct change){ .number = number, .doing = MOVING, .move = m, .events = m->events }, e);
}

bool store_case_revise(struct store *s, const struct sealed_case *c, enum revision_kind kind, size_t events,
	struct err *e)
{
	struct change revision = { .number = c->head.number,
		.doing = REVISING,
		.sealed = c,
		.kind = kind,
		.events = events };
	return change(s, &revision, e);
}
