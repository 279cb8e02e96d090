/* How a session ends: what is left of the applicant goes, and the log says how it ended. */
#include <string.h>

#include "app/app.h"
#include "app/licences.h"
#include "app/pause.h"
#include "app/session.h"
#include "app/verify.h"
#include "base/err.h"
#include "base/log.h"
#include "device/picker.h"
#include "store/audit.h"
#include "store/store.h"

static void log_end(struct app *app)
{
	struct err e = { 0 };
	const char *how = app->filing.number[0] ? "submitted"
		: app->paused                   ? "paused"
		: app->ended                    ? "interrupted"
		: app->idled                    ? "idle"
						: "left";
	if (!store_audit(app->store, AUDIT_SESSION_END, "", how, &e))
		log_warn("audit", "failed=%d", e.code);
}

void session_wipe(struct app *app)
{
	struct err e = { 0 };
	app->sessions++;
	if (app->verify) {
		verify_cancel(app->verify);
		app->verify = NULL;
	}
	licences_forget(app->licences);
	if (app->filing_open) {
		bool moved = app->paused; /* the draft went when the code was told */
		app->keep_draft = !pause_at_end(app);
		log_end(app);
		if (!moved && !app->keep_draft && !store_draft_delete(app->store, app->filing.token, &e))
			log_warn("draft-delete", "failed=%d", e.code);
		filing_finish(&app->filing);
	}
	picker_destroy(app->picker); /* the next person begins at the top of the list of places */
	app->picker = NULL;
	app->filing_open = app->in_session = app->returning = app->paused = false;
	app->rested = app->changed = 0;
	store_tidy(app->store);
	page_clear(&app->page);
	explicit_bzero(&app->page, sizeof app->page);
	app->page.focus = -1;
	app->page.message = "";
}
