#ifndef MODEL_OUTSTANDING_H
#define MODEL_OUTSTANDING_H

#include <stdint.h>

struct answers;
struct case_record;
struct facts;
struct filing;
struct item;

/*
 * The one-time notice (一次性告知): everything that a filing still lacks, at once, each with its remedy. Interim Regulations
 * on Residence Permits (State Council Decree 663) art. 9: whoever lacks a material is told all of what is missing in one go.
 * The screen before check-answers shows the list, the receipt repeats what is left of it. Pure.
 *
 * Doubts come from whoever judged an answer (photo, OCR). They are an answer themselves, one to three codes with a
 * blank between them, most important first:
 *
 *     NAME.doubt            about a question or a screen: "photo.doubt", "household_address.doubt"
 *     material.CODE.doubt   about a material
 *
 * Codes are rows of model/doubt.c; of one that has no row it is said that the check has a doubt. Who stores an answer or
 * judges it stores or removes its doubt with it; a doubt about a photo or material that is shown at the counter is not told.
 * A licence is doubtful when "material.CODE.valid_to" (YYYYMMDD) is less than a month ahead.
 */
enum outstanding_what {       /* in the order of the list */
	OUTSTANDING_MISSING,  /* nothing can be submitted before; `later` is "" */
	OUTSTANDING_DOUBTFUL, /* may be submitted; the counter looks at it */
	OUTSTANDING_COUNTER   /* shown or done at the counter */
};

struct outstanding_row {
	enum outstanding_what what;
	unsigned step;      /* index in item->steps: where it can be changed */
	const char *title;  /* of the material, question or screen; key of the catalogue, borrowed from the item */
	char text[400];     /* what the matter is, one translated sentence */
	const char *remedy; /* what to do now, key of the catalogue; "" none; borrowed */
	const char *later;  /* what to do once it is submitted, for the receipt; as remedy */
};

enum { OUTSTANDING_MAX = 120, OUTSTANDING_DOUBTS_MAX = 3 };

struct outstanding {
	struct outstanding_row rows[OUTSTANDING_MAX]; /* missing, doubtful, counter; each in the order of the route */
	unsigned n;
	unsigned count[3]; /* of each enum outstanding_what */
};

/* The whole list of an open filing, in the current language. Yours to destroy. */
struct outstanding *outstanding_of_filing(const struct filing *f, const struct facts *facts);
/*
 * Of a record (filing_record, a stored case): without the missing, since that cannot have been submitted. What a record
 * holds was on its route. `today`: YYYYMMDD. Yours to destroy.
 */
struct outstanding *outstanding_of_record(const struct item *item, const struct answers *record, int today);
/*
 * Of a stored case that was opened, judged on the day of its submission; with what a supplement at the kiosk left for the
 * counter because it can only be settled there.
 */
struct outstanding *outstanding_of_case(const struct case_record *c, const struct item *item);
/* The same for the same points, in any language; to see whether a list has been shown as it is. */
uint64_t outstanding_mark(const struct outstanding *o);
void outstanding_destroy(struct outstanding *o); /* accepts NULL */

#endif
