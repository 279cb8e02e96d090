/* The JPEG decoder: any bytes. What it calls whole has a picture of the size that it says. */
#include <stddef.h>
#include <stdint.h>

#include "vision/decode.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct decoded d = { .format = FILE_OTHER, .orientation = 1, .shrunk = 1 };
	decode_jpeg(data, n, &d);
	if (d.picture.rgb && d.picture.width != (d.width + d.shrunk - 1) / d.shrunk &&
		d.picture.width != d.width / d.shrunk)
		__builtin_trap();
	if (d.orientation < 1 || d.orientation > 8)
		__builtin_trap();
	decoded_finish(&d);
	return 0;
}
