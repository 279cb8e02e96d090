#include "store_fixture.h"

#include <sqlite3.h>

#include "model/case.h"
#include "seal/envelope.h"

static void test_submit_once(void **state)
{
	(void)state;
	struct store *s = fixture_open("0007");
	struct filing f;
	struct case_record *c = NULL;
	char number[21] = "", again[21] = "";
	struct draft_head head;
	struct print_job job;
	struct err e = { 0 };

	fixture_filing(&f, 'a', 3);
	assert_true(filing_attach(&f, "lease", "application/pdf", "%PDF", 4));
	assert_true(filing_attach(&f, "property", "application/pdf", "old", 3)); /* left over from a route not taken */
	assert_true(answers_set(f.answers, "material.lease", "file"));
	assert_true(answers_set(f.answers, "material.id-card", "counter"));
	assert_true(store_draft_save(s, &f, &e));
	assert_true(fixture_submit_as(s, "0007", &f, f.answers, number, &e));
	assert_true(casenum_good(number));
	assert_memory_equal(number, "01000720260302", 14);
	assert_true(fixture_submit_as(s, "0007", &f, f.answers, again, &e));
	assert_string_equal(number, again);

	assert_true(store_case_load(s, number, &c, &e));
	assert_string_equal(c->number, number);
	assert_string_equal(c->item, "residence-registration");
	assert_string_equal(c->station, "0007");
	assert_int_equal(c->item_version, 3);
	assert_int_equal(c->submitted_at, clock_now());
	assert_int_equal(c->state, CASE_SUBMITTED);
	assert_false(c->demo);
	assert_int_equal(answers_count(c->answers), 0); /* sealed */
	assert_int_equal(c->n_files, 0);
	struct envelope v;
	assert_true(envelope_parse(&v, c->envelope, c->envelope_size, &e));
	assert_true(envelope_verify(&v, fixture_keys("0007")->centers, 1, &e));
	assert_true(envelope_open(&v, f.key, c, &e));
	assert_true(answers_equal(c->answers, f.answers));
	assert_int_equal(c->n_files, 2);
	assert_string_equal(c->files[0].name, "lease");
	assert_string_equal(c->files[1].name, "photo");
	assert_int_equal(c->files[1].size, 3);
	/* printf ppp | sha256sum */
	assert_string_equal(c->files[1].sha256, "c4289629b08bc4d61411aaa6d6d4a0c3c5f8c1e848e282976e29b6bed5aeedc7");
	assert_int_equal(c->n_events, 1);
	assert_int_equal(c->events[0].from, 0);
	assert_int_equal(c->events[0].to, CASE_SUBMITTED);
	assert_string_equal(c->events[0].actor, "applicant");
	assert_string_equal(c->events[0].station, "0007");
	for (unsigned i = 0; i < 2; i++) {
		unsigned char *part = NULL, *plain = NULL;
		size_t size = 0, plain_size = 0;
		assert_true(store_part_load(s, number, 1, i, &part, &size, &e));
		assert_true(envelope_open_part(&v, i, f.key, part, size, &plain, &plain_size, &e));
		assert_int_equal(plain_size, c->files[i].size);
		assert_memory_equal(plain, i == 0 ? "%PDF" : "ppp", plain_size);
		free(part);
		free(plain);
	}
	case_record_destroy(c);

	/* Until the session ends the draft leads back to the receipt; its files are gone. */
	assert_false(store_draft_orphan(s, 600, &head, &e));
	struct filing g;
	filing_init(&g, fixture_item(), f.token);
	assert_true(store_draft_load(s, f.token, &g, &e));
	assert_string_equal(g.number, number);
	assert_string_equal(g.query, f.query);
	assert_memory_equal(g.key, f.key, sizeof g.key);
	assert_int_equal(g.n_attachments, 0);
	filing_finish(&g);

	/* One job for the receipt; it stays until it is printed. */
	assert_true(store_job_next(s, NULL, &job, &e));
	assert_string_equal(job.number, number);
	assert_true(store_job_done(s, job.id, false, "paper", &e));
	assert_true(store_job_next(s, number, &job, &e));
	assert_int_equal(job.attempts, 1);
	assert_true(store_job_done(s, job.id, true, NULL, &e));
	assert_false(store_job_next(s, NULL, &job, &e));
	assert_int_equal(e.code, ERR_NONE);
	assert_true(store_job_add(s, number, &e));
	assert_true(store_job_next(s, number, &job, &e));
	assert_false(store_job_next(s, "00000000000000000000", &job, &e));

	assert_false(store_case_load(s, "00000000000000000000", &c, &e));
	assert_int_equal(e.code, ERR_NO);
	filing_finish(&f);
	store_close(s);
}

