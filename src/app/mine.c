#include "app/mine.h"

#include <string.h>

#include "app/app.h"
#include "app/mine_own.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/log.h"
#include "model/item.h"
#include "store/audit.h"
#include "store/store.h"
#include "ui/kind.h"

enum { ID_CODE = 1, ID_PERSON = 2 };

void mine_begin(struct app *app)
{
	app->page.focus = -1;
	app->page.n_rows = 0;
	app->page.scroll = 0;
}

int mine_turn(struct app *app, describe_fn *describe, void *ctx)
{
	for (;;) {
		struct event e;
		switch (session_turn(app, describe, ctx, &e)) {
		case ACTION_FINISH:
			return MINE_OVER;
		case ACTION_BACK:
			return MINE_BACK;
		case ACTION_PRESS:
			return app->page.rows[e.row].id;
		default:
			break;
		}
	}
}

struct sentence {
	const char *title, *text;
};

static void describe_sentence(void *ctx, struct page *p)
{
	const struct sentence *s = ctx;
	p->title = tr(s->title);
	page_add_text(p, tr(s->text));
	page_add(p, ROW_BUTTON, ID_BACK, tr("返回"))->primary = true;
}

bool mine_tell(struct app *app, const char *title, const char *text)
{
	struct sentence s = { title, text };
	mine_begin(app);
	return mine_turn(app, describe_sentence, &s) != MINE_OVER;
}

struct screen_page {
	const char *item;
	struct kind kind;
};

static void describe_screen(void *ctx, struct page *p)
{
	struct screen_page *s = ctx;
	p->item = tr(s->item);
	p->title = tr(s->kind.screen->title);
	s->kind.ops->describe(&s->kind, p);
}

/* One event; ACTION_NEXT when the screen is done, ACTION_BACK and ACTION_FINISH when it is left. */
static enum action screen_turn(struct app *app, struct screen_page *s)
{
	struct event e;
	struct page *p = &app->page;
	enum action a = session_turn(app, describe_screen, s, &e);
	int id = e.row >= 0 && e.row < p->n_rows ? p->rows[e.row].id : -1;
	const struct kind_ops *ops = s->kind.ops;

	if (a == ACTION_PRESS) {
		bool chooses = e.action == ACTION_CHAR && p->rows[e.row].kind == ROW_OPTION;
		a = ops->press(&s->kind, p, id);
		if (chooses && a == ACTION_NEXT)
			return ACTION_NONE; /* a digit only chooses (WCAG 3.2.2) */
	} else if (a == ACTION_TYPE) {
		if (ops->typed)
			ops->typed(&s->kind, p, id);
		return ACTION_NONE;
	} else if (a == ACTION_PAGE_UP || a == ACTION_PAGE_DOWN || a == ACTION_TICK || a == ACTION_READY) {
		a = ops->turn ? ops->turn(&s->kind, p, a) : ACTION_NONE;
	}
	if (a == ACTION_NEXT && ops->commit && !ops->commit(&s->kind, p))
		return ACTION_NONE;
	if (a == ACTION_BACK && ops->back && ops->back(&s->kind, p))
		return ACTION_NONE;
	return a;
}

static bool leaves(enum action a)
{
	return a == ACTION_NEXT || a == ACTION_BACK || a == ACTION_FINISH;
}

enum mine_screen mine_screen_row(struct app *app, const struct screen *screen, const char *item_title, int id)
{
	struct screen_page s = { .item = item_title };
	enum action a = ACTION_NONE;
	bool again = false;

	log_info("mine", "screen=%s", screen->name ? screen->name : "form");
	mine_begin(app);
	kind_open(&s.kind, screen, &app->filing, &app->facts, &app->services);
	if (id >= 0)
		a = s.kind.ops->press(&s.kind, &app->page, id);
	while (!leaves(a) && !again) {
		a = screen_turn(app, &s);
		again = id >= 0 && page_find(&app->page, id) >= 0 && page_find(&app->page, ID_CONTINUE) >= 0;
	}
	kind_close(&s.kind);
	return a == ACTION_BACK ? MINE_SCREEN_BACK : a == ACTION_FINISH ? MINE_SCREEN_OVER : MINE_SCREEN_DONE;
}

enum mine_screen mine_screen(struct app *app, const struct screen *screen, const char *item_title)
{
	return mine_screen_row(app, screen, item_title, -1);
}

static void describe_menu(void *ctx, struct page *p)
{
	const struct app *app = ctx;
	p->title = tr("我的办件");
	page_add_text(p, tr("请选择怎样找您的办件。"));
	struct row *r = page_add(p, ROW_OPTION, ID_CODE, tr("凭回执"));
	r->digit = 1;
	r->hint = page_own(p, "%s", tr("扫二维码，或者输入编号和查询码：可以看全部内容，补充材料，撤回，再打印回执"));
	if (mine_person_possible(app)) {
		r = page_add(p, ROW_OPTION, ID_PERSON, tr("核对身份"));
		r->digit = 2;
		r->hint = page_own(p, "%s", tr("没带回执：可以看有哪些办件、办到哪一步"));
	}
	page_add(p, ROW_TEXT, -1, "");
	page_add(p, ROW_BUTTON, ID_BACK, tr("返回"));
}

void mine_run(struct app *app)
{
	bool going = true;
	app->in_session = true;
	app->last_key = clock_monotonic_ms();
	log_info("mine", "begin=1");
	while (going) {
		mine_begin(app);
		int id = mine_turn(app, describe_menu, app);
		if (id == ID_CODE)
			going = mine_by_code(app, "");
		else if (id == ID_PERSON)
			going = mine_by_person(app);
		else
			going = false;
	}
	session_wipe(app);
}
