/* Any bytes as a search query: the grammar never reads or writes outside, and the number canonicaliser neither. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "address/address.h"
#include "address/query.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct readings none;
	struct query q;
	struct place places[QUERY_PLACES];
	char number[16];
	char *text = malloc(n + 1);
	if (!text)
		return 0;
	if (n)
		memcpy(text, data, n);
	text[n] = '\0';
	query_parse(&q, text, &none);
	if (query_places(&q, places) > QUERY_PLACES || q.n_atoms > QUERY_ATOMS)
		abort();
	if (address_number_canonical(text, number, sizeof number) && !*number)
		abort();
	free(text);
	return 0;
}
