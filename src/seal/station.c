/* A station's keys: making them at the center, believing them at the kiosk. */
#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "seal/keyfile.h"
#include "seal/keys.h"
#include "seal/make.h"

static const char KEY_NAME[] = "station.key", KEY_WORD[] = "juzhu-station-secret 1";
static const char CERTIFICATE_NAME[] = "station.cert";
static const char DEMO_CONTEXT[] = "juzhdemo"; /* crypto_kdf */

struct station_file {
	char station[5];
	unsigned char seed[32], tag[32], index[32], check[16];
};

#define STATION_FIELDS(f) \
	{ \
		{ "station", KEY_STATION, (f)->station, 0 }, { "seed", KEY_HEX, (f)->seed, sizeof(f)->seed }, \
			{ "tag", KEY_HEX, (f)->tag, sizeof(f)->tag }, \
			{ "index", KEY_HEX, (f)->index, sizeof(f)->index }, \
			{ "check", KEY_HEX, (f)->check, sizeof(f)->check }, \
	}

/* The certificate vouches for the seed only; damage in the rest would show years later, on receipts nobody can check. */
static void make_check(const struct station_file *f, unsigned char ret[static 16])
{
	crypto_generichash_state state;

	crypto_generichash_init(&state, f->seed, sizeof f->seed, sizeof f->check);
	crypto_generichash_update(&state, (const unsigned char *)f->station, 4);
	crypto_generichash_update(&state, f->tag, sizeof f->tag);
	crypto_generichash_update(&state, f->index, sizeof f->index);
	crypto_generichash_final(&state, ret, sizeof f->check);
	sodium_memzero(&state, sizeof state);
}

static void certify(const struct center_keys *c, const char *station, const unsigned char seed[static 32], int from,
	int to, struct certificate *ret, unsigned char secret[static 64])
{
	*ret = (struct certificate){ .from = from, .to = to };
	memcpy(ret->station, station, 4);
	crypto_sign_seed_keypair(ret->sign, secret, seed);
	certificate_sign(ret, c);
}

static bool write_files(const char *dir, const char *key, const char *certificate, const struct center_keys *center,
	struct err *e)
{
	if (!center_public_write(center, dir, e) || !keyfile_create(dir, KEY_NAME, 0600, key, e))
		return false;
	if (keyfile_create(dir, CERTIFICATE_NAME, 0644, certificate, e))
		return true;
	keyfile_remove(dir, KEY_NAME);
	return false;
}

bool station_write(const struct center_keys *c, const char *station, const unsigned char seed[static 32], int from,
	int to, const char *dir, struct err *e)
{
	struct station_file f = { 0 };
	struct certificate cert;
	unsigned char secret[64];

	if (strlen(station) != 4 || strspn(station, "0123456789") != 4)
		return err_set(e, ERR_USAGE, "a station's number has four digits");
	if (from > to)
		return err_set(e, ERR_USAGE, "the certificate of station %s would end before it begins", station);
	if (!keyfile_folder(dir, e))
		return false;
	certify(c, station, seed, from, to, &cert, secret);
	sodium_memzero(secret, sizeof secret);
	memcpy(f.station, cert.station, sizeof f.station);
	memcpy(f.seed, seed, sizeof f.seed);
	memcpy(f.index, c->index, sizeof f.index);
	center_tag_key(c, station, f.tag);
	make_check(&f, f.check);
	const struct key_field fields[] = STATION_FIELDS(&f);
	char *key = keyfile_format(KEY_WORD, fields, sizeof fields / sizeof *fields), *text = certificate_text(&cert);
	bool ok = write_files(dir, key, text, c, e);
	str_wipe_free(key);
	free(text);
	sodium_memzero(&f, sizeof f);
	return ok;
}

bool station_make(const struct center_keys *c, const char *station, int from, int to, const char *dir, struct err *e)
{
	unsigned char seed[32];

	if (sodium_init() < 0)
		return err_set(e, ERR_BUG, "the station's keys: libsodium cannot start");
	randombytes_buf(seed, sizeof seed);
	bool ok = station_write(c, station, seed, from, to, dir, e);
	sodium_memzero(seed, sizeof seed);
	return ok;
}

static bool read_station(const char *dir, const char *remedy, struct station_file *f, struct err *e)
{
	const struct key_field fields[] = STATION_FIELDS(f);
	unsigned char check[sizeof f->check];
	struct keyfile k;

	if (!keyfile_open(&k, dir, KEY_NAME, remedy, e))
		return false;
	bool ok = keyfile_only_line(&k, KEY_WORD, fields, sizeof fields / sizeof *fields, e);
	if (ok) {
		make_check(f, check);
		if (sodium_memcmp(check, f->check, sizeof check) != 0)
			ok = keyfile_fail(&k, e, "is damaged: its check= does not fit the rest");
	}
	keyfile_close(&k);
	return ok;
}

