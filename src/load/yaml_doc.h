#ifndef LOAD_YAML_DOC_H
#define LOAD_YAML_DOC_H

#include <cyaml/cyaml.h>
#include <stdbool.h>
#include <stddef.h>

struct err;

/*
 * The one door to libcyaml: a schema is static const data beside the struct it fills. Messages of the library become
 * one line "file:line: what (where)". Aliases are refused (a few lines of them can ask for gigabytes), files are at
 * most YAML_FILE_MAX bytes. Everything loaded comes from malloc, so a caller may take strings out of it by setting
 * the member to NULL, and free them with free(). (The prefix is not yaml_: libyaml exports yaml_free and calls it.)
 */
enum { YAML_FILE_MAX = 256 * 1024, YAML_TEXT_MAX = 4000 };

/* The words of an enumeration for a bool: the library's own boolean takes any unknown word as true. */
extern const cyaml_strval_t yaml_doc_booleans[2];

/* From memory that ends with a NUL; `path` is for messages only. */
bool yaml_doc_parse(const char *data, size_t n, const char *path, const cyaml_schema_value_t *schema, void **ret,
	struct err *e);
void yaml_doc_free(const cyaml_schema_value_t *schema, void *data); /* accepts NULL */

/*
 * Is what follows each `key:` a plain number? The library lets "20x" and octal 020 pass, so ask before. Text is judged,
 * not YAML, which is enough for keys that hold numbers only. False: with the line in the message.
 */
bool yaml_doc_numbers(const char *data, const char *path, const char *key, struct err *e);

/*
 * Number of the first line of the file where `text` is a value, or else stands at all; 0: none. For complaints found
 * after loading, when the library's positions are gone.
 */
unsigned yaml_doc_line_of(const char *path, const char *text);
unsigned yaml_doc_line_in(const char *data, const char *text);

#endif
