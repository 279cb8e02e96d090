#ifndef CLI_ADDRESS_BENCH_H
#define CLI_ADDRESS_BENCH_H

struct cli;

/*
 * juzhu address bench: makes a library of made-up names and rooms (or takes one), types queries with the slips people make into
 * it, every key from nothing and on from the key before, and prints recall and times by form, memory and start.
 *
 * --peers PROGRAM: called with a folder, to ask other engines the same: library.db, queries.jsonl (JSON lines: form, query, name,
 * names, lane, no, room), and ours.json, what was measured here. Its status is ours.
 */
int address_bench_verb(const struct cli *cli, int argc, char **argv);

#endif
