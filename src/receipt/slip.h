#ifndef RECEIPT_SLIP_H
#define RECEIPT_SLIP_H

#include <stdbool.h>

struct receipt;

/*
 * The slip of a paused filing, as receipt lines and QR code; pure. It holds nothing of the person: item, code, until when, and
 * what to do. Language: the current one. Free with receipt_destroy.
 */
struct slip_words { /* all borrowed */
	const char *center, *station, *hotline;
	const char *item;    /* title, key of the catalogue */
	const char *code;    /* grouped for reading */
	const char *payload; /* what the QR holds: the code as it can be typed */
	const char *until;   /* day and time */
	bool keep;           /* the filing goes on; it is kept only when no key is pressed */
	bool demo;
};

struct receipt *slip_create(const struct slip_words *words);

#endif
