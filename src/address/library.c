#include "address/library.h"

#include <stdlib.h>
#include <string.h>

#include "address/schema.h"
#include "base/err.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/xalloc.h"

static const char *const sql[LIBRARY_QUERIES] = {
	[Q_LANES] = "SELECT lane, COUNT(*) FROM door WHERE street = ?1 AND lane > 0 GROUP BY lane",
	[Q_SUBS] = "SELECT sub, COUNT(*) FROM door WHERE street = ?1 AND lane = ?2 AND sub > 0 GROUP BY sub",
	[Q_DOORS] = "SELECT no, suf, rooms FROM door WHERE street = ?1 AND lane = ?2 AND sub = ?3 ORDER BY no, suf",
	[Q_DOOR] =
		"SELECT no, suf, rooms FROM door WHERE street = ?1 AND lane = ?2 AND sub = ?3 AND no = ?4 ORDER BY suf",
	[Q_LANE_EXISTS] = "SELECT 1 FROM door WHERE street = ?1 AND lane = ?2 AND (?3 = 0 OR sub = ?3) LIMIT 1",
};

typedef bool (*load_row)(struct address_library *l, sqlite3_stmt *q, struct err *e);

static void column(sqlite3_stmt *q, int i, char *to, size_t size)
{
	const unsigned char *text = sqlite3_column_text(q, i);
	str_copy(to, size, text ? (const char *)text : "");
}

static const char *text(sqlite3_stmt *q, int i)
{
	const unsigned char *t = sqlite3_column_text(q, i);
	return t ? (const char *)t : "";
}

static bool load_reading(struct address_library *l, sqlite3_stmt *q, struct err *e)
{
	return readings_add(&l->readings, text(q, 0), text(q, 1), text(q, 2), e);
}

static bool load_region(struct address_library *l, sqlite3_stmt *q, struct err *e)
{
	(void)e;
	l->regions = xrealloc(l->regions, l->n_regions + 1, sizeof *l->regions);
	struct region *r = &l->regions[l->n_regions++];
	column(q, 0, r->code, sizeof r->code);
	column(q, 1, r->name, sizeof r->name);
	return true;
}

static bool load_street(struct address_library *l, sqlite3_stmt *q, struct err *e)
{
	(void)e;
	if (l->n_streets % 256 == 0)
		l->streets = xrealloc(l->streets, l->n_streets + 256, sizeof *l->streets);
	struct street *s = &l->streets[l->n_streets++];
	s->id = (long)sqlite3_column_int64(q, 0);
	column(q, 1, s->name, sizeof s->name);
	column(q, 2, s->district, sizeof s->district);
	column(q, 3, s->town, sizeof s->town);
	s->weight = sqlite3_column_int(q, 4);
	return true;
}

static void note_letters(struct name *n, const char *syllable)
{
	for (size_t i = 0; syllable[i]; i++) {
		if (syllable[i] < 'a' || syllable[i] > 'z')
			continue;
		n->letters |= 1u << (syllable[i] - 'a');
		if (i == 0)
			n->initials |= 1u << (syllable[i] - 'a');
	}
}

static bool load_name(struct address_library *l, sqlite3_stmt *q, struct err *e)
{
	struct name n = { 0 };
	const struct street *s = library_street(l, (long)sqlite3_column_int64(q, 0));
	const char *characters = text(q, 1), *pinyin = text(q, 2);
	size_t left = strlen(characters), step;
	if (!s)
		return err_set(e, ERR_CONFIG, "a name belongs to no street");
	n.street = (uint32_t)(s - l->streets);
	for (; left && n.n < NAME_CHARS && (step = utf8_decode(characters, left, &n.point[n.n])); left -= step) {
		char one[64];
		size_t len = strcspn(pinyin, " ");
		if (len >= sizeof one)
			return err_set(e, ERR_CONFIG, "a reading is too long");
		memcpy(one, pinyin, len);
		one[len] = '\0';
		if (one[0] != '?' && !readings_number(&l->readings, one, '/', n.syllable[n.n], &n.n_syllables[n.n], e))
			return false;
		for (uint8_t i = 0; i < n.n_syllables[n.n]; i++)
			note_letters(&n, l->readings.syllable[n.syllable[n.n][i]]);
		pinyin += len + (pinyin[len] ? 1 : 0);
		characters += step;
		n.n++;
	}
	if (l->n_names % 256 == 0)
		l->names = xrealloc(l->names, l->n_names + 256, sizeof *l->names);
	l->names[l->n_names++] = n;
	return true;
}

static bool load_meta(struct address_library *l, sqlite3_stmt *q, struct err *e)
{
	(void)e;
	column(q, 0, l->label, sizeof l->label);
	return true;
}

static bool check_version(struct address_library *l, sqlite3_stmt *q, struct err *e)
{
	(void)l;
	if (sqlite3_column_int(q, 0) != LIBRARY_APPLICATION)
		return err_set(e, ERR_CONFIG, "not an address library");
	if (sqlite3_column_int(q, 1) != LIBRARY_VERSION)
		return err_set(e, ERR_CONFIG, "an address library of version %d; this program reads %d",
			sqlite3_column_int(q, 1), LIBRARY_VERSION);
	return true;
}

