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
	uint32_t
		point; /* KEY_POINT: character; KEY_CURSES: curses key code, or INPUT_SEQ() of a sequence curses does not know */
};

/* introducer '[' or 'O', first number (0: none), final byte; larger than every key code of curses */
#define INPUT_SEQ(introducer, number, final) \
	((uint32_t)(introducer) << 24 | (uint32_t)(number) << 8 | (uint32_t)(final))

enum {
	INPUT_SEQUENCE_MAX = 256,
	INPUT_FLOOD = 200,
	INPUT_PASTE_MAX = 2000,
	INPUT_GAP_MS = 10,
	INPUT_PASTE_MS = 1000,
	INPUT_STALE = 100
}; /* calls of input_quiet after which something unfinished is forgotten: half a second */

struct input {
	enum { INPUT_GROUND, INPUT_ESC, INPUT_CSI, INPUT_CSI_LINUX, INPUT_SS3, INPUT_STRING, INPUT_STRING_ESC } state;
	unsigned length; /* of the sequence so far */
	char introducer;
	unsigned number;        /* the first one of a CSI */
	bool more;              /* it has others, or marks: private, intermediate */
	unsigned param;         /* the one that is being read, of any */
	unsigned n_params;      /* before it */
	bool asked_for;         /* ESC [ ? : an answer of the terminal */
	bool four;              /* one of the others is 4 */
	bool sixel;             /* the terminal said that it draws pictures: DA1 with 4 (VT340 manual) */
	unsigned swallow;       /* bytes of an X10 mouse report that follow its sequence */
	unsigned quiet;         /* calls of input_quiet since the last byte */
	bool after_return;      /* pasted CR LF is one line end */
	unsigned char bytes[4]; /* of a character that is not complete */
	unsigned have, need;
	bool paste;
	unsigned pasted, burst; /* keys since paste began; keys without a gap */
	bool dropping;          /* flood: until it is quiet */
	int64_t last_ms;
};

void input_init(struct input *in);
/* One value from getch(): a byte, or a key code above 255. now_ms: monotonic. */
struct key input_feed(struct input *in, int c, int64_t now_ms);
/* Nothing more came for some milliseconds: a lone ESC is the key; what is cut off may still go on, see INPUT_STALE. */
struct key input_quiet(struct input *in);
bool input_pending(const struct input *in); /* input_quiet has something to say */

#endif
