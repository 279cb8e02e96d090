#ifndef SEAL_PAUSE_H
#define SEAL_PAUSE_H

#include <stdbool.h>

struct err;
struct seal_cost;

/*
 * What a pause code is worth. The code is a query code (seal/code.h): 45 random bits. Argon2id makes of it, together with the
 * station's index key (the same at all stations of a center), the id under which the paused filing is found and the key under
 * which it is sealed; neither tells the code or the other one. Who has the database alone has nothing to try; who has a
 * station's keys as well tries 2^45 codes at 0.1 s and 64 MiB each.
 */
enum { PAUSE_ID_SIZE = 16 };

struct pause_keys {
	unsigned char id[PAUSE_ID_SIZE];
	unsigned char key[32]; /* for seal/locker.h; wipe */
};

/* `code` as query_code_read gives it. `cost` NULL: that of query codes. ERR_STORAGE: no memory for Argon2id. */
bool pause_keys_make(const char *code, const unsigned char index[static 32], const struct seal_cost *cost,
	struct pause_keys *ret, struct err *e);

#endif
