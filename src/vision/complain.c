#include <stdio.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "vision/inspect.h"
#include "vision/material.h"

/*
 * Requirements of a material, one row each. `wrong` says whether the file misses it; `say` writes the
 * sentence: what was measured and what to do instead. A row marked `last` hides the rows after it, which would only
 * repeat the same fault.
 */
struct requirement {
	bool (*wrong)(const struct inspection *i, size_t bytes);
	char *(*say)(const struct inspection *i, size_t bytes);
	bool last;
	const char *source;
};

enum {
	MATERIAL_BYTES_MAX = 10 * 1024 * 1024, /* what a filing can carry: model/filing.h ATTACHMENT_SIZE_MAX */
	MATERIAL_SIDE_MIN = 600,               /* own limit: an A4 page at 50 dpi can still be read */
};

static void size_text(size_t bytes, char *out, size_t size)
{
	if (bytes < 1024 * 1024)
		snprintf(out, size, "%zu KB", (bytes + 1023) / 1024);
	else
		snprintf(out, size, "%.1f MB", (double)bytes / (1024 * 1024));
}

static bool picture(const struct inspection *i)
{
	return i->format == FILE_JPEG || i->format == FILE_PNG || i->format == FILE_HEIC;
}

static bool broken_wrong(const struct inspection *i, size_t bytes)
{
	(void)bytes;
	return !i->whole;
}

static char *broken_say(const struct inspection *i, size_t bytes)
{
	(void)i;
	(void)bytes;
	return xstrdup(tr("文件读不完整：没有拷贝完、已损坏，或像素太大。请重新拷贝或另存后再选。"));
}

static bool material_format_wrong(const struct inspection *i, size_t bytes)
{
	(void)bytes;
	return i->format == FILE_OTHER;
}

static char *material_format_say(const struct inspection *i, size_t bytes)
{
	(void)i;
	(void)bytes;
	return xstrdup(tr("这个文件不是JPG、PNG或PDF。请拍照或扫描后保存成这三种格式之一。"));
}

static bool material_large_wrong(const struct inspection *i, size_t bytes)
{
	(void)i;
	return bytes > MATERIAL_BYTES_MAX;
}

static char *material_large_say(const struct inspection *i, size_t bytes)
{
	char measured[32];
	(void)i;
	size_text(bytes, measured, sizeof measured);
	return xasprintf(tr("文件有%s，超过10 MB。请缩小后再选。"), measured);
}

static bool material_pixels_wrong(const struct inspection *i, size_t bytes)
{
	(void)bytes;
	return picture(i) && (i->width < MATERIAL_SIDE_MIN || i->height < MATERIAL_SIDE_MIN);
}

static char *material_pixels_say(const struct inspection *i, size_t bytes)
{
	(void)bytes;
	return xasprintf(tr("图片是%u×%u像素，看不清文字。请重新拍摄，长和宽都不少于600像素。"), i->width, i->height);
}

static bool material_locked_wrong(const struct inspection *i, size_t bytes)
{
	(void)bytes;
	return i->reading && i->reading->state == READING_REFUSED;
}

static char *material_locked_say(const struct inspection *i, size_t bytes)
{
	(void)i;
	(void)bytes;
	return xstrdup(tr("这个PDF打不开：加了密码、已损坏或太复杂。请另存为不加密码的PDF，或拍成照片。"));
}

static bool material_long_wrong(const struct inspection *i, size_t bytes)
{
	(void)bytes;
	return i->reading && i->reading->state == READING_LONG;
}

static char *material_long_say(const struct inspection *i, size_t bytes)
{
	(void)i;
	(void)bytes;
	return xasprintf(tr("这个PDF超过%d页。请只留下这项材料的那几页。"), READING_PAGES_MAX);
}

static const struct requirement MATERIAL[] = {
	{ material_format_wrong, material_format_say, true, "own: what the counter can open" },
	{ material_large_wrong, material_large_say, false, "own limit" },
	{ broken_wrong, broken_say, true, "own: a proof must be readable to its end" },
	{ material_pixels_wrong, material_pixels_say, false, "own limit" },
	{ material_locked_wrong, material_locked_say, false, "own: what the counter can open" },
	{ material_long_wrong, material_long_say, false, "own limit" },
};

static size_t judge(const struct requirement *rows, size_t n, const struct inspection *i, size_t bytes, char **out,
	size_t max)
{
	size_t found = 0;
	for (size_t k = 0; k < n && found < max; k++) {
		if (!rows[k].wrong(i, bytes))
			continue;
		out[found++] = rows[k].say(i, bytes);
		if (rows[k].last)
			break;
	}
	return found;
}

size_t material_complaints(const struct inspection *i, size_t bytes, char **out, size_t max)
{
	return judge(MATERIAL, sizeof MATERIAL / sizeof *MATERIAL, i, bytes, out, max);
}
