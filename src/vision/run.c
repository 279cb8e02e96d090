#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/child.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/log.h"
#include "vision/answer.h"
#include "vision/decode.h"
#include "vision/inspect.h"

/* One number of the answer: digits only, at most `max`. */
static bool read_number(const char **at, const char *key, unsigned max, unsigned *ret)
{
	size_t n = strlen(key);
	if (strncmp(*at, key, n) != 0)
		return false;
	const char *p = *at + n;
	unsigned value = 0, digits = 0;
	for (; *p >= '0' && *p <= '9'; p++) {
		if (++digits > 9)
			return false;
		value = value * 10 + (unsigned)(*p - '0');
	}
	if (digits == 0 || value > max)
		return false;
	*at = p;
	*ret = value;
	return true;
}

bool inspect_read_answer(const char *text, size_t n, struct inspection *ret)
{
	static const struct {
		enum file_format format;
		const char *words;
	} FORMATS[] = { { FILE_OTHER, "format=other" }, { FILE_JPEG, "format=jpeg" }, { FILE_PNG, "format=png" },
		{ FILE_PDF, "format=pdf" } };
	char line[INSPECT_ANSWER_MAX + 1];
	if (n == 0 || n > INSPECT_ANSWER_MAX || memchr(text, 0, n))
		return false;
	memcpy(line, text, n);
	line[n] = 0;

	struct inspection i = { .format = FILE_OTHER };
	const char *at = NULL;
	for (size_t k = 0; k < sizeof FORMATS / sizeof *FORMATS && !at; k++) {
		size_t len = strlen(FORMATS[k].words);
		if (strncmp(line, FORMATS[k].words, len) == 0) {
			i.format = FORMATS[k].format;
			at = line + len;
		}
	}
	/* A refused bomb is reported with the size its header claims: up to the 31 bits that JPEG and PNG allow, nine
	 * digits here. */
	unsigned colour = 0, whole = 0;
	if (!at || !read_number(&at, " width=", 999999999, &i.width) ||
		!read_number(&at, " height=", 999999999, &i.height) || !read_number(&at, " colour=", 1, &colour) ||
		!read_number(&at, " whole=", 1, &whole) || strcmp(at, "\n") != 0)
		return false;
	i.colour = colour == 1;
	i.whole = whole == 1;
	bool picture = i.format == FILE_JPEG || i.format == FILE_PNG;
	if (!picture && (i.width || i.height || i.colour))
		return false;
	if (i.whole &&
		(i.format == FILE_OTHER ||
			(picture &&
				(!i.width || !i.height || i.width > DECODE_SIDE_MAX || i.height > DECODE_SIDE_MAX))))
		return false;
	*ret = i;
	return true;
}

/* Collects the answer until the child is done. False: time is over, too much text, or the pipe broke. */
static bool collect(struct child *child, int64_t end, char *answer, size_t *ret_n)
{
	for (;;) {
		size_t got = 0;
		int more = child_read(child, answer + *ret_n, INSPECT_ANSWER_MAX + 1 - *ret_n, &got);
		*ret_n += got;
		if (more <= 0)
			return more == 0;
		int64_t left = end - clock_monotonic_ms();
		if (left <= 0 || *ret_n > INSPECT_ANSWER_MAX)
			return false;
		struct pollfd wait = { .fd = child->out, .events = POLLIN };
		poll(&wait, 1, left > 1000 ? 1000 : (int)left);
	}
}

bool inspect_run(const char *program, int fd, unsigned timeout_s, struct inspection *ret, struct err *e)
{
	char path[PATH_MAX], answer[INSPECT_ANSWER_MAX + 1];
	struct err why = { 0 };
	struct child child = { .out = -1 };
	char *argv[] = { path, NULL };
	int64_t end = clock_monotonic_ms() + (int64_t)timeout_s * 1000;

	if (lseek(fd, 0, SEEK_SET) != 0)
		return err_set(e, ERR_DEVICE, "%s", tr("读不出这个文件，请重新选择。"));
	if (!child_find(program, path, sizeof path, &why) || !child_start(&child, argv, fd, &why)) {
		log_warn("inspector", "error=\"%s\"", why.text);
		return err_set(e, ERR_DEVICE, "%s", tr("本机现在不能检查文件，请到窗口出示原件或请工作人员协助。"));
	}
	size_t n = 0;
	bool complete = collect(&child, end, answer, &n);
	int64_t left = end - clock_monotonic_ms();
	int status = child_finish(&child, complete && left > 0 ? (int)left : 0);
	if (complete && status == 0 && inspect_read_answer(answer, n, ret))
		return true;
	log_warn("inspector", "status=%d complete=%d bytes=%zu", status, complete, n);
	return err_set(e, ERR_NO, "%s", tr("这个文件已损坏或太复杂，无法检查。请另存为普通的JPG图片后再试。"));
}
