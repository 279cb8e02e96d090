#include "ui/action.h"

#include <stddef.h>

#include "base/i18n.h"

static const struct {
	const char *key, *help;
} actions[] = {
#define X(name, key, help) [ACTION_##name] = { key, help },
	ACTIONS(X)
#undef X
};

_Static_assert(sizeof actions / sizeof *actions == ACTION_COUNT, "one row for each action");

const char *action_key(enum action a)
{
	return actions[a].key;
}

const char *action_help(enum action a)
{
	return actions[a].help;
}
