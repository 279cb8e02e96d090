#ifndef STORE_OWNER_H
#define STORE_OWNER_H

#include <stdbool.h>
#include <stdint.h>

/*
 * A process that owns a draft. Process numbers are used again, so the owner is number, start time (clock ticks since
 * boot) and the boot's id; all from /proc.
 */
struct owner {
	char boot[37];
	int64_t pid, start;
};

void owner_self(struct owner *ret);
bool owner_alive(const struct owner *o);
bool owner_equal(const struct owner *a, const struct owner *b);

#endif
