/*
 * The applicant's photo: a file from an allowed place, looked at while the applicant waits, shown with what was found and a remedy
 * for each; cut out by us when that is all it needs and the applicant agrees; or taken at the counter, which is always offered.
 */
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
#include "ui/services.h"

enum { ID_FILE = 1, ID_COUNTER, ID_OTHER, ID_STOP, ID_USE, ID_USE_FIXED };
enum { TRIES_UNTIL_COUNTER = 3 }; /* that failed: then the counter is proposed (domain file 6.3) */

enum photo_mode { MODE_CHOICE, MODE_BROWSING, MODE_CHECKING, MODE_CHECKED };

struct photo_page {
	enum photo_mode mode;
	struct browser browser;
	struct photo_view view; /* borrowed from the services until dropped */
	char refused[300];
};

static const char *answer(const struct kind *k, const char *part)
{
	char name[ANSWER_NAME_MAX];
	snprintf(name, sizeof name, "%s%s", k->screen->name, part);
	return answers_text(k->filing->answers, name);
}

static void set_answer(struct kind *k, const char *part, const char *value)
{
	char name[ANSWER_NAME_MAX];
	snprintf(name, sizeof name, "%s%s", k->screen->name, part);
	answers_set(k->filing->answers, name, value);
}

/* How many photos were looked at and did not pass; kept with the case, so that the counter knows. */
static unsigned tries(const struct kind *k)
{
	const char *text = answer(k, ".tries");
	return *text >= '1' && *text <= '9' && !text[1] ? (unsigned)(*text - '0') : 0;
}

static void count_try(struct kind *k)
{
	char text[2] = { (char)('0' + (tries(k) < 9 ? tries(k) + 1 : 9)), '\0' };
	set_answer(k, ".tries", text);
}

/* A photo that was taken over is there, but a new one was asked for. */
static bool given(const struct kind *k)
{
	return *answer(k, "") && !str_eq(answer(k, ".registered"), "yes");
}

