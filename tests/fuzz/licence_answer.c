/* What an outside program says of a licence: any bytes. What is taken can be shown and is whole; nobody else's is called valid. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "app/licence_program.h"
#include "app/licences.h"
#include "base/err.h"
#include "base/utf8.h"

#define OWN "32000019880512001X"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const struct licence_request r = { "id-card", "applicant", "张伟", OWN, "" };
	enum licence_state state = LICENCE_STATES;
	struct licence l = { 0 };
	struct err e = { 0 };
	if (!licence_program_answer((const char *)data, n, &r, 20260302, &state, &l, &e)) {
		if (e.code != ERR_DEVICE || state != LICENCE_STATES)
			__builtin_trap();
		return 0;
	}
	const char *texts[] = { l.number, l.issuer, l.holder_name };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (!utf8_plain(texts[i]))
			__builtin_trap();
	if (state == LICENCE_VALID &&
		(strcmp(l.holder_id, OWN) != 0 || !*l.number || !*l.issuer || l.valid_from > 20260302 ||
			(l.valid_to && l.valid_to < 20260302)))
		__builtin_trap();
	return 0;
}
