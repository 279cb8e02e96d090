#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "model/check.h"
#include "model/fact.h"
#include "model/item.h"

/* Any bytes for any check: the answer is valid text, a refusal has its sentence, and a stored form is stable. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static char *const names[] = { "cn-name", "cn-id-number", "cn-id-applicant", "cn-id-agent", "cn-mobile",
		"household-region", "household-address", "counter-code", "free-text", NULL };
	if (n < 2)
		return 0;
	struct question q = { .name = "x",
		.label = "姓名",
		.type = QUESTION_TEXT,
		.max = data[0],
		.check = names[data[1] % 10],
		.optional = data[1] & 0x80 };
	struct facts facts = { 20260102, "2017" };
	char *typed = malloc(n - 1), value[300], again[300], why[200] = "";
	memcpy(typed, data + 2, n - 2);
	typed[n - 2] = '\0';

	if (check_answer(&q, typed, NULL, &facts, value, sizeof value, why, sizeof why)) {
		if (!utf8_valid(value, strlen(value)))
			abort();
		if (!check_answer(&q, value, NULL, &facts, again, sizeof again, why, sizeof why) ||
			strcmp(value, again) != 0)
			abort();
	} else if (!*why || !utf8_valid(why, strlen(why))) {
		abort();
	}
	free(typed);
	return 0;
}
