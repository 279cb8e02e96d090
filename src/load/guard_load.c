#include "load/guard_load.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/xalloc.h"
#include "model/item.h"

#define NAME_SIGNS "abcdefghijklmnopqrstuvwxyz0123456789_"
#define VALUE_SIGNS NAME_SIGNS "ABCDEFGHIJKLMNOPQRSTUVWXYZ-"

enum { GUARD_VALUES_MAX = 40 };

void guard_finish(struct guard *g)
{
	for (unsigned i = 0; i < g->n_values; i++)
		free(g->values[i]);
	free(g->values);
	free(g->name);
	free(g->text);
	*g = (struct guard){ .name = NULL };
}

static const char *skip(const char *s)
{
	return s + strspn(s, " ");
}

bool guard_parse(const char *text, struct guard *ret, struct err *e)
{
	struct guard g = { .text = xstrdup(text) };
	const char *s = skip(text);
	size_t n = strspn(s, NAME_SIGNS);
	g.name = xstrndup(s, n);
	s = skip(s + n);
	g.negated = *s == '!';
	s += g.negated;
	if (n == 0 || *s != '=')
		goto bad;
	do {
		s = skip(s + 1);
		n = strspn(s, VALUE_SIGNS);
		if (n == 0 || g.n_values == GUARD_VALUES_MAX)
			goto bad;
		g.values = xrealloc(g.values, g.n_values + 1, sizeof *g.values);
		g.values[g.n_values++] = xstrndup(s, n);
		s = skip(s + n);
	} while (*s == '|');
	if (*s)
		goto bad;
	*ret = g;
	return true;
bad:
	err_set(e, ERR_CONFIG, "\"when: %s\" is not a guard; write name = value | value, or name != value", text);
	guard_finish(&g);
	return false;
}
