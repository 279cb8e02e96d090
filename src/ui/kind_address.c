/*
 * Residential address: type a part of a road or compound name, choose, go down to lane, number, building, unit, room.
 * Results stand under the field while typing; the address is read back whole before it counts. Manual entry when the library
 * does not have it.
 */
#include <string.h>

#include "address/address.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/utf8.h"
#include "model/edit.h"
#include "model/item.h"
#include "ui/address_answer.h"
#include "ui/address_manual.h"
#include "ui/kind.h"
#include "ui/page.h"
#include "ui/services.h"

enum { SEARCH_HITS = 45, HITS = 450, PER_PAGE = 9, DEPTH = 8 };
enum { ID_QUERY = 1, ID_AGAIN = 2, ID_MANUAL = 3, ID_MORE = 4, ID_LESS = 5, ID_HIT = 10 };
enum mode { MODE_SEARCH, MODE_BELOW, MODE_DONE, MODE_MANUAL };

struct address_page {
	enum mode mode, before; /* before: where the address that is read back comes from; DONE: from the answers */
	struct address_library *library; /* as it was when the screen was opened; NULL: none */
	struct address_session *session;
	struct edit query, part;    /* the name; the number that is asked below it */
	struct address path[DEPTH]; /* what was chosen so far; the last one counts */
	unsigned depth;
	const char *asks; /* what stands below it */
	struct address_hit hits[HITS];
	size_t n_hits, total, first;
	struct address chosen; /* shown whole, then stored */
	struct address_manual manual;
};

static struct address *at(struct address_page *a)
{
	return &a->path[a->depth ? a->depth - 1 : 0];
}

static struct edit *field(struct address_page *a)
{
	return a->mode == MODE_BELOW ? &a->part : &a->query;
}

/* Characters that were typed, without blanks: as many as the labels below have in common. */
static size_t typed_length(const struct edit *e)
{
	size_t n = 0;
	for (unsigned i = 0; i < e->len; i++)
		n += e->text[i] != ' ' && e->text[i] != 0x3000;
	return n;
}

static void find(struct address_page *a)
{
	char typed[EDIT_MAX * 4 + 1];
	size_t n = typed_length(field(a)), max = a->mode == MODE_SEARCH ? SEARCH_HITS : HITS;
	a->first = a->n_hits = a->total = 0;
	edit_get(field(a), typed, sizeof typed);
	if (a->mode == MODE_SEARCH && *typed)
		a->total = address_session_type(a->session, typed, a->hits, max);
	else if (a->mode == MODE_BELOW)
		a->total = address_below(a->library, at(a), typed, a->hits, max);
	a->n_hits = a->total < max ? a->total : max;
	for (size_t i = 0; a->mode == MODE_BELOW && i < a->n_hits; i++)
		a->hits[i].marks = n < 64 ? (UINT64_C(1) << n) - 1 : 0;
	explicit_bzero(typed, sizeof typed);
}

/* What the field below asks for, by the first thing that is there. */
static const char *asks(struct address_page *a)
{
	struct address_hit hit = { 0 };
	const struct address *x = at(a);
	if (x->level == ADDRESS_STREET)
		return N_("弄或号");
	address_below(a->library, x, "", &hit, 1);
	switch (hit.at.level) {
	case ADDRESS_LANE:
		return N_("支弄或号");
	case ADDRESS_ROOM:
		return N_("室号");
	default:
		return str_eq(hit.at.building, x->building) && str_eq(hit.at.unit, x->unit) ? N_("号")
			: hit.at.unit[0] && !x->unit[0]                                     ? N_("单元")
											    : N_("幢");
	}
}

/* The search, or the list below what is chosen. */
static void look(struct address_page *a, struct page *p)
{
	a->mode = a->depth ? MODE_BELOW : MODE_SEARCH;
	edit_set(&a->part, "");
	if (a->depth)
		a->asks = asks(a);
	find(a);
	p->focus = -1;
}

static void read_back(struct address_page *a, struct page *p, const struct address *x, enum mode before)
{
	a->chosen = *x;
	a->before = before;
	a->mode = MODE_DONE;
	p->focus = -1;
}

