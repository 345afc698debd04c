#!/usr/bin/env python3
"""The library in one file: each header once, each before those that include it.

amalgamate.py                   writes single_include/reset_guard.hpp
amalgamate.py --check           ends with 1 if that file is not what this would write
amalgamate.py --program FILE    prints FILE with the project's headers that it includes in their places
"""

import pathlib
import re
import sys

PROJECT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = PROJECT / "include"
SINGLE = PROJECT / "single_include" / "reset_guard.hpp"

DIRECTIVE = re.compile(r'\s*#\s*include\s+(?P<quote>[<"])(?P<name>[^">]+)[">]')
CONDITION = re.compile(r"\s*#\s*(?P<what>if|endif)")
NOT_IN_ONE_FILE = re.compile(r"#pragma once$|// clang-format (on|off)\b")


def lines_of(file):
    """Each line, with the project's file that it includes, or with the system header that it includes."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        include = DIRECTIVE.match(line)
        if not include:
            if not NOT_IN_ONE_FILE.match(line):
                yield line, None, None
            continue
        quoted, name = include["quote"] == '"', include["name"]
        candidates = [folder / name for folder in ([file.parent] if quoted else []) + [INCLUDE]]
        target = next((path.resolve() for path in candidates if path.is_file()), None)
        if quoted and not target:
            sys.exit(f"{file}:{number}: there is no {name}")
        yield line, target, None if target else name


def in_order(header, taken):
    """The header and those that it needs, each after what it needs, without those that were taken before."""
    if header in taken:
        return
    taken.add(header)
    for _, target, _ in lines_of(header):
        if target:
            yield from in_order(target, taken)
    yield header


def library(taken, *headers):
    """The lines of headers of the library and of those that they need, the system headers first."""
    system, body = set(), []
    for file in (file for header in headers for file in in_order(header, taken)):
        body += ["", f"// {file.relative_to(INCLUDE)} ".ljust(120, "-"), ""]
        depth = 0  # of #if: what is included under a condition stays where it is
        for line, target, name in lines_of(file):
            condition = CONDITION.match(line)
            if condition:
                depth += 1 if condition["what"] == "if" else -1
            if name and depth == 0:
                system.add(name)
            elif target and depth > 0:
                sys.exit(f"{file}: {target.name} is included under a condition, which one file cannot do")
            elif not target and (line or body[-1]):
                body.append(line)
        if not body[-1]:
            body.pop()
    return [f"#include <{name}>" for name in sorted(system)] + body


def program(source, taken):
    """The lines of a source file with the headers of the project in their places."""
    for line, target, _ in lines_of(source):
        if not target:
            yield line
        elif INCLUDE in target.parents:
            yield from library(taken, target)
            yield f"// {source.name} ".ljust(120, "-")
        elif target not in taken:
            taken.add(target)
            yield from program(target, taken)


def single_header():
    licence = (PROJECT / "LICENSE").read_text(encoding="utf-8").splitlines()
    body = library(set(), *(INCLUDE / "reset_guard" / name for name in ("reset_guard.hpp", "owner.hpp", "group.hpp")))
    number = int(re.search(r"#define RESET_GUARD_VERSION (\d+)", "\n".join(body))[1])
    version = f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    # Not '#pragma once', of which compilers warn where the file is pasted into a program.
    return "\n".join([
        f"// reset_guard {version} in one file, made of include/reset_guard by scripts/amalgamate.py.", "//",
        *(f"// {line}".rstrip() for line in licence), "",
        "#ifndef RESET_GUARD_SINGLE_HEADER", "#define RESET_GUARD_SINGLE_HEADER", "",
        *body, "", "#endif  // RESET_GUARD_SINGLE_HEADER", ""])


def main():
    match sys.argv[1:]:
        case []:
            SINGLE.parent.mkdir(exist_ok=True)
            SINGLE.write_text(single_header(), encoding="utf-8")
        case ["--check"]:
            if not SINGLE.is_file() or SINGLE.read_text(encoding="utf-8") != single_header():
                sys.exit(f"{SINGLE.relative_to(PROJECT)} is not what the headers are now: run scripts/amalgamate.py")
        case ["--program", source]:
            print("\n".join(program(pathlib.Path(source).resolve(), set())))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
