/*
 * The bytes. Numbers are LEB128: 7 bits a byte, low ones first, at most 9 bytes.
 *   rooms: "" (no rooms) or: count, then groups until it is reached
 *   group: count << 3 | has text rooms << 2 | has unit << 1 | has building; building, unit (length byte, bytes);
 *          count of text rooms; the numeric rooms; the text rooms (length byte, bytes)
 *   numeric rooms: the first; then difference << 1, or period << 1 | 1 and n: the next n differences are those of
 *          `period` before
 *   codes: "" (none) or: 1 when the door's own entry comes first, else 0; then runs until each entry has had its turn
 *   run:   n << 2 | 0: n without code; width << 2 | 1, prefix (length byte, bytes), tail: one code, its last `width` digits
 *          being the tail; n << 2 | 2: n codes, each one more than the one before; n << 2 | 3, step: n codes by that step
 *          (zigzag)
 */
#include "address/rooms.h"

#include <string.h>

#include "address/rooms_bytes.h"
#include "base/utf8.h"

static bool bad(struct rooms_reader *r)
{
	r->good = false;
	r->left = 0;
	return false;
}

static bool take_number(const unsigned char **at, const unsigned char *end, uint64_t most, uint64_t *ret)
{
	uint64_t v = 0;
	for (unsigned shift = 0; shift < 63 && *at < end; shift += 7) {
		unsigned char c = *(*at)++;
		v |= (uint64_t)(c & 0x7f) << shift;
		if (!(c & 0x80)) {
			*ret = v;
			return v <= most;
		}
	}
	return false;
}

static bool take_small(const unsigned char **at, const unsigned char *end, uint64_t most, uint32_t *ret)
{
	uint64_t v = 0;
	if (!take_number(at, end, most, &v))
		return false;
	*ret = (uint32_t)v;
	return true;
}

static bool take_text(const unsigned char **at, const unsigned char *end, char *out, size_t size)
{
	if (*at == end || **at >= size || (size_t)(end - *at - 1) < **at)
		return false;
	size_t n = *(*at)++;
	memcpy(out, *at, n);
	out[n] = '\0';
	*at += n;
	return strlen(out) == n && utf8_plain(out);
}

void rooms_read(struct rooms_reader *r, const void *rooms, size_t rooms_size, const void *codes, size_t codes_size)
{
	static const unsigned char none[1];
	*r = (struct rooms_reader){ .at = rooms ? rooms : none, .codes = codes ? codes : none, .good = true };
	r->end = r->at + (rooms ? rooms_size : 0);
	r->codes_end = r->codes + (codes ? codes_size : 0);
	r->with_codes = r->codes < r->codes_end;
	if (r->at < r->end && (!take_small(&r->at, r->end, ROOMS_MAX, &r->left) || r->left == 0))
		bad(r);
	if (r->good && r->with_codes) {
		r->own = *r->codes == 1;
		if (*r->codes++ > 1)
			bad(r);
	}
}

size_t rooms_count(const void *rooms, size_t size)
{
	const unsigned char *at = rooms;
	uint32_t n = 0;
	return size && take_small(&at, at + size, ROOMS_MAX, &n) ? n : 0;
}

static bool begin_group(struct rooms_reader *r)
{
	uint32_t head, count;
	r->now.building[0] = r->now.unit[0] = '\0';
	if (!take_small(&r->at, r->end, (uint64_t)ROOMS_MAX << 3 | 7, &head))
		return false;
	count = head >> 3;
	if (count == 0 || count > r->left)
		return false;
	if ((head & GROUP_BUILDING) && !take_text(&r->at, r->end, r->now.building, sizeof r->now.building))
		return false;
	if ((head & GROUP_UNIT) && !take_text(&r->at, r->end, r->now.unit, sizeof r->now.unit))
		return false;
	r->texts = 0;
	if ((head & GROUP_TEXTS) && !take_small(&r->at, r->end, count, &r->texts))
		return false;
	r->numbers = count - r->texts;
	r->n_steps = r->repeat = 0;
	return r->numbers == 0 || take_small(&r->at, r->end, NUMBER_MOST, &r->value);
}

