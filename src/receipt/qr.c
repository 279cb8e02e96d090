#include <errno.h>
#include <qrencode.h>
#include <string.h>

#include "base/err.h"
#include "receipt/receipt.h"

bool qr_encode(const char *payload, struct qr *ret, struct err *e)
{
	size_t n = strlen(payload);
	/* Numeric mode keeps a case number in version 1: 21 modules, which fit every screen (ISO/IEC 18004 table 7). */
	QRencodeMode mode = n > 0 && strspn(payload, "0123456789") == n ? QR_MODE_NUM : QR_MODE_AN;
	QRinput *input = NULL;
	QRcode *code = NULL;
	bool ok = false;

	if (n == 0 || n > 100) {
		err_set(e, ERR_BUG, "qr: the payload has %zu characters", n);
		goto done;
	}
	input = QRinput_new2(0, QR_ECLEVEL_M);
	if (!input || QRinput_append(input, mode, (int)n, (const unsigned char *)payload) != 0 ||
		!(code = QRcode_encodeInput(input)) || code->width > 177) {
		err_set(e, ERR_BUG, "qr: cannot encode %zu characters: %s", n, strerror(errno));
		goto done;
	}
	ret->size = code->width;
	for (int i = 0; i < code->width * code->width; i++)
		ret->modules[i] = code->data[i] & 1;
	ok = true;
done:
	QRcode_free(code);
	QRinput_free(input);
	return ok;
}

bool qr_dark(const struct qr *q, int y, int x)
{
	return y >= 0 && x >= 0 && y < q->size && x < q->size && q->modules[y * q->size + x];
}
