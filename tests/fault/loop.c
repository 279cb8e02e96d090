#include "loop.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/loop.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness.h"

/* <linux/ext4.h> is not installed; xfs has the same call: _IOR('X', 125, u32), 2: without flushing the log. */
#define FS_IOC_SHUTDOWN _IOR('X', 125, uint32_t)
enum { SHUTDOWN_NO_LOG_FLUSH = 2, EXT4_MIB = 64, XFS_MIB = 320, TRIES = 50 };

static int run(const char *program, const char *option, const char *image)
{
	int status = 0;
	fflush(NULL);
	pid_t pid = fork();
	if (pid == 0) {
		int null = open("/dev/null", O_RDWR);
		dup2(null, STDOUT_FILENO);
		dup2(null, STDERR_FILENO);
		execlp(program, program, "-q", option, image, (char *)NULL);
		_exit(127);
	}
	return pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) ? WEXITSTATUS(status) : 127;
}

void loop_private(void)
{
	static pid_t done;
	if (done == getpid())
		return;
	if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
		harness_die("a mount name space of its own: %s", strerror(errno));
	done = getpid();
}

/* Another process can take the free device in between. */
static bool attach(struct loop_fs *f)
{
	int image = open(f->image, O_RDWR | O_CLOEXEC), device = -1;
	int control = open("/dev/loop-control", O_RDWR | O_CLOEXEC);
	bool good = false;

	for (int i = 0; image >= 0 && control >= 0 && !good && i < TRIES; i++) {
		int n = ioctl(control, LOOP_CTL_GET_FREE);
		snprintf(f->device, sizeof f->device, "/dev/loop%d", n);
		device = n < 0 ? -1 : open(f->device, O_RDWR | O_CLOEXEC);
		good = device >= 0 && ioctl(device, LOOP_SET_FD, image) == 0;
		if (device >= 0)
			close(device);
		if (!good)
			usleep(10000);
	}
	if (image >= 0)
		close(image);
	if (control >= 0)
		close(control);
	return good;
}

bool loop_make(struct loop_fs *f, const char *dir, const char *type)
{
	bool ext4 = strcmp(type, "ext4") == 0;

	*f = (struct loop_fs){ .type = type };
	snprintf(f->image, sizeof f->image, "%.500s/disk.img", dir);
	snprintf(f->mount, sizeof f->mount, "%.500s/mnt", dir);
	unlink(f->image);
	int fd = open(f->image, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	bool sized = fd >= 0 && ftruncate(fd, (off_t)(ext4 ? EXT4_MIB : XFS_MIB) << 20) == 0;
	if (fd >= 0)
		close(fd);
	return sized && (mkdir(f->mount, 0700) == 0 || errno == EEXIST) &&
		run(ext4 ? "mkfs.ext4" : "mkfs.xfs", ext4 ? "-F" : "-f", f->image) == 0 && attach(f);
}

bool loop_mount(const struct loop_fs *f)
{
	return mount(f->device, f->mount, f->type, 0, strcmp(f->type, "ext4") == 0 ? "errors=remount-ro" : "") == 0;
}

bool loop_unmount(const struct loop_fs *f)
{
	for (int i = 0; i < TRIES; i++) {
		if (umount(f->mount) == 0)
			return true;
		usleep(10000);
	}
	return false;
}

void loop_finish(struct loop_fs *f)
{
	umount2(f->mount, MNT_DETACH);
	int fd = open(f->device, O_RDWR | O_CLOEXEC);
	if (fd >= 0) {
		ioctl(fd, LOOP_CLR_FD, 0);
		close(fd);
	}
	unlink(f->image);
	rmdir(f->mount);
}

bool loop_cut(const struct loop_fs *f)
{
	uint32_t how = SHUTDOWN_NO_LOG_FLUSH;
	int fd = open(f->mount, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = fd >= 0 && ioctl(fd, FS_IOC_SHUTDOWN, &how) == 0;
	if (fd >= 0)
		close(fd);
	return good;
}

bool loop_trigger_error(const struct loop_fs *f)
{
	char path[120];
	snprintf(path, sizeof path, "/sys/fs/ext4/%s/trigger_fs_error", f->device + strlen("/dev/"));
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool good = fd >= 0 && write(fd, "fault", 5) == 5;
	if (fd >= 0)
		close(fd);
	return good;
}

static const char *const reasons[] = { NULL, "not root", "no mount name space of its own", "no mkfs or loop device",
	"it cannot be mounted" };

const char *loop_missing(const char *type, const char *dir)
{
	int status = 0;

	if (geteuid() != 0)
		return reasons[1];
	fflush(NULL);
	pid_t pid = fork();
	if (pid == 0) {
		struct loop_fs f;
		if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
			_exit(2);
		int result = !loop_make(&f, dir, type) ? 3 : !loop_mount(&f) ? 4 : 0;
		loop_finish(&f);
		_exit(result);
	}
	waitpid(pid, &status, 0);
	return WIFEXITED(status) && WEXITSTATUS(status) <= 4 ? reasons[WEXITSTATUS(status)] : "the try failed";
}
