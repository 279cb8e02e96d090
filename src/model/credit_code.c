#include "model/credit_code.h"

#include <stddef.h>
#include <string.h>

enum { LENGTH = 18, SIGNS = 31 };

enum credit_code credit_code_judge(const char *code)
{
	static const char signs[] = "0123456789ABCDEFGHJKLMNPQRTUWXY"; /* GB 32100-2015, table 1: no I O S V Z */
	unsigned sum = 0, weight = 1, value = 0;
	if (strlen(code) != LENGTH)
		return CREDIT_LENGTH;
	for (size_t i = 0; i < LENGTH; i++) {
		const char *at = strchr(signs, code[i]);
		if (!at)
			return CREDIT_SIGNS;
		value = (unsigned)(at - signs);
		if (i < LENGTH - 1)
			sum += value * weight; /* weights 3^(i-1) modulo 31 */
		weight = weight * 3 % SIGNS;
	}
	return value == (SIGNS - sum % SIGNS) % SIGNS ? CREDIT_GOOD : CREDIT_CHECK;
}
