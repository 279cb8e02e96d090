#ifndef MODEL_IDNUM_H
#define MODEL_IDNUM_H

#include <stdbool.h>

/* Citizen identity number, GB 11643-1999: area (6), birth date (8), sequence (3; odd: male), check (ISO 7064 MOD 11-2). */
enum idnum_verdict {
	IDNUM_GOOD,
	IDNUM_LENGTH, /* not 18 characters */
	IDNUM_SIGNS,  /* something that is no digit (or X at the end) */
	IDNUM_AREA,   /* first two digits are no province, nor 81-83 */
	IDNUM_DATE,   /* no such day, before 1900 or in the future */
	IDNUM_CHECK,  /* check character does not fit */
};

/* `s`: ASCII, X in upper case. today: YYYYMMDD. */
enum idnum_verdict idnum_judge(const char *s, int today);
int idnum_birth(const char *s); /* YYYYMMDD of a good number */
bool idnum_male(const char *s);
char idnum_check(const char *first17);
/* Hong Kong, Macao or Taiwan resident's permit number (prefix 81, 82, 83). */
bool idnum_other_permit(const char *s);

#endif
