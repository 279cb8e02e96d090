#include "store_fixture.h"

#include "model/file_name.h"

#include <sys/stat.h>
#include <sys/wait.h>

static off_t log_size(void)
{
	char path[700];
	struct stat st;
	snprintf(path, sizeof path, "%s-wal", fixture_path);
	return stat(path, &st) == 0 ? st.st_size : 0;
}

static void test_save_load(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001");
	struct filing f, g;
	struct err e = { 0 };

	fixture_filing(&f, 'a', 60000);
	assert_true(store_draft_save(s, &f, &e));
	/* An answer and a file go, others come. */
	assert_true(answers_set(f.answers, "reason", ""));
	assert_true(answers_set(f.answers, "mobile", "13900000000"));
	filing_detach(&f, "photo");
	for (unsigned n = 1; n <= MATERIAL_FILES_MAX; n++)
		assert_true(filing_give(&f, "property", n, "image/png", &"?1234"[n], 1));
	for (unsigned n = 1; n <= 3; n++)
		assert_true(filing_give(&f, "lease", n, "image/png", &"?abc"[n], 1));
	assert_true(store_draft_save(s, &f, &e));
	/* Several files become one, others stay. */
	assert_true(filing_give(&f, "lease", 1, "application/pdf", "%PDF", 4));
	f.step = 3;
	assert_true(store_draft_save(s, &f, &e));

	filing_init(&g, fixture_item(), "ffffffffffffffffffffffffffffffff");
	assert_true(store_draft_load(s, f.token, &g, &e));
	assert_true(answers_equal(f.answers, g.answers));
	assert_int_equal(g.n_attachments, 5);
	assert_int_equal(filing_files(&g, "lease"), 1);
	assert_int_equal(filing_files(&g, "property"), MATERIAL_FILES_MAX);
	assert_memory_equal(filing_file(&g, "property", 3)->bytes, "3", 1);
	assert_int_equal(filing_attachment(&g, "lease")->size, 4);
	assert_string_equal(filing_attachment(&g, "lease")->mime, "application/pdf");
	assert_int_equal(g.step, 3);
	assert_string_equal(g.token, f.token);
	assert_false(g.demo);
	filing_finish(&g);

	filing_init(&g, fixture_item(), "ffffffffffffffffffffffffffffffff");
	assert_false(store_draft_load(s, "00000000000000000000000000000000", &g, &e));
	assert_int_equal(e.code, ERR_NO);
	filing_finish(&g);
	filing_finish(&f);
	store_close(s);
}

static void test_unchanged_file_is_not_written_again(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001");
	struct filing f;
	struct err e = { 0 };

	fixture_filing(&f, 'a', 1000000);
	assert_true(store_draft_save(s, &f, &e));
	off_t before = log_size();
	unsigned long syncs = store_sync_count();
	assert_true(before > 1000000);
	assert_true(answers_set(f.answers, "reason", "study"));
	assert_true(store_draft_save(s, &f, &e));
	assert_true(log_size() - before < 100000);
	assert_int_equal(store_sync_count() - syncs, 1);
	filing_finish(&f);
	store_close(s);
}

