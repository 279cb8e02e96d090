#ifndef APP_HOME_H
#define APP_HOME_H

struct address_library;

/*
 * The home that was read on a paper beside the one that was typed, by the address library: it knows a name under the wrong sign of a
 * recogniser, and it knows when another road is called so. Likeness alone takes 南京东路 for 南京西路.
 */
enum home_match {
	HOME_UNCLEAR, /* the library cannot tell: no library, an address by hand, too little was read */
	HOME_SAME,    /* the entry that was typed, down to the last number */
	HOME_OTHER,   /* the name of another road or compound, or another entry, letter by letter */
};

/* `typed`: as address_text writes it. `read`: any text, at best an address. */
enum home_match home_compare(struct address_library *l, const char *typed, const char *read);

#endif
