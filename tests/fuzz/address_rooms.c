/* Any bytes as packed rooms and codes: reading ends, stays inside, and what was read whole packs and reads the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "address/rooms.h"
#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct rooms_writer *w;
	struct rooms_reader r;
	size_t count = 0, again = 0, split, most;
	if (!w)
		w = rooms_writer_create();
	if (n == 0)
		return 0;
	split = data[0] < n ? data[0] : n - 1;
	data++;
	n--;
	rooms_writer_clear(w);
	most = rooms_count(data, split) + 1;
	for (rooms_read(&r, data, split, data + split, n - split); rooms_next(&r); count++) {
		struct err e = { 0 };
		if (!rooms_writer_add(w, r.now.building, r.now.unit, r.now.room, r.now.code, &e) &&
			!strstr(e.text, "is there with code")) /* bytes may say a room twice */
			abort();
		if (strlen(r.now.room) >= ROOM_TEXT || strlen(r.now.code) >= ROOM_CODE)
			abort();
	}
	if (count > most)
		abort();
	const unsigned char *rooms, *codes;
	size_t rooms_size, codes_size;
	rooms_writer_pack(w, &rooms, &rooms_size, &codes, &codes_size);
	for (rooms_read(&r, rooms, rooms_size, codes, codes_size); rooms_next(&r);)
		again++;
	if (!r.good || again > count)
		abort();
	return 0;
}
