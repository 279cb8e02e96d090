#include "app/open.h"

#include <stdlib.h>

#include "app/app.h"
#include "model/case.h"
#include "seal/envelope.h"
#include "store/store.h"

bool open_by_key(struct app *app, const char *number, const unsigned char key[static 32], struct case_record **ret,
	struct err *e)
{
	struct case_record *c = NULL;
	struct envelope v;
	if (!store_case_load(app->store, number, &c, e))
		return false;
	if (!envelope_parse(&v, c->envelope, c->envelope_size, e) || !envelope_open(&v, key, c, e)) {
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
		!envelope_open(&v, ret_key, c, e)) {
		case_record_destroy(c);
		return false;
	}
	*ret = c;
	return true;
}

bool open_file(struct app *app, const struct case_record *c, const unsigned char key[static 32], unsigned i,
	unsigned char **ret, size_t *ret_size, struct err *e)
{
	struct envelope v;
	unsigned char *sealed = NULL;
	size_t size = 0;
	bool good = envelope_parse(&v, c->envelope, c->envelope_size, e) &&
		store_part_load(app->store, c->number, i, &sealed, &size, e) &&
		envelope_open_part(&v, i, key, sealed, size, ret, ret_size, e);
	free(sealed);
	return good;
}
