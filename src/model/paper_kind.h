#ifndef MODEL_PAPER_KIND_H
#define MODEL_PAPER_KIND_H

#include <stdbool.h>

/* As what a material is read: which fields are looked for on the paper, behind which words (vision/material_kinds.c). */
enum paper_kind {
	PAPER_UNREAD, /* it is not read */
	PAPER_ID_CARD,
	PAPER_PROPERTY,
	PAPER_LEASE_FILING,
	PAPER_LEASE_CONTRACT,
	PAPER_OTHER, /* only whether its words can be made out */
	PAPER_KINDS
};

/* "id-card", as item.yaml and `juzhu material check` call it; "" for PAPER_UNREAD. */
const char *paper_kind_word(enum paper_kind kind);
bool paper_kind_find(const char *word, enum paper_kind *ret); /* false: no kind has this word */

#endif
