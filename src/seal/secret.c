#include "seal/secret.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/err.h"

enum { SECRETMEM_FS = 0x5345434d }; /* linux/magic.h, SECRETMEM_MAGIC; not in every distribution's header */

static size_t page(void)
{
	return (size_t)sysconf(_SC_PAGESIZE);
}

static bool is_hidden(int fd)
{
	struct statfs fs;
	return fstatfs(fd, &fs) == 0 && fs.f_type == SECRETMEM_FS;
}

static bool no_memory(struct err *e, int why)
{
	return err_set(e, ERR_STORAGE,
		"memory for the key of the drafts cannot be locked: %s; allow a page more (ulimit -l, LimitMEMLOCK=)",
		strerror(why));
}

/* Maps the page and keeps it off the disk: out of swap and out of core dumps. Does not close the descriptor. */
static bool map(struct secret *ret, int fd, size_t size, bool hidden, struct err *e)
{
	unsigned char *bytes = mmap(NULL, page(), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (bytes == MAP_FAILED)
		return no_memory(e, errno);
	/* Pages of memfd_secret are locked by nature, and mlock refuses them. */
	if ((!hidden && mlock(bytes, page()) != 0) || madvise(bytes, page(), MADV_DONTDUMP) != 0) {
		no_memory(e, errno);
		munmap(bytes, page());
		return false;
	}
	*ret = (struct secret){ .bytes = bytes, .size = size, .fd = fd, .hidden = hidden };
	return true;
}

static bool make(struct secret *ret, int fd, size_t size, bool hidden, struct err *e)
{
	if (fd < 0)
		return no_memory(e, errno);
	if (ftruncate(fd, (off_t)page()) != 0)
		no_memory(e, errno);
	else if (map(ret, fd, size, hidden, e))
		return true;
	close(fd);
	return false;
}

bool secret_make(struct secret *ret, size_t size, struct err *e)
{
	struct secret s = { 0 };
	bool ok = false;

	assert(size > 0 && size <= page());
	if (sodium_init() < 0)
		return err_set(e, ERR_BUG, "the key of the drafts: libsodium cannot start");
#ifdef SYS_memfd_secret
	/* Kernels before 5.14 do not know it, 6.1 only with secretmem.enable=1. */
	int fd = (int)syscall(SYS_memfd_secret, O_CLOEXEC);
	ok = fd >= 0 && make(&s, fd, size, true, NULL);
#endif
	if (!ok && !make(&s, memfd_create("juzhu-secret", MFD_CLOEXEC), size, false, e))
		return false;
	s.made = true;
	secret_renew(&s, size);
	*ret = s;
	return true;
}

bool secret_attach(struct secret *ret, int fd, size_t size, struct err *e)
{
	struct stat st;

	assert(size > 0 && size <= page());
	/* A shorter one would map too, and kill the program when it is read. */
	if (fstat(fd, &st) != 0 || st.st_size != (off_t)page() || fcntl(fd, F_SETFD, FD_CLOEXEC) != 0)
		return err_set(e, ERR_BUG, "the key of the drafts: descriptor %d does not hold one", fd);
	return map(ret, fd, size, is_hidden(fd), e);
}

void secret_renew(struct secret *s, size_t n)
{
	assert(n <= s->size);
	randombytes_buf(s->bytes, n);
}

void secret_finish(struct secret *s)
{
	if (s->bytes) {
		if (s->made)
			sodium_memzero(s->bytes, s->size);
		munmap(s->bytes, page());
		close(s->fd);
	}
	*s = (struct secret){ .fd = -1 };
}
