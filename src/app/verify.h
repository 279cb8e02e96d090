#ifndef APP_VERIFY_H
#define APP_VERIFY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/config.h"

struct err;
struct store;

/*
 * Verifying that a person is who they say: one row per way in app/verify.c. `off` passes everybody and exists for the
 * demonstration only; `counter` is a member of staff who types a code; `program` is an outside verifier
 * (packaging/VERIFIER.md). Nothing here compares faces; no way depends on it alone.
 */
struct verify_request {
	const char *subject; /* "applicant" or "agent" */
	const char *name, *id_number;
	const char *code; /* counter: what staff typed; else NULL */
};

enum verify_verdict { VERDICT_PASS, VERDICT_FAIL, VERDICT_MANUAL, VERDICT_ERROR };

struct verify_result {
	enum verify_verdict verdict;
	char by[64];       /* who or what verified; kept with the case */
	char message[300]; /* translated sentence for the person; "" when passed without one */
};

struct verify;

/*
 * Begins. The store is asked for `counter` only and can be NULL otherwise. False: cannot begin; e holds a translated
 * sentence, the cause is in the log.
 */
bool verify_start(struct verify **ret, const struct config *config, struct store *store,
	const struct verify_request *request, struct err *e);
int verify_fd(const struct verify *v); /* to wait for reading; -1: none, ask at once */
/*
 * False: still running, ask again when the descriptor can be read or after a second at most. Keeps the time limit.
 * True: the result is there; then only verify_cancel is left to call.
 */
bool verify_poll(struct verify *v, struct verify_result *ret);
void verify_cancel(struct verify *v); /* ends what runs and frees; accepts NULL */

#endif
