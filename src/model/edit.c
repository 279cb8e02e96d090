#include "model/edit.h"

#include <string.h>

#include "base/utf8.h"

enum { MARKS_MAX = 2 }; /* combining marks on one base; more only paint over the neighbours */

static bool is_mark(uint32_t point)
{
	return utf8_point_width(point) == 0;
}

static unsigned cluster_end(const struct edit *e, unsigned at)
{
	if (at < e->len)
		at++;
	while (at < e->len && is_mark(e->text[at]))
		at++;
	return at;
}

static unsigned cluster_before(const struct edit *e, unsigned at)
{
	while (at > 0 && is_mark(e->text[at - 1]))
		at--;
	return at > 0 ? at - 1 : 0;
}

static unsigned columns_of(const struct edit *e, unsigned from, unsigned to)
{
	unsigned columns = 0;
	for (unsigned i = from; i < to; i++)
		columns += (unsigned)utf8_point_width(e->text[i]);
	return columns;
}

void edit_init(struct edit *e, unsigned max, const char *utf8)
{
	*e = (struct edit){ .max = max < EDIT_MAX ? max : EDIT_MAX };
	edit_set(e, utf8);
}

void edit_wipe(struct edit *e)
{
	explicit_bzero(e->text, sizeof e->text);
	e->len = e->cur = 0;
}

bool edit_insert(struct edit *e, uint32_t point)
{
	if (e->len >= e->max || !utf8_point_allowed(point))
		return false;
	if (is_mark(point)) {
		/* belongs to the cluster before the cursor, if there is one with room */
		unsigned start = cluster_before(e, e->cur);
		if (e->cur == 0 || e->cur - start > MARKS_MAX)
			return false;
	}
	memmove(e->text + e->cur + 1, e->text + e->cur, (e->len - e->cur) * sizeof *e->text);
	e->text[e->cur++] = point;
	e->len++;
	return true;
}

static bool erase(struct edit *e, unsigned from, unsigned to)
{
	if (from == to)
		return false;
	memmove(e->text + from, e->text + to, (e->len - to) * sizeof *e->text);
	explicit_bzero(e->text + e->len - (to - from), (to - from) * sizeof *e->text);
	e->len -= to - from;
	e->cur = from;
	return true;
}

bool edit_backspace(struct edit *e)
{
	return erase(e, cluster_before(e, e->cur), e->cur);
}

bool edit_delete(struct edit *e)
{
	return erase(e, e->cur, cluster_end(e, e->cur));
}

bool edit_move(struct edit *e, enum edit_move m)
{
	unsigned to = 0;
	switch (m) {
	case EDIT_LEFT:
		to = cluster_before(e, e->cur);
		break;
	case EDIT_RIGHT:
		to = cluster_end(e, e->cur);
		break;
	case EDIT_HOME:
		to = 0;
		break;
	case EDIT_END:
		to = e->len;
		break;
	}
	bool moved = to != e->cur;
	e->cur = to;
	return moved;
}

void edit_set(struct edit *e, const char *utf8)
{
	edit_wipe(e);
	if (!utf8)
		return;
	size_t n = strlen(utf8);
	for (size_t i = 0; i < n;) {
		uint32_t point;
		size_t step = utf8_decode(utf8 + i, n - i, &point);
		if (step > 0)
			edit_insert(e, point);
		i += step ? step : 1;
	}
}

static void put(const struct edit *e, unsigned from, unsigned to, char *out, size_t size)
{
	size_t used = 0;
	while (from < to) {
		unsigned end = cluster_end(e, from);
		char bytes[4 * EDIT_MAX];
		size_t n = 0;
		for (unsigned i = from; i < end && i < to; i++)
			n += utf8_encode(e->text[i], bytes + n);
		if (used + n >= size)
			break;
		memcpy(out + used, bytes, n);
		used += n;
		from = end;
	}
	if (size > 0)
		out[used] = '\0';
}

void edit_get(const struct edit *e, char *out, size_t size)
{
	put(e, 0, e->len, out, size);
}

void edit_slice(const struct edit *e, unsigned columns, unsigned *first, char *out, size_t size,
	unsigned *ret_cursor_column)
{
	unsigned from = *first < e->cur ? *first : e->cur;
	while (from > 0 && is_mark(e->text[from]))
		from--; /* the text may have changed below an old scroll position */
	/* a wide character under the cursor is shown whole; at the end the cursor needs one column of its own */
	unsigned under = e->cur < e->len ? columns_of(e, e->cur, cluster_end(e, e->cur)) : 1;
	while (from < e->cur && columns_of(e, from, e->cur) + under > columns)
		from = cluster_end(e, from);
	/* no gap on the right while something is hidden on the left */
	while (from > 0 && columns_of(e, cluster_before(e, from), e->len) + 1 <= columns)
		from = cluster_before(e, from);

	unsigned to = from, used = 0;
	while (to < e->len) {
		unsigned end = cluster_end(e, to), width = columns_of(e, to, end);
		if (used + width > columns)
			break;
		used += width;
		to = end;
	}
	put(e, from, to, out, size);
	*first = from;
	*ret_cursor_column = columns_of(e, from, e->cur);
}
