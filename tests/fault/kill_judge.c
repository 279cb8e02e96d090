#include "kill_judge.h"

#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"
#include "model/answers.h"
#include "model/case.h"
#include "seal/code.h"
#include "seal/envelope.h"
#include "store/store.h"
#include "store/upkeep.h"

enum { FROM = 20200101, TO = 20991231, BY_CODE_EVERY = 8 };

static const char station[] = "0001";

void judge_begin(struct judge *j, const char *dir, char *ret_settings, size_t size)
{
	struct err e = { 0 };
	unsigned char seed[32];
	char keys[700];

	*j = (struct judge){ 0 };
	if (sodium_init() < 0)
		harness_die("libsodium cannot be initialised");
	randombytes_buf(seed, sizeof seed);
	center_from_seed(seed, &j->center);
	snprintf(j->database, sizeof j->database, "%s/j.db", dir);
	snprintf(keys, sizeof keys, "%s/keys", dir);
	if (!station_make(&j->center, station, FROM, TO, keys, &e))
		harness_die("%s", e.text);
	snprintf(ret_settings, size, "%s/k.yaml", dir);
	FILE *f = fopen(ret_settings, "w");
	if (!f ||
		fprintf(f,
			"database: %s\nkeys: %s\nstation: \"%s\"\ndemo: true\nverify: off\nprinter: none\nspace_mb: 1\n",
			j->database, keys, station) < 0 ||
		fclose(f) != 0)
		harness_die("%s cannot be written", ret_settings);
}

/* The digits or symbols after a label, without the blanks between them, when all of them are there. */
static bool after(const char *text, const char *label, size_t length, char *out)
{
	const char *p = strstr(text, label);
	size_t n = 0;
	if (!p)
		return false;
	for (p += strlen(label); *p && *p != '\r' && *p != '\n' && n < length; p++)
		if (*p != ' ' && *p != ':')
			out[n++] = *p;
	out[n] = '\0';
	return n == length;
}

void judge_read(struct filing_seen *f, const char *text)
{
	char number[21], query[11];
	const char *page = strstr(text, "提交成功");
	if (!page || !after(page, "办件编号", 20, number))
		return;
	f->two_numbers = f->two_numbers || (f->number[0] && !str_eq(f->number, number));
	str_copy(f->number, sizeof f->number, number);
	f->shown = true;
	if (after(page, "查询码", QUERY_CODE_LENGTH, query))
		str_copy(f->query, sizeof f->query, query);
}

static struct store *open_store(struct judge *j)
{
	struct store *s = NULL;
	struct err e = { 0 };
	char schema[700];
	const char *data = getenv("DATA");
	snprintf(schema, sizeof schema, "%s/schema", data ? data : "data");
	struct store_options o = { .path = j->database, .schema_dir = schema, .station = station, .readonly = true };
	if (!store_open(&s, &o, &e))
		harness_die("%s", e.text);
	return s;
}

struct fresh {
	const struct judge *judge;
	char numbers[8][21];
	unsigned n;
};

static void pick_fresh(const struct case_head *h, void *ctx)
{
	struct fresh *f = ctx;
	for (unsigned i = 0; i < f->judge->n_known; i++)
		if (str_eq(f->judge->known[i], h->number))
			return;
	if (f->n < 8)
		str_copy(f->numbers[f->n++], 21, h->number);
}

