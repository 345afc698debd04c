#!/usr/bin/env python3
"""What including a header costs: preprocessed lines, and processor time over an empty file.

Usage: header_cost.py [--compiler NAME] [--lines-only] [--repetitions N] [--output FILE]
       header_cost.py --gate FILE      the lines of the core against the limits in FILE; 77 if there is no g++-12
Measured are the core, each of its headers alone, and what the alternatives include, as far as they are installed.
"""

import json
import math
import pathlib
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile

import one_line

ROOT = pathlib.Path(__file__).resolve().parent.parent
CORE = "reset_guard/reset_guard.hpp"
GATE_COMPILER = "g++-12"  # the lines of standard headers differ between compilers: the limits are for this one
GROWTH = 0.03  # of the committed figure: more is to be committed on purpose
SKIPPED = 77

# What one would include instead. std::expected is there from C++23 on only.
PEERS = [("atomic", "c++20"), ("mutex", "c++20"), ("memory", "c++20"), ("expected", "c++23"), ("gsl/util", "c++20"),
         ("absl/cleanup/cleanup.h", "c++20"), ("absl/status/status.h", "c++20"), ("boost/scope_exit.hpp", "c++20"),
         ("tl/expected.hpp", "c++20")]

# How it is compiled, and after the header one function that does nothing.
MODES = {"check_ms": ["-fsyntax-only"], "optimised_ms": ["-O2", "-c", "-o", "/dev/null"]}
BODY = "void nothing() {}\n"


def command(compiler, standard, *options):
    return [compiler, f"-std={standard}", "-I", str(ROOT / "include"), *options, "-x", "c++"]


def run(words, source=""):
    return subprocess.run(words, input=source, capture_output=True, text=True, check=False)


def lines_of(compiler, headers, standard="c++20"):
    """Preprocessed lines of a file that includes these headers; None if it does not compile."""
    source = "".join(f"#include <{header}>\n" for header in headers)
    said = run(command(compiler, standard, "-E", "-P") + ["-"], source)
    return said.stdout.count("\n") if said.returncode == 0 else None


def parts_of_core(compiler):
    """The project's headers that the core includes, itself among them."""
    said = run(command(compiler, "c++20", "-MM") + ["-"], f"#include <{CORE}>\n")
    paths = (pathlib.Path(word) for word in said.stdout.replace("\\\n", " ").split())
    return sorted(path.relative_to(ROOT / "include").as_posix() for path in paths if path.suffix == ".hpp")


def lines_of_its_own(compiler):
    """The core without the standard headers that it includes: what this project can keep small."""
    standard = set()
    for part in parts_of_core(compiler):
        standard.update(re.findall(r"^#include <([a-z_]+)>", (ROOT / "include" / part).read_text(), re.MULTILINE))
    return lines_of(compiler, [CORE]) - lines_of(compiler, sorted(standard))


def processor_ms(words):
    """Processor time, not elapsed: other work on the machine weighs less."""
    def used():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime
    before = used()
    subprocess.run(words, capture_output=True, check=True)
    return (used() - before) * 1000


def time_them(compiler, headers, repetitions, progress):
    """{header: {mode: figures}}, each over an empty file that was compiled in the same round: drift cancels out."""
    with tempfile.TemporaryDirectory() as folder:
        def source(name, text):
            path = pathlib.Path(folder, name)
            path.write_text(text)
            return str(path)
        empty = source("empty.cpp", BODY)
        sources = {name: source(f"{i}.cpp", f"#include <{name}>\n{BODY}") for i, name in enumerate(headers)}
        over = {name: {mode: [] for mode in MODES} for name in headers}
        for round_number in range(repetitions):
            progress(round_number + 1, repetitions)
            for mode, options in MODES.items():
                bare = {standard: processor_ms(command(compiler, standard, *options) + [empty])
                        for standard in set(headers.values())}
                for name, standard in headers.items():
                    taken = processor_ms(command(compiler, standard, *options) + [sources[name]])
                    over[name][mode].append(taken - bare[standard])
    return {name: {mode: {"median": round(statistics.median(values), 1), "lowest": round(min(values), 1),
                          "highest": round(max(values), 1)} for mode, values in modes.items()}
            for name, modes in over.items()}


def measure(compiler, lines_only, repetitions, progress):
    wanted = [(part, "core" if part == CORE else "part", "c++20") for part in parts_of_core(compiler)]
    wanted += [(header, "peer", standard) for header, standard in PEERS]
    headers = {}
    for name, kind, standard in wanted:
        lines = lines_of(compiler, [name], standard)
        if lines is not None:
            headers[name] = {"kind": kind, "standard": standard, "lines": lines}
    if not lines_only:
        standards = {name: header["standard"] for name, header in headers.items()}
        for name, times in time_them(compiler, standards, repetitions, progress).items():
            headers[name].update(times)
    version = run([compiler, "--version"]).stdout.splitlines()[0]
    return {"compiler": compiler, "version": version, "lines_of_its_own": lines_of_its_own(compiler),
            "repetitions": 0 if lines_only else repetitions, "headers": headers}


def gate(limits):
    """The lines of the core, never the time: that depends on who else is at work."""
    grown = math.floor(limits["lines_of_its_own"] * (1 + GROWTH))
    if shutil.which(GATE_COMPILER) is None:
        print(f"skipped: {GATE_COMPILER} is not installed")
        return SKIPPED
    failed = False
    for what, lines, most in (("all", lines_of(GATE_COMPILER, [CORE]), limits["most_lines"]),
                              ("its own", lines_of_its_own(GATE_COMPILER), grown)):
        failed |= lines > most
        print(f"lines of the core, {what}: {lines} of at most {most}{': too many' if lines > most else ''}")
    return 1 if failed else 0


def show_progress(number, of):
    print(f"[{number}/{of}]", file=sys.stderr)


def main():
    parser = one_line.OptionParser(description="What including a header costs.")
    parser.add_argument("--compiler", default="c++")
    parser.add_argument("--lines-only", action="store_true", help="compile nothing: no times")
    parser.add_argument("--repetitions", type=int, default=7, metavar="N", help="rounds of compilations (7)")
    parser.add_argument("--output", type=pathlib.Path, metavar="FILE", help="the JSON (else stdout)")
    parser.add_argument("--gate", type=pathlib.Path, metavar="FILE", help="only compare the core's lines with limits")
    arguments = parser.parse_args()
    if arguments.repetitions < 1:
        parser.error("--repetitions must be at least 1")
    if arguments.gate:
        return gate(json.loads(arguments.gate.read_text()))
    if shutil.which(arguments.compiler) is None:
        parser.error(f"there is no compiler '{arguments.compiler}'")
    text = json.dumps(measure(arguments.compiler, arguments.lines_only, arguments.repetitions, show_progress), indent=2)
    if arguments.output:
        arguments.output.write_text(text + "\n")
    else:
        print(text)
    return 0


if __name__ == "__main__":
    one_line.run(main)
