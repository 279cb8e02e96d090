#include "vision/material.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/utf8.h"
#include "vision/material_kinds.h"
#include "vision/paper.h"

enum {
	ADDRESS_ALIKE = 80,     /* hundredths from which an address is the same, if its numbers are (photo file 6) */
	ADDRESS_UNCLEAR = 50,   /* below it is another one, above it was read badly */
	ADDRESS_POINTS_MIN = 5, /* of what was read, to be called an address */
	NAME_POINTS_MIN = 2,    /* domain file 2.5 */
	LEGIBLE_POINTS = 20,    /* own limit: Chinese characters on a page that says something */
	LEGIBLE_CERTAINTY = 60, /* own measurement: drawn pages 75 and more, noise below 40 */
	FILING_MONTHS = 36,     /* a lease filed for longer has to be filed again: domain file 5.7 */
	PASSES_AGREE = 2,       /* photo file 6 */
};

struct judging {
	const struct material_reading *reading; /* never NULL here */
	const struct material_expected *expected;
	const struct material_kind *kind;
	struct paper passes[MATERIAL_PASSES];
	struct material_finding *out;
};

static const struct {
	const char *word, *name;
} FIELDS[] = {
	[MATERIAL_NAME] = { "name", N_("姓名") },
	[MATERIAL_ID_NUMBER] = { "id-number", N_("身份证号码") },
	[MATERIAL_ADDRESS] = { "address", N_("地址") },
	[MATERIAL_EXPIRY] = { "expiry", N_("有效期限") },
	[MATERIAL_CERTIFICATE] = { "certificate", N_("产权证号") },
	[MATERIAL_FILING] = { "filing", N_("备案编号") },
	[MATERIAL_PERIOD] = { "period", N_("租赁期限") },
	[MATERIAL_LEGIBLE] = { "legible", N_("文字") },
};

const char *material_field_name(enum material_field field)
{
	return tr(FIELDS[field].name);
}

const char *material_field_word(enum material_field field)
{
	return FIELDS[field].word;
}

const char *material_verdict_word(enum material_verdict verdict)
{
	static const char *const WORDS[] = { [MATERIAL_AGREES] = "agrees",
		[MATERIAL_NOTED] = "noted",
		[MATERIAL_UNREAD] = "unread",
		[MATERIAL_DIFFERS] = "differs" };
	return WORDS[verdict];
}

void material_conclude(struct material_finding *f, enum material_verdict verdict)
{
	static const char *const SENTENCES[] = {
		[MATERIAL_AGREES] = N_("和填写的一致。"),
		[MATERIAL_NOTED] = N_("读到了，请和原件核对。"),
		[MATERIAL_UNREAD] = N_("没有读清楚，请您自己和原件核对。"),
		[MATERIAL_DIFFERS] = N_("和填写的不一样，请核对原件和填写的内容。"),
	};
	f->verdict = verdict;
	str_copy(f->text, sizeof f->text, tr(SENTENCES[verdict]));
}

static void conclude(struct judging *j, enum material_verdict verdict)
{
	material_conclude(j->out, verdict);
}

static bool same_points(const uint32_t *a, size_t n, const struct paper *b)
{
	return n == b->n && memcmp(a, b->points, n * sizeof *a) == 0;
}

/* Is the typed name one of the names in a value such as "张伟、李秀英"? */
static bool names_hold(const uint32_t *value, size_t n, const struct paper *typed)
{
	for (size_t i = 0; i < n;) {
		size_t len = 0;
		while (i + len < n && paper_han(value[i + len]))
			len++;
		if (len && same_points(value + i, len, typed))
			return true;
		i += len + 1;
	}
	return false;
}

/* Is there a line with the name and nothing else? */
static bool on_its_own(const struct paper *p, const struct paper *name)
{
	for (size_t i = 0, end; i < p->n; i = end + 1) {
		for (end = i; end < p->n && p->points[end] != '\n';)
			end++;
		if (same_points(p->points + i, end - i, name))
			return true;
	}
	return false;
}

static void judge_name(struct judging *j)
{
	struct paper typed;
	bool held = false, there = false, other = false;
	unsigned best = 0;
	paper_fold(&typed, j->expected->name, false);
	for (unsigned i = 0; i < j->reading->n_passes && !held; i++) {
		const uint32_t *value;
		size_t n = paper_labelled(&j->passes[i], j->kind->name, material_stops, &value), han = 0;
		while (han < n && paper_han(value[han]))
			han++;
		held = names_hold(value, n, &typed);
		there |= on_its_own(&j->passes[i], &typed);
		unsigned alike = paper_alike(value, han, typed.points, typed.n);
		if (!held && han >= NAME_POINTS_MIN && (!other || alike > best)) {
			paper_utf8(value, han, j->out->read, sizeof j->out->read);
			best = alike;
			other = true;
		}
	}
	/* On a paper about one person the name alone says who it is, also when the word in front of it was lost. */
	if (held || (there && j->kind->alone)) {
		str_copy(j->out->read, sizeof j->out->read, j->out->typed);
		conclude(j, MATERIAL_AGREES);
	} else {
		conclude(j, other ? MATERIAL_DIFFERS : MATERIAL_UNREAD);
	}
	explicit_bzero(&typed, sizeof typed);
}

