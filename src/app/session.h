#ifndef APP_SESSION_H
#define APP_SESSION_H

#include <stdbool.h>

#include "ui/action.h"

struct app;
struct page;
struct str;

typedef void describe_fn(void *ctx, struct page *p);

/*
 * One turn of any page: describe, show, wait for one event, apply it. Deals with idle time, leaving, help, language and the
 * end of the terminal itself. Returns what is left for the caller (ACTION_PRESS and ACTION_TYPE with event->row set),
 * ACTION_NONE, or ACTION_FINISH when the session is over: then the caller unwinds at once.
 */
enum action session_turn(struct app *app, describe_fn *describe, void *ctx, struct event *event);

/* Describes and shows a page, without waiting. */
void session_show(struct app *app, describe_fn *describe, void *ctx);

/* A question over everything; returns the chosen option (0..n-1), or -1 when the session is over. Esc is option 0. */
int session_ask(struct app *app, const char *title, const char *text, const char *const *options, int n);
/*
 * Whether to do what cannot be undone: Enter on `go`; no digit of the full view answers. False also when the session is over
 * (app->ended).
 */
bool session_confirm(struct app *app, const char *title, const char *text, const char *stay, const char *go);
/* A page of text with one button; F1 and item information use it. Built anew when the language changes. */
typedef void build_fn(void *ctx, struct str *out);
void session_tell(struct app *app, const char *title, build_fn *build, void *ctx);

/* Asks whether to leave, and offers to pause where that can be. True: the session is over. */
bool session_leave(struct app *app);

/* Everything of the applicant is wiped: filing, page, verification, draft; only what is paused stays, sealed. The program ends after it. */
void session_wipe(struct app *app);

#endif
