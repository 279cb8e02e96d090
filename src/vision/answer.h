#ifndef VISION_ANSWER_H
#define VISION_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

struct inspection;

/*
 * The inspector's answer is as untrusted as the file it read: exactly one line in the known form, every number in its
 * range and fitting the others.
 */
enum { INSPECT_ANSWER_MAX = 200 }; /* bytes */
bool inspect_read_answer(const char *text, size_t n, struct inspection *ret);

#endif
