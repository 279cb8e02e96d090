/* Drawn portraits: a good one passes, each fault is found for its own reason, what can be fixed is fixed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../portrait/portrait.h"
#include "vision/decode.h"
#include "vision/face.h"
#include "vision/fix.h"
#include "vision/inspect.h"
#include "vision/jpeg_write.h"
#include "vision/measure.h"
#include "vision/photo_rules.h"
#include "vision/server.h"

static const char MODEL[] = "/usr/share/dlib/shape_predictor_68_face_landmarks.dat"; /* package libdlib-data */

static const struct fault {
	const char *name;
	struct portrait_wish wish;
	const char *code; /* that must be among the findings; NULL: none may block */
	enum photo_verdict verdict;
	unsigned fixes; /* of what can be fixed: what was done */
} FAULTS[] = {
	{ "good", { .size = 1 }, NULL, PHOTO_PASS, FIX_NONE },
	{ "good, twice as large", { .width = 716, .height = 882 }, NULL, PHOTO_PASS, FIX_NONE },
	{ "good, a telephone's 12 MP", { .width = 2976, .height = 3666 }, NULL, PHOTO_PASS, FIX_NONE },
	{ "good, darker skin", { .skin = 0.5 }, NULL, PHOTO_PASS, FIX_NONE },
	{ "good, dark skin", { .skin = 0.75 }, NULL, PHOTO_PASS, FIX_NONE },
	{ "small head", { .width = 1432, .height = 1764, .size = 0.5 }, "face_small", PHOTO_FIXABLE, FIX_CROP },
	{ "small head, few pixels", { .size = 0.5 }, "face_small", PHOTO_FAIL, FIX_NONE },
	{ "large head", { .size = 1.35, .down = 0.12 }, "face_large", PHOTO_FAIL, FIX_NONE },
	{ "at the side", { .width = 1432, .height = 1764, .size = 0.6, .right = 0.12 }, "off_center", PHOTO_FIXABLE,
		FIX_CROP },
	{ "too low", { .size = 0.9, .down = 0.2 }, "eye_line", PHOTO_FAIL, FIX_NONE },
	{ "landscape", { .width = 1600, .height = 1200, .size = 0.8 }, "aspect", PHOTO_FIXABLE, FIX_CROP },
	{ "tilted", { .width = 1432, .height = 1764, .size = 0.8, .tilt = 14 }, "tilt", PHOTO_FIXABLE, FIX_CROP },
	{ "blue wall", { .wall = 0x5080d0 }, "bg_color", PHOTO_FAIL, FIX_NONE },
	{ "grey wall", { .wall = 0xb0b0b0 }, "bg_color", PHOTO_FAIL, FIX_NONE },
	{ "white wall, little light", { .width = 716, .height = 882, .skin = 0.75, .wall = 0xe2e2e2 }, "bg_color",
		PHOTO_FIXABLE, FIX_WALL },
	{ "the same, small head", { .width = 1432, .height = 1764, .size = 0.5, .skin = 0.3, .wall = 0xe2e2e2 },
		"bg_color", PHOTO_FIXABLE, FIX_CROP | FIX_WALL },
	{ "pale blue wall", { .wall = 0xdce6f6 }, "bg_color", PHOTO_FAIL, FIX_NONE },
	/* The first hides a part of the wall, the second would pass for one: too rough. */
	{ "cupboard", { .wall = 0xe2e2e2, .cupboard = 0.15 }, "bg_texture", PHOTO_FAIL, FIX_NONE },
	{ "pale cupboard", { .wall = 0xe2e2e2, .cupboard = 0.07 }, "bg_color", PHOTO_FAIL, FIX_NONE },
	{ "grey wall, a little", { .wall = 0xd0d0d0 }, "bg_color", PHOTO_FAIL, FIX_NONE },
	{ "cream wall", { .wall = 0xf4ead0 }, "bg_color", PHOTO_FAIL, FIX_NONE },
	{ "pattern", { .stripes = true }, "bg_texture", PHOTO_FAIL, FIX_NONE },
	{ "shadow", { .shadow = true }, "bg_shadow", PHOTO_FAIL, FIX_NONE },
	{ "frame", { .frame = true }, "border", PHOTO_FAIL, FIX_NONE },
	{ "black and white", { .grey = true }, "grayscale", PHOTO_FAIL, FIX_NONE },
	{ "blurred", { .blur = 4 }, "blur", PHOTO_FAIL, FIX_NONE },
	{ "dark", { .light = 0.28 }, "dark", PHOTO_FAIL, FIX_NONE },
	{ "bright", { .light = 1.5 }, "bright", PHOTO_FAIL, FIX_NONE },
	{ "dark glasses", { .glasses = true }, "eyes_hidden", PHOTO_FAIL, FIX_NONE },
	{ "mask", { .mask = true }, "face_occluded", PHOTO_FAIL, FIX_NONE },
	{ "two people", { .second = true, .right = 0.1 }, "multi_face", PHOTO_FAIL, FIX_NONE },
	{ "nobody's face", { .no_face = true }, "no_face", PHOTO_FAIL, FIX_NONE },
	{ "of a screen", { .wall = 0xf4f4f4, .raster = true }, "recapture", PHOTO_PASS, FIX_NONE },
	{ "light from the side", { .width = 716, .height = 882, .side_light = 0.9 }, "uneven_light", PHOTO_PASS,
		FIX_NONE },
};

