#include "app/take.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "app/app.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "model/answers.h"
#include "model/filing.h"
#include "vision/inspector.h"
#include "vision/material.h"

enum { INSPECT_MS = 15 * 1000, COMPLAINTS_MAX = 3 };

static const char *const format_names[] = {
	[FILE_OTHER] = "", [FILE_JPEG] = "JPEG", [FILE_PNG] = "PNG", [FILE_PDF] = "PDF", [FILE_HEIC] = "HEIC"
};

unsigned char *take_copy(int fd, size_t *ret_size, char *ret_why, size_t why_size)
{
	unsigned char *bytes = xcalloc(1, ATTACHMENT_SIZE_MAX + 1);
	size_t size = 0;
	while (size <= ATTACHMENT_SIZE_MAX) {
		ssize_t n = read(fd, bytes + size, ATTACHMENT_SIZE_MAX + 1 - size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			size = n < 0 ? 0 : size;
			break;
		}
		size += (size_t)n;
	}
	if (size && size <= ATTACHMENT_SIZE_MAX) {
		*ret_size = size;
		return bytes;
	}
	explicit_bzero(bytes, size);
	free(bytes);
	snprintf(ret_why, why_size, tr("读不出这个文件，或文件超过 %d MB。请检查U盘，或换一个文件。"),
		ATTACHMENT_SIZE_MAX / 1024 / 1024);
	return NULL;
}

static bool write_all(int fd, const unsigned char *bytes, size_t size)
{
	for (size_t done = 0; done < size;) {
		ssize_t n = write(fd, bytes + done, size - done);
		if (n < 0 && errno != EINTR)
			return false;
		done += n > 0 ? (size_t)n : 0;
	}
	return true;
}

/* Of whom and of which home a material is: names of answers. */
static const struct about {
	const char *code, *name, *id_number, *address;
	enum inspect_what what;
} ABOUT[] = {
	{ "id-card", "name", "id_number", "household_address", INSPECT_CARD },
	{ "agent-id", "agent_name", "agent_id_number", "", INSPECT_CARD },
	{ "property", "name", "id_number", "address.text", INSPECT_PAPER },
	{ "lease-filing", "name", "id_number", "address.text", INSPECT_PAPER },
	{ "lease-contract", "name", "id_number", "address.text", INSPECT_PAPER },
	{ "kin-property", "kin_name", "", "address.text", INSPECT_PAPER },
	{ "kin-lease-filing", "kin_name", "", "address.text", INSPECT_PAPER },
	{ "kin-lease-contract", "kin_name", "", "address.text", INSPECT_PAPER },
};

static const struct about *about(const char *code)
{
	for (size_t k = 0; k < sizeof ABOUT / sizeof *ABOUT; k++)
		if (str_eq(ABOUT[k].code, code))
			return &ABOUT[k];
	return NULL;
}

static enum inspect_what what_for(const char *name)
{
	const struct about *a = about(name);
	return a ? a->what : material_known(name) ? INSPECT_PAPER : INSPECT_MATERIAL;
}

static void compare(struct app *app, const char *name, const struct inspection *i)
{
	const struct answers *answers = app->filing.answers;
	const struct about *a = about(name);
	struct material_expected e = { .code = name, .today = app->facts.today };
	if (a) {
		e.name = answers_text(answers, a->name);
		e.id_number = answers_text(answers, a->id_number);
		e.address = answers_text(answers, a->address);
	}
	app->n_findings = material_findings(i->reading, &e, app->findings, FINDINGS_MAX);
}

size_t take_findings(struct app *app, struct finding_view out[static FINDINGS_MAX])
{
	size_t n = app->n_findings;
	for (size_t k = 0; k < n; k++) {
		const struct material_finding *f = &app->findings[k];
		out[k] = (struct finding_view){ .field = material_field_name(f->field),
			.doubt = f->verdict == MATERIAL_DIFFERS || f->verdict == MATERIAL_UNREAD };
		str_copy(out[k].typed, sizeof out[k].typed, f->typed);
		str_copy(out[k].read, sizeof out[k].read, f->read);
		str_copy(out[k].text, sizeof out[k].text, f->text);
	}
	explicit_bzero(app->findings, sizeof app->findings);
	app->n_findings = 0;
	return n;
}

bool take_ask(struct app *app, enum inspect_what what, const unsigned char *bytes, size_t size, struct err *e)
{
	if (!app->inspector)
		app->inspector = inspector_create(&(struct inspector_options){ .program = app->config.inspector });
	int copy = memfd_create("attachment", MFD_CLOEXEC);
	bool good = copy >= 0 && write_all(copy, bytes, size);
	if (good)
		good = inspector_ask(app->inspector, what, copy, INSPECT_MS, e);
	else
		err_set(e, ERR_BUG, "%s", tr("现在不能检查文件，请选“到窗口”，或告诉工作人员。"));
	if (copy >= 0)
		close(copy);
	return good;
}

void take_about(const struct inspection *i, size_t size, char *out, size_t out_size)
{
	size_t kib = (size + 1023) / 1024;
	if (i->width)
		snprintf(out, out_size, "%s %ux%u, %zu KB", format_names[i->format], i->width, i->height, kib);
	else
		snprintf(out, out_size, "%s, %zu KB", format_names[i->format], kib);
}

static bool acceptable(const struct inspection *i, size_t size, char *ret_why, size_t why_size)
{
	char *complaints[COMPLAINTS_MAX];
	struct str s;
	size_t n = material_complaints(i, size, complaints, COMPLAINTS_MAX);
	str_init(&s, why_size - 1);
	for (size_t c = 0; c < n; c++) {
		str_addf(&s, "%s%s", c ? "\n" : "", complaints[c]);
		free(complaints[c]);
	}
	if (n)
		str_copy(ret_why, why_size, s.text);
	str_finish(&s);
	return n == 0;
}

bool take_material(struct app *app, int fd, const char *name, char *ret_about, size_t about_size, char *ret_why,
	size_t why_size)
{
	struct err e = { 0 };
	struct inspection i = { 0 };
	size_t size = 0;
	bool taken = false;
	unsigned char *bytes = take_copy(fd, &size, ret_why, why_size);
	if (!bytes)
		return false;
	app->n_findings = 0;
	if (!take_ask(app, what_for(name), bytes, size, &e) || !inspector_wait(app->inspector, &i, &e)) {
		log_warn("inspect", "name=%s failed=%d", name, e.code);
		str_copy(ret_why, why_size, e.text);
	} else if (acceptable(&i, size, ret_why, why_size)) {
		taken = filing_attach(&app->filing, name, inspection_mime(&i), bytes, size);
		if (taken)
			compare(app, name, &i);
		if (!taken)
			str_copy(ret_why, why_size, tr("文件太多或太大，放不下了。请选“到窗口出示原件”。"));
		take_about(&i, size, ret_about, about_size);
	}
	inspection_finish(&i);
	explicit_bzero(bytes, size);
	free(bytes);
	return taken;
}
