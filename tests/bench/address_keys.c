/*
 * address_keys LIBRARY [SEED [QUERIES [NAMES]]]: types queries made from the library's own names, with the slips people make, key by
 * key, from nothing and on from the key before. Prints a table of recall and of times per key, then memory and start. NAMES: only
 * the first so many names are picked. MISSES=1: shows some. CPU=1: times of the processor, not of the clock.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "address/address.h"
#include "address/library.h"
#include "base/err.h"
#include "base/utf8.h"
#include "base/xalloc.h"

enum { QUERY_SIZE = 256, TRIES = 40, SHOWN = 5, KEYS_MAX = 1 << 20 };

struct bench {
	struct address_library *l;
	struct address_session *session;
	uint64_t seed;
	size_t names; /* of which one is picked */
	long lane;    /* of the name that was picked; 0: none */
	uint32_t *scratch, *appended;
	size_t n_keys;
};

static clockid_t which_clock = CLOCK_MONOTONIC;

typedef bool make_query(struct bench *b, const struct name *n, char *out);

static uint64_t roll(struct bench *b, uint64_t below)
{
	uint64_t z = b->seed += 0x9e3779b97f4a7c15u; /* SplitMix64 */
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return (z ^ z >> 31) % below;
}

static void add_point(char *out, uint32_t point)
{
	size_t n = strlen(out);
	n += utf8_encode(point, out + n);
	out[n] = '\0';
}

static void add_text(char *out, const char *text, size_t most)
{
	size_t n = strlen(out);
	snprintf(out + n, QUERY_SIZE - n, "%.*s", (int)most, text);
}

static const char *reading(const struct bench *b, const struct name *n, size_t j)
{
	const struct glyph *g = name_glyph(b->l, n, j);
	return g->n ? b->l->readings.syllable[g->syllable[0]] : "";
}

static uint32_t point(const struct bench *b, const struct name *n, size_t j)
{
	return name_glyph(b->l, n, j)->point;
}

static bool hanzi(struct bench *b, const struct name *n, char *out)
{
	for (size_t j = 0; j < n->n; j++)
		add_point(out, point(b, n, j));
	return true;
}

static bool pinyin(struct bench *b, const struct name *n, char *out)
{
	for (size_t j = 0; j < n->n; j++)
		add_text(out, reading(b, n, j), SYLLABLE_SIZE);
	return true;
}

static bool initials(struct bench *b, const struct name *n, char *out)
{
	for (size_t j = 0; j < n->n; j++)
		add_text(out, reading(b, n, j), 1);
	return n->n >= 3;
}

static bool initials_lane(struct bench *b, const struct name *n, char *out)
{
	if (!b->lane || !initials(b, n, out))
		return false;
	snprintf(out + strlen(out), 16, " %ld", b->lane);
	return true;
}

static bool mixed(struct bench *b, const struct name *n, char *out)
{
	size_t cut = 1 + roll(b, n->n - 1u);
	bool letters_first = roll(b, 2);
	for (size_t j = 0; j < n->n; j++) {
		if ((j < cut) == letters_first)
			add_text(out, reading(b, n, j), 1);
		else
			add_point(out, point(b, n, j));
	}
	return true;
}

static bool homophone(struct bench *b, const struct name *n, char *out)
{
	size_t at = roll(b, n->n);
	const struct glyph *old = name_glyph(b->l, n, at);
	for (int i = 0; i < 4000; i++) {
		const struct glyph *g = &b->l->glyphs[roll(b, b->l->n_glyphs)];
		if (!g->n || !old->n || g->point == old->point || g->syllable[0] != old->syllable[0])
			continue;
		for (size_t j = 0; j < n->n; j++)
			add_point(out, j == at ? g->point : point(b, n, j));
		return true;
	}
	return false;
}

static bool wrong(struct bench *b, const struct name *n, char *out)
{
	size_t at = roll(b, n->n);
	const struct glyph *g = &b->l->glyphs[roll(b, b->l->n_glyphs)];
	for (size_t j = 0; j < n->n; j++)
		add_point(out, j == at ? g->point : point(b, n, j));
	return n->n >= 4;
}

static bool dropped(struct bench *b, const struct name *n, char *out)
{
	size_t at = roll(b, n->n);
	for (size_t j = 0; j < n->n; j++) {
		if (j != at)
			add_point(out, point(b, n, j));
	}
	return n->n >= 4;
}

