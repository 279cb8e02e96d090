/* Reads a library into memory: hostile until read. */
#include <stdlib.h>
#include <string.h>

#include "address/library.h"
#include "base/err.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/xalloc.h"

static const char DAMAGED[] =
	"the file is damaged; bring it back from a copy or make it anew with `juzhu address import`";

/* What is needed only while loading. */
struct loading {
	struct address_library *l;
	size_t cap_streets, cap_names, cap_chars, cap_glyphs, text_size, text_used;
	uint64_t *seen; /* hashes of characters with their readings; open addressing, 0: free */
	uint16_t *glyph;
	size_t mask;
	bool known; /* application and version were right */
};

typedef bool (*load_row)(struct loading *o, sqlite3_stmt *q, struct err *e);

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

static void *grow(void *array, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return array;
	*cap = *cap ? *cap * 2 : 1024;
	return xrealloc(array, *cap, size);
}

static bool load_version(struct loading *o, sqlite3_stmt *q, struct err *e)
{
	int version = sqlite3_column_int(q, 1);
	if (sqlite3_column_int(q, 0) != LIBRARY_APPLICATION)
		return err_set(e, ERR_CONFIG, "not an address library; `juzhu address import` makes one");
	if (version != LIBRARY_VERSION)
		return err_set(e, ERR_CONFIG, "an address library of version %d, this program reads version %d: %s",
			version, LIBRARY_VERSION,
			version < LIBRARY_VERSION ? "make it anew with `juzhu address import`"
						  : "a newer juzhu wrote it, update");
	o->known = true;
	return true;
}

static bool load_meta(struct loading *o, sqlite3_stmt *q, struct err *e)
{
	struct address_stats *s = &o->l->stats;
	const struct {
		const char *key;
		long *to;
	} counts[] = { { "streets", &s->streets }, { "names", &s->names }, { "doors", &s->doors },
		{ "rooms", &s->rooms } };
	(void)e;
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		if (str_eq(text(q, 0), counts[i].key))
			*counts[i].to = (long)sqlite3_column_int64(q, 1);
	}
	if (str_eq(text(q, 0), "label"))
		column(q, 1, s->label, sizeof s->label);
	if (str_eq(text(q, 0), "content"))
		column(q, 1, s->content, sizeof s->content);
	return true;
}

static bool load_reading(struct loading *o, sqlite3_stmt *q, struct err *e)
{
	return readings_add(&o->l->readings, text(q, 0), text(q, 1), text(q, 2), e);
}

static bool load_region(struct loading *o, sqlite3_stmt *q, struct err *e)
{
	struct address_library *l = o->l;
	(void)e;
	l->regions = xrealloc(l->regions, l->n_regions + 1, sizeof *l->regions);
	struct region *r = &l->regions[l->n_regions++];
	column(q, 0, r->code, sizeof r->code);
	column(q, 1, r->name, sizeof r->name);
	return true;
}

static bool load_text_size(struct loading *o, sqlite3_stmt *q, struct err *e)
{
	(void)e;
	o->text_size = (size_t)sqlite3_column_int64(q, 0);
	o->l->texts = xcalloc(o->text_size + 1, 1);
	return true;
}

static bool load_street(struct loading *o, sqlite3_stmt *q, struct err *e)
{
	struct address_library *l = o->l;
	size_t n = strlen(text(q, 1)) + 1;
	if (sqlite3_column_int64(q, 0) != (sqlite3_int64)l->n_streets + 1 || n > o->text_size - o->text_used)
		return err_set(e, ERR_CONFIG, "%s", DAMAGED);
	l->streets = grow(l->streets, l->n_streets, &o->cap_streets, sizeof *l->streets);
	struct street *s = &l->streets[l->n_streets++];
	*s = (struct street){ .id = (long)l->n_streets,
		.name = memcpy(l->texts + o->text_used, text(q, 1), n),
		.weight = (uint8_t)sqlite3_column_int(q, 4),
		.kind = (uint8_t)sqlite3_column_int(q, 5),
		.valid_from = sqlite3_column_int(q, 6),
		.valid_to = sqlite3_column_int(q, 7) };
	o->text_used += n;
	column(q, 2, s->district, sizeof s->district);
	column(q, 3, s->town, sizeof s->town);
	return true;
}

static bool new_glyph(struct loading *o, uint32_t point, const char *pinyin, size_t len, struct err *e)
{
	struct address_library *l = o->l;
	char one[64];
	if (len >= sizeof one || l->n_glyphs > UINT16_MAX)
		return err_set(e, ERR_CONFIG, "%s", DAMAGED);
	memcpy(one, pinyin, len);
	one[len] = '\0';
	l->glyphs = grow(l->glyphs, l->n_glyphs, &o->cap_glyphs, sizeof *l->glyphs);
	struct glyph *g = &l->glyphs[l->n_glyphs];
	*g = (struct glyph){ .point = point };
	if (one[0] && one[0] != '?' && !readings_number(&l->readings, one, '/', g->syllable, &g->n, e))
		return false;
	l->n_glyphs++;
	return true;
}

static uint64_t hash_of(uint32_t point, const char *pinyin, size_t len)
{
	uint64_t h = (0xcbf29ce484222325u ^ point) * 0x100000001b3u;
	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)pinyin[i]) * 0x100000001b3u; /* FNV-1a */
	h = (h ^ h >> 29) * 0x9e3779b97f4a7c15u;
	return h | 1;
}

