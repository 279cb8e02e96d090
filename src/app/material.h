#ifndef APP_MATERIAL_H
#define APP_MATERIAL_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/services.h"

struct app;

/*
 * A material between being chosen and the applicant having seen it: the inspector looks at a copy of the file and reads it while the
 * screen waits; then it is judged, attached to the filing under its name, and what was read is put beside what was typed. A further file
 * of a material is judged together with those before it: what they say is kept until material_drop, after that they are read again.
 */
/* Reads the file and begins; `name` as model/file_name.h. False: ret_why is a translated sentence, the filing is as it was. */
bool material_begin(struct app *app, int fd, const char *name, char *ret_why, size_t why_size);
/* Those of struct services; ctx is the app. */
enum check_state material_poll(void *ctx, char *ret_about, size_t about_size, char *ret_why, size_t why_size);
void material_show(void *ctx, struct material_view *ret);
void material_stop(void *ctx);          /* gives up what is being looked at; what was taken stays */
void material_drop(void *ctx);          /* the same, and wipes what was found */
int material_fd(const struct app *app); /* to wait for reading; -1: nothing is looked at */

#endif
