/* Key files: reading. Writing is in keyfile_write.c. */
#include "seal/keyfile.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/xalloc.h"

enum { FIELDS_MAX = 32 };

bool keyfile_fail(const struct keyfile *k, struct err *e, const char *format, ...)
{
	char cause[300];
	va_list args;

	va_start(args, format);
	vsnprintf(cause, sizeof cause, format, args);
	va_end(args);
	if (k->line > 0)
		return err_set(e, ERR_CONFIG, "%s:%u: %s; %s", k->path, k->line, cause, k->remedy);
	return err_set(e, ERR_CONFIG, "%s: %s; %s", k->path, cause, k->remedy);
}

/* Not by stdio, whose buffers would keep a copy of the secret. */
static bool read_all(struct keyfile *k, int fd, struct err *e)
{
	k->text = xcalloc(KEYFILE_MAX + 1, 1);
	while (k->size <= KEYFILE_MAX) {
		ssize_t n = read(fd, k->text + k->size, KEYFILE_MAX + 1 - k->size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return keyfile_fail(k, e, "cannot be read: %s", strerror(errno));
		if (n == 0)
			return true;
		k->size += (size_t)n;
	}
	return keyfile_fail(k, e, "is longer than %d bytes, which no key file is", (int)KEYFILE_MAX);
}

bool keyfile_open(struct keyfile *ret, const char *dir, const char *name, const char *remedy, struct err *e)
{
	struct keyfile k = { .path = name ? xasprintf("%s/%s", dir, name) : xstrdup(dir), .remedy = remedy };
	struct stat st;
	bool ok = false;

	/* A FIFO must not hang the program, a terminal not become its own. */
	int fd = open(k.path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd < 0 && errno == ENOENT)
		ok = keyfile_fail(&k, e, "is missing");
	else if (fd < 0)
		ok = keyfile_fail(&k, e, "cannot be opened: %s", strerror(errno));
	else if (fstat(fd, &st) != 0)
		ok = keyfile_fail(&k, e, "cannot be looked at: %s", strerror(errno));
	else if (!S_ISREG(st.st_mode))
		ok = keyfile_fail(&k, e, "is not a file");
	/* Who may write keys may choose who reads the cases. Reading is left to the folder: copies are often 0644. */
	else if (st.st_mode & S_IWOTH)
		ok = err_set(e, ERR_CONFIG,
			"%s: everybody may write it; take that away (chmod o-w) and look who changed it", k.path);
	else
		ok = read_all(&k, fd, e);
	if (fd >= 0)
		close(fd);
	if (ok)
		*ret = k;
	else
		keyfile_close(&k);
	return ok;
}

bool keyfile_missing(const char *dir, const char *name)
{
	char *path = xasprintf("%s/%s", dir, name);
	struct stat st;
	bool missing = lstat(path, &st) != 0 && errno == ENOENT;

	free(path);
	return missing;
}

void keyfile_close(struct keyfile *k)
{
	if (k->text) {
		sodium_memzero(k->text, KEYFILE_MAX + 1);
		free(k->text);
	}
	free(k->path);
	*k = (struct keyfile){ 0 };
}

bool keyfile_more(const struct keyfile *k)
{
	return k->at < k->size;
}

bool keyfile_skip_empty(struct keyfile *k)
{
	if (k->text[k->at] != '\n')
		return false;
	k->at++;
	k->line++;
	return true;
}

static bool is_digits(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
	}
	return n > 0;
}

static bool read_hex(const struct key_field *f, const char *s, size_t n)
{
	size_t used = 0;

	if (n != f->size * 2)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!((s[i] >= '0' && s[i] <= '9') || (s[i] >= 'a' && s[i] <= 'f')))
			return false;
	}
	return sodium_hex2bin(f->value, f->size, s, n, NULL, &used, NULL) == 0 && used == f->size;
}

static bool read_number(const char *s, size_t n, uint64_t *ret)
{
	uint64_t number = 0;

	if (!is_digits(s, n) || n > 19 || (s[0] == '0' && n > 1))
		return false;
	for (size_t i = 0; i < n; i++)
		number = number * 10 + (uint64_t)(s[i] - '0'); /* 19 digits fit into 64 bits */
	if (number > INT64_MAX)
		return false;
	*ret = number;
	return true;
}

static bool read_value(const struct key_field *f, const char *s, size_t n)
{
	uint64_t number = 0;

	switch (f->kind) {
	case KEY_HEX:
		return read_hex(f, s, n);
	case KEY_NUMBER:
		return read_number(s, n, f->value);
	case KEY_DAY:
		if (n != 8 || !read_number(s, n, &number) ||
			!date_real((int)(number / 10000), (int)(number / 100 % 100), (int)(number % 100)))
			return false;
		*(int *)f->value = (int)number;
		return true;
	case KEY_STATION:
		if (n != 4 || !is_digits(s, n))
			return false;
		memcpy(f->value, s, 4);
		((char *)f->value)[4] = '\0';
		return true;
	}
	return false;
}

/* "name=value": which field, and is its value good? Names are told, values never: they may be secret. */
static bool take_pair(struct keyfile *k, const char *pair, size_t n, const struct key_field *fields, size_t n_fields,
	bool seen[static FIELDS_MAX], struct err *e)
{
	const char *equals = memchr(pair, '=', n);
	size_t length = equals ? (size_t)(equals - pair) : 0, i = 0;

	while (i < n_fields &&
		!(equals && strlen(fields[i].name) == length && memcmp(fields[i].name, pair, length) == 0))
		i++;
	if (i == n_fields)
		return keyfile_fail(k, e, "is damaged: it holds what does not belong there");
	if (seen[i])
		return keyfile_fail(k, e, "is damaged: %s= twice", fields[i].name);
	seen[i] = true;
	if (!read_value(&fields[i], equals + 1, n - length - 1))
		return keyfile_fail(k, e, "is damaged: the value of %s= is wrong", fields[i].name);
	return true;
}

bool keyfile_line(struct keyfile *k, const char *word, const struct key_field *fields, size_t n, struct err *e)
{
	const char *at = k->text + k->at, *end = memchr(at, '\n', k->size - k->at);
	size_t head = strlen(word);
	bool seen[FIELDS_MAX] = { false };

	k->line++;
	if (!end)
		return keyfile_fail(k, e, keyfile_more(k) ? "is damaged: the line has no end" : "is empty");
	k->at = (size_t)(end + 1 - k->text);
	if ((size_t)(end - at) < head || memcmp(at, word, head) != 0)
		return keyfile_fail(k, e, "does not begin with \"%s\"", word);
	at += head;
	while (at < end) {
		if (*at++ != ' ')
			return keyfile_fail(k, e, "is damaged: it holds what does not belong there");
		const char *blank = memchr(at, ' ', (size_t)(end - at));
		size_t length = (size_t)((blank ? blank : end) - at);
		if (!take_pair(k, at, length, fields, n, seen, e))
			return false;
		at += length;
	}
	for (size_t i = 0; i < n; i++) {
		if (!seen[i])
			return keyfile_fail(k, e, "is damaged: %s= is missing", fields[i].name);
	}
	return true;
}

bool keyfile_only_line(struct keyfile *k, const char *word, const struct key_field *fields, size_t n, struct err *e)
{
	if (!keyfile_line(k, word, fields, n, e))
		return false;
	if (keyfile_more(k))
		return keyfile_fail(k, e, "is damaged: there is more after the line");
	return true;
}
