#ifndef BASE_CONFIG_H
#define BASE_CONFIG_H

#include <stdbool.h>

enum verify_kind { VERIFY_COUNTER, VERIFY_PROGRAM, VERIFY_OFF };
enum licences_kind { LICENCES_LOCAL, LICENCES_PROGRAM, LICENCES_NONE };

/*
 * The settings, read from one commented YAML file by load/config_load.c; every one has a default that works.
 * Strings are owned by the struct. Times are seconds, sizes bytes.
 */
struct config {
	char *database; /* SQLite file */
	char *data;     /* folder of code tables, address library, catalogues */
	char *screens;  /* folder of items and screens */
	char *centers;  /* table of community affairs centers, or NULL: the one in data */
	char *keys;     /* folder of key files, or NULL: ask config_keys */
	char *log;      /* file, or NULL: standard error before the screen opens, then nothing */
	char *station;  /* four digits, unique in the city's center */
	char *center;   /* name of the service center, shown in the frame and on the receipt */
	char *hotline;  /* telephone for help */
	char *language; /* "zh" or "en": the first language of a session */
	char *rules;    /* "2017" or "2025": rule profile */
	char *closes;   /* "HH:MM": until then a paused filing is kept, or until then the next day */
	char *clock;    /* fixed time "YYYY-MM-DDTHH:MM:SS", or NULL */
	unsigned
		clock_speed; /* how many times faster idle time passes, 1; for tests and training, demonstration only */
	unsigned idle_warn;  /* seconds without a key until the warning (120-300 by EN 301 549) */
	unsigned idle_wipe;  /* seconds the warning stays until the session is wiped, at least 20 */
	unsigned promise_days;    /* shown on the receipt */
	char *promise_unit;       /* "calendar" or "working": which days they are */
	char *holidays;           /* table of days off and worked, or NULL: the one in data */
	unsigned supplement_days; /* to bring what was missing */
	enum verify_kind verify;
	char *verify_program; /* absolute path, for VERIFY_PROGRAM */
	unsigned verify_timeout;
	enum licences_kind licences;
	char *licence_program; /* absolute path, for LICENCES_PROGRAM */
	unsigned licence_timeout;
	char *printer;     /* "file" or "none" */
	char *printer_dir; /* where the file printer writes */
	char *inspector;   /* path of juzhu-inspect */
	char *landmarks;   /* "auto", "none" or the path of dlib's 68-point model: see vision/inspector.h */
	char **media;      /* folders whose files applicants may choose */
	unsigned n_media;
	unsigned ballast_mb; /* MiB kept on the disk to be given up when it is full; 0: none */
	unsigned space_mb;   /* below so many MiB of free space no new session is begun */
	bool demo;           /* marked on every screen and on the receipt */
};

void config_init(struct config *c); /* defaults */
void config_finish(struct config *c);
/* The folder of the keys in force, borrowed: the setting, else systemd's CREDENTIALS_DIRECTORY, else /etc/juzhu/keys. */
const char *config_keys(const struct config *c);

#endif
