-- Version 3: a case has several envelopes. Revision 1 is what was filed, each later one holds what was added or changed
-- (data/envelope/README.md). The files of each stand under its revision.
ALTER TABLE case_envelope ADD COLUMN revision INTEGER NOT NULL DEFAULT 1 CHECK (revision > 0);

-- Later ones are rare: a submission writes nothing to this index.
CREATE UNIQUE INDEX case_revision ON case_envelope (number, revision) WHERE revision > 1;

ALTER TABLE case_part RENAME TO old_part;
CREATE TABLE case_part (
	number TEXT NOT NULL REFERENCES cases (number),
	revision INTEGER NOT NULL CHECK (revision > 0),
	part INTEGER NOT NULL CHECK (part >= 0),
	bytes BLOB NOT NULL,
	PRIMARY KEY (number, revision, part)
) STRICT;
INSERT INTO case_part (number, revision, part, bytes) SELECT number, 1, part, bytes FROM old_part ORDER BY rowid;
DROP TABLE old_part;

PRAGMA user_version = 3;
