#include "vision/photo_rules.h"

#include "base/i18n.h"

#define BLOCKS PHOTO_BLOCK, false, false
#define STOPS PHOTO_BLOCK, false, true
#define FIXES PHOTO_BLOCK, true, false
#define ADVISES PHOTO_ADVISE, false, false

/* The one table of requirements. GA: GA 461-2004 (domain file 6.2). Measured: photo file 4. */
const struct photo_rule photo_rules[] = {
	/* --- the file */
	{ "unsupported", STOPS, { { INPUT_PDF, ABOVE, 0.5f } }, UNIT_NONE,
		N_("这是PDF文件，不是照片。请选择JPG或PNG格式的照片。"), "GA: JPEG" },
	{ "unsupported", STOPS, { { INPUT_PICTURE, BELOW, 0.5f } }, UNIT_NONE,
		N_("这个文件不是JPG或PNG照片。请选择JPG或PNG格式的照片。"), "GA: JPEG; others are converted" },
	{ "bytes_small", BLOCKS, { { INPUT_BYTES, BELOW, 9 * 1024 } }, UNIT_BYTES,
		N_("照片文件只有%s，压缩得太多。请用不小于9 KB的照片。"),
		"domain file 6.2: smallest seen in card systems" },
	{ "bytes_large", BLOCKS, { { INPUT_BYTES, ABOVE, 5 * 1024 * 1024 } }, UNIT_BYTES,
		N_("照片文件有%s，超过5 MB。请缩小后再选。"), "own: a telephone's picture as it is" },
	{ "broken", STOPS, { { INPUT_WHOLE, BELOW, 0.5f } }, UNIT_NONE,
		N_("文件读不完整：没有拷贝完、已损坏，或像素太大。请重新拷贝或另存后再选。"), "own" },
	{ "lowres", BLOCKS, { { INPUT_WIDTH, BELOW, 358 } }, UNIT_PIXELS,
		N_("照片是%u×%u像素，太小。请用至少宽358、高441像素的照片。"), "GA: 358x441" },
	{ "lowres", BLOCKS, { { INPUT_HEIGHT, BELOW, 441 } }, UNIT_PIXELS,
		N_("照片是%u×%u像素，太小。请用至少宽358、高441像素的照片。"), "GA: 358x441" },
	{ "aspect", BLOCKS, { { INPUT_ASPECT, BELOW, 0.75f } }, UNIT_PIXELS,
		N_("照片是%u×%u像素，长宽比例不对。请裁剪成证件照比例（宽358：高441）。"),
		"GA: 26 mm x 32 mm is 0.812; tolerance own" },
	{ "aspect", BLOCKS, { { INPUT_ASPECT, ABOVE, 0.85f } }, UNIT_PIXELS,
		N_("照片是%u×%u像素，长宽比例不对。请裁剪成证件照比例（宽358：高441）。"),
		"GA: 26 mm x 32 mm is 0.812; tolerance own" },
	{ "grayscale", BLOCKS, { { INPUT_COLOUR, BELOW, 0.5f } }, UNIT_NONE,
		N_("照片是黑白的或不是普通彩色（RGB）格式。请用彩色照片。"), "GA: 24-bit RGB" },
	{ .code = NULL },
};
