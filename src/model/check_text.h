#ifndef MODEL_CHECK_TEXT_H
#define MODEL_CHECK_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* How typed text becomes its stored form, in place, in a buffer of `size` bytes. For model/check.c. */
void check_text_line(char *value, size_t size);  /* blanks at both ends go, runs of blanks become one */
void check_text_code(char *value, size_t size);  /* full width -> ASCII, upper case, no blanks and hyphens */
void check_text_phone(char *value, size_t size); /* as a code, without +86 */
void check_text_name(char *value, size_t size);  /* no blanks; every kind of middle dot becomes U+00B7 */

/* Chinese characters of all planes, middle dots between them; at least one character. */
bool check_text_han_name(const char *name);

#endif
