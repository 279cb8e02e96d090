#include "address/library.h"

#include <string.h>

#include "address/rooms.h"
#include "base/err.h"
#include "base/str.h"

static size_t district_of(const struct address_library *l, struct address_census *c, const struct street *s)
{
	size_t i = c->n_districts ? c->n_districts - 1 : 0; /* streets stand in the order of districts */
	if (c->n_districts && str_eq(c->district[i].code, s->district))
		return i;
	if (c->n_districts == ADDRESS_DISTRICTS)
		return i;
	i = c->n_districts++;
	str_copy(c->district[i].code, sizeof c->district[i].code, s->district);
	str_copy(c->district[i].name, sizeof c->district[i].name, library_region(l, s->district));
	return i;
}

static size_t find_district(const struct address_census *c, const char *code)
{
	for (size_t i = 0; i < c->n_districts; i++) {
		if (str_eq(c->district[i].code, code))
			return i;
	}
	return 0;
}

static bool count_doors(struct address_library *l, struct address_census *c, struct err *e)
{
	sqlite3_stmt *q = NULL;
	int rc = sqlite3_prepare_v2(l->db, "SELECT street, rooms, codes FROM door", -1, &q, NULL);
	while (rc == SQLITE_OK && (rc = sqlite3_step(q)) == SQLITE_ROW) {
		const struct street *s = library_street(l, (long)sqlite3_column_int64(q, 0));
		const void *blob = sqlite3_column_blob(q, 1);
		size_t size = (size_t)sqlite3_column_bytes(q, 1), rooms = rooms_count(blob, size);
		rc = SQLITE_OK;
		c->rooms_bytes += (long)size;
		c->codes_bytes += sqlite3_column_bytes(q, 2);
		c->single_houses += rooms == 0;
		if (!s || !c->n_districts)
			continue;
		size_t i = find_district(c, s->district);
		c->district[i].doors++;
		c->district[i].rooms += (long)rooms;
	}
	sqlite3_finalize(q);
	return rc == SQLITE_DONE || err_set(e, ERR_STORAGE, "address library: %s", sqlite3_errmsg(l->db));
}

bool address_count(struct address_library *l, struct address_census *ret, struct err *e)
{
	struct address_census c = { .n_districts = 0 };
	for (size_t i = 0; i < l->n_streets; i++) {
		c.district[district_of(l, &c, &l->streets[i])].streets++;
		c.streets[l->streets[i].kind < ADDRESS_KINDS ? l->streets[i].kind : 0]++;
	}
	for (size_t i = 0; i < l->n_names; i++)
		c.names[l->names[i].kind < ADDRESS_KINDS ? l->names[i].kind : 0]++;
	if (!count_doors(l, &c, e))
		return false;
	*ret = c;
	return true;
}
