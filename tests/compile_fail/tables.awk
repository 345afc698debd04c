# Writes the tables of README.md from the heads of the files and from what was found (see check). Fails if a cell is
# empty without a limit that is allowed.

function union(a, b,    i, c, out) {
  for (i = 1; i <= 5; ++i) {
    c = substr("ANWMC", i, 1)
    if (index(a, c) || index(b, c)) out = out c
  }
  return out == "" ? "-" : out
}

# The cell of one line of one file in one column; R where only the run-time net holds, "·" for a limit. A column is a
# compiler and a mode, perhaps with a clang-tidy beside it.
function cell(file, line, column,    parts, found, words, count, other, more, held, is) {
  split(columns[column], is, " ")
  split(cells[file, is[1] " " is[2]], parts, " ")
  found = parts[line]
  if (3 in is) {
    split(cells[file, is[3] " enforced"], more, " ")
    found = union(parts[line], more[line])
  }
  if (is[2] != "default") gsub(/[a-z]/, "", found)
  if (found != "" && found != "-") return found
  held = held_in[file] == "" ? file : held_in[file] ".cpp"
  # Run with these two: how a result was dropped makes no difference to the ledger.
  count = split(cells[held, (columns[column] ~ /^g/ ? "g++-12" : "clang++-19") " run"], words, " ")
  if (count > 0) {
    if (held != file || count != lines[file]) return "R"
    if (words[line] != "verified") return "R"
  }
  other = limits[file]
  if (kind[file, line] != "status") gsub(/plain-status/, "", other)
  if (other ~ /[a-z]/) {
    is_empty[file] = 1
    return "·"
  }
  print "empty without a limit: " file ", line " line ", " columns[column] > "/dev/stderr"
  status = 1
  return "EMPTY"
}

function file_row(file, column,    i, out) {
  for (i = 1; i <= lines[file]; ++i) out = out (i > 1 ? " " : "") cell(file, i, column)
  return out
}

# What a hole's files answer for one kind of result, each answer once.
function hole_kind(hole, which, column,    i, k, c, seen, out) {
  for (i = 1; i <= files; ++i) {
    if (file_at[i] ~ /\// || hole_of[file_at[i]] != hole) continue
    for (k = 1; k <= lines[file_at[i]]; ++k) {
      if (kind[file_at[i], k] != which) continue
      c = cell(file_at[i], k, column)
      if (!(c in seen)) out = out (out == "" ? "" : "/") c
      seen[c] = 1
    }
  }
  return out
}

function hole_cell(hole, column,    out, c, i) {
  for (i = 1; i <= 3; ++i) {
    c = hole_kind(hole, kinds[i], column)
    if (c != "") out = out (out == "" ? "" : " ") c
  }
  c = hole_kind(hole, "", column)
  if (c != "") out = out (out == "" ? "" : "; ") c
  return out
}

function holes_table(list, header,    c, hole, row) {
  column_count = split(list, columns, ",")
  print "| # " header " |"
  row = "|---"
  for (c = 1; c <= column_count; ++c) row = row "|---"
  print row "|"
  for (hole = 1; hole <= last_hole; ++hole) {
    row = "| " hole
    for (c = 1; c <= column_count; ++c) row = row " | " hole_cell(hole, c)
    print row " |"
  }
}

function escaped(text) {
  gsub(/\|/, "\\|", text)
  return text
}
function code(text) {
  return text ~ /`/ ? "`` " escaped(text) " ``" : "`" escaped(text) "`"
}

$1 == "head" {
  file = $2
  file_at[++files] = file
  hole_of[file] = $3; title[file] = $4; limits[file] = $6; held_in[file] = $7
  n = split($6, names, /, /)
  for (i = 1; i <= n; ++i) {
    if (names[i] !~ /^(plain-status|function-pointer|member|reference|parameter|type-erasure|catch-block|statement-expression|moved-to-nowhere|no-analysis|warnings-off)$/) {
      print "no such limit: " file ": " names[i] > "/dev/stderr"
      status = 1
    }
  }
  n = split($5, tags, " ")
  lines[file] = n
  for (i = 1; i <= n; ++i) kind[file, i] = substr(tags[i], 2)
  if (file !~ /\// && $3 + 0 > last_hole) last_hole = $3 + 0
}
$1 == "bad" { bad[$2] = $3 }
$1 == "good" { good[$2] = $3 }
$1 == "found" {
  cells[$2, $3 " " $4] = $5
  if ($6 != "") message[$2, $3 " " $4] = $6
}

END {
  split("scope step status", kinds, " ")
  header = "| g++ 12 | strict | `reset_guard_enforce` | strict, `-w` | clang 19 | strict | strict, `-w` |"
  rule = "|---|---|---|---|---|---|---|"

  print "### The holes\n"
  holes_table("g++-12 default,g++-12 plain,g++-12 plain clang-tidy-19,g++-12 quiet,clang++-19 default,clang++-19 typestate,clang++-19 quiet", substr(header, 1, length(header) - 2))

  print "\n### Their spellings\n"
  print "| # | how it is dropped " header
  print "|---|---" rule
  for (i = 1; i <= files; ++i) {
    file = file_at[i]
    if (file ~ /\//) continue
    row = "| " hole_of[file] " | [" title[file] "](" file ")"
    for (c = 1; c <= column_count; ++c) row = row " | " file_row(file, c)
    print row " |"
  }

  print "\n### The empty cells, and their limits\n"
  print "| # | how it is dropped | limits |"
  print "|---|---|---|"
  for (i = 1; i <= files; ++i) {
    file = file_at[i]
    if (is_empty[file]) print "| " hole_of[file] " | [" title[file] "](" file ") | " limits[file] " |"
  }

  print "\n### What a user reads\n"
  print "The first error at the first line that breaks the rule.\n"
  print "| # | the line | g++ 12 | clang 19, `-Wconsumed` |"
  print "|---|---|---|---|"
  for (i = 1; i <= files; ++i) {
    file = file_at[i]
    a = message[file, "g++-12 plain"]; b = message[file, "clang++-19 typestate"]
    if (file ~ /\// || (a == "" && b == "")) continue
    print "| " hole_of[file] " | " code(bad[file]) " | " (a == "" ? "accepted" : code(a)) " | " (b == "" ? "accepted" : code(b)) " |"
  }

  print "\n### What the analysis rejects wrongly\n"
  print "| pattern | rejected | accepted |"
  print "|---|---|---|"
  for (i = 1; i <= files; ++i) {
    file = file_at[i]
    if (file !~ /\//) continue
    print "| [" escaped(title[file]) "](" file ") | " code(bad[file]) " | " code(good[file]) " |"
  }
  exit status
}
