#!/usr/bin/env bash
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=scripts/common.sh
source "$root/scripts/common.sh"

usage() {
  cat <<END
Usage: tests/run.sh [--full] [--help]
Installs what the tests need, builds them and runs them.
  (nothing)  one compiler
  --full     the same, and: all tests again under the sanitizers; those of the library with each of
             ${compilers[*]} that is there;
             each header compiled on its own; what must not compile, with each compiler; mutations: a guard removed, or
             upstream's fault put back, and a test goes red for each; a million random programs
END
}

compilers=(g++-11 g++-12 clang++-14 clang++-16 clang++-19 clang++-22)
full=no
for argument in "$@"; do
  case $argument in
    --full) full=yes ;;
    -h | --help) usage; exit 0 ;;
    *) die "unknown option '$argument' (--help lists them)" 2 ;;
  esac
done

build_root=$root/build
suites=()  # the folders whose tests are run at the end, in one run with one summary

stage() {  # NAME COMMAND...: says how long it took
  local name=$1 start=$SECONDS
  shift
  "$@"
  printf '%-42s %4d s\n' "$name" $((SECONDS - start))
}

suite() {  # PRESET DIR [OPTION...]
  local preset=$1 dir=$2
  shift 2
  configure "$dir" --preset "$preset" "$@"
  build "$dir"
  suites+=("$dir")
}

run_tests() {  # all the suites as one
  local all=$build_root/tests progress=() without=()
  mkdir -p "$all"
  printf 'subdirs("%s")\n' "${suites[@]}" >"$all/CTestTestfile.cmake"
  [[ ! -t 1 ]] || progress=(--progress)
  # The same tests, fewer and more of them: each label is for one of the two.
  if [[ $full == yes ]]; then without=(--label-exclude quick_only); else without=(--label-exclude full_only); fi
  ctest --test-dir "$all" --parallel "$jobs" --output-on-failure --no-tests=error --no-label-summary "${progress[@]}" \
    "${without[@]}"
}

same_compiler() { [[ $(readlink -f "$(command -v "$1")") == $(readlink -f "$(command -v "$2")") ]]; }

require build catch2 json cli11 python
cmake_is_at_least 3.25 || die "this CMake is too old for the tests, which need 3.25 (pip install cmake has a newer one)"
if [[ $full == no ]]; then
  note "building and running the tests: some 5 minutes on two cores"
  suite dev "$build_root/dev"
else
  note "building and running the tests: some 50 minutes on two cores"
  stage "default compiler" suite dev "$build_root/dev"
  stage "each header on its own" build "$build_root/dev" all_verify_interface_header_sets
  have clang-tidy-22 || note "the analysis beside g++: not done, clang-tidy-22 is not installed"
  for compiler in "${compilers[@]}"; do
    if ! have "$compiler"; then
      note "$compiler: not done, it is not installed"
    elif same_compiler "$compiler" "${CXX:-c++}"; then
      note "$compiler: is the default compiler"
    else
      stage "$compiler" suite dev "$build_root/$compiler" -DCMAKE_CXX_COMPILER="$compiler" \
        -DRESET_GUARD_BUILD_TOOLS=OFF -DRESET_GUARD_PACKAGE_TESTS=OFF -DRESET_GUARD_TEST_PREFIX="$compiler: " \
        -DRESET_GUARD_ENFORCE=ON -DRESET_GUARD_CLANG_TIDY="$(command -v clang-tidy-22)"
    fi
  done
  # With clang where it is there, so that the programs too are compiled by two compilers.
  sanitized=${CXX:-c++}
  if have clang++-19; then sanitized=clang++-19; fi
  stage "address and undefined-behaviour sanitizers" suite asan-ubsan "$build_root/asan-ubsan" \
    -DCMAKE_CXX_COMPILER="$sanitized" -DRESET_GUARD_TEST_PREFIX="sanitizers: "
fi
run_tests
