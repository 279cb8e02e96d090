/* Writes the file of a library: sorted, in one transaction without a journal; it counts once it is complete and renamed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "address/build_own.h"
#include "address/tsv.h"
#include "base/err.h"
#include "base/xalloc.h"

enum statement { PUT_META, PUT_REGION, PUT_READING, PUT_STREET, PUT_NAME, PUT_DOOR, STATEMENTS };
enum { PROGRESS_STEP = 16384, PROGRESS_SORTED = 100, PROGRESS_DOORS = 800, PROGRESS_DIGEST = 950, PINYIN_BYTES = 1024 };

static const char *const sql[STATEMENTS] = {
	[PUT_META] = "INSERT INTO meta(k, v) VALUES(?1, ?2)",
	[PUT_REGION] = "INSERT OR IGNORE INTO region(code, name) VALUES(?1, ?2)",
	[PUT_READING] = "INSERT INTO reading(char, readings, simplified) VALUES(?1, ?2, ?3)",
	[PUT_STREET] = "INSERT INTO street(name, district, town, id, kind, weight, valid_from, valid_to)"
		       " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
	[PUT_NAME] = "INSERT INTO name(text, pinyin, street, lane, sub, no, kind) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
	[PUT_DOOR] = "INSERT INTO door(suf, committee, postcode, place, street, lane, sub, no, town, rooms, codes)"
		     " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
};

struct key {
	uint64_t where, no; /* rank, lane, sub; number */
	const char *text;   /* suffix or name */
	uint32_t index, kind;
};

struct writing {
	struct library_writer *w;
	sqlite3_stmt *statement[STATEMENTS];
	build_progress *progress;
	void *ctx;
	struct key *doors, *names;
	size_t n_doors, n_names;
	uint32_t *streets; /* indexes by rank */
	size_t n_streets;
	uint64_t rooms;
};

static bool failed(const struct library_writer *w, struct err *e)
{
	return err_set(e, ERR_STORAGE, "%s: writing failed: %s; nothing was changed", w->temporary,
		sqlite3_errmsg(w->db));
}

/* Texts into ?1 and on, numbers into the places behind them. */
static bool run(struct writing *x, enum statement s, int n, const char *const *texts, int m, const uint64_t *numbers,
	struct err *e)
{
	sqlite3_stmt *q = x->statement[s];
	for (int i = 0; i < n; i++)
		sqlite3_bind_text(q, i + 1, texts[i], -1, SQLITE_STATIC);
	for (int i = 0; i < m; i++)
		sqlite3_bind_int64(q, n + i + 1, (sqlite3_int64)numbers[i]);
	int rc = sqlite3_step(q);
	sqlite3_reset(q);
	return rc == SQLITE_DONE || failed(x->w, e);
}

static void report(const struct writing *x, unsigned permille)
{
	if (x->progress)
		x->progress(x->ctx, permille);
}

static int by_key(const void *a, const void *b)
{
	const struct key *x = a, *y = b;
	if (x->where != y->where)
		return x->where < y->where ? -1 : 1;
	if (x->no != y->no)
		return x->no < y->no ? -1 : 1;
	int c = x->text == y->text ? 0 : strcmp(x->text, y->text);
	return c ? c : (x->kind > y->kind) - (x->kind < y->kind);
}

static const struct library_writer *sorting; /* qsort passes nothing on */

static int by_street(const void *a, const void *b)
{
	const struct build_street *x = &sorting->streets[*(const uint32_t *)a],
				  *y = &sorting->streets[*(const uint32_t *)b];
	int c = strcmp(texts_at(&sorting->texts, x->district), texts_at(&sorting->texts, y->district));
	if (c == 0)
		c = strcmp(texts_at(&sorting->texts, x->town), texts_at(&sorting->texts, y->town));
	return c ? c : strcmp(texts_at(&sorting->texts, x->name), texts_at(&sorting->texts, y->name));
}

static uint64_t where(uint32_t rank, uint32_t lane, uint32_t sub)
{
	return (uint64_t)rank << 40 | (uint64_t)lane << 20 | sub;
}

