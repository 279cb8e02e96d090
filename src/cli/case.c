#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/err.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "cli/case_move.h"
#include "cli/case_print.h"
#include "cli/cli.h"
#include "load/holidays_load.h"
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
	"       juzhu case move NUMBER STATE [--from STATE] [--actor WHO[:NAME]] [--reason TEXT] [--missing NAME=TEXT ...]\n"
	"                                    [--waybill N]\n"
	"       juzhu case expire [--dry-run]\n"
	"\n"
	"list   cases, newest first (100 unless --limit says otherwise)\n"
	"show   what lies open: head, state, history, what is missing, promised date. Needs no key.\n"
	"open   what was filed: every answer, files with SHA-256 and size. CODE is the query code on the receipt, or the whole\n"
	"       code of its QR. DIR holds center.key, whose passphrase is asked for. --files writes the files into a folder.\n"
	"       What it prints is personal: mind who sees it. The audit log keeps that the case was opened.\n"
	"move   to submitted, accepted, refused, supplement, supplement-expired, review, approved, denied, making, shipped,\n"
	"       ready, returned, collected, done or withdrawn. WHO is applicant, center, police or system; without --actor\n"
	"       the one who may. --from: only if it is in that state still. refused and denied need --reason; supplement needs\n"
	"       everything that is missing, NAME is photo, text or the code of a material; shipped needs the parcel's number.\n"
	"       What ends without a card is done as soon as it is approved.\n"
	"expire ends the cases that were not supplemented in time; a kiosk does it once a day.\n"
	"NUMBER has 20 digits, grouped in any way.\n"
	"\n"
	"Status: 0 done, 1 no such case, a move that is not allowed, or a code or key that does not open it, 2 usage,\n"
	"3 configuration, 4 storage\n";

enum verb { NONE, LIST, SHOW, OPEN, MOVE, EXPIRE };

/* Who opens: the holder of the code on the receipt, or of the center's private key. */
struct opener {
	const char *code;   /* query code or whole receipt code */
	const char *center; /* folder of center.key */
};

/* The command line. */
struct words {
	enum verb verb;
	bool json, dry_run;
	unsigned long limit;
	const char *files;
	struct opener opener;
	struct case_move_args move;
	char number[CASENUM_LENGTH + 1];
};

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

/* The case as it was loaded and, with `opened`, opened. */
static bool print(const struct cli *cli, const struct case_record *c, bool opened, bool json, struct err *e)
{
	const struct config *f = cli->config;
	struct holidays holidays = { 0 };
	char *path = f->holidays ? xstrdup(f->holidays) : xasprintf("%s/holidays/holidays.tsv", f->data);
	bool good = holidays_load(path, &holidays, e);
	struct promise_rule rule = promise_of(f, &holidays);

	free(path);
	if (good && json)
		case_print_json(c, opened, &rule);
	else if (good)
		case_print_text(c, opened, &rule);
	holidays_finish(&holidays);
	return good;
}

static int show(const struct cli *cli, struct store *s, const char *number, bool json)
{
	struct err e = { 0 };
	struct case_record *c = NULL;

	bool good = store_case_load(s, number, &c, &e) && print(cli, c, false, json, &e);
	case_record_destroy(c);
	return good ? 0 : cli_fail(&e);
}

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

static int open_case(const struct cli *cli, struct store *s, const char *number, const struct opener *o,
	const char *files, bool json)
{
	struct err e = { 0 };
	struct case_record *c = NULL;
	struct envelope v;
	unsigned char key[SEAL_KEY_SIZE];

	bool good = store_case_load(s, number, &c, &e) && envelope_parse(&v, c->envelope, c->envelope_size, &e) &&
		find_key(&v, o, key, &e) && case_open(c, key, &e) && (!files || write_files(s, c, key, files, &e)) &&
		store_audit(s, AUDIT_OPENED, number, o->code ? "code" : "center", &e);
	explicit_bzero(key, sizeof key);
	good = good && print(cli, c, true, json, &e);
	case_record_destroy(c);
	return good ? 0 : cli_fail(&e);
}

