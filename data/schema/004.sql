-- Version 4: filings that were paused. `id` is a slow keyed hash of the code on the slip, under which the rest is sealed
-- (src/seal/pause.h): without the code nobody opens them, without the code and the station's keys nobody finds the right one.
CREATE TABLE paused (
	id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
	station TEXT NOT NULL CHECK (length(station) = 4),
	paused_at INTEGER NOT NULL,
	until INTEGER NOT NULL CHECK (until >= paused_at),
	sealed BLOB NOT NULL
) STRICT;

-- With a rowid: large values in the tree of a WITHOUT ROWID table make every search slow. The name is inside, too.
CREATE TABLE paused_file (
	id BLOB NOT NULL REFERENCES paused (id) ON DELETE CASCADE,
	n INTEGER NOT NULL CHECK (n >= 0),
	sealed BLOB NOT NULL,
	PRIMARY KEY (id, n)
) STRICT;

-- Wrong codes of slips and receipts in a row at a station, and until when it refuses to look at another one: as station_lock
-- for codes of staff.
CREATE TABLE code_lock (
	station TEXT NOT NULL CHECK (length(station) = 4),
	kind TEXT NOT NULL CHECK (kind IN ('pause', 'receipt')),
	wrong INTEGER NOT NULL CHECK (wrong >= 0),
	until INTEGER NOT NULL,
	PRIMARY KEY (station, kind)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 4;
