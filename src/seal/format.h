#ifndef SEAL_FORMAT_H
#define SEAL_FORMAT_H

#include "seal/envelope.h"

/* Numbers of the envelope format, version 1 (data/envelope/README.md); for the files of this folder only. */
enum {
	FORMAT_SUITE = 1,
	FORMAT_FLAG_DEMO = 1,
	RECIPIENT_CENTER = 1,
	RECIPIENT_QUERY = 2,
	KEY_ID_SIZE = 8,
	CENTER_SLOT = KEY_ID_SIZE + 80,         /* key id, sealed box of the key */
	QUERY_SLOT = 16 + 4 + 4 + 24 + 16 + 32, /* salt, passes, KiB, nonce, secretbox of the key */
	PART_ENTRY = 4 + 32,                    /* sealed size, BLAKE2b-256 */
	RECIPIENTS_MAX = 16,
	SIGNATURE = 64,
	PASSES_MAX = 16,
	KIB_MIN = 8,
	KIB_MAX = 1024 * 1024,
};

static const char FORMAT_MAGIC[] = "JZC1";
static const char FORMAT_SIGNED[] = "juzhu case 1";
static const char FORMAT_SUBKEYS[] = "juzhcase";   /* context of crypto_kdf: 0 body, 1 + i part i */
static const char FORMAT_REVISIONS[] = "juzhrevn"; /* context of crypto_kdf: the key of revision 2 and on */

/* First bytes of BLAKE2b-256 of a center's X25519 key. */
void format_key_id(const unsigned char box[static 32], unsigned char ret[static KEY_ID_SIZE]);
void format_subkey(const unsigned char key[static SEAL_KEY_SIZE], unsigned id, unsigned char ret[static 32]);
/* Argon2id of the query code. */
bool format_query_key(const char *query, const unsigned char *salt, uint32_t passes, uint32_t kib,
	unsigned char ret[static 32]);
/* What the station signs: FORMAT_SIGNED and BLAKE2b-512 of all bytes before the signature. */
enum { SIGNED_SIZE = 12 + 64 };
void format_signed(const unsigned char *bytes, size_t size, unsigned char ret[static SIGNED_SIZE]);

#endif
