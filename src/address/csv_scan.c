#include "address/csv_scan.h"

#include <endian.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/xalloc.h"

enum { WORD = sizeof(uint64_t), SPACE = CSV_LINE + CSV_BLOCK };
#define EACH(byte) (0x0101010101010101U * (uint64_t)(byte))

void csv_scan_init(struct csv_scan *s, int fd)
{
	memset(s, 0, sizeof *s);
	s->fd = fd;
	s->buffer = xcalloc(SPACE + 2 * WORD, 1); /* the splitter reads whole words beyond the end */
	s->spare = xcalloc(CSV_LINE + 2 * WORD, 1);
	s->at = s->end = s->buffer;
	*s->end = '\n';
}

void csv_scan_finish(struct csv_scan *s)
{
	free(s->buffer);
	free(s->spare);
	memset(s, 0, sizeof *s);
}

/* Moves what is left to the front and reads more behind it. False: reading failed. */
static bool fill(struct csv_scan *s, struct err *e)
{
	size_t left = (size_t)(s->end - s->at);
	memmove(s->buffer, s->at, left);
	s->at = s->buffer;
	s->end = s->buffer + left;
	while (!s->over && (size_t)(s->end - s->buffer) < SPACE) {
		ssize_t n = read(s->fd, s->end, SPACE - (size_t)(s->end - s->buffer));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			*s->end = '\n';
			return err_set(e, ERR_CONFIG, "reading after %llu bytes failed: %s",
				(unsigned long long)s->bytes, strerror(errno));
		}
		s->over = n == 0;
		s->end += n;
		s->bytes += (uint64_t)n;
		if ((size_t)(s->end - s->buffer) > CSV_LINE + 2)
			break; /* a pipe gives little at a time: enough for a row is enough */
	}
	*s->end = '\n';
	return true;
}

bool csv_scan_peek(struct csv_scan *s, const char **ret_bytes, size_t *ret, struct err *e)
{
	if (s->bytes == 0 && !s->over) {
		if (!fill(s, e))
			return false;
		if (s->end - s->at >= 3 && memcmp(s->at, "\xEF\xBB\xBF", 3) == 0)
			s->at += 3;
	}
	*ret_bytes = s->at;
	*ret = (size_t)(s->end - s->at);
	return true;
}

/* High bit of each byte that is zero, exactly. */
static inline uint64_t zeros(uint64_t w)
{
	return ~(((w & EACH(0x7f)) + EACH(0x7f)) | w | EACH(0x7f));
}

enum split { SPLIT_ROW, SPLIT_QUOTE, SPLIT_FIELDS };

/* Fields up to the next line end, which *ret_end points to; stops at the first quote. Writes nothing into the text. */
static enum split split_plain(struct csv_scan *s, char **ret_end)
{
	size_t n = 0;
	char *start = s->at;
	for (char *p = s->at;; p += WORD) {
		uint64_t w;
		memcpy(&w, p, WORD);
		w = le64toh(w);
		uint64_t hits = zeros(w ^ EACH(',')) | zeros(w ^ EACH('\n')) | zeros(w ^ EACH('"'));
		for (; hits; hits &= hits - 1) {
			char *hit = p + (__builtin_ctzll(hits) >> 3);
			if (*hit == '"' && hit < s->end)
				return SPLIT_QUOTE;
			if (n == CSV_FIELDS)
				return SPLIT_FIELDS;
			s->field[n] = start;
			s->size[n++] = (uint32_t)(hit - start);
			start = hit + 1;
			if (*hit == '\n') {
				s->n = n;
				*ret_end = hit;
				return SPLIT_ROW;
			}
		}
	}
}

/*
 * Splits a row with quotes into `spare`, where they are taken off. Stops after the row's line end, which *ret_end points to;
 * CSV_LONG: it goes on beyond `limit`.
 */
static enum csv_state split_quoted(struct csv_scan *s, const char *limit, char **ret_end)
{
	char *to = s->spare;
	s->n = 0;
	for (char *p = s->at;; p++) {
		if (s->n == CSV_FIELDS)
			return CSV_QUOTES;
		char *start = to;
		bool quoted = *p == '"';
		for (p += quoted; p < limit; *to++ = *p++) {
			if (quoted ? *p != '"' : *p != ',' && *p != '\n' && *p != '"')
				continue;
			if (!quoted || p[1] != '"' || p + 1 >= limit)
				break;
			p++; /* two quotes are one */
		}
		if (p >= limit && quoted)
			return CSV_LONG;
		if (!quoted && p < limit && *p == '"')
			return CSV_QUOTES;
		p += quoted;
		if (!quoted && to > start && to[-1] == '\r' && (p >= limit || *p == '\n'))
			to--;
		if (p + 1 < limit && *p == '\r' && p[1] == '\n')
			p++;
		if (p < limit && *p != ',' && *p != '\n')
			return CSV_QUOTES;
		s->field[s->n] = start;
		s->size[s->n++] = (uint32_t)(to - start);
		*to++ = '\0';
		if (p >= limit || *p == '\n') {
			*ret_end = p;
			return p >= limit && (limit < s->end || !s->over) ? CSV_LONG : CSV_ROW;
		}
	}
}

