/* See scan.h. The steps are compiled twice where the processor may have wider vectors, and chosen when the program starts. */
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("O3")
#endif
#include "address/scan.h"

#include <stdlib.h>
#include <string.h>

#include "address/clones.h"
#include "address/library.h"
#include "base/xalloc.h"

/* From inside a syllable to where the next one begins: the addition carries through the run of places in between. */
static inline __attribute__((always_inline)) uint32_t next_start(uint32_t at, uint32_t begin)
{
	return ((at & ~begin) + ~begin) & begin;
}

/* How a letter may be taken: each is all ones or zero. */
struct way {
	uint32_t jump;   /* from inside a syllable to the next */
	uint32_t inside; /* not only at the start of a syllable */
	uint32_t open;   /* the syllable need not be complete behind it */
};

CLONES static uint32_t step_exact(uint32_t *restrict front, uint32_t *restrict inner, const uint32_t *restrict begin,
	const uint32_t *restrict letter, struct way way)
{
	uint32_t any = 0;
	for (size_t i = 0; i < SCAN_BLOCK; i++) {
		uint32_t b = begin[i], p = front[i], q = inner[i], mask = letter[i] & (b | way.inside);
		p |= next_start(p, b) & way.jump;
		q |= next_start(q, b) & way.jump;
		front[i] = (p & mask) << 1 & (b | way.open);
		inner[i] = q = (q & mask) << 1 & (b | way.open);
		any |= q;
	}
	return any;
}

struct slip_columns {
	uint32_t *restrict loose, *restrict strict, *restrict slip, *restrict swap;
};

struct sound { /* the columns of the typed letter and of the one it is mixed up with, and what may be too many */
	const uint32_t *restrict letter, *restrict alike;
	uint32_t extra; /* all ones for g and h */
	uint32_t errors;
};

CLONES static uint32_t step_slip(struct slip_columns c, const uint32_t *restrict begin,
	const uint32_t *restrict optional, const uint32_t *restrict after, struct sound sound)
{
	uint32_t any = 0, *restrict loose = c.loose, *restrict strict = c.strict, *restrict slip = c.slip,
		 *restrict swap = c.swap;
	const uint32_t *restrict letter = sound.letter, *restrict alike = sound.alike;
	for (size_t i = 0; i < SCAN_BLOCK; i++) {
		uint32_t b = begin[i], mask = letter[i] | (alike[i] & b), keep = after[i] & sound.extra,
			 o = optional[i];
		uint32_t l = loose[i], s = strict[i], e = slip[i], w = swap[i];
		uint32_t from = l | (l & o) << 1;
		from |= next_start(from, b);
		uint32_t whole = s | (s & o) << 1, wrong = e | (e & o) << 1;
		uint32_t now = (whole & mask) << 1 | (s & keep);
		loose[i] = l = (from & mask) << 1 | (l & keep);
		/* one mistake: a letter too many, another letter, a letter missing before or behind, two swapped */
		uint32_t mistake = s | whole << 1 | now << 1 | ((whole << 1 & mask) << 1) | ((w & letter[i]) << 2);
		slip[i] = e = (wrong & mask) << 1 | (e & keep) | (mistake & sound.errors);
		swap[i] = w = whole & (letter[i] >> 1);
		strict[i] = now;
		any |= l | e | now | w;
	}
	return any;
}

/* A whole syllable behind `strict` counts as one mistake: another character was typed for it. */
CLONES static uint32_t step_replaced(const uint32_t *restrict before, struct slip_columns c,
	const uint32_t *restrict begin)
{
	uint32_t any = 0, *restrict loose = c.loose, *restrict strict = c.strict, *restrict slip = c.slip;
	for (size_t i = 0; i < SCAN_BLOCK; i++) {
		uint32_t b = begin[i], past = (before[i] & b) << 1;
		loose[i] = loose[i] & b;
		strict[i] &= b;
		slip[i] = (slip[i] & b) | next_start(past, b) | (past & b);
		any |= loose[i] | strict[i] | slip[i];
	}
	return any;
}

static uint32_t *column(size_t n)
{
	uint32_t *p = xcalloc(n ? n : 1, sizeof *p);
	return p;
}

static bool blur(const char *syllable, size_t i, bool *ret_optional)
{
	char first = syllable[0], c = syllable[i];
	bool hissing = first == 'z' || first == 'c' || first == 's';
	*ret_optional = (i == 1 && c == 'h' && hissing) || (i > 1 && c == 'g' && syllable[i - 1] == 'n');
	return (i == 1 && c != 'h' && hissing) || (i > 1 && c == '\0' && syllable[i - 1] == 'n');
}

