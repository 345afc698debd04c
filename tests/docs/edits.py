#!/usr/bin/env python3
"""Makes the edits that a page proposes, one by one, and checks that the compiler answers as the page says.

edits.py PAGE COMPILER...

An edit is a block

  ```diff
  --- examples/reset_methods/FILE
  -lines of FILE, each block of them there once
  +lines in their place
  ```

and the next block without a language is the answer: each line is a part of what the compiler says; one that begins with
'g++: ' or 'clang: ' is of that compiler alone. If there is no line for the compiler, it accepts the edit.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
GENERATED = re.compile(r"<!-- break it: .*?<!-- end -->", re.DOTALL)  # the lessons' own: tested there
EDIT = re.compile(
    r"```diff\n--- (?P<file>examples/reset_methods/\S+)\n(?P<lines>.*?)```.*?\n```\n(?P<answer>.*?)```", re.DOTALL
)
PROGRAM = ROOT / "tests" / "docs" / "six_quirks.cpp"


def hunks(lines):
    """What is replaced, and by what."""
    found = []
    for line in lines:
        if not found or (line.startswith("-") and found[-1][1]):
            found.append(([], []))
        old, new = found[-1]
        (old if line.startswith("-") else new).append(line[1:] + "\n")
    return [("".join(old), "".join(new)) for old, new in found]


def apply(edit, folder):
    file = folder / pathlib.Path(edit["file"]).relative_to("examples")
    text = file.read_text(encoding="utf-8")
    for old, new in hunks(edit["lines"].splitlines()):
        if not old or text.count(old) != 1:
            sys.exit(f"{edit['file']}: this is there {text.count(old)} times, not once:\n{old}")
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


def compile_edited(edit, compiler, clang):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        shutil.copytree(ROOT / "examples" / "reset_methods", folder / "reset_methods")
        if edit is not None:
            apply(edit, folder)
        command = [*compiler, *(["-Wconsumed"] if clang else []), f"-I{folder}", f"-I{ROOT / 'examples'}"]
        return subprocess.run([*command, "-fsyntax-only", str(PROGRAM)], capture_output=True, text=True, timeout=200,
                              env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"}, check=False)


def expected(answer, clang):
    other, own = ("g++: ", "clang: ") if clang else ("clang: ", "g++: ")
    return [line.removeprefix(own) for line in answer.splitlines() if line and not line.startswith(other)]


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    page, compiler = pathlib.Path(sys.argv[1]), sys.argv[2:]
    version = subprocess.run([compiler[0], "--version"], capture_output=True, text=True, check=True).stdout
    clang = "clang" in version
    edits = list(EDIT.finditer(GENERATED.sub("", page.read_text(encoding="utf-8"))))
    if not edits:
        sys.exit(f"{page}: proposes no edit")
    unedited = compile_edited(None, compiler, clang)
    if unedited.returncode != 0:
        sys.exit(f"without an edit the compiler says:\n{unedited.stderr}")
    for edit in edits:
        built = compile_edited(edit, compiler, clang)
        texts = expected(edit["answer"], clang)
        missing = [text for text in texts if text not in built.stderr]
        if missing or (built.returncode == 0) != (not texts):
            sys.exit(f"{page}: {edit['file']}: the compiler does not say\n" + "\n".join(missing) +
                     f"\nbut ({built.returncode})\n{built.stderr}")


if __name__ == "__main__":
    main()
