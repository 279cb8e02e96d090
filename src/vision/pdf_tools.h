#ifndef VISION_PDF_TOOLS_H
#define VISION_PDF_TOOLS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/*
 * poppler-utils, which read a PDF for a child that may start nothing itself any more: both are started before it is locked in,
 * each locked in, too. pdftotext begins at once; pdftoppm waits until it is told, because most certificates carry their text.
 */
struct pdf_tools {
	pid_t text_pid, page_pid; /* 0: not started */
	int text, page;           /* what they write; -1: none */
	int go;                   /* a byte here starts pdftoppm; closed without one, it ends; -1: it was started */
};

enum {
	PDF_DESCRIPTORS = 3,
	PDF_PAGE_SIDE = 1754, /* pixels: A4 at 150 dpi, photo file 6 */
	PDF_PAGES = 4,        /* own limit of what is drawn: both sides of a card, a certificate with its plan */
};

/* `file` is read from its start by both. False: no processes or descriptors. */
bool pdf_tools_start(struct pdf_tools *t, int file);

/* The words of at most `pages` pages, "\f" after each. Returns the program's exit status, -1: killed; 127: not installed. */
int pdf_tools_text(struct pdf_tools *t, char *out, size_t size, size_t *ret_n);
/* The next page, from the first on, as a grey picture, yours to free. NULL: there is none more, or it did not come. */
unsigned char *pdf_tools_page(struct pdf_tools *t, unsigned *ret_width, unsigned *ret_height);

#endif
