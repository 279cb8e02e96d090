#include "seal/revision.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "model/answers.h"
#include "model/case.h"
#include "model/file_name.h"
#include "seal/format.h"

static const char REMOVED[] = "revision.removed"; /* names with a blank between them */

void revision_key(const unsigned char key[static SEAL_KEY_SIZE], uint64_t revision,
	unsigned char ret[static SEAL_KEY_SIZE])
{
	if (revision <= 1)
		memmove(ret, key, SEAL_KEY_SIZE);
	else
		crypto_kdf_derive_from_key(ret, SEAL_KEY_SIZE, revision, FORMAT_REVISIONS, key);
}

bool revision_fits(const struct envelope_head *later, const struct envelope_head *first, uint64_t n, struct err *e)
{
	return (strcmp(later->number, first->number) == 0 && strcmp(later->item, first->item) == 0 &&
		       later->demo == first->demo && later->revision == n) ||
		err_set(e, ERR_STORAGE,
			"its envelope is of another case or revision; run `juzhu verify`, restore the last backup");
}

uint64_t revision_newest(const struct case_record *c)
{
	return c->n_revisions + 1;
}

bool revision_remove(struct answers *record, const char *name)
{
	struct str names;

	str_init(&names, ANSWER_VALUE_MAX);
	const char *before = answers_text(record, REMOVED);
	str_addf(&names, "%s%s%s", before, *before ? " " : "", name);
	bool good = !names.full && *name && !strchr(name, ' ') && answers_set(record, REMOVED, names.text);
	str_finish(&names);
	return good;
}

static void remove_answers(struct answers *a, const char *names)
{
	char *copy = xstrdup(names), *rest = NULL;
	for (char *name = strtok_r(copy, " ", &rest); name; name = strtok_r(NULL, " ", &rest)) {
		if (name[strlen(name) - 1] == '.')
			answers_remove_prefix(a, name);
		else
			answers_set(a, name, NULL);
	}
	free(copy);
}

static bool take_answers(struct case_record *c, const struct answers *later)
{
	bool good = true;

	remove_answers(c->answers, answers_text(later, REMOVED));
	for (size_t i = 0; good && i < answers_count(later); i++) {
		const char *name = answers_name_at(later, i);
		good = strcmp(name, REMOVED) == 0 || answers_set(c->answers, name, answers_value_at(later, i));
	}
	return good;
}

static void keep_aside(struct case_record *c, size_t i)
{
	c->replaced = xrealloc(c->replaced, c->n_replaced + 1, sizeof *c->replaced);
	c->replaced[c->n_replaced++] = c->files[i];
	memmove(&c->files[i], &c->files[i + 1], (--c->n_files - i) * sizeof *c->files);
}

/* A material that is given anew has the new files alone: all earlier ones of it go, however many there were. */
static void replace_files(struct case_record *c, const char *later, uint64_t revision)
{
	char code[FILE_NAME_SIZE], earlier[FILE_NAME_SIZE];

	file_code(code, later);
	for (size_t i = 0; i < c->n_files;) {
		file_code(earlier, c->files[i].name);
		if (c->files[i].revision < revision && strcmp(earlier, code) == 0)
			keep_aside(c, i);
		else
			i++;
	}
}

static void take_file(struct case_record *c, const struct case_file *f, uint64_t revision)
{
	replace_files(c, f->name, revision);
	c->files = xrealloc(c->files, c->n_files + 1, sizeof *c->files);
	struct case_file *to = &c->files[c->n_files++];
	*to = *f;
	to->name = xstrdup(f->name);
	to->mime = xstrdup(f->mime);
	to->revision = revision;
}

/* A material that is met in another way now has no file that counts. */
static void drop_unnamed(struct case_record *c)
{
	for (size_t i = 0; i < c->n_files;) {
		char name[ANSWER_NAME_MAX + 1], code[FILE_NAME_SIZE];
		file_code(code, c->files[i].name);
		int n = snprintf(name, sizeof name, "%s%s", strcmp(code, "photo") == 0 ? "" : "material.", code);
		if (n >= (int)sizeof name || strcmp(answers_text(c->answers, name), "file") != 0)
			keep_aside(c, i);
		else
			i++;
	}
}

static bool merge(struct case_record *c, uint64_t revision, const unsigned char *bytes, size_t size,
	const unsigned char key[static SEAL_KEY_SIZE], struct err *e)
{
	unsigned char own[SEAL_KEY_SIZE];
	struct envelope v;
	struct case_record *later = xcalloc(1, sizeof *later);

	revision_key(key, revision, own);
	bool good = envelope_parse(&v, bytes, size, e) && envelope_open(&v, own, later, e);
	sodium_memzero(own, sizeof own);
	if (good && !take_answers(c, later->answers))
		good = err_set(e, ERR_STORAGE, "case %s: with its revisions it holds more than this program accepts",
			c->number);
	for (size_t i = 0; good && i < later->n_files; i++)
		take_file(c, &later->files[i], revision);
	case_record_destroy(later);
	return good || err_add(e, "revision %llu", (unsigned long long)revision);
}

bool case_open(struct case_record *c, const unsigned char key[static SEAL_KEY_SIZE], struct err *e)
{
	struct envelope v;

	if (!envelope_parse(&v, c->envelope, c->envelope_size, e) || !envelope_open(&v, key, c, e))
		return false;
	for (size_t i = 0; i < c->n_revisions; i++)
		if (!merge(c, i + 2, c->revisions[i].envelope, c->revisions[i].size, key, e))
			return false;
	if (c->n_revisions > 0)
		drop_unnamed(c);
	return true;
}

bool case_open_file(const struct case_record *c, const struct case_file *f,
	const unsigned char key[static SEAL_KEY_SIZE], const unsigned char *sealed, size_t sealed_size,
	unsigned char **ret, size_t *ret_size, struct err *e)
{
	unsigned char own[SEAL_KEY_SIZE];
	struct envelope v;
	bool first = f->revision == 1;

	if (f->revision < 1 || f->revision > revision_newest(c))
		return err_set(e, ERR_BUG, "case %s has no revision %llu", c->number, (unsigned long long)f->revision);
	const struct case_revision *r = first ? NULL : &c->revisions[f->revision - 2];
	revision_key(key, f->revision, own);
	bool good = envelope_parse(&v, first ? c->envelope : r->envelope, first ? c->envelope_size : r->size, e) &&
		envelope_open_part(&v, f->part, own, sealed, sealed_size, ret, ret_size, e);
	sodium_memzero(own, sizeof own);
	return good;
}
