#include "device/printer_file.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/log.h"

/* The folder as a descriptor, so that the steps after it cannot be led elsewhere. */
static int open_folder(const char *folder)
{
	if (!folder || !*folder) {
		errno = ENOENT;
		return -1;
	}
	if (mkdir(folder, 0700) != 0 && errno != EEXIST)
		return -1;
	return open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/* The job becomes a part of a file name: case numbers and the like, nothing that could leave the folder. */
static bool job_good(const char *job)
{
	size_t n = 0;
	for (; job[n]; n++)
		if (!isalnum((unsigned char)job[n]) && job[n] != '-')
			return false;
	return n > 0 && n <= 40;
}

static bool write_all(int fd, const char *text, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, text, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return false;
		text += done;
		n -= (size_t)done;
	}
	return true;
}

bool printer_file_print(const char *folder, const char *job, const char *text, struct err *e)
{
	char name[64], aside[80];
	int dir = -1, fd = -1;
	bool begun = false, ok = false;

	if (!job_good(job))
		return err_set(e, ERR_BUG, "printer: the job's name must be letters, digits and hyphens");
	snprintf(name, sizeof name, "receipt-%s.txt", job);
	snprintf(aside, sizeof aside, ".%s.%ld", name, (long)getpid());
	if ((dir = open_folder(folder)) < 0)
		goto failed;
	fd = openat(dir, aside, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		goto failed;
	begun = true;
	if (!write_all(fd, text, strlen(text)) || fsync(fd) != 0)
		goto failed;
	if (renameat(dir, aside, dir, name) != 0 || fsync(dir) != 0)
		goto failed;
	begun = false;
	ok = true;
	goto done;
failed:
	log_warn("printer", "job=%s error=\"%s\"", job, strerror(errno));
	err_set(e, ERR_DEVICE, "%s", tr("打印没有成功。您的办件已经保存，请记下办件编号，或请工作人员帮您补打。"));
done:
	if (begun)
		unlinkat(dir, aside, 0);
	if (fd >= 0)
		close(fd);
	if (dir >= 0)
		close(dir);
	return ok;
}

bool printer_file_ready(const char *folder, struct err *e)
{
	int dir = open_folder(folder);
	if (dir < 0)
		return err_set(e, ERR_DEVICE, "%s: %s; make the folder or set `printer_dir`",
			folder ? folder : "(no folder)", strerror(errno));
	bool ok = faccessat(dir, ".", W_OK | X_OK, AT_EACCESS) == 0;
	if (!ok)
		err_set(e, ERR_DEVICE, "%s: %s; give this user the right to write there", folder, strerror(errno));
	close(dir);
	return ok;
}
