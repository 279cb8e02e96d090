#include "seal/body.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/utf8.h"
#include "base/xalloc.h"
#include "model/answers.h"
#include "model/case.h"
#include "model/filing.h"
#include "seal/pack.h"

void body_pack(struct packer *to, const struct answers *record, const struct attachment *const *files, unsigned n)
{
	size_t answers = answers_count(record);

	pack_number(to, answers, 2);
	for (size_t i = 0; i < answers; i++) {
		pack_text(to, answers_name_at(record, i), 1);
		pack_text(to, answers_value_at(record, i), 2);
	}
	pack_number(to, n, 1);
	for (unsigned i = 0; i < n; i++) {
		pack_text(to, files[i]->name, 1);
		pack_text(to, files[i]->mime, 1);
		pack_number(to, files[i]->size, 4);
		crypto_hash_sha256(pack_room(to, crypto_hash_sha256_BYTES), files[i]->bytes, files[i]->size);
	}
}

static void unpack_file(struct unpacker *u, struct case_record *c)
{
	char name[256], mime[256];

	unpack_text(u, 1, name, sizeof name);
	unpack_text(u, 1, mime, sizeof mime);
	size_t size = (size_t)unpack_number(u, 4);
	const unsigned char *hash = unpack_bytes(u, crypto_hash_sha256_BYTES);
	u->good = u->good && utf8_valid(name, strlen(name)) && utf8_valid(mime, strlen(mime));
	if (!hash || !u->good)
		return;
	c->files = xrealloc(c->files, c->n_files + 1, sizeof *c->files);
	struct case_file *f = &c->files[c->n_files++];
	*f = (struct case_file){ .name = xstrdup(name),
		.mime = xstrdup(mime),
		.size = size,
		.revision = 1,
		.part = (unsigned)c->n_files - 1 };
	sodium_bin2hex(f->sha256, sizeof f->sha256, hash, crypto_hash_sha256_BYTES);
}

bool body_unpack(const unsigned char *bytes, size_t size, struct case_record *c, struct err *e)
{
	struct unpacker u = { bytes, bytes + size, true };
	char name[256] = "", last[256] = "", *value = xcalloc(ANSWER_VALUE_MAX + 1, 1);

	if (!c->answers)
		c->answers = answers_create();
	for (size_t n = (size_t)unpack_number(&u, 2); u.good && n > 0; n--) {
		unpack_text(&u, 1, name, sizeof name);
		unpack_text(&u, 2, value, ANSWER_VALUE_MAX + 1);
		/* One way to write a case, so that no two readers see different ones: sorted, nothing twice, nothing empty. */
		u.good = u.good && strcmp(name, last) > 0 && value[0] && utf8_valid(name, strlen(name)) &&
			utf8_valid(value, strlen(value)) && answers_set(c->answers, name, value);
		memcpy(last, name, sizeof last);
	}
	for (size_t n = (size_t)unpack_number(&u, 1); u.good && n > 0; n--)
		unpack_file(&u, c);
	sodium_memzero(value, ANSWER_VALUE_MAX + 1);
	free(value);
	return (u.good && u.at == u.end) ||
		err_set(e, ERR_STORAGE,
			"what is in the envelope was not written by this version; install the one that sealed it");
}