static enum photo_verdict inspect(const struct portrait_wish *wish, struct inspection *ret, size_t *ret_bytes)
{
	struct picture p = { wish->width ? wish->width : 358, wish->height ? wish->height : 441, portrait_draw(wish) };
	unsigned char *bytes = NULL;
	struct decoded d;
	assert_true(jpeg_write(&p, 95, 72, &bytes, ret_bytes));
	decode(bytes, *ret_bytes, &d);
	assert_true(d.whole);
	*ret = (struct inspection){ .format = d.format,
		.width = d.width,
		.height = d.height,
		.colour = d.colour,
		.whole = d.whole };
	if (d.colour)
		assert_true(photo_inspect(&d, *ret_bytes, ret));
	decoded_finish(&d);
	free(bytes);
	free(p.rgb);
	return photo_verdict(ret, *ret_bytes);
}

static unsigned judge(const struct fault *f)
{
	struct inspection i;
	struct photo_finding findings[32];
	size_t bytes = 0;
	bool found = !f->code, blocked = false;
	enum photo_verdict v = inspect(&f->wish, &i, &bytes);
	size_t n = photo_findings(&i, bytes, findings, 32);
	for (size_t k = 0; k < n; k++) {
		found |= f->code && strcmp(findings[k].code, f->code) == 0;
		blocked |= findings[k].severity == PHOTO_BLOCK;
	}
	bool good = found && v == f->verdict && blocked == (v != PHOTO_PASS);
	print_message("# %-28s %s %d:", f->name, good ? "ok" : "WRONG", v);
	for (size_t k = 0; k < n; k++)
		print_message(" %s=%.3g", findings[k].code, findings[k].value);
	print_message("\n");
	if (v == PHOTO_FIXABLE) {
		good &= i.fixes == f->fixes;
		good &= i.fixed.width == FRAME_WIDTH && i.fixed.height == FRAME_HEIGHT;
		/* JFIF 1.02: after APP0's length and name and version, dots per inch, 350 by 350. */
		good &= memcmp(i.fixed_jpeg + 13, "\1\1\x5e\1\x5e", 5) == 0;
	}
	photo_findings_finish(findings, n);
	inspection_finish(&i);
	return !good;
}

static void test_faults(void **state)
{
	unsigned wrong = 0;
	(void)state;
	server_load(NULL);
	for (size_t k = 0; k < sizeof FAULTS / sizeof *FAULTS; k++)
		wrong += judge(&FAULTS[k]);
	assert_int_equal(wrong, 0);
}

static void test_faults_landmarks(void **state)
{
	unsigned wrong = 0;
	(void)state;
	if (access(MODEL, R_OK) != 0)
		skip();
	server_load(MODEL);
	assert_true(face_has_landmarks());
	for (size_t k = 0; k < sizeof FAULTS / sizeof *FAULTS; k++)
		wrong += judge(&FAULTS[k]);
	assert_int_equal(wrong, 0);
}

static void test_not_a_model(void **state)
{
	(void)state;
	assert_false(face_load("/bin/true"));
	assert_false(face_load("/nonexistent"));
	assert_false(face_has_landmarks());
	struct inspection i;
	size_t bytes;
	assert_int_equal(inspect(&FAULTS[0].wish, &i, &bytes), PHOTO_PASS);
	inspection_finish(&i);
}

/* Where the head is in the preview: what the screen draws. */
static void test_head(void **state)
{
	struct inspection i;
	size_t bytes;
	(void)state;
	server_load(NULL);
	inspect(&(struct portrait_wish){ .width = 1432, .height = 1764, .size = 0.8 }, &i, &bytes);
	assert_true(i.preview.width <= 358 && i.preview.height <= 441 && i.preview.height >= 440);
	assert_true(i.head.known);
	assert_in_range(i.head.left + i.head.right, 2 * 179 - 30, 2 * 179 + 30);
	assert_in_range(i.head.bottom - i.head.top, 200, 290);
	inspection_finish(&i);
}

/* Every row of the table says what it must: the sentence has the conversions of its unit, and no two limits contradict. */
static void test_rules(void **state)
{
	static const int WANT
		[] = { [UNIT_NONE] = 0, [UNIT_NUMBER] = 1, [UNIT_PERCENT] = 1, [UNIT_BYTES] = 1, [UNIT_PIXELS] = 2 };
	(void)state;
	for (const struct photo_rule *r = photo_rules; r->code; r++) {
		int n = 0;
		for (const char *p = r->text; (p = strchr(p, '%')); p += p[1] == '%' ? 2 : 1) {
			const char *kind = r->unit == UNIT_BYTES ? "%s" : r->unit == UNIT_PIXELS ? "%u" : "%.0f";
			if (p[1] == '%')
				continue;
			n++;
			if (strncmp(p, kind, strlen(kind)) != 0)
				fail_msg("%s: %s", r->code, r->text);
		}
		if (n != WANT[r->unit] || !*r->source || r->when[0].side == ANY_SIDE)
			fail_msg("%s: %s", r->code, r->text);
		assert_false(r->severity == PHOTO_ADVISE && (r->fix || r->last));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_rules), cmocka_unit_test(test_faults),
		cmocka_unit_test(test_faults_landmarks), cmocka_unit_test(test_not_a_model),
		cmocka_unit_test(test_head) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
