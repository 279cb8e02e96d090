#ifndef ADDRESS_CLONES_H
#define ADDRESS_CLONES_H

/*
 * CLONES before a function: compiled for wider vectors as well, chosen when the program starts. Not with the address
 * sanitizer, which is not ready when that choice is made.
 */
#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined(__x86_64__) && defined(__linux__) && !defined(__SANITIZE_ADDRESS__) && !__has_feature(address_sanitizer)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define CLONES
#endif

#endif
