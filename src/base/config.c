#include "base/config.h"

#include <stdlib.h>

#include "base/xalloc.h"

void config_init(struct config *c)
{
	*c = (struct config){
		.database = xstrdup("/var/lib/juzhu/juzhu.db"),
		.data = xstrdup("/usr/share/juzhu/data"),
		.screens = xstrdup("/usr/share/juzhu/screens"),
		.station = xstrdup("0001"),
		.center = xstrdup("社区事务受理服务中心"),
		.hotline = xstrdup("12345"),
		.language = xstrdup("zh"),
		.rules = xstrdup("2017"),
		.closes = xstrdup("17:30"),
		.idle_warn = 180,
		.idle_wipe = 30,
		.clock_speed = 1,
		.promise_days = 15,
		.promise_unit = xstrdup("calendar"),
		.supplement_days = 15,
		.verify = VERIFY_COUNTER,
		.verify_timeout = 60,
		.licences = LICENCES_LOCAL,
		.licence_timeout = 10,
		.ballast_mb = 64,
		.space_mb = 256,
		.printer = xstrdup("file"),
		.printer_dir = xstrdup("/var/spool/juzhu"),
		.inspector = xstrdup("juzhu-inspect"),
		.landmarks = xstrdup("auto"),
	};
}

void config_finish(struct config *c)
{
	char *texts[] = { c->database, c->data, c->screens, c->centers, c->keys, c->log, c->station, c->center,
		c->hotline, c->language, c->rules, c->closes, c->promise_unit, c->holidays, c->clock, c->verify_program,
		c->licence_program, c->printer, c->printer_dir, c->inspector, c->landmarks };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		free(texts[i]);
	for (unsigned i = 0; i < c->n_media; i++)
		free(c->media[i]);
	free(c->media);
	*c = (struct config){ 0 };
}

const char *config_keys(const struct config *c)
{
	const char *credentials = getenv("CREDENTIALS_DIRECTORY");

	if (c->keys)
		return c->keys;
	return credentials && *credentials ? credentials : "/etc/juzhu/keys";
}
