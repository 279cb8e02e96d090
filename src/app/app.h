#ifndef APP_APP_H
#define APP_APP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/config.h"
#include "model/center.h"
#include "model/fact.h"
#include "model/filing.h"
#include "model/promise.h"
#include "model/retention.h"
#include "seal/keys.h"
#include "seal/secret.h"
#include "ui/page.h"
#include "ui/services.h"
#include "ui/view.h"

struct address_library;
struct inspector;
struct material_check;
struct photo_check;
struct code_table;
struct err;
struct item;
struct licences;
struct picker;
struct store;
struct verify;

/* Which file it is and how it was written; zeroed: there is none. */
struct file_stamp {
	uint64_t device, inode;
	int64_t size, seconds, nanoseconds;
};

/* The program: what lives as long as it does, and the one session at a time. */
struct app {
	struct config config;
	bool linear;
	char *demo_dir; /* throw-away folder of a demonstration, NULL otherwise */
	bool started;   /* the first program since the kiosk was started */
	int secret_fd;  /* from the supervisor; it holds the key of the drafts */
	struct secret secret;
	struct station_keys keys;
	struct centers centers;
	struct holidays holidays;   /* for promised dates */
	struct retention retention; /* how long what stays */
	char trouble[512];          /* why nothing can be filed now, for staff; "": all is well */
	int64_t upkeep_at;          /* monotonic ms of the last purge */
	bool paused;                /* the filing lies under its pause code now */
	bool keep_draft;            /* it was to, and could not be stored: the next program offers its draft */
	bool idled;                 /* the session ended because nobody pressed a key */
	unsigned sessions;          /* that this program has had; it ends after the first */

	struct item **items;
	size_t n_items;
	struct store *store;
	struct code_table *tables;
	size_t n_tables;
	struct address_library *addresses;
	struct file_stamp addresses_seen; /* of the file that was tried last, also when it was not good */
	bool addresses_tried;
	struct picker *picker;
	struct services services;
	struct view *view;
	struct facts facts;

	struct page page;
	int64_t last_key;  /* monotonic ms */
	bool in_session;   /* somebody has begun: idle time counts, leaving asks */
	bool advance;      /* linear view: go to the next row after a typed line */
	bool ended;        /* terminal gone or told to stop: unwind */
	bool restart_view; /* change between full screen and linear dialogue */

	struct filing filing;
	bool filing_open;
	bool returning;     /* a "change" from a list: next goes back there */
	unsigned return_to; /* its step */
	uint64_t rested;  /* steps that were passed by before the change: whoever changes the residence sees them all */
	unsigned changed; /* the step that a change showed, counted from 1; 0: none: the list goes on after its rows */
	uint64_t told;    /* mark of what was outstanding before the change (model/outstanding.h) */
	struct verify *verify;
	struct inspector *inspector;     /* started with the first file; NULL before */
	struct photo_check *photo;       /* being looked at or shown; NULL: none */
	struct material_check *material; /* being looked at or shown; NULL: none */
	struct licences *licences;       /* what was asked in this session */
};

/* Fills app->services with functions of this program. */
void services_fill(struct app *app);
void services_finish(struct app *app);

/* Creates the view that app->linear asks for. */
bool app_open_view(struct app *app, struct err *e);

#endif
