#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/child.h"
#include "base/config.h"
#include "base/err.h"
#include "cli/cli.h"
#include "cli/doctor_checks.h"
#include "vision/inspector.h"

enum { SILENT_MS = 20 * 1000, ANSWER_MAX = 200 };

struct abilities {
	int words, landmarks, landlock, locked;
};

/* Asks the inspector itself (vision/abilities.h): it is the program that has to be able to. */
static bool ask(const struct cli *cli, struct abilities *ret)
{
	static char abilities[] = "--abilities";
	char path[PATH_MAX], model[PATH_MAX] = "", text[ANSWER_MAX + 1];
	const char *landmarks = inspector_landmarks(cli->config->landmarks);
	size_t n = 0, got = 0;
	struct child child = { .out = -1 };
	int more = 1, in = open("/dev/null", O_RDONLY | O_CLOEXEC);
	snprintf(model, sizeof model, "%s", landmarks ? landmarks : "");
	char *argv[] = { path, abilities, landmarks ? model : NULL, NULL };
	bool started = in >= 0 && child_find(cli->config->inspector, path, sizeof path, NULL) &&
		child_start(&child, argv, in, NULL);
	while (started && more == 1 && n < ANSWER_MAX) {
		struct pollfd wait = { .fd = child.out, .events = POLLIN };
		if (poll(&wait, 1, SILENT_MS) <= 0)
			break;
		more = child_read(&child, text + n, ANSWER_MAX - n, &got);
		n += got;
	}
	if (started)
		child_end(&child);
	if (in >= 0)
		close(in);
	text[n] = '\0';
	return started && more == 0 &&
		sscanf(text, "words %d landmarks %d landlock %d locked %d", &ret->words, &ret->landmarks,
			&ret->landlock, &ret->locked) == 4;
}

static enum doctor_verdict silent(struct doctor_note *note)
{
	return doctor_say(note, DOCTOR_FAIL, "the inspector does not tell; install it again");
}

enum doctor_verdict doctor_words(const struct cli *cli, struct doctor_note *note)
{
	struct abilities a;
	if (!ask(cli, &a))
		return silent(note);
	if (!a.words)
		return doctor_say(note, DOCTOR_FAIL,
			"tesseract's Chinese model is missing; install tesseract-ocr-chi-sim: without it no photographed or "
			"scanned material is checked, each is left to the counter (PDFs with text are read)");
	return doctor_say(note, DOCTOR_PASS, "tesseract's Chinese model (chi_sim) is there");
}

enum doctor_verdict doctor_landmarks(const struct cli *cli, struct doctor_note *note)
{
	struct abilities a;
	const char *model = inspector_landmarks(cli->config->landmarks);
	if (!model && strcmp(cli->config->landmarks, "auto") == 0)
		return doctor_say(note, DOCTOR_SKIP,
			"not installed, which is optional: the photo check works without it (package libdlib-data)");
	if (!model)
		return doctor_say(note, DOCTOR_SKIP, "none, as the setting says: the photo check works without it");
	if (!ask(cli, &a))
		return silent(note);
	if (!a.landmarks)
		return doctor_say(note, DOCTOR_FAIL,
			"%s is no 68-point model, so it is not used; set `landmarks: auto` or install libdlib-data",
			model);
	return doctor_say(note, DOCTOR_PASS, "%s is used by the photo check", model);
}

enum doctor_verdict doctor_sandbox(const struct cli *cli, struct doctor_note *note)
{
	struct abilities a;
	if (!ask(cli, &a))
		return silent(note);
	if (!a.locked)
		return doctor_say(note, DOCTOR_FAIL,
			"a child could not lock itself in (seccomp, limits), so no file is looked at; run a kernel with "
			"CONFIG_SECCOMP_FILTER, and do not forbid it in the service's unit");
	if (a.landlock < 1)
		return doctor_say(note, DOCTOR_PASS,
			"seccomp and limits; no Landlock in this kernel (5.13 and later, lsm=landlock), so one wall less");
	return doctor_say(note, DOCTOR_PASS, "seccomp, limits and Landlock version %d", a.landlock);
}
