-- Version 1 of the case database. Run once, in one transaction, by src/store/migrate.c; never edited afterwards: a
-- change is a new file with the next number. Times are seconds since 1970 UTC, days are YYYYMMDD.
-- "JUZU": other programs' databases are refused by it.
PRAGMA application_id = 1247107669;
PRAGMA user_version = 1;

-- What an applicant is typing: kept until submission, wipe or expiry. The owner is a process; boot and start time tell
-- a living owner from another process that got its number later.
CREATE TABLE draft (
	token TEXT NOT NULL PRIMARY KEY CHECK (length(token) = 32),
	station TEXT NOT NULL CHECK (length(station) = 4),
	owner_boot TEXT NOT NULL,
	owner_pid INTEGER NOT NULL,
	owner_start INTEGER NOT NULL,
	item TEXT NOT NULL,
	item_version INTEGER NOT NULL,
	step INTEGER NOT NULL CHECK (step >= 0),
	demo INTEGER NOT NULL CHECK (demo IN (0, 1)),
	saved_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE draft_answer (
	token TEXT NOT NULL REFERENCES draft (token) ON DELETE CASCADE,
	name TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (token, name)
) STRICT, WITHOUT ROWID;

-- With a rowid: large values in the tree of a WITHOUT ROWID table make every search slow.
CREATE TABLE draft_file (
	token TEXT NOT NULL REFERENCES draft (token) ON DELETE CASCADE,
	name TEXT NOT NULL,
	mime TEXT NOT NULL,
	hash BLOB NOT NULL CHECK (length(hash) = 32), -- BLAKE2b: has the file changed since the last save?
	bytes BLOB NOT NULL,
	PRIMARY KEY (token, name)
) STRICT;

-- The token makes submitting idempotent. `state` repeats the last event, for queries.
CREATE TABLE cases (
	number TEXT NOT NULL PRIMARY KEY CHECK (length(number) = 20 AND number NOT GLOB '*[^0-9]*'),
	token TEXT NOT NULL UNIQUE CHECK (length(token) = 32),
	station TEXT NOT NULL CHECK (length(station) = 4),
	item TEXT NOT NULL,
	item_version INTEGER NOT NULL,
	submitted_at INTEGER NOT NULL,
	state INTEGER NOT NULL,
	demo INTEGER NOT NULL CHECK (demo IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE INDEX cases_by_time ON cases (submitted_at);

CREATE TABLE case_answer (
	number TEXT NOT NULL REFERENCES cases (number),
	name TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (number, name)
) STRICT, WITHOUT ROWID;

-- The hash is checked whenever the bytes are used: SQLite's integrity_check does not find bit rot.
CREATE TABLE case_file (
	number TEXT NOT NULL REFERENCES cases (number),
	name TEXT NOT NULL,
	mime TEXT NOT NULL,
	sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
	bytes BLOB NOT NULL,
	PRIMARY KEY (number, name)
) STRICT;

-- History. The station that made the event leads the key and counts by itself, so that events of several machines
-- merge by set union.
CREATE TABLE case_event (
	station TEXT NOT NULL CHECK (length(station) = 4),
	number TEXT NOT NULL REFERENCES cases (number),
	seq INTEGER NOT NULL CHECK (seq > 0),
	at INTEGER NOT NULL,
	from_state INTEGER NOT NULL,
	to_state INTEGER NOT NULL,
	actor TEXT NOT NULL,
	reason TEXT NOT NULL,
	PRIMARY KEY (station, number, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX case_event_by_number ON case_event (number);

CREATE TRIGGER case_event_no_update BEFORE UPDATE ON case_event BEGIN
	SELECT RAISE(ABORT, 'case_event is append-only');
END;

CREATE TRIGGER case_event_no_delete BEFORE DELETE ON case_event BEGIN
	SELECT RAISE(ABORT, 'case_event is append-only');
END;

-- Printing jobs; one stays open until it was printed.
CREATE TABLE outbox (
	station TEXT NOT NULL CHECK (length(station) = 4),
	id INTEGER NOT NULL CHECK (id > 0),
	number TEXT NOT NULL REFERENCES cases (number),
	made_at INTEGER NOT NULL,
	attempts INTEGER NOT NULL DEFAULT 0,
	tried_at INTEGER,
	done_at INTEGER,
	why TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (station, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX outbox_open ON outbox (station, number) WHERE done_at IS NULL;

CREATE TABLE licence (
	kind TEXT NOT NULL,
	number TEXT NOT NULL,
	holder_id TEXT NOT NULL CHECK (length(holder_id) = 18),
	issuer TEXT NOT NULL,
	valid_from INTEGER NOT NULL,
	valid_to INTEGER NOT NULL CHECK (valid_to = 0 OR valid_to >= valid_from),
	PRIMARY KEY (kind, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX licence_by_holder ON licence (holder_id, kind);

CREATE TABLE staff (
	name TEXT NOT NULL PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 40),
	hash TEXT NOT NULL,
	added_at INTEGER NOT NULL,
	disabled_at INTEGER
) STRICT, WITHOUT ROWID;

-- Wrong codes in a row at a station, and until when it refuses to look at another one.
CREATE TABLE station_lock (
	station TEXT NOT NULL PRIMARY KEY CHECK (length(station) = 4),
	wrong INTEGER NOT NULL CHECK (wrong >= 0),
	until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