/* A lane or front door whose addresses have gone has no name any more. */
static bool has_doors(const struct writing *x, const struct key *k)
{
	size_t low = 0, high = x->n_doors;
	while (low < high) {
		size_t middle = (low + high) / 2;
		const struct key *d = &x->doors[middle];
		if (d->where < k->where || (d->where == k->where && d->no < k->no))
			low = middle + 1;
		else
			high = middle;
	}
	return low < x->n_doors && x->doors[low].where == k->where && (!k->no || x->doors[low].no == k->no);
}

static void sort_all(struct writing *x)
{
	struct library_writer *w = x->w;
	x->streets = xcalloc(w->n_streets + 1, sizeof *x->streets);
	x->doors = xcalloc(w->n_doors + 1, sizeof *x->doors);
	x->names = xcalloc(w->n_names + w->n_streets + 1, sizeof *x->names);
	for (size_t i = 0; i < w->n_streets; i++) {
		if (w->streets[i].doors)
			x->streets[x->n_streets++] = (uint32_t)i;
	}
	sorting = w;
	qsort(x->streets, x->n_streets, sizeof *x->streets, by_street);
	for (size_t i = 0; i < x->n_streets; i++) {
		struct build_street *s = &w->streets[x->streets[i]];
		s->rank = (uint32_t)i + 1;
		build_name(w, &(struct build_name){ .street = x->streets[i], .text = s->name, .pinyin = s->pinyin });
	}
	for (size_t i = 0; i < w->n_doors; i++) {
		const struct build_door *d = &w->doors[i];
		if (!d->gone)
			x->doors[x->n_doors++] = (struct key){ where(w->streets[d->street].rank, d->lane, d->sub),
				d->no, texts_at(&w->texts, d->suffix), (uint32_t)i, 0 };
	}
	qsort(x->doors, x->n_doors, sizeof *x->doors, by_key);
	for (size_t i = 0; i < w->n_names; i++) {
		const struct build_name *n = &w->names[i];
		struct key k = { where(w->streets[n->street].rank, n->lane, n->sub), n->no,
			texts_at(&w->texts, n->text), (uint32_t)i, n->kind };
		if (w->streets[n->street].rank && ((!n->lane && !n->no) || has_doors(x, &k)))
			x->names[x->n_names++] = k;
	}
	qsort(x->names, x->n_names, sizeof *x->names, by_key);
	report(x, PROGRESS_SORTED);
}

static bool put_streets(struct writing *x, struct err *e)
{
	struct library_writer *w = x->w;
	for (size_t i = 0; i < x->n_streets; i++) {
		const struct build_street *s = &w->streets[x->streets[i]];
		const char *const texts[] = { texts_at(&w->texts, s->name), texts_at(&w->texts, s->district),
			texts_at(&w->texts, s->town) };
		uint64_t weight = 0;
		while (s->doors >> weight > 1)
			weight++;
		const uint64_t numbers[] = { i + 1, s->kind, weight, (uint64_t)s->valid_from, (uint64_t)s->valid_to };
		if (!run(x, PUT_STREET, 3, texts, 5, numbers, e))
			return false;
	}
	return true;
}

static bool put_names(struct writing *x, struct err *e)
{
	struct library_writer *w = x->w;
	size_t kept = 0;
	for (size_t i = 0; i < x->n_names; i++) {
		const struct key *k = &x->names[i], *before = i ? k - 1 : NULL;
		const struct build_name *n = &w->names[k->index];
		char pinyin[PINYIN_BYTES];
		if (before && before->where == k->where && before->no == k->no && before->text == k->text)
			continue; /* texts are the same when their places are */
		readings_of_given(&w->readings, k->text, texts_at(&w->texts, n->pinyin), pinyin, sizeof pinyin);
		const uint64_t numbers[] = { w->streets[n->street].rank, n->lane, n->sub, n->no, n->kind };
		if (!run(x, PUT_NAME, 2, (const char *const[]){ k->text, pinyin }, 5, numbers, e))
			return false;
		kept++;
	}
	x->n_names = kept;
	return true;
}