/* Signature, answers and history. Without parts: this item's case has none here. */
static bool whole(struct judge *j, struct store *s, const char *number, const struct filing_seen *f, struct err *e)
{
	static const char *const expected[][2] = { { "name", "张伟" }, { "id_number", "32000019880512001X" },
		{ "household_address", "玄武大道一百号三单元五零二室" }, { "education", "21" }, { "photo", "counter" },
		{ "address.text", "上海市静安区南京西路1266弄3号502室" }, { "declaration", "yes" } };
	struct case_record *c = NULL;
	struct envelope v;
	unsigned char key[SEAL_KEY_SIZE], other[SEAL_KEY_SIZE];

	if (!store_case_load(s, number, &c, e))
		return false;
	bool good = envelope_parse(&v, c->envelope, c->envelope_size, e) &&
		envelope_verify(&v, &j->center.public, 1, e) && envelope_key_center(&v, &j->center, key, e) &&
		envelope_open(&v, key, c, e);
	for (size_t i = 0; good && i < sizeof expected / sizeof *expected; i++)
		good = str_eq(answers_text(c->answers, expected[i][0]), expected[i][1]) ||
			err_set(e, ERR_NO, "its %s is not what was filed", expected[i][0]);
	if (good && !str_eq(answers_text(c->answers, "mobile"), f->mobile))
		good = err_set(e, ERR_NO, "it is of mobile %s", answers_text(c->answers, "mobile"));
	if (good && (c->n_events != 1 || c->events[0].to != CASE_SUBMITTED || c->state != CASE_SUBMITTED))
		good = err_set(e, ERR_NO, "its history has %zu events", c->n_events);
	if (good && f->query[0] && j->opened++ % BY_CODE_EVERY == 0) {
		char query[QUERY_CODE_LENGTH + 1];
		good = (query_code_read(f->query, query) && envelope_key_query(&v, query, other, e) &&
			       memcmp(key, other, sizeof key) == 0) ||
			err_add(e, "the query code that was shown does not open it");
	}
	case_record_destroy(c);
	return good;
}

void judge_filing(struct judge *j, const struct filing_seen *f, struct tally *t)
{
	struct err e = { 0 };
	struct fresh fresh = { .judge = j };
	bool told = false;
	struct store *s = open_store(j);

	if (!store_case_list(s, 1000, pick_fresh, &fresh, &e))
		harness_die("%s", e.text);
	for (unsigned i = 0; i < fresh.n; i++) {
		told = told || str_eq(fresh.numbers[i], f->number);
		if (!whole(j, s, fresh.numbers[i], f, &e))
			tally_bad(t, &t->partial, "filing %s: case %s: %s", f->mobile, fresh.numbers[i], e.text);
		if (j->n_known < CASES_MAX)
			str_copy(j->known[j->n_known++], 21, fresh.numbers[i]);
	}
	store_close(s);
	if (fresh.n > 1)
		tally_bad(t, &t->partial, "filing %s became %u cases, %s and %s", f->mobile, fresh.n, fresh.numbers[0],
			fresh.numbers[1]);
	if (f->two_numbers)
		tally_bad(t, &t->partial, "filing %s was told two numbers, the second is %s", f->mobile, f->number);
	if (f->shown && !told)
		tally_bad(t, &t->lost, "filing %s was told to be filed as \"%s\", which is not there", f->mobile,
			f->number);
	if (!f->unplugged && fresh.n == 0)
		tally_bad(t, &t->lost, "filing %s is no case, although only its program was killed", f->mobile);
	t->notes[0] += fresh.n; /* see kill.c */
	t->notes[2] += fresh.n == 1 && !f->shown;
}

static void say(void *ctx, const char *line)
{
	struct tally *t = ctx;
	if (strncmp(line, "problem: ", 9) == 0)
		tally_bad(t, &t->partial, "%s", line);
}

void judge_end(struct judge *j, struct tally *t)
{
	struct err e = { 0 };
	struct verify_counts n = { 0 };
	struct store *s = open_store(j);
	bool good = store_verify(s, &j->center.public, 1, say, t, &n, &e);
	store_close(s);
	if (!good)
		tally_bad(t, &t->partial, "%s", e.text);
	else if (n.cases != j->n_known)
		tally_bad(t, &t->lost, "%llu cases are there, %u were", (unsigned long long)n.cases, j->n_known);
}

void judge_meddle(struct judge *j, const char *sql)
{
	sqlite3 *db = NULL;
	char *why = NULL;
	if (sqlite3_open(j->database, &db) != SQLITE_OK || sqlite3_busy_timeout(db, 5000) != SQLITE_OK ||
		sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		harness_die("seeding a bug: %s", why ? why : sqlite3_errmsg(db));
	sqlite3_close(db);
}
