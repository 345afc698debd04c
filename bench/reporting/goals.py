"""The goals, each with the figure that was measured for it and a verdict."""

from dataclasses import dataclass
from enum import Enum
from typing import Callable

from reporting import names

PROMISED_FOR = ("g++-12", "clang++-19")  # other compilers are measured and listed


class Verdict(Enum):
    STRETCH = "met, and the stretch"
    MET = "met"
    NOT_MET = "not met"
    LISTED = "listed"
    UNKNOWN = "not measured"


@dataclass(frozen=True)
class Reading:
    verdict: Verdict
    figure: str = ""


NOT_MEASURED = Reading(Verdict.UNKNOWN)


@dataclass(frozen=True)
class Goal:
    against: str
    what: str
    wanted: str
    read: Callable  # Compiler -> Reading


def judge(value, most, stretch=None):
    if value > most:
        return Verdict.NOT_MET
    return Verdict.STRETCH if stretch is not None and value <= stretch else Verdict.MET


def times_text(value, limit=None):
    """1.06x, 659x; with a third digit where two would hide on which side of the limit it is."""
    if value >= 20 and value != limit:
        return f"{value:.0f}x"
    hidden = limit is not None and value != limit and f"{value:.2f}" == f"{limit:.2f}"
    return f"{value:.3f}x" if hidden else f"{value:.2f}x"


# --- each kind of goal: what is read off a compiler's figures ---------------------------------------------------------

def at_most_ratio(case, most, stretch=None):
    def read(compiler):
        ratio = compiler.ratio(case, names.LIBRARY)
        if ratio is None:
            return NOT_MEASURED
        return Reading(judge(ratio, most, stretch), times_text(ratio, most))
    return read


def at_most_more(case, instructions, stretch):
    def read(compiler):
        library, base = compiler.count(case, names.LIBRARY), compiler.count(case, names.C)
        if library is None or not base:
            return NOT_MEASURED
        verdict = judge(library - base, instructions)
        if verdict is Verdict.MET and library / base <= stretch:
            verdict = Verdict.STRETCH
        return Reading(verdict, f"{library - base:+.0f} ({times_text(library / base)})")
    return read


def worst_against(base, most):
    """The case in which the library is furthest behind that variant."""
    def read(compiler):
        ratios = {case: compiler.ratio(case, names.LIBRARY, base) for case in compiler.counts}
        ratios = {case: ratio for case, ratio in ratios.items() if ratio is not None}
        if not ratios:
            return NOT_MEASURED
        case = max(ratios, key=ratios.get)
        return Reading(judge(ratios[case], most), f"{times_text(ratios[case], most)} in the worst case, {case}")
    return read


def times_fewer(case, other, least):
    def read(compiler):
        ratio = compiler.ratio(case, other, names.LIBRARY)
        if ratio is None:
            return NOT_MEASURED
        return Reading(Verdict.MET if ratio >= least else Verdict.NOT_MET, times_text(ratio, least))
    return read


def same_code(compiler):
    """Identical for clang; for g++ the difference is listed."""
    if compiler.code is None:
        return NOT_MEASURED
    differ = {name: one["library"] - one["by_hand"] for name, one in compiler.code["functions"].items()
              if not one["identical"]}
    if not differ:
        return Reading(Verdict.MET, "identical")
    figure = ", ".join(f"{name} {more:+d}" for name, more in differ.items())
    return Reading(Verdict.NOT_MET if "clang" in compiler.name + compiler.version else Verdict.LISTED, figure)


def nothing_extra(compiler):
    if compiler.code is None:
        return NOT_MEASURED
    found = [what for what, there in (
        (f"{compiler.code['extra_calls']} extra calls", compiler.code["extra_calls"]),
        ("unwind table", compiler.code["unwind_table"]),
        ("stack canary", compiler.code["stack_canary"])) if there]
    return Reading(Verdict.NOT_MET, ", ".join(found)) if found else Reading(Verdict.MET, "none")


def no_allocation(compiler):
    if compiler.same_work is None:
        return NOT_MEASURED
    allocations = compiler.same_work["allocations"]
    return Reading(judge(allocations, 0), str(allocations))


def bytes_per_device(compiler):
    if names.RESET not in compiler.bytes:
        return NOT_MEASURED
    size = compiler.bytes[names.RESET]
    return Reading(judge(size, 40, 24), f"{size} bytes")


