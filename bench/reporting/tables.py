"""The tables of the report, in Markdown."""

import re

from reporting import goals, names
from reporting.goals import Verdict

CORE = "reset_guard/reset_guard.hpp"


def table(head, rows):
    """The first column is text, the others are figures."""
    lines = ["| " + " | ".join(head) + " |", "|" + "|".join(["---"] + ["--:"] * (len(head) - 1)) + "|"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def plain(number):
    """Up to one digit after the point, thousands apart."""
    return f"{number:,.1f}".removesuffix(".0").replace(",", " ")


# --- goals ------------------------------------------------------------------------------------------------------------

def verdict_text(reading):
    if reading.verdict is Verdict.NOT_MET:
        return f"{reading.figure} **not met**"
    return f"{reading.figure} {reading.verdict.value}".strip()


def goal_table(compilers):
    rows = []
    for goal in goals.GOALS:
        readings = [verdict_text(goal.read(compiler)) for compiler in compilers]
        rows.append([f"{goal.against}: {goal.what}", goal.wanted, *readings])
    return table(["against what: what", "goal", *(compiler.name for compiler in compilers)], rows)


# --- instructions and times -------------------------------------------------------------------------------------------

def cases_of(compilers, figures):
    found = list(dict.fromkeys(case for compiler in compilers for case in figures(compiler)))
    return names.in_order(found, names.CASES)


def instruction_table(compilers, case):
    def cell(compiler, variant):
        count, ratio = compiler.count(case, variant), compiler.ratio(case, variant)
        if count is None:
            return "-"
        return plain(count) if ratio is None else f"{plain(count)} ({goals.times_text(ratio)})"
    found = list(dict.fromkeys(variant for compiler in compilers for variant in compiler.counts.get(case, {})))
    rows = [[names.variant(variant), *(cell(compiler, variant) for compiler in compilers)]
            for variant in names.in_order(found, names.VARIANTS)]
    return table(["", *(compiler.name for compiler in compilers)], rows)


def time_text(time, base):
    spread = f"{time.median:.1f} [{time.lowest:.1f} to {time.highest:.1f}]"
    return spread if base is None else f"{spread} ({goals.times_text(time.median / base.median)})"


def time_table(compilers, case):
    def cell(compiler, variant):
        taken = compiler.times.get(case, {})
        return time_text(taken[variant], taken.get(names.C)) if variant in taken else "-"
    found = list(dict.fromkeys(variant for compiler in compilers for variant in compiler.times.get(case, {})))
    rows = [[names.variant(variant), *(cell(compiler, variant) for compiler in compilers)]
            for variant in names.in_order(found, names.VARIANTS)]
    return table(["ns", *(compiler.name for compiler in compilers)], rows)


def series(compiler, prefix):
    """{number: {variant: Time}} of the cases called PREFIX and then a number."""
    found = {}
    for case, taken in compiler.times.items():
        match = re.fullmatch(rf"{prefix}\D*(\d+)", case)
        if match:
            found[int(match.group(1))] = taken
    return dict(sorted(found.items()))


def series_table(compiler, prefix, unit):
    found = series(compiler, prefix)
    variants = names.in_order(list(dict.fromkeys(v for taken in found.values() for v in taken)), names.VARIANTS)
    rows = [[names.variant(variant),
             *(f"{taken[variant].median:.1f}" if variant in taken else "-" for taken in found.values())]
            for variant in variants]
    return table([f"ns, {compiler.name}", *(f"{plain(number)} {unit}" for number in found)], rows)


# --- memory, headers, code --------------------------------------------------------------------------------------------

def bytes_table(compilers):
    found = list(dict.fromkeys(variant for compiler in compilers for variant in compiler.bytes))
    rows = [[names.variant(variant), *(str(compiler.bytes.get(variant, "-")) for compiler in compilers)]
            for variant in names.in_order(found, names.VARIANTS)]
    return table(["bytes per device", *(compiler.name for compiler in compilers)], rows)


def milliseconds(header, mode):
    if mode not in header:
        return "-"
    # Noise around nothing is nothing.
    return f"{max(header[mode]['median'], 0):.0f} [{max(header[mode]['lowest'], 0):.0f} to {header[mode]['highest']:.0f}]"


def header_table(compiler, kinds):
    rows = [[f"`{name}`" + (" (C++23)" if header["standard"] == "c++23" else ""), plain(header["lines"]),
             milliseconds(header, "check_ms"), milliseconds(header, "optimised_ms")]
            for name, header in compiler.headers["headers"].items() if header["kind"] in kinds]
    rows.sort(key=lambda row: int(row[1].replace(" ", "")))
    return table([compiler.name, "lines", "checked only, ms", "optimised, ms"], rows)


def code_table(compilers):
    found = list(dict.fromkeys(name for compiler in compilers for name in compiler.code["functions"]))
    def cell(compiler, name):
        one = compiler.code["functions"].get(name)
        if one is None:
            return "-"
        if one["identical"]:
            return f"identical ({one['ours']})"
        return f"{one['ours']} to {one['by_hand']} ({one['ours'] - one['by_hand']:+d})"
    rows = [[f"`{name}`", *(cell(compiler, name) for compiler in compilers)] for name in found]
    return table(["instructions, the library's to those by hand", *(compiler.name for compiler in compilers)], rows)
