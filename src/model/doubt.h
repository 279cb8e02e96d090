#ifndef MODEL_DOUBT_H
#define MODEL_DOUBT_H

#include <stddef.h>

/*
 * What an automatic check can doubt without being sure: advice, never a refusal (photo pre-check, OCR). The code is stored in an
 * answer "NAME.doubt" (model/outstanding.h). All texts are Chinese and keys of the catalogue.
 */
struct doubt {
	const char *code;   /* small letters and "_", as vision/photo_rules.c writes it */
	const char *text;   /* one sentence, without its full stop, about the answer or file */
	const char *remedy; /* before submission */
	const char *later;  /* after it, on the receipt */
};

/* The row of the first n bytes of `code`; a general one for a code that has none. Never NULL. */
const struct doubt *doubt_find(const char *code, size_t n);

#endif
