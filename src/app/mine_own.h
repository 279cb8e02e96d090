#ifndef APP_MINE_OWN_H
#define APP_MINE_OWN_H

#include <stdbool.h>

#include "app/session.h"
#include "model/case_reason.h"
#include "model/casenum.h"
#include "seal/code.h"

struct app;
struct case_record;
struct err;
struct item;
struct kind;
struct screen;
struct shortfalls;

/* Between the files of "my cases"; everything here is personal and wiped when it is left. */

/* What a page came to: the id of the pressed row, or one of these. */
enum { MINE_BACK = -1, MINE_OVER = -2 }; /* Esc; the session is over: unwind at once */

/* Begins a page at its top; mine_turn then waits until a row is pressed, Esc, or the session is over. */
void mine_begin(struct app *app);
int mine_turn(struct app *app, describe_fn *describe, void *ctx);
/* A page of its own with one sentence and "back". False: the session is over. */
bool mine_tell(struct app *app, const char *title, const char *text);

/* One screen of an item over app->filing, as in the wizard. */
enum mine_screen { MINE_SCREEN_DONE, MINE_SCREEN_BACK, MINE_SCREEN_OVER };
enum mine_screen mine_screen(struct app *app, const struct screen *screen, const char *item_title);
/* The same, begun on its row `id` and done when the screen shows that row again. */
enum mine_screen mine_screen_row(struct app *app, const struct screen *screen, const char *item_title, int id);

/* A case that the code of its receipt opened. */
struct mine_case {
	struct app *app;
	struct case_record *record;
	const struct item *item; /* NULL: it is not offered here any more */
	unsigned char key[32];
	char query[QUERY_CODE_LENGTH + 1];
	bool plain; /* names and numbers in full */
	int at;     /* row of the action that was done last; 0: none */
	bool stale; /* it cannot be opened any more */
};

/* mine_code.c: the way in by the receipt. `number`: it is known already, "" asks for it. False: the session is over. */
bool mine_by_code(struct app *app, const char *number);
/* mine_person.c: the way in by a verified person. False: the session is over. */
bool mine_by_person(struct app *app);
bool mine_person_possible(const struct app *app);

/* mine_case.c: the pages of one case. False: the session is over. */
bool mine_case_run(struct mine_case *m);
/* Loads it again after something was changed. False: it cannot be opened any more; e says why. */
bool mine_case_reload(struct mine_case *m, struct err *e);
/* Rows of the pages: mine_answers.c, mine_history.c. The item of the case is known. */
void mine_add_answers(const struct mine_case *m, struct page *p);
void mine_add_materials(const struct mine_case *m, struct page *p);
void mine_add_history(const struct mine_case *m, struct page *p);
/*
 * What can be done with a case: is it offered now, and doing it; false: the session is over. mine_print.c, mine_act.c,
 * mine_supplement.c.
 */
bool mine_reprint_offered(const struct mine_case *m);
bool mine_reprint(struct mine_case *m);
bool mine_certificate_offered(const struct mine_case *m);
bool mine_certificate(struct mine_case *m);
bool mine_withdraw_offered(const struct mine_case *m);
bool mine_withdraw(struct mine_case *m);
bool mine_rate_offered(const struct mine_case *m);
bool mine_rate(struct mine_case *m);
bool mine_pickup_offered(const struct mine_case *m);
bool mine_pickup(struct mine_case *m);
bool mine_supplement_offered(const struct mine_case *m);
/* Why a case that waits for it cannot be supplemented here; NULL: it can, or does not wait. Key of the catalogue. */
const char *mine_supplement_not_here(const struct mine_case *m);
bool mine_supplement(struct mine_case *m);
unsigned mine_rating(const struct mine_case *m); /* 1-5; 0: not rated */
const char *mine_grade(unsigned rating);         /* key of the catalogue */
const char *mine_shortfall_title(const struct mine_case *m, const struct shortfalls *missing,
	unsigned i); /* translated */

/* mine_change.c. app->filing becomes the case as it is, to be changed; the caller finishes it. */
void mine_working_copy(struct mine_case *m);
/* Stores what app->filing has changed, as a revision. ERR_NO: the case is not as it was seen any more. */
bool mine_revise(struct mine_case *m, enum revision_kind kind, struct err *e);
/* After a change, done or refused (`why`): loads the case again and says what came of it. False: the session is over. */
bool mine_changed(struct mine_case *m, bool done, const struct err *why, const char *title, const char *said);

/* mine_text.c: what a state means and what is to be done next; keys of the catalogue, "" nothing. */
const char *mine_state_meaning(int state);
const char *mine_state_next(int state);

#endif
