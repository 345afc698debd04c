"""Where something else is as good as the library, or better: found in the figures, not written by hand."""

from reporting import names
from reporting.tables import CORE, plain

AS_GOOD = 1.01  # of the library's figure: what is within it is not told apart


def wins(compiler):
    """{variant: [(case, its instructions as a share of the library's)]}"""
    found = {}
    for case in names.in_order(list(compiler.counts), names.CASES):
        for variant in compiler.counts[case]:
            share = compiler.ratio(case, variant, names.LIBRARY)
            if variant not in names.LIBRARY and share is not None and share <= AS_GOOD:
                found.setdefault(variant, []).append((case, share))
    return {variant: found[variant] for variant in names.in_order(list(found), names.VARIANTS)}


def smaller_headers(compiler):
    headers = compiler.headers["headers"] if compiler.headers else {}
    ours = headers.get(CORE)
    if ours is None:
        return []
    def beaten(header):
        faster = "check_ms" in header and header["check_ms"]["median"] <= ours["check_ms"]["median"]
        return header["kind"] == "peer" and (header["lines"] <= ours["lines"] or faster)
    return [(name, header) for name, header in headers.items() if beaten(header)]


def smaller_devices(compiler):
    ours = compiler.bytes.get(names.OURS)
    smaller = [variant for variant, size in compiler.bytes.items() if ours is not None and size < ours]
    return names.in_order(smaller, names.VARIANTS)


def sentences(compiler):
    found = wins(compiler)
    for variant, where in found.items():
        cases = ", ".join(f"{case} {share:.2f}x" for case, share in where)
        lacks = names.LACKS.get(variant)
        yield f"{names.variant(variant)}: {cases} of the library's instructions." + (
            f" But: {lacks}." if lacks else "")
    for name, header in smaller_headers(compiler):
        times = f", {header['check_ms']['median']:.0f} ms" if "check_ms" in header else ""
        yield f"`{name}` is as small to include, or as fast: {plain(header['lines'])} lines{times}."
    smaller = smaller_devices(compiler)
    if smaller:
        sizes = ", ".join(f"{names.variant(variant)} {compiler.bytes[variant]}" for variant in smaller)
        yield (f"Fewer bytes per device than the library's {compiler.bytes[names.OURS]}: {sizes}. They keep no first "
               "error and no reason of a quarantine.")
