#include "store/owner.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A whole small file of /proc; "" when it is not there. */
static void read_small(const char *path, char *out, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, out, size - 1);
	if (fd >= 0)
		close(fd);
	out[n < 0 ? 0 : n] = '\0';
}

static void boot_id(char out[static 37])
{
	char text[64];
	read_small("/proc/sys/kernel/random/boot_id", text, sizeof text);
	text[strcspn(text, "\n")] = '\0';
	snprintf(out, 37, "%.36s", text);
}

/*
 * Field 22 of /proc/PID/stat (proc(5)); 0: no such process, or one that has ended and was not waited for yet. Counted
 * from the last ')', because field 2 is a free text.
 */
static int64_t start_of(int64_t pid)
{
	char path[48], text[1024];
	snprintf(path, sizeof path, "/proc/%" PRId64 "/stat", pid);
	read_small(path, text, sizeof text);
	char *p = strrchr(text, ')');
	if (p != NULL && (p[1] != ' ' || strchr("ZXx", p[2]) != NULL))
		return 0;
	for (int field = 2; p != NULL && field < 22; field++) {
		p = strchr(p, ' ');
		if (p != NULL)
			p++;
	}
	return p == NULL ? 0 : strtoll(p, NULL, 10);
}

void owner_self(struct owner *ret)
{
	boot_id(ret->boot);
	ret->pid = getpid();
	ret->start = start_of(ret->pid);
}

bool owner_alive(const struct owner *o)
{
	char boot[37];
	boot_id(boot);
	return strcmp(boot, o->boot) == 0 && o->start != 0 && start_of(o->pid) == o->start;
}

bool owner_equal(const struct owner *a, const struct owner *b)
{
	return a->pid == b->pid && a->start == b->start && strcmp(a->boot, b->boot) == 0;
}
