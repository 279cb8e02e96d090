#include "address/import_rejects.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/err.h"
#include "base/utf8.h"

bool rejects_open(struct rejects *r, const char *path, struct err *e)
{
	*r = (struct rejects){ .path = path };
	if (!path)
		return true;
	r->file = fopen(path, "we");
	if (!r->file)
		return err_set(e, ERR_STORAGE, "the rejects cannot be written into %s: %s", path, strerror(errno));
	fputs("line\treason\ttext\n", r->file);
	return true;
}

static void put_text(FILE *f, const char *raw, size_t size)
{
	size_t n = size < REJECTS_TEXT ? size : REJECTS_TEXT, step;
	for (size_t i = 0; i < n; i += step) {
		uint32_t point;
		step = utf8_decode(raw + i, size - i, &point);
		if (step && utf8_point_allowed(point)) {
			fwrite(raw + i, 1, step, f);
			continue;
		}
		step = step ? step : 1;
		for (size_t k = 0; k < step; k++)
			fprintf(f, "\\x%02x", (unsigned char)raw[i + k]);
	}
	if (n < size)
		fprintf(f, " ... (%zu more bytes)", size - n);
}

void rejects_add(struct rejects *r, uint64_t line, const char *reason, const char *raw, size_t size)
{
	if (!r->file)
		return;
	if (r->written == REJECTS_MOST) {
		r->left_out++;
		return;
	}
	r->written++;
	fprintf(r->file, "%" PRIu64 "\t%s\t", line, reason);
	put_text(r->file, raw, size);
	fputc('\n', r->file);
}

bool rejects_close(struct rejects *r, struct err *e)
{
	if (!r->file)
		return true;
	if (r->left_out)
		fprintf(r->file, "# %" PRIu64 " more refused rows are not listed\n", r->left_out);
	bool bad = ferror(r->file);
	bad |= fclose(r->file) != 0;
	r->file = NULL;
	return !bad ||
		err_set(e, ERR_STORAGE, "the rejects could not be written into %s: %s", r->path, strerror(errno));
}
