#ifndef LOAD_CONFIG_LOAD_H
#define LOAD_CONFIG_LOAD_H

#include <stdbool.h>
#include <stddef.h>

struct config;
struct err;

/*
 * Reads the settings file over what *c already holds (defaults). Every key may be left out; an unknown key, a wrong
 * type or a value out of range is refused with file and line, and then *c is untouched. Keys: packaging/juzhu.yaml.
 */
bool config_load(struct config *c, const char *path, struct err *e);
/* The same from memory; `path` is for messages. */
bool config_parse(struct config *c, const char *data, size_t n, const char *path, struct err *e);

#endif
