#include "load/config_load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/err.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "load/file.h"
#include "load/yaml_doc.h"

/* The file: the same names as struct config, NULL where the key is left out. */
struct config_file {
	char *database, *data, *screens, *keys, *centers, *log, *station, *center, *hotline, *language, *rules, *closes,
		*clock, *promise_unit, *holidays;
	char *verify_program, *licence_program, *printer, *printer_dir, *inspector, *landmarks;
	char *clock_speed, *idle_warn, *idle_wipe, *promise_days, *supplement_days, *verify_timeout, *licence_timeout,
		*ballast_mb, *space_mb; /* numbers: see number_good */
	enum verify_kind *verify;
	enum licences_kind *licences;
	bool *demo;
	char **media;
	unsigned n_media;
};

#define MAY (CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL)
#define TEXT(key) CYAML_FIELD_STRING_PTR(#key, MAY, struct config_file, key, 1, 1000)

static const cyaml_strval_t verify_words[] = {
	{ "counter", VERIFY_COUNTER },
	{ "program", VERIFY_PROGRAM },
	{ "off", VERIFY_OFF },
};

static const cyaml_strval_t licences_words[] = {
	{ "local", LICENCES_LOCAL },
	{ "program", LICENCES_PROGRAM },
	{ "none", LICENCES_NONE },
};

static const cyaml_schema_value_t folder = { CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, 1000) };

static const cyaml_schema_field_t keys[] = { TEXT(database), TEXT(data), TEXT(screens), TEXT(keys), TEXT(centers),
	TEXT(log), TEXT(station), TEXT(center), TEXT(hotline), TEXT(language), TEXT(rules), TEXT(closes), TEXT(clock),
	TEXT(verify_program), TEXT(licence_program), TEXT(licence_timeout), TEXT(printer), TEXT(printer_dir),
	TEXT(inspector), TEXT(landmarks), TEXT(clock_speed), TEXT(idle_warn), TEXT(idle_wipe), TEXT(promise_days),
	TEXT(promise_unit), TEXT(holidays), TEXT(supplement_days), TEXT(verify_timeout), TEXT(ballast_mb),
	TEXT(space_mb),
	CYAML_FIELD_ENUM_PTR("verify", MAY | CYAML_FLAG_STRICT, struct config_file, verify, verify_words,
		CYAML_ARRAY_LEN(verify_words)),
	CYAML_FIELD_ENUM_PTR("licences", MAY | CYAML_FLAG_STRICT, struct config_file, licences, licences_words,
		CYAML_ARRAY_LEN(licences_words)),
	CYAML_FIELD_ENUM_PTR("demo", MAY | CYAML_FLAG_STRICT, struct config_file, demo, yaml_doc_booleans, 2),
	CYAML_FIELD_SEQUENCE_COUNT("media", MAY, struct config_file, media, n_media, &folder, 0, 16), CYAML_FIELD_END };
static const cyaml_schema_value_t schema = { CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct config_file, keys) };

static bool station_good(const char *s)
{
	return strlen(s) == 4 && strspn(s, "0123456789") == 4;
}

static bool language_good(const char *s)
{
	return strcmp(s, "zh") == 0 || strcmp(s, "en") == 0;
}

static bool rules_good(const char *s)
{
	return strcmp(s, "2017") == 0 || strcmp(s, "2025") == 0;
}

static bool unit_good(const char *s)
{
	return strcmp(s, "calendar") == 0 || strcmp(s, "working") == 0;
}

static bool printer_good(const char *s)
{
	return strcmp(s, "file") == 0 || strcmp(s, "none") == 0;
}

static bool absolute(const char *s)
{
	return *s == '/' && utf8_plain(s);
}

static bool landmarks_good(const char *s)
{
	return strcmp(s, "auto") == 0 || strcmp(s, "none") == 0 || absolute(s);
}

static bool shown(const char *s)
{
	return utf8_plain(s) && utf8_width(s) <= 60;
}

