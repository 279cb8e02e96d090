#include "replay.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SECTOR = 512 };
enum mode { NOTHING, LAST_TORN, SOME, SOME_TORN, ALL_TORN, MODES };

/* Room for `size` bytes; what the file grows by reads as zeros. */
static void grow(struct disk_image *i, int64_t size)
{
	if (size > i->room) {
		int64_t room = i->room > 0 ? i->room : 1 << 16;
		while (room < size)
			room *= 2;
		i->bytes = realloc(i->bytes, (size_t)room);
		if (i->bytes == NULL)
			harness_die("out of memory");
		i->room = room;
	}
	if (size > i->size) {
		memset(i->bytes + i->size, 0, (size_t)(size - i->size));
		i->size = size;
	}
}

static void whole(struct disk_image *i, const struct disk_op *o)
{
	if (o->kind == DISK_TRUNCATE) {
		grow(i, o->at);
		i->size = o->at;
		return;
	}
	grow(i, o->at + o->size);
	memcpy(i->bytes + o->at, o->bytes, (size_t)o->size);
}

static void torn(struct disk_image *i, const struct disk_op *o, struct random *rnd)
{
	int64_t end = o->at + o->size;

	for (int64_t s = o->at / SECTOR * SECTOR; s < end; s += SECTOR) {
		int64_t from = s < o->at ? o->at : s, to = s + SECTOR > end ? end : s + SECTOR;
		switch (random_below(rnd, 3)) {
		case 0:
			grow(i, to);
			memcpy(i->bytes + from, o->bytes + (from - o->at), (size_t)(to - from));
			break;
		case 1:
			grow(i, s + SECTOR);
			for (int64_t k = s; k < s + SECTOR; k++)
				i->bytes[k] = (unsigned char)random_next(rnd);
			break;
		default:
			break;
		}
	}
}

struct cut {
	long at, last_write, last_folder_sync;
	long last_sync[DISK_NODES];
	enum mode mode;
};

static struct cut look(const struct disk_log *l, long at, struct random *rnd)
{
	struct cut c = { .at = at, .last_write = -1, .last_folder_sync = -1 };

	for (int i = 0; i < l->n_nodes; i++)
		c.last_sync[i] = -1;
	for (long i = 0; i < at; i++) {
		const struct disk_op *o = &l->ops[i];
		if (o->kind == DISK_SYNC)
			c.last_sync[o->node] = i;
		else if (o->kind == DISK_FOLDER_SYNC)
			c.last_folder_sync = i;
		else if (o->kind == DISK_WRITE)
			c.last_write = i;
	}
	c.mode = (enum mode)random_below(rnd, MODES);
	return c;
}

/* Which file each name leads to. */
static void folder(const struct disk_log *l, const struct cut *c, struct random *rnd, int ret[DISK_NAMES])
{
	long pending = 0, keep = 0;

	for (long i = c->last_folder_sync + 1; i < c->at; i++)
		pending += l->ops[i].kind == DISK_CREATE || l->ops[i].kind == DISK_DELETE;
	if (c->mode == LAST_TORN)
		keep = pending;
	else if (c->mode != NOTHING)
		keep = (long)random_below(rnd, (uint64_t)pending + 1);
	memcpy(ret, l->begin, DISK_NAMES * sizeof *ret);
	for (long i = 0; i < c->at; i++) {
		const struct disk_op *o = &l->ops[i];
		if (o->kind != DISK_CREATE && o->kind != DISK_DELETE)
			continue;
		if (i > c->last_folder_sync && keep-- <= 0)
			break;
		ret[l->nodes[o->node].name] = o->kind == DISK_CREATE ? o->node : -1;
	}
}

static void contents(struct replay *r, const struct disk_log *l, const struct cut *c, struct random *rnd)
{
	for (long i = 0; i < c->at; i++) {
		const struct disk_op *o = &l->ops[i];
		if (o->kind != DISK_WRITE && o->kind != DISK_TRUNCATE)
			continue;
		struct disk_image *image = &r->nodes[o->node];
		if (i < c->last_sync[o->node]) {
			whole(image, o);
			continue;
		}
		uint64_t chance = random_below(rnd, 3);
		bool tear = o->kind == DISK_WRITE &&
			((c->mode == LAST_TORN && i == c->last_write) || (c->mode == SOME_TORN && chance == 2) ||
				c->mode == ALL_TORN);
		if (c->mode == NOTHING || ((c->mode == SOME || c->mode == SOME_TORN) && chance == 0))
			continue;
		if (tear)
			torn(image, o, rnd);
		else
			whole(image, o);
	}
}

static void dump(const struct disk_image *i, const char *path)
{
	/* Over the last state's file: its pages are there already. */
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0 || (i->size > 0 && write(fd, i->bytes, (size_t)i->size) != i->size) || ftruncate(fd, i->size) != 0)
		harness_die("%s cannot be written", path);
	close(fd);
}

void replay_write(struct replay *r, const struct disk_log *l, long at, struct random *rnd, const char *path)
{
	int names[DISK_NAMES];
	char name[620];

	for (int i = 0; i < l->n_nodes; i++) {
		const struct disk_image *base = &l->nodes[i].base;
		r->nodes[i].size = 0;
		grow(&r->nodes[i], base->size);
		if (base->size > 0)
			memcpy(r->nodes[i].bytes, base->bytes, (size_t)base->size);
	}
	struct cut c = look(l, at, rnd);
	folder(l, &c, rnd, names);
	contents(r, l, &c, rnd);
	for (int i = 0; i < DISK_NAMES; i++) {
		snprintf(name, sizeof name, "%s%s", path, disk_ends[i]);
		if (names[i] < 0)
			unlink(name);
		else
			dump(&r->nodes[names[i]], name);
	}
	snprintf(name, sizeof name, "%s-shm", path);
	unlink(name);
}

void replay_finish(struct replay *r)
{
	for (int i = 0; i < DISK_NODES; i++)
		free(r->nodes[i].bytes);
	*r = (struct replay){ 0 };
}
