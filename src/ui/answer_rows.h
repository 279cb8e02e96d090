#ifndef UI_ANSWER_ROWS_H
#define UI_ANSWER_ROWS_H

#include <stddef.h>

struct kind;
struct page;
struct screen;

/* What was answered at one step of the item, as rows that lead to it (change_id). Nothing for steps that only tell. */
void answer_rows(struct kind *k, struct page *p, unsigned step);
/* One member of a group in a line: "母亲  张三  320000 19880512 001X". */
void answer_group_text(struct kind *k, const struct screen *s, unsigned slot, char *out, size_t size);

#endif