/* Certificate and key are of this station, belong together, and the center says so. */
static bool fits(const char *dir, const char *station, const struct station_keys *keys, const struct station_file *f,
	const char *remedy, struct err *e)
{
	const struct certificate *c = &keys->certificate;

	if (strcmp(c->station, station) != 0)
		return err_set(e, ERR_CONFIG,
			"%s/%s: is of station %s, but this is station %s; correct station: in the settings, or %s", dir,
			CERTIFICATE_NAME, c->station, station, remedy);
	if (strcmp(f->station, c->station) != 0 || sodium_memcmp(keys->sign_secret + 32, c->sign, sizeof c->sign) != 0)
		return err_set(e, ERR_CONFIG,
			"%s/%s: does not fit %s beside it; copy all files of one enrolment, or %s", dir, KEY_NAME,
			CERTIFICATE_NAME, remedy);
	if (!certificate_good(c, keys->centers, keys->n_centers))
		return err_set(e, ERR_CONFIG,
			"%s/%s: is not signed by the center of center.pub beside it; copy all files of one enrolment, or %s",
			dir, CERTIFICATE_NAME, remedy);
	return true;
}

static bool believed(const char *dir, int today, const struct station_keys *keys, const char *remedy, struct err *e)
{
	const struct certificate *c = &keys->certificate;
	int64_t since = 0;
	char when[26];

	if (!certificate_revoked(dir, c, keys->centers, keys->n_centers, &since, e))
		return false;
	if (since != 0) {
		clock_time_text(since, when);
		return err_set(e, ERR_CONFIG, "%s/%s: was revoked by the center, since %s; %s", dir, CERTIFICATE_NAME,
			when, remedy);
	}
	if (today < c->from)
		return err_set(e, ERR_CONFIG,
			"%s/%s: is valid from %08d on, and today is %08d; set the machine's clock right, or %s", dir,
			CERTIFICATE_NAME, c->from, today, remedy);
	if (today > c->to)
		return err_set(e, ERR_CONFIG,
			"%s/%s: was valid until %08d, and today is %08d; %s (or set the machine's clock right)", dir,
			CERTIFICATE_NAME, c->to, today, remedy);
	return true;
}

bool station_keys_load(const char *dir, const char *station, int today, struct station_keys *ret, struct err *e)
{
	struct station_keys keys = { 0 };
	struct station_file f = { 0 };
	unsigned char public[32];
	char remedy[120];

	if (sodium_init() < 0)
		return err_set(e, ERR_BUG, "the station's keys: libsodium cannot start");
	snprintf(remedy, sizeof remedy, "run `juzhu station enrol %.4s` at the center and copy its files here",
		station);
	bool ok = certificate_read(dir, CERTIFICATE_NAME, remedy, &keys.certificate, e) &&
		read_station(dir, remedy, &f, e) && center_public_load(dir, keys.centers, &keys.n_centers, e);
	if (ok) {
		crypto_sign_seed_keypair(public, keys.sign_secret, f.seed);
		memcpy(keys.tag, f.tag, sizeof keys.tag);
		memcpy(keys.index, f.index, sizeof keys.index);
		ok = fits(dir, station, &keys, &f, remedy, e) && believed(dir, today, &keys, remedy, e);
	}
	if (ok)
		*ret = keys;
	sodium_memzero(&keys, sizeof keys);
	sodium_memzero(&f, sizeof f);
	return ok;
}

void station_keys_throwaway(const unsigned char seed[static 32], const char *station, int today,
	struct station_keys *ret)
{
	struct center_keys center;
	struct station_keys keys = { .n_centers = 1 };
	unsigned char sub[32];

	assert(strlen(station) == 4);
	crypto_kdf_derive_from_key(sub, sizeof sub, 1, DEMO_CONTEXT, seed);
	center_from_seed(sub, &center);
	keys.centers[0] = center.public;
	center_tag_key(&center, station, keys.tag);
	memcpy(keys.index, center.index, sizeof keys.index);
	crypto_kdf_derive_from_key(sub, sizeof sub, 2, DEMO_CONTEXT, seed);
	certify(&center, station, sub, today, date_add_days(today, CERTIFICATE_DAYS), &keys.certificate,
		keys.sign_secret);
	*ret = keys;
	sodium_memzero(&center, sizeof center);
	sodium_memzero(&keys, sizeof keys);
	sodium_memzero(sub, sizeof sub);
}
