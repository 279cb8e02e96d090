#include "address/match.h"

#include <string.h>

enum {
	COST_INITIAL = 25,
	COST_PREFIX = 70,
	COST_UNFINISHED = 4,
	COST_SOUND = 80,
	COST_SOUND_ALIKE = 105,
	COST_ALIKE = 60,
	COST_EDIT = 130,
	COST_WRONG = 220,
	COST_SKIP = 100,
	COST_DROP = 240,
	COST_DROP_FIRST = 230,
	COST_LEAD = 100,
	COST_LEAD_MORE = 15,
	COST_UNTYPED = 12,
	COST_CUT_SHORT = 25, /* numbers are typed behind a part of the name */
	COST_OTHER_READING = 10,
	LONGEST = SYLLABLE_SIZE,
	TAKEN = 1u << 15, /* of matcher.from: the character was typed */
};

/* zh->z ch->c sh->s, ng->n, l->n, f->h: what people mix up (reference address.md 5). Returns the new length. */
static size_t blur(const char *s, size_t n, char out[static LONGEST + 1])
{
	size_t k = 0;
	for (size_t i = 0; i < n && k < LONGEST; i++) {
		if (s[i] == 'h' && i == 1 && (s[0] == 'z' || s[0] == 'c' || s[0] == 's'))
			continue;
		if (s[i] == 'g' && i > 1 && s[i - 1] == 'n')
			continue;
		out[k++] = i == 0 && s[i] == 'l' ? 'n' : i == 0 && s[i] == 'f' ? 'h' : s[i];
	}
	out[k] = '\0';
	return k;
}

/* One letter wrong, missing, too many, or two swapped. */
static bool one_edit(const char *a, size_t n, const char *b, size_t m)
{
	size_t i = 0;
	while (i < n && i < m && a[i] == b[i])
		i++;
	if (n == m) {
		if (i == n || memcmp(a + i + 1, b + i + 1, n - i - 1) == 0)
			return true;
		return i + 1 < n && a[i] == b[i + 1] && a[i + 1] == b[i] &&
			memcmp(a + i + 2, b + i + 2, n - i - 2) == 0;
	}
	return n + 1 == m ? memcmp(a + i, b + i + 1, n - i) == 0 : m + 1 == n && memcmp(a + i + 1, b + i, m - i) == 0;
}

/* The typed letters against one syllable. `last`: nothing is typed behind them, so the syllable may be unfinished. */
static int syllable_cost(const char *typed, size_t n, const char *syllable, const struct match_syllable *s, bool last)
{
	size_t len = s->length, nb = s->blurred_length;
	const char *b = s->blurred;
	char a[LONGEST + 1];
	if (n <= len && memcmp(typed, syllable, n) == 0) {
		bool initial = n == 1 || (n == 2 && syllable[1] == 'h');
		return n == len ? 0 : last ? COST_UNFINISHED * (int)(len - n) : initial ? COST_INITIAL : COST_PREFIX;
	}
	size_t na = blur(typed, n, a);
	if (na <= nb && memcmp(a, b, na) == 0 && (na == nb || last || na == 1))
		return COST_ALIKE + COST_UNFINISHED * (int)(nb - na);
	if (n >= 2 && len >= 2 && one_edit(typed, n, syllable, len))
		return COST_EDIT;
	if (last && n >= 3 && n < len && one_edit(typed, n, syllable, n))
		return COST_EDIT + COST_UNFINISHED * (int)(len - n);
	return MATCH_NONE;
}

static const uint16_t *letters_cost(struct matcher *m, size_t i, uint16_t number)
{
	uint32_t key = (uint32_t)i << 16 | number;
	struct match_letters *c = &m->cache[(number * 31u + i * 257u) % MATCH_CACHE];
	if (c->key == key && c->round == m->round)
		return c->cost;
	const struct glyph *g = &m->l->glyphs[number];
	*c = (struct match_letters){ .key = key, .round = m->round };
	for (size_t k = 0; k <= LONGEST; k++)
		c->cost[k] = MATCH_NONE;
	for (uint8_t v = 0; v < g->n; v++) {
		const char *syllable = m->l->readings.syllable[g->syllable[v]];
		const struct match_syllable *s = &m->syllables[g->syllable[v]];
		for (size_t k = 1; k <= m->run[i] && k <= s->length + 1u && k <= LONGEST; k++) {
			int cost = syllable_cost(m->letters + i, k, syllable, s, i + k == m->n) +
				(v ? COST_OTHER_READING : 0);
			if (cost < c->cost[k])
				c->cost[k] = (uint16_t)cost;
		}
	}
	return c->cost;
}

static int character_cost(const struct matcher *m, const struct atom *a, const struct glyph *g, bool errors)
{
	if (a->point == g->point)
		return 0;
	int cost = errors && m->n >= 2 ? COST_WRONG : MATCH_NONE;
	for (uint8_t x = 0; a->reading && x < a->reading->n; x++) {
		for (uint8_t y = 0; y < g->n; y++) {
			if (a->reading->syllable[x] == g->syllable[y])
				return COST_SOUND;
			if (m->alike[a->reading->syllable[x]] == m->alike[g->syllable[y]])
				cost = COST_SOUND_ALIKE;
		}
	}
	return cost;
}

