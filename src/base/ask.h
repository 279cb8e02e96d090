#ifndef BASE_ASK_H
#define BASE_ASK_H

#include <stdbool.h>
#include <stddef.h>

struct err;

/*
 * One question to an outside program (base/child.h): a line on its standard input, then the end; its answer is one line on
 * its standard output. Nothing here waits: the caller asks now and then whether the answer is there. The program is killed
 * with its group at the time limit, or a second after its answer (it may have a device to put to rest). Its exit status is
 * not looked at.
 */
struct ask;

enum { ASK_LINE_MAX = 4096 }; /* bytes of a line, both ways, with its line feed */

enum ask_state { ASK_RUNNING, ASK_ANSWERED, ASK_FAILED };

/* ERR_CONFIG: not an absolute path; ERR_DEVICE: not there or cannot be run. */
bool ask_ready(const char *program, struct err *e);
/* `line` ends with a line feed. */
bool ask_start(struct ask **ret, char *program, const char *line, size_t n, unsigned limit_s, struct err *e);
int ask_fd(const struct ask *a); /* to wait for reading; -1: it is not running */
/*
 * Call it when the descriptor can be read, and after a second at most: it keeps the time limit. ASK_ANSWERED: what it wrote,
 * borrowed until ask_end; any bytes. ASK_FAILED: ret_why says why, in English, for the log.
 */
enum ask_state ask_poll(struct ask *a, const char **ret_answer, size_t *ret_n, const char **ret_why);
void ask_end(struct ask *a); /* ends what runs, wipes and frees; accepts NULL */

#endif
