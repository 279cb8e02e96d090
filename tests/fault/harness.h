#ifndef TESTS_FAULT_HARNESS_H
#define TESTS_FAULT_HARNESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What every harness shares: its command line, random numbers that a seed repeats, work split over all processors, and the
 * lines of the table. Work is cut into chunks; the seed of a chunk does not depend on which process runs it.
 */
struct tally {
	long times, lost, partial;
	long wrong;    /* broken in another way: not reported, does not work again */
	long notes[4]; /* what the harness likes to count */
	char first[700];
};

struct harness {
	const char *name, *seeded; /* seeded: only this bug */
	long times, only;          /* only: this chunk of every job; -1: all */
	long at;                   /* first time of the chunk that runs */
	uint64_t seed;
	char dir[512]; /* in memory where there is such a file system; taken away at the end */
};
extern struct harness harness;

/* --times N --seed S --seeded NAME --only CHUNK; anything else is a usage error. */
void harness_begin(int argc, char **argv, long times);
int harness_end(void); /* exit status: 1 when a row is bad */

/* Does the chunk: n times from this seed (harness.at is the first one's number), in the folder `dir`, which is its own. */
typedef void chunk_fn(uint64_t seed, long n, const char *dir, struct tally *t, const void *ctx);
/* On `workers` processes, 0: as many as there are processors. */
void harness_run(struct tally *ret, const char *what, long times, long per_chunk, unsigned workers, chunk_fn *fn,
	const void *ctx);

/* Seeded bugs: each is switched on (seams.h), the job is run, and it must be seen. */
struct seeded {
	const char *name;
	long times;
};
struct caught {
	unsigned seen, of;
};
struct caught harness_seeded(const struct seeded *bugs, unsigned n, long per_chunk, unsigned workers, chunk_fn *fn,
	const void *ctx);
bool harness_wants_rows(void); /* false with --seeded */

void harness_row(const char *fault, const char *how, const struct tally *t, struct caught c);
void harness_skip(const char *fault, const char *how, const char *why);

/* What went wrong once; the first one is kept. Kinds: &t->lost, &t->partial, &t->wrong. */
void tally_bad(struct tally *t, long *kind, const char *format, ...) __attribute__((format(printf, 3, 4)));
void tally_add(struct tally *to, const struct tally *from);

/* xorshift64*; never zero. */
struct random {
	uint64_t state;
};
struct random random_from(uint64_t seed);
uint64_t random_next(struct random *r);
uint64_t random_below(struct random *r, uint64_t n);
uint64_t random_mix(uint64_t a, uint64_t b);

void folder_empty(const char *dir);
void folder_remove(const char *dir);
_Noreturn void harness_die(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
