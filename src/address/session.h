#ifndef ADDRESS_SESSION_H
#define ADDRESS_SESSION_H

#include "address/address.h"
#include "address/areas.h"
#include "address/bag.h"
#include "address/library.h"
#include "address/match.h"
#include "address/probe.h"
#include "address/scan.h"

/* What the search needs of a library: made at the first search, for all sessions. */
struct search_index {
	uint32_t *order; /* places of names: the heaviest first */
	struct scan scan;
	struct bag bag;
	struct probe probe;
	struct address_session *own; /* of address_search */
};

enum { TRIED_MAX = 1024, FOUND_MAX = 1024, SETTLED_MAX = 256 };

struct tried { /* a name that was compared; `place` in the order of weight */
	uint32_t place;
	int cost; /* MATCH_NONE: not similar */
	uint8_t start;
};

struct ranking { /* the names that are like what is typed, the best first */
	struct tried name[TRIED_MAX];
	size_t n;
};

struct found {
	int cost;
	uint32_t place;
	uint64_t key;     /* equal for equal addresses */
	uint16_t settled; /* index; UINT16_MAX: the name itself */
	uint16_t start;
};

/* The passes over all names, behind one start. */
struct pass {
	bool made;
	struct scan_state scan;
	struct bag_state bag;
};

/* One field being typed: what was found stays for the next letter. */
struct address_session {
	struct address_library *l;
	struct search_index *x;
	struct matcher matcher;
	struct query query, last;
	struct place places[QUERY_PLACES];
	size_t n_places;
	struct start starts[AREA_STARTS];
	size_t n_starts;
	struct pass pass[AREA_STARTS];
	bool typing; /* more letters are likely: every pass takes its step at once, so that none has many to make up */
	bool slips;  /* the names were looked for with slips, too */
	uint32_t *slot; /* of a place: its index in tried, if it is there */
	struct tried tried[TRIED_MAX];
	size_t n_tried;
	struct ranking ranking[2]; /* without and with slips in letters */
	struct found found[FOUND_MAX];
	size_t n_found;
	struct address settled[SETTLED_MAX];
	size_t n_settled;
	bool confirmed; /* a good name has the typed numbers below it */
};

/* find.c: fills the first ranking. */
void find_names(struct address_session *s);
void find_slips(struct address_session *s); /* the second one */
/* settle.c: what of the typed numbers exists below them, the best first in `found`, each address once. */
void settle(struct address_session *s, const struct ranking *r);
void settle_name(struct address_session *s, uint32_t place, struct address *ret);

/* search.c */
void show_hit(struct address_session *s, const struct found *f, struct address_hit *ret);

static inline const struct name *session_name(const struct address_session *s, uint32_t place)
{
	return &s->l->names[s->x->order[place]];
}

#endif
