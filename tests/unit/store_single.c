#include "store_revision.h"
#include "store_upkeep.h"

#include <sys/wait.h>

static void seal(struct sealed_case *ret, const struct filing *f, const char *number, const char *person)
{
	struct err e = { 0 };
	struct seal_request r = fixture_request(f, number);
	r.person = person;
	snprintf(r.head.item, sizeof r.head.item, "permit");
	must(case_seal(ret, &r, fixture_keys("0001"), &e), &e);
}

/* One open case of an item for each person; another one when it has ended, another person's at any time. */
static void test_single(void **state)
{
	(void)state;
	struct store *s = fixture_open("0001");
	struct filing f;
	char number[21] = "", first[21] = "";
	struct err e = { 0 };

	fixture_filing(&f, 'a', 0);
	for (unsigned i = 0; i < 5; i++) {
		/* The first, refused, after the first one's end, another person, nobody knows who. */
		static const char *const persons[] = { "32000019880512001X", "32000019880512001x", "32000019880512001X",
			"330000199511030023", "" };
		struct sealed_case c = { 0 };
		snprintf(f.token, sizeof f.token, "%032x", i);
		must(store_number(s, "02", number, &e), &e);
		seal(&c, &f, number, persons[i]);
		e = (struct err){ 0 };
		bool good = store_submit(s, f.token, &c, true, number, &e);
		assert_int_equal(good, i != 1);
		if (i == 0) { /* once more: the same case, no second one */
			memcpy(first, number, sizeof first);
			must(store_submit(s, f.token, &c, true, number, &e), &e);
			assert_string_equal(number, first);
		}
		if (i == 1) {
			assert_int_equal(e.code, ERR_EXISTS);
			assert_non_null(strstr(e.text, first));
			must(move_to(s, first, 10, 99, ACTOR_APPLICANT, NULL, &e), &e);
		}
		sealed_case_finish(&c);
	}
	assert_int_equal(upkeep_count(fixture_path, "SELECT count(*) FROM cases"), 4);
	filing_finish(&f);
	store_close(s);
}

/* Two programs at the same moment: one case, and the other one is told. */
static void test_race(void **state)
{
	(void)state;
	enum { ROUNDS = 20, PROGRAMS = 2 };
	struct filing f;

	fixture_filing(&f, 'a', 0);
	for (unsigned i = 0; i < ROUNDS; i++) {
		struct sealed_case c[PROGRAMS] = { 0 };
		char number[21], person[19];
		int gate[2], stored = 0, refused = 0;
		pid_t children[PROGRAMS];

		store_close(fixture_open("0001"));
		snprintf(person, sizeof person, "3200001988051%05u", i);
		assert_int_equal(pipe(gate), 0);
		for (unsigned k = 0; k < PROGRAMS; k++) {
			casenum_make("02", "0001", 20260302, i * PROGRAMS + k, number);
			seal(&c[k], &f, number, person);
			children[k] = fork();
			assert_true(children[k] >= 0);
			if (children[k] == 0) {
				struct store *s = NULL;
				struct err e = { 0 };
				char token[33], byte;
				snprintf(token, sizeof token, "%032x", i * PROGRAMS + k);
				close(gate[1]);
				bool good = fixture_open_as(&s, "0001", false, &e);
				/* Both wait here until the gate is closed. */
				good = read(gate[0], &byte, 1) == 0 && good &&
					store_submit(s, token, &c[k], true, number, &e);
				_exit(good ? 0 : (int)e.code);
			}
		}
		close(gate[0]);
		close(gate[1]);
		for (unsigned k = 0; k < PROGRAMS; k++) {
			int status = 0;
			assert_int_equal(waitpid(children[k], &status, 0), children[k]);
			stored += WIFEXITED(status) && WEXITSTATUS(status) == 0;
			refused += WIFEXITED(status) && WEXITSTATUS(status) == ERR_EXISTS;
			sealed_case_finish(&c[k]);
		}
		assert_int_equal(stored, 1);
		assert_int_equal(refused, 1);
		assert_int_equal(upkeep_count(fixture_path, "SELECT count(*) FROM cases"), i + 1);
	}
	filing_finish(&f);
	upkeep_expect_clean();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_single, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(test_race, fixture_setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
