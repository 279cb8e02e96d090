#ifndef TESTS_FAULT_KILL_KIOSK_H
#define TESTS_FAULT_KILL_KIOSK_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/*
 * The real kiosk with its linear view on a pseudo terminal: an applicant who reads pages and types lines, and whoever pulls the
 * plug. A page is what was written since the last line was sent.
 */
struct kiosk {
	int fd;           /* master side of the terminal; -1: nothing runs */
	pid_t supervisor; /* also the process group */
	pid_t traced;     /* program that is stopped between two system calls; 0: none */
	char out[64 * 1024];
	size_t n;
};

/* $KIOSK with these settings, $DATA and $SCREENS; the page that it begins with is there when this returns. */
bool kiosk_start(struct kiosk *k, const char *settings);
/* Tells it to end; its exit status, -1 when it does not or a signal ended it. */
int kiosk_end(struct kiosk *k);

bool kiosk_ready(struct kiosk *k); /* waits until it asks for a line */
void kiosk_type(struct kiosk *k, const char *line);
/* Title of the page, "" when there is none; `out` of 200 bytes. */
void kiosk_title(const struct kiosk *k, char out[static 200]);
/* Text of the page, from its title on. */
const char *kiosk_text(const struct kiosk *k);

pid_t kiosk_program(const struct kiosk *k); /* of the session; 0: none at the moment */
/* kill -9 of the program of the session. What it still wrote can be read; nothing is started in its place until kiosk_again. */
bool kiosk_kill_program(struct kiosk *k);
void kiosk_let(struct kiosk *k);   /* the supervisor may go on */
bool kiosk_again(struct kiosk *k); /* that, and waits for the page that the new program begins with */
/* Supervisor and program in the same moment. What they still wrote can be read. */
void kiosk_kill_all(struct kiosk *k);

/*
 * Types a line and lets the program make n system calls, then stops it there: the moment between two of them is exact. False: it
 * made fewer (*ret_calls) and asks for the next line, or (*ret_calls < 0) it cannot be traced and nothing was typed.
 */
bool kiosk_type_until(struct kiosk *k, const char *line, long n, long *ret_calls);

double kiosk_now(void); /* milliseconds */

#endif
