/* Query code and receipt code: what is mistyped or forged is refused, and the part that is wrong is named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

#include "base/err.h"
#include "seal/code.h"

static const char SYMBOLS[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
static const unsigned char KEY[32] = "a key for tests, thirty-two byte";
enum { CODES = 200 };

/* Check symbols worked out apart from this program, with a table of powers of x modulo x^5 + x^2 + 1. */
static const char *const KNOWN[] = { "0000000000", "1000000002", "000000001T", "7K3MA9QXTJ", "ABCDEFGHJF",
	"ZZZZZZZZZX" };

static void test_known(void **state)
{
	(void)state;
	char out[QUERY_CODE_LENGTH + 1];
	for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++) {
		if (!query_code_read(KNOWN[i], out))
			fail_msg("refused: %s", KNOWN[i]);
		assert_string_equal(out, KNOWN[i]);
	}
}

static void test_every_substitution_and_swap(void **state)
{
	(void)state;
	for (int round = 0; round < CODES; round++) {
		char code[QUERY_CODE_LENGTH + 1], other[QUERY_CODE_LENGTH + 1],
			out[QUERY_CODE_LENGTH + 1] = "untouched";
		query_code_make(code);
		assert_true(query_code_read(code, out));
		assert_string_equal(code, out);
		for (int i = 0; i < QUERY_CODE_LENGTH; i++) {
			memcpy(other, code, sizeof other);
			for (const char *s = SYMBOLS; *s; s++) {
				other[i] = *s;
				if (*s != code[i] && query_code_read(other, out))
					fail_msg("%s passes for %s", other, code);
			}
			for (int k = i + 1; k < QUERY_CODE_LENGTH; k++) {
				memcpy(other, code, sizeof other);
				other[i] = code[k];
				other[k] = code[i];
				if (code[i] != code[k] && query_code_read(other, out))
					fail_msg("%s passes for %s", other, code);
			}
		}
		assert_string_equal(code, out); /* untouched by what was refused */
	}
}

static void test_random(void **state)
{
	(void)state;
	unsigned seen[QUERY_CODE_LENGTH][32] = { 0 };
	for (int round = 0; round < 3200; round++) {
		char code[QUERY_CODE_LENGTH + 1];
		query_code_make(code);
		assert_int_equal(strlen(code), QUERY_CODE_LENGTH);
		for (int i = 0; i < QUERY_CODE_LENGTH; i++)
			seen[i][strchr(SYMBOLS, code[i]) - SYMBOLS]++;
	}
	for (int i = 0; i < QUERY_CODE_LENGTH; i++) {
		for (int k = 0; k < 32; k++)
			assert_in_range(seen[i][k], 40, 180); /* 100 on average, 6 standard deviations are 60 */
	}
}

static void test_reading(void **state)
{
	(void)state;
	static const struct {
		const char *typed, *read; /* NULL: refused */
	} cases[] = {
		{ "7k3ma9qxtj", "7K3MA9QXTJ" },
		{ " 7K3MA 9QXTJ ", "7K3MA9QXTJ" },
		{ "7K3-MA9-QXT-J\r\n", "7K3MA9QXTJ" },
		{ "\xef\xbc\x97\xef\xbd\x8b\xef\xbc\x93MA9QXTJ", "7K3MA9QXTJ" }, /* 7, k and 3 full width */
		{ "7K3MA\xe3\x80\x80"
		  "9QXTJ",
			"7K3MA9QXTJ" },
		{ "oOoOoOoOlT", "000000001T" },
		{ "i00000000\t2", "1000000002" },
		{ "L000000002", "1000000002" },
		{ "", NULL },
		{ "7K3MA9QXT", NULL },
		{ "7K3MA9QXTJP", NULL },
		{ "7K3MA9QXTU", NULL },
		{ "7K3MA9QX*J", NULL },
		{ "7K3MA9QXT\xc3\x9f", NULL },
		{ "7K3MA9QXT\xff", NULL },
		{ "7K3MA9QXT2", NULL },
	};
	char out[QUERY_CODE_LENGTH + 1], grouped[QUERY_CODE_LENGTH + 2], longer[400];

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		bool ok = query_code_read(cases[i].typed, out);
		if (ok != (cases[i].read != NULL))
			fail_msg("\"%s\": %s", cases[i].typed, ok ? "taken" : "refused");
		if (ok)
			assert_string_equal(out, cases[i].read);
	}
	memset(longer, ' ', sizeof longer);
	snprintf(longer + 300, sizeof longer - 300, "7K3MA9QXTJ");
	assert_false(query_code_read(longer, out));
	query_code_group("7K3MA9QXTJ", grouped);
	assert_string_equal(grouped, "7K3MA 9QXTJ");
}

