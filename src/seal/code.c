#include "seal/code.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"
#include "base/utf8.h"

/* D. Crockford's base 32: no I, L, O, U. */
static const char SYMBOLS[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
static const char FORMAT = 'R';

enum { NUMBER_AT = 1, QUERY_AT = NUMBER_AT + CASENUM_LENGTH, TAG_AT = QUERY_AT + QUERY_CODE_LENGTH };
static_assert((int)TAG_AT + RECEIPT_TAG_LENGTH == RECEIPT_CODE_LENGTH, "the parts make up the code");

/* -1: no symbol. */
static int value_of(char symbol)
{
	const char *at = symbol ? strchr(SYMBOLS, symbol) : NULL;
	return at ? (int)(at - SYMBOLS) : -1;
}

/*
 * Takes away what people add between the symbols and folds what they mix up. False: more than `max` are left, or a text too
 * long. What is no symbol stays as it is, for the caller to find.
 */
static bool fold(const char *typed, char *out, size_t max, size_t *ret_n)
{
	char text[256];
	size_t n = 0;
	bool ok = str_copy(text, sizeof text, typed);

	utf8_fold_width(text); /* an input method left on types full width */
	for (const char *s = text; *s && ok; s++) {
		char c = *s;
		if (strchr(" \t\r\n-", c))
			continue;
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		c = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
		if (n < max)
			out[n] = c;
		n++;
	}
	out[n < max ? n : max] = '\0';
	*ret_n = n;
	sodium_memzero(text, sizeof text);
	return ok && n <= max;
}

/*
 * The sum of alpha^(i+1) * d_i over GF(32), x^5 + x^2 + 1, alpha = x (primitive: its powers 1..31 differ). A wrong symbol adds
 * a nonzero multiple. Swapping d_i and d_j adds (alpha^(i+1) + alpha^(j+1)) (d_i + d_j), swapping d_i and the check symbol
 * (1 + alpha^(i+1)) (d_i + check): neither is zero for different symbols.
 */
static unsigned check_of(const char *nine)
{
	unsigned sum = 0;

	for (int i = 0; i < QUERY_CODE_LENGTH - 1; i++) {
		unsigned product = (unsigned)value_of(nine[i]) & 31U;
		for (int k = 0; k <= i; k++)
			product = product & 16U ? ((product << 1) ^ 37U) & 31U : product << 1;
		sum ^= product;
	}
	return sum;
}

void query_code_make(char out[static QUERY_CODE_LENGTH + 1])
{
	unsigned char random[QUERY_CODE_LENGTH - 1];

	randombytes_buf(random, sizeof random);
	for (size_t i = 0; i < sizeof random; i++)
		out[i] = SYMBOLS[random[i] & 31U];
	out[QUERY_CODE_LENGTH - 1] = SYMBOLS[check_of(out)];
	out[QUERY_CODE_LENGTH] = '\0';
	sodium_memzero(random, sizeof random);
}

static bool symbols_only(const char *s)
{
	return strspn(s, SYMBOLS) == strlen(s);
}

static bool query_good(const char *code)
{
	return symbols_only(code) && SYMBOLS[check_of(code)] == code[QUERY_CODE_LENGTH - 1];
}

bool query_code_read(const char *typed, char out[static QUERY_CODE_LENGTH + 1])
{
	char code[QUERY_CODE_LENGTH + 1];
	size_t n = 0;
	bool ok = fold(typed, code, QUERY_CODE_LENGTH, &n) && n == QUERY_CODE_LENGTH && query_good(code);

	if (ok)
		memcpy(out, code, sizeof code);
	sodium_memzero(code, sizeof code);
	return ok;
}

bool case_number_read(const char *typed, char out[static CASENUM_LENGTH + 1])
{
	char number[CASENUM_LENGTH + 1];
	size_t n = 0;

	if (!fold(typed, number, CASENUM_LENGTH, &n) || !casenum_good(number))
		return false;
	memcpy(out, number, sizeof number);
	return true;
}

void query_code_group(const char *code, char out[static QUERY_CODE_LENGTH + 2])
{
	size_t n = 0;

	for (size_t i = 0; i < QUERY_CODE_LENGTH && code[i]; i++) {
		if (i == QUERY_CODE_LENGTH / 2)
			out[n++] = ' ';
		out[n++] = code[i];
	}
	out[n] = '\0';
}

/* The first 35 bits, five a symbol, of the keyed hash of everything before the tag. */
static void make_tag(const char *number, const char *query, const unsigned char key[static 32],
	char out[static RECEIPT_TAG_LENGTH + 1])
{
	unsigned char text[TAG_AT], hash[32];

	text[0] = (unsigned char)FORMAT;
	memcpy(text + NUMBER_AT, number, CASENUM_LENGTH);
	memcpy(text + QUERY_AT, query, QUERY_CODE_LENGTH);
	crypto_generichash(hash, sizeof hash, text, sizeof text, key, 32);
	for (unsigned i = 0; i < RECEIPT_TAG_LENGTH; i++) {
		unsigned bit = i * 5, pair = (unsigned)hash[bit / 8] << 8 | hash[bit / 8 + 1];
		out[i] = SYMBOLS[pair >> (11 - bit % 8) & 31U];
	}
	out[RECEIPT_TAG_LENGTH] = '\0';
	sodium_memzero(text, sizeof text);
	sodium_memzero(hash, sizeof hash);
}

void receipt_code_make(const char *number, const char *query, const unsigned char tag_key[static 32],
	char out[static RECEIPT_CODE_LENGTH + 1])
{
	out[0] = FORMAT;
	memcpy(out + NUMBER_AT, number, CASENUM_LENGTH);
	memcpy(out + QUERY_AT, query, QUERY_CODE_LENGTH);
	make_tag(number, query, tag_key, out + TAG_AT);
}

bool receipt_code_read(const char *typed, struct receipt_code *ret, struct err *e)
{
	struct receipt_code c = { 0 };
	char code[RECEIPT_CODE_LENGTH + 1];
	size_t n = 0;
	bool ok = fold(typed, code, RECEIPT_CODE_LENGTH, &n) && n == RECEIPT_CODE_LENGTH;

	if (!ok) {
		err_set(e, ERR_NO, "length: a receipt code has %d characters, this one has %zu; read it again",
			(int)RECEIPT_CODE_LENGTH, n);
		goto out;
	}
	memcpy(c.number, code + NUMBER_AT, CASENUM_LENGTH);
	memcpy(c.query, code + QUERY_AT, QUERY_CODE_LENGTH);
	memcpy(c.tag, code + TAG_AT, RECEIPT_TAG_LENGTH);
	if (code[0] != FORMAT)
		ok = err_set(e, ERR_NO, "format: a receipt code begins with %c; this is something else", FORMAT);
	else if (!casenum_good(c.number))
		ok = err_set(e, ERR_NO, "case number: its check digit does not fit; read characters 2 to 21 again");
	else if (!query_good(c.query))
		ok = err_set(e, ERR_NO, "query code: its check symbol does not fit; read characters 22 to 31 again");
	else if (!symbols_only(c.tag))
		ok = err_set(e, ERR_NO, "tag: it holds what is no symbol; read the last %d characters again",
			(int)RECEIPT_TAG_LENGTH);
	if (ok)
		*ret = c;
out:
	sodium_memzero(&c, sizeof c);
	sodium_memzero(code, sizeof code);
	return ok;
}

bool receipt_code_verify(const struct receipt_code *c, const unsigned char tag_key[static 32], struct err *e)
{
	char tag[RECEIPT_TAG_LENGTH + 1];

	make_tag(c->number, c->query, tag_key, tag);
	bool ok = sodium_memcmp(tag, c->tag, RECEIPT_TAG_LENGTH) == 0;
	sodium_memzero(tag, sizeof tag);
	if (!ok)
		return err_set(e, ERR_NO,
			"tag: station %.4s did not make it for this number and query code; the code was mistyped or is forged",
			c->number + 2);
	return true;
}
