#ifndef APP_SUBMIT_H
#define APP_SUBMIT_H

#include <stdbool.h>

struct app;

/*
 * Submits the open filing: validates the whole route, one transaction, and only after it the receipt, built from the stored
 * case. True: the case is stored and the receipt page has been left; false: nothing was stored, the person was told why.
 */
bool submit_run(struct app *app);
/* The receipt of the filing that was submitted (filing.number); until the person leaves it. */
void submit_show(struct app *app);

#endif
