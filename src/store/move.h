#ifndef STORE_MOVE_H
#define STORE_MOVE_H

#include <stdbool.h>
#include <stdint.h>

#include "model/case_move.h"
#include "model/case_reason.h"

struct err;
struct sealed_case;
struct store;

/*
 * What happens to a case after it was filed. Every function is one BEGIN IMMEDIATE transaction: state, event, audit row (and
 * envelope) together or not at all. An event is never earlier than the last one of its case, whatever the clock says. A COMMIT
 * whose outcome is unknown is looked up: true means that it is in the file, false that it is not, or the text says that
 * nobody knows (then trying again is safe: it is refused when it was done).
 */
struct case_move {
	int from;              /* the state that the caller saw */
	int to;                /* from == to: a note; only a rating is one (case_reason_rating) */
	size_t events;         /* how many events the caller saw; 0: the state is enough */
	enum case_actor actor; /* in whose right */
	const char *name;      /* who that was, at most CASE_NAME_MAX bytes; NULL or "": not said */
	const char *reason;    /* NULL: none; what the rule of the move needs (model/case_move.h) */
	bool card;             /* the item ends in a card (struct item) */
};

/*
 * ERR_NO: no such case; it is not in `from` any more, or has been elsewhere and back (the text says what it is now: another
 * terminal was quicker); the move is not allowed (the text says which are); the reason is not what the move needs; rated
 * already. Nothing has changed then.
 */
bool store_case_move(struct store *s, const char *number, const struct case_move *m, struct err *e);

/*
 * Adds revision c->head.revision to the case c->head.number: an envelope with what was added or changed and nothing else
 * (seal/revision.h), sealed with revision_key. The ones before stay as they are. REVISION_SUPPLEMENT moves the case from
 * SUPPLEMENT to SUBMITTED, until the last day that the counter set; REVISION_PICKUP leaves its state, and is allowed while the
 * card is not made. `events`: how many the caller saw. ERR_NO: no such case; more events or a newer revision (load the case
 * again); the state does not allow it; the last day is over; too many revisions.
 */
bool store_case_revise(struct store *s, const struct sealed_case *c, enum revision_kind kind, size_t events,
	struct err *e);

/*
 * Moves every case whose time for supplementing is over (model/case_shortfall.h) to SUPPLEMENT_EXPIRED, each in a transaction
 * of its own. `each` gets the number of every such case, NULL: nobody. dry_run: only says.
 */
bool store_case_expire(struct store *s, bool dry_run, void (*each)(void *ctx, const char *number), void *ctx,
	unsigned *ret_n, struct err *e);

#endif