/*
 * A number counts when two passes agree on it, when the file's own text has it, or when it is the typed one. Another one that has
 * as many votes on a paper about one person is never passed over: of two valid numbers one was read wrong, or typed wrong.
 */
static void judge_number(struct judging *j)
{
	struct paper_number found[PAPER_NUMBERS];
	size_t n = paper_numbers(j->reading, j->expected->today, found);
	unsigned enough = j->reading->exact ? 1 : PASSES_AGREE, typed = 0;
	const struct paper_number *other = NULL;
	for (size_t i = n; i-- > 0;) {
		if (str_eq(found[i].text, j->expected->id_number))
			typed = found[i].votes;
		else if (found[i].votes >= enough)
			other = &found[i]; /* the one with most votes */
	}
	if (other && (typed == 0 || (j->kind->alone && other->votes >= typed))) {
		str_copy(j->out->read, sizeof j->out->read, other->text);
		conclude(j, MATERIAL_DIFFERS);
	} else if (typed) {
		str_copy(j->out->read, sizeof j->out->read, j->out->typed);
		conclude(j, MATERIAL_AGREES);
	} else {
		conclude(j, MATERIAL_UNREAD);
	}
	explicit_bzero(found, sizeof found);
}

/* Without 上海市 and the district, which certificates write or leave out. */
static size_t home_begins(const struct paper *typed)
{
	static const uint32_t CITY[] = { 0x4E0A, 0x6D77, 0x5E02 }; /* 上海市 */
	size_t at = typed->n > 3 && memcmp(typed->points, CITY, sizeof CITY) == 0 ? 3 : 0;
	for (size_t i = at; i < at + 5 && i + 1 < typed->n; i++)
		if (typed->points[i] == 0x533A) /* 区 */
			return i + 1;
	return at;
}

static void judge_address(struct judging *j)
{
	struct paper typed, text;
	unsigned best = 0;
	bool agrees = false, labelled = false;
	paper_fold(&typed, j->expected->address, false);
	size_t from = j->kind->home ? home_begins(&typed) : 0;
	const uint32_t *wanted = typed.points + from;
	for (unsigned i = 0; i < j->reading->n_passes && !agrees; i++) {
		size_t at = 0, n = 0;
		const uint32_t *value;
		paper_fold(&text, j->reading->text[i], false); /* an address goes over lines */
		unsigned alike = paper_find(&text, wanted, typed.n - from, &at, &n);
		agrees = alike >= ADDRESS_ALIKE && paper_same_numbers(wanted, typed.n - from, text.points + at, n);
		if ((agrees || alike > best) && alike >= ADDRESS_UNCLEAR)
			paper_utf8(text.points + at, n, j->out->read, sizeof j->out->read);
		best = alike > best ? alike : best;
		n = paper_labelled(&j->passes[i], j->kind->address, material_stops, &value);
		if (n >= ADDRESS_POINTS_MIN && best < ADDRESS_UNCLEAR) {
			paper_utf8(value, n, j->out->read, sizeof j->out->read);
			labelled = true;
		}
	}
	conclude(j,
		agrees                                                                  ? MATERIAL_AGREES
			: best >= ADDRESS_ALIKE || (labelled && best < ADDRESS_UNCLEAR) ? MATERIAL_DIFFERS
											: MATERIAL_UNREAD);
	if (!agrees && best >= ADDRESS_ALIKE)
		str_copy(j->out->text, sizeof j->out->text, tr("门牌号或室号和填写的不一样，请核对。"));
	explicit_bzero(&typed, sizeof typed);
	explicit_bzero(&text, sizeof text);
}

/* The period on which two passes agree, or the only one there is; passes that contradict each other have read nothing. */
static bool read_period(const struct judging *j, int *ret_from, int *ret_to)
{
	int from[MATERIAL_PASSES], to[MATERIAL_PASSES];
	unsigned n = 0;
	for (unsigned i = 0; i < j->reading->n_passes; i++)
		n += paper_period(&j->passes[i], j->kind->period, &from[n], &to[n]);
	for (unsigned i = 0; i < n; i++) {
		unsigned votes = 0;
		for (unsigned k = 0; k < n; k++)
			votes += from[k] == from[i] && to[k] == to[i];
		if (votes >= PASSES_AGREE || n == 1) {
			*ret_from = from[i];
			*ret_to = to[i];
			return true;
		}
	}
	return false;
}

static void date_text(int date, char out[static 16])
{
	if (date == PAPER_FOREVER)
		str_copy(out, 16, tr("长期"));
	else
		snprintf(out, 16, "%04d-%02d-%02d", date / 10000 % 10000, date / 100 % 100, date % 100);
}