/* YYYY-MM-DDTHH:MM:SS, a real moment. */
static bool moment(const char *s)
{
	unsigned y, mo, d, h, mi, se;
	int used = 0;
	return strlen(s) == 19 && sscanf(s, "%4u-%2u-%2uT%2u:%2u:%2u%n", &y, &mo, &d, &h, &mi, &se, &used) == 6 &&
		used == 19 && date_real((int)y, (int)mo, (int)d) && h < 24 && mi < 60 && se < 60;
}

static bool time_of_day(const char *s)
{
	unsigned h, m;
	int used = 0;
	return strlen(s) == 5 && strspn(s, "0123456789:") == 5 && sscanf(s, "%2u:%2u%n", &h, &m, &used) == 2 &&
		used == 5 && h < 24 && m < 60;
}

#define MEMBER(name) #name, offsetof(struct config_file, name), offsetof(struct config, name)

/* Settings that are texts: how they are judged and what the person should write instead. */
static const struct text_rule {
	const char *key;
	size_t from, to;
	bool (*good)(const char *s);
	const char *want;
} text_rules[] = {
	{ MEMBER(database), utf8_plain, "a path" },
	{ MEMBER(data), utf8_plain, "a folder" },
	{ MEMBER(screens), utf8_plain, "a folder" },
	{ MEMBER(keys), utf8_plain, "a folder" },
	{ MEMBER(log), utf8_plain, "a path" },
	{ MEMBER(centers), utf8_plain, "a path" },
	{ MEMBER(station), station_good, "four digits" },
	{ MEMBER(center), shown, "a name of at most 60 columns" },
	{ MEMBER(hotline), shown, "a telephone number of at most 60 columns" },
	{ MEMBER(language), language_good, "zh or en" },
	{ MEMBER(rules), rules_good, "2017 or 2025" },
	{ MEMBER(closes), time_of_day, "a time of day, HH:MM" },
	{ MEMBER(promise_unit), unit_good, "calendar or working" },
	{ MEMBER(holidays), utf8_plain, "a path" },
	{ MEMBER(clock), moment, "YYYY-MM-DDTHH:MM:SS" },
	{ MEMBER(verify_program), absolute, "an absolute path" },
	{ MEMBER(licence_program), absolute, "an absolute path" },
	{ MEMBER(printer), printer_good, "file or none" },
	{ MEMBER(printer_dir), utf8_plain, "a folder" },
	{ MEMBER(inspector), utf8_plain, "a path" },
	{ MEMBER(landmarks), landmarks_good, "auto, none or an absolute path" },
};

/*
 * Settings that are numbers. The idle limits are those of EN 301 549 and WCAG 2.2.1: at least a minute without a key,
 * then at least 20 seconds to answer.
 */
static const struct number_rule {
	const char *key;
	size_t from, to;
	unsigned min, max;
} number_rules[] = {
	{ MEMBER(idle_warn), 60, 600 },
	{ MEMBER(idle_wipe), 20, 300 },
	{ MEMBER(clock_speed), 1, 1000 },
	{ MEMBER(promise_days), 1, 365 },
	{ MEMBER(supplement_days), 1, 365 },
	{ MEMBER(verify_timeout), 1, 600 },
	{ MEMBER(licence_timeout), 1, 60 },
	{ MEMBER(ballast_mb), 0, 4096 },
	{ MEMBER(space_mb), 1, 65536 },
};

/* The library's own numbers would let "120s" and octal 0120 pass. */
static bool number_good(const char *s, unsigned min, unsigned max, unsigned *ret)
{
	size_t n = strlen(s);
	if (n == 0 || n > 6 || strspn(s, "0123456789") != n || (s[0] == '0' && n > 1))
		return false;
	unsigned number = (unsigned)strtoul(s, NULL, 10);
	if (number < min || number > max)
		return false;
	*ret = number;
	return true;
}

static bool refuse(const char *data, const char *path, const char *key, struct err *e, const char *want)
{
	/* Keys stand at the start of a line. The hit begins with the line end before it, hence one more. */
	char word[40];
	snprintf(word, sizeof word, "\n%s:", key);
	bool first = strncmp(data, word + 1, strlen(word + 1)) == 0;
	return err_set(e, ERR_CONFIG, "%s:%u: %s has to be %s", path, first ? 1 : yaml_doc_line_in(data, word) + 1, key,
		want);
}

