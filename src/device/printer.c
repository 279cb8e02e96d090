#include "device/printer.h"

#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "device/printer_file.h"

struct printer {
	const char *kind;
	bool (*print)(const char *target, const char *job, const char *text, struct err *e);
	bool (*ready)(const char *target, struct err *e);
};

static bool none_print(const char *target, const char *job, const char *text, struct err *e)
{
	(void)target;
	(void)job;
	(void)text;
	return err_set(e, ERR_DEVICE, "%s", tr("本机没有打印机。请记下办件编号，或请工作人员在窗口打印。"));
}

static bool none_ready(const char *target, struct err *e)
{
	(void)target;
	return err_set(e, ERR_DEVICE, "no printer is configured; set `printer: file` and `printer_dir`");
}

static const struct printer PRINTERS[] = {
	{ "file", printer_file_print, printer_file_ready },
	{ "none", none_print, none_ready },
};

static const struct printer *find(const char *kind)
{
	for (size_t i = 0; kind && i < sizeof PRINTERS / sizeof *PRINTERS; i++)
		if (strcmp(PRINTERS[i].kind, kind) == 0)
			return &PRINTERS[i];
	return NULL;
}

bool printer_print(const char *kind, const char *target, const char *job, const char *text, struct err *e)
{
	const struct printer *p = find(kind);
	if (!p)
		return err_set(e, ERR_CONFIG, "printer \"%s\" is not known; use file or none", kind ? kind : "");
	return p->print(target, job, text, e);
}

bool printer_ready(const char *kind, const char *target, struct err *e)
{
	const struct printer *p = find(kind);
	if (!p)
		return err_set(e, ERR_CONFIG, "printer \"%s\" is not known; use file or none", kind ? kind : "");
	return p->ready(target, e);
}
