#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "address/library.h"
#include "address/scan.h"
#include "base/utf8.h"

/* Names of one to four syllables, made up of these; character U+4E00 + k is read as syllable k. */
static const char *const SYLLABLES[] = { "nan", "jing", "xi", "lu", "zhang", "an", "e", "shi", "chuan", "long", "hu",
	"ye" };
enum { N_SYLLABLES = sizeof SYLLABLES / sizeof *SYLLABLES, NAMES = 600, TYPED = 32 };

static struct address_library library;
static struct glyph glyphs[N_SYLLABLES];
static struct name names[NAMES];
static uint16_t chars[NAMES * 4];
static uint32_t order[NAMES];
static struct scan scan;
static struct scan_state state_kept, state_new;
static uint64_t seed = 1;

static size_t roll(size_t below)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (size_t)(seed >> 33) % below;
}

static int setup(void **state)
{
	(void)state;
	for (size_t k = 0; k < N_SYLLABLES; k++) {
		char character[5] = { 0 };
		utf8_encode(0x4e00 + (uint32_t)k, character);
		if (!readings_add(&library.readings, character, SYLLABLES[k], "", NULL))
			return -1;
		glyphs[k] = (struct glyph){ .point = 0x4e00 + (uint32_t)k, .syllable = { (uint16_t)k }, .n = 1 };
	}
	readings_sort(&library.readings);
	for (size_t i = 0; i < NAMES; i++) {
		names[i] = (struct name){ .first = (uint32_t)(i * 4), .n = (uint8_t)(1 + roll(4)) };
		for (size_t j = 0; j < names[i].n; j++)
			chars[i * 4 + j] = (uint16_t)roll(N_SYLLABLES);
		order[i] = (uint32_t)(NAMES - 1 - i);
	}
	library.glyphs = glyphs;
	library.n_glyphs = N_SYLLABLES;
	library.chars = chars;
	library.names = names;
	library.n_names = NAMES;
	scan_build(&scan, &library, order);
	scan_state_create(&state_kept, &scan);
	scan_state_create(&state_new, &scan);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	scan_state_finish(&state_kept);
	scan_state_finish(&state_new);
	scan_finish(&scan);
	readings_finish(&library.readings);
	return 0;
}

/* The plain meaning of the exact pass: each letter goes on in the syllable or begins the next one. */
static bool abbreviates(const char *typed, const struct name *n, size_t j, size_t at)
{
	if (!*typed)
		return true;
	const char *syllable = j < n->n ? SYLLABLES[chars[n->first + j]] : "";
	if (syllable[at] && syllable[at] == *typed && abbreviates(typed + 1, n, j, at + 1))
		return true;
	return at && j + 1 < n->n && SYLLABLES[chars[n->first + j + 1]][0] == *typed &&
		abbreviates(typed + 1, n, j + 1, 1);
}

static size_t take(struct scan_state *t, const char *typed, bool slip)
{
	struct query q;
	query_parse(&q, typed, &library.readings);
	scan_take(t, &scan, &library.readings, q.atoms, q.n_atoms, slip);
	return q.n_atoms;
}

static void type(const struct name *n, char *out)
{
	out[0] = '\0';
	for (size_t j = 0; j < n->n; j++) {
		const char *s = SYLLABLES[chars[n->first + j]];
		size_t len = strlen(out), part = roll(3) ? strlen(s) : 1 + roll(strlen(s));
		snprintf(out + len, TYPED - len, "%.*s", (int)part, s);
	}
}

static void test_exact(void **state)
{
	char typed[TYPED];
	(void)state;
	for (size_t k = 0; k < 300; k++) {
		type(&names[roll(NAMES)], typed);
		take(&state_new, typed, false);
		for (size_t row = 0; row < scan.rows; row++) {
			const struct name *n = &names[order[scan.rank[row]]];
			bool left = scan_block_alive(&state_new, SCAN_FRONT, row / SCAN_BLOCK * SCAN_BLOCK) &&
				state_new.column[SCAN_FRONT][row];
			assert_int_equal(left, abbreviates(typed, n, 0, 0));
		}
	}
}

static bool found(const struct scan_state *t, size_t row)
{
	return t->column[SCAN_STRICT][row] || t->column[SCAN_SLIP][row] || t->column[SCAN_LOOSE][row];
}

/* Every single mistake in the full pinyin is found. */
static void test_slips(void **state)
{
	(void)state;
	for (size_t row = 0; row < scan.rows; row += 7) {
		const struct name *n = &names[order[scan.rank[row]]];
		char whole[TYPED] = "", typed[TYPED];
		for (size_t j = 0; j < n->n; j++)
			snprintf(whole + strlen(whole), TYPED - strlen(whole), "%s", SYLLABLES[chars[n->first + j]]);
		size_t len = strlen(whole);
		for (size_t at = 0; at < len; at++) {
			for (int kind = 0; kind < 4; kind++) {
				memcpy(typed, whole, len + 1);
				if (kind == 0)
					typed[at] = 'q';
				else if (kind == 1)
					memmove(typed + at, typed + at + 1, len - at);
				else if (kind == 2) {
					memmove(typed + at + 1, typed + at, len - at + 1);
					typed[at] = 'q';
				} else if (at + 1 < len) {
					typed[at] = whole[at + 1];
					typed[at + 1] = whole[at];
				}
				if (!*typed)
					continue;
				take(&state_new, typed, true);
				if (!found(&state_new, row))
					print_message("%s typed as %s\n", whole, typed);
				assert_true(found(&state_new, row));
			}
		}
	}
}

/* Typing on and taking back leave the same as starting anew. */
static void test_kept(void **state)
{
	char typed[TYPED];
	(void)state;
	for (size_t k = 0; k < 100; k++) {
		type(&names[roll(NAMES)], typed);
		for (size_t n = 1; n <= strlen(typed); n++) {
			char part[TYPED];
			snprintf(part, sizeof part, "%.*s", (int)n, typed);
			take(&state_kept, part, n % 3 == 0);
		}
		take(&state_kept, typed, true);
		take(&state_new, "", true);
		take(&state_new, typed, true);
		for (size_t c = 0; c < SCAN_COLUMNS; c++)
			assert_memory_equal(state_kept.column[c], state_new.column[c], scan.padded * sizeof(uint32_t));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_exact), cmocka_unit_test(test_slips),
		cmocka_unit_test(test_kept) };
	return cmocka_run_group_tests(tests, setup, teardown);
}
