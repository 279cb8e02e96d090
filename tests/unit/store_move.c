#include "store_revision.h"
#include "store_upkeep.h"

#include "model/case_shortfall.h"

static struct case_record *load(struct store *s, const char *number)
{
	struct case_record *c = NULL;
	struct err e = { 0 };
	must(store_case_load(s, number, &c, &e), &e);
	return c;
}

static void verify_clean(struct store *s)
{
	struct verify_counts n;
	struct upkeep_said lines = { 0 };
	struct err e = { 0 };
	bool good = store_verify(s, fixture_keys("0001")->centers, 1, upkeep_say, &lines, &n, &e);
	if (!good)
		fail_msg("%s: %s", e.text, lines.text);
}

/* Two terminals at once, and a clock that stands still or runs back: one is told what happened, the history stays in order. */
static void test_two_terminals(void **state)
{
	(void)state;
	struct store *one = fixture_open("0002"), *two = fixture_open("0001");
	struct filing f;
	char number[21];
	struct err e = { 0 };

	fixture_filing(&f, 'a', 100);
	must(fixture_submit_as(one, "0002", &f, f.answers, number, &e), &e);
	must(move_to(two, number, 10, 20, ACTOR_CENTER, NULL, &e), &e); /* the same second, a lower station */
	assert_false(move_to(one, number, 10, 99, ACTOR_APPLICANT, NULL, &e));
	assert_int_equal(e.code, ERR_NO);
	assert_non_null(strstr(e.text, "it is accepted now"));
	assert_true(clock_fix("2020-01-01T00:00:00"));
	must(move_to(one, number, 20, 40, ACTOR_POLICE, "", &e), &e);
	must(move_to(two, number, 40, 30, ACTOR_POLICE, MISSING, &e), &e);
	assert_true(clock_fix("2026-03-02T09:30:00"));
	must(move_to(two, number, 30, 99, ACTOR_APPLICANT, NULL, &e), &e);
	assert_false(move_to(one, number, 99, 10, ACTOR_APPLICANT, "again", &e));
	assert_non_null(strstr(e.text, "an end"));
	assert_false(move_to(one, "00000000000000000000", 10, 20, ACTOR_CENTER, NULL, &e));
	assert_int_equal(e.code, ERR_NO);

	struct case_record *c = load(one, number);
	static const int states[] = { 10, 20, 40, 30, 99 };
	assert_int_equal(c->n_events, 5);
	for (size_t i = 0; i < 5; i++) {
		assert_int_equal(c->events[i].to, states[i]);
		assert_true(i == 0 || c->events[i].at >= c->events[i - 1].at);
	}
	assert_string_equal(c->events[3].reason, MISSING);
	assert_int_equal(c->state, CASE_WITHDRAWN);
	case_record_destroy(c);
	verify_clean(one);
	filing_finish(&f);
	store_close(one);
	store_close(two);
}

static void test_rating(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001");
	struct filing f;
	char number[21];
	struct err e = { 0 };

	fixture_filing(&f, 'a', 0);
	must(fixture_submit(s, &f, f.answers, number, &e), &e);
	assert_false(move_to(s, number, 10, 10, ACTOR_APPLICANT, "rating 5", &e)); /* not ended */
	must(move_to(s, number, 10, 21, ACTOR_CENTER, "why", &e), &e);
	assert_false(move_to(s, number, 21, 21, ACTOR_CENTER, "rating 5", &e));
	assert_false(move_to(s, number, 21, 21, ACTOR_APPLICANT, "rating 6", &e));
	assert_false(move_to(s, number, 21, 21, ACTOR_APPLICANT, "a note", &e));
	must(move_to(s, number, 21, 21, ACTOR_APPLICANT, "rating 4", &e), &e);
	assert_false(move_to(s, number, 21, 21, ACTOR_APPLICANT, "rating 4", &e));
	assert_non_null(strstr(e.text, "rated already"));
	struct case_record *c = load(s, number);
	assert_int_equal(case_rating(&c->events[2]), 4);
	case_record_destroy(c);
	verify_clean(s);
	filing_finish(&f);
	store_close(s);
}

