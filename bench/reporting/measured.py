"""Reads what was measured: a folder with run.json, and a folder for each compiler with counts.json, times.json,
same_work.json, code.json and header_cost.json."""

import json
import statistics
from dataclasses import dataclass, field

from one_line import Refused
from reporting import names


@dataclass(frozen=True)
class Time:
    """Nanoseconds per operation, of several repetitions."""
    median: float
    lowest: float
    highest: float


@dataclass
class Compiler:
    name: str
    version: str
    flags: str
    counts: dict  # {case: {variant: instructions}}
    bytes: dict  # {variant: bytes per device}
    times: dict = field(default_factory=dict)  # {case: {variant: Time}}
    code: dict | None = None
    headers: dict | None = None
    same_work: dict | None = None

    def count(self, case, variant):
        """Instructions; of several variants, the most."""
        several = variant if isinstance(variant, tuple) else (variant,)
        return max((self.counts[case][one] for one in several if one in self.counts.get(case, {})), default=None)

    def time(self, case, variant):
        """The median time; of several variants, the longest."""
        several = variant if isinstance(variant, tuple) else (variant,)
        taken = self.times.get(case, {})
        return max((taken[one].median for one in several if one in taken), default=None)

    def ratio(self, case, variant, base=names.C):
        """Instructions against another variant's; None where one of the two was not measured."""
        library, others = self.count(case, variant), self.count(case, base)
        return None if library is None or not others else library / others


@dataclass
class Measured:
    run: dict
    compilers: list


def read_json(path):
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Refused(f"there is no {path.parent.name}/{path.name}: run bench/run.sh first") from None
    except (OSError, ValueError) as error:
        raise Refused(f"{path.parent.name}/{path.name} cannot be read: {error}") from None


def if_there(path):
    return read_json(path) if path.exists() else None


TIME_UNITS = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}


def times_of(benchmark):
    """{case: {variant: Time}} from Google Benchmark's JSON, whose names are case/variant and then its own settings.

    The processor's time, which other work on the machine disturbs less; of several threads, who wait, the clock's."""
    taken = {}
    for entry in benchmark["benchmarks"]:
        if entry.get("run_type") == "aggregate" or entry.get("error_occurred"):
            continue
        parts = entry.get("run_name", entry["name"]).split("/")
        if len(parts) < 2:
            raise Refused(f"times.json: '{entry['name']}' is not case/variant")
        clock = "real_time" if entry.get("threads", 1) > 1 else "cpu_time"
        nanoseconds = entry[clock] * TIME_UNITS[entry.get("time_unit", "ns")]
        taken.setdefault(parts[0], {}).setdefault(parts[1], []).append(nanoseconds)
    return {case: {variant: Time(statistics.median(values), min(values), max(values))
                   for variant, values in variants.items()}
            for case, variants in taken.items()}


def compiler_in(folder):
    counts = read_json(folder / "counts.json")
    benchmark = if_there(folder / "times.json")
    headers = if_there(folder / "header_cost.json")
    try:
        return Compiler(name=folder.name, version=counts["compiler"], flags=counts["flags"], counts=counts["cases"],
                        bytes=counts["bytes"], times=times_of(benchmark) if benchmark else {},
                        code=if_there(folder / "code.json"), headers=headers,
                        same_work=if_there(folder / "same_work.json"))
    except KeyError as error:
        raise Refused(f"{folder.name}: a JSON file has no {error}") from None


def read(folder):
    run = read_json(folder / "run.json")
    found = sorted((entry for entry in folder.iterdir() if entry.is_dir()), key=lambda entry: "clang" in entry.name)
    if not found:
        raise Refused(f"nothing was measured: {folder.name} has no folder of a compiler")
    return Measured(run, [compiler_in(entry) for entry in found])
