#!/bin/sh
# A disk that gets full while somebody fills in the form: the reserve is given up, the case is filed. After that the start screen
# says that nothing can be filed, with the reason for staff; with room again it works. On a small file system of its own, which
# takes root.
set -u
[ "$(id -u)" -eq 0 ] || { echo "needs root for a file system of its own"; exit 77; }
disk=$TMP/disk
mkdir "$disk"
mount -t tmpfs -o size=12m tmpfs "$disk" || { echo "no file system can be mounted here"; exit 77; }
trap 'umount -l "$disk"' EXIT
trap 'exit 130' INT TERM
# shellcheck source=tests/e2e/part/lines.sh
. tests/e2e/part/lines.sh
fill() { dd if=/dev/zero of="$disk/fill" bs=4k 2>/dev/null; }

start_kiosk
to_review
wait_for '(*) 我声明' 1
[ -e "$disk/j.db.ballast" ] || { echo "there is no reserve"; exit 1; }
sqlite3 "$disk/j.db" 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null # the log has room left of what it grew by
fill
printf '\n' >&9
wait_for '· 提交成功' 1
wait_cases 1
[ ! -e "$disk/j.db.ballast" ] || { echo "the reserve was not needed: the disk was not full"; exit 1; }
fill
printf '4\n' >&9
wait_for '这台机器现在不能办理' 1
wait_for 'MiB are free' 1
printf '1\n' >&9
wait_for '存储空间不够' 1
rm "$disk/fill"
printf '1\n' >&9 # back to the start
to_review
printf '\n' >&9
wait_for '· 提交成功' 2
printf '4\n' >&9
wait_cases 2
stop_kiosk
juzhu verify >"$TMP/verified" || { cat "$TMP/verified"; exit 1; }