/* What was supplemented and changed is merged; what was filed stays as it was. */
static void test_revisions(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001"), *other = fixture_open("0002");
	struct filing f;
	char number[21];
	struct err e = { 0 };

	fixture_filing(&f, 'a', 5000);
	assert_true(answers_set(f.answers, "delivery.street", "old"));
	assert_true(answers_set(f.answers, "delivery.room", "1"));
	assert_true(answers_set(f.answers, "deliverer", "kept"));
	assert_true(answers_set(f.answers, "material.lease", "file"));
	assert_true(filing_attach(&f, "lease", "application/pdf", "%PDF", 4));
	must(fixture_submit(s, &f, f.answers, number, &e), &e);
	static const char *const photo[] = { "photo", "file", "reason", "study", NULL };
	static const char *const pickup[] = { "-", "delivery.", "-", "reason", "pickup", "counter", "material.lease",
		"counter", "-", "nothing", NULL };
	static const char *const again[] = { "reason", "work", NULL };
	assert_false(revision_store(s, "0001", &f, number, 2, REVISION_SUPPLEMENT, "new photo", photo, &e));
	assert_int_equal(e.code, ERR_NO);
	must(move_to(s, number, 10, 30, ACTOR_CENTER, MISSING, &e), &e);
	struct case_record *c = load(s, number);
	struct shortfalls missing;
	assert_true(case_shortfall_now(c, &missing));
	case_record_destroy(c);
	must(revision_store(other, "0002", &f, number, 2, REVISION_SUPPLEMENT, "new photo", photo, &e), &e);
	/* The other terminal saw the older case. */
	assert_false(revision_store(s, "0001", &f, number, 2, REVISION_PICKUP, "", pickup, &e));
	assert_non_null(strstr(e.text, "newest revision is 2"));
	assert_false(revision_store(s, "0001", &f, number, 4, REVISION_PICKUP, "", pickup, &e));
	must(revision_store(s, "0001", &f, number, 3, REVISION_PICKUP, "", pickup, &e), &e);

	c = load(s, number);
	assert_int_equal(c->state, CASE_SUBMITTED);
	assert_int_equal(revision_newest(c), 3);
	assert_false(case_shortfall_now(c, &missing));
	must(case_open(c, f.key, &e), &e);
	assert_string_equal(answers_text(c->answers, "applicant.name"), "样例人");
	assert_string_equal(answers_text(c->answers, "pickup"), "counter");
	assert_string_equal(answers_text(c->answers, "deliverer"), "kept");
	assert_null(answers_get(c->answers, "reason"));
	assert_null(answers_get(c->answers, "delivery.street"));
	assert_null(answers_get(c->answers, "delivery.room"));
	assert_null(answers_get(c->answers, "revision.removed"));
	assert_int_equal(c->n_files, 1);
	assert_string_equal(c->files[0].name, "photo");
	assert_int_equal(c->files[0].revision, 2);
	assert_int_equal(c->n_replaced, 2); /* the first photo; the lease, which is shown at the counter now */
	for (size_t i = 0; i < 3; i++) {
		const struct case_file *x = i == 0 ? c->files : &c->replaced[i - 1];
		unsigned char *part = NULL, *plain = NULL;
		size_t size = 0, plain_size = 0;
		must(store_part_load(s, number, x->revision, x->part, &part, &size, &e), &e);
		must(case_open_file(c, x, f.key, part, size, &plain, &plain_size, &e), &e);
		assert_int_equal(plain_size, x->size);
		assert_memory_equal(plain, i == 0 ? "new" : strcmp(x->name, "photo") == 0 ? "ppp" : "%PD", 3);
		free(part);
		free(plain);
	}
	/* Each revision opens with the query code by itself, too. */
	struct envelope v;
	unsigned char key[SEAL_KEY_SIZE], derived[SEAL_KEY_SIZE];
	must(envelope_parse(&v, c->revisions[1].envelope, c->revisions[1].size, &e), &e);
	must(envelope_key_query(&v, f.query, key, &e), &e);
	revision_key(f.key, 3, derived);
	assert_memory_equal(key, derived, sizeof key);
	case_record_destroy(c);

	must(move_to(s, number, 10, 20, ACTOR_CENTER, NULL, &e), &e);
	must(revision_store(s, "0001", &f, number, 4, REVISION_PICKUP, "", again, &e), &e);
	must(move_to(s, number, 20, 40, ACTOR_POLICE, NULL, &e), &e);
	must(move_to(s, number, 40, 51, ACTOR_POLICE, "why", &e), &e);
	assert_false(revision_store(s, "0001", &f, number, 5, REVISION_PICKUP, "", again, &e));
	assert_non_null(strstr(e.text, "cannot be changed any more"));
	c = load(other, number);
	must(case_open(c, f.key, &e), &e);
	assert_string_equal(answers_text(c->answers, "reason"), "work");
	case_record_destroy(c);
	verify_clean(s);
	filing_finish(&f);
	store_close(other);
	store_close(s);
}

