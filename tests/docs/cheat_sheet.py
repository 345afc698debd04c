#!/usr/bin/env python3
"""The code on a page is code of a program: each span in the second column of 'you want to | you write'.

cheat_sheet.py PAGE SOURCE
"""

import pathlib
import re
import sys

ROW = re.compile(r"^\| (?P<want>[^|]+) \| (?P<write>.+) \|$")
SPAN = re.compile(r"`([^`]+)`")


def rows(page):
    inside = False
    for line in page.splitlines():
        row = ROW.match(line)
        if line.startswith("|---"):
            continue
        if row is None:
            inside = False
        elif row["want"] == "you want to":
            inside = True
        elif inside:
            yield row["write"]


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    page, source = (pathlib.Path(name).read_text(encoding="utf-8") for name in sys.argv[1:])
    written = " ".join(source.split())
    spans = [span for row in rows(page) for span in SPAN.findall(row)]
    missing = [span for span in spans if span not in written]
    if missing or not spans:
        sys.exit(f"{sys.argv[2]} does not have this code of {sys.argv[1]}:\n" + "\n".join(missing))


if __name__ == "__main__":
    main()
