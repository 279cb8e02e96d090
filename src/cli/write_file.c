#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "cli/cli.h"
#include "model/file_name.h"

static const struct {
	const char *mime, *suffix;
} kinds[] = { { "image/jpeg", "jpg" }, { "image/png", "png" }, { "application/pdf", "pdf" } };

/* The name comes out of a case: only what cannot lead out of the folder. */
static bool plain_name(const char *name)
{
	char code[FILE_NAME_SIZE];
	file_code(code, name);
	return *code && file_number(name, code) > 0 &&
		strspn(code, "abcdefghijklmnopqrstuvwxyz0123456789-_") == strlen(code);
}

bool cli_write_file(const char *dir, const char *name, const char *mime, const void *bytes, size_t size, struct err *e)
{
	const char *suffix = "bin";
	size_t done = 0;

	if (!plain_name(name))
		return err_set(e, ERR_STORAGE, "a file of the case has a name that is none; it was not written");
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_eq(kinds[i].mime, mime))
			suffix = kinds[i].suffix;
	char *path = xasprintf("%s/%s.%s", dir, name, suffix);
	int fd = mkdir(dir, 0700) == 0 || errno == EEXIST
		? open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600)
		: -1;
	bool good = fd >= 0;
	while (good && done < size) {
		ssize_t n = write(fd, (const char *)bytes + done, size - done);
		good = n > 0 || (n < 0 && errno == EINTR);
		done += n > 0 ? (size_t)n : 0;
	}
	if (!good)
		err_set(e, ERR_STORAGE, "%s: %s; choose an empty folder with room", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	free(path);
	return good;
}