static inline void reach(struct matcher *m, size_t i, size_t j, int cost, uint16_t from)
{
	if (cost < m->best[i][j]) {
		m->best[i][j] = (uint16_t)cost;
		m->from[i][j] = from;
	}
}

static void step(struct matcher *m, const struct name *name, size_t i, size_t j, bool errors)
{
	int cost = m->best[i][j];
	uint16_t here = (uint16_t)(i << 5 | j);
	if (errors && m->n >= 3 && !m->letters[i])
		reach(m, i + 1, j, cost + (i ? COST_DROP : COST_DROP_FIRST), here);
	if (j == name->n)
		return;
	if (errors && i > 0)
		reach(m, i, j + 1, cost + COST_SKIP, here);
	uint16_t number = m->l->chars[name->first + j];
	if (!m->letters[i]) {
		reach(m, i + 1, j + 1, cost + character_cost(m, &m->atoms[i], &m->l->glyphs[number], errors),
			here | TAKEN);
		return;
	}
	const uint16_t *letters = letters_cost(m, i, number);
	for (size_t k = 1; k <= m->run[i] && k <= LONGEST; k++)
		reach(m, i + k, j + 1, cost + letters[k], here | TAKEN);
}

/* A cheap test first: a name that shares too little with what is typed cannot come out below the limit. */
static bool hopeless(const struct matcher *m, const struct name *name)
{
	uint32_t typed = 0;
	for (size_t i = 0; i < m->n; i++)
		typed |= m->letters[i] ? 1u << (m->letters[i] - 'a') : 0;
	return __builtin_popcount(typed & ~name->letters) > 2;
}

void match_create(struct matcher *m, const struct address_library *l)
{
	char a[LONGEST + 1], b[LONGEST + 1];
	*m = (struct matcher){ .l = l };
	for (size_t i = 0; i < l->readings.n_syllables; i++) {
		struct match_syllable *s = &m->syllables[i];
		s->length = (uint8_t)strlen(l->readings.syllable[i]);
		s->blurred_length = (uint8_t)blur(l->readings.syllable[i], s->length, a);
		memcpy(s->blurred, a, s->blurred_length);
		for (size_t k = 0; k <= i; k++) {
			blur(l->readings.syllable[k], strlen(l->readings.syllable[k]), b);
			if (strcmp(a, b) == 0) {
				m->alike[i] = (uint16_t)k;
				break;
			}
		}
	}
}

void match_begin(struct matcher *m, const struct atom *atoms, size_t n, bool ended)
{
	m->atoms = atoms;
	m->n = n < QUERY_ATOMS ? n : QUERY_ATOMS;
	m->ended = ended;
	m->round++;
	m->run[m->n] = 0;
	for (size_t i = m->n; i-- > 0;) {
		m->letters[i] = atoms[i].point < 0x80 ? (char)atoms[i].point : '\0';
		m->run[i] = m->letters[i] ? (uint8_t)(m->run[i + 1] + 1) : 0;
	}
}

int match_name(struct matcher *m, const struct name *name, bool errors)
{
	size_t n = m->n;
	int total = MATCH_NONE;
	if (n == 0 || hopeless(m, name))
		return MATCH_NONE;
	for (size_t i = 0; i <= n; i++)
		memset(m->best[i], 0x7f, (size_t)(name->n + 1) * sizeof m->best[i][0]); /* more than MATCH_NONE */
	m->best[0][0] = m->from[0][0] = 0;
	for (size_t j = 1; j < name->n; j++) {
		m->best[0][j] = (uint16_t)(COST_LEAD + COST_LEAD_MORE * (int)(j - 1));
		m->from[0][j] = 0;
	}
	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j <= name->n; j++) {
			if (m->best[i][j] <= MATCH_LIMIT)
				step(m, name, i, j, errors);
		}
	}
	for (size_t j = 1; j <= name->n; j++) {
		int rest = name->n - (int)j,
		    cost = m->best[n][j] + COST_UNTYPED * rest + (rest && m->ended ? COST_CUT_SHORT : 0);
		total = cost < total ? cost : total;
	}
	return total <= MATCH_LIMIT ? total : MATCH_NONE;
}

uint32_t match_marks(const struct matcher *m, const struct name *name)
{
	size_t i = m->n, j = 1;
	uint32_t marks = 0;
	for (size_t k = 1; k <= name->n; k++) {
		if (m->best[i][k] + COST_UNTYPED * (name->n - (int)k) <
			m->best[i][j] + COST_UNTYPED * (name->n - (int)j))
			j = k;
	}
	while (i) {
		uint16_t from = m->from[i][j];
		if (from & TAKEN)
			marks |= 1u << (j - 1);
		i = (size_t)(from & ~TAKEN) >> 5;
		j = from & 31;
	}
	return marks;
}
