#include "app/verify_reply.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"
#include "base/utf8.h"

struct reader {
	const char *at, *end;
	struct err *e;
};

static bool fail(struct reader *r, const char *why)
{
	return err_set(r->e, ERR_DEVICE, "verifier: %s, %zd bytes before the end of its reply", why, r->end - r->at);
}

static void skip_blanks(struct reader *r)
{
	while (r->at < r->end && (*r->at == ' ' || *r->at == '\t' || *r->at == '\r' || *r->at == '\n'))
		r->at++;
}

static bool take(struct reader *r, char c)
{
	skip_blanks(r);
	if (r->at == r->end || *r->at != c)
		return false;
	r->at++;
	return true;
}

static bool read_hex(struct reader *r, uint32_t *ret)
{
	uint32_t value = 0;
	if (r->end - r->at < 4)
		return fail(r, "\\u needs four hexadecimal digits");
	for (int i = 0; i < 4; i++) {
		char c = *r->at++;
		uint32_t digit;
		if (c >= '0' && c <= '9')
			digit = (uint32_t)(c - '0');
		else if (c >= 'a' && c <= 'f')
			digit = (uint32_t)(c - 'a') + 10;
		else if (c >= 'A' && c <= 'F')
			digit = (uint32_t)(c - 'A') + 10;
		else
			return fail(r, "\\u needs four hexadecimal digits");
		value = value * 16 + digit;
	}
	*ret = value;
	return true;
}

/* After the backslash. */
static bool read_escape(struct reader *r, uint32_t *ret)
{
	static const char NAMES[] = "\"\\/bfnrt", VALUES[] = "\"\\/\b\f\n\r\t";
	if (r->at == r->end)
		return fail(r, "a string does not end");
	char c = *r->at++;
	const char *known = c ? strchr(NAMES, c) : NULL;
	if (known) {
		*ret = (unsigned char)VALUES[known - NAMES];
		return true;
	}
	if (c != 'u')
		return fail(r, "an unknown escape");
	uint32_t high = 0, low = 0;
	if (!read_hex(r, &high))
		return false;
	if (high >= 0xD800 && high <= 0xDBFF) { /* RFC 8259 section 7: a pair of surrogates is one character */
		if (r->end - r->at < 2 || r->at[0] != '\\' || r->at[1] != 'u')
			return fail(r, "half a surrogate pair");
		r->at += 2;
		if (!read_hex(r, &low))
			return false;
		if (low < 0xDC00 || low > 0xDFFF)
			return fail(r, "half a surrogate pair");
		high = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
	} else if (high >= 0xDC00 && high <= 0xDFFF) {
		return fail(r, "half a surrogate pair");
	}
	if (high == 0)
		return fail(r, "a NUL character");
	*ret = high;
	return true;
}

static bool read_string(struct reader *r, struct str *to)
{
	str_clear(to);
	if (!take(r, '"'))
		return fail(r, "a string was expected");
	while (r->at < r->end && *r->at != '"') {
		uint32_t point = 0;
		char bytes[4];
		if ((unsigned char)*r->at < 0x20)
			return fail(r, "a control character in a string");
		if (*r->at == '\\') {
			r->at++;
			if (!read_escape(r, &point))
				return false;
		} else {
			size_t n = utf8_decode(r->at, (size_t)(r->end - r->at), &point);
			if (n == 0)
				return fail(r, "invalid UTF-8");
			r->at += n;
		}
		str_add_n(to, bytes, utf8_encode(point, bytes));
	}
	if (r->at == r->end)
		return fail(r, "a string does not end");
	r->at++;
	return true;
}

static bool store(struct reader *r, struct verify_reply *reply, const char *key, const struct str *value,
	unsigned *seen)
{
	const struct {
		const char *key;
		char *to;
		size_t size;
	} KEYS[] = {
		{ "result", reply->result, sizeof reply->result },
		{ "by", reply->by, sizeof reply->by },
		{ "message_zh", reply->message_zh, sizeof reply->message_zh },
		{ "message_en", reply->message_en, sizeof reply->message_en },
	};
	for (unsigned i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
		if (strcmp(KEYS[i].key, key) != 0)
			continue;
		if (*seen & 1u << i)
			return fail(r, "a key comes twice");
		*seen |= 1u << i;
		utf8_clean(KEYS[i].to, KEYS[i].size, value->text, value->len, KEYS[i].size);
	}
	return true;
}

bool verify_reply_read(const char *line, size_t n, struct verify_reply *ret, struct err *e)
{
	struct reader r = { .at = line, .end = line + n, .e = e };
	struct verify_reply reply = { 0 };
	struct str key, value;
	unsigned seen = 0;
	bool ok = false;

	if (n > REPLY_MAX)
		return err_set(e, ERR_DEVICE, "verifier: its reply is longer than %d bytes", REPLY_MAX);
	str_init(&key, REPLY_MAX);
	str_init(&value, REPLY_MAX);
	if (!take(&r, '{')) {
		fail(&r, "{ was expected");
		goto done;
	}
	if (!take(&r, '}')) {
		do {
			skip_blanks(&r);
			if (!read_string(&r, &key))
				goto done;
			if (!take(&r, ':')) {
				fail(&r, ": was expected");
				goto done;
			}
			if (!read_string(&r, &value) || !store(&r, &reply, key.text, &value, &seen))
				goto done;
		} while (take(&r, ','));
		if (!take(&r, '}')) {
			fail(&r, "} was expected");
			goto done;
		}
	}
	skip_blanks(&r);
	if (r.at != r.end) {
		fail(&r, "more after the object");
		goto done;
	}
	if (!str_eq(reply.result, "pass") && !str_eq(reply.result, "fail") && !str_eq(reply.result, "manual")) {
		err_set(e, ERR_DEVICE, "verifier: `result` must be pass, fail or manual");
		goto done;
	}
	*ret = reply;
	ok = true;
done:
	str_finish(&key);
	str_finish(&value);
	return ok;
}

void verify_json_string(struct str *s, const char *text)
{
	str_add(s, "\"");
	for (const char *p = text; *p; p++) {
		if (*p == '"' || *p == '\\')
			str_addf(s, "\\%c", *p);
		else if ((unsigned char)*p < 0x20)
			str_addf(s, "\\u%04x", (unsigned)*p);
		else
			str_add_n(s, p, 1);
	}
	str_add(s, "\"");
}
