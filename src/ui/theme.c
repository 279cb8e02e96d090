#include "ui/theme.h"

#include <curses.h>
#include <stdlib.h>

/*
 * Contrast ratios by WCAG relative luminance of the xterm palette: 255 on 234 14.7, 251 on 234 10.0, 16 on 117 13.1, 222 on 234
 * 12.5, 117 on 234 10.7, 255 on 236 11.5, 16 on 231 21.
 */
static const struct {
	short fore256, back256, fore8, back8;
	attr_t attributes, mono;
} paints[] = {
	[PAINT_BODY] = { 255, 234, COLOR_WHITE, COLOR_BLACK, A_NORMAL, A_NORMAL },
	[PAINT_BAR] = { 16, 117, COLOR_BLACK, COLOR_CYAN, A_NORMAL, A_REVERSE },
	[PAINT_TITLE] = { 117, 234, COLOR_CYAN, COLOR_BLACK, A_BOLD, A_BOLD },
	[PAINT_FOCUS] = { 16, 117, COLOR_BLACK, COLOR_CYAN, A_NORMAL, A_REVERSE },
	[PAINT_MARK] = { 255, 234, COLOR_WHITE, COLOR_BLACK, A_BOLD | A_UNDERLINE, A_BOLD | A_UNDERLINE },
	[PAINT_MARK_FOCUS] = { 16, 117, COLOR_BLACK, COLOR_CYAN, A_BOLD | A_UNDERLINE, A_REVERSE | A_UNDERLINE },
	[PAINT_BUTTON] = { 117, 234, COLOR_CYAN, COLOR_BLACK, A_BOLD, A_BOLD },
	[PAINT_FIELD] = { 255, 236, COLOR_WHITE, COLOR_BLACK, A_UNDERLINE, A_UNDERLINE },
	[PAINT_HINT] = { 251, 234, COLOR_WHITE, COLOR_BLACK, A_NORMAL, A_NORMAL },
	[PAINT_ERROR] = { 222, 234, COLOR_YELLOW, COLOR_BLACK, A_BOLD, A_BOLD },
	[PAINT_KEYS] = { 255, 236, COLOR_WHITE, COLOR_BLACK, A_NORMAL, A_REVERSE },
	[PAINT_QR] = { 16, 231, COLOR_BLACK, COLOR_WHITE, A_NORMAL, A_REVERSE },
	[PAINT_QR_TURNED] = { 231, 16, COLOR_WHITE, COLOR_BLACK, A_NORMAL, A_NORMAL },
};

_Static_assert(sizeof paints / sizeof *paints == PAINT_COUNT, "one row for each paint");

static chtype now[PAINT_COUNT];

void theme_begin(void)
{
	const char *no_color = getenv("NO_COLOR");
	bool colour = has_colors() && !(no_color && *no_color) && start_color() == OK && COLOR_PAIRS > PAINT_COUNT;
	for (int i = 0; i < PAINT_COUNT; i++) {
		now[i] = paints[i].mono;
		if (!colour)
			continue;
		bool many = COLORS >= 256;
		init_pair((short)(i + 1), many ? paints[i].fore256 : paints[i].fore8,
			many ? paints[i].back256 : paints[i].back8);
		now[i] = (chtype)COLOR_PAIR(i + 1) | paints[i].attributes;
	}
}

unsigned long theme(enum paint p)
{
	return now[p];
}
