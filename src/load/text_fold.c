#include "load/text_fold.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>

void text_fold(char *s)
{
	if (!s)
		return;
	char *to = s;
	const char *from = s;
	while (*from) {
		if (*from != '\n' && *from != ' ') {
			*to++ = *from++;
			continue;
		}
		/* A run of blanks and line ends. */
		unsigned lines = 0;
		for (; *from == '\n' || *from == ' '; from++)
			lines += *from == '\n';
		if (to == s || !*from)
			continue;
		bool latin = isalnum((unsigned char)to[-1]) && isalnum((unsigned char)*from);
		if (lines > 1) {
			*to++ = '\n';
			*to++ = '\n';
		} else if (lines == 0 || latin) {
			*to++ = ' ';
		}
	}
	*to = '\0';
}
