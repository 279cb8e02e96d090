#include "cli/cli.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/config.h"
#include "base/err.h"
#include "base/xalloc.h"
#include "store/store.h"

bool cli_help(int argc, char **argv, const char *help)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
			fputs(help, stdout);
			return true;
		}
	}
	return false;
}

int cli_usage(const char *verb, const char *format, ...)
{
	va_list args;

	fputs("juzhu: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fprintf(stderr, "; see juzhu %s%s--help\n", verb == NULL ? "" : verb, verb == NULL ? "" : " ");
	return ERR_USAGE;
}

int cli_fail(const struct err *e)
{
	fprintf(stderr, "juzhu: %s\n", e->text);
	return e->code == ERR_NONE ? ERR_BUG : (int)e->code;
}

void cli_json(FILE *f, const char *text)
{
	if (text == NULL) {
		fputs("null", f);
		return;
	}
	fputc('"', f);
	for (const unsigned char *p = (const unsigned char *)text; *p != '\0'; p++) {
		if (*p == '"' || *p == '\\')
			fprintf(f, "\\%c", *p);
		else if (*p < 0x20 || *p == 0x7f)
			fprintf(f, "\\u%04x", *p);
		else
			fputc(*p, f);
	}
	fputc('"', f);
}

static void take_out(int *argc, char **argv, int at, int n)
{
	memmove(&argv[at], &argv[at + n], (size_t)(*argc - at - n + 1) * sizeof argv[0]); /* with the closing NULL */
	*argc -= n;
}

bool cli_flag(int *argc, char **argv, const char *name)
{
	for (int i = 1; i < *argc && strcmp(argv[i], "--") != 0; i++) {
		if (strcmp(argv[i], name) == 0) {
			take_out(argc, argv, i, 1);
			return true;
		}
	}
	return false;
}

const char *cli_option(int *argc, char **argv, const char *name, bool *ret_ok)
{
	size_t n = strlen(name);

	for (int i = 1; i < *argc && strcmp(argv[i], "--") != 0; i++) {
		if (strncmp(argv[i], name, n) != 0 || (argv[i][n] != '\0' && argv[i][n] != '='))
			continue;
		const char *value = argv[i][n] == '=' ? &argv[i][n + 1] : argv[i + 1];
		if (value == NULL) {
			*ret_ok = false;
			return NULL;
		}
		take_out(argc, argv, i, argv[i][n] == '=' ? 1 : 2);
		return value;
	}
	return NULL;
}

bool cli_store(const struct cli *cli, bool readonly, struct store **ret, struct err *e)
{
	char *schema = xasprintf("%s/schema", cli->config->data);
	bool ok = store_open(ret,
		&(struct store_options){ .path = cli->config->database,
			.schema_dir = schema,
			.station = cli->config->station,
			.readonly = readonly },
		e);
	free(schema);
	return ok;
}
