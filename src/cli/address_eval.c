/* juzhu address eval: how many of the queries in a file are found, among the first and among the first five hits. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "address/address.h"
#include "base/config.h"
#include "base/err.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "cli/address_eval.h"
#include "cli/cli.h"

enum { SHOWN = 5, FORMS_MAX = 200, TEXT = WANTED_TEXT, NAMES = WANTED_NAMES };

static const char *blank(const char *s)
{
	while (*s == ' ' || *s == '\t' || *s == '\r')
		s++;
	return s;
}

static size_t unescape(const char *s, char *out)
{
	static const char from[] = "nrtbf", to[] = "\n\r\t\b\f";
	const char *known = strchr(from, *s);
	unsigned point;
	if (*s == 'u' && sscanf(s + 1, "%4x", &point) == 1 && (point < 0xd800 || point > 0xdfff) && point) {
		out[utf8_encode(point, out)] = '\0';
		return 5;
	}
	out[0] = known && *s ? to[known - from] : *s;
	out[1] = '\0';
	return *s ? 1 : 0;
}

/* A JSON string; returns what is behind it, NULL: it is none or too long. */
static const char *read_string(const char *s, char *out, size_t size)
{
	size_t n = 0;
	if (*s++ != '"')
		return NULL;
	while (*s && *s != '"') {
		char one[8] = { *s, '\0' };
		s += *s == '\\' ? 1 + unescape(s + 1, one) : 1;
		if (n + strlen(one) >= size)
			return NULL;
		memcpy(out + n, one, strlen(one));
		n += strlen(one);
	}
	out[n] = '\0';
	return *s == '"' ? s + 1 : NULL;
}

static const char *read_names(const char *s, struct wanted *w)
{
	if (*s++ != '[')
		return NULL;
	for (s = blank(s); *s && *s != ']'; s = blank(s)) {
		if (*s == ',') {
			s++;
			continue;
		}
		if (w->n_names == NAMES || !(s = read_string(s, w->names[w->n_names++], TEXT)))
			return NULL;
	}
	return *s ? s + 1 : NULL;
}

static const char *read_value(const char *s, const char *key, struct wanted *w)
{
	const struct {
		const char *key;
		char *out;
		size_t size;
	} fields[] = { { "query", w->query, sizeof w->query }, { "lane", w->lane, TEXT }, { "no", w->no, TEXT },
		{ "suf", w->suf, TEXT }, { "room", w->room, TEXT }, { "form", w->form, TEXT },
		{ "category", w->form, TEXT } };
	char unused[1024];
	if (str_eq(key, "names"))
		return read_names(s, w);
	for (size_t i = 0; *s == '"' && i < sizeof fields / sizeof *fields; i++) {
		if (str_eq(fields[i].key, key))
			return read_string(s, fields[i].out, fields[i].size);
	}
	return *s == '"' ? read_string(s, unused, sizeof unused) : s + strcspn(s, ",}");
}

/* One flat object of strings, null, numbers and a list of names. */
static bool read_line(const char *line, struct wanted *w)
{
	char key[TEXT];
	const char *s = blank(line);
	*w = (struct wanted){ 0 };
	if (*s++ != '{')
		return false;
	for (s = blank(s); *s && *s != '}'; s = blank(s)) {
		if (*s == ',') {
			s = blank(s + 1);
			continue;
		}
		s = read_string(s, key, sizeof key);
		if (!s || *(s = blank(s)) != ':' || !(s = read_value(blank(s + 1), key, w)))
			return false;
	}
	return *s == '}' && w->query[0] && w->n_names;
}

/* The street or, behind it in brackets, the other name by which it was found. */
static bool is_named(const struct address_hit *h, const struct wanted *w, bool *ret_other)
{
	char other[TEXT + 2];
	*ret_other = false;
	for (size_t i = 0; i < w->n_names; i++) {
		snprintf(other, sizeof other, "(%s)", w->names[i]);
		if (str_eq(h->at.street, w->names[i]))
			return true;
		*ret_other = strstr(h->label, other) != NULL;
		if (*ret_other)
			return true;
	}
	return false;
}

static bool is_right(const struct address_hit *h, const struct wanted *w)
{
	char lane[64], no[2 * TEXT], turned[2 * TEXT];
	bool other;
	if (!is_named(h, w, &other))
		return false;
	snprintf(lane, sizeof lane, "%s%s%s", h->at.lane, h->at.sub_lane[0] ? "-" : "", h->at.sub_lane);
	snprintf(no, sizeof no, "%s%s", w->no, w->suf);
	snprintf(turned, sizeof turned, "%s%s", w->suf, w->no);
	/* a compound's name stands for its lane */
	return (str_eq(lane, w->lane) || (!w->lane[0] && other)) &&
		(str_eq(h->at.number, no) || str_eq(h->at.number, turned) || (!w->no[0] && other)) &&
		str_eq(h->at.room, w->room);
}

