#ifndef MODEL_ITEM_H
#define MODEL_ITEM_H

#include <stdbool.h>
#include <stddef.h>

#include "model/paper_kind.h"

/*
 * The definition of what is asked: an item (事项), its steps in order, its screens and materials. Read from screens/
 * by load/, never changed afterwards. Texts are Chinese and keys of the catalogue: show them with tr().
 */
enum question_type {
	QUESTION_TEXT,   /* typed */
	QUESTION_CHOICE, /* one of `options`, at most nine, by digit */
	QUESTION_LIST,   /* one row of code table `table`, found by typing, paged by nine */
};

struct option {
	char *value;
	char *label;
	char *hint; /* can be NULL */
};

struct question {
	char *name; /* of the answer; unique in the item, unless the same datum is meant */
	char *label;
	char *example; /* can be NULL for choices */
	char *why;     /* why we ask */
	char *source; /* law article, form row or standard that the question rests on; for developers, not translated */
	char *say;    /* what the voice says instead of the label; can be NULL */
	enum question_type type;
	char *check;  /* a row of model/check.c; can be NULL */
	char *table;  /* QUESTION_LIST: name of a code table */
	unsigned max; /* characters, QUESTION_TEXT */
	bool optional;
	struct option *options;
	unsigned n_options;
};

enum screen_kind_id {
	SCREEN_NOTICE,       /* text and an explicit "I have read this" */
	SCREEN_FORM,         /* one or more questions */
	SCREEN_VERIFY,       /* verification of a person; `subject` says of whom */
	SCREEN_ADDRESS,      /* residential address, searched in the library */
	SCREEN_REGISTRATION, /* the registration that the item builds on: opened with its receipt, or stated */
	SCREEN_ELIGIBILITY,  /* whether it may be applied for now, and if not, from when */
	SCREEN_CARRIED,      /* what was taken over from the registration */
	SCREEN_GROUP,        /* the same questions for up to `max` people, none to all of them */
	SCREEN_CENTER,       /* the center of the residence, where the card is collected */
	SCREEN_PHOTO,        /* the applicant's photo */
	SCREEN_MATERIALS,    /* every material of the route */
	SCREEN_OUTSTANDING,  /* one-time notice: what is still missing, doubtful or shown at the counter */
	SCREEN_REVIEW,       /* check answers, declaration, submit */
	SCREEN_END,          /* a way that cannot go on here: explains where to go instead */
	SCREEN_KINDS
};

struct screen {
	enum screen_kind_id kind;
	char *title;
	char *text;    /* above the questions; paragraphs separated by an empty line; can be NULL */
	char *help;    /* F1; can be NULL: the common help */
	char *name;    /* prefix of the answers it stores; NULL for kinds that store none of their own */
	char *subject; /* SCREEN_VERIFY: "applicant" or "agent" */
	struct question *questions;
	unsigned n_questions;
	unsigned max; /* SCREEN_GROUP: how many there can be, else 0 */
	char *file;   /* where it was read, for messages */
};

/* `name = a | b` or `name != a | b`; a list of guards means and. */
struct guard {
	char *name; /* a choice of an earlier step, or a fact of model/fact.c */
	bool negated;
	char **values;
	unsigned n_values;
	char *text; /* as written */
};

struct step {
	char *screen_name; /* file name without .yaml, unique in the item */
	struct screen *screen;
	struct guard *guards;
	unsigned n_guards;
	/* While these hold and the step is answered, the way passes it by: what it asks was taken over. None: never. */
	struct guard *carried;
	unsigned n_carried;
};

/*
 * Of whom and of which home a material is: names of questions, or of the screen that asks the address. What was read is put beside
 * those answers; NULL: not compared.
 */
struct material_about {
	char *name, *id_number, *address;
};

struct material {
	char *code; /* "id-card" */
	char *title;
	char *text;            /* what exactly to bring; can be NULL */
	char *licence;         /* kind of electronic licence that replaces it; NULL: none does */
	char *holder;          /* whose licence: "applicant" or "agent"; NULL with licence NULL */
	enum paper_kind paper; /* as what a file of it is read */
	struct material_about about;
	struct guard *guards;
	unsigned n_guards;
};

struct item {
	char *code;      /* folder name, "residence-registration" */
	char *number;    /* two digits, first part of the case number */
	char *builds_on; /* item whose case is taken over; NULL: none */
	char *title;
	char *summary;                   /* one line for the start screen */
	char *who, *bring, *takes, *use; /* information: who may apply, what to bring, how long, what for; paragraphs */
	unsigned version;
	char *certificate; /* title of the certificate that can be printed once it is approved; can be NULL */
	bool card;         /* it ends in a card, which is made and handed over */
	bool single;       /* a person can have one open application of it */
	struct step *steps;
	unsigned n_steps;
	struct material *materials;
	unsigned n_materials;
};

const struct question *item_question(const struct item *item, const char *name, unsigned *ret_step); /* NULL: none */
const struct material *item_material(const struct item *item, const char *code);
/* Is this answer one of the screen's own ("address.street" of "address"), or of one of its questions? */
bool screen_has(const struct screen *s, const char *name);
const char *option_label(const struct question *q, const char *value); /* NULL when it is not one */
bool guard_holds(const struct guard *g, const char *value); /* value NULL: not answered; then no guard holds */

#endif
