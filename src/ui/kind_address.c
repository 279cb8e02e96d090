/*
 * Residential address: type a part of a road or compound name, choose, go down to lane, number, room. Results stand under
 * the field while typing. Manual entry when the library has no match.
 */
#include <stdio.h>
#include <string.h>

#include "address/address.h"
#include "base/i18n.h"
#include "base/str.h"
#include "model/answers.h"
#include "model/edit.h"
#include "model/filing.h"
#include "model/item.h"
#include "ui/address_manual.h"
#include "ui/kind.h"
#include "ui/page.h"
#include "ui/services.h"

enum { HITS = 45, PER_PAGE = 9, DEPTH = 4 };
enum { ID_QUERY = 1, ID_AGAIN = 2, ID_MANUAL = 3, ID_MORE = 4, ID_LESS = 5, ID_HIT = 10 };
enum mode { MODE_SEARCH, MODE_BELOW, MODE_DONE, MODE_MANUAL };

struct address_page {
	enum mode mode;
	struct edit query;
	struct address path[DEPTH]; /* what was chosen so far; the last one counts */
	unsigned depth;
	struct address_hit hits[HITS];
	size_t n_hits, total, first;
	struct address_manual manual;
};

/* The parts of the answer: one list for storing and reading back. */
// clang-format off
#define PARTS(X) \
	X("district_code", district_code) X("district", district) X("town_code", town_code) X("town", town) \
	X("street", street) X("lane", lane) X("sub_lane", sub_lane) X("number", number) X("building", building) X("room", room)
// clang-format on

static void part_name(const struct kind *k, const char *part, char out[static ANSWER_NAME_MAX])
{
	snprintf(out, ANSWER_NAME_MAX, "%s.%s", k->screen->name, part);
}

static const char *part_value(const struct kind *k, const char *part)
{
	char name[ANSWER_NAME_MAX];
	part_name(k, part, name);
	return answers_text(k->filing->answers, name);
}

static struct address *at(struct address_page *a)
{
	return &a->path[a->depth ? a->depth - 1 : 0];
}

static void find(struct kind *k)
{
	struct address_page *a = k->own;
	struct address_library *library = k->services->addresses(k->services->ctx);
	char query[EDIT_MAX * 4 + 1];
	edit_get(&a->query, query, sizeof query);
	a->first = a->n_hits = a->total = 0;
	if (!library || (a->mode == MODE_SEARCH && !*query))
		return;
	a->total = a->mode == MODE_BELOW ? address_below(library, at(a), query, a->hits, HITS)
					 : address_search(library, query, a->hits, HITS);
	a->n_hits = a->total < HITS ? a->total : HITS;
}

static void address_open_page(struct kind *k)
{
	struct address_page *a = k->own;
	edit_init(&a->query, 60, "");
	if (*part_value(k, "text")) {
		struct address *x = &a->path[0];
#define X(name, member) str_copy(x->member, sizeof x->member, part_value(k, name));
		PARTS(X)
#undef X
		x->level = *x->room ? ADDRESS_ROOM : ADDRESS_DOOR;
		x->single_house = !*x->room;
		x->manual = str_eq(part_value(k, "match"), "manual");
		a->depth = 1;
		a->mode = MODE_DONE;
	}
}

static void describe_hits(struct address_page *a, struct page *p)
{
	for (size_t i = a->first; i < a->n_hits && i < a->first + PER_PAGE; i++) {
		struct row *r = page_add(p, ROW_OPTION, (int)(ID_HIT + i - a->first), a->hits[i].label);
		r->digit = (unsigned)(i - a->first) + 1;
		r->value = page_own(p, "%s", a->hits[i].detail);
	}
	if (a->first)
		page_add(p, ROW_BUTTON, ID_LESS, tr("上九项"))->hint = "PgUp";
	if (a->first + PER_PAGE < a->n_hits)
		page_add(p, ROW_BUTTON, ID_MORE, tr("下九项"))->hint = "PgDn";
}

