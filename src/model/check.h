#ifndef MODEL_CHECK_H
#define MODEL_CHECK_H

#include <stdbool.h>
#include <stddef.h>

struct answers;
struct facts;
struct question;

/*
 * Checks that screens may name (`check: cn-mobile`), one row each in model/check.c with its source. A check first
 * brings the value into its stored form (no blanks in numbers, x -> X, full width -> ASCII), then judges it.
 */
bool check_known(const char *name);

/*
 * Judges one typed or chosen value for a question (required, length, option, check). `answers` are the other answers,
 * for rules between two; can be NULL in a search field. Table rows of QUESTION_LIST are judged by the caller.
 * ret_value (size bytes) gets the stored form, also when the answer is no, if it could be normalised.
 * False: ret_why holds one translated sentence that says what is wrong and what to type instead.
 */
bool check_answer(const struct question *q, const char *typed, const struct answers *answers, const struct facts *facts,
	char *ret_value, size_t size, char *ret_why, size_t why_size);

/* A stored value that is allowed but looks wrong: one translated sentence to ask once whether it is meant. NULL: it looks right. */
const char *check_advice(const struct question *q, const char *value);

#endif
