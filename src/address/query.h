#ifndef ADDRESS_QUERY_H
#define ADDRESS_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "address/number.h"
#include "address/readings.h"

/*
 * What a person typed, taken apart (grammar: reference address.md 7): the name as a row of atoms, Chinese characters or
 * letters, and the numbers with what was written behind them. Knows nothing about which names or numbers exist; where
 * the text allows more than one reading, query_places gives all, and what exists decides. How open points are settled:
 *
 * 1-5号       the plate 1-5 if there is one; else 1, which a range begins with and its plate is hung at; else 5.
 *             Not written with a hyphen (1至5号, 1~5号, 1、3号): the first.
 * 8-10号9号    a number inside of the range in front of it is the one that is meant; outside of it, it is a building or room.
 * 12号2311号  a second 号 from 100 on is the room, below it the building, or the number when the first is the lane.
 * 207-1号     one number with a hyphen; else lane 207. 129号-2 is 129-2号, 30号之一 is 30-1号.
 * 甲30号       30甲号, and so 30号甲; 临1207号 is 1207临号; both may stand together, the letter first.
 * 27号3号楼    号楼 behind a number is the building; behind a lane or alone it is the number. 幢 栋 座 too; 号 wins over
 *             a 幢 in front of it (5幢22号). Building and unit may be left out by the library, so each reading has a twin
 *             without them. X号门 is a number, or a unit behind one.
 * 3楼, B1     floors are ignored, unless nothing else can be the number (1266弄3楼502) or a letter follows (26楼C座: 26C).
 *             亭子间, 地下室, 底楼, B1: a room of that name, or ignored.
 * 12n, 12f    letters name the part (n 弄, h 号, s 室, f 楼), but behind a number 12N is a room.
 * A路B路口     intersections, also A路与B路, A路近B路: the first road is the name, the other one goes to the notes.
 * X路南        X南路, when X has no direction of its own (南京西路北 is 南京西路).
 * 3号 X路      numbers may stand in front of the name; a town or district in front of them is no name yet.
 * 355弄X苑3号  what stands behind the first number is no part of the name, but goes to the notes: a compound, a district.
 *
 * Only the first QUERY_BYTES count, cut at a character. Notes in brackets, postcodes, telephone numbers and all behind
 * 电话 are left out.
 */
enum { QUERY_BYTES = 400, QUERY_POINTS = 200, QUERY_ATOMS = 40, QUERY_PARTS = 10, QUERY_PLACES = 12, QUERY_TEXT = 24 };

struct atom {
	uint32_t point;                /* 'a'-'z' or a Chinese character, simplified */
	const struct reading *reading; /* NULL for a letter or an unknown character */
};

enum role {
	ROLE_BARE,
	ROLE_LANE,
	ROLE_SUB,
	ROLE_NO,
	ROLE_TOWER, /* 号楼 */
	ROLE_GATE,  /* 号门, 门 */
	ROLE_BUILDING,
	ROLE_UNIT,
	ROLE_FLOOR,
	ROLE_ROOM,
	ROLE_IGNORED /* never in a query */
};

enum joint { JOINT_NONE, JOINT_HYPHEN, JOINT_RANGE };

struct part {
	long value;                 /* 0: a letter or a word alone (A座, 亭子间) */
	long upper;                 /* last number of a range that was read as its first, 0 none */
	char text[QUERY_TEXT];      /* as a library writes it: "12A", "B102", "207-1", "亭子间" */
	char suffix[NUMBER_SUFFIX]; /* 甲, 临, B, -1: what follows the digits */
	enum role role;
	enum joint joint; /* what stands between the number before and this one */
	bool closed;      /* text that is no number stands behind it */
	char letter;      /* the one letter that was taken for its role, in upper case; '\0' none */
};

struct query {
	struct atom atoms[QUERY_ATOMS]; /* the name */
	size_t n_atoms;
	struct atom notes[QUERY_ATOMS]; /* the rest, for whole names only: compounds, second roads, noise */
	size_t n_notes;
	struct part parts[QUERY_PARTS];
	size_t n_parts;
};

void query_parse(struct query *q, const char *typed, const struct readings *r);

enum field { FIELD_LANE, FIELD_SUB, FIELD_NO, FIELD_BUILDING, FIELD_UNIT, FIELD_ROOM, FIELDS };

/* One way to read the numbers. */
struct place {
	long value[FIELDS];         /* 0: not given; of building, unit and room only the text counts */
	char suffix[NUMBER_SUFFIX]; /* of the number */
	char building[16], unit[16], room[QUERY_TEXT];
	int last;               /* the deepest field that is given */
	bool open;              /* it was typed last and nothing behind it: 12 may become 126 */
	char typed[QUERY_TEXT]; /* it as typed */
	int cost;               /* hundredths; how unusual this reading is */
};

/* All readings of the numbers, the most usual first; 0 when no numbers were typed. */
size_t query_places(const struct query *q, struct place out[static QUERY_PLACES]);

#endif
