#include "model/doubt.h"

#include <string.h>

#include "base/i18n.h"

#define OTHER_PHOTO N_("可以换一张照片。您看着没有问题，也可以继续。")
#define STAFF_LOOKS N_("工作人员会核对。")

static const struct doubt rows[] = {
	/* A photo: GA 461 and the city introduction, what a program cannot judge for certain */
	{ "eyes_closed", N_("照片上的眼睛可能没有睁开"), OTHER_PHOTO, STAFF_LOOKS },
	{ "mouth_open", N_("照片上的嘴可能张开了"), OTHER_PHOTO, STAFF_LOOKS },
	{ "head_cover", N_("照片上可能戴着帽子或头饰"), OTHER_PHOTO, STAFF_LOOKS },
	{ "uneven_light", N_("照片上脸的光线可能不均匀"), OTHER_PHOTO, STAFF_LOOKS },
	{ "bg_uneven", N_("照片背景的明暗可能不均匀"), OTHER_PHOTO, STAFF_LOOKS },
	{ "recapture", N_("照片可能是翻拍的"), OTHER_PHOTO, STAFF_LOOKS },
	{ "not_recent", N_("照片可能不是近期的"), OTHER_PHOTO, STAFF_LOOKS },
	/* what was read from a material, put beside what was typed */
	{ "differs", N_("文件上的内容和您填写的可能不一样"), N_("请对照文件看一遍。填写的没有错，就可以继续。"),
		N_("请带原件到窗口核对。") },
	{ "unreadable", N_("文件看不清楚"), N_("可以换一个更清楚的文件，或者选“到窗口出示原件”。"),
		N_("请带原件到窗口核对。") },
	{ "expired", N_("文件可能已经过期"), N_("有新的，请换成新的。没有过期，就可以继续。"),
		N_("请带有效的原件到窗口核对。") },
	{ "expires", N_("文件快要到期了"), N_("有新的，请换成新的。没有新的，也可以继续。"),
		N_("换了新的，请带到窗口。") },
	{ "old", N_("文件开出的时间比较久了"), N_("有新的，请换成新的。没有新的，也可以继续。"),
		N_("换了新的，请带到窗口。") },
};

const struct doubt *doubt_find(const char *code, size_t n)
{
	static const struct doubt general = { "", N_("自动检查时有疑问"),
		N_("请再看一遍。您看着没有问题，就可以继续。"), STAFF_LOOKS };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (strlen(rows[i].code) == n && memcmp(rows[i].code, code, n) == 0)
			return &rows[i];
	return &general;
}
