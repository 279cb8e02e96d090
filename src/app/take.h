#ifndef APP_TAKE_H
#define APP_TAKE_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/services.h"

struct app;

/*
 * Takes an opened file into the filing: inspected by juzhu-inspect (the kiosk decodes nothing), judged by the rules of a photo
 * or of a material, then read once and attached as `name`. ret_about: "JPEG 358x441, 18 KB". False: ret_why holds translated
 * sentences, one a line; then nothing was attached.
 */
bool take_file(struct app *app, int fd, const char *name, bool photo, char *ret_about, size_t about_size, char *ret_why,
	size_t why_size);

/* Of the file that was taken last, as services.h says. */
size_t take_findings(struct app *app, struct finding_view out[static FINDINGS_MAX]);

#endif
