#ifndef APP_PAPER_H
#define APP_PAPER_H

#include <stdbool.h>

struct app;
struct case_record;
struct item;
struct receipt;

/* What the kiosk prints about a case that is open: its receipt, as often as it is asked for. */

/* In the language of the moment; `query` is the case's query code. Yours: receipt_destroy. */
struct receipt *paper_receipt(const struct app *app, const struct case_record *c, const struct item *item,
	const char *query);
/* Works through the printing job of this case; a job that failed stays and can be repeated. False: nothing was printed. */
bool paper_print_job(struct app *app, const char *number, const struct receipt *r);
/* Once more, with a job of its own. */
bool paper_print_again(struct app *app, const char *number, const struct receipt *r);
/* A paper that is not the receipt and has no job: `part` tells it apart for the printer. */
bool paper_print_other(struct app *app, const char *number, const char *part, const struct receipt *r);

#endif
