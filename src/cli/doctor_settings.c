#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/config.h"
#include "base/str.h"
#include "base/xalloc.h"
#include "cli/cli.h"
#include "cli/doctor_checks.h"
#include "load/config_load.h"

enum kind { TEXT, KEYS, NUMBER, VERIFY, LICENCES, MEDIA, SWITCH };

static const struct setting {
	const char *name;
	enum kind kind;
	size_t at;
} SETTINGS[] = {
#define SETTING(member, kind) \
	{ \
#member, kind, offsetof(struct config, member) \
	}
	SETTING(database, TEXT),
	SETTING(data, TEXT),
	SETTING(screens, TEXT),
	SETTING(keys, KEYS),
	SETTING(centers, TEXT),
	SETTING(log, TEXT),
	SETTING(station, TEXT),
	SETTING(center, TEXT),
	SETTING(hotline, TEXT),
	SETTING(language, TEXT),
	SETTING(rules, TEXT),
	SETTING(closes, TEXT),
	SETTING(clock, TEXT),
	SETTING(clock_speed, NUMBER),
	SETTING(idle_warn, NUMBER),
	SETTING(idle_wipe, NUMBER),
	SETTING(promise_days, NUMBER),
	SETTING(promise_unit, TEXT),
	SETTING(holidays, TEXT),
	SETTING(supplement_days, NUMBER),
	SETTING(verify, VERIFY),
	SETTING(verify_program, TEXT),
	SETTING(verify_timeout, NUMBER),
	SETTING(licences, LICENCES),
	SETTING(licence_program, TEXT),
	SETTING(licence_timeout, NUMBER),
	SETTING(printer, TEXT),
	SETTING(printer_dir, TEXT),
	SETTING(inspector, TEXT),
	SETTING(landmarks, TEXT),
	SETTING(media, MEDIA),
	SETTING(ballast_mb, NUMBER),
	SETTING(space_mb, NUMBER),
	SETTING(demo, SWITCH),
#undef SETTING
};

/* The value as it would be written in the file; "" when there is none. Yours to free. */
static char *value_of(const struct config *c, const struct setting *s)
{
	static const char
		*const WAYS[] = { [VERIFY_COUNTER] = "counter", [VERIFY_PROGRAM] = "program", [VERIFY_OFF] = "off" };
	static const char *const
		SOURCES[] = { [LICENCES_LOCAL] = "local", [LICENCES_PROGRAM] = "program", [LICENCES_NONE] = "none" };
	const char *at = (const char *)c + s->at;
	struct str list;
	char *text;
	switch (s->kind) {
	case TEXT:
		return xstrdup(*(char *const *)at ? *(char *const *)at : "");
	case KEYS:
		return xstrdup(config_keys(c));
	case NUMBER:
		return xasprintf("%u", *(const unsigned *)at);
	case VERIFY:
		return xstrdup(WAYS[c->verify]);
	case LICENCES:
		return xstrdup(SOURCES[c->licences]);
	case SWITCH:
		return xstrdup(*(const bool *)at ? "true" : "false");
	case MEDIA:
		break;
	}
	str_init(&list, 8192);
	for (unsigned i = 0; i < c->n_media; i++)
		str_addf(&list, "%s%s", i ? ", " : "", c->media[i]);
	text = xstrdup(list.text);
	str_finish(&list);
	return text;
}

void doctor_settings(const struct cli *cli, bool json)
{
	struct config defaults, filed;
	config_init(&defaults);
	config_init(&filed);
	/* A file that cannot be read would have stopped the program before; then only defaults are known here. */
	if (cli->config_path)
		config_load(&filed, cli->config_path, NULL);
	if (json)
		printf("[");
	for (size_t i = 0; i < sizeof SETTINGS / sizeof *SETTINGS; i++) {
		char *value = value_of(cli->config, &SETTINGS[i]);
		char *standard = value_of(&defaults, &SETTINGS[i]), *from_file = value_of(&filed, &SETTINGS[i]);
		const char *origin = "command line";
		if (strcmp(value, from_file) == 0)
			origin = strcmp(value, standard) == 0 ? "default" : cli->config_path;
		if (json) {
			printf("%s{\"name\":\"%s\",\"value\":", i ? "," : "", SETTINGS[i].name);
			cli_json(stdout, value);
			printf(",\"from\":");
			cli_json(stdout, origin);
			printf("}");
		} else {
			printf("%-15s %s  (%s)\n", SETTINGS[i].name, *value ? value : "-", origin);
		}
		free(value);
		free(standard);
		free(from_file);
	}
	if (json)
		printf("]");
	config_finish(&defaults);
	config_finish(&filed);
}
