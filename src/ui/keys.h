#ifndef UI_KEYS_H
#define UI_KEYS_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/action.h"

/* One table: which key means which action. ACTION_CHAR for every other character, ACTION_NONE for unknown key codes. */
enum action keys_action(bool curses_code, uint32_t value);

#endif
