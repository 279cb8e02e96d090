/* What the permit takes over from a registration, and that nothing of it stays when another receipt is opened or none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/str.h"
#include "load/item_load.h"
#include "model/answers.h"
#include "model/carried.h"
#include "model/filing.h"
#include "model/item.h"

static struct item **items;
static size_t n_items;
static const struct item *permit;

static int open_items(void **state)
{
	(void)state;
	struct err e = { 0 };
	if (!items_load("screens", &items, &n_items, &e)) {
		print_error("%s\n", e.text);
		return -1;
	}
	for (size_t i = 0; i < n_items; i++)
		if (items[i]->builds_on)
			permit = items[i];
	return permit ? 0 : -1;
}

static int close_items(void **state)
{
	(void)state;
	items_free(items, n_items);
	return 0;
}

static void set(struct answers *a, const char *const *pairs)
{
	for (; *pairs; pairs += 2)
		assert_true(answers_set(a, pairs[0], pairs[1]));
}

static const char *const FIRST[] = { "name", "张伟", "id_number", "32000019880512001X", "mobile", "13800000001",
	"residence_type", "kin-own", "address.text", "某路1号", "address.library", "1", "stay_reason", "17",
	"stay_reason_text", "别的原因", "photo", "file", "photo.about", "1-photo.jpg", "material.property", "file",
	"material.property.about", "2.pdf", "material.kinship-proof", "counter", "filing_mode", "self", NULL };
static const char *const SECOND[] = { "name", "张伟", "id_number", "32000019880512001X", "mobile", "13800000002",
	"residence_type", "rent", "address.text", "另一路2号", "stay_reason", "1", "photo", "counter", NULL };
/* Of this filing, not of the registration. */
static const char *const OWN[] = { "notice", "read", "filing_mode", "other", "employed", "yes", "employer", "某公司",
	"material.agent-id", "counter", NULL };
/* Answered about the registration that was open. */
static const char *const ABOUT[] = { "registration", "opened", "registration.number", "01000120260302000017",
	"residence_change", "yes", "photo_choice", "new", NULL };

static void begin(struct filing *f, struct answers **ret_first)
{
	*ret_first = answers_create();
	set(*ret_first, FIRST);
	filing_init(f, permit, "0123456789abcdef0123456789abcdef");
	set(f->answers, OWN);
	carried_take(f, *ret_first);
	set(f->answers, ABOUT);
	assert_true(filing_attach(f, carried_photo(permit), "image/jpeg", "\xff\xd8", 2));
	assert_true(filing_attach(f, "agent-id", "image/jpeg", "\xff\xd8", 2));
}

static void test_taken(void **state)
{
	(void)state;
	struct filing f;
	struct answers *first;
	begin(&f, &first);
	static const char *const there[] = { "name", "id_number", "mobile", "residence_type", "address.text",
		"address.library", "stay_reason", "stay_reason_text", "photo", "photo.about", NULL };
	for (size_t i = 0; there[i]; i++)
		assert_string_equal(answers_text(f.answers, there[i]), answers_text(first, there[i]));
	assert_string_equal(answers_text(f.answers, "registration.materials"), "kinship-proof property");
	assert_null(answers_get(f.answers, "material.property")); /* it is with the registration */
	assert_string_equal(answers_text(f.answers, "filing_mode"), "other");
	answers_destroy(first);
	filing_finish(&f);
}

static void test_forgotten(void **state)
{
	(void)state;
	struct filing f;
	struct answers *first, *own = answers_create();
	begin(&f, &first);
	assert_true(answers_set(f.answers, "mobile", "13800000009")); /* changed on the way: still of that person */
	carried_forget(&f);
	set(own, OWN);
	assert_true(answers_equal(f.answers, own));
	assert_null(filing_attachment(&f, carried_photo(permit)));
	assert_non_null(filing_attachment(&f, "agent-id"));
	answers_destroy(own);
	answers_destroy(first);
	filing_finish(&f);
}

static void test_another(void **state)
{
	(void)state;
	struct filing f, fresh;
	struct answers *first, *second = answers_create();
	begin(&f, &first);
	set(second, SECOND);
	carried_forget(&f);
	carried_take(&f, second);
	filing_init(&fresh, permit, "0123456789abcdef0123456789abcdef");
	set(fresh.answers, OWN);
	carried_take(&fresh, second);
	assert_true(answers_equal(f.answers, fresh.answers));
	assert_null(answers_get(f.answers, "stay_reason_text"));
	assert_null(answers_get(f.answers, "address.library"));
	answers_destroy(second);
	answers_destroy(first);
	filing_finish(&fresh);
	filing_finish(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_taken),
		cmocka_unit_test(test_forgotten),
		cmocka_unit_test(test_another),
	};
	return cmocka_run_group_tests(tests, open_items, close_items);
}
