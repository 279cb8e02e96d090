#include "model/answers.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/xalloc.h"

struct answer {
	char *name, *value;
};

struct answers {
	size_t n;
	struct answer rows[ANSWERS_MAX]; /* sorted by name; pointers only, so that it may move */
};

struct answers *answers_create(void)
{
	return xcalloc(1, sizeof(struct answers));
}

static void row_finish(struct answer *row)
{
	str_wipe_free(row->name);
	str_wipe_free(row->value);
	*row = (struct answer){ 0 };
}

void answers_destroy(struct answers *a)
{
	if (!a)
		return;
	for (size_t i = 0; i < a->n; i++)
		row_finish(&a->rows[i]);
	free(a);
}

/* Where the name is, or would be put. */
static size_t place(const struct answers *a, const char *name, bool *ret_found)
{
	size_t low = 0, high = a->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(a->rows[middle].name, name);
		if (order == 0) {
			*ret_found = true;
			return middle;
		}
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	*ret_found = false;
	return low;
}

static void remove_rows(struct answers *a, size_t first, size_t n)
{
	for (size_t i = first; i < first + n; i++)
		row_finish(&a->rows[i]);
	memmove(a->rows + first, a->rows + first + n, (a->n - first - n) * sizeof *a->rows);
	a->n -= n;
	memset(a->rows + a->n, 0, n * sizeof *a->rows);
}

bool answers_set(struct answers *a, const char *name, const char *value)
{
	bool found;
	size_t i = place(a, name, &found);

	if (!value || !*value) {
		if (found)
			remove_rows(a, i, 1);
		return true;
	}
	if (!*name || strlen(name) > ANSWER_NAME_MAX || strlen(value) > ANSWER_VALUE_MAX)
		return false;
	if (!found && a->n == ANSWERS_MAX)
		return false;
	char *copy = xstrdup(value); /* first: it may be borrowed from the row that is replaced */
	if (found) {
		str_wipe_free(a->rows[i].value);
		a->rows[i].value = copy;
		return true;
	}
	char *name_copy = xstrdup(name);
	memmove(a->rows + i + 1, a->rows + i, (a->n - i) * sizeof *a->rows);
	a->rows[i] = (struct answer){ name_copy, copy };
	a->n++;
	return true;
}

const char *answers_get(const struct answers *a, const char *name)
{
	bool found;
	size_t i = place(a, name, &found);
	return found ? a->rows[i].value : NULL;
}

const char *answers_text(const struct answers *a, const char *name)
{
	const char *value = answers_get(a, name);
	return value ? value : "";
}

void answers_remove_prefix(struct answers *a, const char *prefix)
{
	bool found;
	size_t first = place(a, prefix, &found), n = 0, len = strlen(prefix);
	while (first + n < a->n && strncmp(a->rows[first + n].name, prefix, len) == 0)
		n++;
	remove_rows(a, first, n);
}

size_t answers_count(const struct answers *a)
{
	return a->n;
}

const char *answers_name_at(const struct answers *a, size_t i)
{
	return i < a->n ? a->rows[i].name : NULL;
}

const char *answers_value_at(const struct answers *a, size_t i)
{
	return i < a->n ? a->rows[i].value : NULL;
}

bool answers_equal(const struct answers *a, const struct answers *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!str_eq(a->rows[i].name, b->rows[i].name) || !str_eq(a->rows[i].value, b->rows[i].value))
			return false;
	return true;
}

bool answer_belongs(const char *to, const char *name)
{
	size_t n = to ? strlen(to) : 0;
	return n > 0 && strncmp(to, name, n) == 0 && (name[n] == '\0' || name[n] == '.');
}
