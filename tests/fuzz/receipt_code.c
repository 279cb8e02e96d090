#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "seal/code.h"

/* Any text: what is read is whole, reads back as itself, and only the key's own tag is genuine. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const unsigned char key[32] = { 7 };
	char *typed = malloc(n + 1), query[QUERY_CODE_LENGTH + 1], again[QUERY_CODE_LENGTH + 1];
	char code[RECEIPT_CODE_LENGTH + 1], grouped[QUERY_CODE_LENGTH + 2];
	struct receipt_code c, made;
	struct err e = { 0 };

	if (n > 0)
		memcpy(typed, data, n);
	typed[n] = '\0';
	if (query_code_read(typed, query)) {
		query_code_group(query, grouped);
		if (!query_code_read(grouped, again) || strcmp(query, again) != 0)
			abort();
	}
	if (receipt_code_read(typed, &c, &e)) {
		if (!casenum_good(c.number) || !query_code_read(c.query, again) || strcmp(c.query, again) != 0)
			abort();
		receipt_code_make(c.number, c.query, key, code);
		if (!receipt_code_read(code, &made, &e) || !receipt_code_verify(&made, key, &e) ||
			receipt_code_verify(&c, key, &e) != (strcmp(c.tag, made.tag) == 0))
			abort();
	} else if (e.code != ERR_NO) {
		abort();
	}
	free(typed);
	return 0;
}
