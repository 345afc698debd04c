#!/usr/bin/env bash
# The README's blocks are pieces of tested programs and real output. Prints README.md with every block filled in anew;
# --check compares, --update writes. A block stands between one of these markers and the next '<!-- end -->':
#   <!-- FILE: TAG, TAG -->   the lines of FILE between the comments '// [TAG]'
#   <!-- output: ARGS -->     what reset_tool prints for ARGS
# RESET_GUARD_TOOL: the program; the one of examples/run.sh if it is not set.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
tool=${RESET_GUARD_TOOL:-build/examples/examples/reset_tool}

piece() {  # FILE TAG: without the indentation that all its lines share
  awk -v tag="$2" '
    index($0, "// [" tag "]") { inside = !inside; found = 1; next }
    inside {
      lines[++n] = $0
      if ($0 ~ /[^ ]/) { match($0, /^ */); if (least == "" || RLENGTH < least) least = RLENGTH }
    }
    END {
      if (!found) { print "no piece [" tag "]" > "/dev/stderr"; exit 1 }
      for (i = 1; i <= n; i++) print substr(lines[i], least + 1)
    }' "$1"
}

block() {  # MARKER: what belongs below it
  local source=${1#'<!-- '} file tags tag first=1
  source=${source%' -->'}
  file=${source%%: *} tags=${source#*: }
  if [[ $file == output ]]; then
    echo '```'
    # shellcheck disable=SC2086  # the marker's words are the arguments
    LC_ALL=C.UTF-8 NO_COLOR=1 "$tool" $tags || [[ $? == 1 ]]
    echo '```'
    return
  fi
  echo '```cpp'
  IFS=, read -ra tags <<<"$tags"
  for tag in "${tags[@]}"; do
    [[ $first == 1 ]] || echo
    first=0
    piece "$file" "${tag# }"
  done
  echo '```'
}

fill() {
  local line skipping=0
  while IFS= read -r line || [[ -n $line ]]; do
    [[ $line == '<!-- end -->' ]] && skipping=0
    [[ $skipping == 1 ]] || printf '%s\n' "$line"
    if [[ $line =~ ^'<!-- '[^:]+': '.*' -->'$ ]]; then
      block "$line"
      skipping=1
    fi
  done <README.md
  [[ $skipping == 0 ]] || { echo "README.md: a block without '<!-- end -->'" >&2; return 1; }
}

fresh=$(fill; echo x)
fresh=${fresh%x}
case ${1:-} in
  '') printf '%s' "$fresh" ;;
  --update) printf '%s' "$fresh" >README.md ;;
  --check)
    diff -u README.md <(printf '%s' "$fresh") || { echo "README.md is stale: run tests/readme/blocks.sh --update" >&2; exit 1; }
    ;;
  *) echo "usage: tests/readme/blocks.sh [--check | --update]" >&2; exit 2 ;;
esac
