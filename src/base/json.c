#include "base/json.h"

#include <stdint.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

enum { DIGITS_MAX = 15 };

static bool fail(struct json *j, const char *why)
{
	if (!j->why)
		j->why = why;
	return false;
}

void json_init(struct json *j, const char *text, size_t n)
{
	*j = (struct json){ .at = text, .end = text + n };
}

static void skip_blanks(struct json *j)
{
	while (j->at < j->end && (*j->at == ' ' || *j->at == '\t' || *j->at == '\r' || *j->at == '\n'))
		j->at++;
}

bool json_take(struct json *j, char c)
{
	skip_blanks(j);
	if (j->why || j->at == j->end || *j->at != c)
		return false;
	j->at++;
	return true;
}

bool json_end(struct json *j)
{
	skip_blanks(j);
	return !j->why && (j->at == j->end || fail(j, "more after the end"));
}

unsigned json_line(const struct json *j, const char *text)
{
	unsigned line = 1;
	for (; text < j->at; text++)
		line += *text == '\n';
	return line;
}

static bool read_hex(struct json *j, uint32_t *ret)
{
	static const char WANT[] = "\\u needs four hexadecimal digits";
	uint32_t value = 0;
	if (j->end - j->at < 4)
		return fail(j, WANT);
	for (int i = 0; i < 4; i++) {
		char c = *j->at++;
		uint32_t digit;
		if (c >= '0' && c <= '9')
			digit = (uint32_t)(c - '0');
		else if (c >= 'a' && c <= 'f')
			digit = (uint32_t)(c - 'a') + 10;
		else if (c >= 'A' && c <= 'F')
			digit = (uint32_t)(c - 'A') + 10;
		else
			return fail(j, WANT);
		value = value * 16 + digit;
	}
	*ret = value;
	return true;
}

/* After the backslash. */
static bool read_escape(struct json *j, uint32_t *ret)
{
	static const char NAMES[] = "\"\\/bfnrt", VALUES[] = "\"\\/\b\f\n\r\t";
	if (j->at == j->end)
		return fail(j, "a string does not end");
	char c = *j->at++;
	const char *known = c ? strchr(NAMES, c) : NULL;
	if (known) {
		*ret = (unsigned char)VALUES[known - NAMES];
		return true;
	}
	if (c != 'u')
		return fail(j, "an unknown escape");
	uint32_t high = 0, low = 0;
	if (!read_hex(j, &high))
		return false;
	if (high >= 0xD800 && high <= 0xDBFF) { /* RFC 8259 section 7: a pair of surrogates is one character */
		if (j->end - j->at < 2 || j->at[0] != '\\' || j->at[1] != 'u')
			return fail(j, "half a surrogate pair");
		j->at += 2;
		if (!read_hex(j, &low))
			return false;
		if (low < 0xDC00 || low > 0xDFFF)
			return fail(j, "half a surrogate pair");
		high = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
	} else if (high >= 0xDC00 && high <= 0xDFFF) {
		return fail(j, "half a surrogate pair");
	}
	if (high == 0)
		return fail(j, "a NUL character");
	*ret = high;
	return true;
}

static bool read_string(struct json *j, struct str *to)
{
	str_clear(to);
	if (!json_take(j, '"'))
		return fail(j, "a string was expected");
	while (j->at < j->end && *j->at != '"') {
		uint32_t point = 0;
		char bytes[4];
		if ((unsigned char)*j->at < 0x20)
			return fail(j, "a control character in a string");
		if (*j->at == '\\') {
			j->at++;
			if (!read_escape(j, &point))
				return false;
		} else {
			size_t n = utf8_decode(j->at, (size_t)(j->end - j->at), &point);
			if (n == 0)
				return fail(j, "invalid UTF-8");
			j->at += n;
		}
		str_add_n(to, bytes, utf8_encode(point, bytes));
	}
	if (j->at == j->end)
		return fail(j, "a string does not end");
	j->at++;
	return !to->full || fail(j, "a string is too long");
}

static bool read_digits(struct json *j, struct str *to)
{
	const char *from = j->at;
	str_clear(to);
	while (j->at < j->end && *j->at >= '0' && *j->at <= '9')
		j->at++;
	size_t n = (size_t)(j->at - from);
	if (n > DIGITS_MAX || (n > 1 && *from == '0') ||
		(j->at < j->end && (*j->at == '.' || *j->at == 'e' || *j->at == 'E')))
		return fail(j, "a number is not a whole one of at most 15 digits");
	str_add_n(to, from, n);
	return true;
}

static bool read_value(struct json *j, const struct json_field *f, struct str *to)
{
	skip_blanks(j);
	bool digit = j->at < j->end && *j->at >= '0' && *j->at <= '9';
	return f && f->number && digit ? read_digits(j, to) : read_string(j, to);
}

static bool read_pair(struct json *j, struct json_field *fields, size_t n, bool strict, struct str *key,
	struct str *value)
{
	struct json_field *f = NULL;
	if (!read_string(j, key))
		return false;
	for (size_t i = 0; i < n; i++)
		if (str_eq(fields[i].key, key->text))
			f = &fields[i];
	if (!f && strict)
		return fail(j, "an unknown key");
	if (f && f->seen)
		return fail(j, "a key comes twice");
	if (!json_take(j, ':'))
		return fail(j, ": was expected");
	if (!read_value(j, f, value))
		return false;
	if (f) {
		f->seen = true;
		f->complete = utf8_clean(f->to, f->size, value->text, value->len, f->size);
	}
	return true;
}

bool json_object(struct json *j, struct json_field *fields, size_t n, size_t value_max, bool strict)
{
	struct str key, value;
	bool ok = false;

	for (size_t i = 0; i < n; i++) {
		fields[i].seen = fields[i].complete = false;
		fields[i].to[0] = '\0';
	}
	if (!json_take(j, '{'))
		return fail(j, "{ was expected");
	if (json_take(j, '}'))
		return true;
	str_init(&key, value_max);
	str_init(&value, value_max);
	do
		ok = read_pair(j, fields, n, strict, &key, &value);
	while (ok && json_take(j, ','));
	ok = ok && (json_take(j, '}') || fail(j, "} was expected"));
	str_finish(&key);
	str_finish(&value);
	return ok;
}

void json_add_string(struct str *s, const char *text)
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
