#ifndef SEAL_KEYS_H
#define SEAL_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;

/*
 * Who can open what. The center has one secret seed, kept in center.key under a passphrase; everything else of it is
 * derived. A station (kiosk) has a signing key that the center certified; it can seal cases and find its way to them,
 * but open none. Files are lines of text (HACKING.md "Keys"); all of them are checked before they are believed.
 *
 *   center.pub    public keys of the center, a line each; the first certifies, all are recipients of every case
 *   center.key    the center's seed under a passphrase; not on a kiosk
 *   station.key   the station's secrets, 0600; systemd credentials can supply it
 *   station.cert  the station's number and public key, signed by the center
 *   revoked       stations whose keys are not believed any more, each line signed by the center; may be missing
 */
enum { CENTERS_MAX = 4, CERTIFICATE_SIZE = 108, CERTIFICATE_DAYS = 5 * 365, PASSPHRASE_MIN = 8, FINGERPRINT_SIZE = 20 };

struct center_public {
	unsigned char sign[32]; /* Ed25519 */
	unsigned char box[32];  /* X25519 */
};

struct center_keys {
	struct center_public public;
	unsigned char sign_secret[64], box_secret[32];
	unsigned char tag_master[32]; /* each station's receipt tag key is derived from it */
	unsigned char index[32];      /* key of the person index, the same at every station */
};

struct certificate {
	char station[5];
	unsigned char sign[32]; /* the station's public key, Ed25519 */
	int from, to;           /* days, YYYYMMDD, both included */
	unsigned char signature[64];
};

struct station_keys {
	struct certificate certificate;
	unsigned char sign_secret[64];
	unsigned char tag[32], index[32];
	struct center_public centers[CENTERS_MAX];
	unsigned n_centers;
};

/* Makes DIR/center.key and DIR/center.pub; refuses to overwrite. The passphrase has PASSPHRASE_MIN bytes or more. */
bool center_make(const char *dir, const char *passphrase, struct err *e);
/* ERR_NO: wrong passphrase. ERR_CONFIG: missing, damaged. About a second: the passphrase is hashed with Argon2id. */
bool center_open(const char *dir, const char *passphrase, struct center_keys *ret, struct err *e);
/* The first *ret_n <= CENTERS_MAX lines of DIR/center.pub. */
bool center_public_load(const char *dir, struct center_public *ret, unsigned *ret_n, struct err *e);
/* Copies center.pub with all its lines into the folder `to`, made when missing; one that is there stays. */
bool center_public_copy(const char *from, const char *to, struct err *e);
void center_from_seed(const unsigned char seed[static 32], struct center_keys *ret);

/* The receipt tag key of a station, for the counter. */
void center_tag_key(const struct center_keys *c, const char *station, unsigned char ret[static 32]);
/* Makes DIR/station.key, station.cert and, when it is not there, center.pub. Days YYYYMMDD. Refuses to overwrite. */
bool station_make(const struct center_keys *c, const char *station, int from, int to, const char *dir, struct err *e);
/* Adds this certificate's station and key to DIR/revoked, from `at` on (seconds since 1970 UTC). */
bool station_revoke(const struct center_keys *c, const struct certificate *cert, int64_t at, const char *dir,
	struct err *e);
/* Structure only; `path` is a folder with station.cert or the file itself. */
bool station_certificate_load(const char *path, struct certificate *ret, struct err *e);
/* The center's copy, DIR/issued/STATION-FINGERPRINT.cert: a station that was stolen can still be revoked. */
bool certificate_keep(const struct certificate *c, const char *dir, char **ret_path, struct err *e);
/* Of the public key, to read out and compare: "0123-4567-89ab-cdef". */
void certificate_fingerprint(const struct certificate *c, char out[static FINGERPRINT_SIZE]);

/*
 * What a kiosk starts with. ERR_CONFIG with cause and remedy: missing, damaged, of another station, not certified by this
 * center, key and certificate that do not fit, not yet or no longer valid, revoked.
 */
bool station_keys_load(const char *dir, const char *station, int today, struct station_keys *ret, struct err *e);
/* For a demonstration: all of it from a seed that nobody keeps, so that its programs one after the other agree. */
void station_keys_throwaway(const unsigned char seed[static 32], const char *station, int today,
	struct station_keys *ret);

/* Binary form: station 4, key 32, from 4, to 4 (big-endian), signature 64. */
void certificate_pack(const struct certificate *c, unsigned char out[static CERTIFICATE_SIZE]);
bool certificate_unpack(const unsigned char in[static CERTIFICATE_SIZE], struct certificate *ret);
/* Signed by one of these centers? Dates are not looked at: old cases stay readable. */
bool certificate_good(const struct certificate *c, const struct center_public *centers, unsigned n);
/* Since when the key is not believed any more (0: not revoked). False: the list is damaged or its signature is wrong. */
bool certificate_revoked(const char *dir, const struct certificate *c, const struct center_public *centers, unsigned n,
	int64_t *ret_since, struct err *e);

#endif