static void test_too_many_revisions(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001");
	struct filing f;
	char number[21];
	struct err e = { 0 };
	static const char *const pickup[] = { "pickup", "counter", NULL };

	fixture_filing(&f, 'a', 0);
	must(fixture_submit(s, &f, f.answers, number, &e), &e);
	for (unsigned i = 2; i <= REVISIONS_MAX; i++)
		must(revision_store(s, "0001", &f, number, i, REVISION_PICKUP, "", pickup, &e), &e);
	assert_false(revision_store(s, "0001", &f, number, REVISIONS_MAX + 1, REVISION_PICKUP, "", pickup, &e));
	assert_int_equal(e.code, ERR_NO);
	assert_non_null(strstr(e.text, "the counter"));
	struct case_record *c = load(s, number);
	must(case_open(c, f.key, &e), &e);
	case_record_destroy(c);
	verify_clean(s);
	filing_finish(&f);
	store_close(s);
}

/* Verifying and loading find every way in which a revision can be lost or changed. */
static void test_damage(void **state)
{
	(void)state;
	static const struct {
		const char *sql, *says;
		bool loads;
	} damage[] = {
		{ "DELETE FROM case_envelope WHERE number = ?1 AND revision = 3",
			"its newest revision is 2, its events tell of 3", false },
		{ "DELETE FROM case_envelope WHERE number = ?1 AND revision = 2", "revision 2 is missing", false },
		{ "UPDATE case_envelope SET revision = 4 WHERE number = ?1 AND revision = 3", "revision 3 is missing",
			false },
		{ "UPDATE case_envelope SET bytes = zeroblob(length(bytes)) WHERE number = ?1 AND revision = 2",
			"revision 2: ", false },
		{ "UPDATE case_envelope SET bytes = (SELECT bytes FROM case_envelope WHERE number = ?1 AND revision = 2)"
		  " WHERE number = ?1 AND revision = 3",
			"of another case or revision", false },
		{ "DELETE FROM case_part WHERE number = ?1 AND revision = 2", "file 0 of revision 2 is missing", true },
		{ "UPDATE case_part SET bytes = zeroblob(length(bytes)) WHERE number = ?1 AND revision = 2",
			"file 0 of revision 2 is damaged", true },
		{ "UPDATE case_part SET revision = 9 WHERE number = ?1 AND revision = 2",
			"of a revision that is not there", true },
	};
	static const char *const photo[] = { "photo", "file", NULL }, *const pickup[] = { "pickup", "counter", NULL };

	for (size_t i = 0; i < sizeof damage / sizeof *damage; i++) {
		struct store *s = fixture_open("0001");
		struct filing f;
		char number[21];
		struct err e = { 0 };
		struct verify_counts n;
		struct upkeep_said lines = { 0 };
		struct case_record *c = NULL;

		fixture_filing(&f, 'a', 100);
		snprintf(f.token, sizeof f.token, "%032zx", i);
		must(fixture_submit(s, &f, f.answers, number, &e), &e);
		must(move_to(s, number, 10, 30, ACTOR_CENTER, MISSING, &e), &e);
		must(revision_store(s, "0001", &f, number, 2, REVISION_SUPPLEMENT, "new", photo, &e), &e);
		must(revision_store(s, "0001", &f, number, 3, REVISION_PICKUP, "", pickup, &e), &e);
		verify_clean(s);
		upkeep_run(fixture_path, damage[i].sql, number, 0);
		assert_false(store_verify(s, fixture_keys("0001")->centers, 1, upkeep_say, &lines, &n, &e));
		if (!strstr(lines.text, damage[i].says))
			fail_msg("%s: %s", damage[i].sql, lines.text);
		assert_int_equal(store_case_load(s, number, &c, &e), damage[i].loads);
		case_record_destroy(c);
		filing_finish(&f);
		store_close(s);
		fixture_teardown(NULL);
		fixture_setup(NULL);
	}
}

