#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "ui/input.h"
#include "ui/keys.h"

/* What came out, as text: characters themselves, <ESC>, <0d> for controls, <F1> for keys, <flood>. */
static void note(struct key k, char *out, size_t size)
{
	size_t used = strlen(out);
	char bytes[4];
	switch (k.kind) {
	case KEY_POINT:
		if (k.point < 0x20 || k.point == 0x7F)
			snprintf(out + used, size - used, "<%02x>", (unsigned)k.point);
		else
			snprintf(out + used, size - used, "%.*s", (int)utf8_encode(k.point, bytes), bytes);
		break;
	case KEY_CURSES: /* most sequences mean nothing */
		if (keys_action(true, k.point) != ACTION_NONE)
			snprintf(out + used, size - used, "<%s>", action_key(keys_action(true, k.point)));
		break;
	case KEY_ESCAPE:
		snprintf(out + used, size - used, "<ESC>");
		break;
	case KEY_FLOOD:
		snprintf(out + used, size - used, "<flood>");
		break;
	case KEY_NOTHING:
		break;
	}
}

static void feed(struct input *in, const char *bytes, size_t n, int64_t now, char *out, size_t size)
{
	for (size_t i = 0; i < n; i++)
		note(input_feed(in, (unsigned char)bytes[i], now), out, size);
}

#define BYTES(s) (s), sizeof(s) - 1
static const struct {
	const char *what, *bytes;
	size_t n;
	const char *expected;
} cases[] = {
	{ "Latin and Chinese", BYTES("a居住𬎆"), "a居住𬎆" },
	{ "controls are for the key table", BYTES("\r\t\x7f"), "<0d><09><7f>" },
	{ "one bad byte loses nothing else",
		BYTES("\xff"
		      "abc"),
		"abc" },
	{ "a cut character",
		BYTES("\xe5\xb1"
		      "abc"),
		"abc" },
	{ "overlong and surrogate",
		BYTES("\xc0\xaf\xe0\x80\xaf\xed\xa0\x80"
		      "x"),
		"x" },
	{ "above U+10FFFF", BYTES("\xf4\x90\x80\x80x"), "x" },
	{ "bidi, zero width, byte-order mark, C1", BYTES("\u202e\u200b\ufeff\xc2\x85x"), "x" },
	{ "unknown CSI", BYTES("\033[?1;2cx"), "x" },
	{ "focus", BYTES("\033[I\033[Ox"), "x" },
	{ "cursor position report", BYTES("\033[24;80Rx"), "x" },
	{ "SGR mouse", BYTES("\033[<0;10;12M\033[<0;10;12mx"), "x" },
	{ "X10 mouse", BYTES("\033[M !!x"), "x" },
	{ "urxvt mouse", BYTES("\033[32;10;12Mx"), "x" },
	{ "OSC with BEL", BYTES("\033]52;c;c2VjcmV0\ax"), "x" },
	{ "OSC with ST", BYTES("\033]0;title\033\\x"), "x" },
	{ "DCS, SOS, PM, APC", BYTES("\033P1$r0m\033\\\033Xa\033\\\033^b\033\\\033_c\033\\x"), "x" },
	{ "a text ended by CAN", BYTES("\033]0;abc\x18x"), "x" },
	{ "charset designation", BYTES("\033(Bx"), "x" },
	{ "Linux console function key", BYTES("\033[[Ax"), "<F1>x" },
	{ "vt220 keys", BYTES("\033[1~\033[4~\033[5~\033[6~\033[3~"), "<Home><End><PgUp><PgDn><Del>" },
	{ "arrows in both modes", BYTES("\033[A\033OB"), "<↑><↓>" },
	{ "back tab, F10", BYTES("\033[Z\033[21~"), "<Shift+Tab><F10>" },
	{ "Alt with a key", BYTES("\033ax"), "x" },
	{ "paste presses nothing", BYTES("\033[200~a\r\nb\tc\033[A\x7f\003\033[201~\r"), "a b c<0d>" },
	{ "Escape inside a paste", BYTES("\033[200~a\033\033[201~b"), "ab" },
	{ "marker of a paste that has no beginning", BYTES("\033[201~x"), "x" },
};

static void understands_what_terminals_send(void **state)
{
	(void)state;
	int bad = 0;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct input in;
		char out[400] = "";
		input_init(&in);
		feed(&in, cases[i].bytes, cases[i].n, 100, out, sizeof out);
		if (strcmp(out, cases[i].expected) != 0) {
			print_error("%s: '%s', not '%s'\n", cases[i].what, out, cases[i].expected);
			bad++;
		}
	}
	assert_int_equal(bad, 0);
}

static void tells_escape_from_a_sequence(void **state)
{
	(void)state;
	struct input in;
	char out[100] = "";
	input_init(&in);
	feed(&in, BYTES("\033"), 100, out, sizeof out);
	assert_string_equal(out, "");
	assert_true(input_pending(&in));
	note(input_quiet(&in), out, sizeof out);
	assert_string_equal(out, "<ESC>");
	assert_false(input_pending(&in));
	out[0] = '\0';
	feed(&in, BYTES("\033\033"), 200, out, sizeof out);
	note(input_quiet(&in), out, sizeof out);
	assert_string_equal(out, "<ESC><ESC>");
}

