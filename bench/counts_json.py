#!/usr/bin/env python3
"""Usage: counts_json.py PROGRAM FILE: runs bench_counts under callgrind, and writes what it counted.

{"compiler", "flags", "commit", "harness": instructions, "cases": {case: {variant: instructions}},
 "bytes": {variant: bytes per device}}; the instructions of a case include those of the harness.
"""

import json
import pathlib
import subprocess
import sys

import callgrind

program, file = sys.argv[1:]
counts = callgrind.run(program)
git = ["git", "-C", str(pathlib.Path(__file__).parent), "describe", "--always", "--dirty", "--abbrev=7", "--exclude=*"]
commit = subprocess.run(git, capture_output=True, text=True).stdout.strip()
written = {
    "compiler": counts.compiler,
    "flags": "-O2 -fno-exceptions -fno-rtti",
    "commit": commit or "unknown",
    "harness": counts.harness,
    "cases": counts.cases,
    "bytes": counts.bytes,
}
pathlib.Path(file).write_text(json.dumps(written, indent=2) + "\n")
