#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "load/lint.h"
#include "load/screen_lint.h"

/*
 * Plain language (WCAG 3.1.5): a sentence of more than 60 Chinese characters is not understood at first reading, and
 * foreign words only where people know them as names (they are keys, file formats and plugs).
 */
enum { SENTENCE_MAX = 60, CHINESE = 0x2E80 };

static const char *const known_words[] = { "PDF", "JPG", "JPEG", "PNG", "QR", "EMS", "APP", "USB", "Enter", "Esc",
	"Tab" };

static bool word_known(const char *s, size_t n)
{
	for (size_t i = 0; i < sizeof known_words / sizeof *known_words; i++)
		if (strlen(known_words[i]) == n && strncmp(known_words[i], s, n) == 0)
			return true;
	return n < 2;
}

static bool sentence_ends(uint32_t point)
{
	static const uint32_t ends[] = { 0x3002, 0xFF01, 0xFF1F, 0xFF1B, '\n' }; /* 。！？； */
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (ends[i] == point)
			return true;
	return false;
}

void lint_text(struct lint *l, const char *file, const char *what, const char *text)
{
	if (!text || l->context->structure_only)
		return;
	if (!*text) {
		lint_say(l, file, what, "%s: the text is empty", what);
		return;
	}
	size_t left = strlen(text);
	unsigned sentence = 0;
	bool told = false;
	for (const char *p = text; left > 0;) {
		uint32_t point;
		size_t used = utf8_decode(p, left, &point);
		if (used == 0 || (point != '\n' && !utf8_point_allowed(point))) {
			lint_say(l, file, what, "%s: holds a character that may not be shown", what);
			return;
		}
		size_t word = 0;
		while (word < left && isalpha((unsigned char)p[word]))
			word++;
		if (word > 0 && !word_known(p, word))
			lint_say(l, file, what, "%s: \"%.*s\" is not Chinese; say it in Chinese", what, (int)word, p);
		sentence = sentence_ends(point) ? 0 : sentence + (point >= CHINESE);
		if (sentence > SENTENCE_MAX && !told) {
			lint_say(l, file, what, "%s: a sentence of more than %d characters; make two of it", what,
				SENTENCE_MAX);
			told = true;
		}
		used = word > used ? word : used;
		p += used;
		left -= used;
	}
}
