-- Version 2: cases are sealed, drafts and licences encrypted, everything that happened is in a hash-chained audit log.
-- src/store/migrate_seal.c runs in the same transaction: it seals the cases of version 1 to the center's key and then drops the
-- tables old_*.
ALTER TABLE case_answer RENAME TO old_case_answer;
ALTER TABLE case_file RENAME TO old_case_file;
ALTER TABLE case_event RENAME TO old_case_event;
DROP INDEX case_event_by_number;
-- A submission writes as few pages as can be: what the terminal does not look for has no index.
DROP INDEX cases_by_time;
DROP INDEX outbox_open;
DELETE FROM outbox WHERE done_at IS NOT NULL; -- from now on a job that was done is deleted; the audit log knows it
DROP TRIGGER case_event_no_update;
DROP TRIGGER case_event_no_delete;
DROP TABLE draft_file;
DROP TABLE draft_answer;
DROP TABLE draft;
ALTER TABLE licence RENAME TO old_licence;
DROP INDEX licence_by_holder;

-- `key_id` tells under which key of memory a draft is encrypted: with another key it can only be deleted. `number` is set
-- when the filing was submitted: until the session ends its receipt can be shown again.
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
	saved_at INTEGER NOT NULL,
	key_id BLOB NOT NULL CHECK (length(key_id) = 8),
	number TEXT CHECK (number IS NULL OR length(number) = 20),
	sealed BLOB NOT NULL
) STRICT;

CREATE TABLE draft_file (
	token TEXT NOT NULL REFERENCES draft (token) ON DELETE CASCADE,
	name TEXT NOT NULL,
	mark BLOB NOT NULL CHECK (length(mark) = 32), -- keyed BLAKE2b: has the file changed since the last save?
	sealed BLOB NOT NULL,
	PRIMARY KEY (token, name)
) STRICT;

-- data/envelope/README.md describes the bytes. Found through cases.envelope: numbers are random, and large rows in a random
-- order would make every insertion rearrange its neighbours.
CREATE TABLE case_envelope (
	id INTEGER PRIMARY KEY,
	number TEXT NOT NULL,
	bytes BLOB NOT NULL
) STRICT;

ALTER TABLE cases ADD COLUMN envelope INTEGER;

CREATE TABLE case_part (
	number TEXT NOT NULL REFERENCES cases (number),
	part INTEGER NOT NULL CHECK (part >= 0),
	bytes BLOB NOT NULL,
	PRIMARY KEY (number, part)
) STRICT;

-- Slow keyed hash of the applicant's ID number: a verified person finds the own cases.
CREATE TABLE person (
	hash BLOB NOT NULL CHECK (length(hash) = 16),
	number TEXT NOT NULL REFERENCES cases (number),
	PRIMARY KEY (hash, number)
) STRICT, WITHOUT ROWID;

-- `sum` chains the events of a case that one station made: BLAKE2b-128 of the sum before and this row.
CREATE TABLE case_event (
	station TEXT NOT NULL CHECK (length(station) = 4),
	number TEXT NOT NULL REFERENCES cases (number),
	seq INTEGER NOT NULL CHECK (seq > 0),
	at INTEGER NOT NULL,
	from_state INTEGER NOT NULL,
	to_state INTEGER NOT NULL,
	actor TEXT NOT NULL,
	reason TEXT NOT NULL,
	sum BLOB NOT NULL CHECK (length(sum) = 16),
	PRIMARY KEY (number, station, seq)
) STRICT, WITHOUT ROWID;

-- Holds a case's number only inside the transaction that purges the case.
CREATE TABLE purging (number TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TRIGGER case_event_no_update BEFORE UPDATE ON case_event BEGIN
	SELECT RAISE(ABORT, 'case_event is append-only');
END;

CREATE TRIGGER case_event_no_delete BEFORE DELETE ON case_event
	WHEN OLD.number NOT IN (SELECT number FROM purging) BEGIN
	SELECT RAISE(ABORT, 'case_event is append-only');
END;

-- What happened at a station. `type` is a row of src/store/audit_types.h, `hash` BLAKE2b-256 of the hash before and this row.
CREATE TABLE audit (
	station TEXT NOT NULL CHECK (length(station) = 4),
	seq INTEGER NOT NULL CHECK (seq > 0),
	at INTEGER NOT NULL,
	type INTEGER NOT NULL CHECK (type > 0),
	subject TEXT NOT NULL, -- case number, name of staff; never an applicant's value
	detail TEXT NOT NULL,
	hash BLOB NOT NULL CHECK (length(hash) = 32),
	PRIMARY KEY (station, seq)
) STRICT, WITHOUT ROWID;

-- The chain up to `seq`, signed by the station. `purged` 1: rows up to it were deleted by retention, it is the new beginning.
CREATE TABLE audit_head (
	station TEXT NOT NULL CHECK (length(station) = 4),
	seq INTEGER NOT NULL CHECK (seq > 0),
	at INTEGER NOT NULL,
	hash BLOB NOT NULL CHECK (length(hash) = 32),
	certificate BLOB NOT NULL CHECK (length(certificate) = 108),
	signature BLOB NOT NULL CHECK (length(signature) = 64),
	purged INTEGER NOT NULL DEFAULT 0 CHECK (purged IN (0, 1)),
	PRIMARY KEY (station, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN
	SELECT RAISE(ABORT, 'audit is append-only');
END;

CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
	WHEN OLD.seq > (SELECT coalesce(max(seq), 0) FROM audit_head WHERE station = OLD.station AND purged = 1) BEGIN
	SELECT RAISE(ABORT, 'audit is append-only');
END;

-- `id` and `holder` are keyed hashes (station's index key), `sealed` holds number and issuer.
CREATE TABLE licence (
	id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
	kind TEXT NOT NULL,
	holder BLOB NOT NULL CHECK (length(holder) = 16),
	valid_from INTEGER NOT NULL,
	valid_to INTEGER NOT NULL CHECK (valid_to = 0 OR valid_to >= valid_from),
	sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX licence_by_holder ON licence (holder, kind);

PRAGMA user_version = 2;
