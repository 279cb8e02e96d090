/* Pausing: what is taken up is what was paused, once; without the code nothing is found, opened or left on the disk. */
#include "paused_fixture.h"

#include <sys/wait.h>

#include "store/upkeep.h"

static void test_taken_up_as_it_was(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001"), *other = fixture_open("0002");
	struct filing f, g;
	struct paused_head h;
	struct err e = { 0 };

	paused_filing(&f, 200000);
	assert_true(filing_give(&f, "lease", 1, "application/pdf", "%PDF", 4));
	assert_true(filing_give(&f, "lease", 2, "image/png", "page", 4));
	pause_it(s, &f, clock_now() + DAY);
	assert_int_equal(find(other, f.pause, &h), PAUSED_FOUND);
	assert_string_equal(h.item, f.item->code);
	assert_int_equal(h.item_version, f.item->version);
	assert_int_equal(h.step, f.step);
	assert_string_equal(h.last, "001X");
	assert_true(h.english);
	assert_int_equal(h.paused_at, clock_now());
	assert_int_equal(h.until, clock_now() + DAY);
	assert_true(take(other, &h, &g, &e));
	assert_true(answers_equal(f.answers, g.answers));
	assert_int_equal(g.n_attachments, 3);
	assert_int_equal(filing_files(&g, "lease"), 2);
	assert_memory_equal(filing_file(&g, "lease", 2)->bytes, "page", 4);
	assert_int_equal(filing_attachment(&g, "photo")->size, 200000);
	assert_memory_equal(filing_attachment(&g, "photo")->bytes, filing_attachment(&f, "photo")->bytes, 200000);
	assert_string_equal(filing_attachment(&g, "lease")->mime, "application/pdf");
	assert_int_equal(g.step, f.step);
	assert_string_equal(g.token, f.token);
	assert_memory_equal(g.key, f.key, sizeof f.key);
	assert_string_equal(g.query, f.query);
	assert_true(g.demo);
	assert_string_equal(g.pause, ""); /* the code is used up */
	/* It is the other station's draft now. */
	struct filing again;
	filing_init(&again, fixture_item(), "ffffffffffffffffffffffffffffffff");
	assert_true(store_draft_load(other, f.token, &again, &e));
	assert_true(answers_equal(f.answers, again.answers));
	filing_finish(&again);
	/* Once. */
	filing_finish(&g);
	assert_int_equal(find(s, f.pause, &h), PAUSED_UNKNOWN);
	filing_finish(&f);
	store_close(s);
	store_close(other);
}

static void test_two_looked_one_takes(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001"), *other = fixture_open("0002");
	struct filing f, g;
	struct paused_head mine, theirs;
	struct err e = { 0 };

	paused_filing(&f, 0);
	pause_it(s, &f, clock_now() + DAY);
	assert_int_equal(find(s, f.pause, &mine), PAUSED_FOUND);
	assert_int_equal(find(other, f.pause, &theirs), PAUSED_FOUND);
	assert_true(take(other, &theirs, &g, &e));
	filing_finish(&g);
	assert_false(take(s, &mine, &g, &e));
	assert_int_equal(e.code, ERR_NO);
	filing_finish(&g);
	filing_finish(&f);
	store_close(s);
	store_close(other);
}

/* Each in a process of its own, all at once: exactly one gets it. */
static void test_race(void **state)
{
	(void)state;
	enum { N = 6 };
	struct store *s = fixture_open("0001");
	struct filing f;
	pid_t child[N];
	int gate[2], got = 0;

	paused_filing(&f, 5000);
	pause_it(s, &f, clock_now() + DAY);
	store_close(s);
	assert_int_equal(pipe(gate), 0);
	for (int i = 0; i < N; i++) {
		child[i] = fork();
		if (child[i] == 0) {
			struct paused_head h = { 0 };
			struct filing g;
			struct err e = { 0 };
			char c;
			struct store *mine = NULL;
			close(gate[1]);
			if (!fixture_open_as(&mine, "0001", false, &e) || read(gate[0], &c, 1) != 0)
				_exit(9);
			if (!store_paused_find(mine, f.pause, &h, &e))
				_exit(8);
			if (h.state != PAUSED_FOUND)
				_exit(h.state == PAUSED_UNKNOWN || h.state == PAUSED_REFUSED ? 1 : 7);
			_exit(take(mine, &h, &g, &e) ? 0 : e.code == ERR_NO ? 1 : 6);
		}
	}
	close(gate[0]);
	close(gate[1]);
	for (int i = 0; i < N; i++) {
		int status = 0;
		assert_int_equal(waitpid(child[i], &status, 0), child[i]);
		assert_true(WIFEXITED(status));
		assert_in_range(WEXITSTATUS(status), 0, 1);
		got += WEXITSTATUS(status) == 0;
	}
	assert_int_equal(got, 1);
	filing_finish(&f);
}

static void test_expired(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001");
	struct filing f, g;
	struct paused_head h, before;
	struct err e = { 0 };

	paused_filing(&f, 0);
	pause_it(s, &f, clock_now() + 3600);
	assert_int_equal(find(s, f.pause, &before), PAUSED_FOUND);
	clock_fix("2026-03-02T10:29:59");
	assert_int_equal(find(s, f.pause, &h), PAUSED_FOUND);
	clock_fix("2026-03-02T10:30:00");
	assert_false(take(s, &before, &g, &e)); /* it was there a moment before */
	assert_int_equal(e.code, ERR_NO);
	filing_finish(&g);
	assert_int_equal(find(s, f.pause, &h), PAUSED_EXPIRED);
	assert_int_equal(find(s, f.pause, &h), PAUSED_UNKNOWN); /* deleted then */
	filing_finish(&f);
	store_close(s);
}

