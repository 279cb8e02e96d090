#include "ui/browser.h"

#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "ui/page.h"
#include "ui/services.h"

enum { PER_PAGE = 9 };

void browser_open(struct browser *b, const char *name, bool photo)
{
	memset(b, 0, sizeof *b);
	b->photo = photo;
	str_copy(b->name, sizeof b->name, name);
	edit_init(&b->path, EDIT_MAX, "");
}

/* The sentences stand one a line, each as a row of its own. */
static void describe_refusal(const struct browser *b, struct page *p)
{
	char lines[sizeof b->refused];
	str_copy(lines, sizeof lines, b->refused);
	for (char *line = lines; *line;) {
		size_t n = strcspn(line, "\n");
		bool last = !line[n];
		line[n] = '\0';
		page_add(p, ROW_TEXT, -1, page_own(p, "! %s", line));
		line += last ? n : n + 1;
	}
	if (*b->refused)
		page_add(p, ROW_TEXT, -1, "");
}

void browser_describe(struct browser *b, struct page *p, const struct services *s)
{
	const struct file_row *rows;
	const char *place;
	size_t n = s->files(s->ctx, &rows, &place);
	if (b->checking) {
		page_add(p, ROW_TEXT, -1, tr("正在检查文件，一般只要几秒…"));
		page_add(p, ROW_TEXT, -1, "");
		page_add(p, ROW_BUTTON, ID_BROWSER_STOP, tr("停止检查"))->digit = 1;
		return;
	}
	p->turns = n > PER_PAGE;
	describe_refusal(b, p);
	if (n == 0 && !*place)
		page_add(p, ROW_TEXT, -1, tr("没有找到存储设备。请插入U盘，再按“刷新”。"));
	else
		page_add(p, ROW_HEADING, -1, *place ? place : tr("请选择存放文件的地方"));
	for (size_t i = b->first; i < n && i < b->first + PER_PAGE; i++) {
		struct row *r = page_add(p, ROW_OPTION, (int)(ID_BROWSER + i - b->first), rows[i].shown);
		r->digit = (unsigned)(i - b->first) + 1;
		r->value = rows[i].folder ? page_own(p, "%s", tr("文件夹")) : "";
	}
	if (n == 0 && *place)
		page_add(p, ROW_TEXT, -1, tr("这里没有文件。"));
	if (b->first)
		page_add(p, ROW_BUTTON, ID_BROWSER_LESS, tr("上九项"))->hint = "PgUp";
	if (b->first + PER_PAGE < n)
		page_add(p, ROW_BUTTON, ID_BROWSER_MORE, tr("下九项"))->hint = "PgDn";
	page_add(p, ROW_BUTTON, ID_BROWSER_UP, *place ? tr("上一级") : tr("刷新"));
	struct row *r = page_add(p, ROW_INPUT, ID_BROWSER_PATH, tr("或者输入文件的完整路径"));
	r->edit = &b->path;
}

static bool take(struct browser *b, const struct services *s, long row)
{
	char typed[EDIT_MAX * 4 + 1];
	edit_get(&b->path, typed, sizeof typed);
	b->refused[0] = '\0';
	bool begun = s->file_take(s->ctx, b->name, b->photo, row, typed, b->refused, sizeof b->refused);
	if (begun)
		edit_set(&b->path, "");
	b->checking = begun && !b->photo;
	return begun && b->photo;
}

static void stop(struct browser *b, struct page *p, const struct services *s)
{
	if (b->checking)
		s->material_stop(s->ctx);
	b->checking = false;
	p->focus = -1;
}

bool browser_tick(struct browser *b, struct page *p, const struct services *s)
{
	if (!b->checking)
		return false;
	enum check_state state = s->material_poll(s->ctx, b->about, sizeof b->about, b->refused, sizeof b->refused);
	b->checking = state == CHECK_RUNNING;
	if (!b->checking)
		p->focus = -1;
	return state == CHECK_DONE;
}

bool browser_press(struct browser *b, struct page *p, const struct services *s, int id)
{
	const struct file_row *rows;
	const char *place;
	switch (id) {
	case ID_BROWSER_MORE:
	case ID_BROWSER_LESS:
		browser_turn(b, p, s, id == ID_BROWSER_MORE ? 1 : -1);
		return false;
	case ID_BROWSER_STOP:
		stop(b, p, s);
		return false;
	case ID_BROWSER_UP:
		browser_back(b, p, s);
		return false;
	case ID_BROWSER_PATH:
		return b->path.len && take(b, s, -1);
	default:
		break;
	}
	size_t n = s->files(s->ctx, &rows, &place), i = b->first + (size_t)(id - ID_BROWSER);
	if (id < ID_BROWSER || id >= ID_BROWSER + PER_PAGE || i >= n)
		return false;
	if (!rows[i].folder)
		return take(b, s, (long)i);
	if (s->files_enter(s->ctx, i)) {
		b->first = 0;
		b->refused[0] = '\0';
		p->focus = -1;
	} else {
		str_copy(b->refused, sizeof b->refused, tr("打不开这个文件夹。请选别的，或请工作人员帮忙。"));
	}
	return false;
}

bool browser_turn(struct browser *b, struct page *p, const struct services *s, int direction)
{
	const struct file_row *rows;
	const char *place;
	size_t n = s->files(s->ctx, &rows, &place);
	if (direction > 0 && b->first + PER_PAGE < n)
		b->first += PER_PAGE;
	else if (direction < 0 && b->first)
		b->first -= PER_PAGE;
	else
		return false;
	p->focus = -1;
	return true;
}

bool browser_back(struct browser *b, struct page *p, const struct services *s)
{
	if (b->checking) {
		stop(b, p, s);
		return true;
	}
	bool moved = s->files_up(s->ctx);
	b->first = 0;
	b->refused[0] = '\0';
	if (moved)
		p->focus = -1;
	return moved;
}

void browser_close(struct browser *b)
{
	edit_wipe(&b->path);
	explicit_bzero(b, sizeof *b);
}
