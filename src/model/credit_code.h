#ifndef MODEL_CREDIT_CODE_H
#define MODEL_CREDIT_CODE_H

#include <stdbool.h>

/*
 * Unified social credit code (统一社会信用代码), GB 32100-2015: 18 of 31 signs. Real codes that fail the check sign exist, so
 * what fails it is asked again but not refused.
 */
enum credit_code { CREDIT_GOOD, CREDIT_LENGTH, CREDIT_SIGNS, CREDIT_CHECK };
enum credit_code credit_code_judge(const char *code); /* upper case, no blanks */

#endif
