# layers.awk src/LAYERS FILE...: reports every include that src/LAYERS does not allow. Programs directly in src/ may include
# any folder, but no library header that belongs to one folder alone.
FILENAME == ARGV[1] {
	sub(/#.*/, "")
	if (!/:/)
		next
	colon = index($0, ":")
	bar = index($0, "|")
	folder = substr($0, 1, colon - 1)
	known[folder]
	n = split(substr($0, colon + 1, bar - colon - 1), words)
	for (i = 1; i <= n; i++)
		may[folder, words[i]]
	n = split(substr($0, bar + 1), words)
	for (i = 1; i <= n; i++) {
		library[words[i]]
		owns[folder, words[i]]
	}
	next
}

FNR == 1 {
	n = split(FILENAME, part, "/")
	folder = n > 2 ? part[2] : ""
	if (folder != "" && !(folder in known))
		complain("the folder has no row in src/LAYERS")
}

function complain(what) {
	printf "%s:%d: %s\n", FILENAME, FNR, what
	bad = 1
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
	split($0, part, "\"")
	split(part[2], path, "/")
	if (!(path[1] in known))
		complain("include \"" part[2] "\": write the path from src/")
	else if (folder != "" && path[1] != folder && !((folder, path[1]) in may))
		complain(folder " may not include " path[1])
}

/^[ \t]*#[ \t]*include[ \t]*</ {
	header = $0
	gsub(/^[^<]*<|>.*$/, "", header)
	if (header in library && !((folder, header) in owns))
		complain("<" header "> belongs to another folder")
}

END { exit bad }
