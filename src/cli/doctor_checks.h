#ifndef CLI_DOCTOR_CHECKS_H
#define CLI_DOCTOR_CHECKS_H

#include <stdbool.h>
#include <stddef.h>

struct cli;

/* One look of `juzhu doctor`. `detail`: what was found, or what is wrong and the remedy. */
enum doctor_verdict { DOCTOR_PASS, DOCTOR_FAIL, DOCTOR_SKIP };
struct doctor_note {
	char text[700];
};

typedef enum doctor_verdict doctor_check(const struct cli *cli, struct doctor_note *note);

doctor_check doctor_locale, doctor_terminal, doctor_width;                                   /* doctor_terminal.c */
doctor_check doctor_keys;                                                                    /* doctor_keys.c */
doctor_check doctor_database, doctor_tables, doctor_library, doctor_screens, doctor_english; /* doctor_data.c */
doctor_check doctor_words, doctor_landmarks, doctor_sandbox;                                 /* doctor_inspect.c */
doctor_check doctor_licences;                                                                /* doctor_licences.c */
doctor_check doctor_printer, doctor_inspector, doctor_verifier;                              /* doctor_device.c */

enum doctor_verdict doctor_say(struct doctor_note *note, enum doctor_verdict v, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Prints every setting in force and where it comes from: default, file or option. */
void doctor_settings(const struct cli *cli, bool json);

#endif