static void test_record_without_its_file(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001");
	struct filing f;
	char number[21] = "untouched";
	struct err e = { 0 };

	fixture_filing(&f, 'a', 3);
	assert_true(store_draft_save(s, &f, &e));
	assert_true(answers_set(f.answers, "material.lease", "file"));
	assert_false(fixture_submit(s, &f, f.answers, number, &e));
	assert_int_equal(e.code, ERR_BUG);
	assert_string_equal(number, "untouched");
	/* Nothing of it was kept, the draft is still there, and the next try works. */
	assert_true(filing_attach(&f, "lease", "image/png", "png", 3));
	assert_true(store_draft_load(s, f.token, &f, &e));
	assert_true(answers_set(f.answers, "material.lease", "file"));
	assert_true(fixture_submit(s, &f, f.answers, number, &e));
	filing_finish(&f);
	store_close(s);
}

struct seen {
	unsigned n;
	char first[21];
};

static void see(const struct case_head *h, void *ctx)
{
	struct seen *seen = ctx;
	if (seen->n++ == 0)
		memcpy(seen->first, h->number, sizeof seen->first);
}

static void new_token(struct filing *f, unsigned n)
{
	snprintf(f->token, sizeof f->token, "%032x", n);
}

static void test_two_stores_interleaved(void **state)
{
	(void)state;
	struct store *s[2] = { fixture_open("0001"), fixture_open("0002") };
	struct filing f;
	struct seen seen = { 0 };
	char number[21];
	struct err e = { 0 };

	fixture_filing(&f, 'a', 1000);
	for (unsigned i = 0; i < 40; i++) {
		new_token(&f, i);
		assert_true(store_draft_save(s[i % 2], &f, &e));
		assert_true(fixture_submit_as(s[i % 2], i % 2 ? "0002" : "0001", &f, f.answers, number, &e));
		assert_int_equal(number[5], '1' + (int)(i % 2));
		char other[21];
		assert_true(fixture_submit_as(s[(i + 1) % 2], i % 2 ? "0001" : "0002", &f, f.answers, other,
			&e)); /* the token is known there too */
		assert_string_equal(other, number);
		if (i % 7 == 0)
			store_tidy(s[i % 2]);
	}
	assert_true(clock_fix("2026-03-02T09:31:00"));
	new_token(&f, 100);
	assert_true(fixture_submit(s[0], &f, f.answers, number, &e));
	assert_true(store_case_list(s[1], 1000, see, &seen, &e));
	assert_int_equal(seen.n, 41);
	assert_string_equal(seen.first, number);
	seen.n = 0;
	assert_true(store_case_list(s[1], 5, see, &seen, &e));
	assert_int_equal(seen.n, 5);
	filing_finish(&f);
	store_close(s[0]);
	store_close(s[1]);
}

static void test_one_sync_for_a_submission(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001");
	struct filing f;
	char number[21];
	unsigned long syncs = 0;
	struct err e = { 0 };

	fixture_filing(&f, 'a', 60000);
	for (unsigned i = 0; i < 200; i++) {
		new_token(&f, i);
		assert_true(store_draft_save(s, &f, &e));
		unsigned long before = store_sync_count();
		assert_true(fixture_submit(s, &f, f.answers, number, &e));
		syncs += store_sync_count() - before;
	}
	assert_true(syncs >= 200 && syncs <= 210);
	filing_finish(&f);
	store_close(s);
}

