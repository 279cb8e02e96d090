#ifndef APP_PHOTO_H
#define APP_PHOTO_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/services.h"

struct app;

/*
 * The photo between being chosen and being taken: the inspector looks at a copy of the file while the screen waits; then what it
 * found is judged here, shown, and the file itself or the one cut out of it becomes the filing's attachment. The functions
 * are those of struct services; ctx is the app.
 */
/* Reads the file and begins. False: ret_why is a translated sentence. */
bool photo_begin(struct app *app, int fd, char *ret_why, size_t why_size);
enum check_state photo_poll(void *ctx, struct photo_view *ret);
bool photo_accept(void *ctx, const char *name, bool fixed, char *ret_about, size_t about_size, char *ret_why,
	size_t why_size);
void photo_drop(void *ctx);          /* wipes the copy and the pictures */
int photo_fd(const struct app *app); /* to wait for reading while it is looked at; -1: nothing to wait for */

#endif
