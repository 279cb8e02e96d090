#include "app/licence_program.h"

#include <string.h>

#include "app/licences.h"
#include "base/ask.h"
#include "base/err.h"
#include "base/json.h"
#include "base/str.h"

enum { VALUE_SIZE = 400 };

void licence_program_question(struct str *line, const struct licence_request *r)
{
	const char *const pairs[][2] = { { "kind", r->kind }, { "subject", r->subject }, { "name", r->name },
		{ "id_number", r->id_number }, { "consent", r->consent } };
	str_add(line, "{\"version\":1,\"request\":\"licence\"");
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		if (!*pairs[i][1])
			continue;
		str_addf(line, ",\"%s\":", pairs[i][0]);
		json_add_string(line, pairs[i][1]);
	}
	str_add(line, "}\n");
}

static bool refuse(struct err *e, const char *why)
{
	return err_set(e, ERR_DEVICE, "licence program: %s", why);
}

/* "found": every field of a licence, whole; its kind is the one that was asked for. */
static bool take_found(struct json_field *fields, const struct licence_request *r, int today,
	enum licence_state *ret_state, struct licence *ret, struct err *e)
{
	const char *texts[LICENCE_FIELDS];
	struct licence l;
	for (size_t i = 0; i < LICENCE_FIELDS; i++) {
		if (fields[i].seen && !fields[i].complete)
			return refuse(e, "a value is too long or has characters that cannot be shown");
		texts[i] = fields[i].to;
	}
	if (fields[LICENCE_KIND].seen && !str_eq(fields[LICENCE_KIND].to, r->kind))
		return refuse(e, "it answered for another kind");
	texts[LICENCE_KIND] = r->kind;
	const char *wrong = licence_fill(texts, today, &l);
	if (wrong)
		return refuse(e, wrong);
	*ret_state = licence_judge(&l, r->name, r->id_number, today);
	*ret = l;
	explicit_bzero(&l, sizeof l);
	return true;
}

bool licence_program_answer(const char *line, size_t n, const struct licence_request *r, int today,
	enum licence_state *ret_state, struct licence *ret, struct err *e)
{
	char values[LICENCE_FIELDS][VALUE_SIZE], result[16];
	struct json_field fields[LICENCE_FIELDS + 1];
	struct json j;
	bool ok = true;

	for (size_t i = 0; i < LICENCE_FIELDS; i++)
		fields[i] = (struct json_field){ .key = licence_field_names[i], .to = values[i], .size = VALUE_SIZE };
	fields[LICENCE_FIELDS] = (struct json_field){ .key = "result", .to = result, .size = sizeof result };
	json_init(&j, line, n);
	if (n > ASK_LINE_MAX)
		ok = refuse(e, "its answer is too long");
	else if (!json_object(&j, fields, LICENCE_FIELDS + 1, ASK_LINE_MAX, false) || !json_end(&j))
		ok = err_set(e, ERR_DEVICE, "licence program: %s, %zd bytes before the end of its answer", j.why,
			j.end - j.at);
	else if (str_eq(result, "found"))
		ok = take_found(fields, r, today, ret_state, ret, e);
	else if (str_eq(result, "none"))
		*ret_state = LICENCE_NONE;
	else if (str_eq(result, "unknown"))
		*ret_state = LICENCE_UNANSWERED;
	else
		ok = refuse(e, "`result` must be found, none or unknown");
	explicit_bzero(values, sizeof values);
	return ok;
}
