/* Makes the sample library: names from data/addresses, readings from data/pinyin, doors and rooms from a seed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "address/address.h"
#include "address/build.h"
#include "address/doors.h"
#include "address/number.h"
#include "address/rooms.h"
#include "address/tsv.h"
#include "base/err.h"
#include "base/str.h"

struct maker {
	struct library_writer *writer;
	const char *data;
	uint64_t seed, code;
	struct library_row row; /* of the street whose doors are being written */
};

static bool put_region(void *ctx, char *field[static TSV_FIELDS], struct err *e)
{
	struct maker *m = ctx;
	(void)e;
	library_writer_region(m->writer, field[0], field[1]);
	return true;
}

static bool put_room(struct maker *m, const char *room, struct err *e)
{
	char code[24];
	snprintf(code, sizeof code, "%s%012llu", m->row.district_code, (unsigned long long)++m->code);
	m->row.code = code;
	m->row.room = room;
	bool ok = library_writer_add(m->writer, &m->row, e);
	m->row.code = NULL; /* it ends here */
	return ok;
}

static bool put_door(void *ctx, const struct door *d, struct err *e)
{
	struct maker *m = ctx;
	m->row.lane = d->lane;
	m->row.sub = d->sub;
	m->row.no = d->no;
	m->row.suffix = d->suffix;
	bool ok = *d->rooms || put_room(m, "", e);
	for (const char *s = d->rooms; ok && *s;) {
		char one[ROOM_TEXT];
		size_t len = strcspn(s, " ");
		if (len >= sizeof one)
			return err_set(e, ERR_CONFIG, "\"%s\": a room is too long", s);
		memcpy(one, s, len);
		one[len] = '\0';
		ok = put_room(m, one, e);
		s += len + (s[len] ? 1 : 0);
	}
	return ok;
}

static bool kind_of(const char *word, enum street_kind *ret)
{
	static const char *const
		words[] = { [STREET_ROAD] = "road", [STREET_VILLAGE] = "village", [STREET_COMPOUND] = "compound" };
	for (enum street_kind k = STREET_ROAD; k <= STREET_COMPOUND; k++) {
		if (str_eq(words[k], word)) {
			*ret = k;
			return true;
		}
	}
	return false;
}

/* name, kind, district, town, weight (for people), aliases */
static bool put_street(void *ctx, char *field[static TSV_FIELDS], struct err *e)
{
	struct maker *m = ctx;
	enum street_kind kind;
	if (!kind_of(field[1], &kind))
		return err_set(e, ERR_CONFIG, "kind \"%s\": road, village or compound", field[1]);
	if (!*field[0] || strlen(field[2]) != 6)
		return err_set(e, ERR_CONFIG, "a street needs a name and a district code of six digits");
	m->row = (struct library_row){ .street = field[0],
		.kind = kind,
		.district_code = field[2],
		.town_code = field[3],
		.old_name = field[5] };
	return doors_generate(m->seed, field[0], field[2], kind, put_door, m, e);
}

/* A pinned door says name and district only; this looks for the row that has kind and town. */
struct finder {
	const char *name, *district;
	char town[16], old_names[200];
	enum street_kind kind;
	bool found;
};

static bool find_street(void *ctx, char *field[static TSV_FIELDS], struct err *e)
{
	struct finder *f = ctx;
	(void)e;
	if (f->found || !str_eq(field[0], f->name) || !str_eq(field[2], f->district))
		return true;
	f->found = kind_of(field[1], &f->kind);
	str_copy(f->town, sizeof f->town, field[3]);
	str_copy(f->old_names, sizeof f->old_names, field[5]);
	return true;
}

/* "1-6:4" is floors one to six with four rooms each; other text is taken as it stands */
static void pinned_rooms(struct str *out, const char *text)
{
	char *end;
	long first = strtol(text, &end, 10), last, each;
	if (*end == '-' && (last = strtol(end + 1, &end, 10)) >= first && last < 100 && *end == ':' &&
		(each = strtol(end + 1, &end, 10)) > 0 && each < 100)
		doors_rooms(out, (int)first, (int)last, (int)each);
	else
		str_add(out, text);
}

/* name, district, lane, sub_lane, number, rooms: instead of what may have been made there */
static bool put_pinned(void *ctx, char *field[static TSV_FIELDS], struct err *e)
{
	struct maker *m = ctx;
	struct str rooms;
	struct door d = { .lane = strtol(field[2], NULL, 10), .sub = strtol(field[3], NULL, 10) };
	struct finder f = { .name = field[0], .district = field[1] };
	char suffix[NUMBER_SUFFIX];
	if (!number_split(field[4], &d.no, suffix))
		return err_set(e, ERR_CONFIG, "\"%s\" is not a door number", field[4]);
	if (!tsv_read(m->data, "addresses/streets.tsv", find_street, &f, e))
		return false;
	if (!f.found)
		return err_set(e, ERR_CONFIG, "no street %s in district %s", field[0], field[1]);
	m->row = (struct library_row){ .street = field[0],
		.kind = f.kind,
		.district_code = field[1],
		.town_code = f.town,
		.old_name = f.old_names,
		.lane = d.lane,
		.sub = d.sub,
		.no = d.no,
		.suffix = suffix };
	if (!library_writer_remove(m->writer, &m->row, e) && e->code != ERR_NO)
		return false;
	str_init(&rooms, 4096);
	pinned_rooms(&rooms, field[5]);
	d.suffix = suffix;
	d.rooms = rooms.text ? rooms.text : "";
	bool ok = put_door(m, &d, e);
	str_finish(&rooms);
	return ok;
}

bool address_generate(const char *data_dir, const char *path, unsigned long seed, struct err *e)
{
	struct maker m = { .seed = seed, .data = data_dir };
	char text[32];
	if (!library_writer_create(&m.writer, path, data_dir, "示例数据 sample data", e))
		return false;
	snprintf(text, sizeof text, "%lu", seed);
	library_writer_meta(m.writer, "seed", text);
	bool ok = tsv_read(data_dir, "addresses/districts.tsv", put_region, &m, e) &&
		tsv_read(data_dir, "addresses/towns.tsv", put_region, &m, e) &&
		tsv_read(data_dir, "addresses/streets.tsv", put_street, &m, e) &&
		tsv_read(data_dir, "addresses/pinned.tsv", put_pinned, &m, e) &&
		library_writer_finish(m.writer, NULL, NULL, e);
	library_writer_destroy(m.writer);
	return ok;
}
