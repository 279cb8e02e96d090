#ifndef CLI_ADDRESS_EVAL_H
#define CLI_ADDRESS_EVAL_H

#include <stdbool.h>
#include <stddef.h>

struct address_library;
struct cli;

/* What is typed and what is meant; "" where nothing is said. */
enum { WANTED_TEXT = 256, WANTED_NAMES = 8 };
struct wanted {
	char query[1024], names[WANTED_NAMES][WANTED_TEXT], lane[WANTED_TEXT], no[WANTED_TEXT], suf[WANTED_TEXT],
		room[WANTED_TEXT], form[WANTED_TEXT];
	size_t n_names;
};

/* Of one form: queries; names first and among the first five; addresses that are wanted, and right among the first five. */
struct form_score {
	char name[WANTED_TEXT];
	size_t n, first, five, addresses, right;
};

/* Searches and adds to the scores; prints a miss when `say`. */
void address_eval_ask(struct address_library *l, const struct wanted *w, bool say, struct form_score *form,
	struct form_score *all);
/* A line "n @1 @5 address@5", without its end. */
void address_eval_print(const struct form_score *f);

/*
 * juzhu address eval FILE [--library FILE]: searches for each query of a file with JSON lines (query, names, lane, no, room,
 * form) and prints the misses; then by form how many roads are the first hit and among the first five, and how many
 * addresses are right among the first five.
 */
int address_eval_verb(const struct cli *cli, int argc, char **argv);

#endif