/* Passes over the rest of a line without keeping it. */
static bool skip_line(struct csv_scan *s, struct err *e)
{
	for (;;) {
		char *end = memchr(s->at, '\n', (size_t)(s->end - s->at));
		if (end) {
			s->at = end + 1;
			return true;
		}
		s->at = s->end;
		if (s->over)
			return true;
		if (!fill(s, e))
			return false;
	}
}

static enum csv_state give_up_line(struct csv_scan *s, enum csv_state state, struct err *e)
{
	char *end = memchr(s->at, '\n', (size_t)(s->end - s->at));
	s->n = 0;
	s->raw = s->at;
	s->raw_size = (size_t)((end ? end : s->end) - s->at);
	s->lines++;
	if (end) {
		s->at = end + 1;
		return state;
	}
	if (s->raw_size > CSV_LINE || !s->over) { /* longer than what is in memory: keep its beginning apart */
		s->raw_size = s->raw_size < CSV_LINE ? s->raw_size : CSV_LINE;
		memcpy(s->spare, s->at, s->raw_size);
		s->raw = s->spare;
		return skip_line(s, e) ? CSV_LONG : CSV_FAILED;
	}
	s->at = s->end;
	return state;
}

static enum csv_state quoted_row(struct csv_scan *s, struct err *e)
{
	const char *limit = s->end - s->at > CSV_LINE ? s->at + CSV_LINE : s->end;
	char *end = NULL;
	enum csv_state state = split_quoted(s, limit, &end);
	if (state != CSV_ROW)
		return give_up_line(s, CSV_QUOTES, e);
	s->raw = s->at;
	s->raw_size = (size_t)(end - s->at);
	for (const char *p = s->raw; (p = memchr(p, '\n', (size_t)(end - p))); p++)
		s->lines++;
	s->lines++;
	s->at = end < s->end ? end + 1 : end;
	if (s->raw_size && s->raw[s->raw_size - 1] == '\r')
		s->raw_size--;
	s->marks = csv_marks(s->raw, s->raw_size);
	return CSV_ROW;
}

static void end_fields(struct csv_scan *s, char *end)
{
	s->raw = s->at;
	s->raw_size = (size_t)(end - s->at);
	if (s->raw_size && end[-1] == '\r') {
		s->raw_size--;
		s->size[s->n - 1]--;
	}
	s->marks = csv_marks(s->raw, s->raw_size);
	for (size_t i = 0; i < s->n; i++)
		s->field[i][s->size[i]] = '\0';
	s->split = true;
	s->lines++;
	s->at = end < s->end ? end + 1 : end;
}

enum csv_state csv_scan_next(struct csv_scan *s, struct err *e)
{
	const char *bytes;
	size_t size;
	char *end = NULL;
	s->split = false;
	if (!csv_scan_peek(s, &bytes, &size, e))
		return CSV_FAILED;
	s->line = s->lines + 1;
	s->marks = 0;
	/* Usual: the whole row is here. */
	enum split split = s->at < s->end ? split_plain(s, &end) : SPLIT_FIELDS;
	if (!(split == SPLIT_ROW && end < s->end) && s->end - s->at <= CSV_LINE + 1 && !s->over) {
		if (!fill(s, e))
			return CSV_FAILED;
		split = split_plain(s, &end);
	}
	if (s->at == s->end && s->over)
		return CSV_END;
	if (split == SPLIT_QUOTE)
		return quoted_row(s, e);
	if (split == SPLIT_FIELDS || end - s->at > CSV_LINE || (end == s->end && !s->over))
		return give_up_line(s, CSV_LONG, e);
	end_fields(s, end);
	return CSV_ROW;
}

const char *csv_scan_raw(struct csv_scan *s, size_t *ret_size)
{
	for (size_t i = 0; s->split && i + 1 < s->n; i++)
		s->field[i][s->size[i]] = ',';
	s->split = false;
	*ret_size = s->raw_size;
	return s->raw;
}
