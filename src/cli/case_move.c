#include "cli/case_move.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/err.h"
#include "base/xalloc.h"
#include "cli/cli.h"
#include "load/item_load.h"
#include "model/case.h"
#include "model/case_reason.h"
#include "model/case_shortfall.h"
#include "model/item.h"
#include "store/move.h"
#include "store/store.h"

/* "center" or "center:Wang"; the word is cut off in place. */
static bool read_actor(char *text, enum case_actor *ret, const char **ret_name)
{
	char *colon = strchr(text, ':');
	if (colon)
		*colon++ = '\0';
	*ret = case_actor_of(text);
	*ret_name = colon;
	return *ret != 0 && (!colon || *colon);
}

/* NAME=TEXT; the name is "text", "photo" or a material of the item. */
static bool add_missing(struct shortfalls *s, char *row, const struct item *item, struct err *e)
{
	char *text = strchr(row, '=');
	if (!text)
		return err_set(e, ERR_USAGE, "--missing needs NAME=TEXT");
	*text++ = '\0';
	if (strcmp(row, "text") != 0 && strcmp(row, "photo") != 0 && !item_material(item, row))
		return err_set(e, ERR_NO,
			"--missing %s: this item has no such material; it is photo, text or the code of one", row);
	return case_shortfall_add(s, row, text, e);
}

/* The reason as the move wants it; yours to free. NULL: why. */
static char *make_reason(const struct case_move_args *a, int to, const struct item *item, unsigned days, struct err *e)
{
	struct shortfalls missing = { .until = date_add_days(clock_today(), (int)days) };
	char waybill[REASON_SIZE];

	if (to == CASE_SUPPLEMENT) {
		for (unsigned i = 0; i < a->n_missing; i++)
			if (!add_missing(&missing, a->missing[i], item, e))
				return NULL;
		return case_shortfall_write(&missing, e);
	}
	if (to == CASE_SHIPPED) {
		if (a->waybill && case_reason_waybill(a->waybill, waybill))
			return xstrdup(waybill);
		err_set(e, ERR_NO,
			"--waybill: 13 digits, or two letters, nine digits and CN with a check digit that fits; it stands on"
			" the parcel");
		return NULL;
	}
	return xstrdup(a->reason ? a->reason : "");
}

static const struct item *find_item(struct item **items, size_t n, const char *code)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(items[i]->code, code) == 0)
			return items[i];
	return NULL;
}

/* Who may make this move, when it was not said: the center, if it may, for this is its program; else whoever may. */
static enum case_actor usual_actor(int from, int to, enum case_card card)
{
	const struct case_move_rule *r = case_move_rule(from, to, card);
	if (!r)
		return ACTOR_CENTER;
	return r->who & ACTOR_CENTER ? ACTOR_CENTER : (enum case_actor)r->who;
}

static bool move_once(struct store *s, const char *number, const struct case_move *m, struct err *e)
{
	if (!store_case_move(s, number, m, e))
		return false;
	printf("%s: %s -> %s\n", number, case_state_word(m->from), case_state_word(m->to));
	return true;
}

static bool move(struct store *s, const struct case_move_args *a, const struct case_record *c, const struct item *item,
	unsigned days, struct err *e)
{
	enum case_card card = item->card ? CARD_ONLY : CARD_NONE;
	struct case_move m = { .from = a->from ? a->from : (int)c->state, .to = a->to, .card = item->card };

	m.actor = usual_actor(m.from, m.to, card);
	if (a->actor && !read_actor(a->actor, &m.actor, &m.name))
		return err_set(e, ERR_USAGE,
			"--actor is applicant, center, police or system, and can be followed by :NAME");
	/* Whether it is allowed at all comes before what it needs. */
	const struct case_move_rule *r = case_move_rule(m.from, m.to, card);
	if (!r || !(r->who & m.actor))
		return case_move_allowed(m.from, m.to, m.actor, card, "", e);
	char *reason = make_reason(a, a->to, item, days, e);
	if (!reason)
		return false;
	m.reason = reason;
	bool good = move_once(s, c->number, &m, e);
	free(reason);
	/* What has no card is done with its approval: the system's move. */
	if (good && a->to == CASE_APPROVED && !item->card)
		good = move_once(s, c->number,
			&(struct case_move){ .from = CASE_APPROVED, .to = CASE_DONE, .actor = ACTOR_SYSTEM }, e);
	return good;
}

int case_move_run(const struct cli *cli, struct store *s, const struct case_move_args *a)
{
	struct err e = { 0 };
	struct case_record *c = NULL;
	struct item **items = NULL;
	size_t n = 0;

	bool good = items_load(cli->config->screens, &items, &n, &e) && store_case_load(s, a->number, &c, &e);
	if (good) {
		const struct item *item = find_item(items, n, c->item);
		good = item ? move(s, a, c, item, cli->config->supplement_days, &e)
			    : err_set(&e, ERR_CONFIG, "%s holds no item %s, of which this case is; set screens",
				      cli->config->screens, c->item);
	}
	case_record_destroy(c);
	items_free(items, n);
	return good ? 0 : cli_fail(&e);
}

static void say_expired(void *ctx, const char *number)
{
	printf("%s %s\n", *(const bool *)ctx ? "would end" : "ended", number);
}

int case_expire_run(struct store *s, bool dry_run)
{
	struct err e = { 0 };
	unsigned n = 0;

	if (!store_case_expire(s, dry_run, say_expired, &dry_run, &n, &e))
		return cli_fail(&e);
	printf("%u cases were not supplemented in time\n", n);
	return 0;
}
