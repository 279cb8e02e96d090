#include "model/idnum.h"

#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"

enum { ID_LENGTH = 18, FIRST_YEAR = 1900 };

/* GB/T 2260-2007, province level, and 83 for residents of Taiwan (State Council notice 2018 No. 81). */
static const char provinces[] = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 "
				"61 62 63 64 65 71 81 82 83";

static int number(const char *s, size_t n)
{
	int value = 0;
	for (size_t i = 0; i < n; i++)
		value = value * 10 + (s[i] - '0');
	return value;
}

char idnum_check(const char *first17)
{
	/* ISO 7064 MOD 11-2: the weight of position i (from the right, check = 0) is 2^i mod 11 */
	int sum = 0;
	for (int i = 0; i < ID_LENGTH - 1; i++)
		sum = (sum + (first17[i] - '0')) * 2 % 11;
	return "10X98765432"[sum];
}

enum idnum_verdict idnum_judge(const char *s, int today)
{
	if (utf8_length(s) != ID_LENGTH)
		return IDNUM_LENGTH;
	if (strlen(s) != ID_LENGTH || strspn(s, "0123456789") < ID_LENGTH - 1 ||
		!strchr("0123456789X", s[ID_LENGTH - 1]))
		return IDNUM_SIGNS;
	const char area[] = { s[0], s[1], '\0' };
	if (!strstr(provinces, area))
		return IDNUM_AREA;
	int birth = idnum_birth(s);
	if (birth / 10000 < FIRST_YEAR || !date_real(birth / 10000, birth / 100 % 100, birth % 100) || birth > today)
		return IDNUM_DATE;
	return s[ID_LENGTH - 1] == idnum_check(s) ? IDNUM_GOOD : IDNUM_CHECK;
}

int idnum_birth(const char *s)
{
	return number(s + 6, 8);
}

bool idnum_male(const char *s)
{
	return (s[16] - '0') % 2 == 1;
}

bool idnum_other_permit(const char *s)
{
	return s[0] == '8' && s[1] >= '1' && s[1] <= '3';
}
