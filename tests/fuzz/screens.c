/* Readers of src/load from any bytes: the first byte chooses which one. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/config.h"
#include "base/err.h"
#include "base/xalloc.h"
#include "load/config_load.h"
#include "load/guard_load.h"
#include "load/item_load.h"
#include "load/po.h"
#include "load/table_load.h"
#include "model/item.h"
#include "model/table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	if (n == 0)
		return 0;
	n--;
	char *text = xcalloc(n + 1, 1);
	memcpy(text, data + 1, n);
	struct err e = { .code = ERR_NONE };
	struct item *item = NULL;
	struct screen *screen = NULL;
	struct guard guard;
	struct code_table table;
	struct config config;
	struct po *po;
	switch (data[0] % 6) {
	case 0:
		if (item_parse(text, n, "item.yaml", &item, &e))
			item_free(item);
		break;
	case 1:
		if (screen_parse(text, n, "screen.yaml", &screen, &e))
			screen_free(screen);
		break;
	case 2:
		if (guard_parse(text, &guard, &e))
			guard_finish(&guard);
		break;
	case 3:
		if (table_parse(text, n, "table.tsv", &table, &e))
			table_finish(&table);
		break;
	case 4:
		config_init(&config);
		(void)config_parse(&config, text, n, "juzhu.yaml", &e);
		config_finish(&config);
		break;
	default:
		if (po_parse(text, "en.po", &po, &e))
			po_destroy(po);
	}
	free(text);
	return 0;
}
