#ifndef SEAL_KEYFILE_H
#define SEAL_KEYFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;

/*
 * Key files: lines "word 1 name=value name=value ...", read strictly: every name once, in any order, nothing else; hex in
 * small letters and of exact length; numbers without leading zeros. For the files of this folder only.
 */
enum { KEYFILE_MAX = 64 * 1024 };

enum key_kind {
	KEY_HEX,     /* size bytes */
	KEY_NUMBER,  /* uint64_t, up to INT64_MAX */
	KEY_DAY,     /* int, a real day YYYYMMDD */
	KEY_STATION, /* char[5], four digits */
};

struct key_field {
	const char *name;
	enum key_kind kind;
	void *value; /* written by keyfile_line, read by keyfile_format */
	size_t size; /* KEY_HEX */
};

struct keyfile {
	char *path, *text;
	const char *remedy; /* borrowed; ends every message about this file */
	size_t size, at;
	unsigned line; /* of the last one that was read */
};

/* `dir` may be the file itself when name is NULL. ERR_CONFIG: missing, not a file, too long, writable for everybody. */
bool keyfile_open(struct keyfile *ret, const char *dir, const char *name, const char *remedy, struct err *e);
/* No file of this name in the folder? (Any other trouble is told by keyfile_open.) */
bool keyfile_missing(const char *dir, const char *name);
bool keyfile_more(const struct keyfile *k);
bool keyfile_skip_empty(struct keyfile *k); /* was the next line an empty one? Otherwise those are refused. */
/* Takes the next line apart. What the fields point to may be half written on failure. */
bool keyfile_line(struct keyfile *k, const char *word, const struct key_field *fields, size_t n, struct err *e);
/* Exactly one line. */
bool keyfile_only_line(struct keyfile *k, const char *word, const struct key_field *fields, size_t n, struct err *e);
/* ERR_CONFIG "path:line: cause; remedy". */
bool keyfile_fail(const struct keyfile *k, struct err *e, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void keyfile_close(struct keyfile *k); /* wipes; accepts a zeroed one */

/* The line with its end; yours to wipe and free. */
char *keyfile_format(const char *word, const struct key_field *fields, size_t n);

/* Makes the folder (0700) when it is not there; the one above has to be. ERR_STORAGE. */
bool keyfile_folder(const char *dir, struct err *e);
/* A new file that is on the disk when this returns. ERR_CONFIG: it is there already; ERR_STORAGE. */
bool keyfile_create(const char *dir, const char *name, unsigned mode, const char *text, struct err *e);
/* The same in place of the one that may be there: afterwards the disk has the old one or the new one, never less. */
bool keyfile_replace(const char *dir, const char *name, unsigned mode, const char *text, struct err *e);
void keyfile_remove(const char *dir, const char *name);

#endif
