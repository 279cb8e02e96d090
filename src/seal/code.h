#ifndef SEAL_CODE_H
#define SEAL_CODE_H

#include <stdbool.h>

#include "model/casenum.h"

struct err;

/*
 * The query code and the receipt code. Query code: nine random symbols of Crockford's base 32 (45 bits) and a check symbol over
 * GF(32) that finds every single wrong symbol and every transposition. Receipt code, 38 upper-case alphanumerics (QR version
 * 2-M): format "R", case number 20, query code 10, tag 7 (35 bits of keyed BLAKE2b under the station's tag key), so that the
 * counter tells a forged receipt without a network.
 */
enum { QUERY_CODE_LENGTH = 10, RECEIPT_TAG_LENGTH = 7, RECEIPT_CODE_LENGTH = 38 };

struct receipt_code {
	char number[CASENUM_LENGTH + 1];
	char query[QUERY_CODE_LENGTH + 1];
	char tag[RECEIPT_TAG_LENGTH + 1];
};

void query_code_make(char out[static QUERY_CODE_LENGTH + 1]); /* random */
/*
 * What a person typed: small letters, blanks and hyphens are taken away, O is 0, I and L are 1, full width is folded. False:
 * not a query code.
 */
bool query_code_read(const char *typed, char out[static QUERY_CODE_LENGTH + 1]);
/* The same for a case number, whose digits people take for letters. False: not one, or its check digit does not fit. */
bool case_number_read(const char *typed, char out[static CASENUM_LENGTH + 1]);
/* "ABCDE FGHJK", for reading. */
void query_code_group(const char *code, char out[static QUERY_CODE_LENGTH + 2]);

void receipt_code_make(const char *number, const char *query, const unsigned char tag_key[static 32],
	char out[static RECEIPT_CODE_LENGTH + 1]);
/* Splits and checks all that needs no key. ERR_NO names the part that is wrong: length, format, case number, query code. */
bool receipt_code_read(const char *typed, struct receipt_code *ret, struct err *e);
/* ERR_NO: the tag is not the one that this station's key makes. */
bool receipt_code_verify(const struct receipt_code *c, const unsigned char tag_key[static 32], struct err *e);

#endif
