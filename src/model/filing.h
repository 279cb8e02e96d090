#ifndef MODEL_FILING_H
#define MODEL_FILING_H

#include <stdbool.h>
#include <stddef.h>

struct answers;
struct facts;
struct item;
struct material;
struct question;
struct screen;
struct step;

/*
 * A filing (申报): what one applicant is filling in now; an instance of an item. The route is a filter over the item's
 * steps, so next, back and "step 4 of 9" need no state of their own.
 */
struct attachment { /* a file the applicant gave; bytes owned, wiped at the end */
	char *name; /* "photo" or one of a material's: model/file_name.h */
	char *mime; /* judged from the content: image/jpeg, image/png, application/pdf */
	unsigned char *bytes;
	size_t size;
};

enum {
	ATTACHMENTS_MAX = 64,                   /* a photo, and 15 materials of MATERIAL_FILES_MAX each */
	ATTACHMENT_SIZE_MAX = 10 * 1024 * 1024, /* bytes of one */
	FILING_SIZE_MAX = 16 *
		ATTACHMENT_SIZE_MAX, /* bytes of all together: they lie in memory, sealed once more on submitting */
	GROUP_NAME = 65
};

struct filing {
	const struct item *item;
	struct answers *answers;
	struct attachment attachments[ATTACHMENTS_MAX];
	unsigned n_attachments;
	unsigned step;  /* index in item->steps, on the route */
	char token[33]; /* submission token, 32 hex digits, UNIQUE in the database */
	unsigned char
		key[32]; /* under which the case will be sealed, so that its receipt can be shown after submission */
	char query[11];  /* query code of the receipt; the same however often submitting has to be tried */
	char pause[11];  /* pause code once one was told, until the filing is taken up with it; else "" */
	char number[21]; /* case number once submitted, else "" */
	bool demo;
};

void filing_init(struct filing *f, const struct item *item, const char token[static 33]);
void filing_finish(struct filing *f); /* wipes; accepts a zeroed one */

/* Replaces an attachment of the same name. The bytes are copied. False: too many or too large, alone or together; nothing changed. */
bool filing_attach(struct filing *f, const char *name, const char *mime, const void *bytes, size_t size);
void filing_detach(struct filing *f, const char *name);
const struct attachment *filing_attachment(const struct filing *f, const char *name);
/* All files of a material, in the order in which they were given, from 1 without a gap. NULL: it has no file n. */
const struct attachment *filing_file(const struct filing *f, const char *code, unsigned n);
unsigned filing_files(const struct filing *f, const char *code); /* how many */
/*
 * File n of a material: 1 replaces all that it has, the next number adds one. False as filing_attach, or another number, or more than
 * MATERIAL_FILES_MAX.
 */
bool filing_give(struct filing *f, const char *code, unsigned n, const char *mime, const void *bytes, size_t size);
void filing_take_back(struct filing *f, const char *code); /* all files of a material */

/* The route. Guards look at facts and at answers that an earlier on-route step asked. SCREEN_END is its last. */
bool route_has(const struct filing *f, const struct facts *facts, unsigned step);
/*
 * On the route, but passed by: what it asks was taken over and is whole. Next, back and the position know only the others; its
 * answers belong to the record, and a list leads to it. A materials step without any material is not on the route at all.
 */
bool route_rests(const struct filing *f, const struct facts *facts, unsigned step);
/* What was taken over for this step is to stand, as was answered; whether it does is route_rests. */
bool route_carries(const struct filing *f, const struct facts *facts, unsigned step);
bool route_next(const struct filing *f, const struct facts *facts, unsigned step, unsigned *ret_step);
bool route_back(const struct filing *f, const struct facts *facts, unsigned step, unsigned *ret_step);
void route_position(const struct filing *f, const struct facts *facts, unsigned step, unsigned *ret_n,
	unsigned *ret_of);
bool route_material(const struct filing *f, const struct facts *facts, const struct material *m);
/* First on-route step that is not completely answered; false when all are. The check without any user interface. */
bool route_first_open(const struct filing *f, const struct facts *facts, unsigned *ret_step, char *ret_why,
	size_t size);
/* One question, one material of a form or list; ret_why as in step_answered. Whether it is on the route is not looked at. */
bool question_answered(const struct filing *f, const struct facts *facts, const struct question *q, char *ret_why,
	size_t size);
bool material_answered(const struct filing *f, const struct facts *facts, const struct material *m, char *ret_why,
	size_t size);
/* False: ret_why holds one translated sentence, the first reason. SCREEN_OUTSTANDING asks nothing: always answered. */
bool step_answered(const struct filing *f, const struct facts *facts, unsigned step, char *ret_why, size_t size);
/* "material.CODE.valid_to", when the licence that meets a material ends, YYYYMMDD; 0: no end is known. */
int material_valid_to(const struct answers *a, const struct material *m);
/* A slot (from 1) of a group: one of its questions as an answer of its own, "family.2.family_name". */
void group_question(const struct screen *s, unsigned slot, unsigned question, struct question *ret,
	char name[static GROUP_NAME]);
bool group_used(const struct filing *f, const struct screen *s, unsigned slot); /* anything in it is answered */
/* Its ID number (check cn-id-number) is another slot's or the applicant's: a slip of the hand. */
bool group_repeated(const struct filing *f, const struct screen *s, unsigned slot);
/* A copy of the answers that on-route steps ask; derived ones (birth date, sex) added. Yours to destroy. */
struct answers *filing_record(const struct filing *f, const struct facts *facts);

#endif
