#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <seccomp.h>

#include "vision/sandbox.h"

enum { PROGRAM_MEMORY_MB = 600, PROGRAM_SECONDS = 4, PROGRAM_FILES = 40 };

static bool limit(int what, rlim_t value)
{
	struct rlimit both = { .rlim_cur = value, .rlim_max = value };
	return setrlimit(what, &both) == 0;
}

static void allow_below(int rules, const char *path, uint64_t access)
{
	struct landlock_path_beneath_attr rule = { .allowed_access = access,
		.parent_fd = open(path, O_PATH | O_CLOEXEC) };
	if (rule.parent_fd < 0)
		return; /* not on this machine, so nothing to allow */
	syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	close(rule.parent_fd);
}

/* Programs, libraries, fonts and character maps may be read, the program and the loader may be run; nothing else exists. */
static bool only_reading(const char *program)
{
	static const char *const READ[] = { "/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/fonts", "/etc/poppler",
		"/var/cache/fontconfig", "/dev/null" };
	/* amd64, arm64, armhf, i386: the kernel runs it to run the program */
	static const char *const LOADER[] = { "/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1",
		"/lib/ld-linux-armhf.so.3", "/lib/ld-linux.so.2" };
	struct {
		uint64_t files, net;
	} rules = { .files = (1u << 13) - 1 };
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	if (abi < 1)
		return errno == ENOSYS || errno == EOPNOTSUPP;
	rules.files |= (abi >= 2 ? 1u << 13 : 0) | (abi >= 3 ? 1u << 14 : 0) | (abi >= 5 ? 1u << 15 : 0);
	rules.net = 3;
	int fd = (int)syscall(SYS_landlock_create_ruleset, &rules, abi >= 4 ? sizeof rules : sizeof rules.files, 0);
	if (fd < 0)
		return false;
	for (size_t k = 0; k < sizeof READ / sizeof *READ; k++)
		allow_below(fd, READ[k], LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR);
	/* A rule for something that is no folder may not speak of folders. */
	allow_below(fd, "/etc/ld.so.cache", LANDLOCK_ACCESS_FS_READ_FILE);
	allow_below(fd, "/dev/null", LANDLOCK_ACCESS_FS_READ_FILE);
	allow_below(fd, program, LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE);
	for (size_t k = 0; k < sizeof LOADER / sizeof *LOADER; k++)
		allow_below(fd, LOADER[k], LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE);
	bool good = syscall(SYS_landlock_restrict_self, fd, 0) == 0;
	close(fd);
	return good;
}

/* What a program needs to start, read and write. Anything else fails: no process, socket, signal or trace, nothing written. */
static bool few_calls(void)
{
	static const int CALLS[] = { SCMP_SYS(execve), SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap),
		SCMP_SYS(madvise), SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(open),
		SCMP_SYS(openat), SCMP_SYS(close), SCMP_SYS(read), SCMP_SYS(pread64), SCMP_SYS(readv), SCMP_SYS(write),
		SCMP_SYS(writev), SCMP_SYS(lseek), SCMP_SYS(fstat), SCMP_SYS(stat), SCMP_SYS(lstat),
		SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(statfs), SCMP_SYS(fstatfs), SCMP_SYS(getdents64),
		SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(getcwd), SCMP_SYS(fcntl), SCMP_SYS(fadvise64),
		SCMP_SYS(arch_prctl), SCMP_SYS(set_tid_address), SCMP_SYS(set_robust_list), SCMP_SYS(rseq),
		SCMP_SYS(getrandom), SCMP_SYS(futex), SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(rt_sigaction),
		SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack), SCMP_SYS(clock_gettime),
		SCMP_SYS(clock_getres), SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(times), SCMP_SYS(sysinfo),
		SCMP_SYS(uname), SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getuid), SCMP_SYS(geteuid),
		SCMP_SYS(getgid), SCMP_SYS(getegid), SCMP_SYS(sched_getaffinity), SCMP_SYS(sched_yield),
		SCMP_SYS(getrusage), SCMP_SYS(dup), SCMP_SYS(dup2), SCMP_SYS(umask) };
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	bool good = filter != NULL;
	for (size_t k = 0; good && k < sizeof CALLS / sizeof *CALLS; k++)
		good = seccomp_rule_add(filter, SCMP_ACT_ALLOW, CALLS[k], 0) == 0;
	/* Code comes from files alone, limits are only asked for. */
	good = good &&
		seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
			SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 &&
		seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
			SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, 0)) == 0 &&
		seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
			SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 &&
		seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1,
			SCMP_A2(SCMP_CMP_MASKED_EQ, UINT64_MAX, 0)) == 0 &&
		seccomp_load(filter) == 0;
	if (filter)
		seccomp_release(filter);
	return good;
}

bool sandbox_program(const char *program)
{
	bool good = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && only_reading(program);
#ifndef SHADOW_MEMORY /* relaxed for the address sanitizer: it maps terabytes, and has to live until the program starts */
	good = good && limit(RLIMIT_AS, (rlim_t)PROGRAM_MEMORY_MB << 20);
#endif
	return good && limit(RLIMIT_CPU, PROGRAM_SECONDS) && limit(RLIMIT_FSIZE, 0) &&
		limit(RLIMIT_NOFILE, PROGRAM_FILES) && limit(RLIMIT_CORE, 0) && limit(RLIMIT_NPROC, 0) && few_calls();
}
