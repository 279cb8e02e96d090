#include "address/match.h"

#include <stdint.h>
#include <string.h>

enum {
	COST_INITIAL = 25,
	COST_PREFIX = 70,
	COST_UNFINISHED = 4,
	COST_SOUND = 80,
	COST_ALIKE = 60,
	COST_EDIT = 130,
	COST_WRONG = 260,
	COST_SKIP = 160,
	COST_DROP = 170,
	COST_LEAD = 90,
	COST_LEAD_MORE = 15,
	COST_UNTYPED = 12,
	COST_OTHER_READING = 10,
	LONGEST = SYLLABLE_SIZE,
};

static bool is_letter(const struct atom *a)
{
	return a->point < 0x80;
}

/* zh->z ch->c sh->s, ng->n, l->n, f->h: what people mix up (reference address.md 5). Returns the new length. */
static size_t alike(const char *s, size_t n, char out[static LONGEST + 1])
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
		if (memcmp(a + i + 1, b + i + 1, n - i - 1) == 0)
			return true;
		return i + 1 < n && a[i] == b[i + 1] && a[i + 1] == b[i] &&
			memcmp(a + i + 2, b + i + 2, n - i - 2) == 0;
	}
	return n + 1 == m ? memcmp(a + i, b + i + 1, n - i) == 0 : m + 1 == n && memcmp(a + i + 1, b + i, m - i) == 0;
}

/* The typed letters against one syllable. `last`: nothing is typed behind them, so the syllable may be unfinished. */
static int syllable_cost(const char *typed, size_t n, const char *syllable, bool last, bool errors)
{
	size_t len = strlen(syllable);
	char a[LONGEST + 1], b[LONGEST + 1];
	if (n <= len && memcmp(typed, syllable, n) == 0) {
		bool initial = n == 1 || (n == 2 && syllable[1] == 'h');
		return n == len ? 0 : last ? COST_UNFINISHED * (int)(len - n) : initial ? COST_INITIAL : COST_PREFIX;
	}
	if (!errors)
		return MATCH_NONE;
	size_t na = alike(typed, n, a), nb = alike(syllable, len, b);
	if (na <= nb && memcmp(a, b, na) == 0 && (na == nb || last) && n > 1)
		return COST_ALIKE + COST_UNFINISHED * (int)(nb - na);
	if (n >= 2 && len >= 3 && one_edit(typed, n, syllable, len))
		return COST_EDIT;
	return MATCH_NONE;
}

struct matcher {
	const struct readings *r;
	const struct atom *atoms;
	const struct name *name;
	char letters[QUERY_ATOMS + 1]; /* the atoms that are letters, the others '\0' */
	uint16_t best[QUERY_ATOMS + 1][NAME_CHARS + 1];
	size_t n;
	bool errors;
};

static void reach(struct matcher *m, size_t i, size_t j, int cost)
{
	if (cost < m->best[i][j])
		m->best[i][j] = (uint16_t)cost;
}

static void step_letters(struct matcher *m, size_t i, size_t j, int cost)
{
	const struct name *name = m->name;
	size_t run = strnlen(m->letters + i, LONGEST - 1);
	for (uint8_t v = 0; v < name->n_syllables[j]; v++) {
		const char *syllable = m->r->syllable[name->syllable[j][v]];
		if (!m->errors && syllable[0] != m->letters[i])
			continue;
		size_t longest = strlen(syllable) + 1;
		for (size_t k = 1; k <= run && k <= longest; k++) {
			int c = syllable_cost(m->letters + i, k, syllable, i + k == m->n,
				m->errors && cost + COST_ALIKE <= MATCH_LIMIT);
			if (c < MATCH_LIMIT)
				reach(m, i + k, j + 1, cost + c + (v ? COST_OTHER_READING : 0));
		}
	}
}

static bool sounds(const struct atom *a, const struct name *name, size_t j)
{
	for (uint8_t x = 0; a->reading && x < a->reading->n; x++) {
		for (uint8_t y = 0; y < name->n_syllables[j]; y++) {
			if (a->reading->syllable[x] == name->syllable[j][y])
				return true;
		}
	}
	return false;
}

