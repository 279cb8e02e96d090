#ifndef MODEL_CASE_REASON_H
#define MODEL_CASE_REASON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct case_event;
struct case_record;

/*
 * Reasons of events that a program writes and reads back. One line, `WORD VALUE`; each reader below accepts exactly what its
 * writer makes, and only at a move where that reason belongs. Everything else in a reason is what somebody typed.
 */
enum { REASON_SIZE = 64 };

/* "waybill EM123456785CN", at a move to SHIPPED. `waybill`: EMS, 13 digits or UPU S10 with its check digit (domain 5.8). */
bool waybill_good(const char *waybill);
bool case_reason_waybill(const char *waybill, char out[static REASON_SIZE]); /* false: it is none */
const char *case_waybill(const struct case_event *v);                        /* borrowed; NULL: none */

/* "rating 5", 1 (worst) to 5 (best), a note without a move after the case has ended; once. */
bool case_reason_rating(unsigned grade, char out[static REASON_SIZE]);
unsigned case_rating(const struct case_event *v); /* 0: none */

/*
 * "revision 2 supplement", "revision 3 pickup": with it the store says which envelope came with the event; nobody else may
 * write it.
 */
enum revision_kind { REVISION_SUPPLEMENT, REVISION_PICKUP };
void case_reason_revision(uint64_t revision, enum revision_kind kind, char out[static REASON_SIZE]);
bool case_revision(const struct case_event *v, uint64_t *ret_revision, enum revision_kind *ret_kind);

/* May somebody write this as the reason of a move? Plain lines, nothing that this file would read as its own. */
bool case_reason_free(const char *reason);

#endif