static bool put_doors(struct writing *x, struct err *e)
{
	struct library_writer *w = x->w;
	sqlite3_stmt *q = x->statement[PUT_DOOR];
	for (size_t i = 0; i < x->n_doors; i++) {
		const struct build_door *d = &w->doors[x->doors[i].index];
		const unsigned char *bytes = d->bytes ? d->bytes : (const unsigned char *)"";
		const char *const texts[] = { texts_at(&w->texts, d->suffix), texts_at(&w->texts, d->committee),
			texts_at(&w->texts, d->postcode), texts_at(&w->texts, d->place) };
		const uint64_t numbers[] = { w->streets[d->street].rank, d->lane, d->sub, d->no,
			strtoull(texts_at(&w->texts, d->town), NULL, 10) };
		sqlite3_bind_blob(q, 10, bytes, (int)d->rooms_size, SQLITE_STATIC);
		sqlite3_bind_blob(q, 11, bytes + d->rooms_size, (int)d->codes_size, SQLITE_STATIC);
		if (!run(x, PUT_DOOR, 4, texts, 5, numbers, e))
			return false;
		x->rooms += rooms_count(bytes, d->rooms_size);
		if (i % PROGRESS_STEP == 0)
			report(x, PROGRESS_SORTED + (unsigned)(i * (PROGRESS_DOORS - PROGRESS_SORTED) / x->n_doors));
	}
	return true;
}

static bool put_reading(void *ctx, char *field[static TSV_FIELDS], struct err *e)
{
	return run(ctx, PUT_READING, 3, (const char *const[]){ field[0], field[1], field[2] }, 0, NULL, e);
}

/* Districts that no row names: the city's are in the table of regions; one that is there stays. */
static bool put_district(void *ctx, char *field[static TSV_FIELDS], struct err *e)
{
	struct writing *x = ctx;
	if (strncmp(field[0], "31", 2) != 0 || strcmp(field[0] + 2, "0000") == 0)
		return true;
	return run(x, PUT_REGION, 2, (const char *const[]){ field[0], field[1] }, 0, NULL, e);
}

static bool put_pairs(struct writing *x, enum statement s, const uint32_t *pairs, size_t n, struct err *e)
{
	const struct texts *t = &x->w->texts;
	bool ok = true;
	for (size_t i = 0; i < n && ok; i++)
		ok = run(x, s, 2, (const char *const[]){ texts_at(t, pairs[i * 2]), texts_at(t, pairs[i * 2 + 1]) }, 0,
			NULL, e);
	return ok;
}

static bool put_meta(struct writing *x, struct err *e)
{
	struct library_writer *w = x->w;
	const struct {
		const char *key;
		uint64_t value;
	} counts[] = { { "streets", x->n_streets }, { "names", x->n_names }, { "doors", x->n_doors },
		{ "rooms", x->rooms } };
	char content[DIGEST_TEXT], tables[DIGEST_TEXT];
	if (!library_digest(w->db, content, tables, e))
		return false;
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		char text[24];
		snprintf(text, sizeof text, "%llu", (unsigned long long)counts[i].value);
		library_writer_meta(w, counts[i].key, text);
	}
	library_writer_meta(w, "content", content);
	library_writer_meta(w, "tables", tables);
	report(x, PROGRESS_DIGEST);
	return put_pairs(x, PUT_META, w->meta, w->n_meta, e);
}

bool build_write(struct library_writer *w, build_progress *progress, void *ctx, struct err *e)
{
	struct writing x = { .w = w, .progress = progress, .ctx = ctx };
	bool ok = true;
	for (int i = 0; i < STATEMENTS && ok; i++)
		ok = sqlite3_prepare_v2(w->db, sql[i], -1, &x.statement[i], NULL) == SQLITE_OK || failed(w, e);
	if (ok) {
		build_join_streets(w);
		sort_all(&x);
	}
	ok = ok && put_pairs(&x, PUT_REGION, w->regions, w->n_regions, e) &&
		tsv_read(w->data_dir, "regions/regions.tsv", put_district, &x, e) &&
		tsv_read(w->data_dir, "pinyin/readings.tsv", put_reading, &x, e) && put_streets(&x, e) &&
		put_names(&x, e) && put_doors(&x, e) && put_meta(&x, e);
	for (int i = 0; i < STATEMENTS; i++)
		sqlite3_finalize(x.statement[i]);
	free(x.streets);
	free(x.doors);
	free(x.names);
	return ok;
}
