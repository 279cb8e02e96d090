/* Fields and verdicts from any recognised text: first byte picks the kind, the second whether the text is exact. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "model/idnum.h"
#include "vision/material.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct material_reading r;
	struct material_finding found[MATERIAL_FINDINGS];
	struct material_expected e = { .name = "张伟",
		.id_number = "320000198412125012",
		.address = "上海市徐汇区云锦路128弄5号1203室",
		.today = 20260302 };
	if (n < 2)
		return 0;
	memset(&r, 0, sizeof r);
	e.paper = (enum paper_kind)(data[0] % PAPER_KINDS);
	r.exact = data[1] & 1;
	r.certainty = 90;
	r.n_passes = 1 + (data[1] >> 1) % 2;
	size_t take = n - 2 < MATERIAL_TEXT - 1 ? n - 2 : MATERIAL_TEXT - 1;
	for (unsigned i = 0; i < r.n_passes; i++)
		memcpy(r.text[i], data + 2, take);
	size_t count = material_findings(&r, &e, found, MATERIAL_FINDINGS);
	for (size_t i = 0; i < count; i++) {
		if (!*found[i].text || !utf8_valid(found[i].read, strlen(found[i].read)))
			__builtin_trap();
		if (found[i].field == MATERIAL_ID_NUMBER && found[i].verdict == MATERIAL_DIFFERS &&
			idnum_judge(found[i].read, e.today) != IDNUM_GOOD)
			__builtin_trap();
	}
	return 0;
}
