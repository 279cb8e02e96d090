#include "vision/pdf_tools.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "vision/material.h"
#include "vision/sandbox.h"

enum { STATUS_NOT_THERE = 127, STATUS_NOT_LOCKED = 126, PAGE_HEADER = 32 };

/* Replaces this process. `go`: what to wait for, -1: nothing. Reads `file`, writes `out`. */
static _Noreturn void become(char *const argv[], int file, int out, int go, pid_t parent)
{
	char byte;
	static char *const environment[] = { "LANG=C.UTF-8", NULL };
	int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 || getppid() != parent || nothing < 0)
		_exit(STATUS_NOT_LOCKED);
	int kept[] = { fcntl(file, F_DUPFD, 10), fcntl(out, F_DUPFD, 10), fcntl(nothing, F_DUPFD, 10),
		go >= 0 ? fcntl(go, F_DUPFD, 10) : -1 };
	for (int k = 0; k < 3; k++)
		if (kept[k] < 0 || dup2(kept[k], k) != k)
			_exit(STATUS_NOT_LOCKED);
	if (go >= 0 && (kept[3] < 0 || dup2(kept[3], 3) != 3))
		_exit(STATUS_NOT_LOCKED);
	if (close_range(go >= 0 ? 4 : 3, ~0u, 0) != 0)
		_exit(STATUS_NOT_LOCKED);
	if (go >= 0 && read(3, &byte, 1) != 1)
		_exit(0);
	close_range(3, ~0u, 0);
	if (lseek(0, 0, SEEK_SET) != 0 || !sandbox_program(argv[0]))
		_exit(STATUS_NOT_LOCKED);
	execve(argv[0], argv, environment);
	_exit(STATUS_NOT_THERE);
}

/* Both read from the same open file, one after the other: the second starts when the first has ended. */
bool pdf_tools_start(struct pdf_tools *t, int file)
{
	char pages[12], side[12], drawn[12];
	snprintf(pages, sizeof pages, "%d", READING_PAGES_MAX + 1);
	snprintf(side, sizeof side, "%d", PDF_PAGE_SIDE);
	snprintf(drawn, sizeof drawn, "%d", PDF_PAGES);
	char *const text_argv[] = { "/usr/bin/pdftotext", "-q", "-layout", "-enc", "UTF-8", "-l", pages, "-", "-",
		NULL };
	char *const page_argv[] = { "/usr/bin/pdftoppm", "-q", "-gray", "-scale-to", side, "-f", "1", "-l", drawn, "-",
		NULL };
	int text[2] = { -1, -1 }, page[2] = { -1, -1 }, go[2] = { -1, -1 };
	pid_t own = getpid();
	*t = (struct pdf_tools){ 0, 0, -1, -1, -1 };
	if (pipe2(text, O_CLOEXEC) != 0 || pipe2(page, O_CLOEXEC) != 0 || pipe2(go, O_CLOEXEC) != 0)
		return false; /* the caller ends: nothing is closed */
	t->text_pid = fork();
	if (t->text_pid == 0)
		become(text_argv, file, text[1], -1, own);
	t->page_pid = fork();
	if (t->page_pid == 0)
		become(page_argv, file, page[1], go[0], own);
	close(text[1]);
	close(page[1]);
	close(go[0]);
	t->text = text[0];
	t->page = page[0];
	t->go = go[1];
	return t->text_pid > 0 && t->page_pid > 0;
}

/* Until the end or until `size` is full. */
static size_t read_all(int fd, void *out, size_t size)
{
	size_t n = 0;
	while (n < size) {
		ssize_t got = read(fd, (char *)out + n, size - n);
		if (got == 0 || (got < 0 && errno != EINTR))
			break;
		n += got > 0 ? (size_t)got : 0;
	}
	return n;
}

int pdf_tools_text(struct pdf_tools *t, char *out, size_t size, size_t *ret_n)
{
	int status = 0;
	*ret_n = read_all(t->text, out, size);
	close(t->text); /* one that has more to say ends now */
	t->text = -1;
	while (waitpid(t->text_pid, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Takes "P5\nWIDTH HEIGHT\n255\n" out of the pipe, as pdftoppm writes it, and nothing after it. False: something else, or the end. */
static bool take_header(int fd, unsigned *ret_width, unsigned *ret_height)
{
	char bytes[PAGE_HEADER + 1] = "";
	int used = 0, lines = 0;
	for (size_t n = 0; n < PAGE_HEADER && lines < 3; n++) {
		if (read_all(fd, bytes + n, 1) != 1)
			return false;
		lines += bytes[n] == '\n';
	}
	return lines == 3 && sscanf(bytes, "P5 %5u %5u 255%n", ret_width, ret_height, &used) == 2 && used > 0 &&
		bytes[used] == '\n' && *ret_width && *ret_height && *ret_width <= PDF_PAGE_SIDE + 1 &&
		*ret_height <= PDF_PAGE_SIDE + 1;
}

unsigned char *pdf_tools_page(struct pdf_tools *t, unsigned *ret_width, unsigned *ret_height)
{
	if (t->go >= 0 && write(t->go, "g", 1) != 1)
		return NULL;
	t->go = -1; /* the pipe itself stays open until this process ends */
	if (!take_header(t->page, ret_width, ret_height))
		return NULL;
	size_t size = (size_t)*ret_width * *ret_height;
	unsigned char *grey = malloc(size);
	if (grey && read_all(t->page, grey, size) == size)
		return grey;
	free(grey);
	return NULL;
}
