#ifndef APP_REGISTRATION_H
#define APP_REGISTRATION_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/services.h"

/* The registration that an item builds on; what screen kinds ask of it (ui/services.h). ctx: the app. */
bool registration_open(void *ctx, const char *typed, const char *query, enum receipt_row *ret_row, char *ret_why,
	size_t why_size);
bool registration_application(void *ctx, char ret_number[static 21]);
bool registration_remind(void *ctx);
void registration_center(void *ctx, struct center *ret);

#endif
