#include "store_revision.h"
#include "store_upkeep.h"

/*
 * Random sequences against a plain model: a few cases, two terminals, everybody tries everything, allowed or not, knowing the
 * state or guessing it. The database says what the model says, its history only grows, and it verifies at the end.
 * JUZHU_MODEL_STEPS and JUZHU_MODEL_SEED: longer, and another one.
 */
enum { CASES = 6, EVENTS_MAX = 400, A = ACTOR_APPLICANT, C = ACTOR_CENTER, P = ACTOR_POLICE, S = ACTOR_SYSTEM };

/* Domain file 8.2 as digits: what may follow a state, by whom; 'k' needs a card, 'n' none. */
static const struct {
	int from, to;
	unsigned who;
	char card;
	const char *reason;
} table[] = {
	{ 10, 20, C, ' ', "" },
	{ 10, 21, C, ' ', "why" },
	{ 10, 30, C | P, ' ', MISSING },
	{ 10, 99, A, ' ', "" },
	{ 20, 40, P, ' ', "" },
	{ 30, 10, A, ' ', "shown" },
	{ 30, 31, S, ' ', "" },
	{ 30, 99, A, ' ', "" },
	{ 40, 30, C | P, ' ', MISSING },
	{ 40, 50, P, ' ', "" },
	{ 40, 51, P, ' ', "why" },
	{ 50, 60, P, 'k', "" },
	{ 50, 90, S, 'n', "" },
	{ 60, 70, C, 'k', "waybill EM123456785CN" },
	{ 60, 71, C, 'k', "" },
	{ 70, 72, C, 'k', "" },
	{ 70, 80, C, 'k', "" },
	{ 71, 80, C, 'k', "" },
	{ 72, 71, C, 'k', "" },
};
enum { ROWS = sizeof table / sizeof *table };
static const int every[] = { 10, 20, 21, 30, 31, 40, 50, 51, 60, 70, 71, 72, 80, 90, 99 };
enum { STATES = sizeof every / sizeof *every };

struct model { /* of one case */
	char number[21];
	bool card, rated;
	int state;
	unsigned revision;
	char grade; /* of the answer `pickup`, in the newest revision that has one */
	struct {
		int from, to;
		char station[5];
	} events[EVENTS_MAX];
	unsigned n_events;
};

static uint64_t seed;

static unsigned below(unsigned n)
{
	seed ^= seed >> 12;
	seed ^= seed << 25;
	seed ^= seed >> 27;
	return (unsigned)((seed * 0x2545F4914F6CDD1DULL >> 33) % n);
}

static bool ended(int state)
{
	return state == 21 || state == 31 || state == 51 || state == 80 || state == 90 || state == 99;
}

static void note(struct model *m, int to, const char *station)
{
	assert_true(m->n_events < EVENTS_MAX);
	m->events[m->n_events].from = m->state;
	m->events[m->n_events].to = to;
	snprintf(m->events[m->n_events++].station, 5, "%s", station);
	m->state = to;
}

/* A move: mostly along the table, else any. What the model says it has to be. */
static void try_move(struct store *s, const char *station, struct model *m)
{
	struct case_move c = { .from = m->state,
		.to = every[below(STATES)],
		.actor = (enum case_actor)(1 << below(4)),
		.card = m->card };
	const char *reason = "";
	bool want = false;
	struct err e = { 0 };

	if (below(3)) {
		unsigned row = below(ROWS);
		for (unsigned i = 0; i < ROWS && table[row].from != m->state; i++)
			row = (row + 1) % ROWS;
		c.to = table[row].to;
		reason = table[row].reason;
		for (unsigned i = 0; i < 4 && below(8) && !(table[row].who & c.actor); i++)
			c.actor = (enum case_actor)(1 << i);
	}
	if (below(10) == 0)
		c.from = every[below(STATES)]; /* what another terminal saw */
	if (below(20) == 0)
		reason = "revision 2 supplement";
	c.reason = reason;
	for (unsigned i = 0; i < ROWS; i++)
		if (table[i].from == c.from && table[i].to == c.to && (table[i].who & c.actor) &&
			table[i].card != (m->card ? 'n' : 'k'))
			/* Where no reason is needed, some words are welcome. */
			want = strcmp(reason, table[i].reason) == 0 ||
				(strcmp(reason, "why") == 0 && strcmp(table[i].reason, "shown") == 0) ||
				(strcmp(reason, "shown") == 0 && strcmp(table[i].reason, "why") == 0) ||
				(table[i].reason[0] == '\0' &&
					(strcmp(reason, "why") == 0 || strcmp(reason, "shown") == 0));
	if (want && strcmp(reason, MISSING) == 0)
		want = c.to == 30;
	want = want && c.from == m->state;
	bool good = store_case_move(s, m->number, &c, &e);
	if (good != want)
		fail_msg("%s: %d to %d by %d, '%s': %s", m->number, c.from, c.to, (int)c.actor, reason, e.text);
	if (good)
		note(m, c.to, station);
	else
		assert_int_equal(e.code, ERR_NO);
}

