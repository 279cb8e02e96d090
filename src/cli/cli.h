#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

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

int cmd_case(const struct cli *cli, int argc, char **argv);
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
/* Opens the database of the settings in force. */
bool cli_store(const struct cli *cli, bool readonly, struct store **ret, struct err *e);

#endif
