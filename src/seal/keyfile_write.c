/* Key files: writing. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "seal/keyfile.h"

static void add_value(struct str *line, const struct key_field *f)
{
	const unsigned char *bytes = f->value;

	switch (f->kind) {
	case KEY_HEX:
		for (size_t i = 0; i < f->size; i++) {
			char digits[3];
			sodium_bin2hex(digits, sizeof digits, &bytes[i], 1);
			str_add(line, digits);
			sodium_memzero(digits, sizeof digits);
		}
		break;
	case KEY_NUMBER:
		str_addf(line, "%" PRIu64, *(const uint64_t *)f->value);
		break;
	case KEY_DAY:
		str_addf(line, "%08d", *(const int *)f->value);
		break;
	case KEY_STATION:
		str_add(line, f->value);
		break;
	}
}

char *keyfile_format(const char *word, const struct key_field *fields, size_t n)
{
	struct str line;
	str_init(&line, KEYFILE_MAX);
	str_add(&line, word);
	for (size_t i = 0; i < n; i++) {
		str_addf(&line, " %s=", fields[i].name);
		add_value(&line, &fields[i]);
	}
	str_add(&line, "\n");
	char *text = xstrdup(line.text);
	str_finish(&line);
	return text;
}

bool keyfile_folder(const char *dir, struct err *e)
{
	if (mkdir(dir, 0700) != 0 && errno != EEXIST)
		return err_set(e, ERR_STORAGE, "%s: the folder cannot be made: %s", dir, strerror(errno));
	return true;
}

static bool write_all(int fd, const char *text)
{
	size_t n = strlen(text);

	while (n > 0) {
		ssize_t written = write(fd, text, n);
		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return false;
		text += written;
		n -= (size_t)written;
	}
	return fsync(fd) == 0;
}

/* A name is on the disk when its folder is. */
static bool sync_folder(const char *dir, struct err *e)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = fd >= 0 && fsync(fd) == 0;

	if (!ok)
		err_set(e, ERR_STORAGE, "%s: cannot be written to the disk: %s", dir, strerror(errno));
	if (fd >= 0)
		close(fd);
	return ok;
}

static bool create(const char *path, unsigned mode, const char *text, struct err *e)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, (mode_t)mode);
	if (fd < 0 && errno == EEXIST)
		return err_set(e, ERR_CONFIG, "%s: is there already; nothing was changed, choose another folder", path);
	if (fd < 0)
		return err_set(e, ERR_STORAGE, "%s: cannot be made: %s", path, strerror(errno));
	bool ok = write_all(fd, text);
	int why = errno;
	if (close(fd) != 0 && ok) {
		ok = false;
		why = errno;
	}
	if (ok)
		return true;
	unlink(path);
	return err_set(e, ERR_STORAGE, "%s: cannot be written: %s", path, strerror(why));
}

bool keyfile_create(const char *dir, const char *name, unsigned mode, const char *text, struct err *e)
{
	char *path = xasprintf("%s/%s", dir, name);
	bool ok = create(path, mode, text, e);

	if (ok && !sync_folder(dir, e)) {
		ok = false;
		unlink(path);
	}
	free(path);
	return ok;
}

bool keyfile_replace(const char *dir, const char *name, unsigned mode, const char *text, struct err *e)
{
	char *path = xasprintf("%s/%s", dir, name), *beside = xasprintf("%s/%s.new", dir, name);

	unlink(beside); /* of a run that was cut off */
	bool ok = create(beside, mode, text, e);
	if (ok && rename(beside, path) != 0) {
		ok = err_set(e, ERR_STORAGE, "%s: cannot be replaced: %s", path, strerror(errno));
		unlink(beside);
	}
	ok = ok && sync_folder(dir, e);
	free(path);
	free(beside);
	return ok;
}

void keyfile_remove(const char *dir, const char *name)
{
	char *path = xasprintf("%s/%s", dir, name);
	unlink(path);
	free(path);
}
