"""The chart: instructions against hand-written C, a panel for each case, a bar for each variant."""

import math
from xml.sax.saxutils import escape

from reporting import names

WIDTH = 830  # of a README on GitHub: drawn one to one, so that letters keep their size there
LETTERS = 13
TITLE = 15
COLUMNS = 3
LABELS = 172  # on the left, once for each row of panels
GAP = 14
BAR = 12
LINE = 21  # from bar to bar
HEAD = 50  # of a panel: its title and its scale
TOP = 92
VALUE = 44  # room for the figure at the end of a bar
BELOW = 0.75  # times hand-written C: the left end of the scale
SMALLEST_CUT = 8  # the right end, or more: the library's own bars are never cut off

STYLE = """
  svg { --paper: #ffffff; --ink: #1f2328; --quiet: #59636e; --grid: #d1d9e0; --ours: #0969da; --other: #9aa4af; }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #0d1117; --ink: #f0f6fc; --quiet: #9198a1; --grid: #3d444d; --ours: #4493f8; --other: #656c76; }
  }
  .paper { fill: var(--paper); }
  text { fill: var(--ink); stroke: var(--paper); stroke-width: 4; stroke-linejoin: round; paint-order: stroke;
         font-family: -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
  .quiet { fill: var(--quiet); }
  .strong { font-weight: 600; }
  .grid { stroke: var(--grid); stroke-width: 1; }
  .base { stroke: var(--quiet); stroke-width: 1; }
  .other { fill: var(--other); }
  .ours { fill: var(--ours); }
  .tick { stroke: var(--ink); stroke-width: 2; }
  .cut { stroke: var(--paper); stroke-width: 2.5; }
"""


def figure(ratio):
    return f"{ratio:.2f}" if ratio < 10 else f"{ratio:.0f}"


def text(x, y, words, size=LETTERS, kind="", anchor="start"):
    return (f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" class="{kind}" text-anchor="{anchor}">'
            f"{escape(words)}</text>")


class Panel:
    """One case: where its scale begins, and how it draws its bars."""

    def __init__(self, left, top, width, cut):
        self.left, self.top, self.cut = left, top, cut
        self.room = width - VALUE

    def x(self, ratio):
        shown = min(max(ratio, BELOW), self.cut)
        return self.left + self.room * math.log(shown / BELOW) / math.log(self.cut / BELOW)

    def head(self, case, rows):
        bottom = self.top + HEAD + rows * LINE
        yield text(self.x(1), self.top + 14, names.CHART_CASES[case], TITLE, "strong")
        for ratio in (2**power for power in range(self.cut.bit_length())):
            yield (f'<line x1="{self.x(ratio):.1f}" x2="{self.x(ratio):.1f}" y1="{self.top + 38}" y2="{bottom}" '
                   f'class="{"base" if ratio == 1 else "grid"}"/>')
            yield text(self.x(ratio), self.top + 33, f"{ratio}x", LETTERS, "quiet", "middle")

    def no_bar(self, row):
        yield text(self.x(1) + 7, self.top + HEAD + row * LINE + LINE / 2 + 0.5, "not measured", LETTERS, "quiet")

    def bar(self, row, variant, ratio, other_ratio):
        middle = self.top + HEAD + row * LINE + LINE / 2 - 4
        one, end = self.x(1), self.x(ratio)
        left, width = min(one, end), max(abs(end - one), 2)
        kind = "ours" if variant in names.OF_THE_LIBRARY + (names.UNDER_MUTEX,) else "other"
        yield (f'<rect x="{left:.1f}" y="{middle - BAR / 2:.1f}" width="{width:.1f}" height="{BAR}" class="{kind}" '
               f'data-variant="{escape(variant)}"/>')
        if ratio > self.cut:
            for shift in (14, 20):
                yield (f'<line x1="{end - shift:.1f}" x2="{end - shift + 6:.1f}" y1="{middle + BAR / 2 + 1:.1f}" '
                       f'y2="{middle - BAR / 2 - 1:.1f}" class="cut"/>')
        right = max(end, one)
        if other_ratio is not None and other_ratio <= self.cut:
            tick = self.x(other_ratio)
            yield (f'<line x1="{tick:.1f}" x2="{tick:.1f}" y1="{middle - 8:.1f}" y2="{middle + 8:.1f}" class="tick"/>')
            right = max(right, tick + 1)
        yield text(right + 5, middle + 4.5, figure(ratio), LETTERS, "strong" if variant in names.OF_THE_LIBRARY else "")


def cut_for(measured, cases):
    ratios = [compiler.ratio(case, names.OF_THE_LIBRARY) for compiler in measured.compilers for case in cases]
    highest = max((ratio for ratio in ratios if ratio is not None), default=1)
    return max(SMALLEST_CUT, 2 ** math.ceil(math.log2(highest)))


def legend(first, second, cut):
    yield text(0, 0, "Instructions per reset, as multiples of hand-written C", TITLE + 2, "strong")
    words = f"Bars: {first.name}."
    if second is not None:
        words += f" Upright strokes: {second.name}."
    words += f" Logarithmic from 1x; what costs more than {cut}x is cut off. Shorter is better."
    yield text(0, 24, words, LETTERS, "quiet")
    yield text(0, 44, "Blue: this library. The report says what the others leave out.", LETTERS, "quiet")


def draw(measured):
    first = measured.compilers[0]
    second = measured.compilers[1] if len(measured.compilers) > 1 else None
    cases = [case for case in names.CHART_CASES if case in first.counts]
    everywhere = {variant for case in cases for variant in first.counts[case]}
    variants = names.in_order(sorted(everywhere), names.VARIANTS)
    columns = min(COLUMNS, len(cases))
    panel_width = (WIDTH - LABELS - GAP * columns) / columns
    panel_height = HEAD + len(variants) * LINE + 18
    rows = math.ceil(len(cases) / columns)
    height = TOP + rows * panel_height

    cut = cut_for(measured, cases)

    parts = ['<g transform="translate(16 30)">', *legend(first, second, cut), "</g>"]
    for row in range(rows):
        top = TOP + row * panel_height
        for i, variant in enumerate(variants):
            kind = "strong" if variant in names.OF_THE_LIBRARY else ""
            parts.append(text(LABELS - 4, top + HEAD + i * LINE + LINE / 2 + 0.5, names.variant(variant), LETTERS, kind,
                              "end"))
    for number, case in enumerate(cases):
        left = LABELS + GAP / 2 + (number % columns) * (panel_width + GAP)
        panel = Panel(left, TOP + number // columns * panel_height, panel_width, cut)
        parts += panel.head(case, len(variants))
        for i, variant in enumerate(variants):
            ratio = first.ratio(case, variant)
            if ratio is None:
                parts += panel.no_bar(i)
            else:
                parts += panel.bar(i, variant, ratio, second.ratio(case, variant) if second else None)
    return f"""<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}"
  viewBox="0 0 {WIDTH} {height}" role="img" aria-label="Instructions per reset, as multiples of hand-written C">
<style>{STYLE}</style>
<rect class="paper" width="{WIDTH}" height="{height}" rx="8"/>
""" + "\n".join(parts) + "\n</svg>\n"
