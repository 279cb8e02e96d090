#include "address/filter.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/xalloc.h"

enum { WORD = 8, KEYS_A_WORD = 6, PROBES = 4, WORDS_MAX = 1 << 24 };

static uint64_t hash(long street, long lane, long sub, long no)
{
	uint64_t z = (uint64_t)street * 0x9e3779b97f4a7c15u ^ (uint64_t)lane * 0xc2b2ae3d27d4eb4fu ^
		(uint64_t)sub * 0x165667b19e3779f9u ^ (uint64_t)no * 0x27d4eb2f165667c5u;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

/* Four bits of one word, which is one line of memory at most. */
static void set(struct filter *f, uint64_t h)
{
	unsigned char *word = f->bits + (size_t)(h & f->mask) * WORD;
	for (int i = 0; i < PROBES; i++) {
		unsigned bit = (unsigned)(h >> (40 + 6 * i)) & 63;
		word[bit / 8] = (unsigned char)(word[bit / 8] | 1u << bit % 8);
	}
}

bool filter_maybe(const struct filter *f, long street, long lane, long sub, long no)
{
	if (!f->bits)
		return true;
	uint64_t h = hash(street, lane, sub, no);
	const unsigned char *word = f->bits + (size_t)(h & f->mask) * WORD;
	for (int i = 0; i < PROBES; i++) {
		unsigned bit = (unsigned)(h >> (40 + 6 * i)) & 63;
		if (!(word[bit / 8] >> bit % 8 & 1))
			return false;
	}
	return true;
}

static bool add_doors(struct filter *f, sqlite3 *db)
{
	sqlite3_stmt *q;
	long last_street = 0, last_lane = 0;
	int rc = sqlite3_prepare_v2(db, "SELECT street, lane, sub, no FROM door", -1, &q, NULL);
	while (rc == SQLITE_OK || rc == SQLITE_ROW) {
		rc = sqlite3_step(q);
		if (rc != SQLITE_ROW)
			break;
		long street = (long)sqlite3_column_int64(q, 0), lane = (long)sqlite3_column_int64(q, 1),
		     sub = (long)sqlite3_column_int64(q, 2), no = (long)sqlite3_column_int64(q, 3);
		set(f, hash(street, lane, sub, no));
		if (street != last_street || lane != last_lane)
			set(f, hash(street, lane, 0, 0));
		if (sub)
			set(f, hash(street, lane, sub, 0));
		last_street = street;
		last_lane = lane;
	}
	sqlite3_finalize(q);
	return rc == SQLITE_DONE;
}

static size_t count_doors(sqlite3 *db)
{
	sqlite3_stmt *q;
	size_t n = 0;
	if (sqlite3_prepare_v2(db, "SELECT COUNT(*) FROM door", -1, &q, NULL) == SQLITE_OK &&
		sqlite3_step(q) == SQLITE_ROW)
		n = (size_t)sqlite3_column_int64(q, 0);
	sqlite3_finalize(q);
	return n;
}

bool filter_write(sqlite3 *db, struct err *e)
{
	struct filter f = { 0 };
	sqlite3_stmt *q = NULL;
	size_t keys = count_doors(db), words = 64;
	while (words < keys / KEYS_A_WORD && words < WORDS_MAX)
		words *= 2;
	f.mask = words - 1;
	f.bits = xcalloc(words, WORD);
	bool ok = add_doors(&f, db) &&
		sqlite3_exec(db, "CREATE TABLE filter(bits BLOB NOT NULL) STRICT", NULL, NULL, NULL) == SQLITE_OK &&
		sqlite3_prepare_v2(db, "INSERT INTO filter(bits) VALUES(?1)", -1, &q, NULL) == SQLITE_OK &&
		sqlite3_bind_blob64(q, 1, f.bits, words * WORD, SQLITE_STATIC) == SQLITE_OK &&
		sqlite3_step(q) == SQLITE_DONE;
	if (!ok)
		err_set(e, ERR_STORAGE, "writing the address library failed: %s", sqlite3_errmsg(db));
	sqlite3_finalize(q);
	filter_finish(&f);
	return ok;
}

void filter_load(struct filter *f, sqlite3 *db)
{
	sqlite3_stmt *q = NULL;
	*f = (struct filter){ 0 };
	if (!db || sqlite3_prepare_v2(db, "SELECT bits FROM filter", -1, &q, NULL) != SQLITE_OK)
		return;
	if (sqlite3_step(q) == SQLITE_ROW) {
		const void *bits = sqlite3_column_blob(q, 0);
		size_t size = (size_t)sqlite3_column_bytes(q, 0), words = size / WORD;
		if (bits && words && size % WORD == 0 && (words & (words - 1)) == 0) {
			f->bits = xcalloc(words, WORD);
			f->mask = words - 1;
			memcpy(f->bits, bits, size);
		}
	}
	sqlite3_finalize(q);
}

void filter_finish(struct filter *f)
{
	free(f->bits);
	*f = (struct filter){ 0 };
}
