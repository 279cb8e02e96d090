/* What is on the screen of a test terminal. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "term.h"

static size_t put_utf8(char *out, uint32_t c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	for (size_t i = n - 1; i; i--, c >>= 6)
		out[i] = (char)(0x80 | (c & 0x3f));
	out[0] = (char)((0xf00 >> n) | c);
	return n;
}

/* The text of a row; of the underlined cells only, with a space for each run of others, when `underlined`. */
static void read_row(const struct term *t, int row, bool underlined, char out[static ROW_MAX])
{
	enum { CELL_MAX = 4 * VTERM_MAX_CHARS_PER_CELL };
	size_t n = 0;
	for (int column = 0; column < t->cols && n + CELL_MAX < ROW_MAX;) {
		VTermScreenCell cell = { 0 };
		vterm_screen_get_cell(t->screen, (VTermPos){ .row = row, .col = column }, &cell);
		bool left_out = underlined && !cell.attrs.underline;
		if (left_out ? n && out[n - 1] != ' ' : !cell.chars[0])
			out[n++] = ' ';
		for (int i = 0; !left_out && i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
			n += put_utf8(out + n, cell.chars[i]);
		column += cell.width > 1 ? cell.width : 1;
	}
	while (n && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
}

void term_row(const struct term *t, int row, char out[static ROW_MAX])
{
	read_row(t, row, false, out);
}

bool term_marks(const struct term *t, const char *text)
{
	char row[ROW_MAX];
	for (int i = 0; i < t->rows; i++) {
		read_row(t, i, true, row);
		if (strcmp(row, text) == 0)
			return true;
	}
	return false;
}

bool term_shows(const struct term *t, const char *text)
{
	char row[ROW_MAX];
	for (int i = 0; i < t->rows; i++) {
		term_row(t, i, row);
		if (strstr(row, text))
			return true;
	}
	return false;
}

bool term_cursor_in(const struct term *t, const char *text)
{
	VTermPos at;
	char row[ROW_MAX];
	vterm_state_get_cursorpos(t->state, &at);
	term_row(t, at.row, row);
	return t->cursor_shown && strstr(row, text);
}

char *term_text(const struct term *t)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	if (!out)
		abort();
	char row[ROW_MAX];
	for (int i = 0; i < t->rows; i++) {
		term_row(t, i, row);
		fprintf(out, "%s\n", row);
	}
	fclose(out);
	return text;
}

void term_dump(const struct term *t)
{
	VTermPos at;
	char row[ROW_MAX];
	vterm_state_get_cursorpos(t->state, &at);
	printf("+-- %dx%d, cursor %s at row %d column %d, %s\n", t->cols, t->rows, t->cursor_shown ? "shown" : "hidden",
		at.row + 1, at.col + 1, t->exited ? "ended" : "running");
	for (int i = 0; i < t->rows; i++) {
		term_row(t, i, row);
		printf("|%s\n", row);
	}
	puts("+--");
}
