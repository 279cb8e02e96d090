#include <string.h>

#include "vision/material.h"
#include "vision/paper.h"
#include "vision/recognise.h"
#include "vision/recognise_own.h"

enum {
	SIDE_MAX = 3000,    /* more pixels only cost time: an A4 page has 250 dpi then */
	CARD_SIDE = 1400,   /* a card of fewer pixels is enlarged for its second look; own measurement */
	STRIP_HEIGHT = 56,  /* pixels to which a line is brought that is read alone */
	NUMBER_SIGNS = 10,  /* digits in a line that is taken for the number's */
	BELOW_LINES = 6,    /* how far below the last words the number can be */
	WORDS_FEW = 8,      /* Chinese characters below which a page is tried another way round */
	LABEL_BYTES = 21,   /* seven characters: 公民身份号码 and the like */
	GAPS_MAX = 3,       /* labels without a value that are looked at again */
	NUMBER_LABELS = 4,  /* widths of its label in which the number has room */
	PASSES_AGREE = 2,   /* photo file 6 */
	ANY_DAY = 99991231, /* the day is not known here; whoever judges the number knows it */
};

/* Lines of which tesseract is less sure are patterns or a face: on drawn pages words have 40 and more. */
static const struct way PAGE = { PSM_SPARSE_TEXT, "", "0", 30 }, VALUE = { PSM_SINGLE_LINE, "", "0", 60 };

static l_int32 less(l_int32 a, l_int32 b)
{
	return a < b ? a : b;
}

static void keep(struct recogniser *r, struct material_reading *ret)
{
	if (ret->n_passes < MATERIAL_PASSES)
		rows_text(r->pieces, r->n, ret->text[ret->n_passes++], MATERIAL_TEXT);
}

/* Reads a part of the page scaled to a height, in the page's own places. */
static bool add_part(struct recogniser *r, PIX *page, BOX *box, l_float32 height, const struct way *way)
{
	l_int32 left = 0, top = 0, tall = 0;
	PIX *part = pixClipRectangle(page, box, NULL);
	boxGetGeometry(box, &left, &top, NULL, &tall);
	l_float32 scale = tall > 0 ? height / (l_float32)tall : 1;
	PIX *scaled = part ? pixScale(part, scale, scale) : NULL;
	size_t from = r->n;
	bool good = scaled && recogniser_add(r, scaled, way, 0, 0);
	for (size_t i = from; i < r->n; i++) {
		struct piece *p = &r->pieces[i];
		p->left = left + (int)((l_float32)p->left / scale);
		p->right = left + (int)((l_float32)p->right / scale);
		p->top = top + (int)((l_float32)p->top / scale);
		p->bottom = top + (int)((l_float32)p->bottom / scale);
	}
	pixDestroy(&scaled);
	pixDestroy(&part);
	return good;
}

/*
 * The line that has most digits, else the room right of the label. Not even that was seen: the number stands below everything else
 * on a card, so all room there is looked at, and *ret_line is false. NULL: no memory, or no room.
 */
static BOX *number_line(const struct recogniser *r, PIX *page, bool *ret_line)
{
	const struct piece *best = NULL, *label = NULL;
	size_t most = NUMBER_SIGNS - 1;
	l_int32 width = pixGetWidth(page), height = pixGetHeight(page), low = 0, tall = 0;
	for (size_t i = 0; i < r->n; i++) {
		size_t digits = 0;
		const struct piece *p = &r->pieces[i];
		for (const char *c = p->text; *c; c++)
			digits += *c >= '0' && *c <= '9';
		if (digits > most) {
			most = digits;
			best = p;
		}
		if (strstr(p->text, "号码") || strstr(p->text, "身份"))
			label = p;
		low = p->bottom > low ? p->bottom : low;
		tall = p->bottom - p->top > tall ? p->bottom - p->top : tall;
	}
	*ret_line = best || label;
	if (!best && label) {
		/* a card that is held askew has the number higher or lower than its label; behind it comes the table */
		l_int32 line = label->bottom - label->top, left = label->right + line / 2;
		l_int32 top = label->top > line ? label->top - line : 0;
		return left < width
			? boxCreate(left, top, less(width - left, (label->right - label->left) * NUMBER_LABELS),
				  label->bottom + line - top)
			: NULL;
	}
	if (!best)
		return low && height - low > tall ? boxCreate(0, low, width, less(height - low, tall * BELOW_LINES))
						  : NULL;
	l_int32 margin = (best->bottom - best->top) / 3;
	l_int32 left = best->left > margin ? best->left - margin : 0;
	l_int32 top = best->top > margin ? best->top - margin : 0;
	return boxCreate(left, top, less(best->right + margin, width) - left, best->bottom + margin - top);
}

/* Have two passes one valid number, and none another? */
static bool number_agreed(const struct material_reading *m)
{
	struct paper_number found[PAPER_NUMBERS];
	size_t n = paper_numbers(m, ANY_DAY, found);
	bool agreed = n == 1 && found[0].votes >= PASSES_AGREE;
	explicit_bzero(found, sizeof found);
	return agreed;
}

