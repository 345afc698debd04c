#!/usr/bin/env python3
"""The code and the output on a page are pieces of tested programs. Fills in the blocks of PAGE anew.

blocks.py PAGE...            prints the pages
blocks.py --check PAGE...    ends with 1 if a page is not what its sources say
blocks.py --update PAGE...   writes the pages

A block stands between one of these markers and the next '<!-- end -->':
  <!-- FILE: NAME, NAME -->     pieces of FILE: what stands between two comments '// [NAME]', or what NAME is defined as
  <!-- FILE -->                 all of FILE
  <!-- compiler: FILE: NEW, before OLD -->  what the compiler says of FILE with the line NEW before the line OLD
  <!-- output: ARGUMENT... -->  what reset_tool prints
  <!-- output's end: NUMBER -->  the last lines of what it prints without an argument
  <!-- faults: FILE -->         a table of the FAULT comments of a unit test, whose head explains them
  <!-- break it: FILE -->       the edit at the end of the lesson FILE, and what comes of it
FILE is a path from the project's folder. What begins with 'begin:' is drawn by somebody else, and stays.
RESET_GUARD_TOOL: the program reset_tool; the one of examples/run.sh if it is not set.
"""

import difflib
import os
import pathlib
import re
import subprocess
import sys
import textwrap

import lesson

ROOT = pathlib.Path(__file__).resolve().parents[2]

MARKER = re.compile(r"<!-- (?!begin:)(?P<what>[^:>\n]+?)(?:: (?P<names>[^\n]+))? -->")
END = "<!-- end -->"


FAULT = re.compile(
    r"^// FAULT: (?P<fault>.+)\n// HELD BY: (?P<held>compiler|run time|a look|nobody)\n// WHAT: (?P<what>.+)\n"
    r"(?:// (?P<kind>TEST|RULE): (?P<name>.+)\n|TEST_CASE\(\"(?P<own>.+)\"\))",
    re.MULTILINE,
)


class Wrong(Exception):
    """One line that says what to mend."""


def fenced(language, lines):
    return [f"```{language}", *lines, "```"]


def read(file):
    path = ROOT / file
    if not path.is_file():
        raise Wrong(f"there is no file '{file}'")
    return path.read_text(encoding="utf-8").splitlines()


def between_tags(lines, name):
    tags = [i for i, line in enumerate(lines) if f"// [{name}]" in line]
    return lines[tags[0] + 1 : tags[1]] if len(tags) == 2 else None


def definition(lines, name):
    """From the comment above it to its closing brace. It begins at the start of a line, as clang-format has it."""
    begins = re.compile(rf"(?!//|#)\S.*\b{re.escape(name)}(\(|\[| [:{{]|<)")
    found = (i for i, line in enumerate(lines) if begins.match(line) and ("{" in line or not line.endswith(";")))
    last = next(found, None)
    if last is None:
        return None
    first = last
    while first > 0 and re.match(r"//|template\b", lines[first - 1]):
        first -= 1
    if not re.search(r"\{.*\};?( *//.*)?$", lines[last]):
        last = next(i for i in range(last, len(lines)) if re.match(r"\};?$", lines[i]))
    return lines[first : last + 1]


def piece(file, name):
    lines = read(file)
    found = between_tags(lines, name) or definition(lines, name)
    if found is None:
        raise Wrong(f"{file}: nothing is called '{name}'")
    indentation = min(len(line) - len(line.lstrip()) for line in found if line)
    return [line[indentation:] for line in found]


def code(file, names):
    pieces = []
    for name in names.split(","):
        pieces += ([""] if pieces else []) + piece(file, name.strip())
    return fenced("cpp", pieces)


def output(arguments, last=0):
    tool = os.environ.get("RESET_GUARD_TOOL", ROOT / "build/examples/tools/reset_tool")
    ran = subprocess.run([tool, *arguments.split()], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
                         env={**os.environ, "LC_ALL": "C.UTF-8", "NO_COLOR": "1"})
    if ran.returncode not in (0, 1):
        raise Wrong(f"reset_tool {arguments}: {ran.stderr.strip()}")
    return fenced("", ran.stdout.splitlines()[-last:])


def break_it(file):
    edit = lesson.Edit(ROOT / file)
    before, after = edit.program.splitlines(), edit.broken.splitlines()
    changes = [line for line in difflib.unified_diff(before, after, n=0, lineterm="")][2:]
    changes = [line for line in changes if not line.startswith("@@") and line.strip() != "+"]
    says = "The compiler, among the rest:" if edit.compiler_says else "It prints, among the rest:"
    told = textwrap.wrap(f"**Break it.** {edit.remark}", 120)
    return [*told, "", *fenced("diff", [f"--- {file}", *changes]), "", says, "", *fenced("", [edit.text])]


