#ifndef SEAL_BODY_H
#define SEAL_BODY_H

#include <stdbool.h>
#include <stddef.h>

struct answers;
struct attachment;
struct case_record;
struct err;
struct packer;

/*
 * What is inside an envelope: u16 number of answers, each name (u8 length) and value (u16 length), sorted by name; u8 number of
 * files, each name (u8), MIME type (u8), size u32, SHA-256 32 bytes, in the order of the parts.
 */
void body_pack(struct packer *to, const struct answers *record, const struct attachment *const *files, unsigned n);
/* Fills answers and files of the record. ERR_STORAGE: it is not a body. */
bool body_unpack(const unsigned char *bytes, size_t size, struct case_record *c, struct err *e);

#endif
