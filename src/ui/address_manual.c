#include "ui/address_manual.h"

#include <stdio.h>
#include <string.h>

#include "address/address.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/utf8.h"
#include "model/table.h"
#include "ui/page.h"

enum { ROAD, LANE, NUMBER, BUILDING, UNIT, ROOM };
enum { PER_PAGE = 9, ID_MORE = 350, ID_LESS = 351 };

static const struct {
	const char *label, *example;
	unsigned max;
	enum address_part part;
} fields[MANUAL_FIELDS] = {
	[ROAD] = { N_("路名、小区或村名"), N_("例：南京西路"), 30, ADDRESS_PART_NUMBER /* not used */ },
	[LANE] = { N_("弄（没有就空着）"), N_("例：1266"), 16, ADDRESS_PART_LANE },
	[NUMBER] = { N_("号"), N_("例：3、207-1、26甲"), 12, ADDRESS_PART_NUMBER },
	[BUILDING] = { N_("幢（没有就空着）"), N_("例：2"), 12, ADDRESS_PART_BUILDING },
	[UNIT] = { N_("单元（没有就空着）"), N_("例：1"), 12, ADDRESS_PART_UNIT },
	[ROOM] = { N_("室（独门独户就空着）"), N_("例：502"), 16, ADDRESS_PART_ROOM },
};

void manual_open(struct address_manual *m, const struct address *known)
{
	memset(m, 0, sizeof *m);
	str_copy(m->district_code, sizeof m->district_code, known->district_code);
	str_copy(m->district, sizeof m->district, known->district);
	char lane[sizeof known->lane + sizeof known->sub_lane + 8];
	snprintf(lane, sizeof lane, *known->sub_lane ? "%s弄%s支弄" : "%s", known->lane, known->sub_lane);
	const char *const values[MANUAL_FIELDS] = { known->street, lane, known->number, known->building, known->unit,
		known->room };
	for (unsigned i = 0; i < MANUAL_FIELDS; i++)
		edit_init(&m->fields[i], fields[i].max, values[i]);
}

/* The city's 16 districts, from the table of regions (GB/T 2260, 310000). */
static size_t districts(const struct code_table *regions, const struct code_row **out, size_t max)
{
	size_t n = regions ? table_children(regions, "310000", out, max) : 0;
	return n < max ? n : max;
}

static const char *row_name(const struct code_row *r)
{
	return i18n_get() == LANG_EN && *r->english ? r->english : r->name;
}

static void describe_districts(struct address_manual *m, struct page *p, const struct code_table *regions)
{
	const struct code_row *rows[40];
	size_t n = districts(regions, rows, 40);
	page_add(p, ROW_HEADING, -1, tr("您住在哪个区？"));
	page_add(p, ROW_TEXT, -1, "");
	for (size_t i = m->first; i < n && i < m->first + PER_PAGE; i++) {
		struct row *r = page_add(p, ROW_OPTION, (int)(ID_MANUAL_DISTRICT + i - m->first), row_name(rows[i]));
		r->digit = (unsigned)(i - m->first) + 1;
		r->selected = str_eq(m->district_code, rows[i]->code);
	}
	if (m->first)
		page_add(p, ROW_BUTTON, ID_LESS, tr("上九项"))->hint = "PgUp";
	if (m->first + PER_PAGE < n)
		page_add(p, ROW_BUTTON, ID_MORE, tr("下九项"))->hint = "PgDn";
}

void manual_describe(struct address_manual *m, struct page *p, const struct code_table *regions)
{
	if (!*m->district) {
		describe_districts(m, p, regions);
		return;
	}
	page_add(p, ROW_TEXT, -1, tr("请照门牌填写。窗口会核对这个地址，不影响您继续办理。"));
	page_add(p, ROW_TEXT, -1, "");
	page_add(p, ROW_VALUE, -1, tr("区"))->value = page_own(p, "%s", m->district);
	for (int i = 0; i < MANUAL_FIELDS; i++) {
		struct row *r = page_add(p, ROW_INPUT, ID_MANUAL_FIELD + i, tr(fields[i].label));
		r->edit = &m->fields[i];
		r->hint = page_own(p, "%s", tr(fields[i].example));
		r->error = page_own(p, "%s", m->errors[i]);
	}
}

