#include "vision/sandbox.h"

#include <errno.h>
#include <linux/landlock.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <seccomp.h>

/* A new way to be locked in is a row. */
static const struct {
	rlim_t memory;          /* bytes of address space */
	rlim_t cpu;             /* seconds */
	bool threads, programs; /* has threads; reads from programs and waits for them */
} PROFILES[SANDBOX_PROFILES] = {
	[SANDBOX_PICTURE] = { 600u << 20, 8, false, false },
	[SANDBOX_HEIC] = { 1000u << 20, 15, true, false },
	[SANDBOX_WORDS] = { 1000u << 20, 20, false, false },
	[SANDBOX_PDF] = { 1000u << 20, 20, false, true },
};

static bool limit(int what, rlim_t value)
{
	struct rlimit both = { .rlim_cur = value, .rlim_max = value };
	return setrlimit(what, &both) == 0;
}

static bool set_limits(enum sandbox_profile profile)
{
#ifndef SHADOW_MEMORY /* relaxed for the address sanitizer: it maps terabytes before main */
	if (!limit(RLIMIT_AS, PROFILES[profile].memory))
		return false;
#endif
	/* Threads count as processes; where they are allowed, seccomp alone refuses new processes. */
	return limit(RLIMIT_CPU, PROFILES[profile].cpu) && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_NOFILE, 0) &&
		limit(RLIMIT_CORE, 0) && (PROFILES[profile].threads || limit(RLIMIT_NPROC, 0));
}

int sandbox_landlock(void)
{
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	return abi > 0 ? (int)abi : 0;
}

/* The newest rights that this kernel knows, none of them granted. True as well where there is no Landlock at all. */
static bool no_files(void)
{
	/* Debian 12's header ends at version 2; the later bits are those of linux/landlock.h 6.12. */
	struct {
		uint64_t files, net, scoped;
	} rules = { .files = (1u << 13) - 1 };
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	if (abi < 1)
		return errno == ENOSYS || errno == EOPNOTSUPP;
	rules.files |= (abi >= 2 ? 1u << 13 : 0) | (abi >= 3 ? 1u << 14 : 0) | (abi >= 5 ? 1u << 15 : 0);
	rules.net = abi >= 4 ? 3 : 0;
	rules.scoped = abi >= 6 ? 3 : 0;
	size_t size = abi >= 6 ? sizeof rules : abi >= 4 ? offsetof(__typeof__(rules), scoped) : sizeof rules.files;
	int fd = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
	if (fd < 0)
		return false;
	bool good = syscall(SYS_landlock_restrict_self, fd, 0) == 0;
	close(fd);
	return good;
}

static bool allow(scmp_filter_ctx filter, const int *calls, size_t n)
{
	for (size_t k = 0; k < n; k++)
		if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[k], 0) != 0)
			return false;
	return true;
}

/* The first call that is not listed ends the process. */
static bool few_calls(enum sandbox_profile profile)
{
	static const int CALLS[] = { SCMP_SYS(write), SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(brk),
		SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(futex), SCMP_SYS(clock_gettime),
		SCMP_SYS(getrandom), SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask),
		SCMP_SYS(sysinfo) /* qsort of glibc asks how much memory there is */ };
	static const int THREADS[] = { SCMP_SYS(rt_sigaction), SCMP_SYS(set_robust_list), SCMP_SYS(rseq),
		SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity), SCMP_SYS(gettid) };
	static const int CHECKERS[] = { SCMP_SYS(sigaltstack), SCMP_SYS(sched_yield), SCMP_SYS(gettid),
		SCMP_SYS(getpid), SCMP_SYS(rt_sigaction), SCMP_SYS(prctl), SCMP_SYS(sched_getaffinity) };
	/* A thread shares everything with its process; a clone without these would be a process. */
	const uint64_t thread = CLONE_VM | CLONE_THREAD | CLONE_SIGHAND;
	static const int PROGRAMS[] = { SCMP_SYS(read), SCMP_SYS(close), SCMP_SYS(wait4) };
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	if (!filter)
		return false;
	bool good = allow(filter, CALLS, sizeof CALLS / sizeof *CALLS) &&
		seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
			SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS)) == 0 &&
		seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
			SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0;
	if (good && PROFILES[profile].programs)
		good = allow(filter, PROGRAMS, sizeof PROGRAMS / sizeof *PROGRAMS);
	if (good && PROFILES[profile].threads)
		good = allow(filter, THREADS, sizeof THREADS / sizeof *THREADS) &&
			/* clone3 hides its flags from the filter; glibc falls back to clone */
			seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0 &&
			seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
				SCMP_A0(SCMP_CMP_MASKED_EQ, thread, thread)) == 0;
#ifdef SHADOW_MEMORY /* relaxed for the address sanitizer: its threads, its alternative stack, its report */
	good = good && allow(filter, CHECKERS, sizeof CHECKERS / sizeof *CHECKERS);
#else
	(void)CHECKERS;
#endif
	good = good && seccomp_load(filter) == 0;
	seccomp_release(filter);
	return good;
}

static int by_number(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static bool close_others(int *keep, size_t n)
{
	unsigned from = 0;
	qsort(keep, n, sizeof *keep, by_number);
	for (size_t k = 0; k < n; k++) {
		unsigned kept = (unsigned)keep[k];
		if (kept > from && close_range(from, kept - 1, 0) != 0)
			return false;
		from = kept + 1;
	}
	return close_range(from, ~0u, 0) == 0;
}

bool sandbox_enter(enum sandbox_profile profile, int *keep, size_t n)
{
	return close_others(keep, n) && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
		prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && no_files() && set_limits(profile) && few_calls(profile);
}
