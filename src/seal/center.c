/* The center's keys: one seed under a passphrase, everything else derived. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/xalloc.h"
#include "seal/keyfile.h"
#include "seal/keys.h"
#include "seal/make.h"

/* A hostile file must not eat the machine's memory or its day. */
enum { PASSES_MAX = 16, KIB_MIN = 8192, KIB_MAX = 1024 * 1024 };
enum { SUBKEY_SIGN = 1, SUBKEY_BOX, SUBKEY_TAG, SUBKEY_INDEX };

static const char KEY_NAME[] = "center.key", KEY_WORD[] = "juzhu-center-secret 1";
static const char PUBLIC_NAME[] = "center.pub", PUBLIC_WORD[] = "juzhu-center 1";
static const char KEY_REMEDY[] = "restore it from the copy that was put away, or run `juzhu center init`";
static const char PUBLIC_REMEDY[] = "copy center.pub from the center";
static const char CONTEXT[] = "juzhuctr"; /* crypto_kdf */
static const char PUBLIC_SIGNED[] = "juzhu center 1";
static const char TAG_CONTEXT[] = "juzhu receipt tag 1";

struct center_file {
	uint64_t passes, kib;
	unsigned char salt[crypto_pwhash_SALTBYTES];
	unsigned char box[crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + 32];
};

/*
 * A line of center.pub. The center signs its own keys: a kiosk with a damaged box key would seal cases that nobody could ever
 * open, and nobody would notice before.
 */
struct public_file {
	struct center_public keys;
	unsigned char signature[64];
};

#define CENTER_FIELDS(f) \
	{ \
		{ "passes", KEY_NUMBER, &(f)->passes, 0 }, { "kib", KEY_NUMBER, &(f)->kib, 0 }, \
			{ "salt", KEY_HEX, (f)->salt, sizeof(f)->salt }, { "box", KEY_HEX, (f)->box, sizeof(f)->box }, \
	}
#define PUBLIC_FIELDS(f) \
	{ \
		{ "sign", KEY_HEX, (f)->keys.sign, sizeof(f)->keys.sign }, \
			{ "box", KEY_HEX, (f)->keys.box, sizeof(f)->keys.box }, \
			{ "signature", KEY_HEX, (f)->signature, sizeof(f)->signature }, \
	}

void center_from_seed(const unsigned char seed[static 32], struct center_keys *ret)
{
	unsigned char sub[32];

	crypto_kdf_derive_from_key(sub, sizeof sub, SUBKEY_SIGN, CONTEXT, seed);
	crypto_sign_seed_keypair(ret->public.sign, ret->sign_secret, sub);
	crypto_kdf_derive_from_key(sub, sizeof sub, SUBKEY_BOX, CONTEXT, seed);
	crypto_box_seed_keypair(ret->public.box, ret->box_secret, sub);
	crypto_kdf_derive_from_key(ret->tag_master, sizeof ret->tag_master, SUBKEY_TAG, CONTEXT, seed);
	crypto_kdf_derive_from_key(ret->index, sizeof ret->index, SUBKEY_INDEX, CONTEXT, seed);
	sodium_memzero(sub, sizeof sub);
}

void center_tag_key(const struct center_keys *c, const char *station, unsigned char ret[static 32])
{
	unsigned char text[sizeof TAG_CONTEXT - 1 + 4];

	memcpy(text, TAG_CONTEXT, sizeof TAG_CONTEXT - 1);
	memcpy(text + sizeof TAG_CONTEXT - 1, station, 4);
	crypto_generichash(ret, 32, text, sizeof text, c->tag_master, sizeof c->tag_master);
}

static bool stretch(const char *passphrase, const struct center_file *f, unsigned char ret[static 32], struct err *e)
{
	if (crypto_pwhash(ret, crypto_secretbox_KEYBYTES, passphrase, strlen(passphrase), f->salt, f->passes,
		    f->kib * 1024, crypto_pwhash_ALG_ARGON2ID13) != 0)
		return err_set(e, ERR_STORAGE,
			"the center's passphrase cannot be hashed: %u MiB of memory are needed; end other programs",
			(unsigned)(f->kib / 1024));
	return true;
}

