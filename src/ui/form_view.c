#include "ui/form_view.h"

#include <form.h>
#include <stdlib.h>

#include "base/xalloc.h"
#include "ui/theme.h"

enum { FIELDS_MAX = 32 };

struct form_view {
	WINDOW *body; /* where the fields are wanted */
	WINDOW *pad;  /* the form's own: posting a form erases its window */
	WINDOW *used; /* the lines of it that have fields, so that little is erased for each key */
	FORM *form;
	FIELD *fields[FIELDS_MAX + 1]; /* NULL-terminated, as libform wants it */
	int at[FIELDS_MAX];            /* line of the body; on the form's own pad field i is in line i */
	int n, focused;
};

struct form_view *form_view_create(WINDOW *body)
{
	struct form_view *v = xcalloc(1, sizeof *v);
	v->body = body;
	v->pad = newpad(FIELDS_MAX, getmaxx(body));
	return v;
}

void form_view_clear(struct form_view *v)
{
	if (v->form) {
		unpost_form(v->form);
		free_form(v->form);
		v->form = NULL;
		delwin(v->used);
		v->used = NULL;
	}
	for (int i = 0; i < v->n; i++) {
		set_field_buffer(v->fields[i], 0,
			""); /* overwrites the cells; field_buffer() would wipe a copy of them */
		free_field(v->fields[i]);
		v->fields[i] = NULL;
	}
	v->n = 0;
	v->focused = 0;
}

void form_view_destroy(struct form_view *v)
{
	if (!v)
		return;
	form_view_clear(v);
	delwin(v->pad);
	free(v);
}

void form_view_add(struct form_view *v, int y, int x, int columns, const char *text, bool focused)
{
	FIELD *f = v->n < FIELDS_MAX ? new_field(1, columns, v->n, x, 0, 0) : NULL;
	if (!f)
		return;
	field_opts_off(f, O_EDIT | O_AUTOSKIP | O_BLANK);
	set_field_back(f, (chtype)theme(PAINT_FIELD));
	set_field_fore(f, (chtype)theme(PAINT_FIELD));
	set_field_buffer(f, 0, text);
	if (focused)
		v->focused = v->n;
	v->at[v->n] = y;
	v->fields[v->n++] = f;
}

void form_view_paint(struct form_view *v)
{
	if (!v->n)
		return;
	v->form = new_form(v->fields);
	if (!v->form)
		return;
	v->used = subpad(v->pad, v->n, getmaxx(v->pad), 0, 0);
	set_form_win(v->form, v->pad);
	set_form_sub(v->form, v->used);
	form_opts_off(v->form, O_BS_OVERLOAD | O_NL_OVERLOAD);
	set_current_field(v->form, v->fields[v->focused]);
	post_form(v->form);
	for (int i = 0; i < v->n; i++) {
		int columns, x, y = v->at[i];
		field_info(v->fields[i], NULL, &columns, NULL, &x, NULL, NULL);
		copywin(v->pad, v->body, i, x, y, x, y, x + columns - 1, FALSE);
	}
}
