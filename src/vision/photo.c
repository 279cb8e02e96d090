#include "vision/photo.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xalloc.h"
#include "vision/inspect.h"
#include "vision/photo_rules.h"

struct inputs {
	uint64_t known;
	double value[PHOTO_INPUTS];
};

_Static_assert(PHOTO_INPUTS <= 64, "known has a bit for each input");

static void gather(const struct photo_measures *measures, struct inputs *ret)
{
	*ret = (struct inputs){ .known = measures->known };
	for (unsigned k = 0; k < PHOTO_MEASURES; k++)
		ret->value[k] = measures->value[k];
}

static void know(struct inputs *in, enum photo_input k, double value)
{
	in->known |= (uint64_t)1 << k;
	in->value[k] = value;
}

static void gather_file(const struct inspection *i, size_t bytes, struct inputs *ret)
{
	bool picture = i->format == FILE_JPEG || i->format == FILE_PNG || i->format == FILE_HEIC;
	gather(&i->measures, ret);
	know(ret, INPUT_PICTURE, picture);
	know(ret, INPUT_PDF, i->format == FILE_PDF);
	know(ret, INPUT_WHOLE, i->whole);
	know(ret, INPUT_BYTES, (double)bytes);
	know(ret, INPUT_COLOUR, i->colour);
	know(ret, INPUT_WIDTH, i->width);
	know(ret, INPUT_HEIGHT, i->height);
	know(ret, INPUT_ASPECT, i->height ? (double)i->width / i->height : 0);
}

static bool broken(const struct photo_rule *rule, const struct inputs *in)
{
	for (size_t k = 0; k < sizeof rule->when / sizeof *rule->when; k++) {
		int input = rule->when[k].input;
		double value = in->value[input], limit = rule->when[k].limit;
		if (rule->when[k].side == ANY_SIDE)
			continue;
		if (!(in->known >> input & 1) || !(rule->when[k].side == BELOW ? value < limit : value > limit))
			return false;
	}
	return true;
}

static char *sentence(const struct photo_rule *rule, double value, const struct inputs *in)
{
	const char *format =
		tr(rule->text); /* its conversions are those of the unit: the unit test goes through all rows */
	char size[32];
	switch (rule->unit) {
	case UNIT_NONE:
		break;
	case UNIT_NUMBER:
		return xasprintf(format, fabs(value));
	case UNIT_PERCENT:
		return xasprintf(format, fabs(value) * 100);
	case UNIT_BYTES:
		if (value < 1024 * 1024)
			snprintf(size, sizeof size, "%u KB", ((unsigned)value + 1023) / 1024);
		else
			snprintf(size, sizeof size, "%.1f MB", value / (1024 * 1024));
		return xasprintf(format, size);
	case UNIT_PIXELS:
		return xasprintf(format, (unsigned)in->value[INPUT_WIDTH], (unsigned)in->value[INPUT_HEIGHT]);
	}
	return xstrdup(format);
}

static bool reported(const struct photo_finding *out, size_t n, const char *code)
{
	for (size_t k = 0; k < n; k++)
		if (strcmp(out[k].code, code) == 0)
			return true;
	return false;
}

size_t photo_findings(const struct inspection *i, size_t bytes, struct photo_finding *out, size_t max)
{
	static const enum photo_severity ORDER[] = { PHOTO_BLOCK, PHOTO_ADVISE };
	struct inputs in;
	size_t n = 0;
	gather_file(i, bytes, &in);
	for (size_t pass = 0; pass < sizeof ORDER / sizeof *ORDER; pass++)
		for (const struct photo_rule *rule = photo_rules; rule->code && n < max; rule++) {
			double value = in.value[rule->when[0].input];
			if (rule->severity != ORDER[pass] || !broken(rule, &in) || reported(out, n, rule->code))
				continue;
			out[n++] = (struct photo_finding){ rule->code, rule->severity, rule->fix, value,
				rule->when[0].limit, sentence(rule, value, &in) };
			if (rule->last)
				return n;
		}
	return n;
}

void photo_findings_finish(struct photo_finding *findings, size_t n)
{
	for (size_t k = 0; k < n; k++)
		free(findings[k].text);
}

/* Is there a broken rule that blocks, and what puts all of those right? FIX_NONE: something cannot be. */
static bool blocked(const struct inputs *in, unsigned *ret_fixes)
{
	bool found = false, all = true;
	*ret_fixes = FIX_NONE;
	for (const struct photo_rule *rule = photo_rules; rule->code; rule++) {
		if (rule->severity != PHOTO_BLOCK || !broken(rule, in))
			continue;
		found = true;
		all &= rule->fix != FIX_NONE;
		*ret_fixes |= rule->fix;
	}
	*ret_fixes = all ? *ret_fixes : FIX_NONE;
	return found;
}

unsigned photo_wants_fix(const struct inspection *i, size_t bytes)
{
	struct inputs in;
	unsigned fixes;
	gather_file(i, bytes, &in);
	blocked(&in, &fixes);
	return fixes;
}

enum photo_verdict photo_verdict(const struct inspection *i, size_t bytes)
{
	struct inputs in;
	unsigned fixes;
	gather_file(i, bytes, &in);
	if (!blocked(&in, &fixes))
		return PHOTO_PASS;
	if (!fixes || !i->fixed.rgb || !i->fixed_jpeg)
		return PHOTO_FAIL;
	gather(&i->after, &in);
	return blocked(&in, &fixes) ? PHOTO_FAIL : PHOTO_FIXABLE;
}