static void judge_dates(struct judging *j)
{
	int from = 0, to = 0, today = j->expected->today;
	char first[16], last[16];
	struct material_finding *f = j->out;
	conclude(j, MATERIAL_UNREAD);
	if (!read_period(j, &from, &to))
		return;
	date_text(from, first);
	date_text(to, last);
	snprintf(f->read, sizeof f->read, "%s - %s", first, last);
	bool lease = f->field == MATERIAL_PERIOD, forever = to == PAPER_FOREVER;
	f->verdict = MATERIAL_DIFFERS;
	if (!forever && to < today) {
		snprintf(f->text, sizeof f->text,
			lease ? tr("租赁期已在%s结束，请提供还有效的备案或合同。")
			      : tr("证件已在%s过期，请提供新的证件。"),
			last);
	} else if (lease &&
		(forever || to > date_add_months(from, FILING_MONTHS) ||
			today > date_add_months(from, FILING_MONTHS))) {
		snprintf(f->text, sizeof f->text, "%s", tr("租赁期超过三年，备案要重新办理，请先问窗口。"));
	} else if (!forever && to <= date_add_months(today, 1)) {
		f->verdict = MATERIAL_NOTED;
		snprintf(f->text, sizeof f->text, tr("%s就要到期，不到一个月，请尽早办新的。"), last);
	} else {
		f->verdict = MATERIAL_AGREES;
		snprintf(f->text, sizeof f->text, "%s", tr("还在有效期内。"));
	}
}

/* Numbers that nobody typed: shown, when all passes that have one have the same. */
static void judge_mark(struct judging *j)
{
	bool found = false, same = true;
	for (unsigned i = 0; i < j->reading->n_passes; i++) {
		char mark[MATERIAL_VALUE];
		bool here = j->out->field == MATERIAL_CERTIFICATE
			? paper_certificate(&j->passes[i], mark, sizeof mark)
			: paper_filing(&j->passes[i], j->kind->filing, mark, sizeof mark);
		if (!here)
			continue;
		same &= !found || str_eq(mark, j->out->read);
		if (!found)
			str_copy(j->out->read, sizeof j->out->read, mark);
		found = true;
	}
	conclude(j, found && same ? MATERIAL_NOTED : MATERIAL_UNREAD);
}

static void judge_legible(struct judging *j)
{
	size_t han = 0;
	for (unsigned i = 0; i < j->reading->n_passes; i++) {
		size_t here = 0;
		for (size_t k = 0; k < j->passes[i].n; k++)
			here += paper_han(j->passes[i].points[k]);
		han = here > han ? here : han;
	}
	bool good = han >= LEGIBLE_POINTS && j->reading->certainty >= LEGIBLE_CERTAINTY;
	j->out->verdict = good ? MATERIAL_AGREES : MATERIAL_UNREAD;
	str_copy(j->out->text, sizeof j->out->text,
		good ? tr("文字可以辨认。") : tr("文字看不清，请重新拍摄或扫描，或到窗口出示原件。"));
}

/* How a field is judged, and what was typed for it; a field for which nothing was typed is only judged when it needs none. */
static const struct {
	void (*judge)(struct judging *j);
	bool compared;
} JUDGES[] = {
	[MATERIAL_NAME] = { judge_name, true },
	[MATERIAL_ID_NUMBER] = { judge_number, true },
	[MATERIAL_ADDRESS] = { judge_address, true },
	[MATERIAL_EXPIRY] = { judge_dates, false },
	[MATERIAL_CERTIFICATE] = { judge_mark, false },
	[MATERIAL_FILING] = { judge_mark, false },
	[MATERIAL_PERIOD] = { judge_dates, false },
	[MATERIAL_LEGIBLE] = { judge_legible, false },
};

static const char *typed_text(const struct material_expected *e, enum material_field field)
{
	const char *typed = field == MATERIAL_NAME ? e->name
		: field == MATERIAL_ID_NUMBER      ? e->id_number
		: field == MATERIAL_ADDRESS        ? e->address
						   : NULL;
	return typed ? typed : "";
}

size_t material_findings(const struct material_reading *reading, const struct material_expected *expected,
	struct material_finding *out, size_t max)
{
	static const struct material_reading NOTHING; /* all zero: no pass */
	struct judging j = { .reading = reading ? reading : &NOTHING,
		.expected = expected,
		.kind = material_kind(expected->paper) };
	size_t n = 0;
	if (!j.kind)
		return 0;
	for (unsigned i = 0; i < j.reading->n_passes; i++)
		paper_fold(&j.passes[i], j.reading->text[i], true);
	for (size_t i = 0; i < MATERIAL_FINDINGS && j.kind->fields[i] != MATERIAL_FIELDS && n < max; i++) {
		enum material_field field = j.kind->fields[i];
		const char *typed = typed_text(expected, field);
		if (JUDGES[field].compared && !*typed)
			continue;
		j.out = &out[n++];
		*j.out = (struct material_finding){ .field = field };
		str_copy(j.out->typed, sizeof j.out->typed, typed);
		JUDGES[field].judge(&j);
	}
	material_ask_for_back(out, n);
	explicit_bzero(j.passes, sizeof j.passes);
	return n;
}
