#ifndef SEAL_ENVELOPE_H
#define SEAL_ENVELOPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/casenum.h"
#include "seal/keys.h"

struct answers;
struct case_record;
struct err;
struct filing;

/*
 * A submitted case as it lies on the disk: one envelope with the answers, one sealed part for each file. The format is in
 * data/envelope/README.md, byte by byte. Suite 1: XChaCha20-Poly1305 secretstream, X25519 sealed boxes, Argon2id, Ed25519,
 * BLAKE2b (libsodium). Who can open one: the holder of a center's private key, or of the query code on the receipt.
 */
enum { SEAL_KEY_SIZE = 32, PERSON_SIZE = 16, PARTS_MAX = 64, ENVELOPE_MAX = 1024 * 1024, ITEM_CODE_MAX = 63 };

struct envelope_head { /* in the clear, signed */
	char number[CASENUM_LENGTH + 1], station[5], item[ITEM_CODE_MAX + 1];
	unsigned item_version;
	uint64_t revision; /* 1 at submission */
	int64_t created;   /* seconds since 1970 UTC */
	bool demo;
};

struct sealed_part {
	unsigned char *bytes;
	size_t size;
};

struct sealed_case {
	struct envelope_head head;
	unsigned char *envelope;
	size_t size;
	struct sealed_part parts[PARTS_MAX];
	unsigned n_parts;
	unsigned char person[PERSON_SIZE]; /* index of the applicant; all zero: no ID number was given */
};

/* How hard the query code is to guess. seal_cost_default: Argon2id INTERACTIVE (64 MiB, 2 passes, about 0.1 s). */
struct seal_cost {
	uint32_t passes, kib;
};
extern const struct seal_cost seal_cost_default;

struct seal_request {
	struct envelope_head head;    /* its station is taken from the keys */
	const struct answers *record; /* the answers to keep */
	const struct filing *
		filing; /* attachments: "photo" when the record says photo = file, all files of CODE for material.CODE */
	const unsigned char *key;     /* SEAL_KEY_SIZE, random, one per filing */
	const char *query;            /* query code as query_code_read gives it; NULL: none */
	const char *person;           /* ID number for the person index; "" for none */
	const struct seal_cost *cost; /* NULL: default */
};

/*
 * ERR_BUG: the record names a file that is not there; no key, center or query code; what was made cannot be read back.
 * ERR_CONFIG: a center's key is none. ERR_STORAGE: no memory for Argon2id. Free with sealed_case_finish.
 */
bool case_seal(struct sealed_case *ret, const struct seal_request *r, const struct station_keys *keys, struct err *e);
void sealed_case_finish(struct sealed_case *c); /* accepts a zeroed one */

/* Slow keyed hash of an ID number (Argon2id, salt and key from the center): finds a verified person's cases. */
bool person_index(const char *id_number, const unsigned char key[static 32], const struct seal_cost *cost,
	unsigned char ret[static PERSON_SIZE], struct err *e);

/* --- reading; the bytes stay the caller's and are hostile until envelope_verify has said yes --------------------------- */
struct envelope {
	struct envelope_head head;
	struct certificate certificate;
	const unsigned char *bytes;
	size_t size;
	size_t core_size;     /* head, bound to every part */
	size_t recipients_at; /* first recipient */
	unsigned n_recipients;
	size_t parts_at;
	unsigned n_parts;
	size_t body_at, body_size; /* secretstream with its header */
};

/* Structure only. ERR_STORAGE: what is wrong with it. */
bool envelope_parse(struct envelope *ret, const unsigned char *bytes, size_t size, struct err *e);
/*
 * The station's signature and the center's certificate for it. ERR_STORAGE names which one is wrong. n = 0: the signature alone,
 * which finds damage but not a forger.
 */
bool envelope_verify(const struct envelope *v, const struct center_public *centers, unsigned n, struct err *e);
/* Is this the sealed part `i` that was signed? Needs no key. */
bool envelope_part_good(const struct envelope *v, unsigned i, const unsigned char *bytes, size_t size);
uint32_t envelope_part_size(const struct envelope *v, unsigned i);

/* The case's key, for one who may have it. ERR_NO: not for this center; wrong query code. */
bool envelope_key_center(const struct envelope *v, const struct center_keys *c, unsigned char ret[static SEAL_KEY_SIZE],
	struct err *e);
bool envelope_key_query(const struct envelope *v, const char *query, unsigned char ret[static SEAL_KEY_SIZE],
	struct err *e);
/* Fills answers and files (names, types, sizes, SHA-256) of the record. ERR_STORAGE: the tag is wrong. */
bool envelope_open(const struct envelope *v, const unsigned char key[static SEAL_KEY_SIZE], struct case_record *c,
	struct err *e);
/* Part `i` in the clear, in *ret (yours: wipe and free), *ret_size bytes. */
bool envelope_open_part(const struct envelope *v, unsigned i, const unsigned char key[static SEAL_KEY_SIZE],
	const unsigned char *bytes, size_t size, unsigned char **ret, size_t *ret_size, struct err *e);

#endif