/* Writes one way to read the name: `variant` counts through the readings of its characters. */
static void put_row(struct scan *s, const struct address_library *l, const struct name *name, size_t variant)
{
	size_t at = 0, row = s->rows++;
	for (size_t j = 0; j < name->n; j++) {
		const struct glyph *g = name_glyph(l, name, j);
		if (!g->n)
			continue;
		const char *syllable = l->readings.syllable[g->syllable[variant % g->n]];
		size_t len = strlen(syllable);
		variant /= g->n;
		if (at + len > SCAN_LETTERS)
			break;
		s->begin[row] |= 1u << at;
		for (size_t i = 0; i <= len; i++) {
			bool optional;
			if (blur(syllable, i, &optional))
				s->after[row] |= 1u << (at + i);
			if (optional)
				s->optional[row] |= 1u << (at + i);
			if (syllable[i] >= 'a' && syllable[i] <= 'z')
				s->letter[syllable[i] - 'a'][row] |= 1u << (at + i);
		}
		at += len;
	}
	s->begin[row] |= 1u << at;
}

static size_t variants(const struct address_library *l, const struct name *name)
{
	size_t n = 1;
	for (size_t j = 0; j < name->n && n < SCAN_VARIANTS; j++)
		n *= name_glyph(l, name, j)->n ? name_glyph(l, name, j)->n : 1;
	return n < SCAN_VARIANTS ? n : SCAN_VARIANTS;
}

void scan_build(struct scan *s, const struct address_library *l, const uint32_t *order)
{
	size_t rows = 0;
	for (size_t i = 0; i < l->n_names; i++)
		rows += variants(l, &l->names[i]);
	*s = (struct scan){ .padded = (rows + SCAN_BLOCK - 1) / SCAN_BLOCK * SCAN_BLOCK };
	for (size_t c = 0; c < 26; c++)
		s->letter[c] = column(s->padded);
	s->begin = column(s->padded);
	s->optional = column(s->padded);
	s->after = column(s->padded);
	s->rank = column(s->padded);
	for (size_t i = 0; i < l->n_names; i++) {
		const struct name *name = &l->names[order[i]];
		for (size_t v = 0, ways = variants(l, name); v < ways; v++) {
			s->rank[s->rows] = (uint32_t)i;
			put_row(s, l, name, v);
		}
	}
}

void scan_finish(struct scan *s)
{
	for (size_t c = 0; c < 26; c++)
		free(s->letter[c]);
	free(s->begin);
	free(s->optional);
	free(s->after);
	free(s->rank);
	*s = (struct scan){ 0 };
}

void scan_state_create(struct scan_state *t, const struct scan *s)
{
	*t = (struct scan_state){ 0 };
	for (size_t c = 0; c < SCAN_COLUMNS; c++)
		t->column[c] = column(s->padded);
	for (size_t k = 0; k < 2; k++)
		t->alive[k] = xcalloc(s->padded / SCAN_BLOCK + 1, 1);
}

void scan_state_finish(struct scan_state *t)
{
	for (size_t c = 0; c < SCAN_COLUMNS; c++)
		free(t->column[c]);
	free(t->alive[0]);
	free(t->alive[1]);
	explicit_bzero(t, sizeof *t);
}

CLONES static uint32_t any_of(const uint32_t *column)
{
	uint32_t any = 0;
	for (size_t i = 0; i < SCAN_BLOCK; i++)
		any |= column[i];
	return any;
}

bool scan_block_alive(const struct scan_state *t, enum scan_column c, size_t row)
{
	return t->alive[c > SCAN_INSIDE][row / SCAN_BLOCK] && any_of(t->column[c] + row);
}

static bool letter_of(const struct atom *a, size_t *ret)
{
	if (a->point < 'a' || a->point > 'z')
		return false;
	*ret = a->point - 'a';
	return true;
}

static const char *syllable_of(const struct readings *r, const struct atom *a)
{
	return a->reading && a->reading->n ? r->syllable[a->reading->syllable[0]] : "";
}

static uint32_t exact_atom(struct scan_state *t, const struct scan *s, const struct readings *r, size_t k, size_t row)
{
	uint32_t *front = t->column[SCAN_FRONT] + row, *inner = t->column[SCAN_INSIDE] + row, any = 0;
	const uint32_t *begin = s->begin + row;
	size_t c, before;
	if (letter_of(&t->atoms[k], &c))
		return step_exact(front, inner, begin, s->letter[c] + row, (struct way){ ~0u, ~0u, ~0u });
	const char *syllable = syllable_of(r, &t->atoms[k]);
	bool behind_letter = k && letter_of(&t->atoms[k - 1], &before);
	for (size_t i = 0; syllable[i]; i++) {
		any = step_exact(front, inner, begin, s->letter[syllable[i] - 'a'] + row,
			(struct way){ i == 0 && behind_letter ? ~0u : 0, i ? ~0u : 0, syllable[i + 1] ? ~0u : 0 });
		if (!any)
			return 0;
	}
	return any; /* nothing matches a character without a reading */
}

