#!/usr/bin/env bash
# Builds the example program reset_tool, with what it needs installed first, and runs it with the arguments given here.
# With --campaign as the first argument: the program fault_campaign, which writes its JSON and its page to build/.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
# shellcheck source=scripts/common.sh
source "$root/scripts/common.sh"

dir=$root/build/examples
require build json cli11
configure examples "$dir"
if [[ ${1:-} != --campaign ]]; then
  build "$dir" reset_tool
  exec "$dir/examples/reset_tool" "$@"
fi

shift
build "$dir" fault_campaign
json=$root/build/campaign/report.json page=$root/build/campaign/report.html
options=() written=()
[[ " $*" == *" --json"* ]] || { options+=(--json "$json"); written+=("$json"); }
[[ " $*" == *" --page"* || ! -e $root/examples/campaign/page.cpp ]] || { options+=(--page "$page"); written+=("$page"); }
mkdir -p "$root/build/campaign"
rm -f "${written[@]}"
status=0
"$dir/examples/fault_campaign" "${options[@]}" "$@" || status=$?
# Nothing is written for --help, and where an option is wrong.
[[ ${#written[@]} == 0 || ! -e ${written[0]} ]] || echo "written: ${written[*]}"
exit "$status"
