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

/* 502 and 甲 are rooms by number and get 室; 亭子间, 前楼 say themselves what they are. */
static const char *room_unit(const char *room)
{
	size_t n = strlen(room);
	unsigned char last = n ? (unsigned char)room[n - 1] : 0;
	return last && (last < 0x80 || n == 3) ? "室" : "";
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
	add(&s, a->building, "幢");
	add(&s, a->room, room_unit(a->room));
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
