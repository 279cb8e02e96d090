/* The reply of an outside verifier: any bytes. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "app/verify_reply.h"
#include "base/err.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct verify_reply reply;
	struct err e = { 0 };
	if (verify_reply_read((const char *)data, n, &reply, &e)) {
		const char *texts[] = { reply.result, reply.by, reply.message_zh, reply.message_en };
		for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
			if (!utf8_valid(texts[i], strlen(texts[i])))
				__builtin_trap();
			for (const char *p = texts[i]; *p; p++)
				if ((unsigned char)*p < 0x20)
					__builtin_trap();
		}
	} else if (e.code != ERR_DEVICE) {
		__builtin_trap();
	}
	return 0;
}
