/*
 * A QR symbol in half blocks: "▄" in two explicit colours for mixed cells, a blank for equal ones, dark on light, quiet zone
 * of four modules (ISO/IEC 18004 6.3.8). Other ways of drawing leave seams that readers stumble on. Alone on the smallest screen
 * the zone above and below is as high as there is room for; the rest of the screen is light, too, and zbar reads it.
 */
#include <curses.h>

#include "ui/full.h"

enum { QUIET = 4, QUIET_MIN = 2, MODULES_MAX = 177 * 177 };

static unsigned char modules[MODULES_MAX];

static bool dark(int size, int above, int y, int x)
{
	y -= above;
	x -= QUIET;
	return y >= 0 && x >= 0 && y < size && x < size && (modules[y * size + x] & 1);
}

static int encode(struct full *f, const char *payload)
{
	int size = 0;
	return f->view.chrome.encode_qr && f->view.chrome.encode_qr(payload, &size, modules, sizeof modules) ? size : 0;
}

int full_qr_columns(struct full *f, const char *payload)
{
	int size = encode(f, payload);
	return size ? size + 2 * QUIET : 0;
}

int full_paint_qr(struct full *f, WINDOW *w, int y, int x, const char *payload)
{
	int size = encode(f, payload), side = size + 2 * QUIET, above = QUIET;
	int room = getmaxy(w) * 2 - size;
	if (!size)
		return 0;
	if (room < 2 * QUIET)
		above = room / 2 < QUIET_MIN ? QUIET_MIN : room / 2;
	for (int row = 0; row < size + 2 * above; row += 2) {
		wmove(w, y + row / 2, x);
		for (int column = 0; column < side; column++) {
			bool upper = dark(size, above, row, column), lower = dark(size, above, row + 1, column);
			/* paint QR: dark ink on light ground; turned: light ink on dark ground */
			wattrset(w, (int)theme(upper ? PAINT_QR_TURNED : PAINT_QR));
			waddstr(w, upper == lower ? " " : "▄");
		}
	}
	wattrset(w, (int)theme(PAINT_BODY));
	return (size + 2 * above + 1) / 2;
}
