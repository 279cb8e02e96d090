#include "vision/material_kinds.h"

#include <stddef.h>

/* Words on the papers: identity card GA 448, 不动产权证书 of 2016, lease filing notice and contract of Shanghai (domain file 5). */
static const char *const CARD_NAME[] = { "姓名", NULL };
static const char *const CARD_ADDRESS[] = { "住址", NULL };
static const char *const CARD_PERIOD[] = { "有效期限", "有效期", NULL };
static const char *const OWNER[] = { "房地产权利人", "权利人", "所有权人", "产权人", NULL };
static const char *const PLACE[] = { "房屋坐落", "坐落", "座落", "房屋地址", "租赁房屋地址", NULL };
static const char *const TENANT[] = { "承租人(乙方)", "承租方(乙方)", "承租人姓名", "承租人", "承租方", "乙方", NULL };
static const char *const LEASE_PERIOD[] = { "租赁期限", "租赁期自", "租赁期", "租期", "备案期限", NULL };
static const char *const FILING[] = { "备案编号", "备案证明编号", "备案证明号", "备案号", "合同编号", NULL };
static const char *const NO_LABELS[] = { NULL };

const char *const material_stops[] = { "姓名", "性别", "民族", "出生", "住址", "公民身份", "签发机关", "有效期限",
	"证件", "身份证", "权利人", "共有情况", "坐落", "不动产单元", "权利类型", "出租人", "出租方", "承租人",
	"承租方", "房屋坐落", "建筑面积", "租赁期限", "租赁用途", "联系", NULL };

#define CARD \
	true, false, { MATERIAL_NAME, MATERIAL_ID_NUMBER, MATERIAL_ADDRESS, MATERIAL_EXPIRY, MATERIAL_FIELDS }, \
		CARD_NAME, CARD_ADDRESS, CARD_PERIOD, NO_LABELS
#define BOOK \
	false, true, { MATERIAL_NAME, MATERIAL_ID_NUMBER, MATERIAL_ADDRESS, MATERIAL_CERTIFICATE, MATERIAL_FIELDS }, \
		OWNER, PLACE, NO_LABELS, NO_LABELS
#define LEASE \
	false, true, \
		{ MATERIAL_NAME, MATERIAL_ID_NUMBER, MATERIAL_ADDRESS, MATERIAL_FILING, MATERIAL_PERIOD, \
			MATERIAL_FIELDS }, \
		TENANT, PLACE, LEASE_PERIOD, FILING
#define CONTRACT \
	false, true, { MATERIAL_NAME, MATERIAL_ID_NUMBER, MATERIAL_ADDRESS, MATERIAL_PERIOD, MATERIAL_FIELDS }, \
		TENANT, PLACE, LEASE_PERIOD, FILING
#define WORDS false, false, { MATERIAL_LEGIBLE, MATERIAL_FIELDS }, NO_LABELS, NO_LABELS, NO_LABELS, NO_LABELS

static const struct material_kind KINDS[PAPER_KINDS] = {
	[PAPER_ID_CARD] = { CARD },
	[PAPER_PROPERTY] = { BOOK },
	[PAPER_LEASE_FILING] = { LEASE },
	[PAPER_LEASE_CONTRACT] = { CONTRACT },
	[PAPER_OTHER] = { WORDS },
};

const struct material_kind *material_kind(enum paper_kind paper)
{
	return paper == PAPER_UNREAD ? NULL : &KINDS[paper];
}
