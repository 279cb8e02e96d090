#include "ui/input.h"

#include <string.h>

#include "base/utf8.h"

static const struct key nothing = { KEY_NOTHING, 0 };

void input_init(struct input *in)
{
	memset(in, 0, sizeof *in);
}

bool input_pending(const struct input *in)
{
	return in->state != INPUT_GROUND || in->have > 0 || in->swallow > 0;
}

static void forget(struct input *in)
{
	in->state = INPUT_GROUND;
	in->have = in->need = in->swallow = 0;
}

struct key input_quiet(struct input *in)
{
	bool lone = in->state == INPUT_ESC && in->length == 0;
	if (in->state != INPUT_ESC && ++in->quiet < INPUT_STALE)
		return nothing; /* a slow line pauses inside a sequence; its rest must not become text */
	forget(in);
	return lone && !in->paste && !in->dropping ? (struct key){ KEY_ESCAPE, 0 } : nothing;
}

/* A character or key that is complete; here pastes and floods are limited. */
static struct key deliver(struct input *in, struct key k)
{
	if (in->paste) {
		bool second = k.point == '\n' && in->after_return;
		in->after_return = k.point == '\r';
		if (k.kind != KEY_POINT || second || ++in->pasted > INPUT_PASTE_MAX)
			return nothing;
		if (k.point == '\r' || k.point == '\n' || k.point == '\t')
			k.point = ' ';
		return k.point < 0x20 || k.point == 0x7F ? nothing : k;
	}
	if (++in->burst <= INPUT_FLOOD)
		return k;
	bool first = !in->dropping;
	in->dropping = true;
	return first ? (struct key){ KEY_FLOOD, 0 } : nothing;
}

static struct key character(struct input *in, uint32_t point)
{
	bool control = point < 0x20 || point == 0x7F; /* Enter, Tab, Backspace: the key table knows them */
	return control || utf8_point_allowed(point) ? deliver(in, (struct key){ KEY_POINT, point }) : nothing;
}

static void begin(struct input *in, int state, char introducer)
{
	in->state = state;
	in->introducer = introducer;
	in->length = 0;
	in->number = 0;
	in->more = false;
	in->param = in->n_params = 0;
	in->asked_for = in->four = false;
}

static struct key ground(struct input *in, unsigned char byte)
{
	uint32_t point;
	if (in->have && (byte & 0xC0) != 0x80)
		in->have = in->need = 0; /* the old one was cut off; this byte begins anew */
	if (!in->have) {
		if (byte == 0x1B) {
			begin(in, INPUT_ESC, 0);
			return nothing;
		}
		if (byte < 0x80)
			return character(in, byte);
		in->need = byte >= 0xC2 && byte <= 0xDF ? 2
			: (byte & 0xF0) == 0xE0         ? 3
			: byte >= 0xF0 && byte <= 0xF4  ? 4
							: 0;
		if (!in->need)
			return nothing;
	}
	in->bytes[in->have++] = byte;
	if (in->have < in->need)
		return nothing;
	size_t n = in->have;
	in->have = in->need = 0;
	return utf8_decode((const char *)in->bytes, n, &point) == n ? character(in, point) : nothing;
}

static struct key end_sequence(struct input *in, unsigned char final)
{
	in->state = INPUT_GROUND;
	if (in->introducer == '[' && in->asked_for && final == 'c')
		in->sixel = in->four || (in->n_params && in->param == 4);
	if (in->introducer == '[' && final == '~' && (in->number == 200 || in->number == 201)) {
		in->paste = in->number == 200;
		in->pasted = 0;
		in->after_return = false;
		return nothing;
	}
	if (in->introducer == '[' && final == 'M' && in->length == 1) {
		in->swallow = 3; /* X10 mouse report: button, column, row */
		return nothing;
	}
	if (in->more && final != '~')
		return nothing; /* a report or a mouse, no key */
	return deliver(in, (struct key){ KEY_CURSES, INPUT_SEQ(in->introducer, in->number, final) });
}

