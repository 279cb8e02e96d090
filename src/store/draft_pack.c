#include <string.h>

#include "model/answers.h"
#include "model/filing.h"
#include "seal/pack.h"
#include "store/draft.h"

void draft_pack(struct packer *p, const struct filing *f)
{
	size_t n = answers_count(f->answers);

	pack_bytes(p, f->key, sizeof f->key);
	pack_text(p, f->query, 1);
	pack_text(p, f->pause, 1);
	pack_number(p, n, 2);
	for (size_t i = 0; i < n; i++) {
		pack_text(p, answers_name_at(f->answers, i), 1);
		pack_text(p, answers_value_at(f->answers, i), 2);
	}
}

bool draft_unpack(struct unpacker *u, struct filing *f)
{
	char name[ANSWER_NAME_MAX], value[ANSWER_VALUE_MAX + 1];

	const unsigned char *key = unpack_bytes(u, sizeof f->key);
	if (key)
		memcpy(f->key, key, sizeof f->key);
	unpack_text(u, 1, f->query, sizeof f->query);
	unpack_text(u, 1, f->pause, sizeof f->pause);
	for (size_t n = (size_t)unpack_number(u, 2); u->good && n > 0; n--) {
		unpack_text(u, 1, name, sizeof name);
		unpack_text(u, 2, value, sizeof value);
		u->good = u->good && answers_set(f->answers, name, value);
	}
	explicit_bzero(value, sizeof value);
	return u->good && u->at == u->end;
}
