#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/xalloc.h"
#include "seal/keyfile.h"

/* Any file: nothing out of bounds; a line that is taken is written back as the same values; every refusal has its reason. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char WORD[] = "juzhu-station 1",
			  ALL[] = "juzhu-station 1 station=0042 to=20260302 at=7 sign=00aa\n";
	char path[64], station[5] = "", other_station[5] = "";
	unsigned char sign[2], other_sign[2];
	int day = 0, other_day = 0;
	uint64_t at = 0, other_at = 0;
	struct key_field fields[] = { { "station", KEY_STATION, station, 0 }, { "to", KEY_DAY, &day, 0 },
		{ "at", KEY_NUMBER, &at, 0 }, { "sign", KEY_HEX, sign, sizeof sign } };
	const struct key_field others[] = { { "station", KEY_STATION, other_station, 0 },
		{ "to", KEY_DAY, &other_day, 0 }, { "at", KEY_NUMBER, &other_at, 0 },
		{ "sign", KEY_HEX, other_sign, sizeof other_sign } };
	struct keyfile k = { 0 };
	struct err e = { 0 };

	/* One byte says how: the bytes alone, or put into a good line at some place. */
	int fd = memfd_create("keyfile", MFD_CLOEXEC);
	size_t skip = n > 0 ? data[0] % sizeof ALL : 0;
	bool wrapped = n > 0 && data[0] >= 128;
	if (fd < 0 || (wrapped && write(fd, ALL, skip) < 0) || (n > 1 && write(fd, data + 1, n - 1) < 0) ||
		(wrapped && write(fd, ALL + skip, sizeof ALL - 1 - skip) < 0))
		abort();
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	if (fchmod(fd, 0600) != 0) /* it was born writable for everybody */
		abort();
	bool opened = keyfile_open(&k, path, NULL, "mend it", &e);
	close(fd);
	if (!opened) {
		if (e.code != ERR_CONFIG || e.text[0] == '\0')
			abort();
		return 0;
	}
	while (keyfile_more(&k)) {
		size_t before = k.at;
		if (keyfile_skip_empty(&k))
			continue;
		if (!keyfile_line(&k, WORD, fields, 4, &e)) {
			if (e.code != ERR_CONFIG || !strstr(e.text, "; mend it"))
				abort();
			break;
		}
		if (k.at <= before)
			abort();
		char *line = keyfile_format(WORD, fields, 4);
		struct keyfile again = { .path = xstrdup("again"),
			.text = xcalloc(KEYFILE_MAX + 1, 1),
			.remedy = "mend it",
			.size = strlen(line) };
		memcpy(again.text, line, again.size);
		if (!keyfile_only_line(&again, WORD, others, 4, &e) || strcmp(station, other_station) != 0 ||
			day != other_day || at != other_at || memcmp(sign, other_sign, sizeof sign) != 0)
			abort();
		keyfile_close(&again);
		free(line);
	}
	keyfile_close(&k);
	return 0;
}
