#include "device/picker.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "device/picker_open.h"

enum { ENTRIES_MAX = 500, LOOKED_AT_MAX = 20000 };

struct picker {
	char **roots;
	unsigned n_roots;
	int root;             /* index, -1: at the list of roots */
	char path[PATH_MAX];  /* raw, below the root; "" at the root itself */
	char place[PATH_MAX]; /* clean, for the title */
	struct picker_entry *entries;
	unsigned *entry_roots; /* at the list of roots: which root an entry is */
	size_t n_entries;
};

struct picker *picker_create(char *const *roots, unsigned n_roots)
{
	struct picker *p = xcalloc(1, sizeof *p);
	p->roots = xcalloc(n_roots + 1, sizeof *p->roots);
	for (unsigned i = 0; i < n_roots; i++) {
		size_t n = strlen(roots[i]);
		while (n > 1 && roots[i][n - 1] == '/')
			n--;
		p->roots[i] = xstrndup(roots[i], n);
	}
	p->n_roots = n_roots;
	p->root = -1;
	p->entries = xcalloc(ENTRIES_MAX, sizeof *p->entries);
	p->entry_roots = xcalloc(ENTRIES_MAX, sizeof *p->entry_roots);
	return p;
}

void picker_destroy(struct picker *p)
{
	if (!p)
		return;
	for (unsigned i = 0; i < p->n_roots; i++)
		free(p->roots[i]);
	free(p->roots);
	free(p->entries);
	free(p->entry_roots);
	free(p);
}

static void clean_name(const char *raw, char *out, size_t size)
{
	if (!utf8_clean(out, size, raw, strlen(raw), size) && !*out)
		str_copy(out, size, tr("（无法显示的名称）"));
}

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash && slash[1] ? slash + 1 : path;
}

static void refresh_place(struct picker *p)
{
	char clean[256];
	p->place[0] = 0;
	if (p->root < 0)
		return;
	clean_name(last_part(p->roots[p->root]), p->place, sizeof p->place);
	for (const char *at = p->path; *at;) {
		size_t n = strcspn(at, "/");
		char *raw = xstrndup(at, n);
		clean_name(raw, clean, sizeof clean);
		free(raw);
		size_t used = strlen(p->place);
		if (used + strlen(clean) + 2 > sizeof p->place)
			return;
		snprintf(p->place + used, sizeof p->place - used, "/%s", clean);
		at += n + (at[n] == '/');
	}
}

const char *picker_place(const struct picker *p)
{
	return p->place;
}

/* The operator's folder itself may be reached in any way; what lies below may not. Opened anew each time: a stick comes
 * and goes. */
