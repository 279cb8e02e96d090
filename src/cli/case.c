#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "cli/case_print.h"
#include "cli/cli.h"
#include "model/answers.h"
#include "model/case.h"
#include "seal/code.h"
#include "seal/envelope.h"
#include "seal/revision.h"
#include "store/audit.h"
#include "store/store.h"

static const char help[] =
	"usage: juzhu case list [--json] [--limit N]\n"
	"       juzhu case show NUMBER [--json]\n"
	"       juzhu case open NUMBER --code CODE [--files DIR] [--json]\n"
	"       juzhu case open NUMBER --center DIR [--files DIR] [--json]\n"
	"\n"
	"list   cases, newest first (100 unless --limit says otherwise)\n"
	"show   what lies open: head, state, history. Needs no key.\n"
	"open   what was filed: every answer, files with SHA-256 and size. CODE is the query code on the receipt, or the whole\n"
	"       code of its QR. DIR holds center.key, whose passphrase is asked for. --files writes the files into a folder.\n"
	"       What it prints is personal: mind who sees it. The audit log keeps that the case was opened.\n"
	"NUMBER has 20 digits, grouped in any way.\n"
	"\n"
	"Status: 0 done, 1 no such case, or a code or key that does not open it, 2 usage, 3 configuration, 4 storage\n";

struct list {
	bool json;
	size_t n;
};

static void list_row(const struct case_head *h, void *ctx)
{
	struct list *l = ctx;
	char at[26];
	const char *label = case_state_label((enum case_state)h->state);

	clock_time_text(h->submitted_at, at);
	if (l->json) {
		printf("%s\n {\"number\": ", l->n == 0 ? "" : ",");
		cli_json(stdout, h->number);
		fputs(", \"item\": ", stdout);
		cli_json(stdout, h->item);
		printf(", \"state\": %d, \"label\": ", h->state);
		cli_json(stdout, label);
		printf(", \"submitted_at\": \"%s\", \"station\": ", at);
		cli_json(stdout, h->station);
		printf(", \"demo\": %s}", h->demo ? "true" : "false");
	} else {
		printf("%s  %s  %d %s  %s%s\n", h->number, at, h->state, label == NULL ? "?" : label, h->item,
			h->demo ? "  demo" : "");
	}
	l->n++;
}

static int list(struct store *s, unsigned limit, bool json)
{
	struct err e = { 0 };
	struct list l = { .json = json };

	if (json)
		putchar('[');
	if (!store_case_list(s, limit, list_row, &l, &e))
		return cli_fail(&e);
	if (json)
		fputs("\n]\n", stdout);
	return 0;
}

static int show(struct store *s, const char *number, bool json)
{
	struct err e = { 0 };
	struct case_record *c = NULL;

	if (!store_case_load(s, number, &c, &e))
		return cli_fail(&e);
	if (json)
		case_print_json(c, false);
	else
		case_print_text(c, false);
	case_record_destroy(c);
	return 0;
}

/* Who opens: the holder of the code on the receipt, or of the center's private key. */
struct opener {
	const char *code;   /* query code or whole receipt code */
	const char *center; /* folder of center.key */
};

static bool find_key(const struct envelope *v, const struct opener *o, unsigned char key[static SEAL_KEY_SIZE],
	struct err *e)
{
	char query[QUERY_CODE_LENGTH + 1];
	struct receipt_code whole;
	struct center_keys center;
	bool good = false;

	if (o->code) {
		if (strlen(o->code) > 2 * QUERY_CODE_LENGTH && receipt_code_read(o->code, &whole, e))
			memcpy(query, whole.query, sizeof query);
		else if (strlen(o->code) > 2 * QUERY_CODE_LENGTH)
			return false;
		else if (!query_code_read(o->code, query))
			return err_set(e, ERR_NO,
				"this is not a query code: %d letters and digits, one of them is a check; look at the receipt",
				QUERY_CODE_LENGTH);
		good = envelope_key_query(v, query, key, e);
		explicit_bzero(query, sizeof query);
		return good;
	}
	good = cli_center(o->center, &center, e) && envelope_key_center(v, &center, key, e);
	explicit_bzero(&center, sizeof center);
	return good;
}

