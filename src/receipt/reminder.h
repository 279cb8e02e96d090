#ifndef RECEIPT_REMINDER_H
#define RECEIPT_REMINDER_H

struct eligibility;
struct err;
struct item;

/*
 * The slip for whoever came too early: from which day the item can be applied for, what counts, what to bring. No personal
 * value is on it. Plain text in the current language, 48 columns wide; yours to free.
 */
char *reminder_text(const struct eligibility *el, const struct item *item, const char *center, const char *hotline,
	struct err *e);

#endif
