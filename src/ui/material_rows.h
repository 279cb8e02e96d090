#ifndef UI_MATERIAL_ROWS_H
#define UI_MATERIAL_ROWS_H

#include "model/licence.h"
#include "ui/kind.h"

struct material;

/*
 * The page of one material: the ways in which it can be given, and what was read of its files. The kind that shows it
 * (ui/kind_materials.c) does what its rows say.
 */
enum material_row {
	ID_LICENCE = 2,
	ID_FILE, /* in place of all files that were given */
	ID_ADD,  /* one more */
	ID_COUNTER,
	ID_RELATIVE,
	ID_AGAIN,
	ID_GOOD,
};

/* How it stands with the licence that would meet the material. */
enum licence_state material_licence(const struct kind *k, const struct material *m, struct licence *ret);
/* The licence that was taken, from the answers: also while nobody can be asked. Owned by the page. */
const char *material_licence_taken(struct kind *k, struct page *p, const struct material *m);
void material_describe(struct kind *k, struct page *p, const struct material *m);
/* What the files say beside what was typed. The applicant decides; nothing is taken over. */
void material_describe_findings(struct kind *k, struct page *p, const struct material *m);

#endif
