/* What screen kinds may ask the program for (ui/services.h), done by store, device, vision, address and verify. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "address/address.h"
#include "app/app.h"
#include "app/licences.h"
#include "app/material.h"
#include "app/photo.h"
#include "app/registration.h"
#include "app/verify.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "device/picker.h"
#include "load/table_load.h"
#include "model/table.h"
#include "store/store.h"
#include "vision/inspector.h"

static const struct code_table *table(void *ctx, const char *name)
{
	const struct app *app = ctx;
	return tables_find(app->tables, app->n_tables, name);
}

static struct file_stamp stamp_of(const char *path)
{
	struct stat st;
	if (stat(path, &st) != 0)
		return (struct file_stamp){ 0 };
	return (struct file_stamp){ st.st_dev, st.st_ino, st.st_size, st.st_mtim.tv_sec, st.st_mtim.tv_nsec };
}

/* The library in use is given up only for one that could be read; a program that has none yet takes the last good one. */
static void open_addresses(struct app *app, const char *path)
{
	struct err e = { 0 };
	struct address_library *opened = NULL;
	struct address_stats stats;
	bool last = false;
	if (!address_open(&opened, path, &e)) {
		log_warn("address-library", "failed=%d kept=%d %s", e.code, app->addresses != NULL, e.text);
		if (app->addresses)
			return;
		char *copy = xasprintf("%s.last", path);
		last = address_open(&opened, copy, &e);
		free(copy);
		if (!last)
			return;
	}
	if (address_stats(opened, &stats, &e))
		log_info("address-library", "replaced=%d last=%d streets=%ld rooms=%ld", app->addresses != NULL, last,
			stats.streets, stats.rooms);
	address_close(app->addresses);
	app->addresses = opened;
}

static struct address_library *addresses(void *ctx)
{
	struct app *app = ctx;
	char *path = xasprintf("%s/addresses/library.db", app->config.data);
	struct file_stamp now =
		stamp_of(path); /* before it is opened: a file that comes in between is seen the next time */
	if (!app->addresses_tried || memcmp(&now, &app->addresses_seen, sizeof now) != 0)
		open_addresses(app, path);
	app->addresses_seen = now;
	app->addresses_tried = true;
	free(path);
	return app->addresses;
}

static enum verify_way verify_way(void *ctx)
{
	const struct app *app = ctx;
	switch (app->config.verify) {
	case VERIFY_OFF:
		return VERIFY_WAY_OFF;
	case VERIFY_PROGRAM:
		return VERIFY_WAY_PROGRAM;
	case VERIFY_COUNTER:
		break;
	}
	return VERIFY_WAY_COUNTER;
}

static bool start(struct app *app, const struct verify_request *request, char *ret_why, size_t why_size)
{
	struct err e = { 0 };
	verify_cancel(app->verify);
	app->verify = NULL;
	if (verify_start(&app->verify, &app->config, app->store, request, &e))
		return true;
	str_copy(ret_why, why_size, e.text);
	return false;
}

static bool attest(void *ctx, const char *code, char *ret_by, size_t by_size, char *ret_why, size_t why_size)
{
	struct app *app = ctx;
	struct verify_request request = { .subject = "", .name = "", .id_number = "", .code = code };
	struct verify_result result = { 0 };
	if (!start(app, &request, ret_why, why_size))
		return false;
	bool done = verify_poll(app->verify, &result);
	verify_cancel(app->verify);
	app->verify = NULL;
	if (done && result.verdict == VERDICT_PASS)
		return str_copy(ret_by, by_size, result.by);
	str_copy(ret_why, why_size, result.message);
	return false;
}

static bool verify_begin(void *ctx, const char *subject, const char *name, const char *id, char *ret_why,
	size_t why_size)
{
	struct verify_request request = { .subject = subject, .name = name, .id_number = id };
	return start(ctx, &request, ret_why, why_size);
}

