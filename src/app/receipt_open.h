#ifndef APP_RECEIPT_OPEN_H
#define APP_RECEIPT_OPEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "seal/code.h"
#include "ui/services.h"

struct app;
struct case_record;

/*
 * The code of a receipt, wherever one is asked for: read, counted (store/lookup.h), opened. What its check symbols find is a
 * slip and costs nothing; a well-formed code that opens nothing is a wrong try of this station.
 */
enum receipt_verdict {
	RECEIPT_OPENED,
	RECEIPT_NO_QUERY, /* a good number; its query code is still to come */
	RECEIPT_SLIP_CODE,
	RECEIPT_SLIP_NUMBER,
	RECEIPT_SLIP_QUERY,
	RECEIPT_LOCKED,
	RECEIPT_FORGED,
	RECEIPT_UNKNOWN,
	RECEIPT_ELSEWHERE, /* of another station, and not in this database: no guess */
	RECEIPT_WRONG_QUERY,
	RECEIPT_UNREADABLE, /* it is here and cannot be read: no guess */
	RECEIPT_FAILED      /* nothing could be counted, so nothing was looked at */
};

struct receipt_try {
	enum receipt_verdict verdict;
	enum receipt_row row; /* what the sentence is about */
	int64_t until;        /* LOCKED: seconds since 1970 UTC */
	char station[5];      /* ELSEWHERE: where it was filed, of the case number */
};

/* A case that the code opened: everything here is personal, and the caller's to destroy (record) and to wipe. */
struct receipt_opened {
	struct case_record *record;
	unsigned char key[32]; /* opens its files */
	char query[QUERY_CODE_LENGTH + 1];
};

/*
 * `typed` is the whole code of the QR, then `query` is not looked at; or a case number, and `query` its query code. False:
 * *ret_try says why, *ret is untouched. The caller wipes what was typed.
 */
bool receipt_open(struct app *app, const char *typed, const char *query, struct receipt_try *ret_try,
	struct receipt_opened *ret);
/* One sentence in the language of the moment, "" when it was opened. */
void receipt_why(const struct receipt_try *t, char *out, size_t size);

#endif
