"""docs/cost.md: a page that people write, with blocks of figures between '<!-- NAME -->' and '<!-- end -->'."""

import pathlib
import re

from one_line import Refused
from reporting import goals, names, tables

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/cost.md"
COUNTS = ROOT / "bench/counts"
COUNTED = ("c_bare", "by_hand", "reset", "scope")


def fill(text, blocks):
    """The page with these blocks anew: {name: content}."""
    for name, content in blocks.items():
        block = re.compile(rf"^(<!-- {name} -->\n).*?^(<!-- end -->)$", re.DOTALL | re.MULTILINE)
        text, found = block.subn(lambda markers: markers[1] + content + markers[2], text)
        if found != 1:
            raise Refused(f"the page needs one block '<!-- {name} -->' to '<!-- end -->', on lines of their own")
    return text


def update(blocks, page=PAGE):
    page.write_text(fill(page.read_text(encoding="utf-8"), blocks), encoding="utf-8")


# --- from the counts that are committed -------------------------------------------------------------------------------

def committed(text):
    """The compiler, and {case: {variant: instructions}}, of a file in bench/counts."""
    compiler = re.search(r"^# Instructions of one operation: (\S+ [\d.]+)", text)[1]
    head, *lines = [line.split() for line in text.splitlines() if not line.startswith("#")]
    return compiler, {case: dict(zip(head[1:], figures)) for case, *figures in lines}


def count_block(folder=COUNTS):
    found = [committed((folder / f"{name}.txt").read_text(encoding="utf-8")) for name in goals.PROMISED_FOR]
    compilers = " / ".join(compiler for compiler, _ in found)
    rows = [[names.variant(variant), *(" / ".join(cases[case].get(variant, "-") for _, cases in found)
                                       for case in names.PAGE_CASES)] for variant in COUNTED]
    return tables.table([compilers, *names.PAGE_CASES.values()], rows)


# --- from a run -------------------------------------------------------------------------------------------------------

def run_blocks(data):
    where = " ".join(tables.where_and_when(data))
    return {"measured": f"{where}\n\n{tables.brief_table(data.compilers)}",
            "alternatives": tables.compared_table(data.compilers),
            "headers": tables.header_brief(data.compilers), "goals": tables.goal_table(data.compilers)}