def compiler_says(file, edit):
    new, old = edit.split(", before ")
    lines = read(file)
    at = [i for i, line in enumerate(lines) if line.strip() == old]
    if len(at) != 1:
        raise Wrong(f"{file}: '{old}' is there {len(at)} times, not once")
    lines.insert(at[0], new)
    compiler = [os.environ.get("CXX", "c++"), "-std=c++20", f"-I{ROOT / 'include'}", "-fsyntax-only", "-x", "c++", "-"]
    ran = subprocess.run(compiler, input="\n".join(lines) + "\n", capture_output=True, text=True, check=False,
                         env={**os.environ, "LC_ALL": "C"})
    said = re.search(r"error: (ignoring return value).*(reset_guard: [^'\[]*[^'\[ ])", ran.stderr)
    if ran.returncode == 0 or said is None:
        raise Wrong(f"{file}: with '{new}' the compiler says: {ran.stderr or 'nothing'}")
    return fenced("", [f"error: {said[1]}: {said[2]}"])


def faults(file, page):
    """A row for each, with a link to what shows it."""
    text = "\n".join(read(file)) + "\n"
    found = list(FAULT.finditer(text))
    if len(found) != text.count("// FAULT: "):
        raise Wrong(f"{file}: of {text.count('// FAULT: ')} FAULT comments {len(found)} are as its head explains")
    tests = {test: path for path in (ROOT / file).parent.glob("*_test.cpp")
             for test in re.findall(r'^TEST_CASE\("(.+)"\)', path.read_text(encoding="utf-8"), re.MULTILINE)}
    rows = ["| fault | held by | what happens |", "|---|---|---|"]
    for one in found:
        test = one["own"] or one["name"]
        shown = ROOT / "tests" / "rules" / f"{test}.cpp" if one["kind"] == "RULE" else tests.get(test)
        if shown is None or not shown.is_file():
            raise Wrong(f"{file}: nothing is called '{test}'")
        link = f"[{(one['kind'] or 'TEST').lower()}]({os.path.relpath(shown, page.resolve().parent)})"
        rows.append(f"| {one['fault']} | {one['held']} | {one['what']} {link} |")
    held = ["compiler", "run time", "a look", "nobody"]
    many = [sum(one["held"] == by for one in found) for by in held]
    total = "{} by the compiler, {} at run time, {} by a look, {} by nobody.".format(*many)
    return ["", f"{len(found)} faults, held: {total}", "", *rows, ""]


def block(marker, page):
    what, names = marker["what"], marker["names"]
    if what == "compiler":
        return compiler_says(*names.split(": "))
    if what == "output":
        return output(names)
    if what == "output's end":
        return output("", int(names))
    if what == "faults":
        return faults(names, page)
    if what == "break it":
        return break_it(names)
    return code(what, names) if names else fenced("cpp" if what.endswith(".cpp") else "", read(what))


def fill(page):
    filled, inside = [], None
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        marker = MARKER.fullmatch(line)
        if line == END:
            inside = None
        if inside is None:
            filled.append(line)
        if marker is not None and line != END:
            if inside is not None:
                raise Wrong(f"{page}:{inside}: the block has no '{END}'")
            try:
                filled += block(marker, page)
            except Wrong as wrong:
                raise Wrong(f"{page}:{number}: {wrong}") from None
            inside = number
    if inside is not None:
        raise Wrong(f"{page}:{inside}: the block has no '{END}'")
    return "\n".join(filled) + "\n"


def main():
    arguments = sys.argv[1:]
    task = arguments.pop(0) if arguments and arguments[0].startswith("--") else ""
    if not arguments or task not in ("", "--check", "--update"):
        sys.exit(__doc__)
    for name in arguments:
        page = pathlib.Path(name)
        text = fill(page)
        if task == "":
            sys.stdout.write(text)
        elif task == "--update":
            page.write_text(text, encoding="utf-8")
        elif text != page.read_text(encoding="utf-8"):
            old = page.read_text(encoding="utf-8").splitlines()
            sys.stdout.write("\n".join(difflib.unified_diff(old, text.splitlines(), name, "its sources", lineterm="")))
            raise Wrong(f"\n{name} is not what its sources say: tests/docs/blocks.py --update {name}")


if __name__ == "__main__":
    try:
        main()
    except Wrong as wrong:
        sys.exit(str(wrong))
