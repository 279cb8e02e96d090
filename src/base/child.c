#include "base/child.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/err.h"

bool child_find(const char *program, char *out, size_t size, struct err *e)
{
	if (!program || !*program)
		return err_set(e, ERR_DEVICE, "no program is configured");
	char path[PATH_MAX];
	if (program[0] == '/') {
		snprintf(path, sizeof path, "%s", program);
	} else if (!strchr(program, '/')) {
		char own[PATH_MAX];
		ssize_t n = readlink("/proc/self/exe", own, sizeof own - 1);
		if (n <= 0)
			return err_set(e, ERR_DEVICE, "cannot read /proc/self/exe: %s", strerror(errno));
		own[n] = 0;
		char *slash = strrchr(own, '/');
		if (slash)
			*slash = 0;
		if ((size_t)snprintf(path, sizeof path, "%s/%s", own, program) >= sizeof path)
			return err_set(e, ERR_DEVICE, "%s: the path is too long", program);
	} else {
		return err_set(e, ERR_DEVICE, "%s: give an absolute path or a plain name", program);
	}
	if (access(path, X_OK) != 0)
		return err_set(e, ERR_DEVICE, "%s: %s", path, strerror(errno));
	if (strlen(path) >= size)
		return err_set(e, ERR_DEVICE, "%s: the path is too long", program);
	snprintf(out, size, "%s", path);
	return true;
}

/* The order of the duplications in the child must not overwrite a descriptor that is still needed: keep both above 2.
 */
static int above_standard(int fd)
{
	return fcntl(fd, F_DUPFD_CLOEXEC, 3);
}

static int spawn(pid_t *ret_pid, char *const argv[], int in_fd, int out_fd)
{
	/* One thread each: read by OpenMP when a program starts, and the inspector's children may not start threads. */
	static char path[] = "PATH=/usr/bin:/bin", lang[] = "LANG=C.UTF-8", threads[] = "OMP_THREAD_LIMIT=1";
	char *env[] = { path, lang, threads, NULL };
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t none, all;
	sigemptyset(&none);
	sigfillset(&all);

	int error = posix_spawn_file_actions_init(&files);
	if (error)
		return error;
	error = posix_spawnattr_init(&attr);
	if (error) {
		posix_spawn_file_actions_destroy(&files);
		return error;
	}
	if ((error = posix_spawn_file_actions_adddup2(&files, in_fd, 0)) == 0 &&
		(error = posix_spawn_file_actions_adddup2(&files, out_fd, 1)) == 0 &&
		(error = posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0)) == 0 &&
		(error = posix_spawn_file_actions_addclosefrom_np(&files, 3)) == 0 &&
		(error = posix_spawn_file_actions_addchdir_np(&files, "/")) == 0 &&
		(error = posix_spawnattr_setsigmask(&attr, &none)) == 0 &&
		(error = posix_spawnattr_setsigdefault(&attr, &all)) == 0 &&
		(error = posix_spawnattr_setflags(&attr,
			 POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF)) == 0)
		error = posix_spawn(ret_pid, argv[0], &files, &attr, argv, env);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&files);
	return error;
}

bool child_start(struct child *ret, char *const argv[], int in_fd, struct err *e)
{
	int ends[2] = { -1, -1 }, in = -1, out = -1;
	pid_t pid = 0;
	bool ok = false;

	if (pipe2(ends, O_CLOEXEC) != 0) {
		err_set(e, ERR_DEVICE, "no pipe for %s: %s", argv[0], strerror(errno));
		return false;
	}
	in = above_standard(in_fd);
	out = above_standard(ends[1]);
	if (in < 0 || out < 0 || fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0) {
		err_set(e, ERR_DEVICE, "no descriptor for %s: %s", argv[0], strerror(errno));
		goto done;
	}
	int error = spawn(&pid, argv, in, out);
	if (error) {
		err_set(e, ERR_DEVICE, "cannot run %s: %s", argv[0], strerror(error));
		goto done;
	}
	*ret = (struct child){ .pid = pid, .out = ends[0] };
	ends[0] = -1;
	ok = true;
done:
	if (in >= 0)
		close(in);
	if (out >= 0)
		close(out);
	if (ends[0] >= 0)
		close(ends[0]);
	close(ends[1]);
	return ok;
}

int child_read(struct child *c, char *to, size_t size, size_t *ret_n)
{
	*ret_n = 0;
	if (c->out < 0)
		return 0;
	while (*ret_n < size) {
		ssize_t n = read(c->out, to + *ret_n, size - *ret_n);
		if (n > 0)
			*ret_n += (size_t)n;
		else if (n == 0)
			return 0;
		else if (errno == EAGAIN)
			return 1;
		else if (errno != EINTR)
			return -1;
	}
	return 1;
}

static int take_status(struct child *c, int options, int *ret_status)
{
	int status = 0;
	pid_t got;
	do
		got = waitpid(c->pid, &status, options);
	while (got < 0 && errno == EINTR);
	if (got == 0)
		return 0;
	*ret_status = got > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	return 1;
}

int child_end(struct child *c)
{
	int status = -1;
	if (c->out >= 0)
		close(c->out);
	c->out = -1;
	if (c->pid > 0) {
		/* The group first, while the leader (not yet waited for) keeps the number from being used again. */
		kill(-c->pid, SIGKILL);
		take_status(c, 0, &status);
	}
	c->pid = 0;
	return status;
}
