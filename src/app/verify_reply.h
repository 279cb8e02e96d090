#ifndef APP_VERIFY_REPLY_H
#define APP_VERIFY_REPLY_H

#include <stdbool.h>
#include <stddef.h>

struct err;
struct str;

/*
 * The two lines of the verifier protocol (packaging/VERIFIER.md): JSON (RFC 8259), one object of strings, numbers only
 * in the request. Exactly this subset is read, so that nothing of a reply is guessed at.
 */
enum { REPLY_MAX = 4096, REPLY_TEXT_MAX = 256 };

struct verify_reply {
	char result[16];
	char by[64];
	char message_zh[REPLY_TEXT_MAX], message_en[REPLY_TEXT_MAX];
};

/* One whole line, with or without its line feed. Texts are cleaned for the screen; unknown keys are ignored. */
bool verify_reply_read(const char *line, size_t n, struct verify_reply *ret, struct err *e);

/* Adds a JSON string with its quotes. */
void verify_json_string(struct str *s, const char *text);

#endif
