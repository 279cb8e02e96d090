/*
 * Every material of the route at once (one-time notice, Decree 663 art. 9), each met by an electronic licence, a file, or
 * "I will show it at the counter".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "model/answers.h"
#include "model/fact.h"
#include "model/file_name.h"
#include "model/filing.h"
#include "model/given.h"
#include "model/item.h"
#include "model/licence.h"
#include "ui/browser.h"
#include "ui/consent.h"
#include "ui/findings.h"
#include "ui/kind.h"
#include "ui/licence_text.h"
#include "ui/material_rows.h"
#include "ui/page.h"
#include "ui/services.h"

enum { ID_REST = 1, ID_MATERIAL = 10 };

struct materials_page {
	const struct material *open; /* the one that is being given; NULL: the list */
	bool browsing;
	struct browser browser;
	bool consenting;
	struct consent consent;
	bool shown; /* what the files that were given say */
};

/* A licence that is there meets the material at once: what sharing gives is not asked again (State Council Decree 716 art. 11). */
static void take_licence(struct kind *k, const struct material *m)
{
	struct licence licence;
	bool met = str_eq(given_how(k->filing, m), "licence");
	enum licence_state state = material_licence(k, m, &licence);
	bool same = met && licence_stands(k->filing, m, k->facts->today) &&
		(state != LICENCE_VALID || str_eq(given_detail(k->filing, m, "number"), licence.number));
	if (state == LICENCE_VALID && !same && (met || !*given_how(k->filing, m)))
		licence_give(k->filing, m, &licence);
	else if (met && (!same || (state != LICENCE_VALID && state != LICENCE_ASKING && state != LICENCE_UNANSWERED)))
		given_set(k->filing, m, "", "", ""); /* the person, the route or the day has changed */
	explicit_bzero(&licence, sizeof licence);
}

static void take_licences(struct kind *k)
{
	const struct item *item = k->filing->item;
	for (unsigned i = 0; i < item->n_materials; i++)
		if (item->materials[i].licence && route_material(k->filing, k->facts, &item->materials[i]))
			take_licence(k, &item->materials[i]);
}

static void materials_open(struct kind *k)
{
	k->services->licence_again(k->services->ctx);
	take_licences(k);
}

static const char *state_text(struct kind *k, struct page *p, const struct material *m)
{
	struct licence licence;
	if (str_eq(given_how(k->filing, m), "licence"))
		return page_own(p, tr("电子证照 %s"), material_licence_taken(k, p, m));
	if (str_eq(given_how(k->filing, m), "file"))
		return page_own(p, tr("文件 %s"), given_detail(k->filing, m, "about"));
	if (str_eq(given_how(k->filing, m), "counter"))
		return page_own(p, "%s", tr("到窗口出示原件"));
	const char *why_not = licence_why_not(p, material_licence(k, m, &licence), &licence, false);
	return why_not ? why_not : page_own(p, "%s", tr("还没有提供"));
}

static void describe_list(struct kind *k, struct page *p)
{
	const struct item *item = k->filing->item;
	unsigned open = 0, shown = 0;
	page_add_text(p, k->screen->text ? tr(k->screen->text) : NULL);
	for (unsigned i = 0; i < item->n_materials; i++) {
		const struct material *m = &item->materials[i];
		if (!route_material(k->filing, k->facts, m))
			continue;
		struct row *r = page_add(p, ROW_OPTION, ID_MATERIAL + (int)i, tr(m->title));
		r->digit = ++shown <= 9 ? shown : 0;
		r->selected = *given_how(k->filing, m);
		r->hint = state_text(k, p, m);
		open += !*given_how(k->filing, m);
	}
	if (open) {
		page_add(p, ROW_TEXT, -1, "");
		page_add(p, ROW_BUTTON, ID_REST, open == shown ? tr("全部到窗口出示原件") : tr("其余的到窗口出示原件"));
	}
	page_add_continue(p);
	if (p->focus < 0 && !open)
		page_focus_id(p, ID_CONTINUE);
}

static void materials_describe(struct kind *k, struct page *p)
{
	struct materials_page *own = k->own;
	take_licences(k); /* an answer may have come */
	if (own->consenting)
		consent_describe(&own->consent, k, p, own->open);
	else if (own->browsing)
		browser_describe(&own->browser, p, k->services);
	else if (own->open && own->shown)
		material_describe_findings(k, p, own->open);
	else if (own->open)
		material_describe(k, p, own->open);
	else
		describe_list(k, p);
}

/* The picture and what was read are gone; the filing keeps the file. */
static void forget_shown(struct kind *k)
{
	struct materials_page *own = k->own;
	k->services->material_drop(k->services->ctx);
	own->shown = false;
}

/* Back to the list, on the first material that is still open. */
static void to_list(struct kind *k, struct page *p)
{
	struct materials_page *own = k->own;
	own->open = NULL;
	own->browsing = own->consenting = false;
	forget_shown(k);
	page_clear(p);
	p->focus = -1;
	describe_list(k, p);
	for (unsigned i = 0; i < k->filing->item->n_materials && p->focus < 0; i++)
		if (!*given_how(k->filing, &k->filing->item->materials[i]))
			page_focus_id(p, ID_MATERIAL + (int)i);
	if (p->focus < 0)
		page_focus_id(p, ID_CONTINUE);
}

