/* juzhu-inspect: reads one untrusted file from standard input and answers one line. See vision/inspect.h. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "vision/inspect.h"

int main(int argc, char **argv)
{
	if (argc == 1)
		_exit(inspect_child()); /* no exit handlers: nothing more runs over memory that a decoder has touched */
	bool help = argc == 2 && strcmp(argv[1], "--help") == 0;
	fputs("usage: juzhu-inspect < FILE\n"
	      "Decodes a JPEG or PNG picture or looks at a PDF, with no rights, and answers one line:\n"
	      "format=jpeg|png|pdf|other width=PIXELS height=PIXELS colour=0|1 whole=0|1\n",
		help ? stdout : stderr);
	return help ? 0 : 2;
}
