#!/bin/sh
# The permit by lines: registered by lines, approved, and six months later with the receipt alone. The whole record is compared.
set -u
settings() {
	printf 'database: %s/j.db\ndemo: true\nverify: off\nprinter: file\nprinter_dir: %s/receipts\nclock: "%s"\nkeys: %s\n' \
		"$TMP" "$TMP" "$1" "$KEYS" >"$TMP/k.yaml"
}
kiosk() { "$KIOSK" --config "$TMP/k.yaml" --data "$DATA" --screens "$SCREENS" --linear >"$TMP/said" 2>"$TMP/log"; }
juzhu() { "$JUZHU" --config "$TMP/k.yaml" --data "$DATA" --screens "$SCREENS" "$@"; }

settings 2026-03-02T10:00:00
printf '1\n1\n张伟\n32000019880512001X\n\n\n1\n1\nhz\n1\n13812345678\n\n玄武区\n1\n玄武大道一百号三单元五零二室\n\nnjxl 1266 3 502\n1\n\n1\n6\n2\n\n\n15\n\n4\n' | kiosk
number=$(juzhu case list | grep -o '[0-9]\{20\}')
query=$(grep -o '查询码：.*' "$TMP"/receipts/* | head -n 1 | sed 's/.*：//')
for state in accepted review approved; do juzhu case move "$number" $state >/dev/null || exit 1; done

settings 2026-09-02T10:00:00
printf '3\n1\n%s\n%s\n\n\n\n\n1\n\n1\n2\n2\n8\n6\n\n1\n1\n\n1\n\n23\n\n4\n' "$number" "$query" | kiosk
permit=$(juzhu case list | grep residence-permit | grep -o '[0-9]\{20\}')
[ -n "$permit" ] || { tail -n 60 "$TMP/said" "$TMP/log"; exit 1; }
echo juzhu-test-center | juzhu case open "$permit" --center "$KEYS" | sed -n '/^answers:/,/^files:/p' | grep '^ ' |
	sed "s/$number/NUMBER/" >"$TMP/record"
diff - "$TMP/record" <<'END'
  address.district: 静安区
  address.district_code: 310106
  address.lane: 1266
  address.match: library
  address.number: 3
  address.room: 502
  address.street: 南京西路
  address.text: 上海市静安区南京西路1266弄3号502室
  address.town: 南京西路街道
  address.town_code: 310106012
  birth_date: 1988-05-12
  declaration: yes
  education: 21
  employed: no
  ethnic_group: 01
  filing_mode: self
  household_address: 玄武大道一百号三单元五零二室
  household_region: 320102
  id_number: 32000019880512001X
  income: family
  mobile: 13812345678
  name: 张伟
  no_work_reason: household
  notice: read
  photo: registration
  photo.registered: yes
  photo_choice: keep
  pickup: in-person
  pickup_center: 南京西路街道社区事务受理服务中心
  pickup_center.town_code: 310106012
  registration: opened
  registration.address: 上海市静安区南京西路1266弄3号502室
  registration.id: 32000019880512001X
  registration.materials: id-card property
  registration.number: NUMBER
  registration.on: 20260302
  registration.type: own
  residence_change: no
  residence_type: own
  sex: 1
  stable: residence
  stay_reason: 01
  studying: no
  verified.by: off
  verified.id: 32000019880512001X
  verified.way: off
END