/* The glyph of a character with this reading, made when it is new. */
static bool find_glyph(struct loading *o, uint32_t point, const char *pinyin, size_t len, uint16_t *ret, struct err *e)
{
	uint64_t h = hash_of(point, pinyin, len);
	size_t at = (h >> 20) & o->mask;
	/* Two characters with one hash must not become one: it would be shown. */
	while (o->seen[at] && !(o->seen[at] == h && o->l->glyphs[o->glyph[at]].point == point))
		at = (at + 1) & o->mask;
	if (!o->seen[at]) {
		if (!new_glyph(o, point, pinyin, len, e))
			return false;
		o->seen[at] = h;
		o->glyph[at] = (uint16_t)(o->l->n_glyphs - 1);
	}
	*ret = o->glyph[at];
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

static bool load_name(struct loading *o, sqlite3_stmt *q, struct err *e)
{
	struct address_library *l = o->l;
	sqlite3_int64 id = sqlite3_column_int64(q, 0);
	if (id < 1 || id > (sqlite3_int64)l->n_streets)
		return err_set(e, ERR_CONFIG, "%s", DAMAGED);
	struct name n = { .street = (uint32_t)(id - 1),
		.lane = (uint32_t)sqlite3_column_int64(q, 1),
		.sub = (uint32_t)sqlite3_column_int64(q, 2),
		.no = (uint32_t)sqlite3_column_int64(q, 3),
		.kind = (uint8_t)sqlite3_column_int(q, 5),
		.first = (uint32_t)l->n_chars };
	const char *characters = text(q, 4), *pinyin = text(q, 6);
	size_t left = strlen(characters), step;
	uint32_t point;
	for (; left && n.n < NAME_CHARS && (step = utf8_decode(characters, left, &point)); left -= step) {
		size_t len = strcspn(pinyin, " ");
		l->chars = grow(l->chars, l->n_chars, &o->cap_chars, sizeof *l->chars);
		if (!find_glyph(o, point, pinyin, len, &l->chars[l->n_chars], e))
			return false;
		const struct glyph *g = &l->glyphs[l->chars[l->n_chars++]];
		for (uint8_t i = 0; i < g->n; i++)
			note_letters(&n, l->readings.syllable[g->syllable[i]]);
		pinyin += len + (pinyin[len] ? 1 : 0);
		characters += step;
		n.n++;
	}
	l->names = grow(l->names, l->n_names, &o->cap_names, sizeof *l->names);
	l->names[l->n_names++] = n;
	return true;
}

static bool each(struct loading *o, const char *statement, load_row row, struct err *e)
{
	sqlite3 *db = o->l->db;
	sqlite3_stmt *q = NULL;
	bool ok = true;
	int rc = sqlite3_prepare_v2(db, statement, -1, &q, NULL);
	while (ok && rc == SQLITE_OK && (rc = sqlite3_step(q)) == SQLITE_ROW) {
		ok = row(o, q, e);
		rc = SQLITE_OK;
	}
	if (ok && rc != SQLITE_DONE)
		ok = rc == SQLITE_NOTADB
			? err_set(e, ERR_CONFIG, "not an address library; `juzhu address import` makes one")
			: o->known ? err_set(e, ERR_CONFIG, "%s (%s)", DAMAGED, sqlite3_errmsg(db))
				   : err_set(e, ERR_CONFIG, "%s", sqlite3_errmsg(db));
	sqlite3_finalize(q);
	return ok;
}

static void *trim(void *array, size_t n, size_t size)
{
	return xrealloc(array, n ? n : 1, size);
}

static bool load_rows(struct loading *o, struct err *e)
{
	struct address_library *l = o->l;
	if (!each(o, "SELECT a.application_id, u.user_version FROM pragma_application_id a, pragma_user_version u",
		    load_version, e) ||
		!each(o, "SELECT k, v FROM meta", load_meta, e) ||
		!each(o, "SELECT char, readings, simplified FROM reading", load_reading, e))
		return false;
	readings_sort(&l->readings);
	if (!each(o, "SELECT code, name FROM region ORDER BY code", load_region, e) ||
		!each(o, "SELECT IFNULL(SUM(LENGTH(CAST(name AS BLOB)) + 1), 0) FROM street", load_text_size, e) ||
		!each(o, "SELECT id, name, district, town, weight, kind, valid_from, valid_to FROM street ORDER BY id",
			load_street, e) ||
		!each(o, "SELECT street, lane, sub, no, text, kind, pinyin FROM name", load_name, e))
		return false;
	if ((size_t)l->stats.streets != l->n_streets || (size_t)l->stats.names != l->n_names)
		return err_set(e, ERR_CONFIG, "%s (it says %ld streets and %ld names, but has %zu and %zu)", DAMAGED,
			l->stats.streets, l->stats.names, l->n_streets, l->n_names);
	l->streets = trim(l->streets, l->n_streets, sizeof *l->streets);
	l->names = trim(l->names, l->n_names, sizeof *l->names);
	l->chars = trim(l->chars, l->n_chars, sizeof *l->chars);
	return true;
}

bool library_load(struct address_library *l, struct err *e)
{
	struct loading o = { .l = l, .mask = (1 << 18) - 1 };
	o.seen = xcalloc(o.mask + 1, sizeof *o.seen);
	o.glyph = xcalloc(o.mask + 1, sizeof *o.glyph);
	bool ok = load_rows(&o, e);
	free(o.seen);
	free(o.glyph);
	return ok;
}