/* Writes the files of a case into a folder, under the names that the item gives them. */
static bool write_files(struct store *s, const struct case_record *c, const unsigned char key[static SEAL_KEY_SIZE],
	const char *dir, struct err *e)
{
	bool good = true;
	for (unsigned i = 0; good && i < c->n_files; i++) {
		unsigned char *sealed = NULL, *plain = NULL;
		size_t sealed_size = 0, size = 0;
		const struct case_file *f = &c->files[i];
		good = store_part_load(s, c->number, f->revision, f->part, &sealed, &sealed_size, e) &&
			case_open_file(c, f, key, sealed, sealed_size, &plain, &size, e) &&
			cli_write_file(dir, f->name, f->mime, plain, size, e);
		if (plain)
			explicit_bzero(plain, size);
		free(plain);
		free(sealed);
	}
	return good;
}

static int open_case(struct store *s, const char *number, const struct opener *o, const char *files, bool json)
{
	struct err e = { 0 };
	struct case_record *c = NULL;
	struct envelope v;
	unsigned char key[SEAL_KEY_SIZE];

	bool good = store_case_load(s, number, &c, &e) && envelope_parse(&v, c->envelope, c->envelope_size, &e) &&
		find_key(&v, o, key, &e) && case_open(c, key, &e) && (!files || write_files(s, c, key, files, &e)) &&
		store_audit(s, AUDIT_OPENED, number, o->code ? "code" : "center", &e);
	explicit_bzero(key, sizeof key);
	if (good && json)
		case_print_json(c, true);
	else if (good)
		case_print_text(c, true);
	case_record_destroy(c);
	return good ? 0 : cli_fail(&e);
}

int cmd_case(const struct cli *cli, int argc, char **argv)
{
	struct err e = { 0 };
	struct store *s = NULL;
	struct opener o = { 0 };
	bool ok = true;
	char number[CASENUM_LENGTH + 1] = "";
	unsigned long n = 100;

	if (cli_help(argc, argv, help))
		return 0;
	bool json = cli_flag(&argc, argv, "--json");
	const char *limit = cli_option(&argc, argv, "--limit", &ok);
	const char *files = cli_option(&argc, argv, "--files", &ok);
	o.code = cli_option(&argc, argv, "--code", &ok);
	o.center = cli_option(&argc, argv, "--center", &ok);
	bool listing = argc == 2 && strcmp(argv[1], "list") == 0;
	bool opening = argc == 3 && strcmp(argv[1], "open") == 0;
	if (!listing && !opening && !(argc == 3 && strcmp(argv[1], "show") == 0))
		return cli_usage("case", "case needs list, or show or open and a number");
	if (opening ? !o.code == !o.center : o.code || o.center || files)
		return cli_usage("case", "open needs --code or --center, the others neither");
	if (limit != NULL) {
		char *end;
		n = strtoul(limit, &end, 10);
		ok = ok && listing && limit[0] >= '0' && limit[0] <= '9' && *end == '\0' && n >= 1 && n <= 1000000;
	}
	if (!ok)
		return cli_usage("case",
			"--limit goes with list and is a number from 1 to 1000000; options need a value");
	if (!listing && !casenum_ungroup(argv[2], number))
		return cli_usage("case", "a case number has %d digits and a check digit that fits", CASENUM_LENGTH);
	if (!cli_store(cli, !opening, &s, &e))
		return cli_fail(&e);
	int status = listing ? list(s, (unsigned)n, json)
		: opening    ? open_case(s, number, &o, files, json)
			     : show(s, number, json);
	store_close(s);
	return status;
}
