#ifndef APP_LICENCE_PROGRAM_H
#define APP_LICENCE_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>

#include "model/licence.h"

struct err;
struct licence_request;
struct str;

/* The two lines of the licence protocol (packaging/LICENCES.md). */

/* Adds the question with its line feed. */
void licence_program_question(struct str *line, const struct licence_request *r);

/*
 * What a program answered, any bytes, judged for the request: no value of it is believed. ret_state: NONE, UNANSWERED (the program
 * says that it cannot tell), or what licence_judge says of ret. False: not an answer; e says why, for the log.
 */
bool licence_program_answer(const char *line, size_t n, const struct licence_request *r, int today,
	enum licence_state *ret_state, struct licence *ret, struct err *e);

#endif