/* Takes `n` of the 100,000 numbers of today away. */
static void take_numbers(unsigned from, unsigned n)
{
	sqlite3 *db;
	sqlite3_stmt *add;
	assert_int_equal(sqlite3_open(fixture_path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "BEGIN", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(
		sqlite3_prepare_v2(db,
			"INSERT INTO cases VALUES (?1, 'taken-' || substr(?1, -6) || ?1, '0001', 'x', 1, 0, 10, 0, NULL)",
			-1, &add, NULL),
		SQLITE_OK);
	for (unsigned i = from; i < from + n; i++) {
		char number[21];
		casenum_make("01", "0001", 20260302, i, number);
		sqlite3_bind_text(add, 1, number, -1, SQLITE_STATIC);
		assert_int_equal(sqlite3_step(add), SQLITE_DONE);
		sqlite3_reset(add);
	}
	sqlite3_finalize(add);
	assert_int_equal(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void test_number_taken(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001");
	struct filing f;
	char number[21];
	struct err e = { 0 };

	fixture_filing(&f, 'a', 0);
	take_numbers(0, 60000);
	for (unsigned i = 0; i < 20; i++) {
		new_token(&f, i);
		assert_true(fixture_submit(s, &f, f.answers, number, &e));
		assert_true(number[14] >= '6');
	}
	filing_finish(&f);
	store_close(s);
}

/* Two programs of one station chose the same number: one is told so, and nothing of it is stored. */
static void test_number_taken_in_between(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001");
	struct filing f;
	struct sealed_case c = { 0 };
	char number[21] = "untouched";
	struct err e = { 0 };

	fixture_filing(&f, 'a', 100);
	struct seal_request r = fixture_request(&f, "");
	casenum_make("01", "0001", 20260302, 42, r.head.number);
	assert_true(case_seal(&c, &r, fixture_keys("0001"), &e));
	take_numbers(42, 1);
	assert_false(store_submit(s, f.token, &c, false, number, &e));
	assert_int_equal(e.code, ERR_NO);
	assert_string_equal(number, "untouched");
	sealed_case_finish(&c);
	filing_finish(&f);
	store_close(s);
}

/* A person's own cases, by the index of the ID number. */
static void test_cases_of_a_person(void **state)
{
	(void)state;
	static const struct seal_cost cheap = { 1, 8 };
	struct store *s = fixture_open("0001");
	struct filing f;
	struct seen seen = { 0 };
	unsigned char person[PERSON_SIZE];
	char number[21];
	struct err e = { 0 };

	fixture_filing(&f, 'a', 0);
	for (unsigned i = 0; i < 6; i++) {
		new_token(&f, i);
		assert_true(answers_set(f.answers, "id_number", i < 4 ? "32000019880512001X" : "330000199511030023"));
		assert_true(fixture_submit(s, &f, f.answers, number, &e));
	}
	assert_true(person_index("32000019880512001x", fixture_keys("0001")->index, &cheap, person, &e));
	assert_true(store_case_of_person(s, person, see, &seen, &e));
	assert_int_equal(seen.n, 4);
	seen.n = 0;
	person[0] ^= 1;
	assert_true(store_case_of_person(s, person, see, &seen, &e));
	assert_int_equal(seen.n, 0);
	assert_false(fixture_on_disk("32000019880512001") || fixture_on_disk("330000199511030023"));
	filing_finish(&f);
	store_close(s);
}

static void test_history_is_append_only(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001");
	struct filing f;
	char number[21];
	sqlite3 *db;

	fixture_filing(&f, 'a', 0);
	assert_true(fixture_submit(s, &f, f.answers, number, NULL));
	assert_int_equal(sqlite3_open(fixture_path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "UPDATE case_event SET reason = 'x'", NULL, NULL, NULL), SQLITE_CONSTRAINT);
	assert_int_equal(sqlite3_exec(db, "DELETE FROM case_event", NULL, NULL, NULL), SQLITE_CONSTRAINT);
	sqlite3_close(db);
	filing_finish(&f);
	store_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_submit_once, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_record_without_its_file, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_two_stores_interleaved, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_one_sync_for_a_submission, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_number_taken, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_number_taken_in_between, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_cases_of_a_person, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_history_is_append_only, fixture_setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