static void test_purge(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001");
	static const struct retention keep = { .draft_minutes = 15 };
	struct purge_counts n = { 0 };
	struct filing f;
	struct paused_head h;
	struct err e = { 0 };

	paused_filing(&f, 0);
	pause_it(s, &f, clock_now() + 3600);
	query_code_make(f.pause);
	pause_it(s, &f, clock_now() + 7200);
	clock_fix("2026-03-02T11:00:00");
	assert_true(store_purge(s, &keep, true, NULL, NULL, &n, &e));
	assert_int_equal(n.paused, 1);
	assert_true(store_purge(s, &keep, false, NULL, NULL, &n, &e));
	assert_int_equal(n.paused, 1);
	n.paused = 0;
	assert_true(store_purge(s, &keep, false, NULL, NULL, &n, &e));
	assert_int_equal(n.paused, 0);
	assert_int_equal(find(s, f.pause, &h), PAUSED_FOUND);
	filing_finish(&f);
	store_close(s);
}

static void test_wrong_codes_wait(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001"), *other = fixture_open("0002");
	struct filing f, g;
	struct paused_head h;
	struct err e = { 0 };
	char wrong[QUERY_CODE_LENGTH + 1];

	paused_filing(&f, 0);
	pause_it(s, &f, clock_now() + DAY);
	for (int i = 0; i < 5; i++) {
		query_code_make(wrong);
		assert_int_equal(find(s, wrong, &h), PAUSED_UNKNOWN);
	}
	/* Then also the right one has to wait, here; it works elsewhere, and after the wait. */
	assert_int_equal(find(s, f.pause, &h), PAUSED_REFUSED);
	assert_int_equal(h.until, clock_now() + 30);
	store_close(s);
	s = fixture_open("0001"); /* starting again saves nobody the wait */
	assert_int_equal(find(s, f.pause, &h), PAUSED_REFUSED);
	assert_int_equal(find(other, f.pause, &h), PAUSED_FOUND);
	clock_fix("2026-03-02T09:30:30");
	assert_int_equal(find(s, wrong, &h), PAUSED_UNKNOWN);
	assert_int_equal(find(s, f.pause, &h), PAUSED_REFUSED);
	assert_int_equal(h.until, clock_now() + 60);
	clock_fix("2026-03-02T09:31:30");
	assert_int_equal(find(s, f.pause, &h), PAUSED_FOUND);
	assert_true(take(s, &h, &g, &e)); /* right: the tries begin anew */
	assert_int_equal(find(s, wrong, &h), PAUSED_UNKNOWN);
	assert_int_equal(find(s, wrong, &h), PAUSED_UNKNOWN);
	filing_finish(&g);
	filing_finish(&f);
	store_close(s);
	store_close(other);
}

/* A right code is no guess, however often it is looked at and left; nor is one whose time is over. */
static void test_right_codes_do_not_count(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001");
	struct filing f;
	struct paused_head h;

	paused_filing(&f, 0);
	pause_it(s, &f, clock_now() + DAY);
	for (int i = 0; i < 8; i++)
		assert_int_equal(find(s, f.pause, &h), PAUSED_FOUND);
	for (int i = 0; i < 8; i++) {
		query_code_make(f.pause);
		pause_it(s, &f, clock_now());
		assert_int_equal(find(s, f.pause, &h), PAUSED_EXPIRED);
	}
	filing_finish(&f);
	store_close(s);
}

static void test_open_elsewhere(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001");
	struct filing f, g;
	struct paused_head h;
	struct err e = { 0 };
	pid_t child;
	int status = 0;

	/* A program pauses and crashes before it could delete its draft. */
	paused_filing(&f, 0);
	child = fork();
	if (child == 0) {
		struct store *mine = NULL;
		_exit(fixture_open_as(&mine, "0001", false, &e) && store_draft_save(mine, &f, &e) &&
					store_paused_save(mine, &f, clock_now() + DAY, false, &e)
				? 0
				: 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	struct draft_head orphan;
	assert_true(store_draft_orphan(s, DAY, &orphan, &e));
	assert_int_equal(find(s, f.pause, &h), PAUSED_FOUND);
	/* It goes on where it was: the filing is open on a screen, nobody takes it up beside that. */
	filing_init(&g, fixture_item(), "ffffffffffffffffffffffffffffffff");
	assert_true(store_draft_load(s, f.token, &g, &e));
	assert_string_equal(g.pause, f.pause);
	filing_finish(&g);
	assert_false(take(s, &h, &g, &e));
	assert_int_equal(e.code, ERR_NO);
	filing_finish(&g);
	/* The draft is deleted: then it can be. */
	assert_true(store_draft_delete(s, f.token, &e));
	assert_true(take(s, &h, &g, &e));
	filing_finish(&g);
	filing_finish(&f);
	store_close(s);
}

static void test_another_version_stays(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001");
	struct item newer = *fixture_item();
	struct filing f, g;
	struct paused_head h;
	struct err e = { 0 };

	newer.version++;
	paused_filing(&f, 0);
	pause_it(s, &f, clock_now() + DAY);
	assert_int_equal(find(s, f.pause, &h), PAUSED_FOUND);
	filing_init(&g, &newer, "ffffffffffffffffffffffffffffffff");
	assert_false(store_paused_take(s, &h, &g, &e));
	assert_int_equal(e.code, ERR_NO);
	filing_finish(&g);
	assert_int_equal(find(s, f.pause, &h), PAUSED_FOUND);
	assert_true(take(s, &h, &g, &e));
	filing_finish(&g);
	filing_finish(&f);
	store_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_taken_up_as_it_was, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_two_looked_one_takes, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_race, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_expired, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_purge, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_wrong_codes_wait, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_right_codes_do_not_count, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_open_elsewhere, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_another_version_stays, fixture_setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
