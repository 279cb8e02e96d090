#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>

struct str;

/*
 * JSON (RFC 8259) from outside: flat objects whose values are strings, and arrays of them. Exactly this subset is read, so
 * that nothing of what a program or a file says is guessed at and nothing nests. The first fault stops the reader.
 */
struct json {
	const char *at, *end;
	const char *why; /* what was wrong where `at` stands; NULL: nothing */
};

/* A key that is wanted, and where its value goes. */
struct json_field {
	const char *key;
	char *to;
	size_t size;
	bool number; /* a whole number that is not negative is taken as well, as its digits */
	bool complete; /* set: it was there, and its value fits and may be shown (base/utf8.h); else it was cleaned and cut */
	bool seen; /* set: it was there */
};

void json_init(struct json *j, const char *text, size_t n);
/* Skips blanks; takes the character when it comes next. Never a fault. */
bool json_take(struct json *j, char c);
/*
 * The next object. Values are cleaned for the screen, the fields that are missing become "". False: not such an object; a
 * wanted key twice; a key that is not wanted, when `strict`.
 */
bool json_object(struct json *j, struct json_field *fields, size_t n, size_t value_max, bool strict);
/* Only blanks are left. */
bool json_end(struct json *j);
/* The line in which the reader stands; 1 is the first. */
unsigned json_line(const struct json *j, const char *text);

/* Adds a JSON string with its quotes. */
void json_add_string(struct str *s, const char *text);

#endif
