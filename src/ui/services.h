#ifndef UI_SERVICES_H
#define UI_SERVICES_H

#include <stdbool.h>
#include <stddef.h>

#include "model/center.h"
#include "model/licence.h"
#include "ui/page.h"

struct address_library;
struct code_table;

/*
 * What a screen kind may ask the program for. The app fills this table; a unit test fills it with its own functions. A
 * screen kind never opens a file, a database or a process itself.
 */
enum verify_way { VERIFY_WAY_OFF, VERIFY_WAY_COUNTER, VERIFY_WAY_PROGRAM };
enum verify_answer { VERIFY_RUNNING, VERIFY_PASS, VERIFY_FAIL };

struct file_row {
	const char *shown;
	bool folder;
};

/* A file that was chosen is looked at by the inspector while the screen waits. */
enum check_state {
	CHECK_RUNNING,
	CHECK_DONE,
	CHECK_FAILED, /* it cannot be taken, or could not be looked at */
};

enum { PHOTO_FINDINGS = 3 };

struct photo_view {                /* all borrowed until the photo is accepted or dropped */
	struct page_picture shown; /* with a frame about the head that was found; no rgb: there is nothing to show */
	struct page_picture fixed; /* made of it, passes in its place; no rgb: that does not help */
	bool cropped, evened;      /* what was done to it: cut out, turned, scaled; a nearly white wall made white */
	bool head;                 /* the frame is there */
	bool passes;               /* nothing that was found blocks it */
	struct {
		const char *code, *text; /* for the record; for the applicant: what was measured, and the remedy */
		bool blocks;             /* else advice */
	} findings[PHOTO_FINDINGS];
	size_t n_findings;
};

enum { FINDINGS_MAX = 6 };

/* One field of a material beside what was typed. */
struct finding_view {
	const char *field;          /* translated */
	bool doubt;                 /* it differs or could not be read */
	char typed[240], read[240]; /* "" nothing */
	char text[240];             /* one translated sentence */
};

struct material_view {
	struct page_picture
		shown; /* of the file, or of its first page; no rgb: there is none. Borrowed until it is dropped */
	struct finding_view findings[FINDINGS_MAX];
	size_t n_findings; /* 0: nothing is compared */
};

/* The rows in which the code of a receipt is asked for: what was scanned or the case number; the query code. */
enum receipt_row { RECEIPT_ROW_CODE, RECEIPT_ROW_QUERY };

struct services {
	void *ctx;
	/* NULL when the table does not exist. */
	const struct code_table *(*table)(void *ctx, const char *name);
	/*
	 * Looks whether the library's file is another one now, so it is called once when a screen opens; what it returned
	 * before is gone then. NULL: no library, manual entry only.
	 */
	struct address_library *(*addresses)(void *ctx);

	enum verify_way (*verify_way)(void *ctx);
	/* Staff attest by code (in a demonstration without verification: nobody does). False: ret_why is one translated sentence. */
	bool (*attest)(void *ctx, const char *code, char *ret_by, size_t by_size, char *ret_why, size_t why_size);
	/* An outside program: start, then ask until it is not running any more. */
	bool (*verify_start)(void *ctx, const char *subject, const char *name, const char *id, char *ret_why,
		size_t why_size);
	enum verify_answer (*verify_poll)(void *ctx, char *ret_by, size_t by_size, char *ret_why, size_t why_size);
	void (*verify_cancel)(void *ctx);

	/*
	 * Opens the registration that the item builds on and fills the answers, the photo and "registration.*" of the filing
	 * from it. `typed` is the whole receipt code, or a case number beside the query code. False: nothing was changed,
	 * ret_why is one translated sentence, and ret_row the row that it is about.
	 */
	bool (*registration_open)(void *ctx, const char *typed, const char *query, enum receipt_row *ret_row,
		char *ret_why, size_t why_size);
	/* The applicant's own open case of this item, when there can be only one; false: none. */
	bool (*application_open)(void *ctx, char ret_number[static 21]);
	bool (*remind)(void *ctx); /* prints a slip with the day from which the item can be applied for */
	void (*center)(void *ctx, struct center *ret); /* of the residence; its texts are borrowed */

	/* The file browser; rows are valid until the next call. */
	size_t (*files)(void *ctx, const struct file_row **ret_rows, const char **ret_place);
	bool (*files_enter)(void *ctx, size_t row);
	bool (*files_up)(void *ctx);
	/*
	 * Opens and reads a file and has it looked at; row of the last list, or -1 and a typed path. `name`: of the attachment that
	 * it becomes (model/file_name.h). False: ret_why holds a translated sentence. Then poll until it is not running any more.
	 */
	bool (*file_take)(void *ctx, const char *name, bool photo, long row, const char *typed, char *ret_why,
		size_t why_size);
	/*
	 * Never blocks. DONE: the material is attached, ret_about says what it is ("JPEG 358x441, 18 KB"). FAILED: ret_why holds
	 * translated sentences, one a line.
	 */
	enum check_state (
		*material_poll)(void *ctx, char *ret_about, size_t about_size, char *ret_why, size_t why_size);
	/*
	 * What the file that was taken last looks like, and what all files of its material say together beside what was typed, in the
	 * language of the moment; nothing of it has been taken over. Personal: yours to wipe. Empty when nothing was taken since
	 * material_drop.
	 */
	void (*material_show)(void *ctx, struct material_view *ret);
	void (*material_stop)(
		void *ctx); /* gives up what is being looked at; what was taken before stays to be shown */
	void (*material_drop)(void *ctx); /* the same, and forgets what was taken */
	/* FAILED: the first finding says why. A photo is attached by photo_accept. */
	enum check_state (*photo_poll)(void *ctx, struct photo_view *ret); /* never blocks */
	/* Attaches it, or the one that was cut out of it, as `name`. False: it does not pass, or ret_why says why not. */
	bool (*photo_accept)(void *ctx, const char *name, bool fixed, char *ret_about, size_t about_size, char *ret_why,
		size_t why_size);
	void (*photo_drop)(void *ctx);

	/*
	 * How it stands with the licence of this kind held by this person; asks when it is the first time. While one is ASKING the kind
	 * is turned with ACTION_TICK or READY about four times a second. ret: see app/licences.h.
	 */
	enum licence_state (
		*licence)(void *ctx, const char *kind, const struct licence_holder *holder, struct licence *ret);
	void (*licence_again)(void *ctx); /* what was not answered will be asked anew */
};

#endif
