#include "address/library.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "address/schema.h"
#include "base/err.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/xalloc.h"

static const char *const sql[LIBRARY_QUERIES] = {
	[Q_LANES] = "SELECT lane, SUM(no > 0) FROM door WHERE street = ?1 AND lane > 0 GROUP BY lane",
	[Q_SUBS] = "SELECT sub, SUM(no > 0) FROM door WHERE street = ?1 AND lane = ?2 AND sub > 0 GROUP BY sub",
	[Q_DOORS] =
		"SELECT no, suf, rooms, town FROM door WHERE street = ?1 AND lane = ?2 AND sub = ?3 ORDER BY no, suf",
	[Q_DOOR] =
		"SELECT no, suf, rooms, town FROM door WHERE street = ?1 AND lane = ?2 AND sub = ?3 AND no = ?4 ORDER BY suf",
	[Q_LANE_EXISTS] = "SELECT 1 FROM door WHERE street = ?1 AND lane = ?2 AND (?3 = 0 OR sub = ?3) LIMIT 1",
};

static bool prepare(struct address_library *l, struct err *e)
{
	for (int i = 0; i < LIBRARY_QUERIES; i++) {
		if (sqlite3_prepare_v3(l->db, sql[i], -1, SQLITE_PREPARE_PERSISTENT, &l->query[i], NULL) != SQLITE_OK)
			return err_set(e, ERR_CONFIG, "the file is damaged (%s)", sqlite3_errmsg(l->db));
	}
	return true;
}

/* The file is replaced as a whole, never changed: SQLite needs no locks and looks for no journal beside it. */
static char *uri_of(const char *path)
{
	struct str s;
	str_init(&s, strlen(path) * 3 + 40);
	str_add(&s, *path == '/' ? "file://" : "file:");
	for (; *path; path++) {
		if (strchr("%?# ", *path))
			str_addf(&s, "%%%02x", (unsigned char)*path);
		else
			str_add_n(&s, path, 1);
	}
	str_add(&s, "?immutable=1");
	char *uri = xstrdup(s.text);
	str_finish(&s);
	return uri;
}

bool address_open(struct address_library **ret, const char *path, struct err *e)
{
	struct address_library *l = xcalloc(1, sizeof *l);
	char *uri = uri_of(path);
	int rc = sqlite3_open_v2(uri, &l->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL);
	free(uri);
	if (rc != SQLITE_OK) {
		err_set(e, ERR_CONFIG, "address library %s: %s", path, l->db ? sqlite3_errmsg(l->db) : "out of memory");
		address_close(l);
		return false;
	}
	/* what comes from a file is data: no functions or triggers of its schema run (sqlite.org/security.html) */
	sqlite3_db_config(l->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(l->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	if (!library_load(l, e) || !prepare(l, e)) {
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
	search_index_destroy(l->index); /* has statements of its own */
	for (int i = 0; i < LIBRARY_QUERIES; i++)
		sqlite3_finalize(l->query[i]);
	sqlite3_close(l->db);
	readings_finish(&l->readings);
	free(l->streets);
	free(l->names);
	free(l->glyphs);
	free(l->chars);
	free(l->regions);
	free(l->texts);
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

const struct street *library_street(const struct address_library *l, long id)
{
	return id >= 1 && (size_t)id <= l->n_streets ? &l->streets[id - 1] : NULL;
}

const struct street *library_street_of(const struct address_library *l, const struct address *a)
{
	const struct street *found = NULL;
	if (a->street_id)
		return library_street(l, a->street_id);
	for (size_t i = 0; i < l->n_streets; i++) {
		const struct street *s = &l->streets[i];
		if (!str_eq(s->name, a->street) || !str_eq(s->district, a->district_code))
			continue;
		if (str_eq(s->town, a->town_code))
			return s;
		found = found ? found : s;
	}
	return found;
}

void library_name_text(const struct address_library *l, const struct name *n, char *out, size_t size)
{
	size_t len = 0;
	for (size_t i = 0; i < n->n && len + 4 < size; i++)
		len += utf8_encode(name_glyph(l, n, i)->point, out + len);
	if (size)
		out[len] = '\0';
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

void library_set_town(const struct address_library *l, struct address *a, long code)
{
	if (code <= 0 || code > 999999999)
		return;
	snprintf(a->town_code, sizeof a->town_code, "%09ld", code);
	str_copy(a->town, sizeof a->town, library_region(l, a->town_code));
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
	(void)e;
	*ret = l->stats;
	return true;
}
