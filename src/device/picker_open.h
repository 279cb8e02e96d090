#ifndef DEVICE_PICKER_OPEN_H
#define DEVICE_PICKER_OPEN_H

#include <stdbool.h>
#include <sys/types.h>

struct err;

/* openat2(2) below a folder: no symlink, no "..", no way to another file system. -1 and errno. */
int beneath_open(int dir, const char *name, unsigned long long flags);
/* A regular file of 1..max_size bytes; translated sentence in e otherwise. -1 on failure. */
int beneath_open_file(int dir, const char *name, off_t max_size, struct err *e);

#endif
