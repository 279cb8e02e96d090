#include "ui/address_answer.h"

#include <stdio.h>

#include "address/address.h"
#include "base/str.h"
#include "model/answers.h"
#include "model/filing.h"
#include "model/item.h"
#include "ui/kind.h"

/* The parts of the answer: one list for storing and reading back. */
// clang-format off
#define PARTS(X) \
	X("district_code", district_code) X("district", district) X("town_code", town_code) X("town", town) \
	X("street", street) X("lane", lane) X("sub_lane", sub_lane) X("number", number) X("building", building) \
	X("unit", unit) X("room", room)
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

bool address_answer_read(const struct kind *k, struct address *ret)
{
	struct address x = { 0 };
	if (!*part_value(k, "text"))
		return false;
#define X(name, member) str_copy(x.member, sizeof x.member, part_value(k, name));
	PARTS(X)
#undef X
	x.level = *x.room ? ADDRESS_ROOM : ADDRESS_DOOR;
	x.single_house = !*x.room;
	x.manual = str_eq(part_value(k, "match"), "manual");
	*ret = x;
	return true;
}

bool address_answer_write(struct kind *k, const struct address *x)
{
	char text[400], name[ANSWER_NAME_MAX];
	part_name(k, "", name); /* "address." */
	answers_remove_prefix(k->filing->answers, name);
	address_text(x, text, sizeof text);
#define X(part, member) \
	part_name(k, part, name); \
	answers_set(k->filing->answers, name, x->member);
	PARTS(X)
#undef X
	part_name(k, "match", name);
	answers_set(k->filing->answers, name, x->manual ? "manual" : "library"); /* "manual": the counter looks at it */
	part_name(k, "text", name);
	return answers_set(k->filing->answers, name, text);
}
