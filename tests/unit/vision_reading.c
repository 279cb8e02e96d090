/* The words in the inspector's answer: what was packed comes back, anything else is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/str.h"
#include "vision/reading.h"
#include "vision/recognise_rows.h"

static struct material_reading sample(void)
{
	struct material_reading r = { .state = READING_DONE,
		.exact = true,
		.pages = 2,
		.certainty = 97,
		.n_passes = 2 };
	str_copy(r.text[0], MATERIAL_TEXT, "姓名 张伟\n第二行\n");
	str_copy(r.text[1], MATERIAL_TEXT, "");
	return r;
}

static void round_trip(void **state)
{
	static unsigned char bytes[READING_BYTES_MAX];
	static struct material_reading r, back;
	(void)state;
	r = sample();
	size_t n = reading_pack(&r, bytes);
	assert_true(reading_unpack(bytes, n, &back));
	assert_int_equal(back.pages, 2);
	assert_true(back.exact);
	assert_string_equal(back.text[0], r.text[0]);
	/* as large as it can be */
	r.n_passes = MATERIAL_PASSES;
	for (unsigned i = 0; i < MATERIAL_PASSES; i++) {
		memset(r.text[i], 'a', MATERIAL_TEXT - 2);
		str_copy(r.text[i] + MATERIAL_TEXT - 2, 2, "\n");
	}
	n = reading_pack(&r, bytes);
	assert_true(n <= READING_BYTES_MAX && reading_unpack(bytes, n, &back));
	assert_int_equal(strlen(back.text[3]), MATERIAL_TEXT - 1);
}

static void refused(void **state)
{
	/* every 32-bit number in front, made wrong: state, exact, pages, certainty, passes, sizes */
	static const struct {
		size_t word;
		uint32_t value;
	} ROWS[] = { { 0, 4 }, { 0, READING_NONE }, { 1, 2 }, { 2, READING_PAGES_MAX + 2 }, { 3, 101 }, { 4, 5 },
		{ 4, 0 }, { 5, MATERIAL_TEXT }, { 5, 0xFFFFFFFF }, { 5, 3 }, { 6, 1 }, { 8, 1 } };
	static const char *const TEXTS[] = { "no end", "\x1b[2J\n", "\xff\n", "a\xE2\x80\xAE b\n", "\xE5\xA7\n",
		"tab\t\n" };
	static unsigned char bytes[READING_BYTES_MAX], bad[READING_BYTES_MAX + 1];
	static struct material_reading r, back;
	(void)state;
	r = sample();
	size_t n = reading_pack(&r, bytes);
	for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
		memcpy(bad, bytes, n);
		memcpy(bad + 4 * ROWS[i].word, &ROWS[i].value, 4);
		if (reading_unpack(bad, n, &back))
			fail_msg("number %zu as %u was taken", ROWS[i].word, ROWS[i].value);
	}
	for (size_t k = 0; k < n; k++)
		assert_false(reading_unpack(bytes, k, &back));
	memcpy(bad, bytes, n);
	bad[n] = '\n';
	assert_false(reading_unpack(bad, n + 1, &back));
	for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
		str_copy(r.text[0], MATERIAL_TEXT, TEXTS[i]);
		n = reading_pack(&r, bytes);
		if (reading_unpack(bytes, n, &back))
			fail_msg("text %zu was taken", i);
		reading_clean(r.text[0], TEXTS[i], strlen(TEXTS[i]));
		n = reading_pack(&r, bytes);
		assert_true(reading_unpack(bytes, n, &back));
	}
}

/* A form, read in any order, as it stands on the paper; rising to the right as in a picture taken at an angle. */
static void rows(void **state)
{
	struct piece pieces[] = {
		{ 300, 90, 400, 120, "张伟" },
		{ 10, 150, 100, 180, "坐落" },
		{ 10, 100, 100, 130, "权利人" },
		{ 300, 142, 700, 171, "云锦路" },
		{ 800, 130, 900, 160, "128弄" },
		{ 310, 175, 700, 205, "第二行" },
	};
	char out[200];
	(void)state;
	rows_text(pieces, sizeof pieces / sizeof *pieces, out, sizeof out);
	assert_string_equal(out, "权利人 张伟\n坐落 云锦路 128弄\n第二行\n");
	rows_text(pieces, 2, out, 12); /* what does not fit is left out */
	assert_true(strlen(out) < 12);
	rows_text(pieces, 0, out, sizeof out);
	assert_string_equal(out, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(round_trip), cmocka_unit_test(refused),
		cmocka_unit_test(rows) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
