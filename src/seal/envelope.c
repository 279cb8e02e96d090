/* Reading an envelope without any key: structure, signature, hashes of the parts. */
#include "seal/envelope.h"

#include <sodium.h>
#include <string.h>

#include "base/err.h"
#include "base/utf8.h"
#include "seal/format.h"
#include "seal/pack.h"

static bool wrong(const struct envelope *v, struct err *e, const char *what)
{
	return err_set(e, ERR_STORAGE, "envelope of case %s: %s; the file is damaged or was changed",
		v->head.number[0] ? v->head.number : "?", what);
}

/* A text of fixed length. */
static bool fixed(struct unpacker *u, char *out, size_t n)
{
	const unsigned char *text = unpack_bytes(u, n);
	if (text)
		memcpy(out, text, n);
	out[text ? n : 0] = '\0';
	return text != NULL;
}

static bool parse_head(struct unpacker *u, struct envelope *v, struct err *e)
{
	const unsigned char *magic = unpack_bytes(u, sizeof FORMAT_MAGIC - 1);
	if (!magic || memcmp(magic, FORMAT_MAGIC, sizeof FORMAT_MAGIC - 1) != 0)
		return wrong(v, e, "it does not begin as one");
	uint64_t suite = unpack_number(u, 1), flags = unpack_number(u, 1);
	if (u->good && suite != FORMAT_SUITE)
		return err_set(e, ERR_STORAGE,
			"envelope: cipher suite %u is not known to this program; install a newer one", (unsigned)suite);
	v->head.item_version = (unsigned)unpack_number(u, 2);
	fixed(u, v->head.number, CASENUM_LENGTH);
	fixed(u, v->head.station, sizeof v->head.station - 1);
	v->head.revision = unpack_number(u, 8);
	v->head.created = (int64_t)unpack_number(u, 8);
	v->head.demo = flags & FORMAT_FLAG_DEMO;
	unpack_text(u, 1, v->head.item, sizeof v->head.item);
	if (!casenum_good(v->head.number)) {
		v->head.number[0] = '\0'; /* any bytes: not for a message */
		return wrong(v, e, "its case number is none");
	}
	if (!u->good || flags > FORMAT_FLAG_DEMO || v->head.revision == 0 || v->head.created < 0 ||
		v->head.item[0] == '\0' || !utf8_plain(v->head.item) ||
		strspn(v->head.station, "0123456789") != sizeof v->head.station - 1)
		return wrong(v, e, "its head is not one");
	return true;
}

static bool parse_recipients(struct unpacker *u, struct envelope *v)
{
	v->n_recipients = (unsigned)unpack_number(u, 1);
	v->recipients_at = (size_t)(u->at - v->bytes);
	for (unsigned i = 0; i < v->n_recipients; i++) {
		uint64_t kind = unpack_number(u, 1), length = unpack_number(u, 2);
		/* Other kinds may be added one day; they are passed over. */
		if ((kind == RECIPIENT_CENTER && length != CENTER_SLOT) ||
			(kind == RECIPIENT_QUERY && length != QUERY_SLOT) || kind == 0)
			return false;
		unpack_bytes(u, (size_t)length);
	}
	return u->good && v->n_recipients > 0 && v->n_recipients <= RECIPIENTS_MAX;
}

bool envelope_parse(struct envelope *ret, const unsigned char *bytes, size_t size, struct err *e)
{
	struct envelope v = { .bytes = bytes, .size = size };
	struct unpacker u = { bytes, bytes + size, true };

	if (size > ENVELOPE_MAX)
		return wrong(&v, e, "it is too long");
	if (!parse_head(&u, &v, e))
		return false;
	v.core_size = (size_t)(u.at - bytes);
	const unsigned char *certificate = unpack_bytes(&u, CERTIFICATE_SIZE);
	if (!certificate || !certificate_unpack(certificate, &v.certificate))
		return wrong(&v, e, "the station's certificate in it is not one");
	if (!parse_recipients(&u, &v))
		return wrong(&v, e, "its list of recipients is not one");
	v.n_parts = (unsigned)unpack_number(&u, 1);
	v.parts_at = (size_t)(u.at - bytes);
	if (v.n_parts > PARTS_MAX || !unpack_bytes(&u, (size_t)v.n_parts * PART_ENTRY))
		return wrong(&v, e, "its list of files is not one");
	v.body_size = (size_t)unpack_number(&u, 4);
	v.body_at = (size_t)(u.at - bytes);
	if (!unpack_bytes(&u, v.body_size) || !unpack_bytes(&u, SIGNATURE) || u.at != u.end)
		return wrong(&v, e, "its length is wrong");
	*ret = v;
	return true;
}

bool envelope_verify(const struct envelope *v, const struct center_public *centers, unsigned n, struct err *e)
{
	unsigned char text[SIGNED_SIZE];

	format_signed(v->bytes, v->size - SIGNATURE, text);
	if (crypto_sign_verify_detached(v->bytes + v->size - SIGNATURE, text, sizeof text, v->certificate.sign) != 0)
		return wrong(v, e, "the station's signature does not fit");
	if (strcmp(v->certificate.station, v->head.station) != 0)
		return wrong(v, e, "it was signed by another station than it names");
	if (n > 0 && !certificate_good(&v->certificate, centers, n))
		return err_set(e, ERR_STORAGE,
			"envelope of case %s: station %s, which signed it, is not certified by this center; check center.pub",
			v->head.number, v->head.station);
	return true;
}

uint32_t envelope_part_size(const struct envelope *v, unsigned i)
{
	if (i >= v->n_parts)
		return 0;
	const unsigned char *entry = v->bytes + v->parts_at + (size_t)i * PART_ENTRY;
	struct unpacker u = { entry, entry + 4, true };
	return (uint32_t)unpack_number(&u, 4);
}

bool envelope_part_good(const struct envelope *v, unsigned i, const unsigned char *bytes, size_t size)
{
	unsigned char hash[32];

	if (i >= v->n_parts || size != envelope_part_size(v, i))
		return false;
	crypto_generichash(hash, sizeof hash, bytes, size, NULL, 0);
	return sodium_memcmp(hash, v->bytes + v->parts_at + (size_t)i * PART_ENTRY + 4, sizeof hash) == 0;
}
