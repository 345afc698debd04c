#!/usr/bin/env bash
# Builds the example program reset_tool, with what it needs installed first, and runs it with the arguments given here.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
# shellcheck source=scripts/common.sh
source "$root/scripts/common.sh"

dir=$root/build/examples
require build json cli11
configure examples "$dir"
build "$dir" reset_tool
exec "$dir/examples/reset_tool" "$@"