static bool each(struct address_library *l, const char *statement, load_row row, struct err *e)
{
	sqlite3_stmt *q;
	bool ok = true;
	int rc;
	if (sqlite3_prepare_v2(l->db, statement, -1, &q, NULL) != SQLITE_OK)
		return err_set(e, ERR_CONFIG, "%s", sqlite3_errmsg(l->db));
	while (ok && (rc = sqlite3_step(q)) != SQLITE_DONE)
		ok = rc == SQLITE_ROW ? row(l, q, e) : err_set(e, ERR_STORAGE, "%s", sqlite3_errmsg(l->db));
	sqlite3_finalize(q);
	return ok;
}

static bool load(struct address_library *l, struct err *e)
{
	if (!each(l, "SELECT a.application_id, u.user_version FROM pragma_application_id a, pragma_user_version u",
		    check_version, e) ||
		!each(l, "SELECT v FROM meta WHERE k = 'label'", load_meta, e) ||
		!each(l, "SELECT char, readings, simplified FROM reading", load_reading, e))
		return false;
	readings_sort(&l->readings);
	if (!each(l, "SELECT code, name FROM region ORDER BY code", load_region, e) ||
		!each(l, "SELECT id, name, district, town, weight FROM street ORDER BY id", load_street, e) ||
		!each(l, "SELECT street, text, pinyin FROM name", load_name, e))
		return false;
	for (int i = 0; i < LIBRARY_QUERIES; i++) {
		if (sqlite3_prepare_v3(l->db, sql[i], -1, SQLITE_PREPARE_PERSISTENT, &l->query[i], NULL) != SQLITE_OK)
			return err_set(e, ERR_CONFIG, "%s", sqlite3_errmsg(l->db));
	}
	return true;
}

bool address_open(struct address_library **ret, const char *path, struct err *e)
{
	struct address_library *l = xcalloc(1, sizeof *l);
	if (sqlite3_open_v2(path, &l->db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) {
		err_set(e, ERR_CONFIG, "address library %s: %s", path, l->db ? sqlite3_errmsg(l->db) : "out of memory");
		address_close(l);
		return false;
	}
	/* what comes from a file is data: no functions or triggers of its schema run (sqlite.org/security.html) */
	sqlite3_db_config(l->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(l->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	if (!load(l, e)) {
		err_add(e, "address library %s", path);
		address_close(l);
		return false;
	}
	*ret = l;
	return true;
}

void address_close(struct address_library *l)
{
	if (!l)
		return;
	for (int i = 0; i < LIBRARY_QUERIES; i++)
		sqlite3_finalize(l->query[i]);
	sqlite3_close(l->db);
	readings_finish(&l->readings);
	free(l->streets);
	free(l->names);
	free(l->regions);
	free(l);
}

static int by_code(const void *key, const void *row)
{
	return strcmp(key, ((const struct region *)row)->code);
}

const char *library_region(const struct address_library *l, const char *code)
{
	const struct region *r = l->n_regions ? bsearch(code, l->regions, l->n_regions, sizeof *r, by_code) : NULL;
	return r ? r->name : "";
}

static int by_id(const void *key, const void *row)
{
	long id = *(const long *)key, other = ((const struct street *)row)->id;
	return (id > other) - (id < other);
}

const struct street *library_street(const struct address_library *l, long id)
{
	return l->n_streets ? bsearch(&id, l->streets, l->n_streets, sizeof *l->streets, by_id) : NULL;
}

const struct street *library_street_of(const struct address_library *l, const struct address *a)
{
	if (a->street_id)
		return library_street(l, a->street_id);
	for (size_t i = 0; i < l->n_streets; i++) {
		if (str_eq(l->streets[i].name, a->street) && str_eq(l->streets[i].district, a->district_code))
			return &l->streets[i];
	}
	return NULL;
}

void library_fill(const struct address_library *l, const struct street *s, struct address *ret)
{
	*ret = (struct address){ .level = ADDRESS_STREET, .street_id = s->id };
	str_copy(ret->district_code, sizeof ret->district_code, s->district);
	str_copy(ret->district, sizeof ret->district, library_region(l, s->district));
	str_copy(ret->town_code, sizeof ret->town_code, s->town);
	str_copy(ret->town, sizeof ret->town, library_region(l, s->town));
	str_copy(ret->street, sizeof ret->street, s->name);
}

sqlite3_stmt *library_ask(struct address_library *l, enum library_query q, int n, const long *values)
{
	sqlite3_reset(l->query[q]);
	for (int i = 0; i < n; i++)
		sqlite3_bind_int64(l->query[q], i + 1, values[i]);
	return l->query[q];
}

bool address_stats(struct address_library *l, struct address_stats *ret, struct err *e)
{
	struct address_stats s = { .streets = (long)l->n_streets };
	sqlite3_stmt *q;
	if (sqlite3_prepare_v2(l->db, "SELECT rooms FROM door", -1, &q, NULL) != SQLITE_OK)
		return err_set(e, ERR_STORAGE, "address library: %s", sqlite3_errmsg(l->db));
	int rc;
	while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
		const char *rooms = text(q, 0);
		s.doors++;
		if (*rooms)
			s.rooms++;
		for (; (rooms = strchr(rooms, ' ')); rooms++)
			s.rooms++;
	}
	sqlite3_finalize(q);
	if (rc != SQLITE_DONE)
		return err_set(e, ERR_STORAGE, "address library: %s", sqlite3_errmsg(l->db));
	str_copy(s.label, sizeof s.label, l->label);
	*ret = s;
	return true;
}
