#include "device/picker_open.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/err.h"
#include "base/i18n.h"

int beneath_open(int dir, const char *name, unsigned long long flags)
{
	struct open_how how = {
		.flags = flags | O_RDONLY | O_CLOEXEC | O_NOFOLLOW,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV,
	};
	long fd = -1;
	/* EAGAIN: something was renamed while the kernel looked; openat2(2) says to try again. */
	for (int tries = 0; tries < 8; tries++) {
		fd = syscall(SYS_openat2, dir, name, &how, sizeof how);
		if (fd >= 0 || (errno != EINTR && errno != EAGAIN))
			break;
	}
	return (int)fd;
}

int beneath_open_file(int dir, const char *name, off_t max_size, struct err *e)
{
	/*
	 * Look before opening: O_PATH touches nothing, whereas opening a device or a pipe can have effects. Both steps
	 * are beneath `dir`, and what was opened is judged again, so that a swap in between gains nothing.
	 */
	struct stat st;
	int look = beneath_open(dir, name, O_PATH);
	if (look < 0) {
		const char *why = errno == ENOENT ? tr("没有找到这个文件，请重新选择。")
						  : tr("这里不能打开这个文件，请选择别的文件。");
		err_set(e, ERR_NO, "%s", why);
		return -1;
	}
	bool regular = fstat(look, &st) == 0 && S_ISREG(st.st_mode);
	close(look);
	if (!regular) {
		err_set(e, ERR_NO, "%s", tr("这不是普通文件，请选择照片、扫描图片或PDF文件。"));
		return -1;
	}
	int fd = beneath_open(dir, name, O_NONBLOCK | O_NOCTTY);
	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		err_set(e, ERR_NO, "%s", tr("这里不能打开这个文件，请选择别的文件。"));
	} else if (st.st_size == 0) {
		err_set(e, ERR_NO, "%s", tr("这个文件是空的，请选择别的文件。"));
	} else if (st.st_size > max_size) {
		err_set(e, ERR_NO, tr("这个文件有%.1f MB，超过%.0f MB。请缩小后再选。"),
			(double)st.st_size / (1024 * 1024), (double)max_size / (1024 * 1024));
	} else {
		return fd;
	}
	if (fd >= 0)
		close(fd);
	return -1;
}
