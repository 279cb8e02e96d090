#include "app/photo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/take.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "model/filing.h"
#include "vision/inspector.h"

struct photo_check {
	unsigned char *bytes; /* the file */
	size_t size;
	bool waiting;
	struct inspection found;
	struct photo_finding findings[PHOTO_SHOWN_MAX];
	size_t n_findings;
	enum lang lang; /* of the findings */
	char why[300];  /* it could not be looked at */
};

static void forget(struct photo_check *c)
{
	photo_findings_finish(c->findings, c->n_findings);
	inspection_finish(&c->found);
	if (c->bytes)
		explicit_bzero(c->bytes, c->size);
	free(c->bytes);
	explicit_bzero(c, sizeof *c);
}

bool photo_begin(struct app *app, int fd, char *ret_why, size_t why_size)
{
	struct err e = { 0 };
	if (!app->photo)
		app->photo = xcalloc(1, sizeof *app->photo);
	struct photo_check *c = app->photo;
	forget(c);
	c->bytes = take_copy(fd, &c->size, ret_why, why_size);
	if (!c->bytes)
		return false;
	c->waiting = take_ask(app, INSPECT_PHOTO, c->bytes, c->size, &e);
	if (!c->waiting)
		str_copy(ret_why, why_size, e.text);
	return c->waiting;
}

/* A line of the frame about the head: blue is seen on hair, on skin and on a white wall. */
static void draw_line(struct picture *p, int x, int y, int width, int height)
{
	for (int row = y; row < y + height; row++) {
		for (int column = x; column < x + width; column++) {
			if (row < 0 || column < 0 || row >= (int)p->height || column >= (int)p->width)
				continue;
			unsigned char *at = p->rgb + ((size_t)row * p->width + (size_t)column) * 3;
			at[0] = 0;
			at[1] = 135;
			at[2] = 255;
		}
	}
}

static void draw_head(struct inspection *i)
{
	enum { LINE = 12 }; /* seen when the picture is twenty lines high */
	const struct photo_head *h = &i->head;
	if (!h->known || !i->preview.rgb)
		return;
	int wide = h->right - h->left, high = h->bottom - h->top;
	draw_line(&i->preview, h->left, h->top, wide, LINE);
	draw_line(&i->preview, h->left, h->bottom - LINE, wide, LINE);
	draw_line(&i->preview, h->left, h->top, LINE, high);
	draw_line(&i->preview, h->right - LINE, h->top, LINE, high);
}

static void say_findings(struct photo_check *c)
{
	photo_findings_finish(c->findings, c->n_findings);
	c->n_findings = photo_findings(&c->found, c->size, c->findings, PHOTO_SHOWN_MAX);
	c->lang = i18n_get();
}

static void judge(struct photo_check *c)
{
	say_findings(c);
	for (size_t i = 0; i < c->n_findings; i++)
		log_info("photo", "finding=%s blocks=%d", c->findings[i].code, c->findings[i].severity == PHOTO_BLOCK);
	draw_head(&c->found);
}

static void show(const struct photo_check *c, struct photo_view *ret)
{
	enum photo_verdict verdict = photo_verdict(&c->found, c->size);
	const struct picture *shown = &c->found.preview, *fixed = &c->found.fixed;
	*ret = (struct photo_view){ .passes = verdict == PHOTO_PASS,
		.head = c->found.head.known,
		.n_findings = c->n_findings };
	bool fixable = verdict == PHOTO_FIXABLE;
	ret->shown = (struct page_picture){ shown->width, shown->height, shown->rgb };
	if (fixable)
		ret->fixed = (struct page_picture){ fixed->width, fixed->height, fixed->rgb };
	ret->evened = fixable && c->found.fixes & FIX_WALL;
	ret->cropped = fixable && c->found.fixes & FIX_CROP;
	for (size_t i = 0; i < c->n_findings; i++) {
		ret->findings[i].code = c->findings[i].code;
		ret->findings[i].text = c->findings[i].text;
		ret->findings[i].blocks = c->findings[i].severity == PHOTO_BLOCK;
	}
}

enum check_state photo_poll(void *ctx, struct photo_view *ret)
{
	struct app *app = ctx;
	struct photo_check *c = app->photo;
	struct err e = { 0 };
	*ret = (struct photo_view){ 0 };
	if (!c || !c->bytes)
		return CHECK_FAILED;
	if (c->waiting) {
		enum inspector_state state = inspector_poll(app->inspector, &c->found, &e);
		if (state == INSPECTOR_WAITING)
			return CHECK_RUNNING;
		c->waiting = false;
		if (state == INSPECTOR_DONE)
			judge(c);
		else
			str_copy(c->why, sizeof c->why, e.text);
	}
	if (*c->why) {
		ret->findings[0].code = "unreadable";
		ret->findings[0].text = c->why;
		ret->findings[0].blocks = true;
		ret->n_findings = 1;
		return CHECK_FAILED;
	}
	if (c->lang != i18n_get())
		say_findings(c);
	show(c, ret);
	return CHECK_DONE;
}

bool photo_accept(void *ctx, const char *name, bool fixed, char *ret_about, size_t about_size, char *ret_why,
	size_t why_size)
{
	struct app *app = ctx;
	struct photo_check *c = app->photo;
	if (!c || !c->bytes || c->waiting || *c->why)
		return false;
	enum photo_verdict verdict = photo_verdict(&c->found, c->size);
	if (verdict != PHOTO_PASS && !(fixed && verdict == PHOTO_FIXABLE))
		return false;
	bool taken = fixed ? filing_attach(&app->filing, name, "image/jpeg", c->found.fixed_jpeg, c->found.fixed_size)
			   : filing_attach(&app->filing, name, inspection_mime(&c->found), c->bytes, c->size);
	if (!taken) {
		str_copy(ret_why, why_size, tr("文件太多或太大，放不下了。请选“到窗口出示原件”。"));
		return false;
	}
	if (fixed)
		snprintf(ret_about, about_size, "JPEG %ux%u, %zu KB", c->found.fixed.width, c->found.fixed.height,
			(c->found.fixed_size + 1023) / 1024);
	else
		take_about(&c->found, c->size, ret_about, about_size);
	photo_drop(app);
	return true;
}

void photo_drop(void *ctx)
{
	struct app *app = ctx;
	if (!app->photo)
		return;
	if (app->photo->waiting)
		inspector_cancel(app->inspector);
	forget(app->photo);
	free(app->photo);
	app->photo = NULL;
}

int photo_fd(const struct app *app)
{
	return app->photo && app->photo->waiting ? inspector_fd(app->inspector) : -1;
}
