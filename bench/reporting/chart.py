"""The chart: what one reset costs, a bar for each way to write it."""

from xml.sax.saxutils import escape

from reporting import names, tables

CASE = "d1"
WIDTH = 830  # of a README on GitHub: drawn one to one, so that letters keep their size there
NAME = 15
NOTE = 13
LEFT = 20
BARS = 350  # where they begin
END = 655  # and where the longest ends: its figures stand behind it
TOP = 112
ROW = 46
BAR = 20
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000)  # of the scale

STYLE = """
  svg { --paper: #ffffff; --ink: #1f2328; --quiet: #59636e; --grid: #d1d9e0; --own: #0969da; --other: #9aa4af; }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #0d1117; --ink: #f0f6fc; --quiet: #9198a1; --grid: #3d444d; --own: #4493f8; --other: #656c76; }
  }
  .paper { fill: var(--paper); }
  text { fill: var(--ink); stroke: var(--paper); stroke-width: 4; stroke-linejoin: round; paint-order: stroke;
         font-family: -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
  .quiet { fill: var(--quiet); }
  .strong { font-weight: 600; }
  .grid { stroke: var(--grid); stroke-width: 1; }
  .other { fill: var(--other); }
  .own { fill: var(--own); }
"""


def text(x, y, words, size=NOTE, kind="", anchor="start"):
    return (f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" class="{kind}" text-anchor="{anchor}">'
            f"{escape(words)}</text>")


def figures(compilers, variant):
    """90 / 88 instructions; with times 90 / 88, 7 / 6 ns."""
    words = tables.beside(compilers, lambda compiler: tables.plain_or_dash(compiler.count(CASE, variant)))
    times = [compiler.time(CASE, variant) for compiler in compilers]
    if None not in times:
        words += ", " + " / ".join(f"{time:.0f}" for time in times) + " ns"
    return words


def scale(compilers, longest, bottom):
    """Upright lines at round numbers, four to six of them, and where a number lies."""
    step = next((step for step in STEPS if longest / step <= 5), STEPS[-1])

    def x(instructions):
        return BARS + (END - BARS) * instructions / longest
    lines = []
    for number in range(0, int(longest) + 1, step):
        lines.append(f'<line x1="{x(number):.1f}" x2="{x(number):.1f}" y1="{TOP - 8}" y2="{bottom}" class="grid"/>')
        lines.append(text(x(number), TOP - 14, tables.plain(number), NOTE, "quiet", "middle"))
    return x, lines


def row(compiler, compilers, variant, top, x):
    library = variant in names.OF_THE_LIBRARY
    name = names.CHART_NAMES.get(variant, names.variant(variant))
    yield text(LEFT, top + 16, name, NAME, "strong" if library else "")
    yield text(LEFT, top + 33, names.CHART[variant], NOTE, "quiet")
    count = compiler.count(CASE, variant)
    if count is None:
        yield text(BARS + 6, top + BAR / 2 + 9, "not measured", NOTE, "quiet")
        return
    yield (f'<rect x="{BARS}" y="{top + 4}" width="{x(count) - BARS:.1f}" height="{BAR}" rx="2" '
           f'class="{"own" if library else "other"}" data-variant="{escape(variant)}"/>')
    yield text(x(count) + 6, top + BAR / 2 + 9, figures(compilers, variant), NOTE, "strong" if library else "")


def draw(measured):
    compilers = measured.compilers
    first = compilers[0]
    counts = [first.count(CASE, variant) for variant in names.CHART]
    longest = max((count for count in counts if count is not None), default=1)
    bottom = TOP + len(names.CHART) * ROW
    height = bottom + 14
    x, parts = scale(compilers, longest, bottom)
    title = "What one reset costs, in instructions"
    parts += [text(LEFT, 32, title, NAME + 3, "strong"),
              text(LEFT, 55, f"Bars: {first.name}. Figures: {tables.of_compilers(compilers)}. Shorter is better. "
                   "Blue: this library.", NOTE, "quiet"),
              text(LEFT, 74, "The device's own prepare, work and done, and the loop around them, are in each.", NOTE,
                   "quiet")]
    for number, variant in enumerate(names.CHART):
        parts += row(first, compilers, variant, TOP + number * ROW, x)
    return f"""<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}"
  viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{title}">
<style>{STYLE}</style>
<rect class="paper" width="{WIDTH}" height="{height}" rx="8"/>
""" + "\n".join(parts) + "\n</svg>\n"
