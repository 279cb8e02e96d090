#ifndef VISION_SERVER_H
#define VISION_SERVER_H

#include <stddef.h>

#include "vision/decode.h"
#include "vision/inspect.h"
#include "vision/sandbox.h"

struct pdf_tools;

/*
 * The inspector's side: the parent loads the models once and forks a child for each file; the child is locked in and runs
 * one job. A kind of work is a row: how it is locked in, and what it does.
 */
struct job {
	/* Chosen by the first bytes, before anything is decoded. */
	enum sandbox_profile (*profile)(enum file_kind kind);
	/* Runs locked in. Writes the answer (answer.h) to `out`; what it returns is the child's exit status. */
	int (*run)(const unsigned char *bytes, size_t n, int out);
	/* What only this work needs, once, in the parent before its first child; NULL: nothing. */
	void (*load)(void);
	/* Instead of run for a PDF, with the programs that read it; NULL: run does. */
	int (*run_pdf)(struct pdf_tools *tools, const unsigned char *bytes, size_t n, int out);
};

/* The jobs of the product, one for each enum inspect_what (job.c). */
extern const struct job inspect_jobs[INSPECT_WHATS];

/*
 * Serves requests on the socket until its other end is closed. `jobs` has a row for each enum inspect_what. Returns the exit
 * status of the program.
 */
int server_run(int socket, const struct job *jobs);
/* Loads what the children need, once and before the first request. `landmarks`: file of the 68-point model; NULL: none. */
void server_load(const char *landmarks);

#endif
