#include "store/lookup.h"

#include "base/err.h"
#include "store/audit.h"
#include "store/db.h"
#include "store/lock.h"

static const char LOOKING[] = "looking at the receipt code";

/* As for the codes of slips: 2^45 codes need no long wait, and nobody shall keep others from their cases by typing nonsense. */
static const struct lock RECEIPT_LOCK = { SQL_RECEIPT_LOCK_GET, SQL_RECEIPT_LOCK_PUT, 15 * 60, LOOKING,
	AUDIT_LOOKUP_WRONG };

bool store_lookup_try(struct store *s, int64_t *ret_until, struct err *e)
{
	return lock_count(s, &RECEIPT_LOCK, ret_until, e);
}

bool store_lookup_opened(struct store *s, const char *number, struct err *e)
{
	return db_begin(s, LOOKING, e) &&
		db_end(s, lock_open(s, &RECEIPT_LOCK, e) && store_audit(s, AUDIT_OPENED, number, "code", e), e);
}

void store_lookup_wrong(struct store *s, const char *number)
{
	lock_log(s, &RECEIPT_LOCK, number);
}

bool store_lookup_forgive(struct store *s, struct err *e)
{
	return lock_forgive(s, &RECEIPT_LOCK, e);
}
