#!/usr/bin/env python3
"""Checks a lesson: its output, or its 'Break it' comment. Prints one line for what is wrong, and then ends with 1.

lesson.py output PROGRAM TEXT             the program's output is the file TEXT
lesson.py break SOURCE TEXT COMPILER...   SOURCE, changed as its comment says, does what the comment says
"""

import difflib
import os
import pathlib
import re
import subprocess
import sys
import tempfile

MOST_LINES = 20  # of a lesson's output: a reader takes it in at once

COMMENT = re.compile(
    r"// Break it: replace\n"
    r"//   (?P<old>.+)\n"
    r"// by\n"
    r"//   (?P<new>.+)\n"
    r"// and (?P<what>the compiler says|it prints): (?P<text>.+)\n\Z"
)


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)


def check_output(program, text):
    ran = run(program)
    if ran.returncode != 0:
        sys.exit(f"{program} ended with {ran.returncode}\n{ran.stderr}")
    expected = pathlib.Path(text).read_text(encoding="utf-8")
    if ran.stdout != expected:
        lines = difflib.unified_diff(expected.splitlines(), ran.stdout.splitlines(), text, program, lineterm="")
        sys.exit("\n".join(lines))
    if len(expected.splitlines()) > MOST_LINES:
        sys.exit(f"{text}: more than {MOST_LINES} lines")


def check_break(source, text, *compiler):
    whole = pathlib.Path(source).read_text(encoding="utf-8")
    comment = COMMENT.search(whole)
    if comment is None:
        sys.exit(f"{source}: does not end with a 'Break it' comment")
    program = whole[: comment.start()]
    if program.count(comment["old"]) != 1:
        sys.exit(f"{source}: '{comment['old']}' is there {program.count(comment['old'])} times, not once")
    new = "" if comment["new"] == "(nothing)" else comment["new"]

    with tempfile.TemporaryDirectory() as folder:
        broken = pathlib.Path(folder, "broken.cpp")
        broken.write_text(program.replace(comment["old"], new), encoding="utf-8")
        built = run(*compiler, str(broken), "-o", str(broken.with_suffix("")))
        if comment["what"] == "the compiler says":
            if built.returncode == 0:
                sys.exit(f"{source}: it compiles, broken as it is")
            if comment["text"] not in built.stderr:
                sys.exit(f"{source}: the compiler does not say '{comment['text']}', but\n{built.stderr}")
            return
        if built.returncode != 0:
            sys.exit(f"{source}: it does not compile\n{built.stderr}")
        ran = run(str(broken.with_suffix("")))
    if comment["text"] not in ran.stdout.splitlines():
        sys.exit(f"{source}: it does not print '{comment['text']}', but\n{ran.stdout}")
    if comment["text"] in pathlib.Path(text).read_text(encoding="utf-8").splitlines():
        sys.exit(f"{source}: it prints '{comment['text']}' also when it is not broken")


def main():
    os.environ["LC_ALL"] = "C"  # the compiler's quotes
    tasks = {"output": check_output, "break": check_break}
    if len(sys.argv) < 4 or sys.argv[1] not in tasks:
        sys.exit(__doc__)
    tasks[sys.argv[1]](*sys.argv[2:])


if __name__ == "__main__":
    main()
