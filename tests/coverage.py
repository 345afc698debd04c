#!/usr/bin/env python3
"""Which lines and branches of the headers the tests of the core, the explorer and the random programs reach.

coverage.py FOLDER [PAGE]    builds them in FOLDER with clang 19, runs them, and prints a table with a line per header

With PAGE (docs/verification.md): ends with 1 if the page has other figures, if its table does not name a branch or a
function that is not reached, with the reason, or if it names one that is reached. Ends with 77 where clang++-19 or
llvm-cov-19 is missing.
"""

import collections
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
HEADERS = ROOT / "include" / "reset_guard"
TOOLS = ("clang++-19", "llvm-profdata-19", "llvm-cov-19")
SKIPPED = 77
# The counters lie in a mapped file: a program that a trap ends has written them.
COVERED = ("-fprofile-instr-generate", "-fcoverage-mapping", "-mllvm", "-runtime-counter-relocation")
ROW = re.compile(r"^\| `(?P<header>\w+\.hpp)` \| `(?P<code>.+)` \| (?P<what>true|false|function) \| .+ \|$",
                 re.MULTILINE)


def run(*command, **options):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit status {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def compiled(source, folder, *options):
    target = folder / (source.stem + ".o")
    run("clang++-19", "-std=c++20", "-w", f"-I{ROOT / 'include'}", *options, "-c", source, "-o", target)
    return target


def build(folder):
    """The programs, each with its arguments. The unit tests are not optimised: what is inlined away is not counted."""
    unit = ROOT / "tests" / "unit"
    test = ("-O0", "-include", unit / "catch.hpp", *COVERED)
    model = ("-O2", *COVERED)
    jobs = [(source, *test) for source in sorted(unit.glob("core_*_test.cpp"))]
    models = {"explore_states": ("--length", "4"), "random_programs": ("--programs", "20000"),
              "random_groups": ("20000",)}
    jobs += [(ROOT / "tests" / "model" / f"{name}.cpp", *model) for name in models]
    jobs.append((unit / "main.cpp", "-O0"))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        objects = list(pool.map(lambda job: compiled(job[0], folder, *job[1:]), jobs))
    *units, main = objects
    without = "~More scopes in one reset*"  # 16 million scopes
    programs = {"core_tests": ([*units[:-len(models)], main], (without,))}
    for name, part in zip(models, units[-len(models):]):
        programs[name] = ([part], models[name])
    for name, (parts, _) in programs.items():
        run("clang++-19", "-fprofile-instr-generate", *parts, "-o", folder / name)
    return {folder / name: arguments for name, (_, arguments) in programs.items()}


def measured(folder):
    programs = build(folder)
    for program, arguments in programs.items():
        run(program, *arguments, env={**os.environ, "LLVM_PROFILE_FILE": str(folder / "%c%p.profraw")})
    run("llvm-profdata-19", "merge", "-o", folder / "profile", *folder.glob("*.profraw"))
    first, *more = programs
    return json.loads(run("llvm-cov-19", "export", first, *(f"-object={program}" for program in more),
                          f"-instr-profile={folder / 'profile'}"))["data"][0]["functions"]


class Header:
    """What was reached of one header, in any instantiation."""

    def __init__(self, name):
        self.lines = (HEADERS / name).read_text(encoding="utf-8").splitlines()
        self.outcomes = collections.Counter()  # (line, column, 'true' or 'false')
        self.functions = collections.Counter()  # (line, column, 'function')

    def unreached(self):
        counted = {**self.outcomes, **self.functions}
        return [(self.lines[place[0] - 1], place[2]) for place in sorted(counted) if counted[place] == 0]


def by_header(functions):
    headers = {path.name: Header(path.name) for path in sorted(HEADERS.glob("*.hpp"))}

    def header_of(name):
        path = pathlib.Path(name)
        return headers.get(path.name) if path.parent == HEADERS else None

    for function in functions:
        names = function["filenames"]
        for index, (line, column, _, _, _, file, _, _) in enumerate(function["regions"]):
            header = header_of(names[file])
            if header and index == 0:
                header.functions[line, column, "function"] += function["count"]
        for line, column, _, _, true, false, file, _, _ in function["branches"]:
            header = header_of(names[file])
            if header:
                header.outcomes[line, column, "true"] += true
                header.outcomes[line, column, "false"] += false
    return headers


def share(counter):
    return f"{sum(count > 0 for count in counter.values())} of {len(counter)}" if counter else "none"


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        print(f"skipped: not installed: {', '.join(missing)} (Debian: clang-19 llvm-19)")
        sys.exit(SKIPPED)
    folder = pathlib.Path(sys.argv[1])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    headers = by_header(measured(folder))
    print(f"{'header':<20} {'functions':>12} {'outcomes of branches':>22}")
    for name, header in headers.items():
        print(f"{name:<20} {share(header.functions):>12} {share(header.outcomes):>22}")
    totals = []
    for kind in ("functions", "outcomes"):
        counts = [count for header in headers.values() for count in getattr(header, kind).values()]
        totals.append(f"{sum(count > 0 for count in counts)} of {len(counts)} {kind}")
    figures = " and ".join(totals)
    print(f"all: {figures}")
    if len(sys.argv) == 2:
        return
    page = pathlib.Path(sys.argv[2])
    text = page.read_text(encoding="utf-8")
    rows = ROW.finditer(text)
    named = [(row["header"], row["code"].replace("\\|", "|"), row["what"]) for row in rows]
    wrong, used = [] if figures in text else [f"{page.name} has other figures than these: {figures}"], set()
    for name, header in headers.items():
        for line, what in header.unreached():
            why = next((row for row in named if row[0::2] == (name, what) and row[1] in line), None)
            if why is None:
                wrong.append(f"{name}: not reached ({what}), and {page.name} does not say why: {line.strip()}")
            used.add(why)
    wrong += [f"{page.name} names this, which is reached: {row}" for row in named if row not in used]
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