/* The number alone, with nothing but its signs to choose from: up to two more votes, until two passes agree. */
static void read_number(struct recogniser *r, PIX *page, BOX *box, bool line, struct material_reading *ret)
{
	l_int32 tall = 0;
	boxGetGeometry(box, NULL, NULL, NULL, &tall);
	for (int i = 0; i < 2 && !number_agreed(ret); i++) {
		const struct way way = { line ? PSM_SINGLE_LINE : PSM_SINGLE_BLOCK, "0123456789X", i ? "2" : "0", 0 };
		l_float32 height = (l_float32)(line ? STRIP_HEIGHT : tall) * (i ? 1.5f : 1);
		recogniser_clear(r);
		if (add_part(r, page, box, height, &way))
			keep(r, ret);
	}
}

/* A short text on the left half with nothing right of it: a label whose value was passed over. */
static bool label_alone(const struct recogniser *r, size_t n, size_t at, l_int32 width)
{
	const struct piece *p = &r->pieces[at];
	if (strlen(p->text) > LABEL_BYTES || (unsigned char)p->text[0] < 0xE0 || p->right > width / 2)
		return false;
	for (size_t i = 0; i < n; i++)
		if (r->pieces[i].left >= p->right && r->pieces[i].top < p->bottom && r->pieces[i].bottom > p->top)
			return false;
	return true;
}

/*
 * Values of three characters and less are taken for specks now and then: their rows are read alone. On a card only the name is
 * such a value; right of everything else comes the portrait, in which a recogniser looks for words for a long time.
 */
static void fill_gaps(struct recogniser *r, PIX *page, bool card)
{
	l_int32 width = pixGetWidth(page);
	size_t n = r->n;
	int looked = 0;
	for (size_t i = 0; i < n && looked < GAPS_MAX; i++) {
		const struct piece *p = &r->pieces[i];
		l_int32 tall = p->bottom - p->top, top = p->top > tall / 2 ? p->top - tall / 2 : 0;
		if ((card && !strstr(p->text, "名")) || !label_alone(r, n, i, width))
			continue;
		looked++;
		BOX *box = boxCreate(p->right + 2, top, less(width - p->right - 2, tall * 10), tall * 2);
		if (box)
			add_part(r, page, box, STRIP_HEIGHT * 1.5f, &VALUE);
		boxDestroy(&box);
	}
}

static bool read_once(struct recogniser *r, PIX *page, bool card)
{
	recogniser_clear(r);
	if (!page || !recogniser_add(r, page, &PAGE, 0, 0))
		return false;
	fill_gaps(r, page, card);
	return true;
}

/* Upright or turned: the way round in which most words are found. Turns are tried only when the page says next to nothing. */
static bool read_page(struct recogniser *r, PIX **page, bool card)
{
	if (!read_once(r, *page, card))
		return false;
	size_t best = r->han;
	int quarters = 0;
	if (best >= WORDS_FEW)
		return true;
	for (int turn = 1; turn < 4; turn++) {
		PIX *turned = pixRotateOrth(*page, turn);
		if (read_once(r, turned, card) && r->han > best && r->han >= WORDS_FEW) {
			best = r->han;
			quarters = turn;
		}
		pixDestroy(&turned);
	}
	PIX *turned = pixRotateOrth(*page, quarters);
	pixDestroy(page);
	*page = turned;
	return read_once(r, *page, card);
}

/*
 * Looks at all of a card again, in another size. Only when the two looks do not agree on the number, it is read alone, which costs
 * less than a third look at everything.
 */
static void read_card(struct recogniser *r, PIX *page, struct material_reading *ret)
{
	bool line = false;
	l_int32 longer = pixGetWidth(page) > pixGetHeight(page) ? pixGetWidth(page) : pixGetHeight(page);
	l_float32 scale = longer < CARD_SIDE ? (l_float32)CARD_SIDE / (l_float32)longer : 0.75f;
	BOX *number = number_line(r, page, &line);
	PIX *other = pixScale(page, scale, scale);
	if (read_once(r, other, true))
		keep(r, ret);
	pixDestroy(&other);
	if (number)
		read_number(r, page, number, line, ret);
	boxDestroy(&number);
}

static PIX *to_pix(const unsigned char *grey, unsigned width, unsigned height)
{
	PIX *p = pixCreateNoInit((l_int32)width, (l_int32)height, 8);
	if (!p)
		return NULL;
	l_uint32 *rows = pixGetData(p);
	size_t words = (size_t)pixGetWpl(p);
	for (unsigned y = 0; y < height; y++)
		for (unsigned x = 0; x < width; x++)
			SET_DATA_BYTE(rows + y * words, x, grey[(size_t)y * width + x]);
	l_float32 scale = (l_float32)SIDE_MAX / (l_float32)(width > height ? width : height);
	if (scale >= 1)
		return p;
	PIX *smaller = pixScale(p, scale, scale);
	pixDestroy(&p);
	return smaller;
}

bool recognise(struct recogniser *r, const unsigned char *grey, unsigned width, unsigned height, bool card,
	struct material_reading *ret)
{
	PIX *page = width && height ? to_pix(grey, width, height) : NULL;
	if (!page || !read_page(r, &page, card)) {
		pixDestroy(&page);
		return false;
	}
	double certainty = r->n ? r->weight / (double)(r->han + r->n) : 0;
	ret->certainty = (unsigned)(certainty < 0 ? 0 : certainty > 100 ? 100 : certainty);
	keep(r, ret);
	if (card)
		read_card(r, page, ret);
	pixDestroy(&page);
	return true;
}
