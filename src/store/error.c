#include "base/err.h"
#include "store/db.h"

/* Cause and remedy for what SQLite reports (primary result code); for staff and the log. */
static const struct {
	int code;
	bool suspect; /* the connection must not be used again */
	const char *text;
} causes[] = {
	{ SQLITE_BUSY, false,
		"locked by another program for more than 5 seconds; end that program (fuser shows it) and try again" },
	{ SQLITE_LOCKED, false, "locked by another part of this program; try again" },
	{ SQLITE_FULL, true, "the disk is full; free some space on it and try again" },
	{ SQLITE_READONLY, true,
		"not writable; give this user the right to write to the file and its folder, or mount it writable" },
	{ SQLITE_CANTOPEN, true,
		"cannot be opened; check that the folder exists and that this user may read and write in it" },
	{ SQLITE_PERM, true, "access denied; give this user the right to read and write the file and its folder" },
	{ SQLITE_CORRUPT, true,
		"the file is damaged; keep it, put the last backup in its place and tell the maintainer" },
	{ SQLITE_NOTADB, true,
		"not a database; check the path in the configuration, or put the last backup in its place" },
	{ SQLITE_IOERR, true,
		"the disk reported an error or a limit on file size; check the disk and the free space, then try again" },
	{ SQLITE_TOOBIG, false, "a value is larger than the database accepts; use smaller files" },
	{ SQLITE_NOMEM, true, "out of memory; end other programs and try again" },
};

bool db_fail_code(struct store *s, int code, const char *doing, struct err *e)
{
	s->busy = (code & 0xff) == SQLITE_BUSY;
	s->full = (code & 0xff) == SQLITE_FULL;
	for (size_t i = 0; i < sizeof causes / sizeof causes[0]; i++) {
		if (causes[i].code == (code & 0xff)) {
			s->suspect = s->suspect || causes[i].suspect;
			return err_set(e, ERR_STORAGE, "%s: database %s: %s (SQLite %d)", doing, s->path,
				causes[i].text, code);
		}
	}
	/* Constraint and usage errors: sqlite3_errmsg names tables and columns, never a value. */
	return err_set(e, ERR_BUG, "%s: database %s: %s (SQLite %d); please report this", doing, s->path,
		s->db == NULL ? sqlite3_errstr(code) : sqlite3_errmsg(s->db), code);
}

bool db_fail(struct store *s, const char *doing, struct err *e)
{
	return db_fail_code(s, s->db == NULL ? SQLITE_NOMEM : sqlite3_extended_errcode(s->db), doing, e);
}
