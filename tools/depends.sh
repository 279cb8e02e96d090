#!/bin/sh
# depends.sh KIND...: installs the packages of these kinds (build run test lint bench) of packaging/depends.txt that are
# missing. With root or sudo through apt-get; otherwise says what to install and stops. Quick when nothing is missing.
set -eu
cd "$(dirname "$0")/.."

wanted=$(awk -F '\t' -v kinds=" $* " '!/^#/ && index(kinds, " " $2 " ") { print $1 }' packaging/depends.txt)
if ! command -v dpkg-query >/dev/null; then
	echo "depends.sh: not a Debian system; what packaging/depends.txt lists must be there" >&2
	exit 0
fi
# shellcheck disable=SC2086 # a list of package names
present=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' $wanted 2>/dev/null | awk '$2 == "installed" { print $1 }')
missing=$(printf '%s\n--\n%s\n' "$present" "$wanted" |
	awk '/^--$/ { second = 1; next } !second { have[$1]; next } !($1 in have)')
[ -n "$missing" ] || exit 0
# shellcheck disable=SC2086
set -- $missing

if [ "$(id -u)" -eq 0 ]; then
	as_root=
elif command -v sudo >/dev/null; then
	as_root=sudo
else
	echo "depends.sh: $# packages are missing, and there is neither root nor sudo here. Ask an administrator to run:" >&2
	echo "  apt-get install --no-install-recommends $*" >&2
	exit 1
fi

install() {
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" >/dev/null
}

echo "Installing $# packages: $*"
# The lists may be absent (a fresh image) or older than the mirror: refresh them and try once more.
install "$@" 2>/dev/null || { $as_root apt-get update -qq && install "$@"; } || {
	echo "depends.sh: apt-get could not install them; check the network and /etc/apt/sources.list, then try again" >&2
	exit 1
}
