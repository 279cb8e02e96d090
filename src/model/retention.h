#ifndef MODEL_RETENTION_H
#define MODEL_RETENTION_H

#include <stddef.h>

/* How long things are kept, from data/retention/retention.tsv (load/retention_load.h). Days; 0: for ever. */
enum { RETENTION_STATES_MAX = 32 };

struct retention {
	unsigned draft_minutes; /* after its program ended */
	unsigned audit_days;
	struct {
		int state;
		unsigned days; /* since the last event */
	} states[RETENTION_STATES_MAX];
	size_t n_states;
};

#endif
