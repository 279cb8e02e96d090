#include <libexif/exif-data.h>

#include "vision/decode.h"

int exif_orientation(const unsigned char *segment, unsigned n)
{
	int orientation = 1;
	ExifData *data = exif_data_new_from_data(segment, n);
	ExifEntry *entry = data ? exif_content_get_entry(data->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION) : NULL;
	if (entry && entry->format == EXIF_FORMAT_SHORT && entry->components >= 1 && entry->size >= 2) {
		int value = exif_get_short(entry->data, exif_data_get_byte_order(data));
		if (value >= 1 && value <= 8)
			orientation = value;
	}
	if (data)
		exif_data_unref(data);
	return orientation;
}