bool center_write(const char *dir, const char *passphrase, const unsigned char seed[static 32],
	const struct center_lock *lock, struct err *e)
{
	struct center_file f = { .passes = lock->passes, .kib = lock->kib };
	struct center_keys keys;
	unsigned char slow[crypto_secretbox_KEYBYTES];

	if (strlen(passphrase) < PASSPHRASE_MIN)
		return err_set(e, ERR_USAGE, "the passphrase has to have %d bytes or more; several words are best",
			(int)PASSPHRASE_MIN);
	memcpy(f.salt, lock->salt, sizeof f.salt);
	memcpy(f.box, lock->nonce, sizeof lock->nonce);
	if (!keyfile_folder(dir, e))
		return false;
	if (!keyfile_missing(dir, PUBLIC_NAME))
		return err_set(e, ERR_CONFIG, "%s/%s: is there already; nothing was changed, choose another folder",
			dir, PUBLIC_NAME);
	if (!stretch(passphrase, &f, slow, e))
		return false;
	crypto_secretbox_easy(f.box + sizeof lock->nonce, seed, 32, lock->nonce, slow);
	sodium_memzero(slow, sizeof slow);

	const struct key_field fields[] = CENTER_FIELDS(&f);
	char *text = keyfile_format(KEY_WORD, fields, sizeof fields / sizeof *fields);
	bool ok = keyfile_create(dir, KEY_NAME, 0600, text, e);
	free(text);
	center_from_seed(seed, &keys);
	if (ok && !center_public_write(&keys, dir, e)) {
		ok = false;
		keyfile_remove(dir, KEY_NAME);
	}
	sodium_memzero(&keys, sizeof keys);
	return ok;
}

bool center_make(const char *dir, const char *passphrase, struct err *e)
{
	struct center_lock lock = { .passes = crypto_pwhash_OPSLIMIT_MODERATE,
		.kib = crypto_pwhash_MEMLIMIT_MODERATE / 1024 };
	unsigned char seed[32];

	if (sodium_init() < 0)
		return err_set(e, ERR_BUG, "the center's keys: libsodium cannot start");
	randombytes_buf(seed, sizeof seed);
	randombytes_buf(lock.salt, sizeof lock.salt);
	randombytes_buf(lock.nonce, sizeof lock.nonce);
	bool ok = center_write(dir, passphrase, seed, &lock, e);
	sodium_memzero(seed, sizeof seed);
	return ok;
}

static bool read_center(const char *dir, struct center_file *ret, struct err *e)
{
	struct center_file f = { 0 };
	const struct key_field fields[] = CENTER_FIELDS(&f);
	struct keyfile k;

	if (!keyfile_open(&k, dir, KEY_NAME, KEY_REMEDY, e))
		return false;
	bool ok = keyfile_only_line(&k, KEY_WORD, fields, sizeof fields / sizeof *fields, e);
	if (ok && (f.passes < 1 || f.passes > PASSES_MAX || f.kib < KIB_MIN || f.kib > KIB_MAX))
		ok = keyfile_fail(&k, e, "is damaged: passes= or kib= is out of range");
	keyfile_close(&k);
	if (ok)
		*ret = f;
	return ok;
}

static bool among(const struct center_public *p, const struct center_public *all, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		if (memcmp(p->sign, all[i].sign, sizeof p->sign) == 0 && memcmp(p->box, all[i].box, sizeof p->box) == 0)
			return true;
	}
	return false;
}

/* Is this center in DIR/center.pub? */
static bool listed(const struct center_public *p, const char *dir, struct err *e)
{
	struct center_public all[CENTERS_MAX];
	unsigned n = 0;

	if (!center_public_load(dir, all, &n, e))
		return false;
	if (!among(p, all, n))
		return err_set(e, ERR_CONFIG, "%s/%s: is of another center; choose another folder, or %s", dir,
			PUBLIC_NAME, PUBLIC_REMEDY);
	return true;
}

