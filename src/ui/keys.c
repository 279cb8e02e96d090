#include "ui/keys.h"

#include <curses.h>
#include <stddef.h>

static const struct {
	int code; /* curses key code, or a control character */
	enum action action;
} keys[] = {
	{KEY_UP, ACTION_UP},       {KEY_DOWN, ACTION_DOWN},       {KEY_LEFT, ACTION_LEFT},     {KEY_RIGHT, ACTION_RIGHT},
	{KEY_HOME, ACTION_HOME},   {KEY_FIND, ACTION_HOME},       {KEY_A1, ACTION_HOME},       {KEY_END, ACTION_END},
	{KEY_SELECT, ACTION_END},  {KEY_C1, ACTION_END},          {KEY_PPAGE, ACTION_PAGE_UP}, {KEY_A3, ACTION_PAGE_UP},
	{KEY_NPAGE, ACTION_PAGE_DOWN}, {KEY_C3, ACTION_PAGE_DOWN}, {KEY_BTAB, ACTION_PREVIOUS_FIELD},
	{KEY_BACKSPACE, ACTION_BACKSPACE}, {KEY_DC, ACTION_DELETE}, {KEY_ENTER, ACTION_ENTER},
	{KEY_F(1), ACTION_HELP},   {KEY_HELP, ACTION_HELP},       {KEY_F(2), ACTION_LANGUAGE}, {KEY_F(3), ACTION_LINEAR},
	{KEY_F(10), ACTION_LEAVE}, {'\t', ACTION_NEXT_FIELD},     {'\r', ACTION_ENTER},        {'\n', ACTION_ENTER},
	{0x08, ACTION_BACKSPACE},  {0x7F, ACTION_BACKSPACE},      {0x0C, ACTION_REDRAW},
};

enum action keys_action(bool curses_code, uint32_t value)
{
	if (curses_code || value < 0x20 || value == 0x7F) {
		for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
			if (keys[i].code == (int)value)
				return keys[i].action;
		return ACTION_NONE;
	}
	return ACTION_CHAR;
}