static bool sounds_alike(const struct matcher *m, const struct atom *a, size_t j)
{
	char x[LONGEST + 1], y[LONGEST + 1];
	if (!a->reading || !a->reading->n || !m->name->n_syllables[j])
		return false;
	const char *s = m->r->syllable[a->reading->syllable[0]], *t = m->r->syllable[m->name->syllable[j][0]];
	return alike(s, strlen(s), x) == alike(t, strlen(t), y) && strcmp(x, y) == 0;
}

static void step_character(struct matcher *m, size_t i, size_t j, int cost)
{
	const struct atom *a = &m->atoms[i];
	if (a->point == m->name->point[j])
		reach(m, i + 1, j + 1, cost);
	else if (sounds(a, m->name, j))
		reach(m, i + 1, j + 1, cost + COST_SOUND);
	else if (m->errors && sounds_alike(m, a, j))
		reach(m, i + 1, j + 1, cost + COST_SOUND + COST_INITIAL);
	else if (m->errors && m->n >= 3)
		reach(m, i + 1, j + 1, cost + COST_WRONG);
}

static bool occurs(const struct matcher *m, size_t i)
{
	for (size_t j = 0; j < m->name->n; j++) {
		if (m->atoms[i].point == m->name->point[j] || sounds(&m->atoms[i], m->name, j))
			return true;
	}
	return false;
}

/* A cheap test first: a name that shares too little with what is typed cannot come out below the limit. */
static bool hopeless(const struct matcher *m)
{
	uint32_t typed = 0;
	int strangers = 0;
	if (!m->errors && m->letters[0] && !(m->name->initials >> (m->letters[0] - 'a') & 1))
		return true;
	for (size_t i = 0; i < m->n; i++) {
		if (m->letters[i])
			typed |= 1u << (m->letters[i] - 'a');
		else if (!occurs(m, i) && ++strangers > (m->errors ? 1 : 0))
			return true; /* each costs more than half the limit, unless it sounds alike */
	}
	return __builtin_popcount(typed & ~m->name->letters) > (m->errors ? 2 : 0);
}

int match_name(const struct readings *r, const struct atom *atoms, size_t n, const struct name *name, bool errors)
{
	struct matcher m = { .r = r, .atoms = atoms, .name = name, .n = n, .errors = errors };
	int total = MATCH_NONE;
	if (n == 0 || n > QUERY_ATOMS)
		return MATCH_NONE;
	for (size_t i = 0; i < n; i++)
		m.letters[i] = is_letter(&atoms[i]) ? (char)atoms[i].point : '\0';
	if (hopeless(&m))
		return MATCH_NONE;
	for (size_t i = 0; i <= n; i++) {
		for (size_t j = 0; j <= name->n; j++)
			m.best[i][j] = MATCH_NONE;
	}
	m.best[0][0] = 0;
	for (size_t j = 1; j < name->n; j++)
		m.best[0][j] = (uint16_t)(COST_LEAD + COST_LEAD_MORE * (int)(j - 1));
	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j <= name->n; j++) {
			int cost = m.best[i][j];
			if (cost > MATCH_LIMIT)
				continue;
			if (errors && n >= 3 && !m.letters[i])
				reach(&m, i + 1, j, cost + COST_DROP);
			if (j == name->n)
				continue;
			if (errors && i > 0)
				reach(&m, i, j + 1, cost + COST_SKIP);
			if (m.letters[i])
				step_letters(&m, i, j, cost);
			else
				step_character(&m, i, j, cost);
		}
	}
	for (size_t j = 0; j <= name->n; j++) {
		if (m.best[n][j] <= MATCH_LIMIT && m.best[n][j] + COST_UNTYPED * (name->n - (int)j) < total)
			total = m.best[n][j] + COST_UNTYPED * (name->n - (int)j);
	}
	return total <= MATCH_LIMIT ? total : MATCH_NONE;
}

int match_inside(const struct atom *atoms, size_t n, const struct name *name)
{
	for (size_t i = 0; name->n >= 3 && i + name->n <= n; i++) {
		size_t k = 0;
		while (k < name->n && atoms[i + k].point == name->point[k])
			k++;
		if (k == name->n) /* a longer name and one nearer to the numbers' front is likelier */
			return 60 + 8 * (int)(n - k);
	}
	return MATCH_NONE;
}
