#ifndef ADDRESS_SCHEMA_H
#define ADDRESS_SCHEMA_H

/*
 * The library file: one SQLite database. lane 0 is the street front; sub 0 is no 支弄; `suf` is what follows the digits
 * of a number (甲, 临, -1, B). `rooms`: the room numbers of a door, separated by blanks, in the order they are shown;
 * "" for a single house. name.pinyin: the syllables by blanks, a character's other readings after "/".
 */
enum { LIBRARY_VERSION = 1, LIBRARY_APPLICATION = 0x4a5a4144 /* "JZAD" */ };

#define LIBRARY_SCHEMA \
	"CREATE TABLE meta(k TEXT PRIMARY KEY, v TEXT NOT NULL) STRICT, WITHOUT ROWID;" \
	"CREATE TABLE region(code TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;" \
	"CREATE TABLE reading(char TEXT PRIMARY KEY, readings TEXT NOT NULL, simplified TEXT NOT NULL) STRICT, " \
	"WITHOUT ROWID;" \
	"CREATE TABLE street(id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, name TEXT NOT NULL, district TEXT NOT " \
	"NULL," \
	" town TEXT NOT NULL, weight INTEGER NOT NULL, UNIQUE(name, district)) STRICT;" \
	"CREATE TABLE name(street INTEGER NOT NULL, text TEXT NOT NULL, pinyin TEXT NOT NULL, PRIMARY KEY(street, " \
	"text))" \
	" STRICT, WITHOUT ROWID;" \
	"CREATE TABLE door(street INTEGER NOT NULL, lane INTEGER NOT NULL, sub INTEGER NOT NULL, no INTEGER NOT NULL," \
	" suf TEXT NOT NULL, rooms TEXT NOT NULL, PRIMARY KEY(street, lane, sub, no, suf)) STRICT, WITHOUT ROWID;"

#endif
