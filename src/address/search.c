/* What the list shows of an address that was found: the label, which characters of it were typed, and where it lies. */
#include <string.h>

#include "address/session.h"
#include "base/str.h"
#include "base/utf8.h"

static const char CITY[] = "上海市";

/* The characters of the name that the typed ones stand for. */
static uint64_t marks_of_name(struct address_session *s, const struct found *f)
{
	const struct start *from = &s->starts[f->start];
	const struct name *name = session_name(s, f->place);
	match_begin(&s->matcher, s->query.atoms + from->at, from->n, s->query.n_parts > 0);
	if (match_name(&s->matcher, name, true) < MATCH_NONE)
		return match_marks(&s->matcher, name);
	return (UINT64_C(1) << name->n) - 1; /* it stands whole inside of a longer text */
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The digits of a number as far as some typed number begins it; parts are used up in their order. */
static uint64_t marks_of_numbers(const struct query *q, const char *label, size_t skip)
{
	uint64_t marks = 0;
	size_t at = 0, part = 0, step, left = strlen(label);
	uint32_t point;
	for (; left && at < skip && (step = utf8_decode(label, left, &point)); label += step, left -= step)
		at++;
	for (bool before = false; left && at < 64 && (step = utf8_decode(label, left, &point));
		before = digit(*label), label += step, left -= step, at++) {
		if (before || !digit(*label))
			continue;
		for (size_t k = part; k < q->n_parts; k++) {
			size_t n = strspn(q->parts[k].text, "0123456789");
			if (!n || strncmp(label, q->parts[k].text, n) != 0)
				continue;
			for (size_t i = 0; i < n && at + i < 64; i++)
				marks |= UINT64_C(1) << (at + i);
			part = k + 1;
			break;
		}
	}
	return marks;
}

static void write_detail(const struct address *a, struct address_hit *ret)
{
	struct str line;
	str_init(&line, sizeof ret->detail - 1);
	str_add(&line, a->district);
	str_add(&line, a->town[0] ? " " : "");
	str_add(&line, a->town);
	str_copy(ret->detail, sizeof ret->detail, line.text ? line.text : "");
	str_finish(&line);
}

void show_hit(struct address_session *s, const struct found *f, struct address_hit *ret)
{
	const struct name *name = session_name(s, f->place);
	char text[sizeof ret->label], other[NAME_CHARS * 4 + 1];
	struct str label;
	*ret = (struct address_hit){ 0 };
	if (f->settled == UINT16_MAX)
		settle_name(s, f->place, &ret->at);
	else
		ret->at = s->settled[f->settled];
	struct address local = ret->at;
	local.district[0] = '\0'; /* it is the detail */
	address_text(&local, text, sizeof text);
	str_init(&label, sizeof ret->label - 1);
	str_add(&label, strncmp(text, CITY, sizeof CITY - 1) == 0 ? text + sizeof CITY - 1 : text);
	size_t from = 0;
	library_name_text(s->l, name, other, sizeof other);
	if (!str_eq(other, ret->at.street)) { /* found by another name: say which */
		from = utf8_length(label.text ? label.text : "") + 1;
		str_addf(&label, "(%s)", other);
	}
	str_copy(ret->label, sizeof ret->label, label.text ? label.text : "");
	str_finish(&label);
	if (from < 40)
		ret->marks = marks_of_name(s, f) << from;
	ret->marks |= marks_of_numbers(&s->query, ret->label, utf8_length(ret->at.street));
	write_detail(&ret->at, ret);
}
