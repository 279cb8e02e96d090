#include "vision/recognise_rows.h"

#include <stdlib.h>
#include <string.h>

static int by_left(const void *a, const void *b)
{
	const struct piece *x = a, *y = b;
	return x->left < y->left ? -1 : x->left > y->left;
}

static int by_top(const void *a, const void *b)
{
	const struct piece *x = a, *y = b;
	int first = x->top + x->bottom, second = y->top + y->bottom;
	return first == second ? by_left(a, b) : first < second ? -1 : 1;
}

/* Do they share half of the height of the lower one? Lines of a picture that was taken at an angle rise and fall. */
static int beside(const struct piece *a, const struct piece *b)
{
	int top = a->top > b->top ? a->top : b->top, bottom = a->bottom < b->bottom ? a->bottom : b->bottom;
	int low = a->bottom - a->top < b->bottom - b->top ? a->bottom - a->top : b->bottom - b->top;
	return (bottom - top) * 2 >= low && (a->right <= b->left || b->right <= a->left);
}

static void add(char *out, size_t size, size_t *used, const char *text, char end)
{
	size_t n = strlen(text);
	if (*used + n + 2 > size)
		return;
	memcpy(out + *used, text, n);
	out[*used + n] = end;
	*used += n + 1;
}

void rows_text(struct piece *pieces, size_t n, char *out, size_t size)
{
	size_t used = 0;
	qsort(pieces, n, sizeof *pieces, by_top);
	for (size_t first = 0, end; first < n; first = end) {
		/* A row is a chain: each piece stands beside one that is in it already. */
		end = first + 1;
		for (size_t i = first + 1; i < n && pieces[i].top < pieces[end - 1].bottom; i++) {
			int joined = 0;
			for (size_t k = first; k < end && !joined; k++)
				joined = beside(&pieces[k], &pieces[i]);
			for (size_t k = first; k < end && joined; k++) /* over or under one of the row: another row */
				joined = pieces[k].right <= pieces[i].left || pieces[i].right <= pieces[k].left;
			if (joined) {
				struct piece moved = pieces[i];
				memmove(&pieces[end + 1], &pieces[end], (i - end) * sizeof *pieces);
				pieces[end++] = moved;
			}
		}
		qsort(pieces + first, end - first, sizeof *pieces, by_left);
		for (size_t k = first; k < end; k++)
			add(out, size, &used, pieces[k].text, k + 1 < end ? ' ' : '\n');
	}
	out[used] = 0;
}
