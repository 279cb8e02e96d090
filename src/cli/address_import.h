#ifndef CLI_ADDRESS_IMPORT_H
#define CLI_ADDRESS_IMPORT_H

struct cli;

/* juzhu address import, called from cli/address.c. */
int address_import_verb(const struct cli *cli, int argc, char **argv);

#endif
