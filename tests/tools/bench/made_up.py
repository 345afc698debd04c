"""Results that are made up: what bench/run.sh would leave behind."""

import json

CASES = ("d1", "d2", "d8", "d16", "d32", "nested", "fail", "failing_step", "sticky")
RUN = {"cpu": "Made Up", "cores": 2, "kernel": "Linux 1.0", "distribution": "None 1", "commit": "abc123def456",
       "local_changes": False, "date": "2026-01-31"}


def counts(**variants):
    """The same instructions in each case, but where a variant is given a dictionary of its own."""
    cases = {case: {} for case in CASES}
    for name, figure in variants.items():
        for case in CASES:
            value = figure.get(case, figure["else"]) if isinstance(figure, dict) else figure
            cases[case][name] = value
    return {"compiler": "made up 1.2", "flags": "-O2", "commit": "abc", "cases": cases,
            "bytes": {name: 40 for name in variants}}


def times(**nanoseconds):
    """case__variant=[one for each repetition]"""
    entries = []
    for name, values in nanoseconds.items():
        run_name = name.replace("__", "/")
        for value in values:
            entries.append({"name": run_name, "run_name": run_name, "run_type": "iteration", "threads": 1,
                            "cpu_time": value, "real_time": 1000.0, "time_unit": "ns"})
        entries.append({"name": run_name + "_mean", "run_name": run_name, "run_type": "aggregate", "cpu_time": 5000.0,
                        "real_time": 5000.0, "time_unit": "ns"})
    return {"benchmarks": entries}


def code(**changed):
    same = {"identical": True, "library": 10, "by_hand": 10}
    return {"compiler": "made up", "functions": {"enter": same, "leave": same}, "extra_calls": 0, "unwind_table": False,
            "stack_canary": False, **changed}


def headers(lines=4000, milliseconds=40.0):
    time = {"median": milliseconds, "lowest": milliseconds, "highest": milliseconds}
    def header(kind, lines, factor):
        scaled = {name: value * factor for name, value in time.items()}
        return {"kind": kind, "standard": "c++20", "lines": lines, "check_ms": scaled, "optimised_ms": scaled}
    return {"compiler": "made up", "version": "1.2", "lines_of_its_own": 1000, "repetitions": 3, "headers": {
        "reset_guard/reset_guard.hpp": header("core", lines, 1), "mutex": header("peer", 25000, 5),
        "reset_guard/try.hpp": header("part", 100, 0.1)}}


def write(folder, compilers, run=None):
    """compilers: {name: {file name: content}}"""
    (folder / "run.json").write_text(json.dumps({**RUN, **(run or {})}))
    for name, files in compilers.items():
        (folder / name).mkdir()
        for file, content in files.items():
            (folder / name / file).write_text(json.dumps(content))
