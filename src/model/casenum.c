#include "model/casenum.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"

/* H. M. Damm, "Total anti-symmetrische Quasigruppen" (Marburg 2004), p. 111. */
static const unsigned char quasigroup[10][10] = {
	{ 0, 3, 1, 7, 5, 9, 8, 6, 4, 2 },
	{ 7, 0, 9, 2, 1, 5, 4, 8, 6, 3 },
	{ 4, 2, 0, 6, 8, 7, 1, 3, 5, 9 },
	{ 1, 7, 5, 0, 9, 8, 3, 4, 2, 6 },
	{ 6, 1, 2, 3, 0, 4, 5, 9, 7, 8 },
	{ 3, 6, 7, 4, 2, 0, 9, 5, 8, 1 },
	{ 5, 8, 6, 9, 7, 2, 0, 1, 3, 4 },
	{ 8, 9, 4, 5, 3, 6, 2, 0, 1, 7 },
	{ 9, 4, 3, 8, 6, 1, 7, 2, 0, 5 },
	{ 2, 5, 8, 1, 4, 3, 6, 7, 9, 0 },
};

/* The check digit of n digits; 0 when they end with the right one. */
static unsigned damm(const char *digits, size_t n)
{
	unsigned state = 0;
	for (size_t i = 0; i < n; i++)
		state = quasigroup[state % 10][(unsigned)(digits[i] - '0') % 10];
	return state;
}

static bool digits_only(const char *s, size_t n)
{
	return strlen(s) == n && strspn(s, "0123456789") == n;
}

void casenum_make(const char *item2, const char *station4, int yyyymmdd, unsigned random5,
	char out[static CASENUM_LENGTH + 1])
{
	char text[64] = "";
	assert(digits_only(item2, 2) && digits_only(station4, 4) && yyyymmdd >= 10000101 && yyyymmdd <= 99991231);
	snprintf(text, sizeof text, "%s%s%08d%05u", item2, station4, yyyymmdd, random5 % 100000);
	text[CASENUM_LENGTH - 1] = (char)('0' + damm(text, CASENUM_LENGTH - 1));
	text[CASENUM_LENGTH] = '\0';
	memcpy(out, text, CASENUM_LENGTH + 1);
}

bool casenum_good(const char *s)
{
	return digits_only(s, CASENUM_LENGTH) && damm(s, CASENUM_LENGTH) == 0;
}

void casenum_group(const char *number, char out[static CASENUM_LENGTH + 5])
{
	size_t used = 0;
	for (size_t i = 0; i < CASENUM_LENGTH && number[i]; i++) {
		if (i > 0 && i % 4 == 0)
			out[used++] = ' ';
		out[used++] = number[i];
	}
	out[used] = '\0';
}

bool casenum_ungroup(const char *typed, char out[static CASENUM_LENGTH + 1])
{
	char text[256], digits[CASENUM_LENGTH + 1] = "";
	size_t used = 0;

	if (!str_copy(text, sizeof text, typed))
		return false;
	utf8_fold_width(text); /* an input method left on types full-width digits */
	for (const char *s = text; *s; s++) {
		if (strchr(" \t-._/", *s))
			continue;
		if (*s < '0' || *s > '9' || used == CASENUM_LENGTH)
			return false;
		digits[used++] = *s;
	}
	digits[used] = '\0';
	if (!casenum_good(digits))
		return false;
	memcpy(out, digits, sizeof digits);
	return true;
}
