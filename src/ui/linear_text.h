#ifndef UI_LINEAR_TEXT_H
#define UI_LINEAR_TEXT_H

#include <stdbool.h>

#include "ui/action.h"

struct page;
struct row;
struct str;
struct view;

/* What the linear view says and how its rows and commands are called; ui/linear.c asks and listens. */

enum action linear_command(const char *line); /* ACTION_NONE: it is no command */
/* The commands that this page takes, with what each does, in the language of the moment. */
void linear_commands(const struct page *p, struct str *out);

/* The number of a row: its place among those that can be chosen, so that numbers ascend in reading order. */
int linear_number(const struct page *p, int row);
int linear_row(const struct page *p, long number); /* -1: there is none */

/* The whole page; `values`: with what stands in inputs (a masked one as stars). Personal: `out` is the caller's to clear. */
void linear_page(const struct view *v, const struct page *p, bool values, struct str *out);
/* The rows that can be chosen, without inputs. */
void linear_choices(const struct page *p, struct str *out);
/* A row whose picture is to be scanned, all of it as text, in groups. */
void linear_code(const struct row *r, struct str *out);

#endif
