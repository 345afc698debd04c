#!/usr/bin/env python3
"""Writes report.md and chart.svg from what was measured.

Usage: report.py DATA OUTPUT [--summary]
  DATA       the folder with run.json and a folder for each compiler
  OUTPUT     the folder to write to
  --summary  also prints the goals that are met and not met
"""

import pathlib

import one_line
from reporting import chart, goals, measured, names, rivals, tables
from reporting.goals import Verdict


def where_and_when(data):
    run = data.run
    commit = f"commit {run['commit']}" if run["commit"] else "no repository, so no commit"
    changed = " **with local changes**" if run["local_changes"] else ""
    yield f"Measured on {run['date']}, {commit}{changed}."
    cores = f"{run['cores']} core{'s' if run['cores'] != 1 else ''}"
    yield f"Machine: {run['cpu']}, {cores}, {run['kernel']}, {run['distribution']}."
    for compiler in data.compilers:
        yield f"{compiler.name}: {compiler.version}, `{compiler.flags}`."


def goal_section(data):
    yield "## Goals\n"
    yield ("Judged by instructions, of which the library's come out the same each time. Its figure is that of "
           "`reset(device, handler)`, which is what callers use; that of `ResetScope`, the part under it, stands "
           "beside it. C with the same checks is compared where nothing fails but prepare: its rare paths do less. "
           f"Promised for {' and '.join(goals.PROMISED_FOR)}; other compilers are listed.\n")
    yield tables.goal_table(data.compilers)
    yield "Against std::recursive_mutex the library takes no lock: it leaves that to the device's own.\n"


def rival_section(data):
    yield "## Where others are as good or better\n"
    yield f"Within {round((rivals.AS_GOOD - 1) * 100)}% counts as as good.\n"
    for compiler in data.compilers:
        found = list(rivals.sentences(compiler))
        yield f"With {compiler.name}:\n"
        yield "\n".join(f"- {sentence}" for sentence in found or ["Nothing that was measured."]) + "\n"


def case_section(data):
    yield "## Case by case\n"
    yield ("Instructions per operation, the harness and the opaque prepare, work and done included. Times: processor "
           "time, the median and [the lowest to the highest] of the repetitions; the machine may have been busy. In "
           "round brackets against hand-written C, and where a simulated function is reset against Linux's way.\n")
    for case in tables.cases_of(data.compilers):
        yield f"### {case}: {names.case(case)}\n"
        yield tables.case_table(data.compilers, case)


def time_section(data):
    """What no count shows."""
    timed = [compiler for compiler in data.compilers if compiler.times]
    if any("contended" in compiler.times for compiler in timed):
        yield "## Two threads, one device\n"
        yield "By the clock, per operation of both together. Only what locks.\n"
        yield tables.case_table(timed, "contended")
    if any(tables.series(compiler, "sequential") for compiler in timed):
        yield "## Many devices\n"
        yield "At random the cache decides: what is small per device wins.\n"
        yield from (tables.growth_table(compiler) for compiler in timed)


def size_section(data):
    yield "## Bytes per device\n"
    yield "That a successful reset touches the library's first 8 only is asserted by `tests/unit/core_layout_test`.\n"
    yield tables.bytes_table(data.compilers)
    measured_headers = [compiler for compiler in data.compilers if compiler.headers]
    if measured_headers:
        yield "## Headers\n"
        yield ("Preprocessed lines (`-E -P`), and processor time over an empty file: median [lowest to highest]. Each "
               "stands alone in a file.\n")
        yield from (tables.header_table(compiler, ("core", "peer")) for compiler in measured_headers)
        yield "The core's own headers, each alone:\n"
        yield from (tables.header_table(compiler, ("core", "part")) for compiler in measured_headers)


def code_section(data):
    compared = [compiler for compiler in data.compilers if compiler.code is not None]
    if compared:
        yield "## Machine code, beside C by hand with the same checks\n"
        yield tables.code_table(compared)


def report(data):
    parts = ["# What it costs\n", "  \n".join(where_and_when(data)) + "\n", "![instructions](chart.svg)\n"]
    for section in (goal_section, rival_section, code_section, case_section, time_section, size_section):
        parts += section(data)
    return "\n".join(parts)


def summary(data):
    for compiler in data.compilers:
        verdicts = [(goal, goal.read(compiler)) for goal in goals.GOALS]
        met = sum(reading.verdict in (Verdict.MET, Verdict.STRETCH) for _, reading in verdicts)
        missed = [(goal, reading) for goal, reading in verdicts if reading.verdict is Verdict.NOT_MET]
        unknown = sum(reading.verdict is Verdict.UNKNOWN for _, reading in verdicts)
        yield f"{compiler.name}: {met} goals met, {len(missed)} not met, {unknown} not measured"
        for goal, reading in missed:
            yield f"  not met: {goal.against}: {goal.what}: {reading.figure} (goal: {goal.wanted})"


def main():
    parser = one_line.OptionParser(description="Writes report.md and chart.svg from what was measured.")
    parser.add_argument("data", type=pathlib.Path, metavar="DATA", help="run.json, and a folder for each compiler")
    parser.add_argument("output", type=pathlib.Path, metavar="OUTPUT", help="the folder to write to")
    parser.add_argument("--summary", action="store_true", help="also print the goals that are met and not met")
    arguments = parser.parse_args()
    data = measured.read(arguments.data)
    arguments.output.mkdir(parents=True, exist_ok=True)
    (arguments.output / "report.md").write_text(report(data), encoding="utf-8")
    (arguments.output / "chart.svg").write_text(chart.draw(data), encoding="utf-8")
    if arguments.summary:
        print("\n".join(summary(data)))
    return 0


if __name__ == "__main__":
    one_line.run(main)