static void describe_choice(struct kind *k, struct page *p)
{
	page_add_text(p, k->screen->text ? tr(k->screen->text) : NULL);
	if (given(k) && str_eq(answer(k, ""), "file")) {
		page_add(p, ROW_VALUE, -1, tr("照片"))->value = page_own(p, "%s", answer(k, ".about"));
		page_add(p, ROW_TEXT, -1, tr("自动检查没有发现问题，工作人员还会再看一遍。"));
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
	r->selected = str_eq(answer(k, ""), "counter");
	r->hint = page_own(p, "%s", tr("免费，工作人员帮您拍"));
	if (given(k))
		page_add_continue(p);
}

static void describe_findings(const struct photo_page *photo, struct page *p)
{
	for (size_t i = 0; i < photo->view.n_findings; i++)
		page_add(p, ROW_TEXT, -1,
			page_own(p, photo->view.findings[i].blocks ? "! %s" : tr("提示：%s"),
				photo->view.findings[i].text));
}

/* What the person consents to. */
struct fix_words {
	const char *ask, *agree;
};

static const struct fix_words *fix_words(const struct photo_view *v)
{
	static const struct fix_words
		CROP = { N_("我们可以替您裁剪好：左边是原来的，右边是裁剪后的。请看是否同意。"),
			N_("同意，用裁剪后的照片") },
		WALL = { N_("我们可以替您把背景调白：左边是原来的，右边是调白后的。请看是否同意。"),
			N_("同意，用背景调白后的照片") },
		BOTH = { N_("我们可以替您裁剪好，并把背景调白：左边是原来的，右边是改后的。请看是否同意。"),
			N_("同意，用裁剪并调白背景的照片") };
	return !v->evened ? &CROP : v->cropped ? &BOTH : &WALL;
}

/* What to do next: one button that goes on, then the others; the counter is always there. */
static void describe_buttons(struct kind *k, struct page *p)
{
	const struct photo_page *photo = k->own;
	unsigned digit = 0;
	struct row *r = NULL;
	if (photo->view.passes)
		r = page_add(p, ROW_BUTTON, ID_USE, tr("用这张照片"));
	else if (photo->view.fixed.rgb)
		r = page_add(p, ROW_BUTTON, ID_USE_FIXED, tr(fix_words(&photo->view)->agree));
	if (r) {
		r->digit = ++digit;
		r->primary = true;
	}
	r = page_add(p, ROW_BUTTON, ID_OTHER, tr("换一张"));
	r->digit = ++digit;
	r = page_add(p, ROW_BUTTON, ID_COUNTER, tr("到窗口拍照，或请工作人员看看"));
	r->digit = ++digit;
	if (p->focus < 0)
		p->focus = page_find(p, photo->view.passes ? ID_USE : photo->view.fixed.rgb ? ID_USE_FIXED : ID_OTHER);
}

static void describe_checked(struct kind *k, struct page *p)
{
	struct photo_page *photo = k->own;
	const struct photo_view *v = &photo->view;
	k->services->photo_poll(k->services->ctx, &photo->view); /* the language may be another one now */
	if (*photo->refused)
		page_add(p, ROW_TEXT, -1, page_own(p, "! %s", photo->refused));
	if (v->passes && !v->n_findings)
		page_add(p, ROW_TEXT, -1, tr("自动检查没有发现问题，工作人员还会再看一遍。"));
	describe_findings(photo, p);
	if (!v->passes && v->fixed.rgb)
		page_add(p, ROW_TEXT, -1, tr(fix_words(v)->ask));
	else if (!v->passes && tries(k) >= TRIES_UNTIL_COUNTER)
		page_add(p, ROW_TEXT, -1, page_own(p, tr("已经有%u张没有通过，建议到窗口拍照，免费。"), tries(k)));
	if (v->shown.rgb) {
		struct row *r =
			page_add(p, ROW_PICTURE, -1, v->head ? tr("您的照片，蓝框是找到的头部") : tr("您的照片"));
		r->hint = v->head ? page_own(p, "%s", tr("您的照片，里面找到了头部")) : "";
		r->picture = v->shown;
		if (!v->passes)
			r->beside = v->fixed;
	}
	describe_buttons(k, p);
}

static void photo_describe(struct kind *k, struct page *p)
{
	struct photo_page *photo = k->own;
	switch (photo->mode) {
	case MODE_BROWSING:
		browser_describe(&photo->browser, p, k->services);
		break;
	case MODE_CHECKING:
		page_add(p, ROW_TEXT, -1, tr("正在检查照片，一般只要一两秒…"));
		page_add(p, ROW_TEXT, -1, "");
		page_add(p, ROW_BUTTON, ID_STOP, tr("停止检查"))->digit = 1;
		break;
	case MODE_CHECKED:
		describe_checked(k, p);
		break;
	case MODE_CHOICE:
		describe_choice(k, p);
		break;
	}
}

static void to_mode(struct kind *k, struct page *p, enum photo_mode mode)
{
	struct photo_page *photo = k->own;
	if (mode != MODE_CHECKING && mode != MODE_CHECKED) {
		k->services->photo_drop(k->services->ctx);
		memset(&photo->view, 0, sizeof photo->view);
	}
	photo->mode = mode;
	photo->refused[0] = '\0';
	p->focus = -1;
}

/* An advice goes along with the photo, so that the list before submitting and the counter see it (model/answers: ".doubt"). */
static void accept(struct kind *k, struct page *p, bool fixed)
{
	struct photo_page *photo = k->own;
	const char *doubt = NULL;
	char about[sizeof photo->browser.about] = "";
	for (size_t i = 0; i < photo->view.n_findings && !doubt && !fixed; i++)
		doubt = photo->view.findings[i].code;
	if (!k->services->photo_accept(k->services->ctx, k->screen->name, fixed, about, sizeof about, photo->refused,
		    sizeof photo->refused))
		return;
	set_answer(k, "", "file");
	set_answer(k, ".about", about);
	set_answer(k, ".doubt", doubt);
	set_answer(k, ".registered", NULL);
	to_mode(k, p, MODE_CHOICE);
}

static enum action photo_press(struct kind *k, struct page *p, int id)
{
	struct photo_page *photo = k->own;
	if (photo->mode == MODE_BROWSING) {
		if (browser_press(&photo->browser, p, k->services, id))
			to_mode(k, p, MODE_CHECKING);
		return ACTION_NONE;
	}
	switch (id) {
	case ID_FILE:
	case ID_OTHER:
	case ID_STOP:
		browser_open(&photo->browser, k->screen->name, true);
		to_mode(k, p, MODE_BROWSING);
		return ACTION_NONE;
	case ID_USE:
	case ID_USE_FIXED:
		accept(k, p, id == ID_USE_FIXED);
		return ACTION_NONE;
	case ID_COUNTER:
		if (photo->mode != MODE_CHOICE)
			to_mode(k, p, MODE_CHOICE);
		filing_detach(k->filing, k->screen->name);
		set_answer(k, ".about", NULL);
		set_answer(k, ".doubt", NULL);
		set_answer(k, ".registered", NULL);
		set_answer(k, "", "counter");
		return ACTION_NEXT;
	default:
		return ACTION_NEXT;
	}
}

static bool photo_commit(struct kind *k, struct page *p)
{
	const struct photo_page *photo = k->own;
	if (given(k) && photo->mode == MODE_CHOICE)
		return true;
	page_say(p, true, "%s", tr("请选择照片，或选“到窗口拍照”。"));
	return false;
}

static bool photo_back(struct kind *k, struct page *p)
{
	struct photo_page *photo = k->own;
	if (photo->mode == MODE_CHOICE)
		return false;
	if (photo->mode != MODE_BROWSING)
		to_mode(k, p, MODE_BROWSING);
	else if (!browser_back(&photo->browser, p, k->services))
		to_mode(k, p, MODE_CHOICE);
	p->focus = -1;
	return true;
}

static enum action photo_turn(struct kind *k, struct page *p, enum action a)
{
	struct photo_page *photo = k->own;
	if (photo->mode == MODE_BROWSING && (a == ACTION_PAGE_DOWN || a == ACTION_PAGE_UP))
		browser_turn(&photo->browser, p, k->services, a == ACTION_PAGE_DOWN ? 1 : -1);
	if (photo->mode != MODE_CHECKING || (a != ACTION_TICK && a != ACTION_READY))
		return ACTION_NONE;
	if (k->services->photo_poll(k->services->ctx, &photo->view) == CHECK_RUNNING)
		return ACTION_NONE;
	to_mode(k, p, MODE_CHECKED);
	if (!photo->view.passes && !photo->view.fixed.rgb)
		count_try(k);
	return ACTION_NONE;
}

static void photo_close(struct kind *k)
{
	struct photo_page *photo = k->own;
	k->services->photo_drop(k->services->ctx);
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
