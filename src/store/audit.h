#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H

#include <stdbool.h>
#include <stdint.h>

#include "store/audit_types.h"

struct center_public;
struct err;
struct store;

/*
 * The audit log of this station: append-only, each row hashed together with the one before, the head signed by the station
 * every AUDIT_SIGN_EVERY rows and whenever store_audit_sign is called. The chain shows changes, swaps and gaps; that its end
 * was cut off shows only against a signed head that is kept elsewhere (printed receipts, backups).
 */
enum { AUDIT_SIGN_EVERY = 64, AUDIT_TEXT_MAX = 120 };

/* NULL: no such type. */
const char *audit_word(int type);
const char *audit_about(int type);

/*
 * Adds a row: within the transaction that is open, else in one of its own. Texts of at most AUDIT_TEXT_MAX bytes, never a
 * value of an applicant; longer ones are cut.
 */
bool store_audit(struct store *s, enum audit_type type, const char *subject, const char *detail, struct err *e);
bool store_audit_sign(struct store *s, struct err *e); /* the head as it stands now, when it is not signed yet */

struct audit_row {
	char station[5];
	int64_t seq, at;
	int type;
	char subject[AUDIT_TEXT_MAX + 1], detail[AUDIT_TEXT_MAX + 1];
};
/* Rows of all stations, oldest first, those after `since` (seconds since 1970 UTC). */
bool store_audit_list(struct store *s, int64_t since, void (*each)(const struct audit_row *r, void *ctx), void *ctx,
	struct err *e);

struct audit_verdict {
	uint64_t rows, heads;
	char bad_station[5]; /* "": everything fits */
	int64_t bad_seq;     /* first bad row */
	char why[200];
};
/*
 * Goes through every chain and every signed head. False with ERR_NO: ret says which row is the first bad one. `centers`
 * judge the certificates of the heads; n 0: signatures are checked against the certificate alone.
 */
bool store_audit_verify(struct store *s, const struct center_public *centers, unsigned n, struct audit_verdict *ret,
	struct err *e);

#endif
