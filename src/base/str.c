#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

enum { FIRST_CAP = 64 };

static void grow(struct str *s, size_t cap)
{
	/* not realloc: it could leave a copy of personal data behind */
	char *text = xcalloc(cap, 1);
	if (s->text) {
		memcpy(text, s->text, s->len);
		explicit_bzero(s->text, s->cap);
		free(s->text);
	}
	s->text = text;
	s->cap = cap;
}

/* The longest start of at most n bytes that does not end inside a character. */
static size_t whole(const char *bytes, size_t n)
{
	size_t cut = n;
	while (cut > 0 && n - cut < 3 && ((unsigned char)bytes[cut] & 0xC0) == 0x80)
		cut--;
	return ((unsigned char)bytes[cut] & 0xC0) == 0x80 ? n : cut;
}

void str_init(struct str *s, size_t max)
{
	*s = (struct str){ .max = max };
	grow(s, (max < FIRST_CAP ? max : FIRST_CAP) + 1);
}

void str_finish(struct str *s)
{
	if (s->text)
		explicit_bzero(s->text, s->cap);
	free(s->text);
	*s = (struct str){ 0 };
}

void str_clear(struct str *s)
{
	if (s->text)
		explicit_bzero(s->text, s->cap);
	s->len = 0;
	s->full = false;
}

void str_add_n(struct str *s, const char *bytes, size_t n)
{
	if (s->full || n == 0)
		return;
	if (n > s->max - s->len) {
		n = whole(bytes, s->max - s->len);
		s->full = true;
	}
	if (s->len + n >= s->cap) {
		size_t cap = s->cap * 2 > s->len + n + 1 ? s->cap * 2 : s->len + n + 1;
		grow(s, cap < s->max + 1 ? cap : s->max + 1);
	}
	memcpy(s->text + s->len, bytes, n);
	s->len += n;
	s->text[s->len] = '\0';
}

void str_add(struct str *s, const char *text)
{
	str_add_n(s, text, strlen(text));
}

void str_addf(struct str *s, const char *format, ...)
{
	char *text = NULL;
	va_list args;
	va_start(args, format);
	int n = vasprintf(&text, format, args);
	va_end(args);
	if (n < 0) {
		s->full = true;
		return;
	}
	str_add_n(s, text, (size_t)n);
	str_wipe_free(text);
}

bool str_copy(char *to, size_t size, const char *from)
{
	if (size == 0)
		return false;
	size_t n = strlen(from);
	bool fits = n < size;
	if (!fits)
		n = whole(from, size - 1);
	memmove(to, from, n);
	to[n] = '\0';
	return fits;
}

bool str_eq(const char *a, const char *b)
{
	if (!a || !b)
		return a == b;
	return strcmp(a, b) == 0;
}
