#!/usr/bin/env bash
# What needs no run to be seen: layout and static analysis of C++, shell scripts, Python. Each check runs, and the end
# says which found something. With --fix: lays the C++ out anew. With names: these checks alone.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=scripts/common.sh
source "$root/scripts/common.sh"
cd "$root"

usage() { echo "Usage: scripts/lint.sh [--fix] [${checks[*]}]"; }
checks=(layout shell python analysis)

# Other versions lay some lines out otherwise, or know other checks.
clang_format=clang-format-19
clang_tidy=clang-tidy-19

sources() { git ls-files -co --exclude-standard -- "$@"; }
scripts_in() {  # LANGUAGE: scripts whose first line names it
  local file
  sources '*' | while IFS= read -r file; do
    if [[ -f $file && $(head -c 40 "$file" | head -n 1 | tr -d '\0') == '#!'*"$1"* ]]; then echo "$file"; fi
  done
}
need() { have "$1" || { note "$1 is not installed (Debian: apt-get install $2)"; return 1; }; }

# The rules' examples stand on given lines, and what must not compile need not be laid out.
layout() {
  need "$clang_format" "$clang_format" || return 1
  sources '*.cpp' '*.hpp' '*.c' '*.h' | grep -v '^tests/rules/' | xargs "$clang_format" --dry-run -Werror
}

fix_layout() { sources '*.cpp' '*.hpp' '*.c' '*.h' | grep -v '^tests/rules/' | xargs "$clang_format" -i; }

shell() {
  need shellcheck shellcheck || return 1
  scripts_in sh | xargs shellcheck scripts/common.sh
}

# E203, E306: as the lists and nested functions here are written. E402: a test imports what it has put into sys.path.
python() {
  need flake8 flake8 || return 1
  { sources '*.py'; scripts_in python; } | sort -u | xargs flake8 --max-line-length 120 --extend-ignore E203,E306,E402
}

# The programs, and all headers that they include.
analysis() {
  need "$clang_tidy" "$clang_tidy" || return 1
  local dir=$root/build/lint
  configure "$dir" -DCMAKE_CXX_COMPILER="${clang_tidy/clang-tidy/clang++}" -DCMAKE_EXPORT_COMPILE_COMMANDS=ON \
    -DRESET_GUARD_REQUIRE_PACKAGES=ON -DRESET_GUARD_BUILD_TESTS=OFF -DRESET_GUARD_BUILD_BENCH=OFF || return 1
  "run-$clang_tidy" -quiet -p "$dir" -j "$jobs" >"$dir/analysis.log" 2>&1 ||
    { grep -E ': (warning|error): ' "$dir/analysis.log" | sort -u; return 1; }
}

chosen=()
for argument in "$@"; do
  case $argument in
    -h | --help) usage; exit 0 ;;
    --fix) fix_layout; exit 0 ;;
    *)
      [[ " ${checks[*]} " == *" $argument "* ]] || die "no such check: '$argument'; there are: ${checks[*]}" 2
      chosen+=("$argument")
      ;;
  esac
done

failed=()
for check in "${chosen[@]:-${checks[@]}}"; do
  start=$SECONDS
  "$check" || failed+=("$check")
  printf '%-12s %4d s%s\n' "$check" $((SECONDS - start)) "$([[ " ${failed[*]:-} " != *" $check "* ]] || echo '  FAILED')"
done
((${#failed[@]} == 0)) || die "failed: ${failed[*]}"