static void address_open_page(struct kind *k)
{
	struct address_page *a = k->own;
	a->library = k->services->addresses(k->services->ctx);
	a->session = address_session_create(a->library);
	edit_init(&a->query, 60, "");
	edit_init(&a->part, 20, "");
	if (address_answer_read(k, &a->chosen))
		a->mode = a->before = MODE_DONE;
}

static void describe_hits(struct address_page *a, struct page *p)
{
	for (size_t i = a->first; i < a->n_hits && i < a->first + PER_PAGE; i++) {
		struct row *r = page_add(p, ROW_OPTION, (int)(ID_HIT + i - a->first), a->hits[i].label);
		r->digit = (unsigned)(i - a->first) + 1;
		r->value = page_own(p, "%s", a->hits[i].detail);
		r->marks = a->hits[i].marks;
	}
	if (a->first)
		page_add(p, ROW_BUTTON, ID_LESS, tr("上九项"))->hint = "PgUp";
	if (a->first + PER_PAGE < a->n_hits)
		page_add(p, ROW_BUTTON, ID_MORE, tr("下九项"))->hint = "PgDn";
}

static const char *count_text(struct address_page *a, struct page *p)
{
	if (a->total == 0)
		return a->query.len ? tr("没有找到。请少输几个字，或选下面的“我的地址不在这里”。") : "";
	size_t last = a->n_hits - a->first < PER_PAGE ? a->n_hits : a->first + PER_PAGE;
	if (a->first)
		return page_own(p, tr("共 %zu 个结果，现在是第 %zu 到 %zu 个。"), a->total, a->first + 1, last);
	if (a->total > a->n_hits)
		return page_own(p, tr("共 %zu 个结果，先列出 %zu 个。请多输一些。"), a->total, a->n_hits);
	return page_own(p,
		p->lines ? tr("共 %zu 个结果，输入 # 和编号选择。") : tr("共 %zu 个结果，按 ↓ 再按数字键选择。"),
		a->total);
}

static void describe_done(struct address_page *a, struct page *p)
{
	char text[400];
	address_text(&a->chosen, text, sizeof text);
	page_add(p, ROW_VALUE, -1, tr("居住地址"))->value = page_own(p, "%s", text);
	if (*a->chosen.town)
		page_add(p, ROW_VALUE, -1, tr("街道或镇"))->value = page_own(p, "%s", a->chosen.town);
	if (a->chosen.manual) {
		page_add(p, ROW_TEXT, -1, "");
		page_add(p, ROW_TEXT, -1, tr("这是手工填写的地址，窗口会核对。"));
	}
	page_add_continue(p);
	page_add(p, ROW_BUTTON, ID_AGAIN, tr("重新查找"));
	if (p->focus < 0)
		page_focus_id(p, ID_CONTINUE);
}

static void describe_field(struct kind *k, struct page *p)
{
	struct address_page *a = k->own;
	bool typing = field(a)->len > 0; /* then the results need the room that the explanations had */
	struct row *r;
	if (a->mode == MODE_BELOW) {
		char text[400];
		address_text(at(a), text, sizeof text);
		page_add(p, ROW_VALUE, -1, tr("已选"))->value = page_own(p, "%s", text);
		r = page_add(p, ROW_INPUT, ID_QUERY, tr(a->asks));
		r->hint = page_own(p, "%s", typing ? "" : tr("输入开头的数字，或直接在下面选"));
	} else {
		if (!typing)
			page_add_text(p, k->screen->text ? tr(k->screen->text) : NULL);
		r = page_add(p, ROW_INPUT, ID_QUERY, tr("路名、小区或村名"));
		r->hint = page_own(p, "%s", typing ? "" : tr("汉字、拼音或首字母，可接门牌，例：njxl 1266 3 502"));
	}
	r->edit = field(a);
	r->value = count_text(a, p);
}

static void address_describe(struct kind *k, struct page *p)
{
	struct address_page *a = k->own;
	switch (a->mode) {
	case MODE_DONE:
		describe_done(a, p);
		break;
	case MODE_MANUAL:
		p->turns = !*a->manual.district;
		manual_describe(&a->manual, p, k->services->table(k->services->ctx, "regions"));
		if (*a->manual.district)
			page_add_continue(p);
		break;
	case MODE_SEARCH:
	case MODE_BELOW:
		p->turns = a->n_hits > PER_PAGE;
		describe_field(k, p);
		describe_hits(a, p);
		page_add(p, ROW_TEXT, -1, "");
		page_add(p, ROW_BUTTON, ID_MANUAL, tr("我的地址不在这里"));
		break;
	}
}

