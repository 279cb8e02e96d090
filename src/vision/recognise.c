#include "vision/recognise.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "vision/recognise_own.h"

enum { DPI = 150 /* what the layout analysis is told; its own guess fails on small pictures */ };

static void give_up(struct recogniser *r)
{
	if (r->api) {
		TessBaseAPIEnd(r->api);
		TessBaseAPIDelete(r->api);
	}
	free(r);
}

struct recogniser *recogniser_open(void)
{
	struct recogniser *r = calloc(1, sizeof *r);
	if (!r)
		return NULL;
	r->api = TessBaseAPICreate();
	if (!r->api || TessBaseAPIInit3(r->api, NULL, "chi_sim") != 0) {
		give_up(r);
		return NULL;
	}
	return r;
}

void recogniser_clear(struct recogniser *r)
{
	r->n = r->han = 0;
	r->weight = 0;
}

/* Adds one line, cleaned. */
static void take(struct recogniser *r, const TessResultIterator *at, double sure, l_int32 left, l_int32 top)
{
	struct piece *p = &r->pieces[r->n];
	double here = (double)TessResultIteratorConfidence(at, RIL_TEXTLINE);
	char *text = here >= sure ? TessResultIteratorGetUTF8Text(at, RIL_TEXTLINE) : NULL;
	if (!text)
		return;
	size_t len = strcspn(text, "\n"), han = 0;
	utf8_clean(p->text, sizeof p->text, text, len, PIECE_TEXT / 4);
	TessDeleteText(text);
	if (!*p->text ||
		!TessPageIteratorBoundingBox(TessResultIteratorGetPageIteratorConst(at), RIL_TEXTLINE, &p->left,
			&p->top, &p->right, &p->bottom))
		return;
	p->left += left;
	p->right += left;
	p->top += top;
	p->bottom += top;
	for (const char *c = p->text; *c; c++)
		han += ((unsigned char)*c & 0xF0) == 0xE0; /* three bytes: U+0800 to U+FFFF */
	r->weight += here * (double)(han + 1);
	r->han += han;
	r->n++;
}

bool recogniser_add(struct recogniser *r, PIX *picture, const struct way *way, l_int32 left, l_int32 top)
{
	TessBaseAPISetVariable(r->api, "tessedit_char_whitelist", way->signs);
	TessBaseAPISetVariable(r->api, "thresholding_method", way->threshold);
	TessBaseAPISetPageSegMode(r->api, way->mode);
	TessBaseAPISetImage2(r->api, picture);
	TessBaseAPISetSourceResolution(r->api, DPI);
	if (TessBaseAPIRecognize(r->api, NULL) != 0)
		return false;
	TessResultIterator *at = TessBaseAPIGetIterator(r->api);
	for (size_t lines = 0; at && r->n < PIECES_MAX && lines < PIECES_MAX; lines++) {
		take(r, at, way->sure, left, top);
		if (!TessResultIteratorNext(at, RIL_TEXTLINE))
			break;
	}
	if (at)
		TessResultIteratorDelete(at);
	return true;
}
