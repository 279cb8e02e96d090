#include "load/schema.h"

#include "load/yaml_doc.h"

/*
 * The words of the screen files, each with its place in the struct. Limits here keep a broken file from growing
 * without bounds; limits that people should understand are in screen_lint.c.
 */
#define MUST CYAML_FLAG_POINTER
#define MAY (CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL)
#define WORD(key, flags, type, member) CYAML_FIELD_STRING_PTR(key, flags, type, member, 1, 64)
#define LINE(key, flags, type, member) CYAML_FIELD_STRING_PTR(key, flags, type, member, 1, 600)
#define YES_NO(key, type, member) \
	CYAML_FIELD_ENUM(key, CYAML_FLAG_OPTIONAL | CYAML_FLAG_STRICT, type, member, yaml_doc_booleans, \
		CYAML_ARRAY_LEN(yaml_doc_booleans))
#define TEXT(key, flags, type, member) CYAML_FIELD_STRING_PTR(key, flags, type, member, 1, YAML_TEXT_MAX)

static const cyaml_strval_t kinds[] = {
	{ "notice", SCREEN_NOTICE },
	{ "form", SCREEN_FORM },
	{ "verify", SCREEN_VERIFY },
	{ "address", SCREEN_ADDRESS },
	{ "registration", SCREEN_REGISTRATION },
	{ "eligibility", SCREEN_ELIGIBILITY },
	{ "carried", SCREEN_CARRIED },
	{ "group", SCREEN_GROUP },
	{ "center", SCREEN_CENTER },
	{ "photo", SCREEN_PHOTO },
	{ "materials", SCREEN_MATERIALS },
	{ "outstanding", SCREEN_OUTSTANDING },
	{ "review", SCREEN_REVIEW },
	{ "end", SCREEN_END },
};
_Static_assert(CYAML_ARRAY_LEN(kinds) == SCREEN_KINDS, "every kind of screen has a word");

static const cyaml_strval_t types[] = {
	{ "text", QUESTION_TEXT },
	{ "choice", QUESTION_CHOICE },
	{ "list", QUESTION_LIST },
};

static const cyaml_schema_field_t option_keys[] = { WORD("value", MUST, struct option, value),
	LINE("label", MUST, struct option, label), LINE("hint", MAY, struct option, hint), CYAML_FIELD_END };
static const cyaml_schema_value_t option_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct option,
	option_keys) };

static const cyaml_schema_field_t question_keys[] = { WORD("name", MUST, struct question, name),
	LINE("label", MUST, struct question, label), LINE("example", MAY, struct question, example),
	LINE("why", MUST, struct question, why), LINE("source", MUST, struct question, source),
	LINE("say", MAY, struct question, say),
	CYAML_FIELD_ENUM("type", CYAML_FLAG_STRICT, struct question, type, types, CYAML_ARRAY_LEN(types)),
	WORD("check", MAY, struct question, check), WORD("table", MAY, struct question, table),
	CYAML_FIELD_UINT("max", CYAML_FLAG_OPTIONAL, struct question, max),
	YES_NO("optional", struct question, optional),
	CYAML_FIELD_SEQUENCE_COUNT("options", MAY, struct question, options, n_options, &option_entry, 1, 60),
	CYAML_FIELD_END };
static const cyaml_schema_value_t question_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct question,
	question_keys) };

static const cyaml_schema_field_t screen_keys[] = { CYAML_FIELD_ENUM("kind", CYAML_FLAG_STRICT, struct screen, kind,
							    kinds, CYAML_ARRAY_LEN(kinds)),
	LINE("title", MUST, struct screen, title), TEXT("text", MAY, struct screen, text),
	TEXT("help", MAY, struct screen, help), WORD("name", MAY, struct screen, name),
	WORD("subject", MAY, struct screen, subject), CYAML_FIELD_UINT("max", CYAML_FLAG_OPTIONAL, struct screen, max),
	CYAML_FIELD_SEQUENCE_COUNT("questions", MAY, struct screen, questions, n_questions, &question_entry, 1, 12),
	CYAML_FIELD_END };
const cyaml_schema_value_t screen_schema = { CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct screen, screen_keys) };

static const cyaml_schema_value_t guard_entry = { CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, 300) };

static const cyaml_schema_field_t step_keys[] = { WORD("screen", MUST, struct step_file, screen),
	CYAML_FIELD_SEQUENCE_COUNT("when", MAY, struct step_file, when, n_when, &guard_entry, 1, 8),
	CYAML_FIELD_SEQUENCE_COUNT("carried", MAY, struct step_file, carried, n_carried, &guard_entry, 1, 8),
	CYAML_FIELD_END };
static const cyaml_schema_value_t step_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct step_file, step_keys) };

static const cyaml_schema_field_t about_keys[] = { WORD("name", MAY, struct material_about, name),
	WORD("id_number", MAY, struct material_about, id_number), WORD("address", MAY, struct material_about, address),
	CYAML_FIELD_END };

static const cyaml_schema_field_t material_keys[] = { WORD("code", MUST, struct material_file, material.code),
	LINE("title", MAY, struct material_file, material.title),
	TEXT("text", MAY, struct material_file, material.text),
	WORD("licence", MAY, struct material_file, material.licence),
	WORD("holder", MAY, struct material_file, material.holder), WORD("paper", MAY, struct material_file, paper),
	CYAML_FIELD_MAPPING("about", CYAML_FLAG_OPTIONAL, struct material_file, material.about, about_keys),
	CYAML_FIELD_SEQUENCE_COUNT("when", MAY, struct material_file, when, n_when, &guard_entry, 1, 8),
	CYAML_FIELD_END };
static const cyaml_schema_value_t material_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct material_file,
	material_keys) };

static const cyaml_schema_field_t item_keys[] = { WORD("code", MUST, struct item_file, head.code),
	WORD("number", MUST, struct item_file, head.number), WORD("builds_on", MAY, struct item_file, head.builds_on),
	CYAML_FIELD_UINT("version", CYAML_FLAG_DEFAULT, struct item_file, head.version),
	YES_NO("card", struct item_file, head.card), YES_NO("single", struct item_file, head.single),
	LINE("certificate", MAY, struct item_file, head.certificate), LINE("title", MUST, struct item_file, head.title),
	LINE("summary", MUST, struct item_file, head.summary), TEXT("who", MUST, struct item_file, head.who),
	TEXT("bring", MUST, struct item_file, head.bring), TEXT("takes", MUST, struct item_file, head.takes),
	TEXT("use", MUST, struct item_file, head.use),
	CYAML_FIELD_SEQUENCE_COUNT("steps", MUST, struct item_file, steps, n_steps, &step_entry, 1, 60),
	CYAML_FIELD_SEQUENCE_COUNT("materials", MAY, struct item_file, materials, n_materials, &material_entry, 1, 40),
	CYAML_FIELD_END };
const cyaml_schema_value_t item_schema = { CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct item_file, item_keys) };
