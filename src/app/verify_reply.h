#ifndef APP_VERIFY_REPLY_H
#define APP_VERIFY_REPLY_H

#include <stdbool.h>
#include <stddef.h>

struct err;

/* What a verifier answers (packaging/VERIFIER.md), read by base/json.h. */
enum { REPLY_TEXT_MAX = 256 };

struct verify_reply {
	char result[16];
	char by[64];
	char message_zh[REPLY_TEXT_MAX], message_en[REPLY_TEXT_MAX];
};

/* One whole line, with or without its line feed. Texts are cleaned for the screen; unknown keys are ignored. */
bool verify_reply_read(const char *line, size_t n, struct verify_reply *ret, struct err *e);

#endif
