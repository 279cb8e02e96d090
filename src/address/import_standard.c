/* Does standard_text read as the columns do? Walks along it, so that nothing has to be composed in every order. */
#include <string.h>

#include "address/import_row.h"

static bool eat(const char **p, const char *word, size_t n)
{
	if (n == 0 || strncmp(*p, word, n) != 0)
		return false;
	*p += n;
	return true;
}

static bool eat_word(const char **p, const char *word)
{
	return eat(p, word, strlen(word));
}

static bool eat_column(const char **p, const struct import_row *r, enum import_column c)
{
	return eat(p, r->text[c], r->size[c]);
}

enum { WORDS = 5 };
/* The column and one of the words behind it; an empty column is passed by. */
static bool part(const char **p, const struct import_row *r, enum import_column c,
	const char *const words[static WORDS], bool word_needed)
{
	if (!r->size[c])
		return true;
	if (!eat_column(p, r, c))
		return false;
	for (int i = 0; i < WORDS && words[i]; i++) {
		if (eat_word(p, words[i]))
			return true;
	}
	return !word_needed;
}

static bool number(const char **p, const struct import_row *r)
{
	if (!r->size[COL_NUMBER])
		return true;
	bool before = r->size[COL_SUFFIX] && eat_column(p, r, COL_SUFFIX); /* 临1207号 */
	if (!eat_column(p, r, COL_NUMBER))
		return false;
	bool inside = !before && r->size[COL_SUFFIX] && eat_column(p, r, COL_SUFFIX); /* 26甲号, 207-1号 */
	if (!eat_word(p, "号"))
		return false;
	return before || inside || !r->size[COL_SUFFIX] || eat_column(p, r, COL_SUFFIX); /* 26号甲 */
}

static bool behind_town(const char *p, const struct import_row *r)
{
	static const char *const LANE[WORDS] = { "弄", "巷" }, *const SUB[WORDS] = { "支弄" };
	static const char *const BUILDING[WORDS] = { "幢", "号楼", "栋", "座", "楼" }, *const UNIT[WORDS] = { "单元" };
	static const char *const FLOOR[WORDS] = { "层", "楼" }, *const ROOM[WORDS] = { "室", "房" };
	if (!eat_column(&p, r, COL_STREET) || !part(&p, r, COL_LANE, LANE, true) || !part(&p, r, COL_SUB, SUB, true) ||
		!number(&p, r) || !part(&p, r, COL_BUILDING, BUILDING, false) || !part(&p, r, COL_UNIT, UNIT, false))
		return false;
	const char *here = p; /* the floor is often in the room's number only */
	if (!part(&p, r, COL_FLOOR, FLOOR, true) || !part(&p, r, COL_ROOM, ROOM, false) || *p) {
		p = here;
		return part(&p, r, COL_ROOM, ROOM, false) && !*p;
	}
	return true;
}

bool import_standard_fits(const struct import_row *r)
{
	const char *p = r->text[COL_STANDARD];
	(void)(eat_word(&p, "上海市") || eat_word(&p, "上海"));
	eat_column(&p, r, COL_DISTRICT);
	const char *here = p; /* 唐镇 may be the town, or how 唐镇路 begins */
	return (eat_column(&p, r, COL_TOWN) && behind_town(p, r)) || behind_town(here, r);
}
