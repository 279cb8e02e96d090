#ifndef MODEL_TABLE_H
#define MODEL_TABLE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * A national code table (data/codes/NAME.tsv): code, Chinese name, English name, pinyin letters and initials for
 * finding by typing, and the code of the row above (regions). Rows in the order they are shown.
 */
struct code_row {
	char *code, *name, *english, *pinyin, *initials, *parent; /* parent "" at the top */
};

struct code_table {
	char *name;
	struct code_row *rows;
	size_t n_rows;
};

void table_finish(struct code_table *t);
const struct code_row *table_find(const struct code_table *t, const char *code); /* NULL: none */
bool table_is_leaf(const struct code_table *t, const struct code_row *r);
/* Names from the top down, joined: "江苏省南京市玄武区" (English: joined with ", " from the bottom up). */
void table_path(const struct code_table *t, const struct code_row *r, bool english, char *out, size_t size);
/*
 * Rows that fit the query, best first: query words (by blanks) must each fit the start of the name, of the pinyin, of
 * the initials, of a word of the English name, or a part of the name of the row or a row above it. When nothing does, one
 * word may run over several levels ("njxw"). Empty query: the rows without a parent. Returns how many fit; writes at
 * most max of them. A search in 3,300 rows takes about 1 ms when parents stand before their children.
 */
size_t table_search(const struct code_table *t, const char *query, const struct code_row **out, size_t max);
size_t table_children(const struct code_table *t, const char *parent, const struct code_row **out, size_t max);

#endif
