#ifndef ADDRESS_BELOW_H
#define ADDRESS_BELOW_H

#include "address/address.h"

struct address_library;

/* Called for each lane, door, building, unit or room; returns false to stop. */
typedef bool (*below_sink)(void *ctx, const struct address_hit *hit);

/* Settles the door (or single house) with exactly this number, of the lane in `at`; false: there is none. */
bool below_door(struct address_library *l, struct address *at, long no, const char *suffix);
/*
 * Settles the room of the door in `at`; its building and unit, when given, narrow down. False: there is none, or several
 * buildings or units have that room and `at` does not say which: below_rooms lists them.
 */
bool below_room(struct address_library *l, struct address *at, const char *room);
/* Every room of the door (building and unit as above) that is called so; "": all. */
void below_rooms(struct address_library *l, const struct address *at, const char *room, below_sink sink, void *ctx);
/* Settles building and unit ("" not given) of the door in `at`; false: there is no such one. */
bool below_building(struct address_library *l, struct address *at, const char *building, const char *unit);
bool below_lane_exists(struct address_library *l, long street_id, long lane, long sub);

#endif