static bool fuzzy(struct bench *b, const struct name *n, char *out)
{
	size_t start = roll(b, n->n);
	bool done = false;
	char syllables[NAME_CHARS][SYLLABLE_SIZE + 1];
	for (size_t j = 0; j < n->n; j++)
		snprintf(syllables[j], sizeof syllables[j], "%s", reading(b, n, j));
	for (size_t k = 0; k < n->n && !done; k++) {
		char *s = syllables[(start + k) % n->n];
		size_t len = strlen(s);
		done = len >= 2;
		if (len >= 2 && s[1] == 'h')
			memmove(s + 1, s + 2, len - 1);
		else if (len >= 3 && s[len - 1] == 'g' && s[len - 2] == 'n')
			s[len - 1] = '\0';
		else if (len >= 2 && s[len - 1] == 'n')
			memcpy(s + len, "g", 2);
		else if (s[0] == 'n' || s[0] == 'l')
			s[0] = s[0] == 'n' ? 'l' : 'n';
		else if (len >= 2 && (s[0] == 'z' || s[0] == 'c' || s[0] == 's')) {
			memmove(s + 2, s + 1, len);
			s[1] = 'h';
		} else
			done = false;
	}
	for (size_t j = 0; j < n->n; j++)
		add_text(out, syllables[j], SYLLABLE_SIZE);
	return done;
}

static bool edited(struct bench *b, const struct name *n, char *out)
{
	pinyin(b, n, out);
	size_t len = strlen(out), at = roll(b, len ? len : 1);
	char c = (char)('a' + roll(b, 26));
	switch (len < 5 ? 9 : roll(b, 4)) {
	case 0:
		out[at] = c;
		return true;
	case 1:
		memmove(out + at, out + at + 1, len - at);
		return true;
	case 2:
		memmove(out + at + 1, out + at, len - at + 1);
		out[at] = c;
		return true;
	case 3:
		if (at + 1 == len)
			return false;
		c = out[at];
		out[at] = out[at + 1];
		out[at + 1] = c;
		return true;
	default:
		return false;
	}
}

static bool polyphone(struct bench *b, const struct name *n, char *out)
{
	bool other = false;
	for (size_t j = 0; j < n->n; j++) {
		const struct glyph *g = name_glyph(b->l, n, j);
		add_text(out, g->n > 1 && !other ? b->l->readings.syllable[g->syllable[1]] : reading(b, n, j),
			SYLLABLE_SIZE);
		other |= g->n > 1;
	}
	return other;
}

static uint32_t ns_since(const struct timespec *t)
{
	struct timespec now;
	clock_gettime(which_clock, &now);
	return (uint32_t)((now.tv_sec - t->tv_sec) * 1000000000L + now.tv_nsec - t->tv_nsec);
}

static void type(struct bench *b, const char *query)
{
	static struct address_hit hits[30];
	char prefix[QUERY_SIZE];
	struct timespec t;
	for (size_t i = 0, step; query[i] && b->n_keys < KEYS_MAX; i += step) {
		uint32_t p;
		step = utf8_decode(query + i, strlen(query + i), &p);
		memcpy(prefix, query, i + step);
		prefix[i + step] = '\0';
		clock_gettime(which_clock, &t);
		address_search(b->l, prefix, hits, 30);
		b->scratch[b->n_keys] = ns_since(&t);
		clock_gettime(which_clock, &t);
		address_session_type(b->session, prefix, hits, 30);
		b->appended[b->n_keys++] = ns_since(&t);
	}
}

