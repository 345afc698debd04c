#!/usr/bin/env python3
"""Writes report.md and chart.svg from what was measured.

Usage: report.py DATA OUTPUT [--summary] [--page FILE]
  DATA       the folder with run.json and a folder for each compiler
  OUTPUT     the folder to write to
  --summary  also prints what one reset costs
  --page     also writes the figures into this page, docs/cost.md
"""

import pathlib

import one_line
from reporting import chart, measured, names, page, rivals, tables


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
           "round brackets against C that only counts, and where a simulated function is reset against Linux's way.\n")
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
    yield "A successful reset touches the library's first 24, which `tests/unit/core_layout_test` asserts.\n"
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
    parts = ["# What was measured\n", "  \n".join(tables.where_and_when(data)) + "\n",
             "Each case, written in each way, by `bench/run.sh`. In short: [docs/cost.md](../../docs/cost.md).\n"]
    for section in (rival_section, code_section, case_section, time_section, size_section):
        parts += section(data)
    return "\n".join(parts)


def cost(compiler, case, variant, unit=""):
    """90 instructions, 21 ns"""
    time = compiler.time(case, variant)
    return tables.plain(compiler.count(case, variant)) + unit + ("" if time is None else f", {time:.0f} ns")


def summary(data):
    """What a person wants to know, in a line for each case."""
    others = {names.BY_HAND: "hand-written C with the same checks", names.C: "C that only counts"}
    for compiler in data.compilers:
        yield f"{compiler.name}:"
        for case, what in names.BRIEF_CASES.items():
            if compiler.count(case, names.RESET) is None:
                continue
            found = [f"{what}: {cost(compiler, case, names.RESET, ' instructions')}"]
            found += [f"{name}: {cost(compiler, case, variant)}" for variant, name in others.items()
                      if compiler.count(case, variant) is not None]
            yield "  " + "; ".join(found)


def main():
    parser = one_line.OptionParser(description="Writes report.md and chart.svg from what was measured.")
    parser.add_argument("data", type=pathlib.Path, metavar="DATA", help="run.json, and a folder for each compiler")
    parser.add_argument("output", type=pathlib.Path, metavar="OUTPUT", help="the folder to write to")
    parser.add_argument("--summary", action="store_true", help="also print what one reset costs")
    parser.add_argument("--page", type=pathlib.Path, metavar="FILE", help="also write the figures into docs/cost.md")
    arguments = parser.parse_args()
    data = measured.read(arguments.data)
    arguments.output.mkdir(parents=True, exist_ok=True)
    (arguments.output / "report.md").write_text(report(data), encoding="utf-8")
    (arguments.output / "chart.svg").write_text(chart.draw(data), encoding="utf-8")
    if arguments.page:
        page.update(page.run_blocks(data), arguments.page)
    if arguments.summary:
        print("\n".join(summary(data)))
    return 0


if __name__ == "__main__":
    one_line.run(main)
