#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/config.h"
#include "base/err.h"
#include "cli/cli.h"
#include "vision/inspector.h"
#include "vision/measure.h"

enum { DEADLINE_MS = 20 * 1000, FINDINGS_MAX = 32 };

static const char HELP[] =
	"usage: juzhu photo check FILE... [--json] [--all] [--landmarks auto|none|FILE]\n"
	"Judges identity photos as the kiosk does: what is wrong, and what to do.\n"
	"\n"
	"  --json            one line a file: verdict, findings, measures\n"
	"  --all             every finding, not the first three\n"
	"  --landmarks ...   instead of the setting `landmarks`: dlib's 68-point model where its package is, none, or FILE\n"
	"\n"
	"status: 0 all pass, 1 some do not (or could when fixed), 2 usage, 5 a file cannot be read or inspected\n";

static const char *const VERDICTS[] = { [PHOTO_PASS] = "pass", [PHOTO_FIXABLE] = "fixable", [PHOTO_FAIL] = "fail" };

static void print_measures(const char *name, const struct photo_measures *m)
{
	const char *between = "";
	printf(",\"%s\":{", name);
	for (int k = 0; k < PHOTO_MEASURES; k++)
		if (m->known >> k & 1) {
			printf("%s\"%s\":%.4g", between, photo_measure_table[k].name, (double)m->value[k]);
			between = ",";
		}
	putchar('}');
}

static void print_json(const char *name, const struct inspection *i, enum photo_verdict v,
	const struct photo_finding *findings, size_t n)
{
	fputs("{\"file\":", stdout);
	cli_json(stdout, name);
	printf(",\"verdict\":\"%s\",\"width\":%u,\"height\":%u,\"cropped\":%s,\"evened\":%s,\"findings\":[",
		VERDICTS[v], i->width, i->height, i->fixes & FIX_CROP ? "true" : "false",
		i->fixes & FIX_WALL ? "true" : "false");
	for (size_t k = 0; k < n; k++) {
		printf("%s{\"code\":\"%s\",\"severity\":\"%s\",\"fixable\":%s,\"value\":%.4g,\"limit\":%.4g,\"text\":",
			k ? "," : "", findings[k].code, findings[k].severity == PHOTO_BLOCK ? "block" : "advise",
			findings[k].fix ? "true" : "false", findings[k].value, findings[k].limit);
		cli_json(stdout, findings[k].text);
		putchar('}');
	}
	putchar(']');
	print_measures("measures", &i->measures);
	print_measures("after", &i->after);
	puts("}");
}

static void print_text(const char *name, enum photo_verdict v, const struct photo_finding *findings, size_t n)
{
	printf("%s: %s\n", name, VERDICTS[v]);
	for (size_t k = 0; k < n; k++)
		printf("  %s %s: %s\n", findings[k].severity == PHOTO_BLOCK ? "!" : "-", findings[k].code,
			findings[k].text);
}

static void print_error(const char *name, const char *text, bool json)
{
	if (json) {
		fputs("{\"file\":", stdout);
		cli_json(stdout, name);
		fputs(",\"verdict\":\"error\",\"text\":", stdout);
		cli_json(stdout, text);
		puts("}");
	} else {
		printf("%s: error\n  %s\n", name, text);
	}
}

static int check(struct inspector *inspector, const char *name, bool json, size_t max)
{
	struct photo_finding findings[FINDINGS_MAX];
	struct inspection i = { .format = FILE_OTHER };
	struct stat about;
	struct err e = { 0 };
	int fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0 || fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
		print_error(name, fd < 0 ? strerror(errno) : "not a regular file", json);
		if (fd >= 0)
			close(fd);
		return ERR_DEVICE;
	}
	bool good = inspector_ask(inspector, INSPECT_PHOTO, fd, DEADLINE_MS, &e) && inspector_wait(inspector, &i, &e);
	close(fd);
	if (!good) {
		print_error(name, e.text, json);
		return ERR_DEVICE;
	}
	size_t bytes = (size_t)about.st_size, n = photo_findings(&i, bytes, findings, max);
	enum photo_verdict v = photo_verdict(&i, bytes);
	if (json)
		print_json(name, &i, v, findings, n);
	else
		print_text(name, v, findings, n);
	photo_findings_finish(findings, n);
	inspection_finish(&i);
	return v == PHOTO_PASS ? 0 : ERR_NO;
}

int cmd_photo(const struct cli *cli, int argc, char **argv)
{
	if (cli_help(argc, argv, HELP))
		return 0;
	bool given = true, json = cli_flag(&argc, argv, "--json"), all = cli_flag(&argc, argv, "--all");
	const char *set = cli_option(&argc, argv, "--landmarks", &given);
	if (!given || argc < 3 || strcmp(argv[1], "check") != 0)
		return cli_usage("photo", "which file? `photo check FILE...`");
	struct inspector *inspector = inspector_create(&(struct inspector_options){ .program = cli->config->inspector,
		.landmarks = inspector_landmarks(set ? set : cli->config->landmarks) });
	int status = 0;
	for (int k = 2; k < argc; k++) {
		int one = check(inspector, argv[k], json, all ? FINDINGS_MAX : PHOTO_SHOWN_MAX);
		status = one > status ? one : status;
	}
	inspector_destroy(inspector);
	return status;
}
