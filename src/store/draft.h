#ifndef STORE_DRAFT_H
#define STORE_DRAFT_H

#include <stdbool.h>

struct err;
struct filing;
struct packer;
struct store;
struct unpacker;

/* What draft.c and paused.c share; for the files of this folder only. */

/* The key and the query code of the case to be, the pause code, the answers. */
void draft_pack(struct packer *p, const struct filing *f);
bool draft_unpack(struct unpacker *u, struct filing *f); /* false: it is none, or has more behind it */

/* Saves the draft as this process's, in the transaction that is open. */
bool db_draft_put(struct store *s, const struct filing *f, const char *doing, struct err *e);
/* Whose draft is it? */
enum draft_whose {
	DRAFT_NOBODYS,
	DRAFT_OURS,
	DRAFT_SOMEBODYS
}; /* none, or its process is gone; this process's; another's */
bool db_draft_whose(struct store *s, const char *token, enum draft_whose *ret, const char *doing, struct err *e);

#endif