static int open_root(const struct picker *p, int root)
{
	return open(p->roots[root], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static int open_place(const struct picker *p, const char *path)
{
	int root = open_root(p, p->root);
	if (root < 0 || !*path)
		return root;
	int dir = beneath_open(root, path, O_DIRECTORY);
	close(root);
	return dir;
}

static int by_kind_and_name(const void *va, const void *vb)
{
	const struct picker_entry *a = va, *b = vb;
	if (a->folder != b->folder)
		return a->folder ? -1 : 1;
	int order = strverscmp(a->shown, b->shown); /* photo2 before photo10 */
	return order ? order : strcmp(a->name, b->name);
}

static void list_roots(struct picker *p)
{
	for (unsigned i = 0; i < p->n_roots && p->n_entries < ENTRIES_MAX; i++) {
		int dir = open_root(p, (int)i);
		if (dir < 0)
			continue;
		close(dir);
		struct picker_entry *entry = &p->entries[p->n_entries];
		*entry = (struct picker_entry){ .folder = true };
		str_copy(entry->name, sizeof entry->name, last_part(p->roots[i]));
		clean_name(entry->name, entry->shown, sizeof entry->shown);
		p->entry_roots[p->n_entries++] = i;
	}
}

static void list_folder(struct picker *p, DIR *dir)
{
	struct stat own;
	if (fstat(dirfd(dir), &own) != 0)
		return;
	const struct dirent *found;
	for (unsigned looked = 0; looked < LOOKED_AT_MAX && p->n_entries < ENTRIES_MAX && (found = readdir(dir));
		looked++) {
		struct picker_entry *entry = &p->entries[p->n_entries];
		struct stat st;
		if (found->d_name[0] == '.' || strlen(found->d_name) >= sizeof entry->name ||
			fstatat(dirfd(dir), found->d_name, &st, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT) != 0)
			continue;
		if ((!S_ISDIR(st.st_mode) && !S_ISREG(st.st_mode)) || st.st_dev != own.st_dev)
			continue;
		*entry = (struct picker_entry){ .folder = S_ISDIR(st.st_mode), .size = st.st_size };
		snprintf(entry->name, sizeof entry->name, "%s", found->d_name);
		clean_name(entry->name, entry->shown, sizeof entry->shown);
		p->n_entries++;
	}
	qsort(p->entries, p->n_entries, sizeof *p->entries, by_kind_and_name);
}

size_t picker_list(struct picker *p, const struct picker_entry **ret_entries, struct err *e)
{
	p->n_entries = 0;
	*ret_entries = p->entries;
	if (p->root < 0) {
		list_roots(p);
		return p->n_entries;
	}
	int fd = open_place(p, p->path);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	if (!dir) {
		if (fd >= 0)
			close(fd);
		err_set(e, ERR_NO, "%s", tr("这个文件夹打不开了，U盘可能已拔出。请返回上一级。"));
		return 0;
	}
	list_folder(p, dir);
	closedir(dir);
	return p->n_entries;
}

bool picker_enter(struct picker *p, size_t entry, struct err *e)
{
	if (entry >= p->n_entries || !p->entries[entry].folder)
		return err_set(e, ERR_NO, "%s", tr("这不是文件夹。"));
	char path[PATH_MAX] = "";
	if (p->root < 0) {
		p->root = (int)p->entry_roots[entry];
	} else {
		int n = snprintf(path, sizeof path, "%s%s%s", p->path, *p->path ? "/" : "", p->entries[entry].name);
		if (n < 0 || (size_t)n >= sizeof path)
			return err_set(e, ERR_NO, "%s", tr("文件夹层数太多，打不开。"));
		int dir = open_place(p, path);
		if (dir < 0)
			return err_set(e, ERR_NO, "%s", tr("这里不能打开这个文件夹。"));
		close(dir);
	}
	snprintf(p->path, sizeof p->path, "%s", path);
	p->n_entries = 0;
	refresh_place(p);
	return true;
}

bool picker_up(struct picker *p)
{
	if (p->root < 0)
		return false;
	char *slash = strrchr(p->path, '/');
	if (!*p->path)
		p->root = -1;
	else
		*(slash ? slash : p->path) = 0;
	p->n_entries = 0;
	refresh_place(p);
	return true;
}

int picker_open(struct picker *p, size_t entry, off_t max_size, struct err *e)
{
	if (p->root < 0 || entry >= p->n_entries || p->entries[entry].folder) {
		err_set(e, ERR_NO, "%s", tr("请选择一个文件。"));
		return -1;
	}
	int dir = open_place(p, p->path);
	if (dir < 0) {
		err_set(e, ERR_NO, "%s", tr("这个文件夹打不开了，U盘可能已拔出。请返回上一级。"));
		return -1;
	}
	int fd = beneath_open_file(dir, p->entries[entry].name, max_size, e);
	close(dir);
	return fd;
}

/* Takes blanks and one pair of quotes off, as file managers paste them. */
static void bare_path(const char *typed, char *out, size_t size)
{
	size_t n = strlen(typed);
	while (n > 0 && (*typed == ' ' || *typed == '\t')) {
		typed++;
		n--;
	}
	while (n > 0 && (typed[n - 1] == ' ' || typed[n - 1] == '\t'))
		n--;
	if (n >= 2 && (*typed == '"' || *typed == '\'') && typed[n - 1] == *typed) {
		typed++;
		n -= 2;
	}
	snprintf(out, size, "%.*s", (int)(n < size ? n : size - 1), typed);
}

int picker_open_path(struct picker *p, const char *typed, off_t max_size, struct err *e)
{
	char path[PATH_MAX];
	bare_path(typed, path, sizeof path);
	for (unsigned i = 0; path[0] == '/' && i < p->n_roots; i++) {
		size_t n = strlen(p->roots[i]);
		if (strncmp(path, p->roots[i], n) != 0 || (n > 1 && path[n] != '/'))
			continue;
		const char *below = path + n;
		while (*below == '/')
			below++;
		int root = *below ? open_root(p, (int)i) : -1;
		if (root < 0)
			continue;
		int fd = beneath_open_file(root, below, max_size, e);
		close(root);
		return fd;
	}
	err_set(e, ERR_NO, "%s",
		path[0] == '/' ? tr("只能打开U盘等指定位置的文件，请在列表中选择。")
			       : tr("请输入完整的路径，以“/”开头，或在列表中选择。"));
	return -1;
}
