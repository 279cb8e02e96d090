#include "ui/keys.h"

#include <curses.h>
#include <stddef.h>

#include "ui/input.h"

static const struct {
	uint32_t
		code; /* curses key code, a control character, or a sequence that the terminal's description does not name */
	enum action action;
} keys[] = {
	{ KEY_UP, ACTION_UP },
	{ KEY_DOWN, ACTION_DOWN },
	{ KEY_LEFT, ACTION_LEFT },
	{ KEY_RIGHT, ACTION_RIGHT },
	{ KEY_HOME, ACTION_HOME },
	{ KEY_FIND, ACTION_HOME },
	{ KEY_A1, ACTION_HOME },
	{ KEY_END, ACTION_END },
	{ KEY_SELECT, ACTION_END },
	{ KEY_C1, ACTION_END },
	{ KEY_PPAGE, ACTION_PAGE_UP },
	{ KEY_A3, ACTION_PAGE_UP },
	{ KEY_NPAGE, ACTION_PAGE_DOWN },
	{ KEY_C3, ACTION_PAGE_DOWN },
	{ KEY_BTAB, ACTION_PREVIOUS_FIELD },
	{ KEY_BACKSPACE, ACTION_BACKSPACE },
	{ KEY_DC, ACTION_DELETE },
	{ KEY_ENTER, ACTION_ENTER },
	{ KEY_F(1), ACTION_HELP },
	{ KEY_HELP, ACTION_HELP },
	{ KEY_F(2), ACTION_LANGUAGE },
	{ KEY_F(3), ACTION_LINEAR },
	{ KEY_F(9), ACTION_PAUSE },
	{ KEY_F(10), ACTION_LEAVE },
	{ '\t', ACTION_NEXT_FIELD },
	{ '\r', ACTION_ENTER },
	{ '\n', ACTION_ENTER },
	{ 0x08, ACTION_BACKSPACE },
	{ 0x7F, ACTION_BACKSPACE },
	{ 0x0C, ACTION_REDRAW },
	/* xterm, rxvt, vt220 and the Linux console, whatever TERM says */
	{ INPUT_SEQ('[', 0, 'A'), ACTION_UP },
	{ INPUT_SEQ('O', 0, 'A'), ACTION_UP },
	{ INPUT_SEQ('[', 0, 'B'), ACTION_DOWN },
	{ INPUT_SEQ('O', 0, 'B'), ACTION_DOWN },
	{ INPUT_SEQ('[', 0, 'C'), ACTION_RIGHT },
	{ INPUT_SEQ('O', 0, 'C'), ACTION_RIGHT },
	{ INPUT_SEQ('[', 0, 'D'), ACTION_LEFT },
	{ INPUT_SEQ('O', 0, 'D'), ACTION_LEFT },
	{ INPUT_SEQ('[', 0, 'H'), ACTION_HOME },
	{ INPUT_SEQ('O', 0, 'H'), ACTION_HOME },
	{ INPUT_SEQ('[', 1, '~'), ACTION_HOME },
	{ INPUT_SEQ('[', 7, '~'), ACTION_HOME },
	{ INPUT_SEQ('[', 0, 'F'), ACTION_END },
	{ INPUT_SEQ('O', 0, 'F'), ACTION_END },
	{ INPUT_SEQ('[', 4, '~'), ACTION_END },
	{ INPUT_SEQ('[', 8, '~'), ACTION_END },
	{ INPUT_SEQ('[', 5, '~'), ACTION_PAGE_UP },
	{ INPUT_SEQ('[', 6, '~'), ACTION_PAGE_DOWN },
	{ INPUT_SEQ('[', 3, '~'), ACTION_DELETE },
	{ INPUT_SEQ('[', 0, 'Z'), ACTION_PREVIOUS_FIELD },
	{ INPUT_SEQ('[', 11, '~'), ACTION_HELP },
	{ INPUT_SEQ('O', 0, 'P'), ACTION_HELP },
	{ INPUT_SEQ('[', '[', 'A'), ACTION_HELP },
	{ INPUT_SEQ('[', 12, '~'), ACTION_LANGUAGE },
	{ INPUT_SEQ('O', 0, 'Q'), ACTION_LANGUAGE },
	{ INPUT_SEQ('[', '[', 'B'), ACTION_LANGUAGE },
	{ INPUT_SEQ('[', 13, '~'), ACTION_LINEAR },
	{ INPUT_SEQ('O', 0, 'R'), ACTION_LINEAR },
	{ INPUT_SEQ('[', '[', 'C'), ACTION_LINEAR },
	{ INPUT_SEQ('O', 0, 'M'), ACTION_ENTER },
	{ INPUT_SEQ('[', 20, '~'), ACTION_PAUSE },
	{ INPUT_SEQ('[', 21, '~'), ACTION_LEAVE },
};

enum action keys_action(bool curses_code, uint32_t value)
{
	if (curses_code || value < 0x20 || value == 0x7F) {
		for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
			if (keys[i].code == value)
				return keys[i].action;
		return ACTION_NONE;
	}
	return ACTION_CHAR;
}
