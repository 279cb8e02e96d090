/* juzhu-inspect: looks at files of strangers, each in a child that can do nothing else. See vision/request.h. */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "vision/abilities.h"
#include "vision/server.h"

int main(int argc, char **argv)
{
	int type = 0;
	socklen_t size = sizeof type;
	bool help = argc == 2 && strcmp(argv[1], "--help") == 0;
	bool asked = getsockopt(STDIN_FILENO, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_SEQPACKET;
	bool landmarks = argc == 3 && strcmp(argv[1], "--landmarks") == 0;
	bool abilities = argc > 1 && strcmp(argv[1], "--abilities") == 0;
	if (abilities && (argc == 2 || argc == 3)) {
		abilities_print(argc == 3 ? argv[2] : NULL, stdout);
		return fflush(stdout) == 0 ? 0 : 1;
	}
	if (asked && (argc == 1 || landmarks)) {
		server_load(landmarks ? argv[2] : NULL);
		return server_run(STDIN_FILENO, inspect_jobs);
	}
	fputs("usage: juzhu-inspect [--landmarks FILE]\n"
	      "       juzhu-inspect --abilities [LANDMARKS FILE]   what it can do on this machine, for juzhu doctor\n"
	      "Started by juzhu-kiosk and juzhu with a socket as its standard input, on which files and answers go to and\n"
	      "fro. It decodes each file in a process of its own, without rights. By hand: juzhu photo check FILE\n",
		help ? stdout : stderr);
	return help ? 0 : 2;
}
