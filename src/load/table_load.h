#ifndef LOAD_TABLE_LOAD_H
#define LOAD_TABLE_LOAD_H

#include <stdbool.h>
#include <stddef.h>

struct code_table;
struct err;

/*
 * Reads a code table: UTF-8, tab separated, `#` lines first (source and licence), then the header line
 * code name english pinyin initials parent, then rows. Codes are unique, a parent stands above its children.
 * The table's name is the file's name without .tsv. Errors: ERR_CONFIG with file and line.
 */
enum { TABLE_FILE_MAX = 16 * 1024 * 1024 };

bool table_load(const char *path, struct code_table *ret, struct err *e);
/* The same from memory (changed while reading); `path` is for messages and the name. */
bool table_parse(char *data, size_t n, const char *path, struct code_table *ret, struct err *e);

/* Every data/codes/NAME.tsv and data/regions/regions.tsv, by name. Yours to free. */
bool tables_load(const char *data_dir, struct code_table **ret, size_t *ret_n, struct err *e);
void tables_free(struct code_table *tables, size_t n);                                             /* accepts NULL */
const struct code_table *tables_find(const struct code_table *tables, size_t n, const char *name); /* NULL: none */

#endif