static bool judge(const struct config *now, const struct config_file *f, const char *data, const char *path,
	struct err *e)
{
	for (size_t i = 0; i < sizeof text_rules / sizeof *text_rules; i++) {
		const struct text_rule *r = &text_rules[i];
		const char *text = *(char *const *)((const char *)f + r->from);
		if (text && !r->good(text))
			return refuse(data, path, r->key, e, r->want);
	}
	for (size_t i = 0; i < sizeof number_rules / sizeof *number_rules; i++) {
		const struct number_rule *r = &number_rules[i];
		const char *text = *(char *const *)((const char *)f + r->from);
		unsigned number;
		char want[60];
		snprintf(want, sizeof want, "a number from %u to %u", r->min, r->max);
		if (text && !number_good(text, r->min, r->max, &number))
			return refuse(data, path, r->key, e, want);
	}
	for (unsigned i = 0; i < f->n_media; i++)
		if (!absolute(f->media[i]))
			return refuse(data, path, "media", e, "a list of absolute paths");
	enum verify_kind verify = f->verify ? *f->verify : now->verify;
	if (verify == VERIFY_PROGRAM && !f->verify_program && !now->verify_program)
		return refuse(data, path, "verify", e, "counter or off, unless verify_program is set");
	enum licences_kind licences = f->licences ? *f->licences : now->licences;
	if (licences == LICENCES_PROGRAM && !f->licence_program && !now->licence_program)
		return refuse(data, path, "licences", e, "local or none, unless licence_program is set");
	/* Nobody may file unverified by mistake: only a demonstration, which says so on every screen, goes without. */
	if (verify == VERIFY_OFF && !(f->demo ? *f->demo : now->demo))
		return refuse(data, path, "verify", e, "counter or program, unless demo is true");
	return true;
}

/* A file with comments only is all defaults; to the YAML library it is no document. */
static bool says_nothing(const char *data)
{
	while (*data) {
		data += strspn(data, " \t\r\n");
		if (*data && *data != '#')
			return false;
		data += strcspn(data, "\n");
	}
	return true;
}

bool config_parse(struct config *c, const char *data, size_t n, const char *path, struct err *e)
{
	if (n == strlen(data) && says_nothing(data))
		return true;
	void *loaded;
	if (!yaml_doc_parse(data, n, path, &schema, &loaded, e))
		return false;
	struct config_file *f = loaded;
	bool ok = judge(c, f, data, path, e);
	if (!ok)
		goto out;
	for (size_t i = 0; i < sizeof text_rules / sizeof *text_rules; i++) {
		char **from = (char **)((char *)f + text_rules[i].from), **to = (char **)((char *)c + text_rules[i].to);
		if (!*from)
			continue;
		free(*to);
		*to = *from;
		*from = NULL;
	}
	for (size_t i = 0; i < sizeof number_rules / sizeof *number_rules; i++) {
		const struct number_rule *r = &number_rules[i];
		const char *text = *(char *const *)((const char *)f + r->from);
		if (text)
			(void)number_good(text, r->min, r->max, (unsigned *)((char *)c + r->to));
	}
	if (f->verify)
		c->verify = *f->verify;
	if (f->licences)
		c->licences = *f->licences;
	if (f->demo)
		c->demo = *f->demo;
	if (f->media) {
		for (unsigned i = 0; i < c->n_media; i++)
			free(c->media[i]);
		free(c->media);
		c->media = f->media;
		c->n_media = f->n_media;
		f->media = NULL;
		f->n_media = 0;
	}
out:
	yaml_doc_free(&schema, f);
	return ok;
}

bool config_load(struct config *c, const char *path, struct err *e)
{
	char *data;
	size_t n;
	if (!file_read(path, YAML_FILE_MAX, &data, &n, e))
		return false;
	bool ok = config_parse(c, data, n, path, e);
	free(data);
	return ok;
}
