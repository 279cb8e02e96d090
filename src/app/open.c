#include "app/open.h"

#include <stdlib.h>

#include "app/app.h"
#include "model/case.h"
#include "seal/envelope.h"
#include "seal/revision.h"
#include "store/store.h"

bool open_by_key(struct app *app, const char *number, const unsigned char key[static 32], struct case_record **ret,
	struct err *e)
{
	struct case_record *c = NULL;
	if (!store_case_load(app->store, number, &c, e))
		return false;
	if (!case_open(c, key, e)) {
		case_record_destroy(c);
		return false;
	}
	*ret = c;
	return true;
}

bool open_by_code(struct app *app, const char *number, const char *query, struct case_record **ret,
	unsigned char ret_key[static 32], struct err *e)
{
	struct case_record *c = NULL;
	struct envelope v;
	if (!store_case_load(app->store, number, &c, e))
		return false;
	if (!envelope_parse(&v, c->envelope, c->envelope_size, e) || !envelope_key_query(&v, query, ret_key, e) ||
		!case_open(c, ret_key, e)) {
		case_record_destroy(c);
		return false;
	}
	*ret = c;
	return true;
}

bool open_file(struct app *app, const struct case_record *c, const unsigned char key[static 32], unsigned i,
	unsigned char **ret, size_t *ret_size, struct err *e)
{
	const struct case_file *f = &c->files[i];
	unsigned char *sealed = NULL;
	size_t size = 0;
	bool good = store_part_load(app->store, c->number, f->revision, f->part, &sealed, &size, e) &&
		case_open_file(c, f, key, sealed, size, ret, ret_size, e);
	free(sealed);
	return good;
}
