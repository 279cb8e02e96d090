#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/child.h"
#include "base/config.h"
#include "base/err.h"
#include "cli/cli.h"
#include "cli/doctor_checks.h"
#include "device/printer.h"
#include "vision/inspect.h"

enum doctor_verdict doctor_printer(const struct cli *cli, struct doctor_note *note)
{
	struct err e = { 0 };
	const struct config *c = cli->config;
	if (strcmp(c->printer, "none") == 0)
		return doctor_say(note, DOCTOR_SKIP,
			"none is configured; receipts are shown on the screen only (set `printer: file`)");
	if (!printer_ready(c->printer, c->printer_dir, &e))
		return doctor_say(note, DOCTOR_FAIL, "%s", e.text);
	/* The codes on receipts open the cases: on paper only their owner has them. */
	return doctor_say(note, DOCTOR_PASS,
		"%s, %s; files of receipts hold the codes that open the cases: for trying out, not for a public kiosk",
		c->printer, c->printer_dir);
}

/* Has the inspector judge a small PDF from memory. */
static bool inspector_answers(const char *program, struct err *e)
{
	static const char SAMPLE[] = "%PDF-1.4\n%%EOF\n";
	struct inspection found = { .format = FILE_OTHER };
	int fd = memfd_create("sample", MFD_CLOEXEC);
	if (fd < 0)
		return false;
	bool good = write(fd, SAMPLE, sizeof SAMPLE - 1) == (ssize_t)sizeof SAMPLE - 1 &&
		inspect_run(program, INSPECT_MATERIAL, fd, 5, &found, e) && found.format == FILE_PDF && found.whole;
	inspection_finish(&found);
	close(fd);
	return good;
}

enum doctor_verdict doctor_inspector(const struct cli *cli, struct doctor_note *note)
{
	struct err e = { 0 };
	char path[PATH_MAX];
	if (!child_find(cli->config->inspector, path, sizeof path, &e))
		return doctor_say(note, DOCTOR_FAIL,
			"%s; install juzhu-inspect or set `inspector`: without it no file can be given", e.text);
	if (!inspector_answers(path, &e))
		return doctor_say(note, DOCTOR_FAIL, "%s does not answer; install it again", path);
	return doctor_say(note, DOCTOR_PASS, "%s answers", path);
}

enum doctor_verdict doctor_verifier(const struct cli *cli, struct doctor_note *note)
{
	struct err e = { 0 };
	char path[PATH_MAX];
	const struct config *c = cli->config;
	switch (c->verify) {
	case VERIFY_COUNTER:
		return doctor_say(note, DOCTOR_PASS, "counter: staff type their code (`juzhu staff add` makes one)");
	case VERIFY_OFF:
		if (c->demo)
			return doctor_say(note, DOCTOR_PASS,
				"off, in demonstration mode: nobody is verified and every screen says so");
		return doctor_say(note, DOCTOR_FAIL,
			"off is for demonstration mode only; set `verify: counter` or `verify: program`");
	case VERIFY_PROGRAM:
		break;
	}
	if (!c->verify_program || c->verify_program[0] != '/')
		return doctor_say(note, DOCTOR_FAIL, "`verify_program` must be an absolute path");
	if (!child_find(c->verify_program, path, sizeof path, &e))
		return doctor_say(note, DOCTOR_FAIL, "%s; install the verifier or set `verify: counter`", e.text);
	return doctor_say(note, DOCTOR_PASS, "program %s can be run, at most %u seconds each", path, c->verify_timeout);
}