static void try_revision(struct store *s, const char *station, struct model *m, const struct filing *f)
{
	enum revision_kind kind = below(2) ? REVISION_SUPPLEMENT : REVISION_PICKUP;
	unsigned revision = below(5) ? m->revision + 1 : 2 + below(4);
	char value[] = { (char)('a' + below(26)), '\0' };
	const char *const record[] = { "pickup", value, below(2) ? "photo" : "note", "file", NULL };
	struct err e = { 0 };
	bool may = kind == REVISION_SUPPLEMENT ? m->state == 30
					       : !ended(m->state) && m->state != 70 && m->state != 71 && m->state != 72;
	bool want = may && revision == m->revision + 1 && revision <= REVISIONS_MAX;

	bool good = revision_store(s, station, f, m->number, revision, kind, value, record, &e);
	if (good != want)
		fail_msg("%s: revision %u in state %d: %s", m->number, revision, m->state, e.text);
	if (!good) {
		assert_int_equal(e.code, ERR_NO);
		return;
	}
	m->revision = revision;
	m->grade = value[0];
	note(m, kind == REVISION_SUPPLEMENT ? 10 : m->state, station);
}

static void try_rating(struct store *s, const char *station, struct model *m)
{
	struct err e = { 0 };
	bool want = ended(m->state) && !m->rated;
	bool good = move_to(s, m->number, m->state, m->state, ACTOR_APPLICANT, "rating 3", &e);
	assert_int_equal(good, want);
	m->rated = m->rated || good;
	if (good)
		note(m, m->state, station);
}

static void compare(struct store *s, const struct model *m, const struct filing *f)
{
	struct case_record *c = NULL;
	struct err e = { 0 };

	if (!store_case_load(s, m->number, &c, &e) || !case_open(c, f->key, &e))
		fail_msg("%s", e.text);
	assert_int_equal(c->state, m->state);
	assert_int_equal(revision_newest(c), m->revision);
	assert_int_equal(c->n_events, m->n_events);
	for (unsigned i = 0; i < m->n_events; i++) {
		assert_int_equal(c->events[i].from, m->events[i].from);
		assert_int_equal(c->events[i].to, m->events[i].to);
		assert_string_equal(c->events[i].station, m->events[i].station);
	}
	assert_int_equal(answers_text(c->answers, "pickup")[0], m->grade);
	case_record_destroy(c);
}

static void file_case(struct store *s, struct filing *f, struct model *m, unsigned n)
{
	struct err e = { 0 };

	*m = (struct model){ .card = below(3), .state = 0, .revision = 1, .grade = '\0' };
	snprintf(f->token, sizeof f->token, "%032x", n);
	assert_true(fixture_submit(s, f, f->answers, m->number, &e));
	note(m, 10, "0001");
}

static void test_random(void **state)
{
	(void)state;
	const char *steps = getenv("JUZHU_MODEL_STEPS"), *from = getenv("JUZHU_MODEL_SEED");
	unsigned long n = steps ? strtoul(steps, NULL, 10) : 4000;
	static struct model cases[CASES];
	static const char *const stations[] = { "0001", "0002" };
	bool reached[100] = { false };
	unsigned filed = 0;
	struct store *s[2] = { fixture_open("0001"), fixture_open("0002") };
	struct filing f;

	seed = from ? strtoull(from, NULL, 10) | 1 : 20260302;
	print_message("# seed %llu\n", (unsigned long long)seed);
	fixture_filing(&f, 'a', 0);
	assert_true(answers_set(f.answers, "pickup", NULL));
	for (unsigned i = 0; i < CASES; i++)
		file_case(s[0], &f, &cases[i], filed++);
	for (unsigned long i = 0; i < n; i++) {
		struct model *m = &cases[below(CASES)];
		unsigned who = below(2), what = below(10);
		if (what == 0)
			try_revision(s[who], stations[who], m, &f);
		else if (what == 1)
			try_rating(s[who], stations[who], m);
		else
			try_move(s[who], stations[who], m);
		reached[m->state] = true;
		if (below(20) == 0)
			compare(s[1 - who], m, &f);
		/* An end is looked at, and a new case takes its place. */
		if (ended(m->state) && below(10) == 0) {
			compare(s[who], m, &f);
			file_case(s[0], &f, m, filed++);
		}
	}
	for (unsigned i = 0; i < CASES; i++)
		compare(s[0], &cases[i], &f);
	for (unsigned i = 0; i < STATES; i++)
		if (!reached[every[i]])
			fail_msg("state %d was never reached in %lu steps", every[i], n);
	filing_finish(&f);
	store_close(s[0]);
	store_close(s[1]);
	upkeep_expect_clean();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_random, fixture_setup, fixture_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
