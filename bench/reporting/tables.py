"""The tables of the report, in Markdown."""

from reporting import goals, names
from reporting.goals import Verdict

CORE = "reset_guard/reset_guard.hpp"


def table(head, rows, words=1):
    """The first columns are words, the others are figures."""
    sides = ["---"] * words + ["--:"] * (len(head) - words)
    lines = ["| " + " | ".join(head) + " |", "|" + "|".join(sides) + "|"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def plain(number):
    """Up to one digit after the point, thousands apart."""
    return f"{number:,.1f}".removesuffix(".0").replace(",", " ")


def beside(compilers, figure):
    """One figure of each compiler, 90 / 88."""
    return " / ".join(figure(compiler) for compiler in compilers)


def of_compilers(compilers):
    """g++-12 / clang++-19"""
    return beside(compilers, lambda compiler: compiler.name)


# --- where and when ---------------------------------------------------------------------------------------------------

def where_and_when(data):
    """A sentence or two a line."""
    run = data.run
    commit = f"commit {run['commit']}" if run["commit"] else "no repository, so no commit"
    changed = " **with local changes**" if run["local_changes"] else ""
    cores = f"{run['cores']} core{'s' if run['cores'] != 1 else ''}"
    yield f"Measured on {run['date']}, {commit}{changed}."
    yield f"Machine: {run['cpu']}, {cores}, {run['kernel']}, {run['distribution']}."
    for compiler in data.compilers:
        yield f"{compiler.name}: {compiler.version}, `{compiler.flags}`."


# --- goals ------------------------------------------------------------------------------------------------------------

def verdict_text(reading):
    if reading.verdict is Verdict.NOT_MET:
        return f"{reading.figure} **not met**"
    return f"{reading.figure} {reading.verdict.value}".strip()


def goal_table(compilers):
    rows, before = [], None
    for goal in goals.GOALS:
        readings = [verdict_text(goal.read(compiler)) for compiler in compilers]
        # Said once, above what belongs to it.
        against = goal.against if goal.against != before else ""
        before = goal.against
        rows.append([against, goal.what, goal.wanted, *readings])
    return table(["", "", "goal", *(compiler.name for compiler in compilers)], rows, words=3)


# --- instructions and times -------------------------------------------------------------------------------------------

def cases_of(compilers):
    found = list(dict.fromkeys(case for compiler in compilers for case in compiler.counts))
    return names.in_order(found, names.CASES)


def count_text(compiler, case, variant):
    count, ratio = compiler.count(case, variant), compiler.ratio(case, variant, names.base(case))
    if count is None:
        return "-"
    return plain(count) if ratio is None else f"{plain(count)} ({goals.times_text(ratio)})"


def time_text(compiler, case, variant):
    taken = compiler.times.get(case, {})
    if variant not in taken:
        return "-"
    time, base = taken[variant], taken.get(names.base(case))
    spread = f"{time.median:.1f} [{time.lowest:.1f} to {time.highest:.1f}]"
    return spread if base is None else f"{spread} ({goals.times_text(time.median / base.median)})"


def case_table(compilers, case):
    """Instructions and, where there are some, times: a row for each variant."""
    columns = [(f"{compiler.name}, {title}", compiler, cell) for compiler in compilers
               for title, figures, cell in (("instructions", compiler.counts, count_text),
                                            ("ns", compiler.times, time_text)) if case in figures]
    found = list(dict.fromkeys(variant for compiler in compilers for figures in (compiler.counts, compiler.times)
                               for variant in figures.get(case, {})))
    rows = [[names.variant(variant), *(cell(compiler, case, variant) for _, compiler, cell in columns)]
            for variant in names.in_order(found, names.VARIANTS)]
    return table(["", *(title for title, _, _ in columns)], rows)


def plain_or_dash(number):
    return "-" if number is None else plain(number)


def brief_table(compilers):
    """The times of what a person asks first."""
    variants = (names.C, names.BY_HAND, names.RESET, names.BY_SCOPE)
    rows = [[what, *(beside(compilers, lambda compiler: plain_or_dash(compiler.time(case, variant)))
                     for variant in variants)] for case, what in names.BRIEF_CASES.items()]
    return table([f"ns, {of_compilers(compilers)}", *map(names.variant, variants)], rows)


def compared_table(compilers):
    """The alternatives, with what they leave out."""
    measured = {variant for compiler in compilers for taken in compiler.counts.values() for variant in taken}
    rows = [[names.variant(variant), names.LACKS[variant],
             *(beside(compilers, lambda compiler: plain_or_dash(compiler.count(case, variant)))
               for case in names.COMPARED_CASES),
             beside(compilers, lambda compiler: str(compiler.bytes.get(variant, "-")))]
            for variant in names.COMPARED if variant in measured]
    return table([of_compilers(compilers), "what it leaves out",
                  *(names.PAGE_CASES[case] for case in names.COMPARED_CASES), "bytes"], rows, words=2)


def series(compiler, prefix):
    """{number of devices: {variant: Time}} of the cases PREFIX_NUMBER."""
    found = {}
    for case, taken in compiler.times.items():
        start, _, number = case.rpartition("_")
        if start == prefix and number.isdigit():
            found[int(number)] = taken
    return dict(sorted(found.items()))


def growth_table(compiler):
    columns = [(f"{plain(number)} {how}", taken) for prefix, how in (("sequential", "in turn"), ("random", "at random"))
               for number, taken in series(compiler, prefix).items()]
    variants = names.in_order(list(dict.fromkeys(v for _, taken in columns for v in taken)), names.VARIANTS)
    rows = [[names.variant(variant),
             *(f"{taken[variant].median:.1f}" if variant in taken else "-" for _, taken in columns)]
            for variant in variants]
    return table([f"ns, {compiler.name}", *(title for title, _ in columns)], rows)


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
    median, lowest, highest = (max(header[mode][which], 0) for which in ("median", "lowest", "highest"))
    return f"{median:.0f} [{lowest:.0f} to {highest:.0f}]"


def header_table(compiler, kinds):
    rows = [[f"`{name}`" + (" (C++23)" if header["standard"] == "c++23" else ""), plain(header["lines"]),
             milliseconds(header, "check_ms"), milliseconds(header, "optimised_ms")]
            for name, header in compiler.headers["headers"].items() if header["kind"] in kinds]
    rows.sort(key=lambda row: int(row[1].replace(" ", "")))
    return table([compiler.name, "lines", "checked only, ms", "optimised, ms"], rows)


def header_brief(compilers):
    """The core beside what one would include instead, the compilers in one cell."""
    measured = [compiler for compiler in compilers if compiler.headers]

    def cell(name, figure):
        return beside(measured, lambda compiler: figure(compiler.headers["headers"].get(name, {})))
    rows = [[f"`{name}`", cell(name, lambda header: plain_or_dash(header.get("lines"))),
             cell(name, lambda header: plain(round(header["check_ms"]["median"])) if "check_ms" in header else "-")]
            for name in names.COMPARED_HEADERS]
    return table([of_compilers(measured), "preprocessed lines", "ms to check"], rows)


def code_table(compilers):
    found = list(dict.fromkeys(name for compiler in compilers for name in compiler.code["functions"]))
    def cell(compiler, name):
        one = compiler.code["functions"].get(name)
        if one is None:
            return "-"
        if one["identical"]:
            return f"identical ({one['library']})"
        return f"{one['library']} to {one['by_hand']} ({one['library'] - one['by_hand']:+d})"
    rows = [[f"`{name}`", *(cell(compiler, name) for compiler in compilers)] for name in found]
    return table(["instructions, the library's to those by hand", *(compiler.name for compiler in compilers)], rows)
