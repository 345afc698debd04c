#!/usr/bin/env python3
"""Plain technical English: none of these phrases is in a file of the project.

wording.py PROJECT
"""

import pathlib
import re
import subprocess
import sys

PHRASES = {
    r"says (no|yes)\b": "state what happens: 'it is refused', 'the probe answers no'",
    r"\bours\b": "reset_guard, or this library",
    r"for ever\b": "without end, or until when",
    r"(breaks|answers|does|as many) as it says": "name what it states",
    r"by ear\b": "by hand, or by reading",
    r"\bwhoever\b": "the caller, the driver, the reader",
    r"hears? of\b": "is told, is reported",
    r"[,;:] for (nobody|it (is|was))\b": "because",
    r"\bwhat says\b": "what reports",
}
TEXT = {".md", ".hpp", ".h", ".cpp", ".c", ".py", ".sh", ".cmake", ".txt", ".js", ".html", ".css", ".svg", ".yml"}


def files(project):
    listed = subprocess.run(["git", "-C", str(project), "ls-files", "-co", "--exclude-standard"],
                            capture_output=True, text=True, check=True).stdout.splitlines()
    for name in listed:
        path = project / name
        if path.is_file() and (path.suffix in TEXT or not path.suffix) and path.resolve() != pathlib.Path(__file__):
            yield name, path.read_text(encoding="utf-8", errors="ignore")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    found = []
    for name, text in files(pathlib.Path(sys.argv[1])):
        for number, line in enumerate(text.splitlines(), 1):
            for phrase, instead in PHRASES.items():
                if re.search(phrase, line, re.IGNORECASE):
                    found.append(f"{name}:{number}: '{re.search(phrase, line, re.IGNORECASE)[0]}': {instead}")
    if found:
        sys.exit("\n".join(found))


if __name__ == "__main__":
    main()
