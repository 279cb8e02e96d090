#include "store/csv.h"

/* Takes the quotes off a field in place. Leaves c->at behind its closing quote. */
static bool quoted(struct csv *c, char **ret_end)
{
	char *to = c->at++;

	for (;; c->at++) {
		if (*c->at == '\0')
			return false;
		if (*c->at == '"' && *++c->at != '"')
			break;
		if (*c->at == '\n')
			c->next_line++;
		*to++ = *c->at;
	}
	*ret_end = to;
	return true;
}

enum csv_result csv_next(struct csv *c, char **fields, size_t max, size_t *ret_n)
{
	size_t n = 0;

	if (c->next_line == 0)
		c->next_line = 1;
	c->line = c->next_line;
	if (*c->at == '\0')
		return CSV_END;
	for (;;) {
		char *end;
		if (n == max)
			return CSV_BAD;
		fields[n++] = c->at;
		if (*c->at == '"') {
			if (!quoted(c, &end))
				return CSV_BAD;
		} else {
			while (*c->at != '\0' && *c->at != ',' && *c->at != '\n' && *c->at != '\r' && *c->at != '"')
				c->at++;
			end = c->at;
		}
		char border = *c->at;
		if (border == '\r' && c->at[1] == '\n')
			border = *++c->at;
		if (border != '\0' && border != ',' && border != '\n')
			return CSV_BAD;
		*end = '\0';
		if (border != '\0')
			c->at++;
		if (border == ',')
			continue;
		c->next_line++;
		*ret_n = n;
		return CSV_ROW;
	}
}
