#ifndef MODEL_CASE_MOVE_H
#define MODEL_CASE_MOVE_H

#include <stdbool.h>
#include <stddef.h>

struct err;

/*
 * Who may move a case from which state to which (domain file 8.2), as one table. Pure: the store asks it inside the
 * transaction that moves (store/case_store.h), pages and programs ask it to know what to offer.
 */
enum case_actor { ACTOR_APPLICANT = 1, ACTOR_CENTER = 2, ACTOR_POLICE = 4, ACTOR_SYSTEM = 8 };

enum case_card { CARD_ANY, CARD_ONLY, CARD_NONE }; /* of an item: CARD_ONLY it ends in a card, CARD_NONE it does not */

/* What the reason of the event has to be; the formats are those of model/case_reason.h and model/case_shortfall.h. */
enum case_need {
	NEED_NOTHING,   /* may be empty */
	NEED_REASON,    /* some text: the law wants reasons in writing */
	NEED_SHORTFALL, /* everything that is missing, with the last day */
	NEED_WAYBILL,   /* the parcel's number */
};

struct case_move_rule {
	int from, to;        /* enum case_state; from 0: submission */
	unsigned who;        /* of enum case_actor */
	enum case_card card; /* which items */
	enum case_need need;
};

enum { CASE_REASON_MAX = 8000, CASE_NAME_MAX = 40 }; /* bytes; of a reason, of an actor's own name */

/* The rule for this move, NULL: nobody may. `card` CARD_ONLY or CARD_NONE. */
const struct case_move_rule *case_move_rule(int from, int to, enum case_card card);
/*
 * May `actor` make this move, and is the reason what the rule needs? ERR_NO: a sentence that says what is allowed from
 * `from` for this item and who may.
 */
bool case_move_allowed(int from, int to, enum case_actor actor, enum case_card card, const char *reason, struct err *e);

/* Nothing more follows: refused, expired, denied, collected, done, withdrawn. Any other number is neither open nor ended. */
bool case_is_open(int state);
bool case_is_ended(int state);
/* The card is not made yet: how it will be handed over can be changed. */
bool case_pickup_open(int state);
bool case_withdraw_open(int state); /* the applicant may withdraw */

/* English word of one actor ("center"), NULL: not exactly one. 0: no such word. */
const char *case_actor_word(enum case_actor a);
enum case_actor case_actor_of(const char *word);
/* "center", or "center:Wang" with a name. The text of an event; false when the name is too long or not plain. */
bool case_actor_text(enum case_actor a, const char *name, char *out, size_t size);

#endif