static struct key escape(struct input *in, unsigned char byte)
{
	if (byte == '[')
		begin(in, INPUT_CSI, '[');
	else if (byte == 'O')
		begin(in, INPUT_SS3, 'O');
	else if (byte == ']' || byte == 'P' || byte == '_' || byte == '^' || byte == 'X')
		begin(in, INPUT_STRING, (char)byte);
	else if (byte == 0x1B) { /* pressed twice, or a sequence follows at once */
		begin(in, INPUT_ESC, 0);
		return deliver(in, (struct key){ KEY_ESCAPE, 0 });
	} else if (byte < 0x20 || byte > 0x2F) /* those: a final byte follows, as in ESC ( B */
		in->state = INPUT_GROUND;      /* Alt and a key: no such key here */
	return nothing;
}

/* Parameters beyond the first matter in one answer alone, DA1: ESC [ ? class ; attribute ; ... c */
static void note_param(struct input *in, unsigned char byte)
{
	if (byte >= '0' && byte <= '9') {
		in->param = in->param < 1000 ? in->param * 10 + (unsigned)(byte - '0') : in->param;
	} else if (byte == ';') {
		in->four |= in->n_params && in->param == 4;
		in->n_params++;
		in->param = 0;
	} else if (byte == '?' && in->length == 1) {
		in->asked_for = true;
	}
}

static struct key csi(struct input *in, unsigned char byte)
{
	note_param(in, byte);
	if (byte == 0x1B)
		begin(in, INPUT_ESC, 0);
	else if (byte == '[' && in->length == 1)
		in->state = INPUT_CSI_LINUX; /* its console sends ESC [ [ A for F1 */
	else if (byte >= 0x40 && byte <= 0x7E)
		return end_sequence(in, byte);
	else if (byte >= '0' && byte <= '9' && !in->more)
		in->number = in->number < 1000 ? in->number * 10 + (unsigned)(byte - '0') : in->number;
	else if (byte >= 0x20 && byte < 0x40)
		in->more = true;
	return nothing;
}

static struct key sequence(struct input *in, unsigned char byte)
{
	if (byte == 0x18 || byte == 0x1A) { /* CAN and SUB end any sequence (ECMA-48) */
		in->state = INPUT_GROUND;
		return nothing;
	}
	if (++in->length > INPUT_SEQUENCE_MAX) {
		in->state = INPUT_GROUND;
		in->dropping = true; /* nobody types that: wait until it is quiet */
		return nothing;
	}
	switch (in->state) {
	case INPUT_ESC:
		return escape(in, byte);
	case INPUT_CSI:
		return csi(in, byte);
	case INPUT_CSI_LINUX:
		in->state = INPUT_GROUND;
		return deliver(in, (struct key){ KEY_CURSES, INPUT_SEQ('[', '[', byte) });
	case INPUT_SS3:
		if (byte == 0x1B)
			begin(in, INPUT_ESC, 0);
		else if (byte < '0' || byte > ';') /* those: modifiers of old terminals */
			return end_sequence(in, byte);
		return nothing;
	case INPUT_STRING:
		if (byte == 0x07)
			in->state = INPUT_GROUND;
		else if (byte == 0x1B)
			in->state = INPUT_STRING_ESC;
		return nothing;
	case INPUT_STRING_ESC:
		in->state = byte == 0x1B ? INPUT_STRING_ESC : byte == '\\' ? INPUT_GROUND : INPUT_STRING;
		return nothing;
	case INPUT_GROUND:
		break;
	}
	return nothing;
}

struct key input_feed(struct input *in, int c, int64_t now_ms)
{
	if (now_ms - in->last_ms >= INPUT_GAP_MS) {
		in->burst = 0;
		in->dropping = false;
	}
	if (now_ms - in->last_ms >= INPUT_PASTE_MS)
		in->paste = false; /* the end mark was lost */
	in->last_ms = now_ms;
	in->quiet = 0;
	if (c > 0xFF) {
		forget(in);
		return in->dropping ? nothing : deliver(in, (struct key){ KEY_CURSES, (uint32_t)c });
	}
	if (c < 0)
		return nothing;
	if (in->swallow > 0) {
		in->swallow--;
		return nothing;
	}
	bool at_rest = in->state == INPUT_GROUND;
	struct key k = at_rest ? ground(in, (unsigned char)c) : sequence(in, (unsigned char)c);
	return in->dropping && k.kind != KEY_FLOOD ? nothing : k;
}