static struct form_score *form_of(struct form_score *forms, size_t *n, const char *name)
{
	for (size_t i = 0; i < *n; i++) {
		if (str_eq(forms[i].name, name))
			return &forms[i];
	}
	if (*n == FORMS_MAX)
		return &forms[FORMS_MAX - 1];
	str_copy(forms[*n].name, sizeof forms[*n].name, name);
	return &forms[(*n)++];
}

static void count(struct form_score *f, bool first, bool five, bool address, bool right)
{
	f->n++;
	f->first += first;
	f->five += five;
	f->addresses += address;
	f->right += right;
}

void address_eval_ask(struct address_library *l, const struct wanted *w, bool say, struct form_score *form,
	struct form_score *all)
{
	static struct address_hit hits[SHOWN];
	size_t n = address_search(l, w->query, hits, SHOWN);
	bool address = w->lane[0] || w->no[0] || w->room[0], first = false, five = false, right = false, other;
	for (size_t i = 0; i < n && i < SHOWN; i++) {
		bool named = is_named(&hits[i], w, &other);
		first |= named && i == 0;
		five |= named;
		right |= address && is_right(&hits[i], w);
	}
	count(form, first, five, address, right);
	count(all, first, five, address, right);
	if (!say || (five && (right || !address)))
		return;
	printf("miss\t%s\t%s\t%s %s %s%s %s\t", five ? "address" : "road", w->query, w->names[0], w->lane, w->no,
		w->suf, w->room);
	for (size_t i = 0; i < n && i < SHOWN; i++)
		printf("%s%s", i ? " | " : "", hits[i].label);
	printf("\n");
}

static double share(size_t part, size_t whole)
{
	return whole ? (double)part / (double)whole : 1;
}

void address_eval_print(const struct form_score *f)
{
	printf("%5zu  %.3f  %.3f  ", f->n, share(f->first, f->n), share(f->five, f->n));
	if (f->addresses)
		printf("%.3f", share(f->right, f->addresses));
	else
		printf("    -");
}

static void print_form(const struct form_score *f)
{
	address_eval_print(f);
	printf("  %s\n", f->name);
}

static bool evaluate(struct address_library *l, const char *path, struct err *e)
{
	FILE *f = fopen(path, "re");
	if (!f)
		return err_set(e, ERR_USAGE, "%s: %s", path, strerror(errno));
	struct form_score *forms = xcalloc(FORMS_MAX, sizeof *forms), all = { .name = "all" };
	size_t n_forms = 0, size = 0, number = 0;
	char *line = NULL;
	bool ok = true;
	while (ok && getline(&line, &size, f) >= 0) {
		struct wanted w;
		number++;
		line[strcspn(line, "\n")] = '\0';
		if (!*blank(line))
			continue;
		ok = read_line(line, &w) ||
			err_set(e, ERR_CONFIG, "%s, line %zu: not an object with query and names", path, number);
		if (ok)
			address_eval_ask(l, &w, true, form_of(forms, &n_forms, w.form), &all);
	}
	if (ok && ferror(f))
		ok = err_set(e, ERR_STORAGE, "%s: cannot be read", path);
	fclose(f);
	free(line);
	if (ok) {
		printf("    n     @1     @5  addr@5  form\n");
		for (size_t i = 0; i < n_forms; i++)
			print_form(&forms[i]);
		print_form(&all);
	}
	free(forms);
	return ok;
}

int address_eval_verb(const struct cli *cli, int argc, char **argv)
{
	char path[PATH_MAX];
	struct err e = { 0 };
	bool given = true;
	struct address_library *l = NULL;
	const char *library = cli_option(&argc, argv, "--library", &given);
	if (!given || argc != 2 || argv[1][0] == '-')
		return cli_usage("address", "eval needs a file with JSON lines; --library FILE is possible");
	if (!library &&
		(size_t)snprintf(path, sizeof path, "%s/addresses/library.db", cli->config->data) >= sizeof path)
		return cli_usage("address", "the data folder's path is too long");
	bool ok = address_open(&l, library ? library : path, &e) && evaluate(l, argv[1], &e);
	address_close(l);
	return ok ? 0 : cli_fail(&e);
}
