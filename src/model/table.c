#include "model/table.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "base/xalloc.h"

enum { WORDS_MAX = 8, WORD_SIZE = 64, DEPTH_MAX = 8 };

/* How well a word fits a row; the sum over the words orders the results. */
enum fit {
	FIT_NONE,
	FIT_ABOVE,
	FIT_ENGLISH,
	FIT_PART,
	FIT_INITIALS,
	FIT_PINYIN,
	FIT_NAME,
	FIT_ALL_INITIALS,
	FIT_ALL_PINYIN,
	FIT_ALL_NAME
};

struct query {
	char words[WORDS_MAX][WORD_SIZE];
	unsigned n;
};

struct hit {
	int score; /* -1: does not fit */
	size_t row;
};

void table_finish(struct code_table *t)
{
	for (size_t i = 0; i < t->n_rows; i++) {
		struct code_row *r = &t->rows[i];
		char *texts[] = { r->code, r->name, r->english, r->pinyin, r->initials, r->parent };
		for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
			free(texts[k]);
	}
	free(t->rows);
	free(t->name);
	*t = (struct code_table){ 0 };
}

const struct code_row *table_find(const struct code_table *t, const char *code)
{
	for (size_t i = 0; i < t->n_rows; i++)
		if (strcmp(t->rows[i].code, code) == 0)
			return &t->rows[i];
	return NULL;
}

/* A parent stands before its children, mostly close by: looking back from the row is quick without an index. */
static const struct code_row *above(const struct code_table *t, const struct code_row *r)
{
	if (!*r->parent)
		return NULL;
	for (const struct code_row *p = r; p > t->rows;)
		if (strcmp((--p)->code, r->parent) == 0)
			return p;
	return table_find(t, r->parent);
}

bool table_is_leaf(const struct code_table *t, const struct code_row *r)
{
	for (size_t i = 0; i < t->n_rows; i++)
		if (strcmp(t->rows[i].parent, r->code) == 0)
			return false;
	return true;
}

void table_path(const struct code_table *t, const struct code_row *r, bool english, char *out, size_t size)
{
	const struct code_row *chain[DEPTH_MAX];
	struct str text;
	size_t n = 0;

	if (size == 0)
		return;
	for (; r && n < DEPTH_MAX; r = above(t, r))
		chain[n++] = r;
	str_init(&text, size - 1);
	for (size_t i = 0; i < n; i++) {
		if (english && i > 0)
			str_add(&text, ", ");
		str_add(&text, english ? chain[i]->english : chain[n - 1 - i]->name);
	}
	str_copy(out, size, text.text);
	str_finish(&text);
}

static void query_parse(struct query *q, const char *text)
{
	char folded[WORDS_MAX * WORD_SIZE];
	char *rest = folded, *word;

	*q = (struct query){ 0 };
	str_copy(folded, sizeof folded, text);
	utf8_fold_width(folded);
	for (char *s = folded; *s; s++)
		if (*s >= 'A' && *s <= 'Z')
			*s = (char)(*s - 'A' + 'a');
	while (q->n < WORDS_MAX && (word = strsep(&rest, " \t'")))
		if (*word)
			str_copy(q->words[q->n++], WORD_SIZE, word);
}

static bool starts(const char *text, const char *word, size_t n)
{
	return strncmp(text, word, n) == 0;
}

/* English names are long: a word may start any of their words. */
static bool english_fits(const char *english, const char *word, size_t n)
{
	for (const char *s = english; *s; s++)
		if ((s == english || s[-1] == ' ' || s[-1] == '(') && strncasecmp(s, word, n) == 0)
			return true;
	return false;
}

static enum fit fit_start(const struct code_row *r, const char *word, size_t n)
{
	if (starts(r->name, word, n))
		return r->name[n] ? FIT_NAME : FIT_ALL_NAME;
	if (starts(r->pinyin, word, n))
		return r->pinyin[n] ? FIT_PINYIN : FIT_ALL_PINYIN;
	if (starts(r->initials, word, n))
		return r->initials[n] ? FIT_INITIALS : FIT_ALL_INITIALS;
	return FIT_NONE;
}

