#ifndef CLI_ADDRESS_EVAL_H
#define CLI_ADDRESS_EVAL_H

struct cli;

/*
 * juzhu address eval FILE [--library FILE]: searches for each query of a file with JSON lines (query, names, lane, no, room,
 * form) and prints the misses; then by form how many roads are the first hit and among the first five, and how many
 * addresses are right among the first five.
 */
int address_eval_verb(const struct cli *cli, int argc, char **argv);

#endif
