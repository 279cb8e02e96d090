/* Any bytes as an import file: header, rows, checks, standard text; each row's raw text is what stands in the file. */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "address/import_codes.h"
#include "address/import_row.h"
#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const char HEADER[] =
	"addr_code,city,district_code,district,town_code,town,street,street_kind,lane,sub_lane,number,number_suffix,building,unit,"
	"floor,room,lon,lat,status,valid_from,valid_to,standard_text,op\n";

static int file_of(const uint8_t *data, size_t n, bool with_header)
{
	int fd = memfd_create("csv", MFD_CLOEXEC);
	if (fd < 0 || (with_header && write(fd, HEADER, sizeof HEADER - 1) < 0) || write(fd, data, n) < 0)
		abort();
	lseek(fd, 0, SEEK_SET);
	return fd;
}

static void one_row(struct csv_scan *s, const struct import_columns *c)
{
	static struct import_row row;
	size_t size;
	for (size_t i = 0; i < s->n; i++) {
		if (s->field[i][s->size[i]] != '\0')
			abort();
	}
	if (import_row_collect(&row, c, s) == ROW_TAKEN && import_row_check(&row, c, 20260302) == ROW_TAKEN) {
		if (strlen(row.row.code) != row.size[COL_CODE] || row.row.lane > 99999 || row.row.no > 99999)
			abort();
		code_fingerprint(row.row.code, row.size[COL_CODE]);
	}
	const char *raw = csv_scan_raw(s, &size);
	if (size && memchr(raw, '\0', size) && !(s->marks & CSV_CONTROL))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct csv_scan s;
	struct import_columns c;
	struct err e;
	const char *bytes;
	size_t size;
	enum csv_state state;
	bool with_header = n > 0 && data[0] & 1;
	int fd = file_of(data + (n > 0), n - (n > 0), with_header);
	csv_scan_init(&s, fd);
	if (csv_scan_peek(&s, &bytes, &size, &e))
		import_encoding(bytes, size, &e);
	if (csv_scan_next(&s, &e) == CSV_ROW && import_columns_read(&c, &s, with_header, &e)) {
		while ((state = csv_scan_next(&s, &e)) != CSV_END) {
			if (state == CSV_FAILED)
				abort();
			if (state == CSV_ROW)
				one_row(&s, &c);
		}
	}
	csv_scan_finish(&s);
	close(fd);
	return 0;
}