/* A slow line cuts sequences at any byte; the rest of one is never text. */
static void survives_a_pause_inside_a_sequence(void **state)
{
	(void)state;
	static const struct {
		const char *first, *second, *expected;
	} cut[] = {
		{ "\033[", "21~x", "<F10>x" },
		{ "\033[20", "0~\r\033[201~x", " x" },
		{ "\033]0;ti", "tle\ax", "x" },
		{ "\033P1$", "r0m\033\\x", "x" },
		{ "\033[M", " !!x", "x" },
		{ "\xe5\xb1", "\x85x", "居x" },
	};
	for (size_t i = 0; i < sizeof cut / sizeof *cut; i++) {
		struct input in;
		char out[100] = "";
		input_init(&in);
		feed(&in, cut[i].first, strlen(cut[i].first), 100, out, sizeof out);
		assert_true(input_pending(&in));
		note(input_quiet(&in), out, sizeof out);
		feed(&in, cut[i].second, strlen(cut[i].second), 130, out, sizeof out);
		assert_string_equal(out, cut[i].expected);
	}
}

static void forgets_a_sequence_that_never_ends(void **state)
{
	(void)state;
	struct input in;
	char out[100] = "";
	input_init(&in);
	feed(&in, BYTES("\033]0;abc"), 100, out, sizeof out);
	for (int i = 0; i < 1000 && input_pending(&in); i++)
		note(input_quiet(&in), out, sizeof out);
	feed(&in, BYTES("x"), 2000, out, sizeof out);
	assert_string_equal(out, "x");
}

static void drops_a_sequence_that_is_too_long(void **state)
{
	(void)state;
	struct input in;
	char out[600] = "", text[500];
	input_init(&in);
	memset(text, 'a', sizeof text);
	feed(&in, BYTES("\033]"), 100, out, sizeof out);
	feed(&in, text, sizeof text, 100, out, sizeof out);
	assert_string_equal(out, "");
	feed(&in, BYTES("x"), 120, out, sizeof out);
	assert_string_equal(out, "x");
}

static void stops_a_flood_once(void **state)
{
	(void)state;
	struct input in;
	int points = 0, floods = 0;
	input_init(&in);
	for (int i = 0; i < 5000; i++) {
		struct key k = input_feed(&in, 'a', 100 + i / 100);
		points += k.kind == KEY_POINT;
		floods += k.kind == KEY_FLOOD;
	}
	assert_int_equal(points, INPUT_FLOOD);
	assert_int_equal(floods, 1);
	assert_int_equal(input_feed(&in, 'b', 1000).kind, KEY_POINT);
}

static void takes_a_paste_up_to_its_limit(void **state)
{
	(void)state;
	struct input in;
	char out[100] = "";
	int points = 0;
	input_init(&in);
	feed(&in, BYTES("\033[200~"), 100, out, sizeof out);
	for (int i = 0; i < 5000; i++)
		points += input_feed(&in, 'a', 100).kind == KEY_POINT;
	assert_int_equal(points, INPUT_PASTE_MAX);
	feed(&in, BYTES("\033[201~\r"), 100, out, sizeof out);
	assert_string_equal(out, "<0d>");
	/* a paste whose end is lost does not keep Enter away for good */
	out[0] = '\0';
	feed(&in, BYTES("\033[200~a"), 200, out, sizeof out);
	feed(&in, BYTES("\r"), 200 + INPUT_PASTE_MS, out, sizeof out);
	assert_string_equal(out, "a<0d>");
}

static int utf8_locale(void **state)
{
	(void)state;
	return i18n_init(".", NULL) ? 0 : 1; /* widths and characters come from the locale */
}

/* DA1: 4 among what it can do, and nowhere else. No answer is a key. */
static void what_the_terminal_can(void **state)
{
	static const struct {
		const char *answer;
		bool sixel;
	} CASES[] = {
		{ "\033[?62;4;22c", true },
		{ "\033[?63;1;2;4c", true },
		{ "\033[?1;2c", false },
		{ "\033[?4c", false },
		{ "\033[?4;1c", false },
		{ "\033[?62;14;40;44c", false },
		{ "\033[62;4c", false },
		{ "\033[?62;4h", false },
		{ "\033[?62;4\030c", false },
		{ "\033[>62;4c", false },
		{ "\033[62?;4c", false },
	};
	(void)state;
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct input in;
		char out[100] = "";
		input_init(&in);
		feed(&in, CASES[i].answer, strlen(CASES[i].answer), 0, out, sizeof out);
		if (in.sixel != CASES[i].sixel || (*out && !strchr(CASES[i].answer, '\030')))
			fail_msg("%s: %d \"%s\"", CASES[i].answer + 1, in.sixel, out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_terminal_can),
		cmocka_unit_test(understands_what_terminals_send),
		cmocka_unit_test(tells_escape_from_a_sequence),
		cmocka_unit_test(survives_a_pause_inside_a_sequence),
		cmocka_unit_test(forgets_a_sequence_that_never_ends),
		cmocka_unit_test(drops_a_sequence_that_is_too_long),
		cmocka_unit_test(stops_a_flood_once),
		cmocka_unit_test(takes_a_paste_up_to_its_limit),
	};
	return cmocka_run_group_tests_name("ui/input", tests, utf8_locale, NULL);
}