static void make(char number[static CASENUM_LENGTH + 1], char query[static QUERY_CODE_LENGTH + 1],
	char code[static RECEIPT_CODE_LENGTH + 1])
{
	casenum_make("01", "0001", 20260302, randombytes_uniform(100000), number);
	query_code_make(query);
	receipt_code_make(number, query, KEY, code);
}

/* Published: computed with another BLAKE2b (Python's hashlib). */
static void test_receipt_vector(void **state)
{
	(void)state;
	char number[CASENUM_LENGTH + 1], code[RECEIPT_CODE_LENGTH + 1];
	casenum_make("01", "0001", 20260302, 12345, number);
	receipt_code_make(number, "7K3MA9QXTJ", KEY, code);
	assert_string_equal(code, "R010001202603021234547K3MA9QXTJT2TH353");
}

static void test_receipt(void **state)
{
	(void)state;
	char number[CASENUM_LENGTH + 1], query[QUERY_CODE_LENGTH + 1], code[RECEIPT_CODE_LENGTH + 1], typed[80] = "";
	unsigned char other[32] = { 1 };
	struct receipt_code c;
	struct err e = { 0 };

	for (int round = 0; round < CODES; round++) {
		size_t n = 0;
		make(number, query, code);
		assert_int_equal(strspn(code, SYMBOLS), RECEIPT_CODE_LENGTH);
		for (size_t i = 0; code[i]; i++) {
			if (i % 5 == 0)
				typed[n++] = ' ';
			typed[n++] = code[i] == '0' ? 'o'
				: code[i] == '1'    ? 'l'
						    : (char)(code[i] | (code[i] >= 'A' ? 32 : 0));
		}
		typed[n] = '\0';
		assert_true(receipt_code_read(typed, &c, &e));
		assert_string_equal(c.number, number);
		assert_string_equal(c.query, query);
		assert_true(receipt_code_verify(&c, KEY, &e));
		assert_false(receipt_code_verify(&c, other, &e));
		assert_int_equal(e.code, ERR_NO);
		assert_non_null(strstr(e.text, "tag: station 0001 did not make it"));
	}
}

/* The symbol that reading makes of a byte; bytes that are no symbol stay. */
static char folded(char c)
{
	if (c >= 'a' && c <= 'z')
		c = (char)(c - 32);
	return c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
}

static bool genuine(const char *typed, struct err *e)
{
	struct receipt_code c;
	return receipt_code_read(typed, &c, e) && receipt_code_verify(&c, KEY, e);
}

/*
 * Every bit of every character: refused, unless reading folds the new character into the old one (case: bit 5 of a letter; 0
 * and O, 1 and I and L). The part that is named is the one that was changed, or the tag, which stands for all.
 */
