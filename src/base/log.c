#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"

enum { LINE_MAX_BYTES = 1024 };

static int file = -1;    /* -1: standard error */
static int nowhere = -1; /* /dev/null, opened when first asked for */

bool log_open(const char *path, struct err *e)
{
	int fd = -1;
	if (path) {
		fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0640);
		if (fd < 0)
			return err_set(e, ERR_CONFIG, "log file %s: %s; make the folder writable or change `log:`",
				path, strerror(errno));
	}
	log_close();
	file = fd;
	return true;
}

void log_close(void)
{
	if (file >= 0)
		close(file);
	file = -1;
}

int log_fd(void)
{
	if (file >= 0)
		return file;
	if (nowhere < 0)
		nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
	return nowhere;
}

static void write_line(const char *level, const char *event, const char *format, va_list args)
{
	char line[LINE_MAX_BYTES], when[26];

	clock_time_text(clock_now(), when);
	int used = snprintf(line, sizeof line, "%s %s %s ", when, level, event);
	if (used < 0 || (size_t)used >= sizeof line)
		used = (int)sizeof line - 1;
	int more = vsnprintf(line + used, sizeof line - (size_t)used, format, args);
	size_t len = strnlen(line, sizeof line - 1);
	if (more <= 0 && len > 0)
		len--; /* the blank after the event */
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)line[i] < 0x20 || line[i] == 0x7F)
			line[i] = ' '; /* an event is one line, whatever it quotes */
	line[len++] = '\n';
	/* one write: two kiosks may share a file; a full disk must not stop the journey */
	ssize_t written = write(file >= 0 ? file : STDERR_FILENO, line, len);
	(void)written;
}

void log_info(const char *event, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	write_line("info", event, format, args);
	va_end(args);
}

void log_warn(const char *event, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	write_line("warn", event, format, args);
	va_end(args);
}
