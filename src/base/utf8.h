#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* UTF-8 as in RFC 3629: overlong forms, surrogates and code points above U+10FFFF are refused. */

/* Decodes one character of at most n bytes. Returns its length in bytes, or 0 when the bytes are not valid UTF-8. */
size_t utf8_decode(const char *bytes, size_t n, uint32_t *ret_point);
/* Writes 1-4 bytes, returns how many. The point must be valid. */
size_t utf8_encode(uint32_t point, char out[static 4]);
bool utf8_valid(const char *s, size_t n);
size_t utf8_length(const char *s); /* characters; an invalid byte counts as one */
/* Columns on a terminal: wcwidth, with a character that the C library does not know as 2 (drawn as U+3013). */
int utf8_width(const char *s);
int utf8_point_width(uint32_t point);

/*
 * May this character be typed, stored, shown and printed? No C0, DEL, C1, bidi controls, zero-width characters,
 * byte-order mark, tags, surrogates or noncharacters (reference: UAX 9, UTR 36).
 */
bool utf8_point_allowed(uint32_t point);
/* Valid UTF-8 of allowed characters throughout: what a file from outside may say in one line. */
bool utf8_plain(const char *s);
/*
 * Copies only what is valid and allowed: at most `max` characters, at most 2 combining marks in a row and none at the
 * start. Returns false when something was left out.
 */
bool utf8_clean(char *to, size_t size, const char *from, size_t n, size_t max);
/* Full-width ASCII (U+FF01..FF5E) and the ideographic space become ASCII, in place. */
void utf8_fold_width(char *s);

#endif
