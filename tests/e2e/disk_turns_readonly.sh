#!/bin/sh
# The file system sees an error and turns read-only while somebody fills in the form: told at submission; what was filed before is
# there after the repair, and the kiosk works again. An ext4 of its own on a loop device, which takes root.
set -u
[ "$(id -u)" -eq 0 ] || { echo "needs root for a file system of its own"; exit 77; }
disk=$TMP/disk
mkdir "$disk"
truncate -s 40M "$TMP/image"
mkfs.ext4 -q -F "$TMP/image"
mount -o loop,errors=remount-ro "$TMP/image" "$disk" 2>/dev/null || { echo "no ext4 on a loop device here"; exit 77; }
trap 'umount -l "$disk"' EXIT
trap 'exit 130' INT TERM
switch=/sys/fs/ext4/$(basename "$(findmnt -n -o SOURCE "$disk")")/trigger_fs_error
[ -w "$switch" ] || { echo "this kernel cannot pretend an error of the file system"; exit 77; }
# shellcheck source=tests/e2e/part/lines.sh
. tests/e2e/part/lines.sh

start_kiosk
to_review
printf '\n' >&9
wait_for '· 提交成功' 1
printf '4\n' >&9
to_review
wait_for '(*) 我声明' 2
echo 1 >"$switch"
printf '\n' >&9
wait_for '没有提交成功' 1
stop_kiosk
umount "$disk" || exit 1
e2fsck -p -f "$TMP/image" >/dev/null 2>&1
mount -o loop "$TMP/image" "$disk" || exit 1
wait_cases 1
juzhu verify >"$TMP/verified" || { cat "$TMP/verified"; exit 1; }
start_kiosk
to_review
printf '\n' >&9
wait_for '· 提交成功' 2
stop_kiosk
wait_cases 2
