#ifndef RECEIPT_RECEIPT_H
#define RECEIPT_RECEIPT_H

#include <stdbool.h>
#include <stddef.h>

struct answers;
struct case_record;
struct centers;
struct item;
struct err;

/*
 * A stored case becomes receipt lines and a QR code; pure. No full personal value is on it: name and number are masked
 * (张*明, 310***********1234). Language: the current one. It repeats the one-time notice: what is to be brought to which counter,
 * and what staff will look at (model/outstanding.h).
 */
enum receipt_line_kind { RECEIPT_TITLE, RECEIPT_LINE, RECEIPT_PARAGRAPH, RECEIPT_QR };

struct receipt_line {
	enum receipt_line_kind kind;
	char *label; /* "" for title and paragraphs */
	char *text;  /* RECEIPT_QR: the payload */
};

struct receipt {
	struct receipt_line *lines;
	size_t n_lines;
};

struct promise_rule;
struct receipt_words { /* from the configuration */
	const char *center, *hotline;
	const struct promise_rule *promise;
	bool demo;
	const char *code;              /* receipt code, what the QR holds (seal/code.h) */
	const char *query;             /* query code, grouped for reading */
	const struct centers *centers; /* of the residence's town; NULL: not shown */
};

struct receipt *receipt_create(const struct case_record *c, const struct item *item, const struct receipt_words *words);
void receipt_destroy(struct receipt *r);
/* Plain text, `columns` wide (32-80), the QR in half blocks; for the file printer. Yours to free. */
char *receipt_text(const struct receipt *r, unsigned columns, struct err *e);

/* A QR symbol (ISO/IEC 18004, level M): size x size modules, quiet zone not included. */
struct qr {
	int size;
	unsigned char modules[177 * 177];
};
bool qr_encode(const char *payload, struct qr *ret, struct err *e);
bool qr_dark(const struct qr *q, int y, int x); /* outside: light */

/* Masks for paper, lists and shared screens (domain file 9). */
void mask_name(const char *name, char *out, size_t size);
void mask_id_number(const char *id, char *out, size_t size);
/*
 * A copy in which every name, ID number, mobile number and address is masked, whoever's it is; by the names of the answers. Yours:
 * answers_destroy.
 */
struct answers *mask_answers(const struct answers *a);

#endif
