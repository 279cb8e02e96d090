#ifndef UI_ADDRESS_ANSWER_H
#define UI_ADDRESS_ANSWER_H

#include <stdbool.h>

struct address;
struct kind;

/* The answers of an address screen, "NAME.street" and so on, and the whole as text ("NAME.text"). */
bool address_answer_read(const struct kind *k, struct address *ret); /* false: not answered yet */
bool address_answer_write(struct kind *k, const struct address *x);

#endif
