#!/usr/bin/env python3
"""What the library takes on each target, in bytes, beside C by hand with the same checks and C that only counts.

bytes_per_target.py                 prints the table, of the targets whose compilers are installed
bytes_per_target.py --update PAGE   writes it between the page's '<!-- bytes per target -->' and '<!-- end -->'
bytes_per_target.py --check PAGE    ends with 1 if a row there is not what is measured now. A row of another version of
                                    its compiler is not compared; ends with 77 if none is

Code is -Os, linked by itself: what is reached from the functions of compared.cpp and compared.c, with their constants
and variables, and without the device's own part (opaque.h) and the compiler's library.
"""

import pathlib
import re
import shutil
import subprocess
import tempfile

import one_line

BENCH = pathlib.Path(__file__).resolve().parent
MARKED = re.compile(r"(<!-- bytes per target -->\n)(.*?)(<!-- end -->)", re.DOTALL)
SKIPPED = 77

TARGETS = {
    "Cortex-M0": ["arm-none-eabi-g++", "-mcpu=cortex-m0", "-mthumb"],
    "Cortex-M4": ["arm-none-eabi-g++", "-mcpu=cortex-m4", "-mthumb"],
    "riscv64": ["riscv64-linux-gnu-g++"],
    "aarch64": ["aarch64-linux-gnu-g++"],
    "x86-64": ["g++-12"],
}
OPTIONS = ["-Os", "-fno-pic", "-ffunction-sections", "-fdata-sections", "-fno-asynchronous-unwind-tables", f"-I{BENCH}",
           f"-I{BENCH / 'variants'}", f"-I{BENCH.parent / 'include'}"]
CXX_OPTIONS = ["-std=c++17", "-fno-exceptions", "-fno-rtti", "-ffreestanding"]

# The third side, by the count that all of the benchmark's simple variants share.
COUNTED = """#include "counted.hpp"
extern "C" int counted_reset(bench::Counted* device) {
  if (const int error = bench::enter(*device)) return error;
  return bench::leave(*device, bench_work(device));
}
extern "C" int counted_nested(bench::Counted* device) {
  if (const int error = bench::enter(*device)) return error;
  return bench::leave(*device, counted_reset(device));
}
"""
# An array for each size: it can be read without running anything on the target.
SIZES = """#include "guarded_device.hpp"
char state[sizeof(bench::rg::ResetState)];
char lent_scope[sizeof(bench::rg::detail::Level) + sizeof(bench::Scope)];
char owned_scope[sizeof(bench::Owned)];
"""
SIDES = {  # who: (sources, prefix of the functions)
    "library": (["compared.cpp"], "library"),
    "C, same checks": (["compared.c", "by_hand_rare.c"], "by_hand"),
    "C, count only": ([COUNTED], "counted"),
}
HEAD = (["target", "compiler"] + [f"{who}: {what}" for what in ("one", "both") for who in SIDES]
        + ["`ResetState`", "scope", "`OwnedScope`"])


