/* A material of several files: the other side of a card, the pages of a lease. Each file was judged alone; here they become one. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "vision/material.h"
#include "vision/material_kinds.h"

void material_ask_for_back(struct material_finding *found, size_t n)
{
	bool front = false;
	for (size_t i = 0; i < n; i++)
		front |= found[i].field != MATERIAL_EXPIRY && found[i].verdict != MATERIAL_UNREAD;
	for (size_t i = 0; i < n; i++)
		if (front && found[i].field == MATERIAL_EXPIRY && found[i].verdict == MATERIAL_UNREAD)
			str_copy(found[i].text, sizeof found[i].text,
				tr("有效期印在国徽面，请把国徽面也拍下来，选“再加一个文件”，或到窗口出示原件。"));
}

/*
 * Does another person, home or name on one page mean nothing when the typed one stands on another page? On a lease the other party
 * has a name and an address, too. A number is never passed over, nor anything on a paper about one person.
 */
static bool others_stand_there(enum material_field field, const struct material_kind *kind)
{
	return !kind->alone && (field == MATERIAL_NAME || field == MATERIAL_ADDRESS);
}

/* Was the same read? What agrees with what was typed does, whatever signs of it were lost. */
static bool same(const struct material_finding *a, const struct material_finding *b)
{
	if (*a->typed)
		return (a->verdict == MATERIAL_AGREES) == (b->verdict == MATERIAL_AGREES);
	return a->field == MATERIAL_LEGIBLE || str_eq(a->read, b->read);
}

static void contradict(struct material_finding *f, const struct material_finding *other)
{
	char both[2 * MATERIAL_VALUE + 3];
	if (*f->typed && f->verdict == MATERIAL_AGREES) {
		str_copy(f->read, sizeof f->read, other->read);
	} else if (!*f->typed && !strstr(f->read, other->read)) {
		snprintf(both, sizeof both, "%s / %s", f->read, other->read);
		str_copy(f->read, sizeof f->read, both);
	}
	f->verdict = MATERIAL_DIFFERS;
	str_copy(f->text, sizeof f->text, tr("几个文件上写的不一样，请核对每一个文件。"));
	explicit_bzero(both, sizeof both);
}

static void merge_field(struct material_finding *f, const struct material_finding *other,
	const struct material_kind *kind)
{
	/* Every page has to be legible; any other field stands on one of them. */
	bool worst = f->field == MATERIAL_LEGIBLE;
	if (f->verdict == MATERIAL_UNREAD || other->verdict == MATERIAL_UNREAD) {
		bool take = f->verdict != MATERIAL_UNREAD ? worst
							  : !worst && (other->verdict != MATERIAL_UNREAD || !*f->read);
		if (take)
			*f = *other;
	} else if (others_stand_there(f->field, kind)) {
		if (other->verdict == MATERIAL_AGREES)
			*f = *other;
	} else if (!same(f, other)) {
		contradict(f, other);
	}
}

void material_merge(struct material_finding *all, const struct material_finding *more, size_t n, enum paper_kind paper)
{
	const struct material_kind *kind = material_kind(paper);
	for (size_t i = 0; kind && i < n; i++)
		merge_field(&all[i], &more[i], kind);
	material_ask_for_back(all, n);
}
