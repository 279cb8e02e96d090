#include "vision/words.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/utf8.h"
#include "vision/reading.h"
#include "vision/recognise.h"

enum {
	PDF_TEXT = 64 * 1024, /* bytes of words that are looked at */
	MORE_SECONDS = 4,     /* of processor time, after which no further page is begun: the kiosk waits 15 */
	PDF_WORDS_FEW = 20,   /* letters and characters below which a page is a picture of a page */
};

static struct recogniser *recogniser; /* of the parent, which the children inherit; NULL: not installed */

void words_load(void)
{
	static bool tried;
	if (!tried)
		recogniser = recogniser_open();
	tried = true;
}

bool words_readable(void)
{
	return recogniser != NULL;
}

static void read_grey(const unsigned char *grey, unsigned width, unsigned height, bool card,
	struct material_reading *ret)
{
	if (recogniser && recognise(recogniser, grey, width, height, card, ret))
		ret->state = READING_DONE;
}

void words_of_picture(const struct picture *p, bool card, struct material_reading *ret)
{
	size_t n = (size_t)p->width * p->height;
	unsigned char *grey = n ? malloc(n) : NULL;
	memset(ret, 0, sizeof *ret);
	if (!grey)
		return;
	/* ITU-R BT.601 luma in 1/256 */
	for (size_t i = 0; i < n; i++)
		grey[i] = (unsigned char)((p->rgb[i * 3] * 77 + p->rgb[i * 3 + 1] * 150 + p->rgb[i * 3 + 2] * 29) >> 8);
	ret->pages = 1;
	read_grey(grey, p->width, p->height, card, ret);
	free(grey);
}

static size_t count(const char *text, size_t n, bool pages)
{
	size_t found = 0;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text[i];
		found += pages ? c == '\f' : (c >= '0' && c <= '9') || (c >= 'A' && c <= 'z') || c >= 0xE0;
	}
	return found;
}

/* The words that the file holds itself; the pages one after the other. */
static void take_text(char *text, size_t n, struct material_reading *ret)
{
	for (size_t i = 0; i < n; i++)
		if (text[i] == '\f')
			text[i] = '\n';
	ret->state = READING_DONE;
	ret->exact = true;
	ret->certainty = 100;
	reading_clean(ret->text[0], text, n);
	ret->n_passes = 1;
}

static void to_picture(const unsigned char *grey, unsigned width, unsigned height, struct picture *ret)
{
	if (!picture_make(ret, width, height))
		return;
	for (size_t i = 0; i < (size_t)width * height; i++)
		memset(ret->rgb + i * 3, grey[i], 3);
}

/* Whole lines, as many as there is room for. */
static void append(char to[MATERIAL_TEXT], const char *from)
{
	size_t n = strlen(to);
	if (n && to[n - 1] != '\n' && n + 1 < MATERIAL_TEXT)
		to[n++] = '\n';
	while (*from) {
		size_t len = strcspn(from, "\n");
		len += from[len] == '\n';
		if (n + len >= MATERIAL_TEXT)
			break;
		memcpy(to + n, from, len);
		n += len;
		from += len;
	}
	to[n] = '\0';
}

/* A page more: its passes are put below those of the pages before, so that a number has as many votes as on a page alone. */
static void add_page(const unsigned char *grey, unsigned width, unsigned height, bool card,
	struct material_reading *ret)
{
	static struct material_reading page; /* 24 KB; the child reads one file */
	memset(&page, 0, sizeof page);
	read_grey(grey, width, height, card, &page);
	if (page.state != READING_DONE)
		return;
	for (unsigned i = 0; i < page.n_passes; i++)
		append(ret->text[i], page.text[i]);
	ret->state = READING_DONE;
	ret->n_passes = page.n_passes > ret->n_passes ? page.n_passes : ret->n_passes;
	ret->certainty = page.certainty > ret->certainty ? page.certainty : ret->certainty; /* an empty page has none */
}

static double cpu_seconds(void)
{
	struct timespec t = { 0 };
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void words_of_pdf(struct pdf_tools *tools, bool card, struct material_reading *ret, struct picture *ret_page)
{
	static char text[PDF_TEXT];
	size_t n = 0;
	unsigned width, height;
	memset(ret, 0, sizeof *ret);
	int status = pdf_tools_text(tools, text, sizeof text, &n);
	size_t pages = count(text, n, true);
	if (pages > READING_PAGES_MAX) {
		ret->state = READING_LONG;
		ret->pages = READING_PAGES_MAX + 1;
		return;
	}
	ret->pages = (unsigned)pages;
	if (status < 0) { /* it was killed: too much memory or time */
		ret->state = READING_REFUSED;
		return;
	}
	bool words = status == 0 && count(text, n, false) >= PDF_WORDS_FEW;
	if (words)
		take_text(text, n, ret);
	unsigned char *page = pdf_tools_page(tools, &width, &height);
	if (page)
		to_picture(page, width, height, ret_page);
	else if (!words && status != 127) /* it is installed, and neither its text nor its page came */
		ret->state = READING_REFUSED;
	for (int k = 0; page && !words && k < PDF_PAGES; k++) {
		add_page(page, width, height, card, ret);
		free(page);
		page = cpu_seconds() < MORE_SECONDS ? pdf_tools_page(tools, &width, &height) : NULL;
	}
	free(page);
}
