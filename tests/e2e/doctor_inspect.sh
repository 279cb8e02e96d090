#!/bin/sh
# What juzhu doctor says about the inspector's abilities is so: the kernel's Landlock, the model of 68 points by the setting, and,
# hidden in a mount namespace (root), the recogniser's model and the package of the points. The photo check follows the setting.
set -u
model=/usr/share/dlib/shape_predictor_68_face_landmarks.dat
failed=0
# row CHECK WANT [CONFIG LINE]
row() {
	printf '%s\n' "${3:-landmarks: auto}" >"$TMP/juzhu.yaml"
	"$JUZHU" --config "$TMP/juzhu.yaml" --data "$DATA" --screens "$SCREENS" doctor >"$TMP/said" 2>&1
	grep -q "^$2" "$TMP/said" || {
		echo "$1: wanted '$2'"
		cat "$TMP/said"
		failed=1
	}
}
if [ "${1:-}" = hidden ]; then
	row words 'FAIL  words of materials: .*install tesseract-ocr-chi-sim'
	row landmarks 'skip  landmarks: not installed, which is optional'
	exit $failed
fi
abi=$(python3 -c 'import ctypes; print(max(0, ctypes.CDLL(None).syscall(444, None, 0, 1)))') # landlock_create_ruleset
if [ "$abi" -gt 0 ]; then
	row sandbox "ok    sandbox: seccomp, limits and Landlock version $abi\$"
else
	row sandbox 'ok    sandbox: seccomp and limits; no Landlock'
fi
row words 'ok    words of materials'
row none 'skip  landmarks: none, as the setting says' 'landmarks: none'
row 'no model' 'FAIL  landmarks: /bin/true is no 68-point model' 'landmarks: /bin/true'
row relative 'juzhu: .*landmarks.*auto, none or an absolute path' 'landmarks: here.dat'
"$PORTRAIT" size=1 | convert ppm:- -quality 95 "$TMP/a.jpg"
# used WANT SETTING [OPTION...]: does the photo check work with the points?
used() {
	want=$1
	printf 'landmarks: %s\n' "$2" >"$TMP/juzhu.yaml"
	shift 2
	"$JUZHU" --config "$TMP/juzhu.yaml" photo check --json "$TMP/a.jpg" "$@" >"$TMP/said"
	grep -q "\"measures\":{[^}]*\"landmarks\":$want" "$TMP/said" || {
		echo "points: wanted $want"
		cat "$TMP/said"
		failed=1
	}
}
used 0 none
if [ -r $model ]; then
	row auto "ok    landmarks: $model is used"
	used 1 auto
	used 1 "$model"
	used 0 auto --landmarks none
	used 1 none --landmarks auto
fi
if [ "$(id -u)" -eq 0 ] && unshare -m true 2>/dev/null; then
	words=$(dirname "$(find /usr/share/tesseract-ocr -name chi_sim.traineddata | head -n 1)")
	cat >"$TMP/inside.sh" <<'END'
mount -t tmpfs none "$1" && { [ ! -d /usr/share/dlib ] || mount -t tmpfs none /usr/share/dlib; } && exec sh "$2" hidden
END
	export JUZHU DATA SCREENS TMP
	unshare -m sh "$TMP/inside.sh" "$words" "$0" || failed=1
fi
exit $failed