static void test_every_bit(void **state)
{
	(void)state;
	size_t flips = 0, same = 0;

	for (int round = 0; round < 40; round++) {
		char number[CASENUM_LENGTH + 1], query[QUERY_CODE_LENGTH + 1], code[RECEIPT_CODE_LENGTH + 1];
		make(number, query, code);
		for (size_t i = 0; i < RECEIPT_CODE_LENGTH; i++) {
			const char *part = i == 0 ? "format" : i < 21 ? "case number" : i < 31 ? "query code" : "tag";
			for (int bit = 0; bit < 8; bit++) {
				struct err e = { 0 };
				char typed[RECEIPT_CODE_LENGTH + 1];
				memcpy(typed, code, sizeof typed);
				typed[i] = (char)(typed[i] ^ (1 << bit));
				bool is_same = folded(typed[i]) == code[i], ok = genuine(typed, &e);
				flips++;
				same += is_same;
				if (ok != is_same)
					fail_msg("%s for %s: %s", typed, code, ok ? "taken" : e.text);
				if (!ok && strncmp(e.text, part, strlen(part)) != 0 &&
					strncmp(e.text, "length", 6) != 0)
					fail_msg("character %zu: %s", i, e.text);
			}
		}
	}
	assert_int_equal(flips, 40 * RECEIPT_CODE_LENGTH * 8);
	assert_true(same > 0 && same < flips / 10);
}

static void test_parts_are_named(void **state)
{
	(void)state;
	char number[CASENUM_LENGTH + 1], query[QUERY_CODE_LENGTH + 1], code[RECEIPT_CODE_LENGTH + 1];
	char elsewhere[CASENUM_LENGTH + 1], forged[RECEIPT_CODE_LENGTH + 1], typed[600];
	struct receipt_code c;
	struct err e = { 0 };

	make(number, query, code);
	static const struct {
		size_t at, length;
		const char *text, *said;
	} wrong[] = {
		{ 37, 1, "", "length: a receipt code has 38 characters, this one has 37" },
		{ 0, 0, "R", "length: a receipt code has 38 characters, this one has 39" },
		{ 0, 38, "", "length: a receipt code has 38 characters, this one has 0" },
		{ 0, 1, "S", "format: " },
		{ 1, 1, "A", "case number: " },
		{ 30, 1, "U", "query code: " },
		{ 37, 1, "U", "tag: " },
	};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		snprintf(typed, sizeof typed, "%.*s%s%s", (int)wrong[i].at, code, wrong[i].text,
			code + wrong[i].at + wrong[i].length);
		assert_false(receipt_code_read(typed, &c, &e));
		assert_int_equal(e.code, ERR_NO);
		if (strncmp(e.text, wrong[i].said, strlen(wrong[i].said)) != 0)
			fail_msg("%s: %s", typed, e.text);
	}
	/* Another good number, or another good query code, under the same tag. */
	casenum_make("01", "0001", 20260303, 7, elsewhere);
	snprintf(forged, sizeof forged, "R%s%s%s", elsewhere, query, code + 31);
	assert_false(genuine(forged, &e));
	assert_true(strncmp(e.text, "tag: ", 5) == 0);
	snprintf(forged, sizeof forged, "R%s%s%s", number, strcmp(query, KNOWN[3]) ? KNOWN[3] : KNOWN[4], code + 31);
	assert_false(genuine(forged, &e));
	assert_true(strncmp(e.text, "tag: ", 5) == 0);
}

static void test_number_read(void **state)
{
	(void)state;
	char number[CASENUM_LENGTH + 1], grouped[CASENUM_LENGTH + 5], out[CASENUM_LENGTH + 1] = "";
	casenum_make("01", "0001", 20260302, 10011, number);
	casenum_group(number, grouped);
	assert_true(case_number_read(grouped, out));
	assert_string_equal(out, number);
	for (char *c = grouped; *c; c++)
		*c = *c == '0' ? 'o' : *c == '1' ? 'l' : *c;
	assert_true(case_number_read(grouped, out));
	assert_string_equal(out, number);
	number[19] = number[19] == '9' ? '8' : '9';
	memset(out, 0, sizeof out);
	assert_false(case_number_read(number, out));
	assert_false(case_number_read("", out));
	assert_false(case_number_read("R0100", out));
	assert_string_equal(out, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_number_read),
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_every_substitution_and_swap),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_reading),
		cmocka_unit_test(test_receipt_vector),
		cmocka_unit_test(test_receipt),
		cmocka_unit_test(test_every_bit),
		cmocka_unit_test(test_parts_are_named),
	};
	return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
