#include "address/readings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "address/tsv.h"
#include "base/err.h"
#include "base/utf8.h"
#include "base/xalloc.h"

void readings_finish(struct readings *r)
{
	free(r->rows);
	*r = (struct readings){ 0 };
}

/* Where a syllable's number is, or where it goes: open addressing, never more than half full. */
static uint16_t *slot_of(struct readings *r, const char *text, size_t len)
{
	uint32_t h = 2166136261u;
	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)text[i]) * 16777619u;
	for (h ^= h >> 15;; h++) {
		uint16_t *slot = &r->slot[h % SYLLABLE_SLOTS];
		const char *there = *slot ? r->syllable[*slot - 1] : NULL;
		if (!there || (strncmp(there, text, len) == 0 && !there[len]))
			return slot;
	}
}

static bool number_one(struct readings *r, const char *text, size_t len, uint16_t *ret, struct err *e)
{
	if (len == 0 || len >= SYLLABLE_SIZE)
		return err_set(e, ERR_CONFIG, "a pinyin syllable has 1 to %d letters", SYLLABLE_SIZE - 1);
	uint16_t *slot = slot_of(r, text, len);
	if (!*slot) {
		if (r->n_syllables == SYLLABLES_MAX)
			return err_set(e, ERR_CONFIG, "more than %d different syllables", SYLLABLES_MAX);
		memcpy(r->syllable[r->n_syllables], text, len);
		*slot = (uint16_t)++r->n_syllables;
	}
	*ret = (uint16_t)(*slot - 1);
	return true;
}

static bool number_unique(struct readings *r, const char *text, size_t len, uint16_t *out, uint8_t *n, struct err *e)
{
	uint16_t id = 0;
	if (!number_one(r, text, len, &id, e))
		return false;
	for (uint8_t i = 0; i < *n; i++) {
		if (out[i] == id)
			return true;
	}
	if (*n < READINGS_EACH)
		out[(*n)++] = id;
	return true;
}

bool readings_number(struct readings *r, const char *list, char separator, uint16_t *out, uint8_t *ret_n, struct err *e)
{
	uint8_t n = 0;
	for (const char *s = list; *s;) {
		const char *end = strchr(s, separator);
		size_t len = end ? (size_t)(end - s) : strlen(s);
		if (!number_unique(r, s, len, out, &n, e))
			return false;
		const char *v = memchr(s, 'v', len);
		if (v && len < SYLLABLE_SIZE) { /* lü is typed lv or lu */
			char u[SYLLABLE_SIZE];
			memcpy(u, s, len);
			u[v - s] = 'u';
			if (!number_unique(r, u, len, out, &n, e))
				return false;
		}
		s += len + (end ? 1 : 0);
	}
	*ret_n = n;
	return true;
}

bool readings_add(struct readings *r, const char *character, const char *syllables, const char *simplified,
	struct err *e)
{
	struct reading new = { 0 };
	if (!utf8_decode(character, strlen(character), &new.point))
		return err_set(e, ERR_CONFIG, "a reading without a character");
	if (*simplified && !utf8_decode(simplified, strlen(simplified), &new.simplified))
		return err_set(e, ERR_CONFIG, "not a simplified character");
	if (!readings_number(r, syllables, ' ', new.syllable, &new.n, e))
		return false;
	if (r->n == r->cap) {
		r->cap = r->cap ? r->cap * 2 : 1024;
		r->rows = xrealloc(r->rows, r->cap, sizeof *r->rows);
	}
	r->rows[r->n++] = new;
	return true;
}

static int by_point(const void *a, const void *b)
{
	const struct reading *x = a, *y = b;
	return (x->point > y->point) - (x->point < y->point);
}

void readings_sort(struct readings *r)
{
	if (r->n)
		qsort(r->rows, r->n, sizeof *r->rows, by_point);
}

const struct reading *readings_find(const struct readings *r, uint32_t point)
{
	struct reading key = { .point = point };
	return r->n ? bsearch(&key, r->rows, r->n, sizeof key, by_point) : NULL;
}

static bool load_row(void *ctx, char *field[static TSV_FIELDS], struct err *e)
{
	return readings_add(ctx, field[0], field[1], field[2], e);
}

bool readings_load(struct readings *r, const char *data_dir, struct err *e)
{
	if (!tsv_read(data_dir, "pinyin/readings.tsv", load_row, r, e))
		return false;
	readings_sort(r);
	return true;
}

/* "chang/zhang ning lu": each character's readings for the library; a character without a reading stays "?". */
static void of_name(const struct readings *r, const char *name, char *out, size_t size)
{
	size_t len = 0, left = strlen(name), step;
	uint32_t point;
	out[0] = '\0';
	for (; left && (step = utf8_decode(name, left, &point)); name += step, left -= step) {
		const struct reading *found = readings_find(r, point);
		uint8_t n = found ? found->n : 0;
		for (uint8_t i = 0; i < n || i == 0; i++) {
			const char *syllable = n ? r->syllable[found->syllable[i]] : "?";
			const char *separator = i ? "/" : len ? " " : "";
			int added = snprintf(out + len, size - len, "%s%s", separator, syllable);
			if (added < 0 || (size_t)added >= size - len)
				return;
			len += (size_t)added;
		}
	}
}

/* One syllable for each character, each of letters or "?", others behind "/". */
static bool fits_name(const char *given, size_t characters)
{
	size_t n = 0, letters = 0;
	for (const char *s = given;; s++) {
		bool end = !*s || *s == ' ' || *s == '/';
		if (end && (letters == 0 || letters >= SYLLABLE_SIZE))
			return false;
		if (!*s || *s == ' ')
			n++;
		if (!*s)
			return n == characters;
		if (!end && *s != '?' && (*s < 'a' || *s > 'z'))
			return false;
		letters = end ? 0 : letters + 1;
	}
}

static bool cut(const struct readings *r, const char *name, const char *letters, char *out, size_t size)
{
	uint32_t point = 0;
	size_t step = utf8_decode(name, strlen(name), &point);
	if (!step)
		return !*letters && !*name;
	const struct reading *found = readings_find(r, point);
	for (uint8_t i = 0; found && i < found->n; i++) {
		const char *syllable = r->syllable[found->syllable[i]];
		size_t n = strlen(syllable), more = name[step] ? 1 : 0;
		if (strncmp(letters, syllable, n) != 0 || n + more >= size)
			continue;
		memcpy(out, syllable, n);
		memcpy(out + n, " ", more);
		out[n + more] = '\0';
		if (cut(r, name + step, letters + n, out + n + more, size - n - more))
			return true;
	}
	return false;
}

void readings_of_given(const struct readings *r, const char *name, const char *given, char *out, size_t size)
{
	char clean[512];
	size_t n = 0;
	for (const char *s = given; *s && n + 1 < sizeof clean; s++) {
		bool upper = *s >= 'A' && *s <= 'Z';
		if (strncmp(s, "ü", 2) == 0) {
			clean[n++] = 'v';
			s++;
		} else if ((*s != '\'' && (*s < '0' || *s > '9')) && (*s != ' ' || (n && clean[n - 1] != ' '))) {
			clean[n++] = upper ? (char)(*s - 'A' + 'a') : *s; /* tones and apostrophes say nothing here */
		}
	}
	clean[n - (n && clean[n - 1] == ' ')] = '\0';
	if (n && n < size && fits_name(clean, utf8_length(name))) {
		memcpy(out, clean, strlen(clean) + 1);
		return;
	}
	if (n && strlen(name) < 100 && cut(r, name, clean, out, size))
		return;
	of_name(r, name, out, size);
}
