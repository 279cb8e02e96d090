#include "cli/cli.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/err.h"
#include "base/xalloc.h"
#include "seal/keys.h"
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

/*
 * The station's keys, when this machine has them: what needs none works without. To read, bad keys do not matter either; what
 * writes would leave rows of the audit log unsigned, so there they are an error. A demonstration's keys are gone already.
 */
static bool load_keys(const struct cli *cli, bool readonly, const struct station_keys **ret, struct err *e)
{
	static struct station_keys keys; /* borrowed by the store until the program ends */
	const char *dir = config_keys(cli->config);
	char *path = xasprintf("%s/station.key", dir);
	bool there = access(path, F_OK) == 0 && (!cli->config->demo || cli->config->keys != NULL);
	free(path);

	bool good = there && station_keys_load(dir, cli->config->station, clock_today(), &keys, e);
	*ret = good ? &keys : NULL;
	return good || !there || readonly;
}

bool cli_store(const struct cli *cli, bool readonly, struct store **ret, struct err *e)
{
	const struct station_keys *keys;
	if (!load_keys(cli, readonly, &keys, e))
		return false;
	char *schema = xasprintf("%s/schema", cli->config->data);
	bool ok = store_open(ret,
		&(struct store_options){ .path = cli->config->database,
			.schema_dir = schema,
			.station = cli->config->station,
			.readonly = readonly,
			.keys = keys },
		e);
	free(schema);
	return ok;
}

/* Not by stdio, whose buffer would keep a second copy. */
static bool read_line(char *buffer, size_t size)
{
	size_t n = 0;
	char c = '\0';
	ssize_t got;

	while ((got = read(STDIN_FILENO, &c, 1)) == 1 && c != '\n') {
		if (n < size)
			buffer[n] = c;
		n++;
	}
	if (n > 0 && n < size && buffer[n - 1] == '\r')
		n--;
	bool ok = n < size && (got == 1 || (got == 0 && n > 0));
	if (ok)
		buffer[n] = '\0';
	else
		explicit_bzero(buffer, size);
	return ok;
}

bool cli_secret(const char *prompt, char *buffer, size_t size)
{
	struct termios before, quiet;
	bool terminal = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &before) == 0;

	if (terminal) {
		quiet = before;
		quiet.c_lflag &= (tcflag_t) ~(ECHO | ECHONL);
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
		fputs(prompt, stderr);
	}
	bool ok = read_line(buffer, size);
	if (terminal) {
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
		fputc('\n', stderr);
	}
	return ok;
}

bool cli_center(const char *dir, struct center_keys *ret, struct err *e)
{
	char passphrase[CLI_SECRET_MAX];

	if (!cli_secret("center's passphrase: ", passphrase, sizeof passphrase))
		return err_set(e, ERR_USAGE, "no passphrase was given, or one longer than %d bytes",
			CLI_SECRET_MAX - 1);
	bool ok = center_open(dir, passphrase, ret, e);
	explicit_bzero(passphrase, sizeof passphrase);
	return ok;
}
