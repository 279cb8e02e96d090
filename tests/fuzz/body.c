/* What is inside an envelope: any bytes. Accepted ones are the only way to write what they say. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "model/answers.h"
#include "model/case.h"
#include "seal/body.h"
#include "seal/pack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct case_record *c = calloc(1, sizeof *c);
	struct packer again = { 0 };
	struct err e = { 0 };

	if (!body_unpack(data, n, c, &e)) {
		if (e.code != ERR_STORAGE)
			__builtin_trap();
	} else {
		/* The files themselves are not here, only what is said of them. */
		body_pack(&again, c->answers, NULL, 0);
		if (again.size > n || memcmp(again.bytes, data, again.size - 1) != 0 ||
			(c->n_files == 0) != (again.size == n) || data[again.size - 1] != c->n_files)
			__builtin_trap();
	}
	pack_finish(&again);
	case_record_destroy(c);
	return 0;
}
