#include "world.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/str.h"
#include "disk.h"
#include "model/answers.h"
#include "model/item.h"
#include "seams.h"
#include "store/audit.h"

struct station_keys world_keys;
unsigned char world_draft_key[32];
const char world_station[] = "0001";

enum { TODAY = 20260302, FILE_MAX = 9 * 1024 };

/* libsodium's random numbers come from the seed, too, so that a run can be repeated to the byte. */
static struct random sodium_noise;

static const char *noise_name(void)
{
	return "fault";
}

static void noise_fill(void *const to, const size_t n)
{
	unsigned char *bytes = to;
	for (size_t i = 0; i < n; i++)
		bytes[i] = (unsigned char)random_next(&sodium_noise);
}

static uint32_t noise_one(void)
{
	return (uint32_t)random_next(&sodium_noise);
}

static randombytes_implementation noise = { noise_name, noise_one, NULL, NULL, noise_fill, NULL };

void world_begin(uint64_t seed)
{
	unsigned char key[32];

	sodium_noise = random_from(seed);
	randombytes_set_implementation(&noise);
	if (sodium_init() < 0)
		harness_die("libsodium cannot be initialised");
	disk_register();
	disk_seed(seed);
	clock_fix("2026-03-02T09:30:00");
	for (unsigned i = 0; i < sizeof key; i++)
		key[i] = (unsigned char)i;
	station_keys_throwaway(key, world_station, TODAY, &world_keys);
	memset(world_draft_key, 'd', sizeof world_draft_key);
}

static const struct item *world_item(void)
{
	static struct step steps[4];
	static char code[] = "residence-registration", number[] = "01";
	static struct item item = { .code = code, .number = number, .version = 3, .steps = steps, .n_steps = 4 };
	return &item;
}

void world_filing(struct filing *f, const struct filed *c)
{
	struct random r = random_from(c->seed);
	char value[64];

	filing_init(f, world_item(), c->token);
	snprintf(value, sizeof value, "样例人%u", (unsigned)random_below(&r, 1000000));
	answers_set(f->answers, "applicant.name", value);
	snprintf(value, sizeof value, "1390000%04u", (unsigned)random_below(&r, 10000));
	answers_set(f->answers, "applicant.mobile", value);
	answers_set(f->answers, "reason", random_below(&r, 2) == 0 ? "work" : "study");
	if (c->file_size > 0) {
		static unsigned char bytes[FILE_MAX]; /* not allocated: memory.c lets that fail */
		for (size_t i = 0; i < c->file_size; i++)
			bytes[i] = (unsigned char)random_next(&r);
		filing_attach(f, "photo", "image/jpeg", bytes, c->file_size);
		answers_set(f->answers, "photo", "file");
	}
	f->step = 2;
	memcpy(f->key, c->key, sizeof f->key);
}

void filed_seal(struct filed *c, const char *number)
{
	static const struct seal_cost cheap = { 1, 8 };
	struct filing f;
	struct err e = { 0 };

	world_filing(&f, c);
	struct seal_request r = { .head = { .item_version = f.item->version, .revision = 1, .created = clock_now() },
		.record = f.answers,
		.filing = &f,
		.key = c->key,
		.query = NULL,
		.person = "11010519491231002X",
		.cost = &cheap };
	str_copy(r.head.number, sizeof r.head.number, number);
	str_copy(r.head.item, sizeof r.head.item, f.item->code);
	sealed_case_finish(&c->sealed);
	if (!case_seal(&c->sealed, &r, &world_keys, &e))
		harness_die("%s", e.text);
	filing_finish(&f);
}

void filed_make(struct filed *c, uint64_t seed, uint64_t token_seed, unsigned n, int day)
{
	char number[CASENUM_LENGTH + 1];
	struct random r = random_from(seed), t = random_from(token_seed);

	*c = (struct filed){ .seed = random_next(&r) };
	for (unsigned i = 0; i < 32; i++)
		c->token[i] = "0123456789abcdef"[random_below(&t, 16)];
	for (unsigned i = 0; i < sizeof c->key; i++)
		c->key[i] = (unsigned char)random_next(&r);
	c->file_size = random_below(&r, 4) == 0 ? 0 : (size_t)random_below(&r, FILE_MAX);
	casenum_make("01", world_station, day, n, number);
	filed_seal(c, number);
}

