#include "address/import.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "address/import_codes.h"
#include "address/import_delta.h"
#include "address/import_rejects.h"
#include "base/err.h"
#include "base/str.h"

enum { REPORT_ROWS = 1 << 14, GUESS_ROW = 200 /* bytes */, GUESS_MOST = 20000000 };

struct import {
	const struct import_options *o;
	struct import_counts counts;
	struct csv_scan scan;
	struct import_columns columns;
	struct import_row row;
	struct code_set seen;
	struct rejects rejects;
	struct library_writer *writer;
	struct delta delta;
	uint64_t size;
	char label[200];
};

static bool report(const struct import *im, int finishing)
{
	struct import_progress p = { .rows = im->counts.rows,
		.bytes = im->scan.bytes,
		.size = im->size,
		.finishing = finishing };
	return !im->o->report || im->o->report(im->o->ctx, &p);
}

static void refuse(struct import *im, enum import_verdict v, const char *why)
{
	size_t size;
	const char *raw = csv_scan_raw(&im->scan, &size);
	im->counts.refused++;
	im->counts.by_verdict[v]++;
	rejects_add(&im->rejects, im->scan.line, why, raw, size);
}

/* What the library said about a row: false only when the import cannot go on. */
static bool settle(struct import *im, bool ok, uint64_t *count, struct err *why, struct err *e)
{
	if (ok) {
		im->counts.taken++;
		++*count;
		return true;
	}
	if (why->code != ERR_NO) {
		*e = *why;
		return false;
	}
	refuse(im, ROW_CONFLICT, why->text);
	return true;
}

static bool remove_code(struct import *im, struct err *e)
{
	struct library_row row = { .code = im->row.row.code };
	return library_writer_remove(im->writer, &row, e);
}

static bool change(struct import *im, struct err *e)
{
	struct err why = { 0 };
	if (!remove_code(im, &why))
		return settle(im, false, &im->counts.changed, &why, e);
	if (!library_writer_add(im->writer, &im->row.row, &why)) {
		*e = why;
		return err_add(e,
			"line %" PRIu64 ": the changed address cannot be entered, so nothing of the delta was applied",
			im->scan.line);
	}
	return settle(im, true, &im->counts.changed, &why, e);
}

/* Looks at the row and at whether its code is new. The code's place in memory is fetched while the rest is checked. */
static enum import_verdict judge(struct import *im, enum import_op *ret_op)
{
	struct import_row *r = &im->row;
	enum import_verdict v = import_row_collect(r, &im->columns, &im->scan);
	if (v != ROW_TAKEN)
		return v;
	uint64_t print = code_fingerprint(r->text[COL_CODE], r->size[COL_CODE]);
	code_set_prefetch(&im->seen, print);
	v = import_row_check(r, &im->columns, im->o->today);
	*ret_op = r->op;
	if (v == ROW_CANCELLED && r->op == OP_CHANGE) {
		*ret_op = OP_DELETE;
		v = ROW_TAKEN;
	}
	if (v == ROW_TAKEN && !code_set_add(&im->seen, print))
		return ROW_TWICE;
	if (v == ROW_TAKEN && im->o->delta && *ret_op == OP_ADD && code_set_has(&im->delta.old, print))
		return ROW_KNOWN;
	return v;
}

static bool take_row(struct import *im, struct err *e)
{
	struct err why = { 0 };
	enum import_op op = OP_ADD;
	enum import_verdict v = judge(im, &op);
	if (v == ROW_CANCELLED) {
		im->counts.by_verdict[v]++;
		return true;
	}
	if (v != ROW_TAKEN) {
		refuse(im, v, import_reason(v));
		return true;
	}
	switch (op) {
	case OP_DELETE:
		return settle(im, remove_code(im, &why), &im->counts.deleted, &why, e);
	case OP_CHANGE:
		return change(im, e);
	case OP_ADD:
		break;
	}
	return settle(im, library_writer_add(im->writer, &im->row.row, &why), &im->counts.added, &why, e);
}

static bool read_header(struct import *im, struct err *e)
{
	const char *bytes;
	size_t n;
	if (!csv_scan_peek(&im->scan, &bytes, &n, e) || !import_encoding(bytes, n, e))
		return false;
	switch (csv_scan_next(&im->scan, e)) {
	case CSV_ROW:
		break;
	case CSV_FAILED:
		return false;
	case CSV_END:
		return err_set(e, ERR_CONFIG, "the file is empty");
	case CSV_LONG:
	case CSV_QUOTES:
		return err_set(e, ERR_CONFIG, "the first line is no header: it is too long or its quotes are wrong");
	}
	if (im->scan.marks & (CSV_CONTROL | CSV_NOT_UTF8))
		return err_set(e, ERR_CONFIG, "the first line is no header: it has control characters or is not UTF-8");
	if (!import_columns_read(&im->columns, &im->scan, im->o->delta, e))
		return false;
	str_copy(im->counts.unknown_columns, sizeof im->counts.unknown_columns, im->columns.unknown);
	return true;
}