static enum fit fit_word(const struct code_row *r, const char *word)
{
	size_t n = strlen(word);
	enum fit fit = fit_start(r, word, n);
	if (fit == FIT_NONE && strstr(r->name, word))
		return FIT_PART;
	if (fit == FIT_NONE && english_fits(r->english, word, n))
		return FIT_ENGLISH;
	return fit;
}

/* One word over several levels, as "njxw" or "江苏南京玄武": its end starts this row, what is before it the rows above. */
static bool fit_run(const struct code_table *t, const struct code_row *r, const char *word, size_t n, int depth)
{
	if (fit_start(r, word, n) != FIT_NONE)
		return true;
	const struct code_row *up = NULL;
	for (size_t cut = 1; cut < n && depth < DEPTH_MAX; cut++) {
		if (((unsigned char)word[cut] & 0xC0) == 0x80 || fit_start(r, word + cut, n - cut) == FIT_NONE)
			continue;
		if (!up && !(up = above(t, r)))
			return false;
		/* a level in between may be left out: "江苏玄武" */
		int level = depth;
		for (const struct code_row *p = up; p && level < DEPTH_MAX; p = above(t, p))
			if (fit_run(t, p, word, cut, ++level))
				return true;
	}
	return false;
}

/* Which words a row or one above it fits; remembered per row, so that each row is compared once. */
struct seen {
	uint16_t words; /* bits */
	bool known;
};

static unsigned words_of(const struct code_table *t, const struct query *q, struct seen *seen, const struct code_row *r,
	int depth)
{
	struct seen *s = &seen[r - t->rows];
	if (s->known || depth == DEPTH_MAX)
		return s->words;
	s->known = true; /* before going up: a parent that is its own child must not loop */
	for (unsigned i = 0; i < q->n; i++)
		if (fit_word(r, q->words[i]) != FIT_NONE)
			s->words |= (uint16_t)(1u << i);
	const struct code_row *up = above(t, r);
	if (up)
		s->words |= (uint16_t)words_of(t, q, seen, up, depth + 1);
	return s->words;
}

static int by_score(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;
	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return x->row < y->row ? -1 : x->row > y->row;
}

static size_t find_words(const struct code_table *t, const struct query *q, struct hit *hits)
{
	struct seen *seen = xcalloc(t->n_rows, sizeof *seen);
	unsigned all = (1u << q->n) - 1;
	size_t n = 0;

	for (size_t i = 0; i < t->n_rows; i++) {
		if (words_of(t, q, seen, &t->rows[i], 0) != all)
			continue;
		int score = 0;
		for (unsigned k = 0; k < q->n; k++) {
			enum fit fit = fit_word(&t->rows[i], q->words[k]);
			score += fit == FIT_NONE ? FIT_ABOVE : (int)fit;
		}
		hits[n++] = (struct hit){ score, i };
	}
	free(seen);
	return n;
}

static size_t find_runs(const struct code_table *t, const struct query *q, struct hit *hits)
{
	size_t n = 0;
	for (size_t i = 0; i < t->n_rows; i++) {
		unsigned k = 0;
		while (k < q->n && fit_run(t, &t->rows[i], q->words[k], strlen(q->words[k]), 0))
			k++;
		if (k == q->n)
			hits[n++] = (struct hit){ 0, i };
	}
	return n;
}

size_t table_search(const struct code_table *t, const char *query, const struct code_row **out, size_t max)
{
	struct query q;
	query_parse(&q, query);
	if (q.n == 0)
		return table_children(t, "", out, max);

	struct hit *hits = xcalloc(t->n_rows, sizeof *hits);
	size_t n = find_words(t, &q, hits);
	if (n == 0)
		n = find_runs(t, &q, hits);
	qsort(hits, n, sizeof *hits, by_score);
	for (size_t i = 0; i < n && i < max; i++)
		out[i] = &t->rows[hits[i].row];
	free(hits);
	return n;
}

size_t table_children(const struct code_table *t, const char *parent, const struct code_row **out, size_t max)
{
	size_t n = 0;
	for (size_t i = 0; i < t->n_rows; i++) {
		if (strcmp(t->rows[i].parent, parent) != 0)
			continue;
		if (n < max)
			out[n] = &t->rows[i];
		n++;
	}
	return n;
}
