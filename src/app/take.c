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
#include "model/filing.h"
#include "vision/inspector.h"

enum { INSPECT_MS = 15 * 1000 };

static const char *const format_names[] = {
	[FILE_OTHER] = "", [FILE_JPEG] = "JPEG", [FILE_PNG] = "PNG", [FILE_PDF] = "PDF", [FILE_HEIC] = "HEIC"
};

unsigned char *take_copy(int fd, size_t *ret_size, char *ret_why, size_t why_size)
{
	unsigned char *bytes = xcalloc(1, ATTACHMENT_SIZE_MAX + 1);
	size_t size = 0;
	bool whole = true;
	while (size <= ATTACHMENT_SIZE_MAX) {
		ssize_t n = read(fd, bytes + size, ATTACHMENT_SIZE_MAX + 1 - size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			whole = n == 0;
			break;
		}
		size += (size_t)n;
	}
	if (whole && size && size <= ATTACHMENT_SIZE_MAX) {
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

bool take_ask(struct app *app, enum inspect_what what, const unsigned char *bytes, size_t size, struct err *e)
{
	if (!app->inspector)
		app->inspector = inspector_create(&(struct inspector_options){ .program = app->config.inspector,
			.landmarks = inspector_landmarks(app->config.landmarks) });
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