void filed_finish(struct filed *c)
{
	sealed_case_finish(&c->sealed);
}

struct filed *filed_make_all(uint64_t seed, unsigned n)
{
	struct filed *c = calloc(n, sizeof *c);
	if (c == NULL)
		harness_die("out of memory");
	for (unsigned i = 0; i < n; i++)
		filed_make(&c[i], random_mix(seed, i), random_mix(seed, i), i, TODAY);
	return c;
}

void filed_finish_all(struct filed *c, unsigned n)
{
	for (unsigned i = 0; c != NULL && i < n; i++)
		filed_finish(&c[i]);
	free(c);
}

bool world_open(struct store **ret, const char *path, struct err *e)
{
	struct store_options o = { .path = path,
		.schema_dir = "data/schema",
		.station = world_station,
		.keys = &world_keys,
		.draft_key = world_draft_key };
	return store_open(ret, &o, e);
}

static bool told(struct session *s, bool ok, const struct err *e)
{
	if (!ok && s->errors++ == 0)
		s->first = *e;
	return ok;
}

static void tell(struct session *s, unsigned i)
{
	s->filed[i].acked = true;
	if (s->acked != NULL)
		s->acked(i);
}

static void file_one(struct session *s, struct store *store, unsigned i)
{
	char number[CASENUM_LENGTH + 1] = "";
	struct filed *c = &s->filed[i];
	struct filing f;
	struct err e = { 0 };

	world_filing(&f, c);
	f.step = 1;
	told(s, store_draft_save(store, &f, &e), &e);
	f.step = 3;
	told(s, store_draft_save(store, &f, &e), &e);
	filing_finish(&f);
	if (seam_on(SEAM_ACK_EARLY))
		tell(s, i);
	bool stored = told(s, store_submit(store, c->token, &c->sealed, false, number, &e), &e);
	if (!stored && s->again)
		stored = told(s, store_submit(store, c->token, &c->sealed, false, number, &e), &e);
	if (stored && strcmp(number, c->sealed.head.number) != 0)
		harness_die("another number was told than the case has: %s", number);
	if (stored && !seam_on(SEAM_ACK_EARLY))
		tell(s, i);
	if (i % 2 == 0)
		told(s, store_draft_delete(store, c->token, &e), &e);
}

void session_run(struct session *s)
{
	struct store *store = NULL;
	struct err e = { 0 };

	if (!told(s, world_open(&store, s->path, &e), &e)) {
		for (unsigned i = 0; seam_on(SEAM_ACK_EARLY) && i < s->n; i++)
			tell(s, i);
		return;
	}
	told(s, store_audit(store, AUDIT_SESSION, "", "residence-registration", &e), &e);
	for (unsigned i = 0; i < s->n; i++) {
		file_one(s, store, i);
		if (s->tidy && i == s->n / 2)
			store_tidy(store);
	}
	store_close(store);
}

void world_remove(const char *path)
{
	static const char *const ends[] = { "", "-wal", "-shm", "-journal", ".ballast" };
	char name[700];
	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
		snprintf(name, sizeof name, "%s%s", path, ends[i]);
		unlink(name);
	}
}

void world_copy(const char *from, const char *to)
{
	char bytes[65536];
	ssize_t n;

	world_remove(to);
	int in = open(from, O_RDONLY | O_CLOEXEC), out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (in < 0 || out < 0)
		harness_die("%s cannot be copied", from);
	while ((n = read(in, bytes, sizeof bytes)) > 0)
		if (write(out, bytes, (size_t)n) != n)
			harness_die("%s cannot be written", to);
	close(in);
	close(out);
}
