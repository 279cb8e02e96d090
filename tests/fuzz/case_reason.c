#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "model/case.h"
#include "model/case_reason.h"
#include "model/case_shortfall.h"

/*
 * The reason of an event, as any program may have written it: what is read as a list of what is missing writes itself back, to
 * the byte; nothing that somebody may type is read as a program's own line.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct shortfalls missing;
	char *reason = malloc(n + 1);
	uint64_t revision;
	enum revision_kind kind;

	if (n > 0)
		memcpy(reason, data, n);
	reason[n] = '\0';
	if (case_shortfall_read(reason, &missing)) {
		char *again = case_shortfall_write(&missing, NULL);
		if (!again || strcmp(again, reason) != 0)
			abort();
		free(again);
	}
	static const int pairs[][2] = { { 30, 10 }, { 60, 60 }, { 60, 70 }, { 90, 90 } };
	for (unsigned i = 0; i < 4; i++) {
		struct case_event v = { .from = pairs[i][0], .to = pairs[i][1], .reason = reason };
		bool own = case_revision(&v, &revision, &kind) || case_waybill(&v) || case_rating(&v) != 0;
		if (own && case_reason_free(reason))
			abort();
	}
	free(reason);
	return 0;
}
