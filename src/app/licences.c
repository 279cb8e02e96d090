#include "app/licences.h"

#include <stdlib.h>
#include <string.h>

#include "app/licence_program.h"
#include "base/ask.h"
#include "base/err.h"
#include "base/log.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "store/store.h"

enum { ASKED_MAX = 16, RUNNING_MAX = 4 }; /* a route has three licences at most; people change their mind */

/* One question of the session and what came of it. */
struct asked {
	char kind[72], subject[16], name[128], id_number[19], consent[16];
	enum licence_state state;
	struct licence licence;
	struct ask *ask; /* while a program runs for it */
	bool waits;      /* ASKING, but too many run already */
};

struct licences {
	const struct config *config;
	struct store *store;
	struct asked asked[ASKED_MAX]; /* the newest behind */
	unsigned n;
};

struct licences *licences_create(const struct config *config, struct store *store)
{
	struct licences *l = xcalloc(1, sizeof *l);
	l->config = config;
	l->store = store;
	return l;
}

void licences_destroy(struct licences *l)
{
	if (!l)
		return;
	licences_forget(l);
	free(l);
}

static struct licence_request request_of(const struct asked *a)
{
	return (struct licence_request){ a->kind, a->subject, a->name, a->id_number, a->consent };
}

static void done(struct asked *a, enum licence_state state)
{
	ask_end(a->ask);
	a->ask = NULL;
	a->waits = false;
	a->state = state;
	/* of somebody else's licence nothing is kept */
	if (state != LICENCE_VALID && state != LICENCE_EXPIRED && state != LICENCE_EARLY)
		explicit_bzero(&a->licence, sizeof a->licence);
	log_info("licence", "kind=%s subject=%s state=%d", a->kind, a->subject, (int)state);
}

/* --- the providers ------------------------------------------------------------------------------------------------------- */

static void local_start(struct licences *l, struct asked *a, int today)
{
	struct err e = { 0 };
	if (store_licence_find(l->store, a->kind, a->id_number, today, &a->licence, &e)) {
		done(a, licence_judge(&a->licence, a->name, a->id_number, today));
		return;
	}
	if (e.code)
		log_warn("licence", "kind=%s failed=%d", a->kind, e.code);
	done(a, e.code ? LICENCE_UNANSWERED : LICENCE_NONE);
}

static unsigned running(const struct licences *l)
{
	unsigned n = 0;
	for (unsigned i = 0; i < l->n; i++)
		n += l->asked[i].ask != NULL;
	return n;
}

static void program_start(struct licences *l, struct asked *a, int today)
{
	struct err e = { 0 };
	struct licence_request r = request_of(a);
	struct str line;
	(void)today;
	a->state = LICENCE_ASKING;
	a->waits = running(l) == RUNNING_MAX;
	if (a->waits)
		return;
	str_init(&line, ASK_LINE_MAX);
	licence_program_question(&line, &r);
	if (line.full ||
		!ask_start(&a->ask, l->config->licence_program, line.text, line.len, l->config->licence_timeout, &e)) {
		log_warn("licence", "kind=%s error=\"%s\"", a->kind, e.text);
		done(a, LICENCE_UNANSWERED);
	}
	str_finish(&line);
}

static void (*const PROVIDERS[])(struct licences *l, struct asked *a, int today) = {
	[LICENCES_LOCAL] = local_start,
	[LICENCES_PROGRAM] = program_start,
	[LICENCES_NONE] = NULL,
};

/* --- what was asked ------------------------------------------------------------------------------------------------------ */

static void drop(struct licences *l, unsigned i)
{
	ask_end(l->asked[i].ask);
	explicit_bzero(&l->asked[i], sizeof l->asked[i]);
	l->n--;
	memmove(&l->asked[i], &l->asked[i + 1], (l->n - i) * sizeof *l->asked);
	explicit_bzero(&l->asked[l->n], sizeof l->asked[l->n]);
}

static struct asked *find(struct licences *l, const struct licence_request *r)
{
	for (unsigned i = 0; i < l->n; i++) {
		struct asked *a = &l->asked[i];
		if (str_eq(a->kind, r->kind) && str_eq(a->subject, r->subject) && str_eq(a->name, r->name) &&
			str_eq(a->id_number, r->id_number) && str_eq(a->consent, r->consent))
			return a;
	}
	return NULL;
}

static struct asked *start(struct licences *l, const struct licence_request *r, int today)
{
	if (l->n == ASKED_MAX)
		drop(l, 0);
	struct asked *a = &l->asked[l->n++];
	str_copy(a->kind, sizeof a->kind, r->kind);
	str_copy(a->subject, sizeof a->subject, r->subject);
	str_copy(a->name, sizeof a->name, r->name);
	str_copy(a->id_number, sizeof a->id_number, r->id_number);
	str_copy(a->consent, sizeof a->consent, r->consent);
	PROVIDERS[l->config->licences](l, a, today);
	return a;
}

enum licence_state licences_ask(struct licences *l, const struct licence_request *r, int today, struct licence *ret)
{
	explicit_bzero(ret, sizeof *ret);
	if (!PROVIDERS[l->config->licences])
		return LICENCE_OFF;
	if (!*r->id_number)
		return LICENCE_NONE;
	struct asked *a = find(l, r);
	if (!a)
		a = start(l, r, today);
	*ret = a->licence;
	return a->state;
}

static void take(struct asked *a, int today)
{
	struct err e = { 0 };
	struct licence_request r = request_of(a);
	const char *answer = NULL, *why = NULL;
	size_t n = 0;
	enum licence_state state = LICENCE_UNANSWERED;
	enum ask_state now = ask_poll(a->ask, &answer, &n, &why);
	if (now == ASK_RUNNING)
		return;
	if (now == ASK_ANSWERED && !licence_program_answer(answer, n, &r, today, &state, &a->licence, &e))
		why = e.text;
	if (why)
		log_warn("licence", "kind=%s error=\"%s\"", a->kind, why);
	done(a, state);
}

bool licences_poll(struct licences *l, int today)
{
	bool open = false;
	for (unsigned i = 0; i < l->n; i++) {
		if (l->asked[i].ask)
			take(&l->asked[i], today);
		else if (l->asked[i].waits)
			program_start(l, &l->asked[i], today);
		open |= l->asked[i].state == LICENCE_ASKING;
	}
	return open;
}

int licences_fd(const struct licences *l)
{
	for (unsigned i = 0; i < l->n; i++)
		if (l->asked[i].ask)
			return ask_fd(l->asked[i].ask);
	return -1;
}

void licences_again(struct licences *l)
{
	for (unsigned i = l->n; i-- > 0;)
		if (l->asked[i].state == LICENCE_UNANSWERED)
			drop(l, i);
}

void licences_forget(struct licences *l)
{
	while (l->n > 0)
		drop(l, l->n - 1);
}
