/* A file is copied whole or not at all, also when the stick is pulled out in the middle of it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "app/take.h"
#include "model/filing.h"

static void a_whole_file_is_copied(void **state)
{
	(void)state;
	char why[200] = "";
	size_t size = 0;
	int fd = memfd_create("stick", MFD_CLOEXEC);
	assert_int_equal(write(fd, "abc", 3), 3);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	unsigned char *bytes = take_copy(fd, &size, why, sizeof why);
	assert_non_null(bytes);
	assert_int_equal(size, 3);
	assert_memory_equal(bytes, "abc", 3);
	free(bytes);
	assert_int_equal(ftruncate(fd, ATTACHMENT_SIZE_MAX + 1), 0);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	assert_null(take_copy(fd, &size, why, sizeof why));
	assert_int_equal(ftruncate(fd, 0), 0);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	assert_null(take_copy(fd, &size, why, sizeof why));
	close(fd);
}

/* Our own memory as a file: one page can be read, the next one gives EIO, as a device that is gone does. */
static void a_device_that_goes_is_refused(void **state)
{
	(void)state;
	char why[200] = "";
	size_t size = 77, page = (size_t)sysconf(_SC_PAGESIZE);
	char *two = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(two, MAP_FAILED);
	memset(two, 'x', page);
	assert_int_equal(munmap(two + page, page), 0);
	int fd = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_true(lseek(fd, (off_t)(uintptr_t)two, SEEK_SET) != (off_t)-1);
	assert_null(take_copy(fd, &size, why, sizeof why));
	assert_int_equal(size, 77);
	assert_non_null(strstr(why, "U盘"));
	close(fd);
	munmap(two, page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_file_is_copied),
		cmocka_unit_test(a_device_that_goes_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
