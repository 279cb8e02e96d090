#ifndef APP_UPKEEP_H
#define APP_UPKEEP_H

#include <stdbool.h>

struct app;

/*
 * What the kiosk does for itself while nobody is there: ends cases whose time for supplementing is over, deletes what is old,
 * keeps the reserve of disk, looks whether the next filing can be stored. At the start, and then once a day.
 */
void upkeep_run(struct app *app);
int upkeep_wait_ms(const struct app *app); /* until it is due again */
/* Is there room for a filing? Else app->trouble says what is wrong, for staff. */
bool upkeep_space(struct app *app);

#endif
