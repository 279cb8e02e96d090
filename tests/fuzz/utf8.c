#include <locale.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* Any bytes: what comes out of utf8_clean is valid, allowed, within its limits, and stays as it is. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	setlocale(LC_CTYPE, "C.UTF-8"); /* widths come from the locale */
	if (n < 2)
		return 0;
	size_t size = data[0] + 1u, max = data[1];
	char *bytes = malloc(n - 1), *out = malloc(size), *again = malloc(size);
	memcpy(bytes, data + 2, n - 2);
	bytes[n - 2] = '\0';

	utf8_clean(out, size, bytes, n - 2, max);
	size_t len = strlen(out);
	if (len >= size || !utf8_valid(out, len) || utf8_length(out) > max || utf8_width(out) < 0)
		abort();
	if (!utf8_clean(again, size, out, len, max) || strcmp(out, again) != 0)
		abort();
	utf8_fold_width(out);
	if (!utf8_valid(out, strlen(out)) || strlen(out) > len)
		abort();
	utf8_width(bytes);
	utf8_fold_width(bytes);

	free(bytes);
	free(out);
	free(again);
	return 0;
}
