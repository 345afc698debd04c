#!/usr/bin/env bash
# Builds the example program reset_tool, with what it needs installed first, and runs it with the arguments given here.
# With --campaign as the first argument: the program fault_campaign, which writes its JSON and its page to build/.
# With --stepper as the first argument: the program write_stepper, which writes a page that plays resets to build/.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
# shellcheck source=scripts/common.sh
source "$root/scripts/common.sh"

dir=$root/build/examples
require build json cli11
configure "$dir" -DCMAKE_BUILD_TYPE=Release -DCMAKE_UNITY_BUILD=ON -DRESET_GUARD_REQUIRE_PACKAGES=ON \
  -DRESET_GUARD_BUILD_TESTS=OFF -DRESET_GUARD_BUILD_BENCH=OFF

run_campaign() {
  local json=$root/build/campaign/report.json page=$root/build/campaign/report.html
  local options=() written=() status=0
  [[ -t 2 || -x $dir/tools/fault_campaign ]] || note "building fault_campaign, once: about a minute"
  build "$dir" fault_campaign
  [[ " $*" == *" --json"* ]] || { options+=(--json "$json"); written+=("$json"); }
  [[ " $*" == *" --page"* ]] || { options+=(--page "$page"); written+=("$page"); }
  mkdir -p "$root/build/campaign"
  rm -f "${written[@]}"
  "$dir/tools/fault_campaign" "${options[@]}" "$@" || status=$?
  # Nothing is written for --help, and where an option is wrong.
  [[ ${#written[@]} == 0 || ! -e ${written[0]} ]] || echo "written: ${written[*]}"
  return "$status"
}

run_stepper() {
  local page=$root/build/stepper/stepper.html
  build "$dir" write_stepper
  mkdir -p "$root/build/stepper"
  [[ $# != 0 ]] || set -- "$page"
  "$dir/tools/write_stepper" "$@"
  # Nothing is written for --help.
  [[ $1 == -* ]] || echo "written: $1 (open it in a browser)"
}

case ${1:-} in
  --campaign) shift; run_campaign "$@" ;;
  --stepper) shift; run_stepper "$@" ;;
  *)
    [[ -t 2 || -x $dir/tools/reset_tool ]] || note "building reset_tool, once: about a minute"
    build "$dir" reset_tool
    exec "$dir/tools/reset_tool" "$@" ;;
esac
