#ifndef VISION_MATERIAL_H
#define VISION_MATERIAL_H

#include <stdbool.h>
#include <stddef.h>

#include "model/paper_kind.h"

/*
 * What a material says beside what was typed. The inspector reads the file and answers lines of text (struct
 * material_reading, checked); here, without any terminal, they become fields and verdicts. The applicant sees both sides and
 * decides; nothing that was read is ever taken over by itself.
 */
enum {
	MATERIAL_PASSES = 4,   /* ways in which the same page was read */
	MATERIAL_TEXT = 6000,  /* bytes of one of them */
	MATERIAL_VALUE = 240,  /* bytes of one field */
	MATERIAL_FINDINGS = 6, /* no kind has more */
};

/* What became of reading. */
enum reading_state {
	READING_NONE, /* nothing here can read it: no recogniser, no poppler-utils, or no words */
	READING_DONE,
	READING_REFUSED, /* a PDF that is damaged, locked by a password, or takes too much */
	READING_LONG,    /* a PDF of more than READING_PAGES_MAX pages */
};
enum { READING_PAGES_MAX = 20 }; /* own limit: contract, booklet and certificates have fewer */

struct material_reading {
	enum reading_state state;
	bool exact;         /* the text of a PDF; else recognised in a picture */
	unsigned pages;     /* of a PDF; 1 for a picture; 0: unknown */
	unsigned certainty; /* mean of the recogniser over its words, 0-100; 100 for a PDF's text */
	unsigned n_passes;
	char text[MATERIAL_PASSES][MATERIAL_TEXT]; /* lines, plain UTF-8 (utf8_plain) but for the line ends */
};

enum material_field {
	MATERIAL_NAME,
	MATERIAL_ID_NUMBER,
	MATERIAL_ADDRESS,
	MATERIAL_EXPIRY,      /* of an identity card */
	MATERIAL_CERTIFICATE, /* number of a property certificate */
	MATERIAL_FILING,      /* number of a lease filing */
	MATERIAL_PERIOD,      /* of a lease */
	MATERIAL_LEGIBLE,     /* there is a page with words on it */
	MATERIAL_FIELDS
};

enum material_verdict {
	MATERIAL_AGREES,
	MATERIAL_NOTED,   /* read, nothing typed to compare it with, or in force for less than a month */
	MATERIAL_UNREAD,  /* could not be read with certainty */
	MATERIAL_DIFFERS, /* something else was read, or it is not in force any more */
};

/* What was typed of the person and the home that the material is about; NULL or "": not asked, not compared. */
struct material_expected {
	enum paper_kind paper;
	const char *name, *id_number, *address;
	int today; /* YYYYMMDD */
};

struct material_finding {
	enum material_field field;
	enum material_verdict verdict;
	char typed[MATERIAL_VALUE]; /* "" when nothing was typed */
	char read[MATERIAL_VALUE];  /* cleaned, "" when nothing was read */
	char text[MATERIAL_VALUE];  /* one translated sentence */
};

const char *material_field_name(enum material_field field);       /* translated: "姓名" */
const char *material_field_word(enum material_field field);       /* "name", for programs */
const char *material_verdict_word(enum material_verdict verdict); /* "agrees" */
/*
 * One finding for each field of this kind of material that can be judged, at most `max` (MATERIAL_FINDINGS is enough); 0 for a
 * paper that is not read. reading NULL: nothing could be read. They hold personal data: wipe them.
 */
size_t material_findings(const struct material_reading *reading, const struct material_expected *expected,
	struct material_finding *out, size_t max);

/*
 * Adds what another file of the same material says (its other side, its next page): `all` and `more` are n findings of
 * material_findings with the same expectation. What one file does not say, another may; files that contradict each other are
 * MATERIAL_DIFFERS, never silently one of them.
 */
void material_merge(struct material_finding *all, const struct material_finding *more, size_t n, enum paper_kind paper);

/* Another verdict, and the sentence that goes with it: for who knows more than what was read. */
void material_conclude(struct material_finding *f, enum material_verdict verdict);

#endif
