#!/usr/bin/env python3
"""Checks the form of the doc comments: doc_comments.py FOLDER. Prints one line for each fault, and then ends with 1.

In each '///' comment of the headers in FOLDER: the labels are known, in one order, each at most once, after a first
paragraph without one. A function that returns a result says what, or which errors; each enumerator of a documented
enumeration says what it means (Doxygen 1.9.4 does not look).
"""

import pathlib
import re
import sys

LABELS = ["Requires", "Effects", "Returns", "Errors", "Source"]
INTERNAL = "Internal"  # instead of a first paragraph: for the library only, not shown

LINE = re.compile(r"\s*///(?!<) ?(.*)")
LABEL = re.compile(r"([A-Z][a-z]+):(?: |$)")
LOST = re.compile(rf"\s*// (?:{'|'.join(LABELS)}|What): ")  # a label in a comment that is not shown
RESULT = re.compile(r"\b(?:Status|Result<[^()]*>|Verdict<[^()]*>|auto) (\w+)\(")
STRING = re.compile(r'"[^"]*"')


def blocks(lines):
    """(number of the first line, the comment's lines, the declaration after it), numbers from 1."""
    at = 0
    while at < len(lines):
        start, comment = at, []
        while at < len(lines) and (match := LINE.fullmatch(lines[at])):
            comment.append(match[1])
            at += 1
        if not comment:
            at += 1
            continue
        declaration, end = "", at
        while end < len(lines) and not re.search(r"[{;]", declaration):
            declaration += " " + STRING.sub("", lines[end]).split("//")[0].strip()
            end += 1
        yield start + 1, comment, declaration


def faults_of_block(number, comment, declaration):
    opening = number == 1  # of the header: 'Errc and Error: ...' is no label
    seen = []
    for offset, text in enumerate(comment):
        label = LABEL.match(text)
        if label and not (opening and offset == 0):
            name, first = label[1], offset == 0
            if name == INTERNAL and first:
                continue
            if name not in LABELS:
                yield number + offset, f"unknown label '{name}:'; there are {', '.join(LABELS)}"
                continue
            if first:
                yield number + offset, f"begins with '{name}:': first say what it is, without a label"
            if name in seen:
                yield number + offset, f"'{name}:' a second time"
            elif seen and LABELS.index(name) < LABELS.index(seen[-1]):
                yield number + offset, f"'{name}:' after '{seen[-1]}:'; the order is {', '.join(LABELS)}"
            seen.append(name)
        if "Errors" in seen[-1:] and offset and text.startswith("("):
            yield number + offset, "an error stands on one line with the parenthesis after it, which makes it a link"
    function = RESULT.search(declaration)
    if comment[0].startswith(f"{INTERNAL}:"):
        return
    if function and not {"Returns", "Errors"} & set(seen):
        yield number, f"{function[1]}() returns a result: say under 'Returns:' or 'Errors:' which"


def faults_of_enumerators(lines):
    inside = False
    for number, line in enumerate(lines, 1):
        if line.startswith("enum class"):
            inside = number > 1 and LINE.fullmatch(lines[number - 2]) is not None
        elif inside and line.startswith("}"):
            inside = False
        elif inside and "///<" not in line:
            yield number, "an enumerator without a '///<' comment"


def faults(lines):
    for number, line in enumerate(lines, 1):
        if LOST.match(line):
            yield number, "a label in a comment that is not shown: it begins with '///', or has none"
    yield from faults_of_enumerators(lines)
    for block in blocks(lines):
        yield from faults_of_block(*block)


def main(folder):
    count = found = 0
    for path in sorted(pathlib.Path(folder).rglob("*.hpp")):
        lines = path.read_text(encoding="utf-8").splitlines()
        count += sum(1 for _ in blocks(lines))
        for number, fault in sorted(faults(lines)):
            print(f"{path}:{number}: {fault}")
            found += 1
    if count == 0:
        sys.exit(f"{folder}: no doc comments in it")
    print(f"{count} doc comments, {found} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
