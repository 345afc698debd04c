#!/usr/bin/env python3
"""Where and what was measured, as JSON: machine, distribution, the commit and whether it was changed, the date.

Usage: machine.py [--output FILE]
"""

import datetime
import json
import os
import pathlib
import platform
import re
import subprocess
import sys

import one_line

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Results that are kept change nothing that is measured.
MEASURED = ["--", ".", ":(exclude)bench/results", ":(exclude)docs/cost.md"]


def first_match(path, pattern):
    try:
        found = re.search(pattern, pathlib.Path(path).read_text(encoding="utf-8"), re.MULTILINE)
    except OSError:
        return None
    return found.group(1).strip() if found else None


def git(root, *words):
    try:
        said = subprocess.run(["git", "-C", str(root), *words], capture_output=True, text=True, check=False)
    except OSError:
        return None
    return said.stdout.strip() if said.returncode == 0 else None


def commit_of(root):
    """The commit, and whether the tree differs from it; (None, False) where there is no repository."""
    commit = git(root, "rev-parse", "--short=12", "HEAD")
    return commit, commit is not None and git(root, "status", "--porcelain", *MEASURED) != ""


def facts(root=ROOT):
    commit, changed = commit_of(root)
    return {
        "cpu": first_match("/proc/cpuinfo", r"^model name\s*:(.*)$") or platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "kernel": f"{platform.system()} {re.match('[0-9.]*[0-9]', platform.release()).group(0)}",
        "distribution": first_match("/etc/os-release", r'^PRETTY_NAME="?([^"\n]*)') or "unknown",
        "commit": commit,
        "local_changes": changed,
        "date": datetime.datetime.now(datetime.timezone.utc).date().isoformat(),
    }


def main():
    parser = one_line.OptionParser(description="Where and what was measured.")
    parser.add_argument("--output", type=pathlib.Path, metavar="FILE", help="the JSON (else stdout)")
    arguments = parser.parse_args()
    text = json.dumps(facts(), indent=2) + "\n"
    if arguments.output:
        arguments.output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    one_line.run(main)
