/*
 * One question whose answers are a code table: found by typing (Chinese, pinyin, initials), shown nine at a time, chosen by
 * digit. In a table with levels (regions) a row that has rows below opens them; Esc goes up again.
 */
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "model/answers.h"
#include "model/check.h"
#include "model/edit.h"
#include "model/filing.h"
#include "model/item.h"
#include "model/table.h"
#include "ui/kind.h"
#include "ui/page.h"
#include "ui/services.h"

enum { PER_PAGE = 9, HITS_MAX = 90, ID_SEARCH = 1, ID_HIT = 10, ID_MORE = 50, ID_LESS = 51 };

struct list {
	struct edit search;
	const struct code_table *table;
	const struct code_row *hits[HITS_MAX];
	size_t n_hits, total, first;
	char parent[16]; /* the row whose children are shown; "" at the top */
	char chosen[16];
	char error[300];
	enum lang lang; /* of the error */
};

static void search(struct list *l)
{
	char query[EDIT_MAX * 4 + 1];
	edit_get(&l->search, query, sizeof query);
	l->first = 0;
	if (!l->table)
		l->total = 0;
	else if (!*query && *l->parent)
		l->total = table_children(l->table, l->parent, l->hits, HITS_MAX);
	else
		l->total = table_search(l->table, query, l->hits, HITS_MAX);
	l->n_hits = l->total < HITS_MAX ? l->total : HITS_MAX;
}

static void list_open(struct kind *k)
{
	struct list *l = k->own;
	const struct question *q = &k->screen->questions[0];
	l->table = k->services->table(k->services->ctx, q->table);
	edit_init(&l->search, 30, "");
	str_copy(l->chosen, sizeof l->chosen, answers_text(k->filing->answers, q->name));
	search(l);
	for (size_t i = 0; i < l->n_hits; i++) /* open on the page of nine that holds the answer */
		if (str_eq(l->hits[i]->code, l->chosen))
			l->first = i - i % PER_PAGE;
}

static void row_text(const struct list *l, const struct code_row *r, bool path, char *out, size_t size)
{
	bool english = i18n_get() == LANG_EN;
	if (path && *r->parent)
		table_path(l->table, r, english, out, size);
	else
		str_copy(out, size, english && *r->english ? r->english : r->name);
}

static void describe_hits(struct list *l, struct page *p)
{
	char text[300];
	for (size_t i = l->first; i < l->n_hits && i < l->first + PER_PAGE; i++) {
		const struct code_row *hit = l->hits[i];
		row_text(l, hit, l->search.len > 0, text, sizeof text);
		struct row *r = page_add(p, ROW_OPTION, (int)(ID_HIT + i - l->first), text);
		r->digit = (unsigned)(i - l->first) + 1;
		r->selected = str_eq(hit->code, l->chosen);
		if (!table_is_leaf(l->table, hit))
			r->value = "...";
	}
	if (l->first)
		page_add(p, ROW_BUTTON, ID_LESS, tr("上九项"))->hint = "PgUp";
	if (l->first + PER_PAGE < l->n_hits)
		page_add(p, ROW_BUTTON, ID_MORE, tr("下九项"))->hint = "PgDn";
}

/* Only a row of the table is an answer. */
static bool judge(struct kind *k, char *ret_value, size_t size)
{
	struct list *l = k->own;
	bool known = l->table && table_find(l->table, l->chosen);
	l->error[0] = '\0';
	return check_answer(&k->screen->questions[0], known ? l->chosen : "", k->filing->answers, k->facts, ret_value,
		size, l->error, sizeof l->error);
}

