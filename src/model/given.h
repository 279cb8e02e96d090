#ifndef MODEL_GIVEN_H
#define MODEL_GIVEN_H

struct filing;
struct material;

/* How a material is given, in the filing's answers: "material.CODE" says file, licence or counter, "material.CODE.PART" more. */
const char *given_how(const struct filing *f, const struct material *m); /* "": not yet; borrowed */
const char *given_detail(const struct filing *f, const struct material *m, const char *part);
/* Another way: what was said about the one before goes, and its files unless this is one. part "": nothing more is said. */
void given_set(struct filing *f, const struct material *m, const char *how, const char *part, const char *value);
/* The file that was attached as `name`: the only one now, or one more; "about" names all of them. */
void given_file(struct filing *f, const struct material *m, const char *name, const char *about);
void given_add(struct filing *f, const struct material *m, const char *part,
	const char *value); /* NULL takes it away */

#endif