static enum verify_answer verify_ask(void *ctx, char *ret_by, size_t by_size, char *ret_why, size_t why_size)
{
	struct app *app = ctx;
	struct verify_result result = { 0 };
	if (app->verify && !verify_poll(app->verify, &result))
		return VERIFY_RUNNING;
	bool passed = app->verify && result.verdict == VERDICT_PASS;
	verify_cancel(app->verify);
	app->verify = NULL;
	app->last_key = clock_monotonic_ms(); /* the wait was not the person's */
	log_info("verified", "verdict=%d", (int)result.verdict);
	str_copy(ret_why, why_size, result.message);
	str_copy(ret_by, by_size, result.by);
	return passed ? VERIFY_PASS : VERIFY_FAIL;
}

static void verify_end(void *ctx)
{
	struct app *app = ctx;
	verify_cancel(app->verify);
	app->verify = NULL;
}

/* --- files ------------------------------------------------------------------------------------------------------------- */

static struct picker *picker_of(struct app *app)
{
	if (!app->picker)
		app->picker = picker_create(app->config.media, app->config.n_media);
	return app->picker;
}

static size_t files(void *ctx, const struct file_row **ret_rows, const char **ret_place)
{
	static struct file_row rows[500]; /* as many as a picker lists; one list is on the screen at a time */
	struct app *app = ctx;
	struct err e = { 0 };
	const struct picker_entry *entries = NULL;
	size_t n = picker_list(picker_of(app), &entries, &e);
	if (e.code)
		log_warn("files", "failed=%d", e.code);
	for (size_t i = 0; i < n && i < sizeof rows / sizeof *rows; i++)
		rows[i] = (struct file_row){ entries[i].shown, entries[i].folder };
	*ret_rows = rows;
	*ret_place = picker_place(picker_of(app));
	return n;
}

static bool files_enter(void *ctx, size_t row)
{
	struct err e = { 0 };
	return picker_enter(picker_of(ctx), row, &e);
}

static bool files_up(void *ctx)
{
	return picker_up(picker_of(ctx));
}

static bool file_take(void *ctx, const char *name, bool photo, long row, const char *typed, char *ret_why,
	size_t why_size)
{
	struct app *app = ctx;
	struct err e = { 0 };
	int fd = row >= 0 ? picker_open(picker_of(app), (size_t)row, ATTACHMENT_SIZE_MAX, &e)
			  : picker_open_path(picker_of(app), typed, ATTACHMENT_SIZE_MAX, &e);
	if (fd < 0) {
		str_copy(ret_why, why_size, e.text);
		return false;
	}
	bool begun = photo ? photo_begin(app, fd, ret_why, why_size) : material_begin(app, fd, name, ret_why, why_size);
	close(fd);
	return begun;
}

static enum licence_state licence(void *ctx, const char *kind, const struct licence_holder *holder, struct licence *ret)
{
	struct app *app = ctx;
	struct licence_request r = { kind, holder->subject, holder->name, holder->id_number, holder->consent };
	return licences_ask(app->licences, &r, app->facts.today, ret);
}

static void licence_again(void *ctx)
{
	struct app *app = ctx;
	licences_again(app->licences);
}

void services_fill(struct app *app)
{
	app->services = (struct services){ .ctx = app,
		.table = table,
		.addresses = addresses,
		.verify_way = verify_way,
		.attest = attest,
		.verify_start = verify_begin,
		.verify_poll = verify_ask,
		.verify_cancel = verify_end,
		.registration_open = registration_open,
		.application_open = registration_application,
		.remind = registration_remind,
		.center = registration_center,
		.files = files,
		.files_enter = files_enter,
		.files_up = files_up,
		.file_take = file_take,
		.material_poll = material_poll,
		.material_show = material_show,
		.material_stop = material_stop,
		.material_drop = material_drop,
		.photo_poll = photo_poll,
		.photo_accept = photo_accept,
		.photo_drop = photo_drop,
		.licence = licence,
		.licence_again = licence_again };
	app->licences = licences_create(&app->config, app->store);
}

void services_finish(struct app *app)
{
	verify_cancel(app->verify);
	app->verify = NULL;
	licences_destroy(app->licences);
	app->licences = NULL;
	picker_destroy(app->picker);
	app->picker = NULL;
	photo_drop(app);
	material_drop(app);
	inspector_destroy(app->inspector);
	app->inspector = NULL;
	address_close(app->addresses);
	app->addresses = NULL;
}
