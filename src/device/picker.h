#ifndef DEVICE_PICKER_H
#define DEVICE_PICKER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct err;

/*
 * The safe way to an applicant's file: only under the allowed folders, no symlink, no other file system, regular, not
 * empty, not larger than allowed (openat2 with RESOLVE_BENEATH | NO_SYMLINKS | NO_MAGICLINKS | NO_XDEV). Names come
 * from a stranger's medium: `shown` is clean, `name` is raw and only for going back to the kernel.
 */
struct picker;

struct picker_entry {
	char name[256];  /* as on the medium */
	char shown[256]; /* without control, bidi and invalid characters */
	bool folder;
	off_t size;
};

/* Roots that do not exist (no stick in) are left out of lists. */
struct picker *picker_create(char *const *roots, unsigned n_roots);
void picker_destroy(struct picker *p);
/* Where we are, for the title of the list: "U盘/照片"; "" at the list of roots. */
const char *picker_place(const struct picker *p);
/*
 * Entries of this place, folders first, then by name; hidden files and what is neither folder nor regular are left out.
 * At most 500. Owned by the picker until the next call.
 */
size_t picker_list(struct picker *p, const struct picker_entry **ret_entries, struct err *e);
bool picker_enter(struct picker *p, size_t entry, struct err *e); /* a folder of the last list */
bool picker_up(struct picker *p);                                 /* false at the top */
/* Descriptor of a file of the last list, or of a typed path inside an allowed folder; yours to close. -1: see e. */
int picker_open(struct picker *p, size_t entry, off_t max_size, struct err *e);
int picker_open_path(struct picker *p, const char *typed, off_t max_size, struct err *e);

#endif