static bool read_rows(struct import *im, struct err *e)
{
	for (;;) {
		enum csv_state state = csv_scan_next(&im->scan, e);
		if (state == CSV_FAILED)
			return false;
		if (state == CSV_END)
			return true;
		if (state == CSV_ROW && im->scan.n == 1 && im->scan.size[0] == 0)
			continue;
		if (im->counts.rows++ % REPORT_ROWS == 0 && !report(im, -1))
			return err_set(e, ERR_NO, "stopped");
		if (state == CSV_ROW && !take_row(im, e))
			return false;
		if (state == CSV_LONG)
			refuse(im, ROW_LONG, import_reason(ROW_LONG));
		if (state == CSV_QUOTES)
			refuse(im, ROW_QUOTES, import_reason(ROW_QUOTES));
		if (im->o->delta) {
			size_t n;
			const char *raw = csv_scan_raw(&im->scan, &n);
			delta_row(&im->delta, raw, n);
		}
	}
}

static bool enough(const struct import *im, struct err *e)
{
	const struct import_counts *c = &im->counts;
	if (c->taken == 0)
		return err_set(e, ERR_NO,
			"nothing could be imported: %" PRIu64 " rows, %" PRIu64 " refused, %" PRIu64 " cancelled",
			c->rows, c->refused, c->by_verdict[ROW_CANCELLED]);
	if (!im->o->keep_going && c->refused * 10 > c->rows)
		return err_set(e, ERR_NO,
			"%" PRIu64 " of %" PRIu64
			" rows were refused, more than a tenth: is it the right file? Nothing was imported; "
			"--keep-going imports the rest",
			c->refused, c->rows);
	return true;
}

static void finishing(void *ctx, unsigned permille)
{
	report(ctx, (int)permille);
}

static void make_label(struct import *im)
{
	const char *name = strrchr(im->o->csv, '/');
	int today = im->o->today;
	if (im->o->label)
		str_copy(im->label, sizeof im->label, im->o->label);
	else
		snprintf(im->label, sizeof im->label, "%.150s, %04d-%02d-%02d", name ? name + 1 : im->o->csv,
			today / 10000, today / 100 % 100, today % 100);
}

static bool run(struct import *im, struct err *e)
{
	const struct import_options *o = im->o;
	if (!read_header(im, e))
		return err_add(e, "%s", o->csv);
	if (!library_writer_create(&im->writer, o->out, o->data_dir, im->label, e))
		return false;
	if (o->delta && (!delta_open(&im->delta, o->out, e) || !library_writer_take(im->writer, o->out, e)))
		return false;
	if (!read_rows(im, e))
		return err_add(e, "%s", o->csv);
	if (!rejects_close(&im->rejects, e))
		return false;
	if (o->delta && !delta_record(&im->delta, im->writer, im->label, e))
		return err_add(e, "%s", o->csv);
	if (!enough(im, e) || !library_writer_finish(im->writer, finishing, im, e))
		return false;
	library_keep_copy(o->out);
	return true;
}

static bool open_csv(struct import *im, int *ret_fd, struct err *e)
{
	struct stat st;
	int fd = open(im->o->csv, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return err_set(e, ERR_CONFIG, "%s cannot be read: %s", im->o->csv, strerror(errno));
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		im->size = (uint64_t)st.st_size;
	posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
	*ret_fd = fd;
	return true;
}

bool address_import(const struct import_options *o, struct import_counts *ret, struct err *e)
{
	struct import im = { .o = o };
	int fd = -1;
	bool ok = open_csv(&im, &fd, e) && rejects_open(&im.rejects, o->rejects, e);
	if (ok) {
		uint64_t guess = im.size / GUESS_ROW;
		make_label(&im);
		csv_scan_init(&im.scan, fd);
		code_set_init(&im.seen, guess < GUESS_MOST ? (size_t)guess : GUESS_MOST);
		ok = run(&im, e);
		csv_scan_finish(&im.scan);
		code_set_finish(&im.seen);
		library_writer_destroy(im.writer);
		delta_close(&im.delta);
	}
	im.counts.rejects_left_out = im.rejects.left_out;
	rejects_close(&im.rejects, NULL);
	if (fd >= 0)
		close(fd);
	*ret = im.counts;
	return ok;
}
