/* drive SCRIPT...: plays terminal scripts; exits with 0 when all went as written, 1 otherwise. */
#include <ftw.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "script.h"

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

/*
 * Every size gets a process and an empty $TMP of its own: what a script sets with `env` ends with it, and the programs under
 * test keep their database, receipts and files there.
 */
static bool run_in_folder(const char *script, int cols, int rows)
{
	const char *base = getenv("TMPDIR");
	char folder[4096];
	snprintf(folder, sizeof folder, "%s/drive-XXXXXX", base ? base : "/tmp");
	if (!mkdtemp(folder)) {
		perror(folder);
		return false;
	}
	fflush(stdout);
	pid_t pid = fork();
	if (pid == 0) {
		setenv("TMP", folder, 1);
		exit(script_run(script, cols, rows) ? 0 : 1);
	}
	int status = 1;
	if (pid > 0)
		waitpid(pid, &status, 0);
	nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	return status == 0;
}

int main(int argc, char **argv)
{
	setlocale(LC_ALL, "C.UTF-8"); /* regular expressions work on characters */
	int bad = argc < 2;
	for (int i = 1; i < argc; i++) {
		int cols[8], rows[8];
		int n = script_sizes(argv[i], 8, cols, rows);
		for (int s = 0; s < n; s++)
			if (!run_in_folder(argv[i], cols[s], rows[s]))
				bad = 1;
		if (!n)
			bad = 1;
	}
	if (argc < 2)
		fputs("usage: drive SCRIPT...\n", stderr);
	return bad;
}
