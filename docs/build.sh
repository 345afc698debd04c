#!/usr/bin/env bash
# Makes a site of the project in one folder: pages, slides, exercise sheet, stepper, fault campaign and API reference.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
# shellcheck source=scripts/common.sh
source "$root/scripts/common.sh"

usage() {
  cat <<END
Usage: docs/build.sh [--quick] [--programs DIR] [FOLDER]
Makes a site in FOLDER (build/site, if it is not given), with what it needs installed first. Open its index.html in a
browser: nothing of it needs a network or a server. What was in FOLDER from before is replaced.
  --quick         a campaign of the single faults of one reset method, in place of 100000 pairs of faults
  --programs DIR  where write_stepper and fault_campaign are built already (otherwise examples/run.sh builds them)
  --help          print this
END
}

quick=no programs='' site=''
while (($# != 0)); do
  case $1 in
    --quick) quick=yes ;;
    --programs)
      (($# > 1)) || die "--programs: DIR is missing (--help says more)" 2
      programs=$2
      shift
      ;;
    -h | --help) usage; exit 0 ;;
    -*) die "unknown option '$1' (--help lists them)" 2 ;;
    *)
      [[ -z $site ]] || die "one folder only, not '$site' and '$1'" 2
      site=$1
      ;;
  esac
  shift
done
site=$(realpath -m "${site:-$root/build/site}")
# It is emptied first: nothing else may be in it.
if [[ -e $site && ! -e $site/docs/slides.html && -n $(ls -A "$site") ]]; then
  die "$site has other files: give a new folder" 2
fi
for program in ${programs:+write_stepper fault_campaign}; do
  [[ -x $programs/$program ]] || die "--programs: there is no $programs/$program" 2
done

missing=()
have python3 || missing+=(python3)
have cmark-gfm || missing+=(cmark-gfm)
have dot || missing+=(graphviz)
have doxygen || missing+=(doxygen)
((${#missing[@]} == 0)) || apt_install "${missing[@]}"

logs=$root/build/site-logs
if [[ -n $programs ]]; then
  stepper=("$programs/write_stepper") campaign=("$programs/fault_campaign")
else
  stepper=("$root/examples/run.sh" --stepper) campaign=("$root/examples/run.sh" --campaign)
fi
campaign+=(--page "$site/campaign.html" --json "$site/campaign.json")
[[ $quick == no ]] || campaign+=(--pairs 0 --subject flr)

# Another version than the tests' warns of other things: the comments are not what is checked here. Version 1.9.4 links
# to a class's list of nested classes also where it leaves that out, as none of them is public.
make_reference() (
  cd "$root" && mkdir -p "$site/reference"
  printf '%s\n' '@INCLUDE = docs/Doxyfile' "OUTPUT_DIRECTORY = \"$site\"" 'HTML_OUTPUT = reference' \
    'WARN_AS_ERROR = NO' | doxygen - || return 1
  for page in "$site"/reference/*.html; do
    grep -q 'name="nested-classes"' "$page" || sed -i '/<a href="#nested-classes">/d' "$page"
  done
)

[[ -n $programs ]] || note "making the site: some four minutes on two cores, most of them for the programs"
rm -rf "$site"
mkdir -p "$site"
quietly "the pages" "$logs/pages.log" python3 "$root/docs/site/make_pages.py" "$site"
quietly "the stepper" "$logs/stepper.log" "${stepper[@]}" "$site/stepper.html"
quietly "the fault campaign" "$logs/campaign.log" "${campaign[@]}"
quietly "the API reference" "$logs/reference.log" make_reference
echo "written: $site/index.html (open it in a browser)"
