/* The list of stations whose keys are not believed any more. */
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/xalloc.h"
#include "seal/keyfile.h"
#include "seal/keys.h"

static const char NAME[] = "revoked";
static const char WORD[] = "juzhu-revoked 1";
static const char SIGNED[] = "juzhu revoked 1";
static const char REMEDY[] = "copy the list from the center again";

struct revocation {
	char station[5];
	unsigned char sign[32];
	uint64_t at;
	unsigned char signature[64];
};

enum { MESSAGE = sizeof SIGNED - 1 + 4 + 32 + 8 };

static void message(const struct revocation *r, unsigned char out[static MESSAGE])
{
	unsigned char *to = out;

	memcpy(to, SIGNED, sizeof SIGNED - 1);
	to += sizeof SIGNED - 1;
	memcpy(to, r->station, 4);
	memcpy(to + 4, r->sign, sizeof r->sign);
	for (int i = 0; i < 8; i++)
		to[36 + i] = (unsigned char)(r->at >> (56 - 8 * i));
}

static bool revocation_good(const struct revocation *r, const struct center_public *centers, unsigned n)
{
	unsigned char text[MESSAGE];

	message(r, text);
	for (unsigned i = 0; i < n; i++) {
		if (crypto_sign_verify_detached(r->signature, text, sizeof text, centers[i].sign) == 0)
			return true;
	}
	return false;
}

#define REVOCATION_FIELDS(r) \
	{ \
		{ "station", KEY_STATION, (r)->station, 0 }, { "sign", KEY_HEX, (r)->sign, sizeof(r)->sign }, \
			{ "at", KEY_NUMBER, &(r)->at, 0 }, \
			{ "signature", KEY_HEX, (r)->signature, sizeof(r)->signature }, \
	}

/* Every line has to be good: a list that somebody changed is believed in nothing. */
static bool look(struct keyfile *k, const struct certificate *c, const struct center_public *centers, unsigned n,
	int64_t *ret_since, struct err *e)
{
	int64_t since = 0;

	while (keyfile_more(k)) {
		struct revocation r = { 0 };
		const struct key_field fields[] = REVOCATION_FIELDS(&r);
		if (keyfile_skip_empty(k)) /* systemd supplies one in place of a missing list */
			continue;
		if (!keyfile_line(k, WORD, fields, sizeof fields / sizeof *fields, e))
			return false;
		if (r.at == 0)
			return keyfile_fail(k, e, "is damaged: the value of at= is wrong");
		if (!revocation_good(&r, centers, n))
			return keyfile_fail(k, e, "is not signed by this center");
		if (strcmp(r.station, c->station) == 0 && memcmp(r.sign, c->sign, sizeof r.sign) == 0 &&
			(since == 0 || (int64_t)r.at < since))
			since = (int64_t)r.at;
	}
	*ret_since = since;
	return true;
}

bool certificate_revoked(const char *dir, const struct certificate *c, const struct center_public *centers, unsigned n,
	int64_t *ret_since, struct err *e)
{
	struct keyfile k;

	if (keyfile_missing(dir, NAME)) {
		*ret_since = 0;
		return true;
	}
	if (!keyfile_open(&k, dir, NAME, REMEDY, e))
		return false;
	bool ok = look(&k, c, centers, n, ret_since, e);
	keyfile_close(&k);
	return ok;
}

static char *signed_line(const struct center_keys *c, const struct certificate *cert, int64_t at)
{
	struct revocation r = { .at = (uint64_t)at };
	unsigned char text[MESSAGE];

	memcpy(r.station, cert->station, sizeof r.station);
	memcpy(r.sign, cert->sign, sizeof r.sign);
	message(&r, text);
	crypto_sign_detached(r.signature, NULL, text, sizeof text, c->sign_secret);
	const struct key_field fields[] = REVOCATION_FIELDS(&r);
	return keyfile_format(WORD, fields, sizeof fields / sizeof *fields);
}

bool station_revoke(const struct center_keys *c, const struct certificate *cert, int64_t at, const char *dir,
	struct err *e)
{
	struct center_public centers[CENTERS_MAX];
	unsigned n = 0;
	int64_t since = 0;
	struct keyfile old = { 0 };

	if (at <= 0)
		return err_set(e, ERR_USAGE, "revoking station %s: the moment has to be after 1970", cert->station);
	if (!center_public_load(dir, centers, &n, e))
		return false;
	if (!certificate_good(cert, centers, n))
		return err_set(e, ERR_CONFIG,
			"revoking station %s: %s/center.pub did not certify this key; take the certificate that "
			"`juzhu station enrol` kept in the folder \"issued\"",
			cert->station, dir);
	if (!keyfile_missing(dir, NAME) && !keyfile_open(&old, dir, NAME, REMEDY, e))
		return false;
	bool ok = !old.text || look(&old, cert, centers, n, &since, e);
	if (ok && since != 0 && since <= at) {
		char when[26];
		clock_time_text(since, when);
		ok = err_set(e, ERR_NO, "this key of station %s is revoked already, since %s", cert->station, when);
	}
	if (ok) {
		char *line = signed_line(c, cert, at);
		char *text = xasprintf("%s%s", old.text ? old.text : "", line);
		if (strlen(text) > KEYFILE_MAX)
			ok = err_set(e, ERR_STORAGE, "%s/%s: the list is full (%d bytes)", dir, NAME, (int)KEYFILE_MAX);
		else
			ok = keyfile_replace(dir, NAME, 0644, text, e);
		free(text);
		free(line);
	}
	keyfile_close(&old);
	return ok;
}
