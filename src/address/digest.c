/* Digests of what a library says: of all rows in their order, so that two libraries can be compared. */
#include <sodium.h>
#include <string.h>

#include "address/build_own.h"
#include "base/err.h"

static const char *const CONTENT[] = {
	"SELECT s.kind, s.name, s.district, IFNULL(d.name, ''), s.town, IFNULL(t.name, ''), s.weight, s.valid_from, s.valid_to"
	" FROM street s LEFT JOIN region d ON d.code = s.district LEFT JOIN region t ON t.code = s.town ORDER BY s.id",
	"SELECT street, lane, sub, no, text, kind, pinyin FROM name ORDER BY street, lane, sub, no, text",
	"SELECT street, lane, sub, no, suf, town, committee, postcode, place, rooms, codes FROM door"
	" ORDER BY street, lane, sub, no, suf",
	NULL,
};
static const char *const TABLES[] = {
	"SELECT code, name FROM region ORDER BY code",
	"SELECT char, readings, simplified FROM reading ORDER BY char",
	NULL,
};

static void take_column(crypto_generichash_state *state, sqlite3_stmt *q, int i)
{
	const void *bytes = sqlite3_column_blob(q, i); /* a number as its decimal text */
	uint32_t n = (uint32_t)sqlite3_column_bytes(q, i);
	const unsigned char size[] = { (unsigned char)n, (unsigned char)(n >> 8), (unsigned char)(n >> 16),
		(unsigned char)(n >> 24) };
	crypto_generichash_update(state, size, sizeof size);
	if (n)
		crypto_generichash_update(state, bytes, n);
}

static bool digest(sqlite3 *db, const char *const *sql, char out[static DIGEST_TEXT], struct err *e)
{
	unsigned char hash[(DIGEST_TEXT - 1) / 2];
	crypto_generichash_state state;
	crypto_generichash_init(&state, NULL, 0, sizeof hash);
	for (; *sql; sql++) {
		sqlite3_stmt *q = NULL;
		int rc = sqlite3_prepare_v2(db, *sql, -1, &q, NULL);
		while (rc == SQLITE_OK && (rc = sqlite3_step(q)) == SQLITE_ROW) {
			for (int i = 0; i < sqlite3_column_count(q); i++)
				take_column(&state, q, i);
			rc = SQLITE_OK;
		}
		sqlite3_finalize(q);
		if (rc != SQLITE_DONE)
			return err_set(e, ERR_STORAGE, "reading the address library failed: %s", sqlite3_errmsg(db));
		crypto_generichash_update(&state, (const unsigned char *)"\xff", 1); /* no size begins a table */
	}
	crypto_generichash_final(&state, hash, sizeof hash);
	sodium_bin2hex(out, DIGEST_TEXT, hash, sizeof hash);
	return true;
}

bool library_digest(sqlite3 *db, char content[static DIGEST_TEXT], char tables[static DIGEST_TEXT], struct err *e)
{
	if (sodium_init() < 0)
		return err_set(e, ERR_BUG, "libsodium cannot be used");
	return digest(db, CONTENT, content, e) && digest(db, TABLES, tables, e);
}
