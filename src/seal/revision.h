#ifndef SEAL_REVISION_H
#define SEAL_REVISION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "seal/envelope.h"

struct answers;
struct case_file;
struct case_record;
struct err;

/*
 * A case with its revisions (data/envelope/README.md, "Revisions"). Revision 1 is what was filed; each later envelope of the
 * same number holds only what was added or changed. One key opens all: that of revision 1.
 */
enum { REVISIONS_MAX = 20 };

/*
 * Seal a revision: case_seal with head.number and head.item of the case, head.revision one more than the newest, this key,
 * the receipt's query code, person "", and as record the answers that changed; `photo` or `material.CODE` = `file` for each
 * that is given anew, with all its files. To take answers away, see revision_remove.
 */
void revision_key(const unsigned char key[static SEAL_KEY_SIZE], uint64_t revision,
	unsigned char ret[static SEAL_KEY_SIZE]);
/* Does this head of revision `n` belong to the case whose first one is `first`? ERR_STORAGE: it is another case's. */
bool revision_fits(const struct envelope_head *later, const struct envelope_head *first, uint64_t n, struct err *e);
/* The newest revision of a loaded case. */
uint64_t revision_newest(const struct case_record *c);
/*
 * Adds to the answers of a revision that the case shall not have `name` any more; a name that ends in "." stands for all
 * answers that begin with it. Taken away first, then the revision's own answers are set. False: too many.
 */
bool revision_remove(struct answers *record, const char *name);

/*
 * Fills answers and files of a loaded case from all its envelopes: a later answer replaces the earlier, a later file all
 * earlier ones of its material, which go to c->replaced. `key` is that of revision 1 (envelope_key_query, envelope_key_center on
 * c->envelope). ERR_STORAGE: one of them does not open.
 */
bool case_open(struct case_record *c, const unsigned char key[static SEAL_KEY_SIZE], struct err *e);
/* A file of a case that was opened (c->files or c->replaced): `sealed` is what store_part_load gave for it. Wipe and free *ret. */
bool case_open_file(const struct case_record *c, const struct case_file *f,
	const unsigned char key[static SEAL_KEY_SIZE], const unsigned char *sealed, size_t sealed_size,
	unsigned char **ret, size_t *ret_size, struct err *e);

#endif
