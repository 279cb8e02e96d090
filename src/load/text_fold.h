#ifndef LOAD_TEXT_FOLD_H
#define LOAD_TEXT_FOLD_H

/*
 * A text as written in a screen file becomes the key of the catalogue, in place: lines of a paragraph are joined (with
 * a blank only between two Latin words, Chinese needs none), paragraphs are kept apart by one empty line, blanks and
 * line ends around are dropped. So a file can be wrapped anew without losing its translation. Accepts NULL.
 */
void text_fold(char *s);

#endif
