/* The applicant's photo: a file from an allowed place, judged at once with a remedy for each complaint, or taken at the counter. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "model/answers.h"
#include "model/filing.h"
#include "model/item.h"
#include "ui/browser.h"
#include "ui/kind.h"
#include "ui/page.h"

enum { ID_FILE = 1, ID_COUNTER = 2, ID_OTHER = 3 };

struct photo_page {
	bool browsing;
	struct browser browser;
};

static const char *answer(const struct kind *k)
{
	return answers_text(k->filing->answers, k->screen->name);
}

static void photo_describe(struct kind *k, struct page *p)
{
	struct photo_page *photo = k->own;
	if (photo->browsing) {
		browser_describe(&photo->browser, p, k->services);
		return;
	}
	page_add_text(p, k->screen->text ? tr(k->screen->text) : NULL);
	if (str_eq(answer(k), "file")) {
		char name[ANSWER_NAME_MAX];
		snprintf(name, sizeof name, "%s.about", k->screen->name);
		page_add(p, ROW_VALUE, -1, tr("照片"))->value =
			page_own(p, "%s", answers_text(k->filing->answers, name));
		page_add(p, ROW_TEXT, -1, tr("格式、尺寸和颜色符合要求。"));
		page_add_continue(p);
		page_add(p, ROW_BUTTON, ID_OTHER, tr("换一张"));
		if (p->focus < 0)
			page_focus_id(p, ID_CONTINUE);
		return;
	}
	struct row *r = page_add(p, ROW_OPTION, ID_FILE, tr("从U盘选择照片文件"));
	r->digit = 1;
	r = page_add(p, ROW_OPTION, ID_COUNTER, tr("到窗口拍照"));
	r->digit = 2;
	r->selected = str_eq(answer(k), "counter");
	r->hint = page_own(p, "%s", tr("免费，工作人员帮您拍"));
	if (*answer(k))
		page_add_continue(p);
}

static enum action photo_press(struct kind *k, struct page *p, int id)
{
	struct photo_page *photo = k->own;
	char name[ANSWER_NAME_MAX];
	snprintf(name, sizeof name, "%s.about", k->screen->name);
	if (photo->browsing) {
		if (browser_press(&photo->browser, p, k->services, id)) {
			answers_set(k->filing->answers, k->screen->name, "file");
			answers_set(k->filing->answers, name, photo->browser.about);
			photo->browsing = false;
			p->focus = -1;
		}
		return ACTION_NONE;
	}
	switch (id) {
	case ID_FILE:
	case ID_OTHER:
		browser_open(&photo->browser, k->screen->name, true);
		photo->browsing = true;
		p->focus = -1;
		return ACTION_NONE;
	case ID_COUNTER:
		filing_detach(k->filing, k->screen->name);
		answers_set(k->filing->answers, name, NULL);
		answers_set(k->filing->answers, k->screen->name, "counter");
		return ACTION_NEXT;
	default:
		return ACTION_NEXT;
	}
}

static bool photo_commit(struct kind *k, struct page *p)
{
	if (*answer(k))
		return true;
	page_say(p, true, "%s", tr("请选择照片，或选“到窗口拍照”。"));
	return false;
}

static bool photo_back(struct kind *k, struct page *p)
{
	struct photo_page *photo = k->own;
	if (!photo->browsing)
		return false;
	if (!browser_back(&photo->browser, p, k->services))
		photo->browsing = false;
	p->focus = -1;
	return true;
}

static enum action photo_turn(struct kind *k, struct page *p, enum action a)
{
	struct photo_page *photo = k->own;
	if (photo->browsing && (a == ACTION_PAGE_DOWN || a == ACTION_PAGE_UP))
		browser_turn(&photo->browser, p, k->services, a == ACTION_PAGE_DOWN ? 1 : -1);
	return ACTION_NONE;
}

static void photo_close(struct kind *k)
{
	struct photo_page *photo = k->own;
	browser_close(&photo->browser);
}

const struct kind_ops kind_photo = {
	.name = "photo",
	.private_size = sizeof(struct photo_page),
	.describe = photo_describe,
	.press = photo_press,
	.commit = photo_commit,
	.back = photo_back,
	.turn = photo_turn,
	.close = photo_close,
};