bool center_open(const char *dir, const char *passphrase, struct center_keys *ret, struct err *e)
{
	struct center_file f;
	struct center_keys keys;
	unsigned char slow[crypto_secretbox_KEYBYTES], seed[32];
	bool ok = false;

	if (sodium_init() < 0)
		return err_set(e, ERR_BUG, "the center's keys: libsodium cannot start");
	if (!read_center(dir, &f, e) || !stretch(passphrase, &f, slow, e))
		return false;
	if (crypto_secretbox_open_easy(seed, f.box + crypto_secretbox_NONCEBYTES,
		    sizeof f.box - crypto_secretbox_NONCEBYTES, f.box, slow) != 0) {
		err_set(e, ERR_NO, "%s/%s: wrong passphrase (or the file was changed); try again", dir, KEY_NAME);
		goto out;
	}
	center_from_seed(seed, &keys);
	ok = listed(&keys.public, dir, e);
	if (ok)
		*ret = keys;
out:
	sodium_memzero(slow, sizeof slow);
	sodium_memzero(seed, sizeof seed);
	sodium_memzero(&keys, sizeof keys);
	return ok;
}

enum { PUBLIC_MESSAGE = sizeof PUBLIC_SIGNED - 1 + 32 + 32 };

static void public_message(const struct center_public *p, unsigned char out[static PUBLIC_MESSAGE])
{
	memcpy(out, PUBLIC_SIGNED, sizeof PUBLIC_SIGNED - 1);
	memcpy(out + sizeof PUBLIC_SIGNED - 1, p->sign, sizeof p->sign);
	memcpy(out + sizeof PUBLIC_SIGNED - 1 + sizeof p->sign, p->box, sizeof p->box);
}

static bool public_good(const struct public_file *f)
{
	unsigned char text[PUBLIC_MESSAGE];

	public_message(&f->keys, text);
	return crypto_sign_verify_detached(f->signature, text, sizeof text, f->keys.sign) == 0;
}

bool center_public_load(const char *dir, struct center_public *ret, unsigned *ret_n, struct err *e)
{
	struct center_public all[CENTERS_MAX] = { 0 };
	struct keyfile k;
	unsigned n = 0;
	bool ok = false;

	if (!keyfile_open(&k, dir, PUBLIC_NAME, PUBLIC_REMEDY, e))
		return false;
	do {
		struct public_file f = { 0 };
		const struct key_field fields[] = PUBLIC_FIELDS(&f);
		ok = keyfile_line(&k, PUBLIC_WORD, fields, sizeof fields / sizeof *fields, e);
		if (ok && !public_good(&f))
			ok = keyfile_fail(&k, e, "is damaged: its signature is wrong");
		if (ok && among(&f.keys, all, n))
			ok = keyfile_fail(&k, e, "names the same center twice");
		if (ok && n == CENTERS_MAX)
			ok = keyfile_fail(&k, e, "names more than %d centers", (int)CENTERS_MAX);
		if (ok)
			all[n++] = f.keys;
	} while (ok && keyfile_more(&k));
	keyfile_close(&k);
	if (ok) {
		memcpy(ret, all, n * sizeof *ret);
		*ret_n = n;
	}
	return ok;
}

bool center_public_write(const struct center_keys *c, const char *dir, struct err *e)
{
	struct public_file f = { .keys = c->public };
	const struct key_field fields[] = PUBLIC_FIELDS(&f);
	unsigned char text[PUBLIC_MESSAGE];

	if (!keyfile_missing(dir, PUBLIC_NAME))
		return listed(&c->public, dir, e);
	public_message(&f.keys, text);
	crypto_sign_detached(f.signature, NULL, text, sizeof text, c->sign_secret);
	char *line = keyfile_format(PUBLIC_WORD, fields, sizeof fields / sizeof *fields);
	bool ok = keyfile_create(dir, PUBLIC_NAME, 0644, line, e);
	free(line);
	return ok;
}

bool center_public_copy(const char *from, const char *to, struct err *e)
{
	struct center_public all[CENTERS_MAX];
	unsigned n = 0;
	struct keyfile k = { 0 };

	if (!center_public_load(from, all, &n, e) || !keyfile_folder(to, e))
		return false;
	if (!keyfile_missing(to, PUBLIC_NAME))
		return true;
	bool ok = keyfile_open(&k, from, PUBLIC_NAME, PUBLIC_REMEDY, e) &&
		keyfile_create(to, PUBLIC_NAME, 0644, k.text, e);
	keyfile_close(&k);
	return ok;
}