static int by_value(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

static void print_times(uint32_t *ns, size_t n)
{
	qsort(ns, n, sizeof *ns, by_value);
	if (n)
		printf(" %6u %6u %6u |", ns[n / 2] / 1000, ns[n - 1 - n / 100] / 1000, ns[n - 1] / 1000);
}

static const struct category {
	const char *name;
	make_query *make;
} CATEGORIES[] = {
	{ "hanzi", hanzi },
	{ "pinyin", pinyin },
	{ "initials", initials },
	{ "initials lane", initials_lane },
	{ "mixed", mixed },
	{ "homophone", homophone },
	{ "wrong char", wrong },
	{ "dropped char", dropped },
	{ "fuzzy", fuzzy },
	{ "one edit", edited },
	{ "polyphone", polyphone },
};

static bool readable(const struct bench *b, const struct name *n)
{
	for (size_t j = 0; j < n->n; j++) {
		if (!name_glyph(b->l, n, j)->n)
			return false;
	}
	return true;
}

/* A name of two to ten characters, and one of its lanes. */
static const struct name *pick(struct bench *b)
{
	static const struct name *picked;
	do
		picked = &b->l->names[roll(b, b->names)];
	while (picked->n < 2 || picked->n > 10 || !readable(b, picked));
	b->lane = 0;
	if (b->l->db && !picked->lane) {
		struct address at;
		static struct address_hit lanes[64];
		library_fill(b->l, &b->l->streets[picked->street], &at);
		size_t n = address_below(b->l, &at, "", lanes, 64);
		n = n < 64 ? n : 64;
		if (n && lanes[roll(b, n)].at.level == ADDRESS_LANE)
			b->lane = strtol(lanes[roll(b, n)].at.lane, NULL, 10);
	}
	return picked;
}

static void run(struct bench *b, const struct category *c, size_t queries)
{
	static struct address_hit hits[30];
	size_t n = 0, first = 0, five = 0, misses = 0;
	b->n_keys = 0;
	for (size_t tries = 0; n < queries && tries < queries * TRIES; tries++) {
		char query[QUERY_SIZE] = "", gold[QUERY_SIZE] = "", got[QUERY_SIZE];
		const struct name *name = pick(b);
		if (!c->make(b, name, query))
			continue;
		n++;
		library_name_text(b->l, name, gold, sizeof gold);
		size_t shown = address_search(b->l, query, hits, SHOWN), found = 0;
		for (size_t i = shown < SHOWN ? shown : SHOWN; i-- > 0;) {
			snprintf(got, sizeof got, "(%s)", gold);
			if (strcmp(hits[i].at.street, gold) == 0 || strstr(hits[i].label, got))
				found = i + 1;
		}
		first += found == 1;
		five += found > 0;
		if (!found && misses++ < (getenv("MISSES") ? 8 : 0)) {
			printf("  %s -> %s:", query, gold);
			for (size_t i = 0; i < shown && i < SHOWN; i++)
				printf(" %s", hits[i].label);
			printf("\n");
		}
		type(b, query);
	}
	printf("%-14s %5zu  %.3f  %.3f |", c->name, n, n ? (double)first / (double)n : 0,
		n ? (double)five / (double)n : 0);
	print_times(b->scratch, b->n_keys);
	print_times(b->appended, b->n_keys);
	printf("\n");
}

int main(int argc, char **argv)
{
	struct bench b = { .seed = argc > 2 ? strtoul(argv[2], NULL, 10) : 1 };
	size_t queries = argc > 3 ? strtoul(argv[3], NULL, 10) : 1200;
	struct timespec t;
	struct address_hit hit;
	struct err e = { 0 };
	which_clock = getenv("CPU") ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC;
	clock_gettime(which_clock, &t);
	if (argc < 2 || !address_open(&b.l, argv[1], &e)) {
		fprintf(stderr, "usage: address_keys LIBRARY [SEED [QUERIES [NAMES]]] %s\n", e.text);
		return 2;
	}
	uint32_t opened = ns_since(&t);
	address_search(b.l, "zhong", &hit, 1);
	uint32_t first = ns_since(&t);
	b.names = argc > 4 ? strtoul(argv[4], NULL, 10) : b.l->n_names;
	b.names = b.names && b.names < b.l->n_names ? b.names : b.l->n_names;
	b.session = address_session_create(b.l);
	b.scratch = xcalloc(KEYS_MAX, sizeof *b.scratch);
	b.appended = xcalloc(KEYS_MAX, sizeof *b.appended);
	printf("category           n   @1     @5   | from nothing: p50 p99 max us | appended: p50 p99 max us\n");
	for (size_t i = 0; i < sizeof CATEGORIES / sizeof *CATEGORIES; i++)
		run(&b, &CATEGORIES[i], queries);
	struct rusage used;
	getrusage(RUSAGE_SELF, &used);
	printf("names %zu, open %u us, first result %u us, VmHWM %ld kB\n", b.l->n_names, opened / 1000, first / 1000,
		used.ru_maxrss);
	address_session_destroy(b.session);
	address_close(b.l);
	free(b.scratch);
	free(b.appended);
	return 0;
}
