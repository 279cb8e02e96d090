/* Masks for slips and lists; common Chinese public practice (domain file 9, GB/T 35273-2020 on de-identified display).
 */
#include <stdint.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "model/answers.h"
#include "receipt/receipt.h"

static void add(char *out, size_t size, const char *from, size_t n)
{
	size_t used = strlen(out);
	if (used + n + 1 > size)
		return;
	memcpy(out + used, from, n);
	out[used + n] = 0;
}

/* Keeps the first `head` and the last `tail` characters. */
static void mask(const char *text, size_t head, size_t tail, char *out, size_t size)
{
	if (size == 0)
		return;
	*out = 0;
	size_t length = utf8_length(text), i = 0;
	for (const char *p = text; *p; i++) {
		uint32_t point;
		size_t n = utf8_decode(p, strnlen(p, 4), &point);
		bool shown = n > 0 && (i < head || i + tail >= length);
		add(out, size, shown ? p : "*", shown ? n : 1);
		p += n ? n : 1;
	}
}

void mask_name(const char *name, char *out, size_t size)
{
	size_t length = utf8_length(name);
	mask(name, length > 1 ? 1 : 0, length > 2 ? 1 : 0, out, size);
}

void mask_id_number(const char *id, char *out, size_t size)
{
	bool whole = utf8_length(id) == 18;
	mask(id, whole ? 3 : 0, whole ? 4 : 0, out, size);
}

/* 138****5678 */
static void mask_mobile(const char *mobile, char *out, size_t size)
{
	bool whole = utf8_length(mobile) == 11;
	mask(mobile, whole ? 3 : 0, whole ? 4 : 0, out, size);
}

/* Up to where the house is told: "上海市静安区南京西路1266弄3号502室" keeps what stands before the first digit. */
static void mask_address(const char *address, char *out, size_t size)
{
	size_t n = strcspn(address, "0123456789"), shown = 0;
	for (size_t i = 0; i < n; i++)
		shown += ((unsigned char)address[i] & 0xC0) != 0x80;
	if (address[n])
		mask(address, shown, 0, out, size);
	else
		mask(address, 6, 0, out, size);
}

/* The last part of an answer's name tells what it holds: "name", "agent_name", "family.2.name". */
static const struct {
	const char *ending;
	void (*mask)(const char *text, char *out, size_t size);
} MASKS[] = {
	{ "name", mask_name },
	{ "id_number", mask_id_number },
	{ "verified.id", mask_id_number },
	{ "mobile", mask_mobile },
	{ "address", mask_address },
	{ "address.text", mask_address },
};

static bool ends(const char *name, const char *ending)
{
	size_t n = strlen(name), k = strlen(ending);
	return n >= k && str_eq(name + n - k, ending) && (n == k || strchr("._", name[n - k - 1]));
}

struct answers *mask_answers(const struct answers *a)
{
	struct answers *out = answers_create();
	for (size_t i = 0; i < answers_count(a); i++) {
		const char *name = answers_name_at(a, i), *value = answers_value_at(a, i);
		char masked[ANSWER_VALUE_MAX] = "";
		bool done = false;
		for (size_t k = 0; !done && k < sizeof MASKS / sizeof *MASKS; k++)
			if ((done = ends(name, MASKS[k].ending)))
				MASKS[k].mask(value, masked, sizeof masked);
		answers_set(out, name, done ? masked : value);
	}
	return out;
}
