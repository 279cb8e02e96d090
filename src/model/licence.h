#ifndef MODEL_LICENCE_H
#define MODEL_LICENCE_H

#include <stdbool.h>

struct answers;
struct filing;
struct material;

/*
 * Electronic licences (电子证照): an official certificate in force is as good as the paper (State Council Decree 716 art. 10),
 * and what data sharing gives is not asked for again (art. 11). Whose it may be is said by the material's holder.
 */
struct licence {
	char kind[40], number[80], holder_id[19];
	char holder_name[100]; /* "": not known */
	char issuer[120];
	int valid_from, valid_to; /* YYYYMMDD; valid_to 0: no end */
};

enum licence_state {
	LICENCE_OFF,        /* nobody can be asked: `licences: none` */
	LICENCE_ASKING,     /* asked, no answer yet */
	LICENCE_UNANSWERED, /* asked, but no good answer came, or none in time */
	LICENCE_NONE,       /* there is none */
	LICENCE_VALID,
	LICENCE_EXPIRED,
	LICENCE_EARLY, /* not yet in force */
	LICENCE_OTHER, /* it belongs to somebody else */
	LICENCE_STATES
};

/* What a file or a program says of a licence. */
enum licence_field {
	LICENCE_KIND,
	LICENCE_NUMBER,
	LICENCE_HOLDER_ID,
	LICENCE_ISSUER,
	LICENCE_VALID_FROM,  /* YYYYMMDD or YYYY-MM-DD */
	LICENCE_VALID_TO,    /* the same; "" or "0": no end */
	LICENCE_HOLDER_NAME, /* "": not known */
	LICENCE_FIELDS
};
extern const char *const licence_field_names[LICENCE_FIELDS];
/* NULL: *ret is filled in. Else what is wrong, in English, without a value: they are personal data. today: YYYYMMDD. */
const char *licence_fill(const char *const texts[static LICENCE_FIELDS], int today, struct licence *ret);

/*
 * What a licence that a provider found is good for. Nobody sees whose it is: of a licence of somebody else nothing is shown.
 * today: YYYYMMDD. `name` can be "".
 */
enum licence_state licence_judge(const struct licence *l, const char *name, const char *id_number, int today);

/* Who has to hold the licence of a material. */
struct licence_holder {
	const char *subject;          /* "applicant", "agent" or "relative" */
	const char *name, *id_number; /* borrowed from the answers; id_number "": not known yet */
	const char *consent;          /* relative: how it was given, "phone" or "paper"; else "" */
};

/*
 * A relative's licence is looked for only after that person agreed: the answers "material.CODE.consent", ".holder_id" and
 * ".holder_name" are there then, and of the relative that was typed.
 */
void licence_holder(const struct filing *f, const struct material *m, struct licence_holder *ret);

/* The answers of a material that a licence meets; everything else that was said about the material goes, but not the consent. */
void licence_give(struct filing *f, const struct material *m, const struct licence *l);
/* Is what licence_give wrote still about the holder, and in force? */
bool licence_stands(const struct filing *f, const struct material *m, int today);

/* Records the relative's consent. `how`: "phone", "paper"; `by`: who of the staff saw it; `at`: as clock_time_text writes it. */
void licence_consent(struct filing *f, const struct material *m, const char *id_number, const char *how, const char *by,
	const char *at);

#endif