static void describe_count(struct address_page *a, struct page *p)
{
	if (a->total == 0 && a->query.len)
		page_add(p, ROW_TEXT, -1, tr("没有找到。请少输几个字，或选下面的“库里没有我的地址”。"));
	else if (a->total > a->n_hits)
		page_add(p, ROW_TEXT, -1,
			page_own(p, tr("共 %zu 个结果，列出最接近的 %zu 个。请多输几个字。"), a->total, a->n_hits));
	else if (a->total > 0)
		page_add(p, ROW_TEXT, -1, page_own(p, tr("共 %zu 个结果，按 ↓ 再按数字键选择。"), a->total));
}

static void describe_done(struct kind *k, struct page *p)
{
	struct address_page *a = k->own;
	char text[400];
	address_text(at(a), text, sizeof text);
	page_add(p, ROW_VALUE, -1, tr("居住地址"))->value = page_own(p, "%s", text);
	if (*at(a)->town)
		page_add(p, ROW_VALUE, -1, tr("街道或镇"))->value = page_own(p, "%s", at(a)->town);
	if (at(a)->manual) {
		page_add(p, ROW_TEXT, -1, "");
		page_add(p, ROW_TEXT, -1, tr("这是手工填写的地址，窗口会核对。"));
	}
	page_add_continue(p);
	page_add(p, ROW_BUTTON, ID_AGAIN, tr("重新查找"));
	if (p->focus < 0)
		page_focus_id(p, ID_CONTINUE);
}

static void address_describe(struct kind *k, struct page *p)
{
	struct address_page *a = k->own;
	if (a->mode == MODE_DONE) {
		describe_done(k, p);
		return;
	}
	p->turns = a->mode == MODE_MANUAL ? !*a->manual.district : a->n_hits > PER_PAGE;
	if (a->mode == MODE_MANUAL) {
		manual_describe(&a->manual, p, k->services->table(k->services->ctx, "regions"));
		if (*a->manual.district)
			page_add_continue(p);
		return;
	}
	bool typing = a->query.len > 0; /* then the results need the room that the explanations had */
	if (a->mode == MODE_SEARCH && !typing)
		page_add_text(p, k->screen->text ? tr(k->screen->text) : NULL);
	struct row *r;
	if (a->mode == MODE_BELOW) {
		char text[400];
		address_text(at(a), text, sizeof text);
		page_add(p, ROW_VALUE, -1, tr("已选"))->value = page_own(p, "%s", text);
		r = page_add(p, ROW_INPUT, ID_QUERY,
			at(a)->level == ADDRESS_DOOR           ? tr("室号")
				: at(a)->level == ADDRESS_LANE ? tr("号")
							       : tr("弄或号"));
		r->hint = page_own(p, "%s", typing ? "" : tr("输入开头的数字，或直接在下面选"));
	} else {
		r = page_add(p, ROW_INPUT, ID_QUERY, tr("路名、小区或村名"));
		r->hint = page_own(p, "%s", typing ? "" : tr("汉字、拼音或首字母，可接门牌，例：njxl 1266 3 502"));
	}
	r->edit = &a->query;
	describe_count(a, p);
	describe_hits(a, p);
	page_add(p, ROW_TEXT, -1, "");
	page_add(p, ROW_BUTTON, ID_MANUAL, tr("库里没有我的地址"));
}

static enum action choose(struct kind *k, struct page *p, size_t i)
{
	struct address_page *a = k->own;
	if (i >= a->n_hits || a->depth >= DEPTH)
		return ACTION_NONE;
	a->path[a->depth++] = a->hits[i].at;
	a->mode = address_complete(at(a)) ? MODE_DONE : MODE_BELOW;
	edit_set(&a->query, "");
	find(k);
	p->focus = -1;
	return ACTION_NONE;
}

static enum action address_turn(struct kind *k, struct page *p, enum action action)
{
	struct address_page *a = k->own;
	if (a->mode == MODE_MANUAL) {
		manual_turn(&a->manual, action == ACTION_PAGE_DOWN ? 1 : -1,
			k->services->table(k->services->ctx, "regions"));
		p->focus = -1;
		return ACTION_NONE;
	}
	if (action == ACTION_PAGE_DOWN && a->first + PER_PAGE < a->n_hits)
		a->first += PER_PAGE;
	else if (action == ACTION_PAGE_UP && a->first)
		a->first -= PER_PAGE;
	else
		return ACTION_NONE;
	page_focus_id(p, ID_QUERY);
	page_move(p, 1);
	return ACTION_NONE;
}

