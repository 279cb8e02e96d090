#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/utf8.h"
#include "cli/cli.h"

void cli_name(const char *path, char out[CLI_NAME_MAX])
{
	utf8_clean(out, CLI_NAME_MAX, path, strlen(path), CLI_NAME_MAX);
}

bool cli_open_file(const char *path, int *ret_fd, size_t *ret_size, struct err *e)
{
	struct stat about;
	/* Neither waits for the writer of a FIFO nor takes a terminal. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK);
	if (fd < 0)
		return err_set(e, ERR_DEVICE, "cannot be opened: %s",
			errno == ELOOP ? "a symbolic link, and none is followed" : strerror(errno));
	if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
		close(fd);
		return err_set(e, ERR_DEVICE, "not a regular file");
	}
	*ret_fd = fd;
	*ret_size = (size_t)about.st_size;
	return true;
}
