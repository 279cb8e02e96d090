#include "reports.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "golden.h"

void reports_begin(const char *folder)
{
	static const char *const names[] = { "ASAN_OPTIONS", "UBSAN_OPTIONS" };
	char value[4096];
	for (size_t i = 0; i < 2; i++) {
		const char *old = getenv(names[i]);
		snprintf(value, sizeof value, "%s:log_path=%s/report", old ? old : "print_stacktrace=1", folder);
		setenv(names[i], value, 1);
	}
}

/* Lines with -- are valgrind's remarks about the machine (a system call that it does not know), not about the program. */
static bool says_something(const char *text)
{
	while (*text) {
		if (*text != '\n' && strncmp(text, "--", 2) != 0)
			return true;
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	return false;
}

bool reports_end(const char *folder)
{
	char pattern[4096];
	snprintf(pattern, sizeof pattern, "%s/report.*", folder);
	glob_t found;
	bool empty = true;
	if (glob(pattern, 0, NULL, &found) != 0)
		return true;
	for (size_t i = 0; i < found.gl_pathc; i++) {
		char *text = golden_file(found.gl_pathv[i]);
		if (text && says_something(text)) {
			printf("%s\n", text);
			empty = false;
		}
		free(text);
	}
	globfree(&found);
	return empty;
}