static size_t alike(size_t c)
{
	switch (c + 'a') {
	case 'n':
		return 'l' - 'a';
	case 'l':
		return 'n' - 'a';
	case 'h':
		return 'f' - 'a';
	case 'f':
		return 'h' - 'a';
	default:
		return c;
	}
}

static struct sound sound_of(const struct scan *s, size_t c, size_t row, bool errors)
{
	return (struct sound){ s->letter[c] + row, s->letter[alike(c)] + row,
		c == 'g' - 'a' || c == 'h' - 'a' ? ~0u : 0, errors ? ~0u : 0 };
}

static uint32_t slip_atom(struct scan_state *t, const struct scan *s, const struct readings *r, size_t k, size_t row)
{
	struct slip_columns c = { t->column[SCAN_LOOSE] + row, t->column[SCAN_STRICT] + row, t->column[SCAN_SLIP] + row,
		t->column[SCAN_SWAP] + row };
	const uint32_t *begin = s->begin + row;
	uint32_t before[SCAN_BLOCK];
	size_t letter;
	if (letter_of(&t->atoms[k], &letter))
		return step_slip(c, begin, s->optional + row, s->after + row, sound_of(s, letter, row, true));
	const char *syllable = syllable_of(r, &t->atoms[k]);
	memcpy(before, c.strict, sizeof before);
	memset(c.swap, 0, SCAN_BLOCK * sizeof *c.swap);
	for (size_t i = 0; syllable[i]; i++)
		step_slip(c, begin, s->optional + row, s->after + row,
			sound_of(s, (size_t)(syllable[i] - 'a'), row, false));
	memset(c.swap, 0, SCAN_BLOCK * sizeof *c.swap);
	return step_replaced(before, c, begin);
}

static inline __attribute__((always_inline)) void fill(uint32_t *to, uint32_t value)
{
	for (size_t i = 0; i < SCAN_BLOCK; i++)
		to[i] = value;
}

CLONES static void start_block(struct scan_state *t, const struct scan *s, bool slip, size_t row)
{
	t->alive[slip][row / SCAN_BLOCK] = 1;
	if (slip) {
		fill(t->column[SCAN_LOOSE] + row, 1);
		fill(t->column[SCAN_STRICT] + row, 1);
		fill(t->column[SCAN_SLIP] + row, 0);
		fill(t->column[SCAN_SWAP] + row, 0);
		return;
	}
	memcpy(t->column[SCAN_INSIDE] + row, s->begin + row, SCAN_BLOCK * sizeof(uint32_t));
	fill(t->column[SCAN_FRONT] + row, 1);
}

static void run(struct scan_state *t, const struct scan *s, const struct readings *r, size_t n, bool slip)
{
	for (size_t row = 0; row < s->padded; row += SCAN_BLOCK) {
		if (t->n[slip] == 0)
			start_block(t, s, slip, row);
		uint8_t *alive = &t->alive[slip][row / SCAN_BLOCK];
		for (size_t k = t->n[slip]; k < n && *alive; k++)
			*alive = (slip ? slip_atom : exact_atom)(t, s, r, k, row) != 0;
	}
	t->n[slip] = n;
}

/* How many of the atoms every row has places for: a long name's row ends before the name does. */
static size_t fitting(const struct readings *r, const struct atom *atoms, size_t n)
{
	size_t letters = 0, k = 0, c;
	while (k < n) {
		letters += letter_of(&atoms[k], &c) ? 1 : strlen(syllable_of(r, &atoms[k]));
		if (letters > SCAN_LETTERS - SYLLABLE_SIZE)
			break;
		k++;
	}
	return k;
}

void scan_take(struct scan_state *t, const struct scan *s, const struct readings *r, const struct atom *atoms, size_t n,
	bool slip)
{
	n = fitting(r, atoms, n);
	for (int k = 0; k < 2; k++) {
		size_t same = 0;
		while (same < t->n[k] && same < n && t->atoms[same].point == atoms[same].point)
			same++;
		if (same < t->n[k])
			t->n[k] = 0; /* a letter taken back: from the beginning */
	}
	if (n)
		memcpy(t->atoms, atoms, n * sizeof *atoms);
	memset(t->atoms + n, 0, (QUERY_ATOMS - n) * sizeof *atoms);
	run(t, s, r, n, false);
	if (slip)
		run(t, s, r, n, true);
}
