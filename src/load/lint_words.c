#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "load/lint.h"
#include "load/screen_lint.h"
#include "load/table_load.h"
#include "model/answers.h"
#include "model/edit.h"
#include "model/fact.h"
#include "model/item.h"

/* The smallest layout is 40 columns wide: margins for a title; margins, mark and digit for an option. */
enum { TITLE_COLUMNS = 36, OPTION_COLUMNS = 34, CHOICES_MAX = 9, GROUP_MAX = 9 };

/* What each kind of screen needs; the word is for messages. */
static const struct kind_rule {
	const char *word;
	bool name, subject, questions, text, max;
} kind_rules[SCREEN_KINDS] = {
	[SCREEN_NOTICE] = { "notice", .name = true, .text = true },
	[SCREEN_FORM] = { "form", .questions = true },
	[SCREEN_VERIFY] = { "verify", .name = true, .subject = true },
	[SCREEN_ADDRESS] = { "address", .name = true },
	[SCREEN_REGISTRATION] = { "registration", .name = true, .text = true },
	[SCREEN_ELIGIBILITY] = { "eligibility", .text = true },
	[SCREEN_CARRIED] = { "carried", .text = true },
	[SCREEN_GROUP] = { "group", .name = true, .questions = true, .text = true, .max = true },
	[SCREEN_CENTER] = { "center", .name = true, .text = true },
	[SCREEN_PHOTO] = { "photo", .name = true },
	[SCREEN_MATERIALS] = { .word = "materials" },
	[SCREEN_OUTSTANDING] = { "outstanding", .text = true },
	[SCREEN_REVIEW] = { .word = "review" },
	[SCREEN_END] = { "end", .text = true },
};

static void lint_options(struct lint *l, const struct screen *s, const struct question *q)
{
	const char *f = s->file;
	if (q->n_options > CHOICES_MAX)
		lint_say(l, f, q->name,
			"%s: %u options; a choice has at most nine, one for each digit; make it a list with a table",
			q->name, q->n_options);
	if (q->n_options == 1)
		lint_say(l, f, q->name, "%s: one option is no choice", q->name);
	for (unsigned i = 0; i < q->n_options; i++) {
		const struct option *o = &q->options[i];
		for (unsigned k = 0; k < i; k++) {
			if (strcmp(q->options[k].value, o->value) == 0)
				lint_say(l, f, o->value, "%s: two options have the value \"%s\"", q->name, o->value);
			if (strcmp(q->options[k].label, o->label) == 0)
				lint_say(l, f, o->label, "%s: two options are called %s", q->name, o->label);
		}
		if (strspn(o->value, "abcdefghijklmnopqrstuvwxyz0123456789-_") != strlen(o->value))
			lint_say(l, f, o->value, "%s: value \"%s\": small letters, digits, \"-\" and \"_\" only",
				q->name, o->value);
		if (utf8_width(o->label) > OPTION_COLUMNS && !l->context->structure_only)
			lint_say(l, f, o->label, "%s: option %s is wider than %d columns; use a hint", q->name,
				o->label, OPTION_COLUMNS);
		lint_text(l, f, o->label, o->label);
		lint_text(l, f, o->label, o->hint);
	}
}

static void lint_question(struct lint *l, const struct screen *s, const struct question *q)
{
	const char *f = s->file;
	if (!lint_name_good(q->name, "_") || strlen(q->name) > ANSWER_NAME_MAX / 2)
		lint_say(l, f, q->name, "%s: a name has small letters, digits and \"_\", at most %d", q->name,
			ANSWER_NAME_MAX / 2);
	if (fact_values(q->name))
		lint_say(l, f, q->name, "%s: a fact has this name", q->name);

	if (q->type == QUESTION_TEXT && q->max == 0)
		lint_say(l, f, q->name, "%s: max is missing: how many characters may be typed?", q->name);
	if (q->max > EDIT_MAX)
		lint_say(l, f, "max:", "%s: max is at most %d", q->name, EDIT_MAX);
	if (q->type != QUESTION_TEXT && q->max != 0)
		lint_say(l, f, "max:", "%s: only a text has a max", q->name);
	if (q->type != QUESTION_CHOICE && !q->example)
		lint_say(l, f, q->name, "%s: example is missing", q->name);

	if (q->type == QUESTION_CHOICE && q->n_options == 0)
		lint_say(l, f, q->name, "%s: a choice needs options", q->name);
	if (q->type != QUESTION_CHOICE && q->n_options > 0)
		lint_say(l, f, q->name, "%s: only a choice has options", q->name);
	lint_options(l, s, q);

	if (q->type == QUESTION_LIST && !q->table)
		lint_say(l, f, q->name, "%s: a list needs a table", q->name);
	if (q->type != QUESTION_LIST && q->table)
		lint_say(l, f, "table:", "%s: only a list has a table", q->name);
	if (q->table && !tables_find(l->context->tables, l->context->n_tables, q->table))
		lint_say(l, f, q->table, "%s: no code table is called \"%s\"", q->name, q->table);

	lint_text(l, f, q->label, q->label);
	lint_text(l, f, q->label, q->example);
	lint_text(l, f, q->label, q->why);
	lint_text(l, f, q->label, q->say);
}

