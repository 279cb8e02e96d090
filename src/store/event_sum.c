#include <sodium.h>
#include <string.h>

#include "store/db.h"

static void int_bytes(int64_t value, unsigned char ret[8])
{
	for (unsigned i = 0; i < 8; i++)
		ret[i] = (unsigned char)((uint64_t)value >> (56 - 8 * i));
}

/*
 * The chains: of a case's events and of the audit log. Integers are 8 bytes, texts have a length of 4 bytes before them, both
 * big-endian, so that no two different rows give the same bytes. data/audit/README.md tells readers.
 */
static void add_int(crypto_generichash_state *h, int64_t value)
{
	unsigned char bytes[8];
	int_bytes(value, bytes);
	crypto_generichash_update(h, bytes, sizeof bytes);
}

static void add_text(crypto_generichash_state *h, const char *text)
{
	size_t n = strlen(text);
	const unsigned char length[4] = { (unsigned char)(n >> 24), (unsigned char)(n >> 16), (unsigned char)(n >> 8),
		(unsigned char)n };
	crypto_generichash_update(h, length, sizeof length);
	crypto_generichash_update(h, (const unsigned char *)text, n);
}

void db_event_sum(const unsigned char before[16], const char *station, const char *number, int64_t seq, int64_t at,
	int64_t from, int64_t to, const char *actor, const char *reason, unsigned char ret[16])
{
	crypto_generichash_state h;

	crypto_generichash_init(&h, NULL, 0, 16);
	crypto_generichash_update(&h, before, 16);
	add_text(&h, station);
	add_text(&h, number);
	add_int(&h, seq);
	add_int(&h, at);
	add_int(&h, from);
	add_int(&h, to);
	add_text(&h, actor);
	add_text(&h, reason);
	crypto_generichash_final(&h, ret, 16);
}

void db_audit_hash(const unsigned char before[32], const char *station, int64_t seq, int64_t at, int64_t type,
	const char *subject, const char *detail, unsigned char ret[32])
{
	crypto_generichash_state h;

	crypto_generichash_init(&h, NULL, 0, 32);
	crypto_generichash_update(&h, before, 32);
	add_text(&h, station);
	add_int(&h, seq);
	add_int(&h, at);
	add_int(&h, type);
	add_text(&h, subject);
	add_text(&h, detail);
	crypto_generichash_final(&h, ret, 32);
}

size_t db_head_bytes(const char *station, int64_t seq, int64_t at, const unsigned char hash[32], bool purged,
	unsigned char ret[DB_HEAD_SIZE])
{
	/* Another label for a new beginning, so that no other head can be made one to hide the rows before it. */
	const char *label = purged ? "juzhu purge 1" : "juzhu audit 1";
	size_t n = strlen(label);

	memcpy(ret, label, n);
	memcpy(ret + n, station, 4);
	int_bytes(seq, ret + n + 4);
	int_bytes(at, ret + n + 12);
	memcpy(ret + n + 20, hash, 32);
	return n + 52;
}
