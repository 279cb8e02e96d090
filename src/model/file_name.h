#ifndef MODEL_FILE_NAME_H
#define MODEL_FILE_NAME_H

#include <stddef.h>

/*
 * How the files of a material are called, in a filing and in its envelopes (data/envelope/README.md): the first by the material's code,
 * further ones "CODE.2" to "CODE.4": codes hold no dot (load/screen_lint.c). The photo is one file, "photo". Nothing else in the
 * program puts such a name together or takes one apart.
 */
enum { MATERIAL_FILES_MAX = 4, FILE_NAME_SIZE = 68 };

/* The name of file n of this material, from 1 to MATERIAL_FILES_MAX; a code is shorter than an answer's name. */
void file_name(char out[static FILE_NAME_SIZE], const char *code, unsigned n);
/* Which file of this material it is, from 1; 0: none of its files is called so. */
unsigned file_number(const char *name, const char *code);
/* Which material (or "photo") a file belongs to, whatever its number: what stands before the first dot, cut to fit. */
void file_code(char out[static FILE_NAME_SIZE], const char *name);

#endif
