"""Where something else is as good as the library, or better: found in the figures, not written by hand."""

from reporting import names
from reporting.tables import CORE, plain

AS_GOOD = 1.01  # of the library's figure: what is within it is not told apart


def wins(compiler):
    """{variant: {case: its instructions as a share of the library's}}, in each case that both can do"""
    found = {}
    for case in names.in_order(list(compiler.counts), names.CASES):
        for variant in compiler.counts[case]:
            share = compiler.ratio(case, variant, names.LIBRARY)
            if variant not in names.OF_THE_LIBRARY + (names.UNDER_MUTEX,) and share is not None:
                found.setdefault(variant, {})[case] = share
    return {variant: found[variant] for variant in names.in_order(list(found), names.VARIANTS)
            if min(found[variant].values()) <= AS_GOOD}


def which(shares):
    """In which of the cases, and by how much."""
    good = {case: share for case, share in shares.items() if share <= AS_GOOD}
    others = [case for case in shares if case not in good]
    lowest, highest = min(good.values()), max(good.values())
    span = f"{lowest:.2f}x" if f"{lowest:.2f}" == f"{highest:.2f}" else f"{lowest:.2f}x to {highest:.2f}x"
    if not others:
        return f"{span} of the library's instructions in all {len(shares)} cases"
    if len(others) < len(good):
        return f"{span} in all of {len(shares)} cases but {', '.join(others)}"
    return f"{span} in {', '.join(good)} (of {len(shares)} cases)"


def smaller_headers(compiler):
    headers = compiler.headers["headers"] if compiler.headers else {}
    library = headers.get(CORE)
    if library is None:
        return []
    def beaten(header):
        faster = "check_ms" in header and header["check_ms"]["median"] <= library["check_ms"]["median"]
        return header["kind"] == "peer" and (header["lines"] <= library["lines"] or faster)
    return [(name, header) for name, header in headers.items() if beaten(header)]


def smaller_devices(compiler):
    library = compiler.bytes.get(names.RESET)
    smaller = [variant for variant, size in compiler.bytes.items()
               if library is not None and size < library and variant != names.BY_HAND]
    return names.in_order(smaller, names.VARIANTS)


def faster_in_contention(compiler):
    library = compiler.time("contended", names.UNDER_MUTEX)
    if library is None:
        return []
    found = [variant for variant, time in compiler.times["contended"].items()
             if variant != names.UNDER_MUTEX and time.median <= library * AS_GOOD]
    return sorted(found, key=lambda variant: compiler.time("contended", variant))


def sentences(compiler):
    for variant, shares in wins(compiler).items():
        lacks = names.LACKS.get(variant)
        yield f"{names.variant(variant)}: {which(shares)}." + (f" But: {lacks}." if lacks else "")
    faster = faster_in_contention(compiler)
    if faster:
        times = ", ".join(f"{names.variant(variant)} {compiler.time('contended', variant):.1f}" for variant in faster)
        yield (f"Two threads on one device, ns: {times}; the library inside a std::mutex "
               f"{compiler.time('contended', names.UNDER_MUTEX):.1f}.")
    for name, header in smaller_headers(compiler):
        times = f", {header['check_ms']['median']:.0f} ms" if "check_ms" in header else ""
        yield f"`{name}` is as small to include, or as fast: {plain(header['lines'])} lines{times}."
    smaller = smaller_devices(compiler)
    if smaller:
        sizes = ", ".join(f"{names.variant(variant)} {compiler.bytes[variant]}" for variant in smaller)
        yield (f"Fewer bytes per device than the library's {compiler.bytes[names.RESET]}: {sizes}. They keep no first "
               "error and no reason of a quarantine.")