static enum action list_press(struct kind *k, struct page *p, int id)
{
	struct materials_page *own = k->own;
	const struct item *item = k->filing->item;
	if (id == ID_CONTINUE)
		return ACTION_NEXT;
	if (id == ID_REST) {
		for (unsigned i = 0; i < item->n_materials; i++)
			if (route_material(k->filing, k->facts, &item->materials[i]) &&
				!*given_how(k->filing, &item->materials[i]))
				given_set(k->filing, &item->materials[i], "counter", "", "");
		to_list(k, p);
	} else if (id >= ID_MATERIAL && (unsigned)(id - ID_MATERIAL) < item->n_materials) {
		own->open = &item->materials[id - ID_MATERIAL];
		p->focus = -1;
	}
	return ACTION_NONE;
}

static void consent_act(struct kind *k, struct page *p, int id)
{
	struct materials_page *own = k->own;
	enum consent_result result = consent_press(&own->consent, k, p, own->open, id);
	if (result == CONSENT_OPEN)
		return;
	consent_close(&own->consent);
	own->consenting = false;
	p->focus = -1;
	if (result == CONSENT_GIVEN)
		take_licences(k);
	if (str_eq(given_how(k->filing, own->open), "licence"))
		to_list(k, p);
}

/* For file n of the material; the first replaces all. Who goes back finds what was there. */
static void browse(struct kind *k, struct page *p, unsigned n)
{
	struct materials_page *own = k->own;
	char name[FILE_NAME_SIZE];
	file_name(name, own->open->code, n);
	browser_open(&own->browser, name, false);
	own->browsing = true;
	p->focus = -1;
}

static enum action materials_press(struct kind *k, struct page *p, int id)
{
	struct materials_page *own = k->own;
	struct licence licence;
	if (own->consenting) {
		consent_act(k, p, id);
		return ACTION_NONE;
	}
	if (own->browsing) {
		browser_press(&own->browser, p, k->services, id);
		return ACTION_NONE;
	}
	if (!own->open)
		return list_press(k, p, id);
	switch (id) {
	case ID_LICENCE:
		if (material_licence(k, own->open, &licence) == LICENCE_VALID)
			licence_give(k->filing, own->open, &licence);
		to_list(k, p);
		break;
	case ID_RELATIVE:
		consent_open(&own->consent, k, own->open);
		own->consenting = true;
		p->focus = -1;
		break;
	case ID_AGAIN:
		k->services->licence_again(k->services->ctx);
		break;
	case ID_GOOD:
		to_list(k, p);
		break;
	case ID_FILE:
		forget_shown(k);
		browse(k, p, 1);
		break;
	case ID_ADD:
		browse(k, p, filing_files(k->filing, own->open->code) + 1);
		break;
	case ID_COUNTER:
		given_set(k->filing, own->open, "counter", "", "");
		to_list(k, p);
		break;
	default:
		break;
	}
	return ACTION_NONE;
}

static bool materials_commit(struct kind *k, struct page *p)
{
	const struct item *item = k->filing->item;
	for (unsigned i = 0; i < item->n_materials; i++)
		if (route_material(k->filing, k->facts, &item->materials[i]) &&
			!*given_how(k->filing, &item->materials[i])) {
			struct licence licence;
			page_focus_id(p, ID_MATERIAL + (int)i);
			if (material_licence(k, &item->materials[i], &licence) == LICENCE_ASKING)
				page_say(p, true, "%s", tr("正在查询电子证照，请稍等一下，或选“到窗口出示原件”。"));
			else
				page_say(p, true, tr("还没有提供：%s。可以选“到窗口出示原件”。"),
					tr(item->materials[i].title));
			return false;
		}
	return true;
}

static bool materials_back(struct kind *k, struct page *p)
{
	struct materials_page *own = k->own;
	if (own->consenting) {
		if (!consent_back(&own->consent)) {
			consent_close(&own->consent);
			own->consenting = false;
		}
	} else if (own->browsing) {
		if (!browser_back(&own->browser, p, k->services))
			own->browsing = false;
	} else if (own->open) {
		to_list(k, p);
		return true;
	} else {
		return false;
	}
	p->focus = -1;
	return true;
}

static void take_file(struct kind *k, struct page *p)
{
	struct materials_page *own = k->own;
	given_file(k->filing, own->open, own->browser.name, own->browser.about);
	given_add(k->filing, own->open, "doubt", findings_doubt(k->services));
	own->shown = findings_any(k->services);
	own->browsing = false;
	p->focus = -1;
	if (!own->shown)
		to_list(k, p);
}

static enum action materials_turn(struct kind *k, struct page *p, enum action a)
{
	struct materials_page *own = k->own;
	if (!own->browsing)
		return ACTION_NONE;
	if (a == ACTION_PAGE_DOWN || a == ACTION_PAGE_UP)
		browser_turn(&own->browser, p, k->services, a == ACTION_PAGE_DOWN ? 1 : -1);
	else if (browser_tick(&own->browser, p, k->services))
		take_file(k, p);
	return ACTION_NONE;
}

static void materials_close(struct kind *k)
{
	struct materials_page *own = k->own;
	k->services->material_drop(k->services->ctx);
	browser_close(&own->browser);
	consent_close(&own->consent);
}

const struct kind_ops kind_materials = {
	.name = "materials",
	.private_size = sizeof(struct materials_page),
	.open = materials_open,
	.describe = materials_describe,
	.press = materials_press,
	.commit = materials_commit,
	.back = materials_back,
	.turn = materials_turn,
	.close = materials_close,
};
