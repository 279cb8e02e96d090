#include "model/file_name.h"

#include <stdio.h>
#include <string.h>

void file_name(char out[static FILE_NAME_SIZE], const char *code, unsigned n)
{
	if (n <= 1)
		snprintf(out, FILE_NAME_SIZE, "%s", code);
	else
		snprintf(out, FILE_NAME_SIZE, "%s.%u", code, n);
}

unsigned file_number(const char *name, const char *code)
{
	char of[FILE_NAME_SIZE];
	for (unsigned n = 1; n <= MATERIAL_FILES_MAX; n++) {
		file_name(of, code, n);
		if (strcmp(name, of) == 0)
			return n;
	}
	return 0;
}

void file_code(char out[static FILE_NAME_SIZE], const char *name)
{
	snprintf(out, FILE_NAME_SIZE, "%.*s", (int)strcspn(name, "."), name);
}