static enum action address_press(struct kind *k, struct page *p, int id)
{
	struct address_page *a = k->own;
	if (a->mode == MODE_MANUAL && manual_press(&a->manual, p, k->services->table(k->services->ctx, "regions"), id))
		return ACTION_NONE;
	switch (id) {
	case ID_CONTINUE:
		return ACTION_NEXT;
	case ID_AGAIN:
		a->mode = MODE_SEARCH;
		a->depth = 0;
		edit_set(&a->query, "");
		find(k);
		p->focus = -1;
		return ACTION_NONE;
	case ID_MANUAL: {
		struct address none = { 0 };
		manual_open(&a->manual, a->depth ? at(a) : &none);
		a->mode = MODE_MANUAL;
		p->focus = -1;
		return ACTION_NONE;
	}
	case ID_MORE:
	case ID_LESS:
		return address_turn(k, p, id == ID_MORE ? ACTION_PAGE_DOWN : ACTION_PAGE_UP);
	case ID_QUERY:
		if (a->n_hits == 1)
			return choose(k, p, 0);
		page_move(p, 1);
		return ACTION_NONE;
	default:
		return choose(k, p, a->first + (size_t)(id - ID_HIT));
	}
}

static void address_typed(struct kind *k, struct page *p, int id)
{
	(void)p;
	if (id == ID_QUERY)
		find(k);
}

static bool address_back(struct kind *k, struct page *p)
{
	struct address_page *a = k->own;
	if (a->mode == MODE_MANUAL && *a->manual.district && !a->depth) {
		a->manual.district[0] = '\0';
	} else if (a->mode == MODE_MANUAL) {
		a->mode = a->depth ? MODE_BELOW : MODE_SEARCH;
	} else if (a->mode == MODE_BELOW) {
		a->depth--;
		a->mode = a->depth ? MODE_BELOW : MODE_SEARCH;
	} else {
		return false; /* search and done are where one came from */
	}
	edit_set(&a->query, "");
	find(k);
	p->focus = -1;
	return true;
}

static bool address_commit(struct kind *k, struct page *p)
{
	struct address_page *a = k->own;
	if (a->mode == MODE_MANUAL) {
		struct address typed;
		if (!manual_commit(&a->manual, p, &typed)) {
			page_say(p, true, "%s", tr("请看带“!”的说明，改正后再继续。"));
			return false;
		}
		a->path[0] = typed;
		a->depth = 1;
		a->mode = MODE_DONE; /* shown whole once before it counts */
		p->focus = -1;
		return false;
	}
	if (a->mode != MODE_DONE) {
		page_say(p, true, "%s", tr("请先选到门牌和室号。"));
		return false;
	}
	char text[400], name[ANSWER_NAME_MAX];
	const struct address *x = at(a);
	part_name(k, "", name); /* "address." */
	answers_remove_prefix(k->filing->answers, name);
	address_text(x, text, sizeof text);
#define X(part, member) \
	part_name(k, part, name); \
	answers_set(k->filing->answers, name, x->member);
	PARTS(X)
#undef X
	part_name(k, "match", name);
	answers_set(k->filing->answers, name, x->manual ? "manual" : "library");
	part_name(k, "text", name);
	return answers_set(k->filing->answers, name, text);
}

static void address_close_page(struct kind *k)
{
	struct address_page *a = k->own;
	edit_wipe(&a->query);
	manual_close(&a->manual);
}

const struct kind_ops kind_address = {
	.name = "address",
	.private_size = sizeof(struct address_page),
	.open = address_open_page,
	.describe = address_describe,
	.press = address_press,
	.typed = address_typed,
	.commit = address_commit,
	.back = address_back,
	.turn = address_turn,
	.close = address_close_page,
};
