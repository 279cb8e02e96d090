#include <stdarg.h>
#include <stdio.h>

#include "base/err.h"
#include "cli/cli.h"
#include "cli/doctor_checks.h"

static const char HELP[] =
	"usage: juzhu doctor [--json]\n"
	"Looks at everything the kiosk needs, one line each: ok, or what is wrong and the remedy; then the settings\n"
	"in force and where each comes from. Run it as the kiosk's user, in the kiosk's terminal.\n"
	"status: 0 all well, 1 something is wrong\n";

static const struct {
	const char *name;
	doctor_check *run;
} CHECKS[] = {
	{ "locale", doctor_locale },
	{ "terminal", doctor_terminal },
	{ "width of 居", doctor_width },
	{ "keys", doctor_keys },
	{ "database", doctor_database },
	{ "code tables", doctor_tables },
	{ "address library", doctor_library },
	{ "screens", doctor_screens },
	{ "English", doctor_english },
	{ "printer", doctor_printer },
	{ "inspector", doctor_inspector },
	{ "words of materials", doctor_words },
	{ "landmarks", doctor_landmarks },
	{ "sandbox", doctor_sandbox },
	{ "verification", doctor_verifier },
	{ "licences", doctor_licences },
};

enum doctor_verdict doctor_say(struct doctor_note *note, enum doctor_verdict v, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	vsnprintf(note->text, sizeof note->text, format, args);
	va_end(args);
	return v;
}

int cmd_doctor(const struct cli *cli, int argc, char **argv)
{
	static const char *const VERDICTS[] = { [DOCTOR_PASS] = "ok", [DOCTOR_FAIL] = "FAIL", [DOCTOR_SKIP] = "skip" };
	static const char *const JSON[] = { [DOCTOR_PASS] = "pass", [DOCTOR_FAIL] = "fail", [DOCTOR_SKIP] = "skip" };
	bool well = true;
	if (cli_help(argc, argv, HELP))
		return 0;
	bool json = cli_flag(&argc, argv, "--json");
	if (argc > 1)
		return cli_usage("doctor", "takes --json only");
	if (json)
		printf("{\"checks\":[");
	for (size_t i = 0; i < sizeof CHECKS / sizeof *CHECKS; i++) {
		struct doctor_note note = { 0 };
		enum doctor_verdict v = CHECKS[i].run(cli, &note);
		well &= v != DOCTOR_FAIL;
		if (json) {
			printf("%s{\"check\":", i ? "," : "");
			cli_json(stdout, CHECKS[i].name);
			printf(",\"result\":\"%s\",\"detail\":", JSON[v]);
			cli_json(stdout, note.text);
			printf("}");
		} else {
			printf("%-4s  %s: %s\n", VERDICTS[v], CHECKS[i].name, note.text);
		}
	}
	fputs(json ? "],\"settings\":" : "\n", stdout);
	doctor_settings(cli, json);
	if (json)
		printf("}\n");
	return well ? 0 : ERR_NO;
}
