#ifndef STORE_AUDIT_TYPES_H
#define STORE_AUDIT_TYPES_H

/*
 * Every kind of event that the audit log knows: name, id (in the file for ever; new ones get the next number), word, what it
 * means. `juzhu audit types` prints the table of data/audit/README.md from it; the build fails when they differ.
 */
/* clang-format off */
#define AUDIT_TYPES(X) \
	X(AUDIT_START,           1, "start",           "The kiosk was started, not just the program of the next applicant") \
	X(AUDIT_MIGRATED,        2, "migrated",        "The database was brought to a newer version; detail: from, to") \
	X(AUDIT_SESSION,         3, "session",         "An applicant began; detail: item") \
	X(AUDIT_SESSION_END,     4, "session-end",     "A session ended; detail: submitted, left, idle or interrupted") \
	X(AUDIT_RESUMED,         5, "resumed",         "An interrupted filing was taken up again after a proof") \
	X(AUDIT_SUBMITTED,       6, "submitted",       "A case was stored; subject: case number; detail: item") \
	X(AUDIT_PRINTED,         7, "printed",         "A receipt was printed; subject: case number") \
	X(AUDIT_PRINT_FAILED,    8, "print-failed",    "A receipt could not be printed; subject: case number") \
	X(AUDIT_ATTESTED,        9, "attested",        "Staff attested a person; subject: name of the staff") \
	X(AUDIT_CODE_WRONG,     10, "code-wrong",      "A wrong staff code was typed; detail: how many in a row") \
	X(AUDIT_STAFF_ADDED,    11, "staff-added",     "A staff code was added; subject: name of the staff") \
	X(AUDIT_STAFF_DISABLED, 12, "staff-disabled",  "A staff code was disabled; subject: name of the staff") \
	X(AUDIT_LICENCES,       13, "licences",        "Licences were imported; detail: how many rows") \
	X(AUDIT_OPENED,         14, "opened",          "A sealed case was opened; subject: case number; detail: code or center") \
	X(AUDIT_PURGED,         15, "purged",          "A case was deleted by the rules of retention; subject: case number") \
	X(AUDIT_AUDIT_PURGED,   16, "audit-purged",    "Old rows of this log were deleted; detail: up to which one") \
	X(AUDIT_BACKUP,         17, "backup",          "A backup was made; detail: cases in it") \
	X(AUDIT_RESTORED,       18, "restored",        "This database was put in place from a backup; detail: cases in it") \
	X(AUDIT_BALLAST,        19, "ballast",         "The disk was full: the reserve was given up to let a filing finish") \
	X(AUDIT_MOVED,          20, "moved",           "A case was moved; subject: case number; detail: from, to, by whom") \
	X(AUDIT_REVISED,        21, "revised",         "A case was supplemented or changed; subject: case number; detail: revision") \
	X(AUDIT_RATED,          22, "rated",           "An applicant rated a case that has ended; subject: case number") \
	X(AUDIT_PAUSED,         23, "paused",          "A filing was paused under a code; detail: item") \
	X(AUDIT_TAKEN_UP,       24, "taken-up",        "A paused filing was taken up with its code; detail: item") \
	X(AUDIT_PAUSE_EXPIRED,  25, "pause-expired",   "Paused filings that nobody took up in time were deleted; detail: how many") \
	X(AUDIT_PAUSE_WRONG,    26, "pause-wrong",     "A pause code was typed that opens nothing; detail: how many in a row") \
	X(AUDIT_LOOKUP_WRONG,   27, "lookup-wrong",    "Wrong receipt code; subject: case, if any; detail: how many in a row") \
	X(AUDIT_LISTED,         28, "listed",          "A verified person saw the list of the own cases; detail: how many")
/* clang-format on */

#define AUDIT_ENUM(name, id, word, about) name = (id),
enum audit_type { AUDIT_TYPES(AUDIT_ENUM) };
#undef AUDIT_ENUM

#endif
