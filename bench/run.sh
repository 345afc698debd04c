#!/usr/bin/env bash
# Measures what a reset costs, with what it needs installed first, and writes a report and a chart to build/bench/.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
# shellcheck source=scripts/common.sh
source "$root/scripts/common.sh"

usage() {
  cat <<END
Usage: bench/run.sh [--quick] [--keep] [--help]
Counts the instructions of a reset, of hand-written C and of other libraries, times them, and compares the machine
code; with each of ${promised[*]} that is there, else with the default compiler.
  (nothing)  everything, about ten minutes
  --quick    instructions, machine code and the lines of headers only: no times, under two minutes
  --keep     also keeps it: the report and the chart in bench/results/, the figures of docs/cost.md
END
}

promised=(g++-12 clang++-19)
quick=no keep=no
for argument in "$@"; do
  case $argument in
    --quick) quick=yes ;;
    --keep) keep=yes ;;
    -h | --help) usage; exit 0 ;;
    *) die "unknown option '$argument' (--help lists them)" 2 ;;
  esac
done

out=$root/build/bench
data=$out/data

compilers() {  # prints those to measure with, one a line
  local compiler found=no
  for compiler in "${promised[@]}"; do
    if have "$compiler"; then echo "$compiler"; found=yes; else note "$compiler: not measured, it is not installed"; fi
  done
  [[ $found == yes ]] || default_compiler
}

default_compiler() {
  local compiler
  for compiler in ${CXX:+"$CXX"} c++ g++ clang++; do
    if have "$compiler"; then echo "$compiler"; return; fi
  done
}

times() {  # PROGRAM FILE
  "$1" --benchmark_repetitions=5 --benchmark_min_time=0.02 --benchmark_enable_random_interleaving=true \
    --benchmark_out="$2" --benchmark_out_format=json
}

measure() {  # COMPILER
  local compiler=$1 name=${1##*/} start=$SECONDS lines_only=()
  local dir=$out/$name to=$data/$name
  [[ $quick == no ]] || lines_only=(--lines-only)
  mkdir -p "$to"
  configure "$dir" -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_BUILD_TYPE=Release -DRESET_GUARD_BUILD_BENCH=ON \
    -DRESET_GUARD_BUILD_TESTS=OFF -DRESET_GUARD_BUILD_TOOLS=OFF -DRESET_GUARD_BUILD_EXAMPLES=OFF
  build "$dir"
  quietly "$name: do all do the same work?" "$to/same_work.log" "$dir/bench/bench_same_work" "$to/same_work.json"
  quietly "$name: counting instructions" "$to/counts.log" cmake --build "$dir" --target counts_json
  cp "$dir/bench/counts.json" "$to/counts.json"
  quietly "$name: comparing machine code" "$to/code.log" \
    "$root/bench/compare_code" --json "$to/code.json" "$compiler"
  quietly "$name: cost of the headers" "$to/header_cost.log" \
    "$root/bench/header_cost.py" --compiler "$compiler" --output "$to/header_cost.json" "${lines_only[@]}"
  [[ $quick == yes ]] || quietly "$name: timing" "$to/times.log" times "$dir/bench/bench_times" "$to/times.json"
  printf '%-42s %4d s\n' "$name" $((SECONDS - start))
}

require build python peers valgrind
[[ $quick == yes ]] || require benchmark
rm -rf "$data"
mkdir -p "$data"
"$root/bench/machine.py" --output "$data/run.json"
mapfile -t found < <(compilers)
for compiler in "${found[@]}"; do measure "$compiler"; done

"$root/bench/report.py" "$data" "$out" --summary
echo "the report: $out/report.md; what it comes to: $root/docs/cost.md"
if [[ $keep == yes ]]; then
  "$root/bench/report.py" "$data" "$root/bench/results" --page "$root/docs/cost.md"
  echo "kept: $root/bench/results/ and $root/docs/cost.md"
fi
