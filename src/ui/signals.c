#include "ui/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"

static int ends[2] = { -1, -1 };

static void handle(int number)
{
	int saved = errno;
	char byte = (char)number;
	ssize_t n = write(ends[1], &byte, 1); /* a full pipe already says enough */
	(void)n;
	errno = saved;
}

bool signals_begin(struct err *e)
{
	static const int ignored[] = { SIGINT, SIGQUIT, SIGTSTP, SIGTTIN, SIGTTOU, SIGPIPE };
	static const int handled[] = { SIGTERM, SIGHUP, SIGWINCH };
	if (ends[0] < 0 && pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
		return err_set(e, ERR_BUG, "signals: no pipe: %s", strerror(errno));
	struct sigaction action = { .sa_handler = handle, .sa_flags = SA_RESTART };
	for (size_t i = 0; i < sizeof handled / sizeof *handled; i++)
		sigaction(handled[i], &action, NULL);
	action.sa_handler = SIG_IGN;
	for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
		sigaction(ignored[i], &action, NULL);
	return true;
}

void signals_end(void)
{
	static const int all[] = { SIGTERM, SIGHUP, SIGWINCH };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		signal(all[i], SIG_IGN);
}

int signals_fd(void)
{
	return ends[0];
}

enum action signals_take(void)
{
	char byte;
	enum action result = ACTION_NONE;
	while (read(ends[0], &byte, 1) == 1) {
		if (byte == SIGTERM || byte == SIGHUP)
			return ACTION_STOP;
		result = ACTION_REDRAW;
	}
	return result;
}
