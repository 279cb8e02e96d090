#ifndef UI_ANSWER_TEXT_H
#define UI_ANSWER_TEXT_H

#include <stddef.h>

struct answers;
struct question;
struct services;

/* An answer as people read it: the option's label, the table row's name, a number in groups. "" when not answered. */
void answer_text(const struct question *q, const struct answers *a, const struct services *s, char *out, size_t size);

#endif
