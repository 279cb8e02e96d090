#ifndef RECEIPT_CERTIFICATE_H
#define RECEIPT_CERTIFICATE_H

struct case_record;
struct item;
struct receipt;
struct receipt_words;

/*
 * The certificate of a registration (居住登记凭证) as lines to print, for an item that has one (struct item, `certificate`). Valid for
 * a year from approval (domain file 3.3); masked as the receipt is, because it is printed at a public machine. Pure.
 */
/* Of a case with a registration_day (model/eligibility.h). Of the words: center, hotline, demo. Yours: receipt_destroy. */
struct receipt *certificate_create(const struct case_record *c, const struct item *item,
	const struct receipt_words *words);

#endif
