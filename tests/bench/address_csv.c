/* address_csv ROWS [SEED]: writes an import file of made-up addresses to standard output: doors with rooms, all columns. */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t state;

/* SplitMix64 */
static unsigned draw(unsigned below)
{
	uint64_t z = (state += 0x9e3779b97f4a7c15U);
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
	return (unsigned)((z ^ (z >> 31)) % below);
}

static const char *const MORPHEMES[] = { "金", "山", "川", "海", "宁", "安", "平", "长", "新", "东", "西", "南", "北",
	"中", "华", "康", "文", "武", "花", "桥", "泉", "石", "松", "江" };
enum { N = sizeof MORPHEMES / sizeof *MORPHEMES, TOWNS = 15 };

static const struct {
	int code;
	const char *name;
} DISTRICTS[] = { { 310101, "黄浦区" }, { 310104, "徐汇区" }, { 310106, "静安区" }, { 310112, "闵行区" },
	{ 310115, "浦东新区" }, { 310117, "松江区" } };

int main(int argc, char **argv)
{
	uint64_t rows = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000, done = 0;
	state = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
	puts("addr_code,city,district_code,district,town_code,town,committee_code,committee,street,street_kind,street_pinyin,"
	     "lane,sub_lane,number,number_suffix,building,unit,floor,room,compound,old_name,postcode,lon,lat,status,valid_from,"
	     "valid_to,standard_text");
	for (unsigned street = 0; done < rows; street++) {
		unsigned d = draw(sizeof DISTRICTS / sizeof *DISTRICTS), town = draw(TOWNS) + 1, lane = 0;
		char name[64], near[160], far[64];
		snprintf(name, sizeof name, "%s%s%s路", MORPHEMES[street % N], MORPHEMES[street / N % N],
			MORPHEMES[street / N / N % N]);
		for (unsigned lanes = 2 + draw(4); lanes > 0 && done < rows; lanes--) {
			lane += 2 + draw(60);
			for (unsigned no = 1, last = 8 + draw(60); no <= last && done < rows; no++) {
				unsigned floors = draw(4) == 0 ? 18 : 6;
				int base = snprintf(near, sizeof near, "%d,%s,%d%03u,第%u街道,%d%03u001,第一居委会",
					DISTRICTS[d].code, DISTRICTS[d].name, DISTRICTS[d].code, town, town,
					DISTRICTS[d].code, town);
				snprintf(far, sizeof far, "121.%04u,31.%04u", 4000 + draw(1000), 2000 + draw(1000));
				for (unsigned r = 0; base > 0 && r < floors * 4 && done < rows; r++, done++)
					printf("3101%015" PRIu64
					       ",上海市,%.*s,%s,road,,%u,,%u,,,,%u,%u%02u,,,200040,%s,1,2019-05-01,,"
					       "上海市%s%s%u弄%u号%u%02u室\n",
						done, base, near, name, lane, no, r / 4 + 1, r / 4 + 1, r % 4 + 1, far,
						DISTRICTS[d].name, name, lane, no, r / 4 + 1, r % 4 + 1);
			}
		}
	}
	return 0;
}