/* What goes with `move` out of argv. False: a value is missing, or no such state. */
static bool move_args(int *argc, char **argv, struct case_move_args *ret, bool *ret_given)
{
	bool ok = true;
	const char *from = cli_option(argc, argv, "--from", &ok), *row = NULL;

	ret->actor = (char *)cli_option(argc, argv, "--actor", &ok);
	ret->reason = cli_option(argc, argv, "--reason", &ok);
	ret->waybill = cli_option(argc, argv, "--waybill", &ok);
	while (ok && (row = cli_option(argc, argv, "--missing", &ok)) && ret->n_missing < SHORTFALLS_MAX)
		ret->missing[ret->n_missing++] = (char *)row;
	*ret_given = from || ret->actor || ret->reason || ret->waybill || ret->n_missing;
	ret->from = from ? case_state_of(from) : 0;
	return ok && !row && (!from || ret->from);
}

static int run_store(const struct cli *cli, const struct words *w, struct store *s)
{
	switch (w->verb) {
	case LIST:
		return list(s, (unsigned)w->limit, w->json);
	case OPEN:
		return open_case(cli, s, w->number, &w->opener, w->files, w->json);
	case MOVE:
		return case_move_run(cli, s, &w->move);
	case EXPIRE:
		return case_expire_run(s, w->dry_run);
	default:
		return show(cli, s, w->number, w->json);
	}
}

static enum verb verb_of(int argc, char **argv)
{
	static const struct {
		const char *word;
		int argc;
		enum verb verb;
	} verbs[] = { { "list", 2, LIST }, { "show", 3, SHOW }, { "open", 3, OPEN }, { "move", 4, MOVE },
		{ "expire", 2, EXPIRE } };

	for (size_t i = 0; argc > 1 && i < sizeof verbs / sizeof *verbs; i++)
		if (strcmp(argv[1], verbs[i].word) == 0 && argc == verbs[i].argc)
			return verbs[i].verb;
	return NONE;
}

static bool read_limit(const char *limit, unsigned long *ret)
{
	char *end;
	*ret = limit ? strtoul(limit, &end, 10) : 100;
	return !limit || (limit[0] >= '0' && limit[0] <= '9' && *end == '\0' && *ret >= 1 && *ret <= 1000000);
}

int cmd_case(const struct cli *cli, int argc, char **argv)
{
	struct err e = { 0 };
	struct store *s = NULL;
	struct words w = { 0 };
	bool ok = true, moving = false;

	if (cli_help(argc, argv, help))
		return 0;
	w.json = cli_flag(&argc, argv, "--json");
	w.dry_run = cli_flag(&argc, argv, "--dry-run");
	const char *limit = cli_option(&argc, argv, "--limit", &ok);
	w.files = cli_option(&argc, argv, "--files", &ok);
	w.opener.code = cli_option(&argc, argv, "--code", &ok);
	w.opener.center = cli_option(&argc, argv, "--center", &ok);
	if (!move_args(&argc, argv, &w.move, &moving))
		return cli_usage("case", "an option needs a value, --from a state, and there are at most %d --missing",
			SHORTFALLS_MAX);
	w.verb = verb_of(argc, argv);
	if (w.verb == NONE)
		return cli_usage("case",
			"case needs list or expire, or show or open and a number, or move, a number and a state");
	if (w.verb == OPEN ? !w.opener.code == !w.opener.center : w.opener.code || w.opener.center || w.files)
		return cli_usage("case", "open needs --code or --center, the others neither");
	if ((moving && w.verb != MOVE) || (w.dry_run && w.verb != EXPIRE) ||
		(w.json && (w.verb == MOVE || w.verb == EXPIRE)))
		return cli_usage("case", "an option does not go with %s", argv[1]);
	if (!ok || (limit && w.verb != LIST) || !read_limit(limit, &w.limit))
		return cli_usage("case",
			"--limit goes with list and is a number from 1 to 1000000; options need a value");
	if (argc > 2 && !casenum_ungroup(argv[2], w.number))
		return cli_usage("case", "a case number has %d digits and a check digit that fits", CASENUM_LENGTH);
	w.move.number = w.number;
	if (w.verb == MOVE && (w.move.to = case_state_of(argv[3])) == 0)
		return cli_usage("case", "\"%s\" is no state of a case", argv[3]);
	if (!cli_store(cli, w.verb == LIST || w.verb == SHOW || (w.verb == EXPIRE && w.dry_run), &s, &e))
		return cli_fail(&e);
	int status = run_store(cli, &w, s);
	store_close(s);
	return status;
}
