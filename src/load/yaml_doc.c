#include "load/yaml_doc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"
#include "load/file.h"

const cyaml_strval_t yaml_doc_booleans[2] = { { "false", false }, { "true", true } };

/* What the library said while loading one file: the complaint, then a back-trace from the inside out. */
struct complaint {
	char what[200];
	char where[200];
	unsigned line;
};

static void trim(char *s)
{
	size_t n = strlen(s);
	while (n > 0 && (s[n - 1] == '\n' || s[n - 1] == ' '))
		s[--n] = '\0';
}

__attribute__((format(printf, 3, 0))) static void collect(cyaml_log_t level, void *ctx, const char *format,
	va_list args)
{
	struct complaint *c = ctx;
	char text[256];
	vsnprintf(text, sizeof text, format, args);
	trim(text);
	const char *s = text + strspn(text, " ");
	if (strncmp(s, "Load: ", 6) == 0)
		s += 6;
	const char *at = strstr(s, "line: ");
	if (at && c->line == 0)
		c->line = (unsigned)strtoul(at + 6, NULL, 10);
	if (strncmp(s, "in ", 3) == 0) {
		/* The innermost place is the most exact one; libcyaml says it first. */
		if (!c->where[0])
			str_copy(c->where, sizeof c->where, s);
		c->where[strcspn(c->where, "(")] = '\0';
		trim(c->where);
	} else if (level >= CYAML_LOG_ERROR && !c->what[0] && strncmp(s, "Backtrace", 9) != 0) {
		str_copy(c->what, sizeof c->what, s);
	}
}

static cyaml_config_t config_for(struct complaint *c)
{
	return (cyaml_config_t){
		.log_fn = collect,
		.log_ctx = c,
		.mem_fn = cyaml_mem,
		.log_level = CYAML_LOG_WARNING,
		.flags = CYAML_CFG_NO_ALIAS,
	};
}

static unsigned line_at(const char *data, const char *hit)
{
	unsigned line = 1;
	for (const char *p = data; p < hit; p++)
		line += *p == '\n';
	return line;
}

/* The library's words and ours, for the mistakes that people make most. */
static const struct wording {
	const char *theirs, *ours;
	bool key_follows; /* the library gives the line where the key before it ended */
	bool place;       /* the place that the library names is the right one */
} wordings[] = {
	{ "Unexpected key: ", "unknown key: ", true, false },
	{ "Missing required mapping field: ", "missing key: ", false, false },
	{ "Invalid ENUM value: ", "unknown word: ", false, true },
	{ "Invalid UINT value: ", "not a number: ", false, true },
	{ "YAML alias unsupported", "aliases (*name) are not allowed", false, true },
};

static unsigned key_line(const char *data, const char *key, unsigned from)
{
	for (const char *p = data; (p = strstr(p, key)); p++)
		if (p[strlen(key)] == ':' && line_at(data, p) >= from)
			return line_at(data, p);
	return from;
}

static bool complain(struct complaint *c, const char *data, const char *path, struct err *e)
{
	const char *ours = "", *rest = c->what;
	for (size_t i = 0; i < sizeof wordings / sizeof *wordings; i++) {
		const struct wording *w = &wordings[i];
		size_t n = strlen(w->theirs);
		if (strncmp(c->what, w->theirs, n) != 0)
			continue;
		ours = w->ours;
		rest = c->what + n;
		c->line = w->key_follows && *rest ? key_line(data, rest, c->line) : c->line;
		if (!w->place)
			c->where[0] = '\0';
	}
	return err_set(e, ERR_CONFIG, "%s:%u: %s%s%s%s%s", path, c->line, ours, rest, c->where[0] ? " (" : "", c->where,
		c->where[0] ? ")" : "");
}

bool yaml_doc_parse(const char *data, size_t n, const char *path, const cyaml_schema_value_t *schema, void **ret,
	struct err *e)
{
	struct complaint c = { .line = 0 };
	cyaml_config_t config = config_for(&c);
	void *loaded = NULL;
	cyaml_err_t code = cyaml_load_data((const uint8_t *)data, n, &config, schema, &loaded, NULL);
	if (code == CYAML_OK && loaded) {
		*ret = loaded;
		return true;
	}
	const char *what = c.what[0] ? c.what : code == CYAML_OK ? "the file is empty" : cyaml_strerror(code);
	if (c.line == 0)
		return err_set(e, ERR_CONFIG, "%s: %s", path, what);
	if (what != c.what)
		str_copy(c.what, sizeof c.what, what);
	return complain(&c, data, path, e);
}

void yaml_doc_free(const cyaml_schema_value_t *schema, void *data)
{
	struct complaint c = { .line = 0 };
	cyaml_config_t config = config_for(&c);
	if (data)
		cyaml_free(&config, schema, data, 0);
}

bool yaml_doc_numbers(const char *data, const char *path, const char *key, struct err *e)
{
	size_t n = strlen(key);
	for (const char *p = data; (p = strstr(p, key)); p += n) {
		if ((p > data && !strchr(" \n{,", p[-1])) || p[n] != ':' || p[n + 1] != ' ')
			continue;
		const char *value = p + n + 2;
		value += strspn(value, " ");
		size_t digits = strspn(value, "0123456789");
		bool good = digits > 0 && digits <= 6 && (value[0] != '0' || digits == 1) &&
			(!value[digits] || strchr(" \r\n,}", value[digits]));
		if (!good)
			return err_set(e, ERR_CONFIG, "%s:%u: %s has to be a plain number", path, line_at(data, p),
				key);
	}
	return true;
}

/* `text` as a whole value after a key: `name: text`, `{ value: "text", ...`. */
static const char *find_value(const char *data, const char *text)
{
	size_t n = strlen(text);
	for (const char *p = data; (p = strstr(p, text)); p++) {
		const char *before = p, *after = p + n;
		if (before > data && before[-1] == '"' && *after == '"')
			before--, after++;
		if (before - data >= 2 && before[-1] == ' ' && before[-2] == ':' &&
			(!*after || strchr("\n ,}", *after)))
			return p;
	}
	return NULL;
}

unsigned yaml_doc_line_in(const char *data, const char *text)
{
	if (!text || !*text)
		return 0;
	const char *hit = find_value(data, text);
	if (!hit)
		hit = strstr(data, text);
	return hit ? line_at(data, hit) : 0;
}

unsigned yaml_doc_line_of(const char *path, const char *text)
{
	char *data;
	size_t n;
	if (!file_read(path, YAML_FILE_MAX, &data, &n, NULL))
		return 0;
	unsigned line = yaml_doc_line_in(data, text);
	free(data);
	return line;
}
