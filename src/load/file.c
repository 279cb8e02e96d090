#include "load/file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/xalloc.h"

bool file_read(const char *path, size_t max, char **ret_data, size_t *ret_n, struct err *e)
{
	FILE *f = fopen(path, "rbe");
	if (!f)
		return err_set(e, ERR_CONFIG, "%s: cannot open: %s", path, strerror(errno));
	bool ok = false;
	char *data = NULL;
	size_t n = 0, cap = 0;
	do {
		if (n == cap) {
			cap = cap ? cap * 2 : 4096;
			data = xrealloc(data, cap + 1, 1);
		}
		n += fread(data + n, 1, cap - n, f);
	} while (n <= max && !feof(f) && !ferror(f));
	if (ferror(f)) {
		err_set(e, ERR_CONFIG, "%s: cannot read: %s", path, strerror(errno));
		goto out;
	}
	if (n > max) {
		err_set(e, ERR_CONFIG, "%s: larger than %zu bytes", path, max);
		goto out;
	}
	data[n] = '\0';
	*ret_data = data;
	*ret_n = n;
	data = NULL;
	ok = true;
out:
	free(data);
	fclose(f);
	return ok;
}
