#include "ui/input.h"

#include <string.h>

#include "base/utf8.h"

static const struct key nothing = {KEY_NOTHING, 0};

void input_init(struct input *in)
{
	memset(in, 0, sizeof *in);
}

bool input_pending(const struct input *in)
{
	return in->state != INPUT_GROUND || in->have > 0;
}

struct key input_quiet(struct input *in)
{
	bool escape = in->state == INPUT_ESC && !in->paste && !in->dropping;
	in->state = INPUT_GROUND;
	in->have = in->need = 0;
	return escape ? (struct key){KEY_ESCAPE, 0} : nothing;
}

/* A character or key that is complete; here pastes and floods are limited. */
static struct key deliver(struct input *in, struct key k)
{
	if (in->paste) {
		if (++in->pasted > INPUT_PASTE_MAX || k.kind != KEY_POINT)
			return nothing;
		if (k.point == '\r' || k.point == '\n' || k.point == '\t')
			k.point = ' ';
		return k.point < 0x20 || k.point == 0x7F ? nothing : k;
	}
	if (++in->burst <= INPUT_FLOOD)
		return k;
	bool first = !in->dropping;
	in->dropping = true;
	return first ? (struct key){KEY_FLOOD, 0} : nothing;
}

static struct key character(struct input *in, uint32_t point)
{
	bool control = point < 0x20 || point == 0x7F; /* Enter, Tab, Backspace: the key table knows them */
	return control || utf8_point_allowed(point) ? deliver(in, (struct key){KEY_POINT, point}) : nothing;
}

static struct key ground(struct input *in, unsigned char byte)
{
	uint32_t point;
	if (in->have && (byte & 0xC0) != 0x80)
		in->have = in->need = 0; /* the old one was cut off; this byte begins anew */
	if (!in->have) {
		if (byte == 0x1B) {
			in->state = INPUT_ESC;
			return nothing;
		}
		if (byte < 0x80)
			return character(in, byte);
		in->need = byte >= 0xC2 && byte <= 0xDF ? 2 : (byte & 0xF0) == 0xE0 ? 3 : byte >= 0xF0 && byte <= 0xF4 ? 4 : 0;
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

static void begin(struct input *in, int state)
{
	in->state = state;
	in->length = 0;
	memset(in->parameter, 0, sizeof in->parameter);
}

static void end_csi(struct input *in, unsigned char final)
{
	in->state = INPUT_GROUND;
	if (final != '~')
		return;
	if (strcmp(in->parameter, "200") == 0) {
		in->paste = true;
		in->pasted = 0;
	} else if (strcmp(in->parameter, "201") == 0) {
		in->paste = false;
	}
}

static void sequence(struct input *in, unsigned char byte)
{
	if (++in->length > INPUT_SEQUENCE_MAX) {
		in->state = INPUT_GROUND;
		in->dropping = true; /* nobody types that: wait until it is quiet */
		return;
	}
	switch (in->state) {
	case INPUT_ESC:
		if (byte == '[')
			begin(in, INPUT_CSI);
		else if (byte == 'O')
			begin(in, INPUT_SS3);
		else if (byte == ']' || byte == 'P' || byte == '_' || byte == '^' || byte == 'X')
			begin(in, INPUT_STRING);
		else if (byte != 0x1B)
			in->state = INPUT_GROUND; /* Alt and a key: no such key here */
		break;
	case INPUT_CSI:
		if (byte == 0x1B)
			begin(in, INPUT_ESC);
		else if (byte >= 0x40 && byte <= 0x7E)
			end_csi(in, byte);
		else if (in->length < sizeof in->parameter)
			in->parameter[in->length - 1] = (char)byte;
		break;
	case INPUT_STRING:
		if (byte == 0x07)
			in->state = INPUT_GROUND;
		else if (byte == 0x1B)
			in->state = INPUT_STRING_ESC;
		break;
	case INPUT_STRING_ESC:
		in->state = byte == 0x1B ? INPUT_STRING_ESC : byte == '\\' ? INPUT_GROUND : INPUT_STRING;
		break;
	case INPUT_SS3:
	case INPUT_GROUND:
		in->state = INPUT_GROUND;
		break;
	}
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
	if (c > 0xFF) {
		in->state = INPUT_GROUND;
		in->have = 0;
		return in->dropping ? nothing : deliver(in, (struct key){KEY_CURSES, (uint32_t)c});
	}
	if (c < 0)
		return nothing;
	if (in->state == INPUT_GROUND) {
		struct key k = ground(in, (unsigned char)c);
		return in->dropping && k.kind != KEY_FLOOD ? nothing : k;
	}
	sequence(in, (unsigned char)c);
	return nothing;
}
