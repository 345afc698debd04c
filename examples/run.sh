#!/usr/bin/env bash
# Builds the example program reset_tool, with what it needs installed first, and runs it with the arguments given here.
# With --campaign as the first argument: the program fault_campaign, which writes its JSON and its page to build/.
# With --stepper as the first argument: the program write_stepper, which writes a page that plays resets to build/.
# Exit status: the program's; 2 if it could not be built.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
# shellcheck source=scripts/common.sh
source "$root/scripts/common.sh"

dir=$root/build/examples
die_status=2  # 1 is the program's own: a reset failed

configure_and_build() {  # PROGRAM
  configure "$dir" -DCMAKE_BUILD_TYPE=Release -DCMAKE_UNITY_BUILD=ON -DRESET_GUARD_REQUIRE_PACKAGES=ON \
    -DRESET_GUARD_BUILD_TESTS=OFF -DRESET_GUARD_BUILD_BENCH=OFF && build "$dir" "$1"
}

make_program() {  # PROGRAM
  local folder=$dir
  while [[ ! -e $folder ]]; do folder=${folder%/*}; done
  if [[ ! -w $folder ]]; then
    [[ ! -x $dir/tools/$1 ]] || return 0
    die "$1 is not built, and $folder cannot be written to: build it as a user who may write there, or in a copy"
  fi
  require build json cli11
  [[ -t 2 || -x $dir/tools/$1 ]] || note "building $1, once: about a minute"
  locked "$root/build" configure_and_build "$1" || exit "$die_status"
}

run_campaign() {
  local json=$root/build/campaign/report.json page=$root/build/campaign/report.html
  local options=() written=() status=0
  make_program fault_campaign
  if mkdir -p "${json%/*}" 2>/dev/null && [[ -w ${json%/*} ]]; then
    [[ " $*" == *" --json"* ]] || { options+=(--json "$json"); written+=("$json"); }
    [[ " $*" == *" --page"* ]] || { options+=(--page "$page"); written+=("$page"); }
    rm -f "${written[@]}"
  fi
  "$dir/tools/fault_campaign" "${options[@]}" "$@" || status=$?
  # Nothing is written for --help, and where an option is wrong.
  [[ ${#written[@]} == 0 || ! -e ${written[0]} ]] || echo "written: ${written[*]}"
  return "$status"
}

run_stepper() {
  local page=$root/build/stepper/stepper.html
  make_program write_stepper
  if [[ $# == 0 ]]; then
    set -- "$page"
    mkdir -p "$root/build/stepper" 2>/dev/null || die "$root/build/stepper cannot be written to: name another file"
  fi
  "$dir/tools/write_stepper" "$@"
  # Nothing is written for --help.
  [[ $1 == -* ]] || echo "written: $1 (open it in a browser)"
}

case ${1:-} in
  --campaign) shift; run_campaign "$@" ;;
  --stepper) shift; run_stepper "$@" ;;
  *)
    make_program reset_tool
    exec "$dir/tools/reset_tool" "$@" ;;
esac
