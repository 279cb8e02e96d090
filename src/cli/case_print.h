#ifndef CLI_CASE_PRINT_H
#define CLI_CASE_PRINT_H

#include <stdbool.h>

struct case_record;
struct promise_rule;

/* A case on standard output; what is sealed only when it was `opened`. */
void case_print_text(const struct case_record *c, bool opened, const struct promise_rule *rule);
void case_print_json(const struct case_record *c, bool opened, const struct promise_rule *rule);

#endif
