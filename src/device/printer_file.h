#ifndef DEVICE_PRINTER_FILE_H
#define DEVICE_PRINTER_FILE_H

#include <stdbool.h>

struct err;

/*
 * The file printer: each job becomes FOLDER/receipt-JOB.txt, readable by the owner alone. The folder is made when its
 * parent exists. Printing again replaces the file with the same content.
 */
bool printer_file_print(const char *folder, const char *job, const char *text, struct err *e);
bool printer_file_ready(const char *folder, struct err *e);

#endif