def header_lines(compiler):
    if compiler.headers is None:
        return NOT_MEASURED
    lines = compiler.headers["headers"]["reset_guard/reset_guard.hpp"]["lines"]
    return Reading(judge(lines, 6000, 3000), f"{lines:,}".replace(",", " "))


def header_time(mode):
    def read(compiler):
        core = compiler.headers["headers"]["reset_guard/reset_guard.hpp"] if compiler.headers else {}
        if mode not in core:
            return NOT_MEASURED
        return Reading(judge(core[mode]["median"], 60), f"{core[mode]['median']:.0f} ms")
    return read


def per_level(compiler):
    """What one more level costs where few are open, and where many are."""
    eight, sixteen, thirty_two = (compiler.count(case, names.LIBRARY) for case in ("d8", "d16", "d32"))
    if None in (eight, sixteen, thirty_two):
        return NOT_MEASURED
    few, many = (sixteen - eight) / 8, (thirty_two - sixteen) / 16
    return Reading(judge(many, few * 1.05), f"{few:.1f} from 8 to 16, {many:.1f} from 16 to 32")


def over_devices(compiler):
    """In turn, since at random the cache decides: those times are in the table."""
    one, many = (compiler.time(f"sequential_{number}", names.LIBRARY) for number in (1, 1000000))
    if one is None or many is None:
        return NOT_MEASURED
    return Reading(judge(many / one, 1.25), f"{one:.1f} ns, {many:.1f} ns")


# --- the table --------------------------------------------------------------------------------------------------------

BARE = "C that only counts"
SAME = "C with the same checks"
LOCK = "std::recursive_mutex"

GOALS = [
    Goal(BARE, "one reset", "at most +6 instructions (about 1.15x); stretch 1.05x", at_most_more("d1", 6, 1.05)),
    Goal(BARE, "one inside another", "at most 1.20x; stretch 1.05x", at_most_ratio("d2", 1.20, 1.05)),
    Goal(BARE, "eight nested", "at most 1.20x; stretch 1.05x", at_most_ratio("d8", 1.20, 1.05)),
    Goal(BARE, "one inside a reset", "at most 1.20x; stretch 1.05x", at_most_ratio("nested", 1.20, 1.05)),
    Goal(BARE, "prepare fails", "at most 1.30x; stretch 1.05x", at_most_ratio("fail", 1.30, 1.05)),
    Goal(BARE, "an inner failure reaches the outer done", "at most 1.30x; stretch 1.05x",
         at_most_ratio("sticky", 1.30, 1.05)),
    Goal(SAME, "instructions", "at most 1.03x", worst_against(names.BY_HAND, 1.03)),
    Goal(SAME, "disassembly", "identical with clang, listed with g++", same_code),
    Goal(SAME, "extra call, unwind table, stack canary", "none", nothing_extra),
    Goal(LOCK, "one reset", "at least 2.5x fewer instructions", times_fewer("d1", names.RECURSIVE, 2.5)),
    Goal(LOCK, "one inside another", "at least 3x fewer", times_fewer("d2", names.RECURSIVE, 3)),
    Goal(LOCK, "one inside a reset", "at least 3x fewer", times_fewer("nested", names.RECURSIVE, 3)),
    Goal("exceptions", "prepare fails", "at least 100x fewer", times_fewer("fail", names.EXCEPTIONS, 100)),
    Goal("exceptions", "an inner failure reaches the outer done", "at least 100x fewer",
         times_fewer("sticky", names.EXCEPTIONS, 100)),
    Goal("memory", "allocations", "none", no_allocation),
    Goal("memory", "per device", "at most 40 bytes; stretch 24", bytes_per_device),
    Goal("header", "preprocessed lines", "at most 6 000; stretch 3 000", header_lines),
    Goal("header", "over an empty file, checked only", "at most 60 ms", header_time("check_ms")),
    Goal("header", "over an empty file, optimised", "at most 60 ms", header_time("optimised_ms")),
    Goal("growth", "instructions per level", "flat (at most 1.05x)", per_level),
    Goal("growth", "time, from 1 to 1 000 000 devices in turn", "flat (at most 1.25x)", over_devices),
]
