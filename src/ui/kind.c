#include "ui/kind.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "model/item.h"
#include "ui/page.h"

static const struct kind_ops *const kinds[SCREEN_KINDS] = {
	[SCREEN_NOTICE] = &kind_notice,
	[SCREEN_FORM] = &kind_form,
	[SCREEN_VERIFY] = &kind_verify,
	[SCREEN_ADDRESS] = &kind_address,
	[SCREEN_REGISTRATION] = &kind_registration,
	[SCREEN_ELIGIBILITY] = &kind_eligibility,
	[SCREEN_CARRIED] = &kind_carried,
	[SCREEN_GROUP] = &kind_group,
	[SCREEN_CENTER] = &kind_center,
	[SCREEN_PHOTO] = &kind_photo,
	[SCREEN_MATERIALS] = &kind_materials,
	[SCREEN_OUTSTANDING] = &kind_outstanding,
	[SCREEN_REVIEW] = &kind_review,
	[SCREEN_END] = &kind_end,
};

void kind_open(struct kind *k, const struct screen *screen, struct filing *f, const struct facts *facts,
	const struct services *services)
{
	*k = (struct kind){ .ops = kinds[screen->kind],
		.screen = screen,
		.filing = f,
		.facts = facts,
		.services = services };
	if (screen->kind == SCREEN_FORM && screen->n_questions == 1 && screen->questions[0].type == QUESTION_LIST)
		k->ops = &kind_list;
	assert(k->ops); /* a kind without a row is a bug in the table */
	k->own = xcalloc(1, k->ops->private_size);
	if (k->ops->open)
		k->ops->open(k);
}

void kind_close(struct kind *k)
{
	if (k->ops && k->ops->close)
		k->ops->close(k);
	if (k->ops && k->own)
		explicit_bzero(k->own, k->ops->private_size);
	free(k->own);
	*k = (struct kind){ 0 };
}

enum { ID_CHANGE = 100, CHANGE_PARTS = 128 };

int change_id(unsigned step, unsigned part)
{
	assert(part < CHANGE_PARTS && ID_CHANGE + (step + 1) * CHANGE_PARTS <= ID_CONTINUE);
	return (int)(ID_CHANGE + step * CHANGE_PARTS + part);
}

unsigned change_step(int id)
{
	return (unsigned)(id - ID_CHANGE) / CHANGE_PARTS;
}

void page_add_continue(struct page *p)
{
	page_add(p, ROW_TEXT, -1, "");
	page_add(p, ROW_BUTTON, ID_CONTINUE, tr("继续"))->primary = true;
}