static bool take_step(struct rooms_reader *r, uint32_t *ret)
{
	uint32_t v;
	if (r->repeat == 0) {
		if (!take_small(&r->at, r->end, (uint64_t)NUMBER_MOST << 1 | 1, &v))
			return false;
		if (!(v & 1)) {
			*ret = v >> 1;
			return true;
		}
		r->period = v >> 1;
		if (r->period == 0 || r->period > ROOM_PERIOD || r->period > r->n_steps ||
			!take_small(&r->at, r->end, ROOMS_MAX, &r->repeat) || r->repeat == 0)
			return false;
	}
	r->repeat--;
	*ret = r->step[(r->n_steps - r->period) % ROOM_PERIOD];
	return true;
}

static size_t write_digits(uint64_t value, size_t width, char *out)
{
	for (size_t i = width; i-- > 0; value /= 10)
		out[i] = (char)('0' + value % 10);
	out[width] = '\0';
	return width;
}

static void write_number(uint32_t value, char *out)
{
	size_t width = 1;
	for (uint32_t v = value; v >= 10; v /= 10)
		width++;
	write_digits(value, width, out);
}

/* The number stands in r->value; reads the difference to the next one, so that the last has none behind it. */
static bool next_number(struct rooms_reader *r)
{
	uint32_t step = 0;
	write_number(r->value, r->now.room);
	if (--r->numbers == 0)
		return r->repeat == 0;
	if (!take_step(r, &step) || step == 0 || step > NUMBER_MOST - r->value)
		return false;
	r->step[r->n_steps % ROOM_PERIOD] = step;
	r->n_steps++;
	r->value += step;
	return true;
}

static bool begin_run(struct rooms_reader *r)
{
	uint64_t head, step;
	if (!take_number(&r->codes, r->codes_end, (uint64_t)(ROOMS_MAX + 1) << 2 | 3, &head))
		return false;
	r->run_mode = head & 3;
	r->run = (uint32_t)(head >> 2);
	if (r->run_mode == RUN_CODE) {
		char prefix[ROOM_CODE];
		r->width = r->run;
		r->run = 1;
		if (r->width > CODE_DIGITS || !take_text(&r->codes, r->codes_end, prefix, sizeof prefix))
			return false;
		r->prefix = (uint8_t)strlen(prefix);
		if (r->prefix + r->width >= ROOM_CODE || r->prefix + r->width == 0)
			return false;
		memcpy(r->now.code, prefix, r->prefix);
		r->code = 0;
		return r->width == 0 || take_number(&r->codes, r->codes_end, code_most(r->width), &r->code);
	}
	r->run_step = 1;
	if (r->run_mode == RUN_STEP) {
		if (!take_number(&r->codes, r->codes_end, UINT64_MAX >> 1, &step))
			return false;
		r->run_step = (int64_t)(step >> 1) ^ -(int64_t)(step & 1);
	}
	return r->run > 0 && (r->run_mode == RUN_NONE || r->width > 0);
}

static bool next_code(struct rooms_reader *r)
{
	if (r->run == 0 && !begin_run(r))
		return false;
	r->run--;
	if (r->run_mode == RUN_NONE) {
		r->now.code[0] = '\0';
		r->width = 0; /* what follows starts with a whole code */
		return true;
	}
	if (r->run_mode != RUN_CODE) {
		uint64_t most = code_most(r->width);
		uint64_t up = r->run_step < 0 ? 0 : (uint64_t)r->run_step,
			 down = r->run_step < 0 ? -(uint64_t)r->run_step : 0;
		if (up > most - r->code || down > r->code)
			return false;
		r->code += up - down;
	}
	write_digits(r->code, r->width, r->now.code + r->prefix);
	return true;
}

bool rooms_next(struct rooms_reader *r)
{
	if (r->own) {
		r->own = false;
		r->now.building[0] = r->now.unit[0] = r->now.room[0] = '\0';
		return next_code(r) || bad(r);
	}
	if (r->left == 0) {
		if (r->at != r->end || r->codes != r->codes_end || r->run)
			r->good = false;
		return false;
	}
	if (r->numbers == 0 && r->texts == 0 && !begin_group(r))
		return bad(r);
	if (r->numbers) {
		if (!next_number(r))
			return bad(r);
	} else {
		r->texts--;
		if (!take_text(&r->at, r->end, r->now.room, sizeof r->now.room))
			return bad(r);
	}
	r->left--;
	return !r->with_codes || next_code(r) || bad(r);
}