void lint_screen(struct lint *l, const struct screen *s)
{
	const struct kind_rule *rule = &kind_rules[s->kind];
	const char *f = s->file;
	if (utf8_width(s->title) > TITLE_COLUMNS && !l->context->structure_only)
		lint_say(l, f, "title:", "title is wider than %d columns and does not fit the large text",
			TITLE_COLUMNS);
	if (rule->name != (s->name != NULL))
		lint_say(l, f, "name:", "a %s %s", rule->word, rule->name ? "needs a name" : "has no name of its own");
	if (rule->subject != (s->subject != NULL))
		lint_say(l, f, "subject:", "a %s %s", rule->word, rule->subject ? "needs a subject" : "has no subject");
	if (s->subject && strcmp(s->subject, "applicant") != 0 && strcmp(s->subject, "agent") != 0)
		lint_say(l, f, "subject:", "subject is applicant or agent, not \"%s\"", s->subject);
	if (rule->questions != (s->n_questions > 0))
		lint_say(l, f, "questions:", "a %s %s", rule->word,
			rule->questions ? "needs questions" : "has no questions");
	if (rule->max != (s->max > 0) || s->max > GROUP_MAX)
		lint_say(l, f, rule->max ? "max:" : "kind:", "a %s %s", rule->word,
			rule->max ? "needs a max from 1 to 9: how many there can be" : "has no max");
	if (rule->text && !s->text)
		lint_say(l, f, "kind:", "a %s needs a text", rule->word);
	if (s->kind == SCREEN_REGISTRATION && s->name && strcmp(s->name, "registration") != 0)
		lint_say(l, f, "name:", "a registration is called registration; the facts about it look there");
	if (s->name && !lint_name_good(s->name, "_"))
		lint_say(l, f, "name:", "name \"%s\": small letters, digits and \"_\" only", s->name);
	lint_text(l, f, "title", s->title);
	lint_text(l, f, "text", s->text);
	lint_text(l, f, "help", s->help);
	for (unsigned i = 0; i < s->n_questions; i++)
		lint_question(l, s, &s->questions[i]);
}

/* Nothing is asked twice (WCAG 3.3.7), every screen has a title of its own (WCAG 2.4.2). */
void lint_names(struct lint *l)
{
	const struct item *item = l->item;
	for (unsigned i = 0; i < item->n_steps; i++) {
		const struct screen *s = item->steps[i].screen;
		for (unsigned k = 0; k < i; k++) {
			const struct screen *before = item->steps[k].screen;
			if (strcmp(item->steps[k].screen_name, item->steps[i].screen_name) == 0)
				lint_say(l, l->item_file, item->steps[i].screen_name, "screen \"%s\" is a step twice",
					item->steps[i].screen_name);
			else if (strcmp(before->title, s->title) == 0)
				lint_say(l, s->file, "title:", "title %s is that of %s", s->title, before->file);
			if (s->name && str_eq(before->name, s->name))
				lint_say(l, s->file, "name:", "name \"%s\" is that of %s", s->name, before->file);
			for (unsigned q = 0; q < before->n_questions; q++)
				if (s->name && strcmp(before->questions[q].name, s->name) == 0)
					lint_say(l, s->file, "name:", "name \"%s\" is that of a question of %s",
						s->name, before->file);
		}
		for (unsigned q = 0; q < s->n_questions; q++) {
			unsigned first;
			const struct question *same = item_question(item, s->questions[q].name, &first);
			if (same != &s->questions[q])
				lint_say(l, s->file, s->questions[q].name, "%s is asked in %s already; ask once",
					s->questions[q].name, item->steps[first].screen->file);
		}
	}
	for (unsigned i = 0; i < item->n_materials; i++)
		if (item_material(item, item->materials[i].code) != &item->materials[i])
			lint_say(l, l->item_file, item->materials[i].code, "two materials have the code \"%s\"",
				item->materials[i].code);
}
