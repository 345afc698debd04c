#!/usr/bin/env python3
"""Adds the quirk that PAGE walks through to a copy of the project, and does with it what the page says.

add_a_quirk.py PAGE SCRATCH CMAKE_ARGUMENT...

Taken from the page, in its order:
  ```cpp            whose first line is '// PATH': a new file
  ```diff           '--- PATH' and then lines as they are (' '), new ('+') and taken out ('-')
  ```diff, ```      a mistake, and what comes of it: each line is a part of what the compiler or the campaign says. The
                    mistake is taken back afterwards
The campaign must be clean before the first mistake.
"""

import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
COPIED = ["CMakeLists.txt", "CMakePresets.json", "cmake", "include", "examples", "tools", "docs"]
BLOCK = re.compile(r"```(?P<kind>cpp|diff)\n(?P<text>.*?)```(?:\n+```\n(?P<answer>.*?)```)?", re.DOTALL)


def edited(text, hunk):
    lines, at = text.splitlines(), 0
    for line in hunk.splitlines():
        sign, what = line[:1], line[1:]
        if sign != "+":
            try:
                at = lines.index(what, at)
            except ValueError:
                sys.exit(f"the page changes a line that is not there: {what}")
        if sign == "-":
            del lines[at]
        else:
            if sign == "+":
                lines.insert(at, what)
            at += 1
    return "\n".join(lines) + "\n"


def run(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def must(*command):
    status, said = run(*command)
    if status != 0:
        sys.exit(f"{' '.join(map(str, command))}: {status}\n{said[-4000:]}")
    return said


def campaign(build, *options):
    status, said = run("cmake", "--build", build, "--target", "fault_campaign")
    if status != 0:
        return "does not compile", said
    status, said = run(build / "tools" / "fault_campaign", "--variant", "reset_guard", "--subject", "my_adapter",
                       *options)
    return ("is clean" if status == 0 else "has findings"), said


def main(page, scratch, *cmake):
    scratch = pathlib.Path(scratch)
    shutil.rmtree(scratch, ignore_errors=True)
    for name in COPIED:
        of_all = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        scratch.mkdir(parents=True, exist_ok=True)
        of_all(ROOT / name, scratch / name)
    lists = scratch / "tools" / "CMakeLists.txt"  # without -O2 it is built in a third of the time
    lists.write_text(lists.read_text(encoding="utf-8").replace(" -O2)", " -O0)"), encoding="utf-8")
    build = scratch / "build"
    mistakes = []
    for block in BLOCK.finditer(pathlib.Path(page).read_text(encoding="utf-8")):
        first, rest = block["text"].split("\n", 1)
        path = scratch / first.split(" ", 1)[1]
        if block["answer"] is not None:
            mistakes.append((path, rest, block["answer"].splitlines()))
        elif block["kind"] == "cpp":
            path.write_text(rest, encoding="utf-8")
        else:
            path.write_text(edited(path.read_text(encoding="utf-8"), rest), encoding="utf-8")
    if not mistakes:
        sys.exit(f"{page} tells of no mistake")
    must("cmake", "-S", scratch, "-B", build, "-DRESET_GUARD_BUILD_TESTS=OFF", "-DRESET_GUARD_BUILD_BENCH=OFF", *cmake)
    result, said = campaign(build, "--pairs", "20000")
    if result != "is clean":
        sys.exit(f"with the new quirk the campaign {result}:\n{said[-4000:]}")
    for path, hunk, answer in mistakes:
        right = path.read_text(encoding="utf-8")
        path.write_text(edited(right, hunk), encoding="utf-8")
        result, said = campaign(build, "--pairs", "0")
        path.write_text(right, encoding="utf-8")
        missing = [part for part in answer if part not in said and part != result]
        print(f"{result}:\n{hunk}")
        if result == "is clean" or missing:
            sys.exit(f"the page says {missing or answer}; but with this mistake it {result}:\n{hunk}\n{said[-4000:]}")


if __name__ == "__main__":
    main(*sys.argv[1:])
