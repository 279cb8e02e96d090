#ifndef ADDRESS_BELOW_H
#define ADDRESS_BELOW_H

#include "address/address.h"

struct address_library;

/* Called for each lane, door or room; returns false to stop. */
typedef bool (*below_sink)(void *ctx, const struct address_hit *hit);

/* What is one level below `at`, in the order of numbers: lanes, then doors; rooms in the order of the library. */
void below_each(struct address_library *l, const struct address *at, below_sink sink, void *ctx);
/* Settles the door (or single house) with exactly this number, of the lane in `at`; false: there is none. */
bool below_door(struct address_library *l, struct address *at, long no, const char *suffix);
/* Settles the room of the door in `at`; false: there is none. */
bool below_room(struct address_library *l, struct address *at, const char *room);
bool below_lane_exists(struct address_library *l, long street_id, long lane, long sub);
void below_label(struct address_hit *hit); /* "1266弄", "3号", "502室": the last part */

#endif
