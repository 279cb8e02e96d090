#include "model/paper_kind.h"

#include "base/str.h"

static const char *const WORDS[PAPER_KINDS] = {
	[PAPER_UNREAD] = "",
	[PAPER_ID_CARD] = "id-card",
	[PAPER_PROPERTY] = "property",
	[PAPER_LEASE_FILING] = "lease-filing",
	[PAPER_LEASE_CONTRACT] = "lease-contract",
	[PAPER_OTHER] = "other",
};

const char *paper_kind_word(enum paper_kind kind)
{
	return WORDS[kind];
}

bool paper_kind_find(const char *word, enum paper_kind *ret)
{
	for (int k = PAPER_UNREAD + 1; k < PAPER_KINDS; k++)
		if (str_eq(WORDS[k], word)) {
			*ret = (enum paper_kind)k;
			return true;
		}
	return false;
}
