#ifndef SEAL_MAKE_H
#define SEAL_MAKE_H

#include "seal/keys.h"

/*
 * How keys are made when everything random is given: keys.h gives random bytes, the published keys of the tests fixed ones.
 * For the files of this folder and their tests only.
 */
struct center_lock {
	uint32_t passes, kib; /* Argon2id */
	unsigned char salt[16], nonce[24];
};

bool center_write(const char *dir, const char *passphrase, const unsigned char seed[static 32],
	const struct center_lock *lock, struct err *e);
bool station_write(const struct center_keys *c, const char *station, const unsigned char seed[static 32], int from,
	int to, const char *dir, struct err *e);
/* Makes DIR/center.pub; when it is there, it has to hold this center. */
bool center_public_write(const struct center_keys *c, const char *dir, struct err *e);
/* Fills the signature. */
void certificate_sign(struct certificate *c, const struct center_keys *center);
/* The line of station.cert; yours to free. */
char *certificate_text(const struct certificate *c);
/* Structure only. ERR_CONFIG. */
bool certificate_read(const char *path, const char *name, const char *remedy, struct certificate *ret, struct err *e);

#endif
