#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"

bool err_set(struct err *e, enum err_code code, const char *format, ...)
{
	if (!e)
		return false;
	va_list args;
	va_start(args, format);
	vsnprintf(e->text, sizeof e->text, format, args);
	va_end(args);
	e->code = code;
	return false;
}

bool err_add(struct err *e, const char *format, ...)
{
	if (!e)
		return false;
	char old[sizeof e->text];
	snprintf(old, sizeof old, "%s", e->text);
	va_list args;
	va_start(args, format);
	int used = vsnprintf(e->text, sizeof e->text, format, args);
	va_end(args);
	if (used >= 0 && (size_t)used + 2 < sizeof e->text) {
		memcpy(e->text + used, ": ", 2);
		str_copy(e->text + used + 2, sizeof e->text - (size_t)used - 2, old);
	}
	return false;
}
