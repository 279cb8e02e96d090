#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/err.h"
#include "base/str.h"
#include "cli/cli.h"
#include "vision/inspect.h"
#include "vision/material.h"

enum { READ_SECONDS = 30, COMPLAINTS_MAX = 3 };

static const char HELP[] =
	"usage: juzhu material check KIND FILE [--name NAME] [--id-number NUMBER] [--address ADDRESS] [--json] [--text]\n"
	"       juzhu material kinds\n"
	"check: reads a picture or PDF as the kiosk does and compares it with what is given: one line for each field, with the\n"
	"       verdict (agrees, noted, unread, differs), what was read and a sentence. --text: what was recognised, too.\n"
	"       An address is compared by likeness; the kiosk asks the address library, too.\n"
	"kinds: the papers that are read, by the word that item.yaml has for them.\n"
	"status: 0 everything agrees, 1 something differs, could not be read or the file is refused, 2 usage,\n"
	"        3 configuration, 5 the file cannot be opened or juzhu-inspect does not work\n";

struct check {
	struct material_expected expected;
	const char *path;
	bool json, text;
};

static bool inspect(const struct cli *cli, const struct check *c, struct inspection *ret, size_t *ret_size,
	struct err *e)
{
	struct stat s = { 0 };
	int fd = open(c->path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	bool card = c->expected.paper == PAPER_ID_CARD;
	bool good = (fd >= 0 && fstat(fd, &s) == 0) || err_set(e, ERR_DEVICE, "%s: cannot be opened", c->path);
	good = good && (S_ISREG(s.st_mode) || err_set(e, ERR_DEVICE, "%s: is not a regular file", c->path));
	good = good &&
		inspect_run(cli->config->inspector, card ? INSPECT_CARD : INSPECT_PAPER, fd, READ_SECONDS, ret, e);
	if (good)
		*ret_size = (size_t)s.st_size;
	if (fd >= 0)
		close(fd);
	return good;
}

static void print_json(const struct inspection *i, char *const *complaints, size_t n,
	const struct material_finding *found, size_t n_found, const struct check *c)
{
	static const char *const STATES[] = { [READING_NONE] = "none",
		[READING_DONE] = "done",
		[READING_REFUSED] = "refused",
		[READING_LONG] = "long" };
	printf("{\"kind\":");
	cli_json(stdout, paper_kind_word(c->expected.paper));
	printf(",\"reading\":\"%s\",\"exact\":%s,\"pages\":%u,\"certainty\":%u,\"preview\":[%u,%u],\"complaints\":[",
		STATES[i->reading->state], i->reading->exact ? "true" : "false", i->reading->pages,
		i->reading->certainty, i->preview.width, i->preview.height);
	for (size_t k = 0; k < n; k++) {
		printf("%s", k ? "," : "");
		cli_json(stdout, complaints[k]);
	}
	printf("],\"fields\":[");
	for (size_t k = 0; k < n_found; k++) {
		printf("%s{\"field\":\"%s\",\"verdict\":\"%s\",\"typed\":", k ? "," : "",
			material_field_word(found[k].field), material_verdict_word(found[k].verdict));
		cli_json(stdout, found[k].typed);
		printf(",\"read\":");
		cli_json(stdout, found[k].read);
		printf(",\"text\":");
		cli_json(stdout, found[k].text);
		printf("}");
	}
	printf("]");
	if (c->text) {
		printf(",\"passes\":[");
		for (unsigned k = 0; k < i->reading->n_passes; k++) {
			printf("%s", k ? "," : "");
			cli_json(stdout, i->reading->text[k]);
		}
		printf("]");
	}
	printf("}\n");
}

static void print_lines(const struct inspection *i, char *const *complaints, size_t n,
	const struct material_finding *found, size_t n_found, const struct check *c)
{
	for (unsigned k = 0; c->text && k < i->reading->n_passes; k++)
		printf("# pass %u\n%s", k + 1, i->reading->text[k]);
	for (size_t k = 0; k < n; k++)
		printf("refused\t%s\n", complaints[k]);
	for (size_t k = 0; k < n_found; k++)
		printf("%s\t%s\t%s\t%s\n", material_field_word(found[k].field), material_verdict_word(found[k].verdict),
			found[k].read, found[k].text);
}

static int check(const struct cli *cli, const struct check *c)
{
	struct err e = { 0 };
	struct inspection i = { 0 };
	struct material_finding found[MATERIAL_FINDINGS];
	char *complaints[COMPLAINTS_MAX];
	size_t size = 0;
	if (!inspect(cli, c, &i, &size, &e)) {
		cli_fail(&e);
		return e.code == ERR_NO ? ERR_NO : ERR_DEVICE; /* ERR_NO: the child gave up on this file */
	}
	size_t n = material_complaints(&i, size, complaints, COMPLAINTS_MAX);
	size_t n_found = material_findings(i.reading, &c->expected, found, MATERIAL_FINDINGS);
	bool good = n == 0;
	for (size_t k = 0; k < n_found; k++)
		good &= found[k].verdict == MATERIAL_AGREES || found[k].verdict == MATERIAL_NOTED;
	(c->json ? print_json : print_lines)(&i, complaints, n, found, n_found, c);
	for (size_t k = 0; k < n; k++)
		free(complaints[k]);
	explicit_bzero(found, sizeof found);
	inspection_finish(&i);
	return good ? 0 : ERR_NO;
}

int cmd_material(const struct cli *cli, int argc, char **argv)
{
	struct check c = { .expected = { .today = clock_today() } };
	bool given[3] = { true, true, true };
	if (cli_help(argc, argv, HELP))
		return 0;
	if (argc == 2 && str_eq(argv[1], "kinds")) {
		for (int k = PAPER_UNREAD + 1; k < PAPER_KINDS; k++)
			puts(paper_kind_word((enum paper_kind)k));
		return 0;
	}
	c.json = cli_flag(&argc, argv, "--json");
	c.text = cli_flag(&argc, argv, "--text");
	c.expected.name = cli_option(&argc, argv, "--name", &given[0]);
	c.expected.id_number = cli_option(&argc, argv, "--id-number", &given[1]);
	c.expected.address = cli_option(&argc, argv, "--address", &given[2]);
	if (!given[0] || !given[1] || !given[2])
		return cli_usage("material", "--name, --id-number and --address need a value");
	if (argc != 4 || !str_eq(argv[1], "check") || argv[2][0] == '-' || argv[3][0] == '-')
		return cli_usage("material", "say check KIND FILE, or kinds");
	if (!paper_kind_find(argv[2], &c.expected.paper))
		return cli_usage("material", "%s is not read; juzhu material kinds lists what is", argv[2]);
	c.path = argv[3];
	return check(cli, &c);
}