def run(*words, source=None):
    done = subprocess.run(words, input=source, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise one_line.Refused(f"'{' '.join(map(str, words))}' failed:\n{done.stderr}")
    return done.stdout


def tool(compiler, name):
    return run(compiler, f"-print-prog-name={name}").strip()


class Target:
    def __init__(self, command, folder):
        self.command, self.folder, self.objects = command, folder, 0

    def compile(self, source):
        """A file of bench/, or the text of a C++ source."""
        self.objects += 1
        built = self.folder / f"{self.objects}.o"
        if source.endswith(".c"):
            run(self.command[0].replace("g++", "gcc"), *self.command[1:], *OPTIONS, "-std=c17", "-c", BENCH / source,
                "-o", built)
        elif source.endswith(".cpp"):
            run(*self.command, *OPTIONS, *CXX_OPTIONS, "-c", BENCH / source, "-o", built)
        else:
            run(*self.command, *OPTIONS, *CXX_OPTIONS, "-x", "c++", "-c", "-", "-o", built, source=source)
        return built

    def bytes_of(self, objects, functions):
        linked = self.folder / "linked.o"
        roots = [f"-Wl,-u,{name}" for name in functions]
        run(*self.command, "-nostdlib", "-r", "-Wl,--gc-sections", *roots, *objects, "-o", linked)
        defined = run(tool(self.command[0], "nm"), "--defined-only", linked)
        for name in functions:
            if f" T {name}\n" not in defined:
                raise one_line.Refused(f"{self.command[0]}: {name} is not in what was linked")
        text, data, bss = run(tool(self.command[0], "size"), linked).splitlines()[1].split()[:3]
        return int(text) + int(data) + int(bss)

    def sizes(self):
        lines = run(tool(self.command[0], "nm"), "--print-size", self.compile(SIZES)).splitlines()
        found = {name: int(size, 16) for _, size, _, name in (line.split() for line in lines if len(line.split()) == 4)}
        return [found[name] for name in ("state", "lent_scope", "owned_scope")]

    def row(self):
        objects = {who: [self.compile(source) for source in sources] for who, (sources, _) in SIDES.items()}
        code = [self.bytes_of(objects[who], [f"{prefix}_{name}" for name in names])
                for names in (("reset",), ("reset", "nested")) for who, (_, prefix) in SIDES.items()]
        return [f"g++ {version_of(self.command[0])}", *map(str, code + self.sizes())]


def version_of(compiler):
    return run(compiler, "-dumpfullversion").strip()


def measure():
    """{target: cells} of those that are installed."""
    rows = {}
    for name, command in TARGETS.items():
        if shutil.which(command[0]) is None:
            print(f"{name}: not measured, {command[0]} is not installed")
            continue
        with tempfile.TemporaryDirectory() as folder:
            rows[name] = Target(command, pathlib.Path(folder)).row()
    return rows


def as_table(rows):
    lines = [HEAD, ["---", "---", *["---:"] * (len(HEAD) - 2)], *([name, *cells] for name, cells in rows.items())]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def from_table(text):
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if "|" in line]
    if not lines or lines[0] != HEAD:
        raise one_line.Refused("the table's columns are others: run bench/bytes_per_target.py --update PAGE")
    return {name: cells for name, *cells in lines[2:]}


def marked_part(page):
    found = MARKED.search(page.read_text(encoding="utf-8")) if page.is_file() else None
    if found is None:
        raise one_line.Refused(f"{page} has no '<!-- bytes per target -->' with an '<!-- end -->' after it")
    return found


def check(page):
    committed, compared, wrong = from_table(marked_part(page)[2]), 0, 0
    for name in sorted(set(TARGETS) - set(committed)):
        print(f"{name}: there is no row for it")
        wrong += 1
    for name, cells in measure().items():
        if name in committed and committed[name][0] != cells[0]:
            print(f"{name}: not compared, the row is of {committed[name][0]}, and this is {cells[0]}")
        elif name in committed:
            compared += 1
            if committed[name] != cells:
                print(f"{name}: the page has\n  {committed[name]}, measured are\n  {cells}")
                wrong += 1
    if wrong:
        print(f"if the change is meant: bench/bytes_per_target.py --update {page}")
        return 1
    return 0 if compared else SKIPPED


def update(page):
    rows = measure()
    if set(rows) != set(TARGETS):
        raise one_line.Refused("the table is not written: it needs all targets")
    marked_part(page)
    text = page.read_text(encoding="utf-8")
    page.write_text(MARKED.sub(lambda found: found[1] + as_table(rows) + found[3], text, count=1), encoding="utf-8")
    return 0


def main():
    parser = one_line.OptionParser(description="What the library takes on each target, in bytes.")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", type=pathlib.Path, metavar="PAGE", help="whether the page's table is what is measured")
    what.add_argument("--update", type=pathlib.Path, metavar="PAGE", help="write the table into the page")
    arguments = parser.parse_args()
    if arguments.check:
        return check(arguments.check)
    if arguments.update:
        return update(arguments.update)
    print(as_table(measure()), end="")
    return 0


if __name__ == "__main__":
    one_line.run(main)
