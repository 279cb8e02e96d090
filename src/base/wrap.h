#ifndef BASE_WRAP_H
#define BASE_WRAP_H

#include <stddef.h>

/*
 * Line breaking for Chinese and Latin text on a terminal or a slip; pure. Breaks at blanks and beside wide characters,
 * but never before closing punctuation nor after opening punctuation (GB/T 15834-2011 5.1); a word longer than the line
 * is cut.
 */

/*
 * The first line of UTF-8 `text` in at most `columns` (1 or more) columns: returns its length in bytes, without the
 * blanks at its end. *ret_next is where the next line begins: blanks or the one line feed at the border are skipped.
 * The text is used up when text[*ret_next] is 0. At least one character is taken, also when it is wider than the line.
 */
size_t wrap_line(const char *text, unsigned columns, size_t *ret_next);

#endif
