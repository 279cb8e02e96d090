#ifndef CLI_ADDRESS_LIBRARY_H
#define CLI_ADDRESS_LIBRARY_H

#include <limits.h>
#include <stdbool.h>

struct address_library;
struct cli;
struct err;

/* The words of `juzhu address` that make, write out and check a library file; called from cli/address.c. */
int address_export_verb(const struct cli *cli, int argc, char **argv);
int address_stats_verb(const struct cli *cli, int argc, char **argv);
int address_verify_verb(const struct cli *cli, int argc, char **argv);
int address_generate_verb(const struct cli *cli, int argc, char **argv);

/* The library of the data folder unless one is given. */
bool cli_library_path(const struct cli *cli, const char *given, char out[static PATH_MAX], struct err *e);
bool cli_library(const struct cli *cli, const char *given, struct address_library **ret, struct err *e);
/* A whole number from low to high and nothing else. */
bool cli_number(const char *text, unsigned long low, unsigned long high, unsigned long *ret);

#endif
