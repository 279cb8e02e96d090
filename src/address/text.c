#include <string.h>

#include "address/address.h"
#include "base/str.h"

static void add(struct str *s, const char *value, const char *unit)
{
	if (!*value)
		return;
	str_add(s, value);
	str_add(s, unit);
}

/* 502, 甲, 30乙 and 东 are called by number and get the word behind it; 亭子间, 前楼 say themselves what they are. */
static const char *unit_of(const char *value, const char *unit)
{
	static const char *const last[] = { "甲", "乙", "丙", "丁", "临" };
	size_t n = strlen(value);
	bool numbered = n == 3 || (n && (unsigned char)value[n - 1] < 0x80);
	for (size_t i = 0; i < sizeof last / sizeof *last && n >= 3; i++)
		numbered |= str_eq(value + n - 3, last[i]);
	return numbered ? unit : "";
}

void address_text(const struct address *a, char *out, size_t size)
{
	struct str s;
	if (size == 0)
		return;
	str_init(&s, size - 1);
	str_add(&s, a->district[0] || a->street[0] ? "上海市" : "");
	str_add(&s, a->district);
	str_add(&s, a->street);
	add(&s, a->lane, "弄");
	add(&s, a->sub_lane, "支弄");
	add(&s, a->number, "号");
	add(&s, a->building, unit_of(a->building, "幢"));
	add(&s, a->unit, unit_of(a->unit, "单元"));
	add(&s, a->room, unit_of(a->room, "室"));
	str_copy(out, size, s.text ? s.text : "");
	str_finish(&s);
}

bool address_complete(const struct address *a)
{
	if (!a->street[0] || !a->district_code[0])
		return false;
	if (a->manual)
		return a->number[0] || a->lane[0] || a->room[0];
	return a->level == ADDRESS_ROOM || (a->level == ADDRESS_DOOR && a->single_house);
}
