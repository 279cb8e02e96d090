/* Licences as files and programs write them: nothing of it is believed before it was looked at. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/utf8.h"
#include "model/idnum.h"
#include "model/licence.h"

const char *const licence_field_names[LICENCE_FIELDS] = { "kind", "number", "holder_id", "issuer", "valid_from",
	"valid_to", "holder_name" };

/* A day that exists; 0 when it is not one. */
static int date_of(const char *text)
{
	char plain[9];
	size_t n = 0;

	for (size_t i = 0; text[i] != '\0'; i++) {
		if (text[i] == '-' && (i == 4 || i == 7))
			continue;
		if (text[i] < '0' || text[i] > '9' || n == 8)
			return 0;
		plain[n++] = text[i];
	}
	plain[n] = '\0';
	int date = (int)strtol(plain, NULL, 10);
	return n == 8 && date_real(date / 10000, date / 100 % 100, date % 100) ? date : 0;
}

static bool shown(const char *text, size_t size)
{
	char clean[400];
	return text[0] != '\0' && strlen(text) < size && utf8_clean(clean, sizeof clean, text, strlen(text), size);
}

const char *licence_fill(const char *const texts[static LICENCE_FIELDS], int today, struct licence *ret)
{
	struct licence l = { 0 };
	const char *end = texts[LICENCE_VALID_TO], *name = texts[LICENCE_HOLDER_NAME];
	size_t kind = strlen(texts[LICENCE_KIND]);
	bool endless = *end == '\0' || str_eq(end, "0");

	if (kind == 0 || kind >= sizeof l.kind ||
		strspn(texts[LICENCE_KIND], "abcdefghijklmnopqrstuvwxyz0123456789-") != kind)
		return "kind is 1 to 39 small letters, digits and hyphens";
	if (!shown(texts[LICENCE_NUMBER], sizeof l.number))
		return "number is missing, too long or has characters that cannot be shown";
	if (idnum_judge(texts[LICENCE_HOLDER_ID], today) != IDNUM_GOOD)
		return "holder_id is not a citizen identity number";
	if (!shown(texts[LICENCE_ISSUER], sizeof l.issuer))
		return "issuer is missing, too long or has characters that cannot be shown";
	if (*name && !shown(name, sizeof l.holder_name))
		return "holder_name is too long or has characters that cannot be shown";
	l.valid_from = date_of(texts[LICENCE_VALID_FROM]);
	l.valid_to = endless ? 0 : date_of(end);
	if (l.valid_from == 0 || (!endless && l.valid_to == 0))
		return "valid_from and valid_to are days, YYYYMMDD or YYYY-MM-DD (valid_to can be empty: no end)";
	if (l.valid_to != 0 && l.valid_to < l.valid_from)
		return "valid_to is before valid_from";
	str_copy(l.kind, sizeof l.kind, texts[LICENCE_KIND]);
	str_copy(l.number, sizeof l.number, texts[LICENCE_NUMBER]);
	str_copy(l.holder_id, sizeof l.holder_id, texts[LICENCE_HOLDER_ID]);
	str_copy(l.holder_name, sizeof l.holder_name, name);
	str_copy(l.issuer, sizeof l.issuer, texts[LICENCE_ISSUER]);
	*ret = l;
	return NULL;
}
