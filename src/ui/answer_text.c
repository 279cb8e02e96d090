#include "ui/answer_text.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "model/answers.h"
#include "model/item.h"
#include "model/table.h"
#include "ui/services.h"

/* Groups for reading back: mobile 3-4-4, identity number 6-8-4. */
static void grouped(const char *digits, unsigned first, unsigned second, char *out, size_t size)
{
	size_t n = strlen(digits);
	if (n <= first + second)
		str_copy(out, size, digits);
	else
		snprintf(out, size, "%.*s %.*s %s", (int)first, digits, (int)second, digits + first,
			digits + first + second);
}

void answer_text(const struct question *q, const struct answers *a, const struct services *s, char *out, size_t size)
{
	const char *value = answers_text(a, q->name);
	str_copy(out, size, value);
	if (!*value)
		return;
	if (q->type == QUESTION_CHOICE) {
		const char *label = option_label(q, value);
		str_copy(out, size, label ? tr(label) : value);
	} else if (q->type == QUESTION_LIST) {
		const struct code_table *t = s->table(s->ctx, q->table);
		const struct code_row *r = t ? table_find(t, value) : NULL;
		if (r)
			table_path(t, r, i18n_get() == LANG_EN, out, size);
	} else if (q->check && str_eq(q->check, "cn-mobile")) {
		grouped(value, 3, 4, out, size);
	} else if (q->check && strncmp(q->check, "cn-id-", 6) == 0) {
		grouped(value, 6, 8, out, size);
	}
}
