/* The codes of a door as runs; the bytes are described in rooms.c. */
#include "address/rooms_bytes.h"

#include <string.h>

#include "base/xalloc.h"

unsigned char *bytes_space(struct bytes *b, size_t n)
{
	if (b->cap - b->n < n) {
		b->cap = (b->cap + n) * 2;
		b->at = xrealloc(b->at, b->cap, 1);
	}
	return b->at + b->n;
}

void bytes_number(struct bytes *b, uint64_t v)
{
	unsigned char *at = bytes_space(b, 10);
	for (; v >= 0x80; v >>= 7, b->n++)
		*at++ = (unsigned char)(v | 0x80);
	*at = (unsigned char)v;
	b->n++;
}

void bytes_text(struct bytes *b, const char *text, size_t n)
{
	unsigned char *at = bytes_space(b, n + 1);
	*at = (unsigned char)n;
	memcpy(at + 1, text, n);
	b->n += n + 1;
}

static struct code split(const char *text)
{
	size_t n = strlen(text), at = n;
	struct code c = { 0 };
	while (at > 0 && n - at < CODE_DIGITS && text[at - 1] >= '0' && text[at - 1] <= '9')
		at--;
	c.prefix = at;
	c.width = n - at;
	for (; at < n; at++)
		c.tail = c.tail * 10 + (uint64_t)(text[at] - '0');
	return c;
}

void rooms_end_codes(struct rooms_coder *c)
{
	if (c->run && c->none) {
		bytes_number(c->out, c->run << 2 | RUN_NONE);
	} else if (c->run && c->step == 1) {
		bytes_number(c->out, c->run << 2 | RUN_NEXT);
	} else if (c->run) {
		bytes_number(c->out, c->run << 2 | RUN_STEP);
		bytes_number(c->out, (uint64_t)c->step << 1 ^ (c->step < 0 ? UINT64_MAX : 0));
	}
	c->run = 0;
}

void rooms_put_code(struct rooms_coder *c, const char *text)
{
	if (!*text) {
		if (!c->none)
			rooms_end_codes(c);
		c->none = true;
		c->last = (struct code){ 0 };
		c->run++;
		return;
	}
	struct code new = split(text);
	int64_t step = (int64_t)(new.tail - c->last.tail);
	if (new.width &&new.width == c->last.width &&new.prefix == c->last.prefix &&
		memcmp(text, c->text, new.prefix) == 0) {
		if (c->none || step != c->step)
			rooms_end_codes(c);
		c->none = false;
		c->step = step;
		c->run++;
	} else {
		rooms_end_codes(c);
		c->none = false;
		bytes_number(c->out, new.width << 2 | RUN_CODE);
		bytes_text(c->out, text, new.prefix);
		if (new.width)
			bytes_number(c->out, new.tail);
	}
	c->last = new;
	memcpy(c->text, text, strlen(text) + 1);
}