bool manual_turn(struct address_manual *m, int direction, const struct code_table *regions)
{
	const struct code_row *rows[40];
	size_t n = districts(regions, rows, 40);
	if (*m->district)
		return false;
	if (direction > 0 && m->first + PER_PAGE < n)
		m->first += PER_PAGE;
	else if (direction < 0 && m->first)
		m->first -= PER_PAGE;
	return true;
}

bool manual_press(struct address_manual *m, struct page *p, const struct code_table *regions, int id)
{
	const struct code_row *rows[40];
	if (id == ID_MORE || id == ID_LESS)
		return manual_turn(m, id == ID_MORE ? 1 : -1, regions);
	if (id >= ID_MANUAL_DISTRICT && id < ID_MANUAL_DISTRICT + PER_PAGE) {
		size_t n = districts(regions, rows, 40), i = m->first + (size_t)(id - ID_MANUAL_DISTRICT);
		if (i < n) {
			str_copy(m->district_code, sizeof m->district_code, rows[i]->code);
			str_copy(m->district, sizeof m->district, rows[i]->name);
			p->focus = -1;
		}
		return true;
	}
	if (id >= ID_MANUAL_FIELD && id < ID_MANUAL_FIELD + MANUAL_FIELDS) {
		page_move(p, 1);
		return true;
	}
	return false;
}

/* `sub_lane`: what the field of the lane holds beyond the lane. */
static bool take(struct address_manual *m, int i, char *out, size_t size, char sub_lane[static 12])
{
	char typed[EDIT_MAX * 4 + 1];
	edit_get(&m->fields[i], typed, sizeof typed);
	m->errors[i][0] = out[0] = '\0';
	if (i == ROAD) {
		if (utf8_length(typed) < 2) {
			str_copy(m->errors[i], sizeof m->errors[i], tr("请写路名、小区或村名，至少两个字。"));
			return false;
		}
		return str_copy(out, size, typed);
	}
	if (!*typed) {
		if (i != NUMBER)
			return true;
		str_copy(m->errors[i], sizeof m->errors[i], tr("请写门牌上的号，例如 3 或 207-1。"));
		return false;
	}
	if (i == LANE ? address_lane_canonical(typed, out, sub_lane)
		      : address_part_canonical(fields[i].part, typed, out, size))
		return true;
	str_copy(m->errors[i], sizeof m->errors[i], tr("看不懂这个号码。请照门牌写，例如 3、207-1、26甲、502。"));
	return false;
}

bool manual_commit(struct address_manual *m, struct page *p, struct address *ret)
{
	struct address a = { .level = ADDRESS_ROOM, .manual = true };
	str_copy(a.district_code, sizeof a.district_code, m->district_code);
	str_copy(a.district, sizeof a.district, m->district);
	const struct {
		char *to;
		size_t size;
	} parts[MANUAL_FIELDS] = { { a.street, sizeof a.street }, { a.lane, sizeof a.lane },
		{ a.number, sizeof a.number }, { a.building, sizeof a.building }, { a.unit, sizeof a.unit },
		{ a.room, sizeof a.room } };
	int wrong = -1;
	for (int i = 0; i < MANUAL_FIELDS; i++)
		if (!take(m, i, parts[i].to, parts[i].size, a.sub_lane) && wrong < 0)
			wrong = i;
	if (wrong >= 0) {
		page_focus_id(p, ID_MANUAL_FIELD + wrong);
		return false;
	}
	a.single_house = !*a.room;
	*ret = a;
	return true;
}

void manual_close(struct address_manual *m)
{
	for (int i = 0; i < MANUAL_FIELDS; i++)
		edit_wipe(&m->fields[i]);
}
