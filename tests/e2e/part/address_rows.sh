# Rows of an import file, made up. rows FIRST LAST [STREET]: rooms with the codes FIRST to LAST, 24 to a door, 30 doors to a lane.
# shellcheck shell=sh
ADDRESS_HEADER=addr_code,city,district_code,district,street,street_kind,lane,number,room,status,standard_text
rows() {
	awk -v first="$1" -v last="$2" -v street="${3:-宁花路}" 'BEGIN {
		for (i = first; i <= last; i++) {
			r = i % 24; d = int(i / 24); no = d % 30 + 1; lane = int(d / 30) % 900 * 2 + 1
			s = street; if (d >= 27000) s = "第" int(d / 27000) street
			room = int(r / 4) + 1 "0" r % 4 + 1
			printf "3101%011d,上海市,310106,静安区,%s,road,%d,%d,%s,1,上海市静安区%s%d弄%d号%s室\n", i, s, lane, no, room, s, lane, no, room
		}
	}'
}
address_file() {
	echo "$ADDRESS_HEADER"
	rows "$@"
}
