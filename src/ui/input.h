#ifndef UI_INPUT_H
#define UI_INPUT_H

#include <stdbool.h>
#include <stdint.h>

/*
 * From what the terminal sends to keys; pure, so that it can be fuzzed. UTF-8 is decoded here because get_wch() swallows keys
 * after one bad byte. Escape sequences that curses does not know (mouse, focus, reports, OSC, DCS ...) are eaten whole: not a
 * byte of them reaches a field. Pasted line ends become blanks and press nothing.
 */
enum key_kind { KEY_NOTHING, KEY_POINT, KEY_CURSES, KEY_ESCAPE, KEY_FLOOD };

struct key {
	enum key_kind kind;
	uint32_t point; /* KEY_POINT: character; KEY_CURSES: curses key code */
};

enum { INPUT_SEQUENCE_MAX = 256, INPUT_FLOOD = 200, INPUT_PASTE_MAX = 2000, INPUT_GAP_MS = 10, INPUT_PASTE_MS = 1000 };

struct input {
	enum { INPUT_GROUND, INPUT_ESC, INPUT_CSI, INPUT_SS3, INPUT_STRING, INPUT_STRING_ESC } state;
	unsigned length;          /* of the sequence so far */
	char parameter[8];        /* first bytes of a CSI, for the paste marks */
	unsigned char bytes[4];   /* of a character that is not complete */
	unsigned have, need;
	bool paste;
	unsigned pasted, burst;   /* keys since paste began; keys without a gap */
	bool dropping;            /* flood: until it is quiet */
	int64_t last_ms;
};

void input_init(struct input *in);
/* One value from getch(): a byte, or a key code above 255. now_ms: monotonic. */
struct key input_feed(struct input *in, int c, int64_t now_ms);
/* Nothing more came: a lone ESC is the key; a cut-off sequence or character is forgotten. */
struct key input_quiet(struct input *in);
bool input_pending(const struct input *in); /* input_quiet has something to say */

#endif
