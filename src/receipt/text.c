/* The receipt as plain text for the file printer and for printers that print UTF-8 text. */
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/wrap.h"
#include "base/xalloc.h"
#include "receipt/receipt.h"

enum { COLUMNS_MIN = 32, COLUMNS_MAX = 80, QUIET = 4 /* ISO/IEC 18004 5.3.8 */, HANGING = 2, TEXT_MAX = 64 * 1024 };

static void add_blanks(struct str *s, unsigned n)
{
	while (n-- > 0)
		str_add(s, " ");
}

static void add_centred(struct str *s, const char *text, unsigned columns)
{
	int width = utf8_width(text);
	if (width >= 0 && (unsigned)width < columns)
		add_blanks(s, (columns - (unsigned)width) / 2);
	str_add(s, text);
	str_add(s, "\n");
}

/* One empty line, not two. */
static void add_gap(struct str *s)
{
	if (s->len >= 2 && strcmp(s->text + s->len - 2, "\n\n") != 0)
		str_add(s, "\n");
}

/* Lines after the first are set in, so that the beginning of each entry is found at a glance. */
static void add_wrapped(struct str *s, const char *text, unsigned columns, unsigned hanging)
{
	bool first = true;
	while (*text) {
		unsigned indent = first ? 0 : hanging;
		size_t next = 0, n = wrap_line(text, columns - indent, &next);
		add_blanks(s, indent);
		str_add_n(s, text, n);
		str_add(s, "\n");
		text += next;
		first = false;
	}
}

/* A text file is printed dark on white: a dark module is ink. Two rows of modules become one line of half blocks. */
static bool add_qr(struct str *s, const char *payload, unsigned columns, struct err *e)
{
	static const char *const BLOCKS[2][2] = { { " ", "▄" }, { "▀", "█" } }; /* [upper][lower] */
	struct qr qr;
	if (!qr_encode(payload, &qr, e))
		return false;
	/* Left and right the paper's margin is part of the quiet zone: the code of a case fits the 32 columns of a narrow roll. */
	if (qr.size + QUIET > (int)columns)
		return err_set(e, ERR_BUG, "receipt: the QR code needs %d columns", qr.size + QUIET);
	unsigned left = (columns - (unsigned)qr.size) / 2;
	for (int y = -QUIET; y < qr.size + QUIET; y += 2) {
		unsigned blanks = left; /* written only when something follows: no blanks at line ends */
		for (int x = 0; x < qr.size; x++) {
			bool upper = qr_dark(&qr, y, x), lower = qr_dark(&qr, y + 1, x);
			if (!upper && !lower) {
				blanks++;
				continue;
			}
			add_blanks(s, blanks);
			blanks = 0;
			str_add(s, BLOCKS[upper][lower]);
		}
		str_add(s, "\n");
	}
	return true;
}

char *receipt_text(const struct receipt *r, unsigned columns, struct err *e)
{
	struct str s;
	char *text = NULL;
	if (columns < COLUMNS_MIN || columns > COLUMNS_MAX) {
		err_set(e, ERR_BUG, "receipt: %u columns; 32 to 80 are possible", columns);
		return NULL;
	}
	str_init(&s, TEXT_MAX);
	for (size_t i = 0; i < r->n_lines; i++) {
		const struct receipt_line *line = &r->lines[i];
		char *joined = NULL;
		switch (line->kind) {
		case RECEIPT_TITLE:
			add_centred(&s, line->text, columns);
			add_gap(&s);
			break;
		case RECEIPT_LINE:
			joined = xasprintf("%s%s%s", line->label, i18n_get() == LANG_EN ? ": " : "：", line->text);
			add_wrapped(&s, joined, columns, HANGING);
			str_wipe_free(joined);
			break;
		case RECEIPT_PARAGRAPH:
			add_gap(&s);
			add_wrapped(&s, line->text, columns, 0);
			add_gap(&s);
			break;
		case RECEIPT_QR:
			if (!add_qr(&s, line->text, columns, e))
				goto done;
			break;
		}
	}
	if (s.full)
		err_set(e, ERR_BUG, "receipt: the text is too long");
	else
		text = xstrdup(s.text);
done:
	str_finish(&s);
	return text;
}