static void see(void *ctx, const char *number)
{
	snprintf(ctx, 21, "%s", number);
}

static void test_expire(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001");
	struct filing f;
	char number[4][21], seen[21] = "";
	unsigned n = 0;
	struct err e = { 0 };

	fixture_filing(&f, 'a', 0);
	for (unsigned i = 0; i < 4; i++) {
		snprintf(f.token, sizeof f.token, "%032x", i);
		must(fixture_submit(s, &f, f.answers, number[i], &e), &e);
		if (i < 3)
			must(move_to(s, number[i], 10, 30, ACTOR_CENTER,
				     i == 0 ? "until 20260401\ntext\tx" : "until 20260312\ntext\tx", &e),
				&e);
	}
	must(move_to(s, number[2], 30, 10, ACTOR_APPLICANT, "shown", &e), &e);
	assert_true(clock_fix("2026-03-12T23:59:59"));
	must(store_case_expire(s, false, see, seen, &n, &e), &e);
	assert_int_equal(n, 0);
	assert_true(clock_fix("2026-03-13T00:00:00"));
	must(store_case_expire(s, true, see, seen, &n, &e), &e);
	assert_int_equal(n, 1);
	must(store_case_expire(s, false, see, seen, &n, &e), &e);
	assert_int_equal(n, 1);
	assert_string_equal(seen, number[1]);
	must(store_case_expire(s, false, NULL, NULL, &n, &e), &e);
	assert_int_equal(n, 0);
	struct case_record *c = load(s, number[1]);
	assert_int_equal(c->state, CASE_SUPPLEMENT_EXPIRED);
	assert_string_equal(c->events[2].actor, "system");
	case_record_destroy(c);
	verify_clean(s);
	filing_finish(&f);
	store_close(s);
}

/* A purge takes the revisions along; a backup has them. */
static void test_purge_and_backup(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001");
	struct filing f;
	char number[21], copy[700];
	struct err e = { 0 };
	struct purge_counts counts;
	static const char *const photo[] = { "photo", "file", NULL };

	fixture_filing(&f, 'a', 100);
	must(fixture_submit(s, &f, f.answers, number, &e), &e);
	must(move_to(s, number, 10, 30, ACTOR_CENTER, MISSING, &e), &e);
	must(revision_store(s, "0001", &f, number, 2, REVISION_SUPPLEMENT, "new", photo, &e), &e);
	must(move_to(s, number, 10, 21, ACTOR_CENTER, "why", &e), &e);
	snprintf(copy, sizeof copy, "%s/copy.db", fixture_dir);
	must(store_backup(s, copy, fixture_keys("0001")->centers, 1, &e), &e);
	assert_int_equal(upkeep_count(copy, "SELECT count(*) FROM case_envelope"), 2);
	assert_int_equal(upkeep_count(copy, "SELECT count(*) FROM case_part"), 2);
	assert_true(clock_fix("2027-03-02T09:30:00"));
	struct retention r = { .states = { { CASE_REFUSED, 10 } }, .n_states = 1, .draft_minutes = 10 };
	must(store_purge(s, &r, false, NULL, NULL, &counts, &e), &e);
	assert_int_equal(counts.cases, 1);
	assert_int_equal(upkeep_count(fixture_path,
				 "SELECT (SELECT count(*) FROM case_envelope) + (SELECT count(*) FROM"
				 " case_part) + (SELECT count(*) FROM case_event)"),
		0);
	verify_clean(s);
	filing_finish(&f);
	store_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_two_terminals, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_rating, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_revisions, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_too_many_revisions, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_damage, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_expire, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_purge_and_backup, fixture_setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
