/* The receipt once more; the certificate of a registration. */
#include <string.h>

#include "app/app.h"
#include "app/mine_own.h"
#include "app/paper.h"
#include "base/i18n.h"
#include "base/str.h"
#include "model/case.h"
#include "model/case_move.h"
#include "model/eligibility.h"
#include "model/item.h"
#include "receipt/certificate.h"
#include "receipt/receipt.h"

/*
 * Of a case that has ended only when something builds on it (a registration that was granted). A receipt's tag is made with the
 * key of the station that took the case; with another one's it would look forged.
 */
bool mine_reprint_offered(const struct mine_case *m)
{
	return m->item && (case_is_open(m->record->state) || registration_day(m->record)) &&
		str_eq(m->record->station, m->app->config.station);
}

static void say(struct app *app, bool printed)
{
	page_say(&app->page, !printed, "%s",
		printed ? tr("又打印了一份，请取走。") : tr("打印机没有反应，请找工作人员。"));
}

bool mine_reprint(struct mine_case *m)
{
	struct receipt *r = paper_receipt(m->app, m->record, m->item, m->query);
	say(m->app, paper_print_again(m->app, m->record->number, r));
	receipt_destroy(r);
	return true;
}

bool mine_certificate_offered(const struct mine_case *m)
{
	return m->item && m->item->certificate && registration_day(m->record) != 0;
}

bool mine_certificate(struct mine_case *m)
{
	struct receipt_words words = { .center = m->app->config.center,
		.hotline = m->app->config.hotline,
		.demo = m->record->demo || m->app->config.demo };
	struct receipt *r = certificate_create(m->record, m->item, &words);
	bool printed = paper_print_other(m->app, m->record->number, "certificate", r);
	page_say(&m->app->page, !printed, "%s",
		printed ? tr("凭证已经打印，请取走。") : tr("打印机没有反应，请找工作人员。"));
	receipt_destroy(r);
	return true;
}
