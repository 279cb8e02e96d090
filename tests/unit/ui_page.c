/* Where the keys lead on a page that is longer than what is seen of it; the view is played by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "model/edit.h"
#include "ui/page.h"

enum { LINES = 10 };

/* A row of kind BUTTON, INPUT or TEXT on each of these lines. */
static void build(struct page *p, const enum row_kind *kinds, const int *lines, int n, int all)
{
	*p = (struct page){ .focus = -1, .message = "" };
	for (int i = 0; i < n; i++)
		page_add(p, kinds[i], kinds[i] == ROW_TEXT ? -1 : i, "x")->line = lines[i];
	page_settle(p);
	p->place = (struct page_place){ .shown = true, .lines = LINES, .all = all };
}

static enum action press(struct page *p, enum action a)
{
	struct event e = { .action = a, .point = ' ', .row = -1 };
	a = page_act(p, &e);
	p->place.top += p->scroll;
	p->scroll = 0;
	return a;
}

struct stroke {
	enum action key;
	int focus, top; /* after it */
};

static void play(struct page *p, const struct stroke *strokes, int n)
{
	for (int i = 0; i < n; i++) {
		press(p, strokes[i].key);
		assert_int_equal(p->focus, strokes[i].focus);
		assert_int_equal(p->place.top, strokes[i].top);
	}
}

#define PLAY(p, ...) \
	play(p, (const struct stroke[]){ __VA_ARGS__ }, \
		sizeof((const struct stroke[]){ __VA_ARGS__ }) / sizeof(struct stroke))

/* A notice: text, and two buttons at its end. */
static void test_reads_both_ways(void **state)
{
	(void)state;
	struct page p;
	build(&p, (enum row_kind[]){ ROW_TEXT, ROW_BUTTON, ROW_BUTTON }, (int[]){ 0, 28, 29 }, 3, 30);
	PLAY(&p, { ACTION_DOWN, 1, 5 }, { ACTION_ENTER, 1, 10 }, { ACTION_END, 2, 20 }, { ACTION_UP, 1, 20 },
		{ ACTION_UP, 1, 15 }, { ACTION_UP, 1, 10 }, { ACTION_UP, 1, 5 }, { ACTION_UP, 1, 0 },
		{ ACTION_UP, 1, 0 }, { ACTION_DOWN, 1, 5 }, { ACTION_HOME, 1, 0 });
	page_clear(&p);
}

static void test_presses_only_what_is_seen(void **state)
{
	(void)state;
	struct page p;
	build(&p, (enum row_kind[]){ ROW_TEXT, ROW_BUTTON }, (int[]){ 0, 12 }, 2, 30);
	assert_int_equal(press(&p, ACTION_CHAR), ACTION_NONE);
	assert_int_equal(p.place.top, 5);
	assert_int_equal(press(&p, ACTION_CHAR), ACTION_PRESS);
	p.place.top = 20;
	assert_int_equal(press(&p, ACTION_ENTER), ACTION_NONE);
	assert_int_equal(p.place.top, 15);
	assert_int_equal(press(&p, ACTION_ENTER), ACTION_NONE);
	assert_int_equal(press(&p, ACTION_ENTER), ACTION_PRESS);
	page_clear(&p);
}

/* The linear view scrolls nothing: there all is seen. */
static void test_without_scrolling(void **state)
{
	(void)state;
	struct page p;
	build(&p, (enum row_kind[]){ ROW_BUTTON, ROW_TEXT, ROW_BUTTON }, (int[]){ 0, 0, 0 }, 3, 0);
	p.place = (struct page_place){ 0 };
	PLAY(&p, { ACTION_DOWN, 2, 0 }, { ACTION_DOWN, 2, 0 }, { ACTION_UP, 0, 0 }, { ACTION_END, 2, 0 });
	assert_int_equal(press(&p, ACTION_ENTER), ACTION_PRESS);
	assert_int_equal(press(&p, ACTION_PAGE_DOWN), ACTION_PAGE_DOWN);
	page_clear(&p);
}

/* A page up or down takes the focus along; where nothing can be focused, the next arrow starts from what is seen. */
static void test_pages_take_the_focus_along(void **state)
{
	(void)state;
	struct page p;
	build(&p, (enum row_kind[]){ ROW_BUTTON, ROW_BUTTON, ROW_BUTTON, ROW_TEXT, ROW_BUTTON },
		(int[]){ 0, 8, 14, 15, 48 }, 5, 50);
	PLAY(&p, { ACTION_PAGE_DOWN, 2, 9 }, { ACTION_PAGE_DOWN, 2, 18 }, { ACTION_UP, 2, 13 }, { ACTION_UP, 1, 13 });
	p.place.top = 6;
	PLAY(&p, { ACTION_PAGE_DOWN, 1, 15 }, { ACTION_UP, 2, 10 });
	page_clear(&p);
}

/* Too far for the focus to go there at once: half a page, and the focus stays until something else is seen. */
static void test_passes_nothing_over(void **state)
{
	(void)state;
	struct page p;
	build(&p, (enum row_kind[]){ ROW_BUTTON, ROW_TEXT, ROW_BUTTON }, (int[]){ 0, 1, 40 }, 3, 41);
	PLAY(&p, { ACTION_DOWN, 0, 5 }, { ACTION_DOWN, 0, 10 });
	p.place.top = 30;
	PLAY(&p, { ACTION_DOWN, 2, 31 }, { ACTION_UP, 2, 26 });
	page_clear(&p);
}

static void test_typing_brings_the_field_back(void **state)
{
	(void)state;
	struct page p;
	struct edit first, second;
	edit_init(&first, 20, "");
	edit_init(&second, 20, "");
	build(&p, (enum row_kind[]){ ROW_INPUT, ROW_TEXT, ROW_INPUT }, (int[]){ 0, 1, 40 }, 3, 42);
	p.rows[0].edit = &first;
	p.rows[2].edit = &second;
	/* who types on does it in the next field */
	PLAY(&p, { ACTION_NEXT_FIELD, 2, 0 });
	assert_int_equal(press(&p, ACTION_CHAR), ACTION_TYPE);
	assert_int_equal(second.len, 1);
	assert_true(p.place.sight && p.place.all < 0); /* the view is to follow */
	page_clear(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reads_both_ways),
		cmocka_unit_test(test_presses_only_what_is_seen),
		cmocka_unit_test(test_without_scrolling),
		cmocka_unit_test(test_pages_take_the_focus_along),
		cmocka_unit_test(test_passes_nothing_over),
		cmocka_unit_test(test_typing_brings_the_field_back),
	};
	return cmocka_run_group_tests_name("ui_page", tests, NULL, NULL);
}
