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


class Edit:
    """What the 'Break it' comment at the end of a lesson says."""

    def __init__(self, source):
        whole = pathlib.Path(source).read_text(encoding="utf-8")
        comment = COMMENT.search(whole)
        if comment is None:
            sys.exit(f"{source}: does not end with a 'Break it' comment")
        self.program = whole[: comment.start()]
        if self.program.count(comment["old"]) != 1:
            sys.exit(f"{source}: '{comment['old']}' is there {self.program.count(comment['old'])} times, not once")
        new = "" if comment["new"] == "(nothing)" else comment["new"]
        self.broken = self.program.replace(comment["old"], new)
        remark = re.search(r"\n((?://.*\n)+)\Z", self.program)
        if remark is None:
            sys.exit(f"{source}: says nothing about its 'Break it'")
        self.remark = " ".join(line.removeprefix("//").strip() for line in remark[1].splitlines()).strip()
        self.compiler_says = comment["what"] == "the compiler says"
        self.text = comment["text"]


def check_break(source, text, *compiler):
    edit = Edit(source)
    with tempfile.TemporaryDirectory() as folder:
        broken = pathlib.Path(folder, "broken.cpp")
        broken.write_text(edit.broken, encoding="utf-8")
        built = run(*compiler, str(broken), "-o", str(broken.with_suffix("")))
        if edit.compiler_says:
            if built.returncode == 0:
                sys.exit(f"{source}: it compiles, broken as it is")
            if edit.text not in built.stderr:
                sys.exit(f"{source}: the compiler does not say '{edit.text}', but\n{built.stderr}")
            return
        if built.returncode != 0:
            sys.exit(f"{source}: it does not compile\n{built.stderr}")
        ran = run(str(broken.with_suffix("")))
    printed = ran.stdout.splitlines().count(edit.text)
    if printed == 0:
        sys.exit(f"{source}: it does not print '{edit.text}', but\n{ran.stdout}")
    if printed <= pathlib.Path(text).read_text(encoding="utf-8").splitlines().count(edit.text):
        sys.exit(f"{source}: it prints '{edit.text}' just as often when it is not broken")


def main():
    os.environ["LC_ALL"] = "C"  # the compiler's quotes
    tasks = {"output": check_output, "break": check_break}
    if len(sys.argv) < 4 or sys.argv[1] not in tasks:
        sys.exit(__doc__)
    tasks[sys.argv[1]](*sys.argv[2:])


if __name__ == "__main__":
    main()
