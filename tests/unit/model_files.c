/* Several files of one material: how they are called, given, replaced, and how much a filing takes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/answers.h"
#include "model/file_name.h"
#include "model/filing.h"

static const char token[33] = "00000000000000000000000000000000";

static void names(void **state)
{
	(void)state;
	static const struct {
		const char *name, *code;
		unsigned number;
	} CASES[] = {
		{ "lease", "lease", 1 },
		{ "lease.2", "lease", 2 },
		{ "lease.4", "lease", 4 },
		{ "lease.1", "lease", 0 },
		{ "lease.5", "lease", 0 },
		{ "lease.22", "lease", 0 },
		{ "lease.", "lease", 0 },
		{ "lease-filing", "lease", 0 },
		{ "lease-filing.2", "lease-filing", 2 },
		{ "lease-filing.2", "lease", 0 },
		{ "", "lease", 0 },
		{ "photo", "photo", 1 },
	};
	char name[FILE_NAME_SIZE], code[FILE_NAME_SIZE], longest[100];
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		assert_int_equal(file_number(CASES[i].name, CASES[i].code), CASES[i].number);
		if (CASES[i].number == 0)
			continue;
		file_name(name, CASES[i].code, CASES[i].number);
		assert_string_equal(name, CASES[i].name);
		file_code(code, CASES[i].name);
		assert_string_equal(code, CASES[i].code);
	}
	file_code(code, "lease.9.x");
	assert_string_equal(code, "lease");
	file_code(code, ".2");
	assert_string_equal(code, "");
	memset(longest, 'a', sizeof longest - 1);
	longest[sizeof longest - 1] = '\0';
	file_code(code, longest);
	assert_int_equal(strlen(code), FILE_NAME_SIZE - 1);
	longest[ANSWER_NAME_MAX - 1] = '\0'; /* no code is longer */
	file_name(name, longest, MATERIAL_FILES_MAX);
	assert_int_equal(file_number(name, longest), MATERIAL_FILES_MAX);
}

static void one_after_the_other(void **state)
{
	(void)state;
	struct filing f;
	filing_init(&f, NULL, token);
	assert_int_equal(filing_files(&f, "lease"), 0);
	assert_false(filing_give(&f, "lease", 2, "image/png", "2", 1)); /* no gap */
	assert_false(filing_give(&f, "lease", 0, "image/png", "0", 1));
	assert_true(filing_give(&f, "lease-filing", 1, "image/png", "other", 5));
	for (unsigned n = 1; n <= MATERIAL_FILES_MAX; n++) {
		assert_true(filing_give(&f, "lease", n, "image/png", &"?1234"[n], 1));
		assert_int_equal(filing_files(&f, "lease"), n);
	}
	assert_false(filing_give(&f, "lease", 5, "image/png", "5", 1));
	assert_false(filing_give(&f, "lease", 2, "image/png", "x", 1)); /* none is replaced alone */
	for (unsigned n = 1; n <= MATERIAL_FILES_MAX; n++)
		assert_memory_equal(filing_file(&f, "lease", n)->bytes, &"?1234"[n], 1);
	assert_ptr_equal(filing_file(&f, "lease", 3), filing_attachment(&f, "lease.3"));
	assert_null(filing_file(&f, "lease", 0));
	assert_null(filing_file(&f, "lease", 5));

	/* The first again: it alone is left. What is refused changes nothing. */
	assert_false(filing_give(&f, "lease", 1, "image/png", "x", ATTACHMENT_SIZE_MAX + 1));
	assert_int_equal(filing_files(&f, "lease"), 4);
	const struct attachment *third = filing_file(&f, "lease", 3);
	assert_true(filing_give(&f, "lease", 1, "image/png", third->bytes, third->size));
	assert_int_equal(filing_files(&f, "lease"), 1);
	assert_memory_equal(filing_file(&f, "lease", 1)->bytes, "3", 1);
	assert_int_equal(f.n_attachments, 2);
	assert_true(filing_give(&f, "lease", 2, "image/png", "2", 1));
	filing_take_back(&f, "lease");
	assert_int_equal(filing_files(&f, "lease"), 0);
	assert_int_equal(filing_files(&f, "lease-filing"), 1);
	assert_int_equal(f.n_attachments, 1);
	filing_finish(&f);
}

static void together_they_have_a_bound(void **state)
{
	(void)state;
	static const char *const codes[] = { "a", "b", "c", "d" };
	struct filing f;
	unsigned char *large = calloc(1, ATTACHMENT_SIZE_MAX);
	filing_init(&f, NULL, token);
	for (unsigned i = 0; i < FILING_SIZE_MAX / ATTACHMENT_SIZE_MAX; i++)
		assert_true(filing_give(&f, codes[i / 4], i % 4 + 1, "image/png", large, ATTACHMENT_SIZE_MAX));
	assert_false(filing_give(&f, "e", 1, "image/png", "x", 1));
	assert_false(filing_attach(&f, "photo", "image/png", "x", 1));
	assert_true(filing_give(&f, "e", 1, "image/png", "", 0));
	/* What is replaced makes room. */
	assert_true(filing_give(&f, "a", 1, "image/png", large, ATTACHMENT_SIZE_MAX));
	for (unsigned n = 2; n <= 4; n++)
		assert_true(filing_give(&f, "a", n, "image/png", large, ATTACHMENT_SIZE_MAX));
	assert_false(filing_give(&f, "e", 2, "image/png", "x", 1));
	filing_finish(&f);
	free(large);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names),
		cmocka_unit_test(one_after_the_other),
		cmocka_unit_test(together_they_have_a_bound),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
