#ifndef APP_VERIFY_PROGRAM_H
#define APP_VERIFY_PROGRAM_H

#include <stdbool.h>

struct config;
struct err;
struct verify_request;
struct verify_result;

/* The outside verifier: one JSON line in, one out, a time limit. See packaging/VERIFIER.md. */
struct verify_program;

/* False: e says for the log why it cannot begin. */
bool verify_program_start(struct verify_program **ret, const struct config *config,
	const struct verify_request *request, struct err *e);
int verify_program_fd(const struct verify_program *p);
bool verify_program_poll(struct verify_program *p, struct verify_result *ret);
void verify_program_cancel(struct verify_program *p); /* accepts NULL */

#endif