static void list_describe(struct kind *k, struct page *p)
{
	struct list *l = k->own;
	char value[32];
	if (*l->error && l->lang != i18n_get()) /* the error follows the language */
		judge(k, value, sizeof value);
	l->lang = i18n_get();
	const struct question *q = &k->screen->questions[0];
	char text[300];
	bool typing = l->search.len > 0; /* then the results need the room that the explanations had */
	page_add_text(p, k->screen->text && !typing ? tr(k->screen->text) : NULL);
	if (*l->chosen && l->table && table_find(l->table, l->chosen)) {
		row_text(l, table_find(l->table, l->chosen), true, text, sizeof text);
		page_add(p, ROW_VALUE, -1, tr("已选"))->value = page_own(p, "%s", text);
	}
	struct row *r = page_add(p, ROW_INPUT, ID_SEARCH, tr(q->label));
	r->edit = &l->search;
	r->error = page_own(p, "%s", l->error);
	r->hint = page_own(p, "%s", typing ? "" : tr("输入汉字、拼音或首字母查找；用数字选择"));
	p->digits_pick = true;
	p->turns = l->total > PER_PAGE;
	if (*l->parent && !l->search.len) {
		row_text(l, table_find(l->table, l->parent), true, text, sizeof text);
		page_add(p, ROW_HEADING, -1, text);
	} else if (l->total == 0) {
		page_add(p, ROW_TEXT, -1, tr("没有找到。请少输几个字，或换一种写法。"));
	} else if (l->total > PER_PAGE) {
		page_add(p, ROW_TEXT, -1,
			page_own(p, tr("共 %zu 项，现在是第 %zu 到 %zu 项"), l->total, l->first + 1,
				l->first + PER_PAGE < l->n_hits ? l->first + PER_PAGE : l->n_hits));
	}
	describe_hits(l, p);
	if (*l->chosen)
		page_add_continue(p);
}

static enum action choose(struct list *l, struct page *p, const struct code_row *hit)
{
	l->error[0] = '\0';
	if (!table_is_leaf(l->table, hit)) {
		str_copy(l->parent, sizeof l->parent, hit->code);
		edit_set(&l->search, "");
		search(l);
		page_focus_id(p, ID_SEARCH);
		return ACTION_NONE;
	}
	str_copy(l->chosen, sizeof l->chosen, hit->code);
	return ACTION_NEXT;
}

static enum action turn_page(struct kind *k, struct page *p, enum action a)
{
	struct list *l = k->own;
	if (a == ACTION_PAGE_DOWN && l->first + PER_PAGE < l->n_hits)
		l->first += PER_PAGE;
	else if (a == ACTION_PAGE_UP && l->first)
		l->first -= PER_PAGE;
	else
		return ACTION_NONE;
	page_focus_id(p, ID_SEARCH);
	return ACTION_NONE;
}

static enum action list_press(struct kind *k, struct page *p, int id)
{
	struct list *l = k->own;
	if (id == ID_CONTINUE)
		return ACTION_NEXT;
	if (id == ID_MORE || id == ID_LESS)
		return turn_page(k, p, id == ID_MORE ? ACTION_PAGE_DOWN : ACTION_PAGE_UP);
	if (id >= ID_HIT && l->first + (size_t)(id - ID_HIT) < l->n_hits)
		return choose(l, p, l->hits[l->first + (size_t)(id - ID_HIT)]);
	/* Enter in the search field: the only hit is meant, else down to the hits; an answer that stands goes on. */
	if (l->search.len && l->n_hits == 1)
		return choose(l, p, l->hits[0]);
	if (!l->search.len && *l->chosen)
		return ACTION_NEXT;
	page_move(p, 1);
	return ACTION_NONE;
}

static void list_typed(struct kind *k, struct page *p, int id)
{
	struct list *l = k->own;
	(void)p;
	(void)id;
	search(l);
}

static bool list_commit(struct kind *k, struct page *p)
{
	struct list *l = k->own;
	char value[32];
	if (judge(k, value, sizeof value))
		return answers_set(k->filing->answers, k->screen->questions[0].name, value);
	page_focus_id(p, ID_SEARCH);
	page_say(p, true, "%s", tr("有一处需要改正，请看带“!”的说明。"));
	l->lang = i18n_get();
	return false;
}

static bool list_back(struct kind *k, struct page *p)
{
	struct list *l = k->own;
	if (!*l->parent)
		return false;
	const struct code_row *r = table_find(l->table, l->parent);
	str_copy(l->parent, sizeof l->parent, r ? r->parent : "");
	search(l);
	page_focus_id(p, ID_SEARCH);
	return true;
}

const struct kind_ops kind_list = {
	.name = "list",
	.private_size = sizeof(struct list),
	.open = list_open,
	.describe = list_describe,
	.press = list_press,
	.typed = list_typed,
	.commit = list_commit,
	.back = list_back,
	.turn = turn_page,
};
