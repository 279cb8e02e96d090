#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/err.h"
#include "base/xalloc.h"
#include "cli/cli.h"
#include "seal/keys.h"

static const char help[] =
	"usage: juzhu station enrol STATION [--center DIR] [--out DIR] [--days N]\n"
	"       juzhu station revoke STATION --cert FILE-or-DIR [--center DIR]\n"
	"       juzhu station show [--keys DIR]\n"
	"\n"
	"enrol    at the center: makes the keys of a station and certifies them for N days (1825; 1 to 36500) in --out\n"
	"         (station-STATION). Copy that folder to the kiosk as /etc/juzhu/keys, then delete it here; the center\n"
	"         keeps the certificate in its folder \"issued\".\n"
	"revoke   at the center: this key is believed no more, from now on. Copy the list DIR/revoked to every kiosk and\n"
	"         counter.\n"
	"show     at the kiosk: station, fingerprint of the key, validity, revoked or not, and whether it can be used\n"
	"\n"
	"DIR is the settings' folder of keys unless given. The center's passphrase is asked for (one line of standard\n"
	"input when that is no terminal).\n"
	"\n"
	"Status: 0 done, 1 wrong passphrase, or revoked already, 2 usage, 3 keys that are missing or cannot be used,\n"
	"4 storage\n";

enum { DAYS_MAX = 36500 };

static bool days_good(const char *text, int *ret)
{
	char *end;
	long days = strtol(text, &end, 10);

	if (*text < '0' || *text > '9' || *end || days < 1 || days > DAYS_MAX)
		return false;
	*ret = (int)days;
	return true;
}

static void print_certificate(const struct certificate *c)
{
	char fingerprint[FINGERPRINT_SIZE];

	certificate_fingerprint(c, fingerprint);
	printf("station: %s\nfingerprint: %s\nvalid: %08d to %08d\n", c->station, fingerprint, c->from, c->to);
}

static int enrol(const char *station, const char *center, const char *out, int days)
{
	struct center_keys keys;
	struct certificate cert;
	struct err e = { 0 };
	int status = 0, today = clock_today();
	char *folder = out ? xstrdup(out) : xasprintf("station-%s", station), *kept = NULL;

	if (!cli_center(center, &keys, &e)) {
		status = cli_fail(&e);
		goto out;
	}
	if (center_public_copy(center, folder, &e) &&
		station_make(&keys, station, today, date_add_days(today, days - 1), folder, &e) &&
		station_certificate_load(folder, &cert, &e) && certificate_keep(&cert, center, &kept, &e)) {
		print_certificate(&cert);
		printf("%s: copy it to the kiosk as /etc/juzhu/keys, then delete it here\n%s: keep it; it is needed to "
		       "revoke the station\n",
			folder, kept);
	} else {
		status = cli_fail(&e);
	}
	explicit_bzero(&keys, sizeof keys);
out:
	free(folder);
	free(kept);
	return status;
}

static int revoke(const char *station, const char *center, const char *path)
{
	struct center_keys keys;
	struct certificate cert;
	struct err e = { 0 };
	int status = 0;

	if (!station_certificate_load(path, &cert, &e))
		return cli_fail(&e);
	if (strcmp(cert.station, station) != 0) {
		fprintf(stderr, "juzhu: %s: is of station %s, not %s; nothing was changed\n", path, cert.station,
			station);
		return ERR_USAGE;
	}
	if (!cli_center(center, &keys, &e))
		return cli_fail(&e);
	if (station_revoke(&keys, &cert, clock_now(), center, &e)) {
		print_certificate(&cert);
		printf("revoked: now\n%s/revoked: copy it to every kiosk and counter, beside their other keys\n",
			center);
	} else {
		status = cli_fail(&e);
	}
	explicit_bzero(&keys, sizeof keys);
	return status;
}

/* All that can be told, even of a certificate that cannot be used; then the reason why. */
static int show(const struct cli *cli, const char *named)
{
	struct center_public centers[CENTERS_MAX];
	struct certificate cert;
	struct station_keys keys;
	struct err e = { 0 };
	unsigned n = 0;
	int64_t since = 0;
	const char *dir = named ? named : config_keys(cli->config), *station = cli->config->station;
	bool known = station_certificate_load(dir, &cert, NULL);

	if (known) {
		char when[26];
		print_certificate(&cert);
		if (center_public_load(dir, centers, &n, NULL) &&
			certificate_revoked(dir, &cert, centers, n, &since, NULL)) {
			clock_time_text(since, when);
			printf("revoked: %s%s\n", since ? "since " : "no", since ? when : "");
		} else {
			puts("revoked: unknown");
		}
	}
	/* Keys in a folder that somebody names may be of any station; those of the settings are of this one. */
	if (known && named)
		station = cert.station;
	bool usable = station_keys_load(dir, station, clock_today(), &keys, &e);
	if (known)
		printf("usable: %s\n", usable ? "yes" : "no");
	explicit_bzero(&keys, sizeof keys);
	return usable ? 0 : cli_fail(&e);
}

int cmd_station(const struct cli *cli, int argc, char **argv)
{
	bool ok = true;
	int days = CERTIFICATE_DAYS;

	if (cli_help(argc, argv, help))
		return 0;
	const char *center = cli_option(&argc, argv, "--center", &ok), *out = cli_option(&argc, argv, "--out", &ok);
	const char *cert = cli_option(&argc, argv, "--cert", &ok), *keys = cli_option(&argc, argv, "--keys", &ok);
	const char *days_text = cli_option(&argc, argv, "--days", &ok), *verb = argc > 1 ? argv[1] : "";
	bool enrolling = argc == 3 && strcmp(verb, "enrol") == 0, revoking = argc == 3 && strcmp(verb, "revoke") == 0;
	bool showing = argc == 2 && strcmp(verb, "show") == 0;

	if (!ok || !(enrolling || revoking || showing))
		return cli_usage("station", "station needs enrol or revoke and a station's number, or show");
	if ((keys && !showing) || (center && showing) || ((out || days_text) && !enrolling) ||
		(cert != NULL) != revoking)
		return cli_usage("station", "%s has other options", verb);
	if (!showing && (strlen(argv[2]) != 4 || strspn(argv[2], "0123456789") != 4))
		return cli_usage("station", "a station's number has four digits");
	if (days_text && !days_good(days_text, &days))
		return cli_usage("station", "--days is a number from 1 to %d", DAYS_MAX);
	if (showing)
		return show(cli, keys);
	center = center ? center : config_keys(cli->config);
	return enrolling ? enrol(argv[2], center, out, days) : revoke(argv[2], center, cert);
}
