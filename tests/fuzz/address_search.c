/* Any bytes, typed one after the other, into the sample library: nothing is read or written outside, and typing on finds what a
 * search from nothing finds. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "address/address.h"
#include "base/err.h"

enum { SHOWN = 8, TYPED_MAX = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static struct address_library *sample(void)
{
	static struct address_library *library;
	struct err e = { 0 };
	char path[64];
	const char *data = getenv("JUZHU_DATA_DIR");
	if (library)
		return library;
	snprintf(path, sizeof path, "/tmp/juzhu-fuzz-%ld.db", (long)getpid());
	if (!address_generate(data ? data : "build/data", path, 1, &e) || !address_open(&library, path, &e)) {
		fprintf(stderr, "%s\n", e.text);
		abort();
	}
	unlink(path);
	return library;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct address_hit typed[SHOWN], alone[SHOWN];
	struct address_library *l = sample();
	static struct address_session *s; /* what the input before left in it must not matter */
	if (!s)
		s = address_session_create(l);
	char text[TYPED_MAX + 1] = "";
	size_t found = 0;
	memset(typed, 0, sizeof typed);
	memset(alone, 0, sizeof alone);
	for (size_t i = 0; i < n && i < TYPED_MAX; i++) {
		text[i] = (char)data[i];
		if (!text[i] || i % 4 != 0)
			continue;
		memset(typed, 0, sizeof typed);
		found = address_session_type(s, text, typed, SHOWN);
	}
	memset(typed, 0, sizeof typed);
	found = address_session_type(s, text, typed, SHOWN);
	if (found != address_search(l, text, alone, SHOWN) || memcmp(typed, alone, sizeof typed) != 0)
		abort();
	return 0;
}
