#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct center_keys;
struct center_public;
struct config;
struct err;
struct store;

/*
 * The administration program `juzhu`: one verb per file in cli/, called from the table in juzhu.c. argv[0] is the
 * verb's own name, argv[1] its first word. A verb returns the exit status (base/err.h), prints data to standard output
 * and complaints to standard error, in English.
 */
struct cli {
	const struct config *config; /* the settings in force, options already applied */
	const char *config_path;     /* the file they were read from; NULL: built-in defaults */
};

int cmd_audit(const struct cli *cli, int argc, char **argv);
int cmd_backup(const struct cli *cli, int argc, char **argv);
int cmd_center(const struct cli *cli, int argc, char **argv);
int cmd_receipt(const struct cli *cli, int argc, char **argv);
int cmd_station(const struct cli *cli, int argc, char **argv);
int cmd_case(const struct cli *cli, int argc, char **argv);
int cmd_material(const struct cli *cli, int argc, char **argv);
int cmd_purge(const struct cli *cli, int argc, char **argv);
int cmd_restore(const struct cli *cli, int argc, char **argv);
int cmd_photo(const struct cli *cli, int argc, char **argv);
int cmd_verify(const struct cli *cli, int argc, char **argv);
int cmd_staff(const struct cli *cli, int argc, char **argv);
int cmd_licence(const struct cli *cli, int argc, char **argv);
int cmd_screens(const struct cli *cli, int argc, char **argv);
int cmd_address(const struct cli *cli, int argc, char **argv);
int cmd_doctor(const struct cli *cli, int argc, char **argv);

/* True when one of the words is --help or -h: then `help` has been printed and the verb returns 0. */
bool cli_help(int argc, char **argv, const char *help);
/* "juzhu: why", how to get help; returns ERR_USAGE. */
int cli_usage(const char *verb, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* "juzhu: text of the error"; returns its code. */
int cli_fail(const struct err *e);
/* A JSON string with its quotes (RFC 8259); NULL is written as null. */
void cli_json(FILE *f, const char *text);
/* Takes `--name` out of argv when it is there. */
bool cli_flag(int *argc, char **argv, const char *name);
/* Takes `--name VALUE` or `--name=VALUE` out of argv. NULL: not given, or (then *ret_ok is false) given without a
 * value. */
const char *cli_option(int *argc, char **argv, const char *name, bool *ret_ok);
/* A file of a case into a folder (made when missing): readable by its owner alone, nothing is overwritten. */
bool cli_write_file(const char *dir, const char *name, const char *mime, const void *bytes, size_t size, struct err *e);
/* A file that somebody brought, opened for reading as the kiosk would: regular, no symbolic link. ret_fd is yours to close. */
bool cli_open_file(const char *path, int *ret_fd, size_t *ret_size, struct err *e);
/* Its name as it may be shown: without control, bidi and invalid characters. */
enum { CLI_NAME_MAX = 4096 };
void cli_name(const char *path, char out[CLI_NAME_MAX]);
/* Opens the database of the settings in force. */
bool cli_store(const struct cli *cli, bool readonly, struct store **ret, struct err *e);
/*
 * The keys of the center, CENTERS_MAX or fewer, to judge certificates with. Without center.pub none, and a note on standard
 * error: what verifies then judges signatures alone. False: the file is damaged.
 */
bool cli_centers(const struct cli *cli, struct center_public *ret, unsigned *ret_n, struct err *e);
/*
 * One line of standard input, without its end, not shown while it is typed; the prompt appears on a terminal only. False:
 * none, or longer than the buffer. Wipe what you got.
 */
enum { CLI_SECRET_MAX = 256 };
bool cli_secret(const char *prompt, char *buffer, size_t size);
/* Asks for the center's passphrase and opens DIR/center.key. ERR_NO: it is wrong. Wipe what you got. */
bool cli_center(const char *dir, struct center_keys *ret, struct err *e);

#endif
