#ifndef ADDRESS_SCHEMA_H
#define ADDRESS_SCHEMA_H

/*
 * The library file: one SQLite database, written once by build.c, then only read. lane 0 is the street front; sub 0 is no
 * 支弄; `suf` is what follows the digits of a number (甲, 临, -1, B). Days are YYYYMMDD, 0: none.
 *
 * street   a road, village or compound: the same name in another district or town is another street, unless the list names
 *          the town in every row and no place is there twice: then it is one road, and its doors say the town. `weight`:
 *          log2 of its doors.
 * name     every way to call a street (lane 0, no 0), a lane of it or one front door (lane 0, no > 0: a compound or tall
 *          building): its own name, old and short names, compounds. pinyin: the syllables by blanks, a character's other
 *          readings after "/".
 * door     `town`: its code as a number, where the street runs through several, else 0. `rooms` and `codes`: see rooms.h; an
 *          empty blob is a single house. no 0: the lane (or street) itself is in the official list, with its own code.
 * meta     label, streets, names, doors, rooms (counts), content (digest of streets, names and doors with all they say),
 *          tables (digest of region and reading), and what the importer adds.
 */
enum { LIBRARY_VERSION = 3, LIBRARY_APPLICATION = 0x4a5a4144 /* "JZAD" */ };
enum street_kind { STREET_ROAD = 1, STREET_VILLAGE = 2, STREET_COMPOUND = 3 };
enum name_kind { NAME_OWN = 0, NAME_OLD = 1, NAME_SHORT = 2, NAME_COMPOUND = 3 };

#define LIBRARY_SCHEMA \
	"CREATE TABLE meta(k TEXT PRIMARY KEY, v TEXT NOT NULL) STRICT, WITHOUT ROWID;" \
	"CREATE TABLE region(code TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;" \
	"CREATE TABLE reading(char TEXT PRIMARY KEY, readings TEXT NOT NULL, simplified TEXT NOT NULL) STRICT, " \
	"WITHOUT ROWID;" \
	"CREATE TABLE street(id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, name TEXT NOT NULL, district TEXT NOT NULL," \
	" town TEXT NOT NULL, weight INTEGER NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER NOT NULL," \
	" UNIQUE(name, district, town)) STRICT;" \
	"CREATE TABLE name(street INTEGER NOT NULL, lane INTEGER NOT NULL, sub INTEGER NOT NULL, no INTEGER NOT NULL," \
	" text TEXT NOT NULL, kind INTEGER NOT NULL, pinyin TEXT NOT NULL, PRIMARY KEY(street, lane, sub, no, text))" \
	" STRICT, WITHOUT ROWID;" \
	"CREATE TABLE door(street INTEGER NOT NULL, lane INTEGER NOT NULL, sub INTEGER NOT NULL, no INTEGER NOT NULL," \
	" suf TEXT NOT NULL, town INTEGER NOT NULL, committee TEXT NOT NULL, postcode TEXT NOT NULL, place TEXT NOT NULL," \
	" rooms BLOB NOT NULL, codes BLOB NOT NULL, PRIMARY KEY(street, lane, sub, no, suf)) STRICT, WITHOUT ROWID;"

#endif
