/* The decoders and the reader of the inspector's answer: any bytes. */
#include <stddef.h>
#include <stdint.h>

#include "vision/answer.h"
#include "vision/decode.h"
#include "vision/inspect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct inspection i;
	for (int what = 0; what < INSPECT_WHATS; what++) {
		if (answer_read(data, n, (enum inspect_what)what, &i)) {
			if (i.whole && (i.format == FILE_OTHER || i.width > DECODE_SIDE_MAX))
				__builtin_trap();
			inspection_finish(&i);
		}
	}
	struct decoded d;
	decode(data, n, &d);
	if (d.whole && d.format == FILE_OTHER)
		__builtin_trap();
	decoded_finish(&d);
	return 0;
}
