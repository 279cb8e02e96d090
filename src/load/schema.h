#ifndef LOAD_SCHEMA_H
#define LOAD_SCHEMA_H

#include <cyaml/cyaml.h>

#include "model/item.h"

/* What an item.yaml holds, before guards are read and screens are found; schema in schema.c. */
struct step_file {
	char *screen;
	char **when, **carried;
	unsigned n_when, n_carried;
};

struct material_file {
	struct material material;
	char *paper; /* word of its kind */
	char **when;
	unsigned n_when;
};

struct item_file {
	struct item head; /* without steps and materials */
	struct step_file *steps;
	unsigned n_steps;
	struct material_file *materials;
	unsigned n_materials;
};

extern const cyaml_schema_value_t item_schema;   /* struct item_file */
extern const cyaml_schema_value_t screen_schema; /* struct screen, without file */

#endif
