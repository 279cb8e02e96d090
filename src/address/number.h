#ifndef ADDRESS_NUMBER_H
#define ADDRESS_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Numbers on plates: "3", "207-1", "26甲", "515B", "1869-8临" (grammar: reference domain.md 7.3). */
enum { NUMBER_SUFFIX = 12, NUMBER_DIGITS = 5 };

/* Splits a canonical number into its digits' value and the rest. False: no digits in front, or more than NUMBER_DIGITS.
 */
bool number_split(const char *canonical, long *ret_value, char suffix[static NUMBER_SUFFIX]);
/* Value of one Chinese numeral character: 0-9, 10, 20, 30, 100, 1000; -1: none. */
int numeral_value(uint32_t point);
/*
 * Value of a run of Chinese numerals: with 十百千 by value (三十五), otherwise digit by digit (五一八). -1: longer than
 * NUMBER_DIGITS digits or not a number.
 */
long numeral_run(const uint32_t *points, size_t n);
bool is_stem(uint32_t p); /* 甲乙丙丁: a suffix of numbers */
/* The rooms of old houses that have a name, not a number (亭子间): how many points of `points` it takes, 0: none. */
size_t room_word(const uint32_t *points, size_t n);

#endif