/* A level with one choice only asks nothing. */
static void skip_single(struct address_page *a, struct address *x)
{
	struct address_hit only[2];
	for (int i = 0; i < DEPTH && !address_complete(x) && address_below(a->library, x, "", only, 2) == 1; i++)
		*x = only[0].at;
}

static enum action choose(struct address_page *a, struct page *p, size_t i)
{
	if (i >= a->n_hits || a->depth >= DEPTH)
		return ACTION_NONE;
	struct address x = a->hits[i].at;
	skip_single(a, &x);
	if (address_complete(&x)) {
		read_back(a, p, &x, a->mode);
		return ACTION_NONE;
	}
	a->path[a->depth++] = x;
	look(a, p);
	return ACTION_NONE;
}

/* The one choice that is called as typed: "3" means 3号, although 30号 begins so, too. n_hits: none, or several. */
static size_t exact(struct address_page *a)
{
	static const char *const units[] = { "", "弄", "支弄", "号", "幢", "单元", "室" };
	size_t n = typed_length(field(a)), found = a->n_hits;
	for (size_t i = 0; a->mode == MODE_BELOW && n && i < a->n_hits; i++) {
		const char *rest = a->hits[i].label;
		uint32_t point;
		for (size_t skip = 0; skip < n && *rest; skip++)
			rest += utf8_decode(rest, strlen(rest), &point);
		for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
			if (!str_eq(rest, units[u]))
				continue;
			if (found < a->n_hits)
				return a->n_hits;
			found = i;
		}
	}
	return found;
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
		a->depth = 0;
		edit_set(&a->query, "");
		look(a, p);
		return ACTION_NONE;
	case ID_MANUAL:
		manual_open(&a->manual, a->depth ? at(a) : &(struct address){ 0 });
		a->mode = MODE_MANUAL;
		p->focus = -1;
		return ACTION_NONE;
	case ID_MORE:
	case ID_LESS:
		return address_turn(k, p, id == ID_MORE ? ACTION_PAGE_DOWN : ACTION_PAGE_UP);
	case ID_QUERY:
		if (a->n_hits == 1 || exact(a) < a->n_hits)
			return choose(a, p, a->n_hits == 1 ? 0 : exact(a));
		page_move(p, 1);
		return ACTION_NONE;
	default:
		return choose(a, p, a->first + (size_t)(id - ID_HIT));
	}
}

static void address_typed(struct kind *k, struct page *p, int id)
{
	(void)p;
	if (id == ID_QUERY)
		find(k->own);
}

/* One level up; what was typed for the name is still there. */
static bool address_back(struct kind *k, struct page *p)
{
	struct address_page *a = k->own;
	switch (a->mode) {
	case MODE_SEARCH:
		return false; /* where one came from */
	case MODE_DONE:
		if (a->before == MODE_DONE)
			return false;
		a->mode = a->before;
		p->focus = -1;
		return true;
	case MODE_MANUAL:
		p->focus = -1;
		if (*a->manual.district && !a->depth)
			a->manual.district[0] = '\0';
		else
			look(a, p);
		return true;
	case MODE_BELOW:
		a->depth--;
		look(a, p);
		return true;
	}
	return false;
}

static bool address_commit(struct kind *k, struct page *p)
{
	struct address_page *a = k->own;
	if (a->mode == MODE_MANUAL) {
		struct address typed;
		if (manual_commit(&a->manual, p, &typed))
			read_back(a, p, &typed, MODE_MANUAL);
		else
			page_say(p, true, "%s", tr("请看带“!”的说明，改正后再继续。"));
		return false;
	}
	if (a->mode != MODE_DONE) {
		page_say(p, true, "%s", tr("请先选到门牌和室号。"));
		return false;
	}
	return address_answer_write(k, &a->chosen);
}

static void address_close_page(struct kind *k)
{
	struct address_page *a = k->own;
	edit_wipe(&a->query);
	edit_wipe(&a->part);
	address_session_destroy(a->session);
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
