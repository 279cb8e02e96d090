#include "load/yaml_doc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"
#include "load/file.h"

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

__attribute__((format(printf, 3, 0)))
static void collect(cyaml_log_t level, void *ctx, const char *format, va_list args)
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

bool yaml_doc_parse(const char *data, size_t n, const char *path, const cyaml_schema_value_t *schema, void **ret, struct err *e)
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
	return err_set(e, ERR_CONFIG, "%s:%u: %s%s%s%s", path, c.line, what, c.where[0] ? " (" : "", c.where, c.where[0] ? ")" : "");
}

bool yaml_doc_load(const char *path, const cyaml_schema_value_t *schema, void **ret, struct err *e)
{
	char *data;
	size_t n;
	if (!file_read(path, YAML_FILE_MAX, &data, &n, e))
		return false;
	bool ok = yaml_doc_parse(data, n, path, schema, ret, e);
	free(data);
	return ok;
}

void yaml_doc_free(const cyaml_schema_value_t *schema, void *data)
{
	struct complaint c = { .line = 0 };
	cyaml_config_t config = config_for(&c);
	if (data)
		cyaml_free(&config, schema, data, 0);
}

unsigned yaml_doc_line_in(const char *data, const char *text)
{
	const char *hit = text && *text ? strstr(data, text) : NULL;
	if (!hit)
		return 0;
	unsigned line = 1;
	for (const char *p = data; p < hit; p++)
		line += *p == '\n';
	return line;
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
