/* Each folder of tests/bad-screens holds one mistake; loader or lint say what `expect` says, and nothing else. */
#include <dirent.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/xalloc.h"
#include "load/file.h"
#include "load/item_load.h"
#include "load/screen_lint.h"
#include "model/item.h"

#define FOLDER "tests/bad-screens"

/* What is said about the screens in this folder; yours to free. */
static char *complaints(const char *dir, size_t *ret_n)
{
	struct err e = { .code = ERR_NONE };
	struct item **items;
	size_t n;
	*ret_n = 1;
	if (!items_load(dir, &items, &n, &e)) {
		assert_int_equal(e.code, ERR_CONFIG);
		return xstrdup(e.text);
	}
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	const struct lint_context context = { .screens_dir = dir };
	*ret_n = items_lint(items, n, &context, out);
	fclose(out);
	items_free(items, n);
	return text;
}

static int visible(const struct dirent *d)
{
	return d->d_name[0] != '.' && !strchr(d->d_name, '.');
}

static void every_mistake_is_told(void **state)
{
	(void)state;
	struct dirent **names;
	int n = scandir(FOLDER, &names, visible, alphasort);
	assert_true(n >= 15);
	unsigned failed = 0;
	for (int i = 0; i < n; i++) {
		char *dir = xasprintf(FOLDER "/%s", names[i]->d_name), *path = xasprintf("%s/expect", dir), *expect;
		size_t size, told;
		assert_true(file_read(path, 1000, &expect, &size, NULL));
		expect[strcspn(expect, "\n")] = '\0';
		char *said = complaints(dir, &told);
		if (told != 1 || !strstr(said, expect)) {
			print_error("%s: expected one complaint\n  %s\nbut %zu came:\n%s\n", names[i]->d_name, expect,
				told, said);
			failed++;
		}
		free(said);
		free(expect);
		free(path);
		free(dir);
		free(names[i]);
	}
	free(names);
	assert_int_equal(failed, 0);
}

int main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_mistake_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