static void test_deleted_is_gone_from_the_disk(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001");
	struct filing f;
	struct err e = { 0 };

	fixture_filing(&f, 'a', 0);
	assert_true(answers_set(f.answers, "applicant.name", "CANARY-NAME"));
	assert_true(filing_attach(&f, "photo", "image/jpeg", "CANARY-BYTES", 12));
	assert_true(store_draft_save(s, &f, &e));
	assert_false(fixture_on_disk("CANARY-NAME") || fixture_on_disk("CANARY-BYTES")); /* never in the clear */
	assert_true(fixture_on_disk("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
	assert_true(store_draft_delete(s, f.token, &e));
	assert_false(fixture_on_disk("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
	filing_finish(&f);
	store_close(s);
}

/* Saves a draft in another process, which then ends, or waits to be killed. */
static pid_t draft_of_child(char token, bool end)
{
	int ready[2];
	char c;
	assert_int_equal(pipe(ready), 0);
	pid_t pid = fork();
	if (pid == 0) {
		struct filing f;
		fixture_filing(&f, token, 1000);
		struct store *s = fixture_open("0001");
		bool ok = store_draft_save(s, &f, NULL) && write(ready[1], "x", 1) == 1;
		if (!end)
			pause();
		_exit(ok ? 0 : 1);
	}
	close(ready[1]);
	assert_int_equal(read(ready[0], &c, 1), 1);
	close(ready[0]);
	if (end)
		assert_int_equal(waitpid(pid, NULL, 0), pid);
	return pid;
}

static void test_orphan(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001"), *other = fixture_open("0002");
	struct filing mine, f;
	struct draft_head head;
	struct err e = { .code = ERR_BUG };

	fixture_filing(&mine, 'a', 0);
	assert_true(store_draft_save(s, &mine, &e));
	assert_false(store_draft_orphan(s, 600, &head, &e)); /* its process lives */
	assert_int_equal(e.code, ERR_NONE);
	assert_string_equal(e.text, "");

	pid_t living = draft_of_child('b', false);
	assert_false(store_draft_orphan(s, 600, &head, &e));
	filing_init(&f, fixture_item(), "ffffffffffffffffffffffffffffffff");
	assert_false(store_draft_load(s, "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", &f, &e));
	assert_int_equal(e.code, ERR_NO);

	/* Killed: an orphan at once, also while nobody has waited for the process. */
	kill(living, SIGKILL);
	siginfo_t info;
	assert_int_equal(waitid(P_PID, (id_t)living, &info, WEXITED | WNOWAIT), 0);
	assert_true(store_draft_orphan(s, 600, &head, &e));
	assert_int_equal(waitpid(living, NULL, 0), living);
	assert_string_equal(head.token, "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb");
	assert_string_equal(head.item, "residence-registration");
	assert_int_equal(head.item_version, 3);
	assert_int_equal(head.step, 2);
	assert_false(store_draft_orphan(other, 600, &head, &e)); /* another station */

	assert_true(clock_fix("2026-03-02T09:41:00"));
	assert_false(store_draft_orphan(s, 600, &head, &e)); /* too old */
	assert_true(store_draft_orphan(s, 900, &head, &e));

	assert_true(store_draft_load(s, head.token, &f, &e));
	assert_string_equal(answers_text(f.answers, "reason"), "work");
	assert_int_equal(filing_attachment(&f, "photo")->size, 1000);
	assert_false(store_draft_orphan(s, 900, &head, &e)); /* it has an owner again */

	draft_of_child('c', true);
	assert_true(store_draft_purge(s, 600, &e));
	assert_true(store_draft_orphan(s, 600, &head, &e)); /* young enough */
	assert_true(clock_fix("2026-03-02T10:41:00"));
	assert_true(store_draft_purge(s, 600, &e));
	assert_false(store_draft_orphan(s, 100000, &head, &e));
	filing_finish(&f);
	filing_init(&f, fixture_item(), "ffffffffffffffffffffffffffffffff");
	assert_true(store_draft_load(s, mine.token, &f, &e)); /* living ones stay */
	filing_finish(&f);
	filing_finish(&mine);
	store_close(other);
	store_close(s);
}

/* A program with another key in memory finds no draft, can open none, and can delete what has become old. */
static void test_another_key(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001");
	struct filing f;
	struct draft_head head;
	struct err e = { 0 };

	draft_of_child('d', true);
	assert_true(store_draft_orphan(s, 600, &head, &e));
	fixture_draft_key[0] ^= 1;
	assert_false(store_draft_orphan(s, 600, &head, &e));
	filing_init(&f, fixture_item(), "dddddddddddddddddddddddddddddddd");
	assert_false(store_draft_load(s, f.token, &f, &e));
	assert_int_equal(e.code, ERR_NO);
	assert_int_equal(answers_count(f.answers), 0);
	fixture_draft_key[0] ^= 1;
	assert_true(store_draft_load(s, f.token, &f, &e));
	filing_finish(&f);
	draft_of_child('e', true);
	fixture_draft_key[0] ^= 1;
	assert_true(clock_fix("2026-03-02T10:41:00"));
	assert_true(store_draft_purge(s, 600, &e));
	assert_false(fixture_on_disk("eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee"));
	fixture_draft_key[0] ^= 1;
	store_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_save_load, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_unchanged_file_is_not_written_again, fixture_setup,
			fixture_teardown),
		cmocka_unit_test_setup_teardown(test_deleted_is_gone_from_the_disk, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_another_key, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_orphan, fixture_setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
