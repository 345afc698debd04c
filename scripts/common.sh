# shellcheck shell=bash
# Shared by the commands of this project: find what is missing, install it, configure and build quietly. To be sourced
# with $root set to the project's folder. All that is printed here goes to stderr: stdout belongs to the command.

: "${root:?}"
jobs=$(nproc 2>/dev/null || echo 2)
common_sh=${BASH_SOURCE[0]}

note() { printf '%s\n' "$*" >&2; }
die() { note "${0##*/}: $1"; exit "${2:-${die_status:-1}}"; }  # a command may set die_status

have() { command -v "$1" >/dev/null 2>&1; }

have_header() {  # NAME: is it where the compiler and CMake look?
  local dir prefixes=()
  IFS=: read -ra prefixes <<<"${CMAKE_PREFIX_PATH:-}"
  for dir in "${prefixes[@]/%//include}" /usr/local/include /usr/include; do
    [[ -e $dir/$1 ]] && return 0
  done
  return 1
}

# --- packages ---------------------------------------------------------------------------------------------------------

missing_packages() {  # TOOL...: prints the packages that lack, of: build catch2 json cli11 python benchmark peers valgrind
  local need
  for need in "$@"; do
    case $need in
      build)
        have cmake || echo cmake
        [[ -n ${CXX:-} ]] || have c++ || have g++ || have clang++ || echo g++
        have ninja || have make || echo ninja-build
        ;;
      catch2) have_header catch2/catch.hpp || have_header catch2/catch_all.hpp || echo catch2 ;;
      json) have_header nlohmann/json.hpp || echo nlohmann-json3-dev ;;
      cli11) have_header CLI/CLI.hpp || echo libcli11-dev ;;
      python) have python3 || echo python3 ;;
      benchmark) have_header benchmark/benchmark.h || echo libbenchmark-dev ;;
      peers)  # what the library is measured against
        have_header gsl/util || echo libmsgsl-dev
        have_header absl/cleanup/cleanup.h || echo libabsl-dev
        have_header boost/scope_exit.hpp || echo libboost-dev
        have_header tl/expected.hpp || echo libexpected-dev
        ;;
      valgrind) have valgrind || echo valgrind ;;
      *) die "no such need: $need" ;;
    esac
  done
}

apt_install() {  # PACKAGE...
  local as_root=() log
  if [[ $(id -u) != 0 ]]; then
    as_root=(sudo -n)
    { have sudo && sudo -n true 2>/dev/null; } || die "missing: run 'apt-get install --no-install-recommends $*' as root"
  fi
  have apt-get || die "missing, and there is no apt-get: $*"
  note "installing $* (apt-get)"
  log=$(mktemp)
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300)
  if ! { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "$@"; } >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    die "apt-get could not install: $*"
  fi
  rm -f "$log"
}

require() {  # NEED...: installs what lacks
  local found packages=()
  found=$(missing_packages "$@")
  [[ -n $found ]] || return 0
  mapfile -t packages <<<"$found"
  apt_install "${packages[@]}"
}

# --- quiet steps ------------------------------------------------------------------------------------------------------

progress_pid=

progress_start() {  # LABEL LOG: one line that is overwritten, on a terminal only
  [[ -t 2 && ${TERM:-dumb} != dumb ]] || return 0
  (
    trap 'exit 0' TERM
    trap '' INT
    dim='' plain=''
    [[ -n ${NO_COLOR:-} ]] || { dim=$'\e[2m' plain=$'\e[0m'; }
    start=$SECONDS
    while :; do
      at=$(tail -c 4096 "$2" 2>/dev/null | grep -oE '^\[[ 0-9]+(/[0-9]+|%)\]' | tail -n 1) || at=''
      printf '\r\e[K%s%s %s %ds%s' "$dim" "$1" "$at" $((SECONDS - start)) "$plain" >&2
      sleep 0.2
    done
  ) &
  progress_pid=$!
}

progress_stop() {
  [[ -n $progress_pid ]] || return 0
  kill "$progress_pid" 2>/dev/null || true
  wait "$progress_pid" 2>/dev/null || true
  progress_pid=
  printf '\r\e[K' >&2
}
trap progress_stop EXIT

quietly() {  # LABEL LOG COMMAND...: the output goes to the log, which is shown only if the command fails
  local label=$1 log=$2 status=0
  shift 2
  mkdir -p "${log%/*}"
  : >"$log"
  progress_start "$label" "$log"
  "$@" >"$log" 2>&1 </dev/null || status=$?
  progress_stop
  if ((status != 0)); then
    # From the first error on, where one can be told: what follows it is mostly its echo.
    { grep -m1 -A 30 -E 'error|Error|FAILED' "$log" || tail -n 30 "$log"; } >&2
    note "${label} failed; everything it said: ${log}"
  fi
  return "$status"
}

# --- CMake ------------------------------------------------------------------------------------------------------------

cmake_is_at_least() {  # MAJOR.MINOR
  local version
  version=$(cmake --version | sed -n '1s/[^0-9]*\([0-9.]*\).*/\1/p')
  [[ $(printf '%s\n' "$1" "$version" | sort -V | head -n 1) == "$1" ]]
}

configure() {  # DIR OPTION...: nothing is done when nothing changed
  local dir=$1 stamp=$1/configured cache=$1/CMakeCache.txt
  shift
  # Another program than last time: whatever the caller said, it is what this folder was not made with.
  local wish="$dir ${CXX:-} ${CXXFLAGS:-} ${CMAKE_GENERATOR:-} ${CMAKE_PREFIX_PATH:-} $*"
  if [[ -f $stamp && $stamp -nt $root/CMakePresets.json && $stamp -nt $common_sh && $(<"$stamp") == "$wish" ]]; then
    return 0
  fi
  # A folder that was configured for something else cannot be reused: generator and compiler are fixed at first.
  [[ ! -f $cache ]] || rm -rf "$dir"
  if [[ -z ${CMAKE_GENERATOR:-} ]] && have ninja; then
    local -x CMAKE_GENERATOR=Ninja
  fi
  (cd "$root" && quietly "configuring ${dir##*/}" "$dir/configure.log" cmake -S "$root" -B "$dir" "$@") || return 1
  printf '%s' "$wish" >"$stamp"
}

locked() {  # FOLDER COMMAND...: after all others that lock the folder, where flock is installed
  local folder=$1
  shift
  mkdir -p "$folder" || return 1
  {
    ! have flock || flock -w 5 9 || { note "waiting: another command is building in $folder"; flock 9; }
    "$@" 9<&-
  } 9<"$folder"
}

build() {  # DIR [TARGET...]
  local dir=$1
  shift
  quietly "building ${dir##*/}" "$dir/build.log" cmake --build "$dir" --parallel "$jobs" ${1:+--target "$@"}
}
