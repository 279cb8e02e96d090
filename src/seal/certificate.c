/* Certificates: a station's number and public key, signed by the center. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/xalloc.h"
#include "seal/keyfile.h"
#include "seal/keys.h"
#include "seal/make.h"

enum { SIGNED_PART = 44 }; /* of the packed certificate: all but the signature */

static const char WORD[] = "juzhu-station 1";
static const char SIGNED[] = "juzhu station 1";

static void put_day(int day, unsigned char *out)
{
	for (int i = 0; i < 4; i++)
		out[i] = (unsigned char)((unsigned)day >> (24 - 8 * i));
}

static bool get_day(const unsigned char *in, int *ret)
{
	uint32_t day = (uint32_t)in[0] << 24 | (uint32_t)in[1] << 16 | (uint32_t)in[2] << 8 | in[3];

	if (day > 99991231 || !date_real((int)(day / 10000), (int)(day / 100 % 100), (int)(day % 100)))
		return false;
	*ret = (int)day;
	return true;
}

void certificate_pack(const struct certificate *c, unsigned char out[static CERTIFICATE_SIZE])
{
	memcpy(out, c->station, 4);
	memcpy(out + 4, c->sign, sizeof c->sign);
	put_day(c->from, out + 36);
	put_day(c->to, out + 40);
	memcpy(out + SIGNED_PART, c->signature, sizeof c->signature);
}

bool certificate_unpack(const unsigned char in[static CERTIFICATE_SIZE], struct certificate *ret)
{
	struct certificate c = { 0 };

	memcpy(c.station, in, 4);
	if (strlen(c.station) != 4 || strspn(c.station, "0123456789") != 4)
		return false;
	memcpy(c.sign, in + 4, sizeof c.sign);
	if (!get_day(in + 36, &c.from) || !get_day(in + 40, &c.to) || c.from > c.to)
		return false;
	memcpy(c.signature, in + SIGNED_PART, sizeof c.signature);
	*ret = c;
	return true;
}

/* What the center signs: a word that no other signature begins with, then the certificate's first 44 bytes. */
enum { MESSAGE = sizeof SIGNED - 1 + SIGNED_PART };

static void message(const struct certificate *c, unsigned char out[static MESSAGE])
{
	unsigned char packed[CERTIFICATE_SIZE];

	certificate_pack(c, packed);
	memcpy(out, SIGNED, sizeof SIGNED - 1);
	memcpy(out + sizeof SIGNED - 1, packed, SIGNED_PART);
}

void certificate_sign(struct certificate *c, const struct center_keys *center)
{
	unsigned char text[MESSAGE];

	message(c, text);
	crypto_sign_detached(c->signature, NULL, text, sizeof text, center->sign_secret);
}

bool certificate_good(const struct certificate *c, const struct center_public *centers, unsigned n)
{
	unsigned char text[MESSAGE];

	message(c, text);
	for (unsigned i = 0; i < n; i++) {
		if (crypto_sign_verify_detached(c->signature, text, sizeof text, centers[i].sign) == 0)
			return true;
	}
	return false;
}

void certificate_fingerprint(const struct certificate *c, char out[static FINGERPRINT_SIZE])
{
	unsigned char hash[32];

	crypto_generichash(hash, sizeof hash, c->sign, sizeof c->sign, NULL, 0);
	snprintf(out, FINGERPRINT_SIZE, "%02x%02x-%02x%02x-%02x%02x-%02x%02x", hash[0], hash[1], hash[2], hash[3],
		hash[4], hash[5], hash[6], hash[7]);
}

/* The fields of station.cert, bound to this certificate. */
#define CERTIFICATE_FIELDS(c) \
	{ \
		{ "station", KEY_STATION, (c)->station, 0 }, { "sign", KEY_HEX, (c)->sign, sizeof(c)->sign }, \
			{ "from", KEY_DAY, &(c)->from, 0 }, { "to", KEY_DAY, &(c)->to, 0 }, \
			{ "signature", KEY_HEX, (c)->signature, sizeof(c)->signature }, \
	}

char *certificate_text(const struct certificate *c)
{
	struct certificate copy = *c;
	const struct key_field fields[] = CERTIFICATE_FIELDS(&copy);
	return keyfile_format(WORD, fields, sizeof fields / sizeof *fields);
}

bool certificate_read(const char *path, const char *name, const char *remedy, struct certificate *ret, struct err *e)
{
	struct certificate c = { 0 };
	const struct key_field fields[] = CERTIFICATE_FIELDS(&c);
	struct keyfile k;

	if (!keyfile_open(&k, path, name, remedy, e))
		return false;
	bool ok = keyfile_only_line(&k, WORD, fields, sizeof fields / sizeof *fields, e);
	if (ok && c.from > c.to)
		ok = keyfile_fail(&k, e, "is damaged: it ends before it begins");
	keyfile_close(&k);
	if (ok)
		*ret = c;
	return ok;
}

bool station_certificate_load(const char *path, struct certificate *ret, struct err *e)
{
	struct stat st;
	bool folder = stat(path, &st) == 0 && S_ISDIR(st.st_mode);

	return certificate_read(path, folder ? "station.cert" : NULL, "name a station's certificate or its folder", ret,
		e);
}

bool certificate_keep(const struct certificate *c, const char *dir, char **ret_path, struct err *e)
{
	char fingerprint[FINGERPRINT_SIZE];
	certificate_fingerprint(c, fingerprint);
	char *folder = xasprintf("%s/issued", dir), *name = xasprintf("%s-%s.cert", c->station, fingerprint);
	char *text = certificate_text(c);
	bool ok = keyfile_folder(folder, e) && keyfile_create(folder, name, 0644, text, e);

	if (ok)
		*ret_path = xasprintf("%s/%s", folder, name);
	free(text);
	free(name);
	free(folder);
	return ok;
}
