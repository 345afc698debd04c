#!/usr/bin/env python3
"""Each link of a page that stays in the project leads somewhere: to a file, and to a heading of it.

links.py PROJECT
"""

import pathlib
import re
import subprocess
import sys

FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?P<inline>[^)\s]+)\)|^\[[^\]]+\]: (?P<listed>\S+)$", re.MULTILINE)
HEADING = re.compile(r"^#+ (?P<text>.+)$", re.MULTILINE)


def pages(project):
    listed = subprocess.run(["git", "-C", str(project), "ls-files", "-co", "--exclude-standard", "*.md"],
                            capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return [project / name for name in listed.stdout.splitlines() if (project / name).is_file()]
    return [page for page in project.rglob("*.md") if "build" not in page.relative_to(project).parts]


def anchors(page):
    """As GitHub makes them of headings."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    made = set()
    for heading in HEADING.finditer(text):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading["text"]).strip().lower()
        made.add(re.sub(r"[^\w\- ]", "", plain).replace(" ", "-"))
    return made


def wrong_links(page):
    for link in LINK.finditer(FENCE.sub("", page.read_text(encoding="utf-8"))):
        target = link["inline"] or link["listed"]
        # .html: Doxygen's, which says itself what is wrong.
        if re.match(r"[a-z]+:", target) or target.endswith(".html"):
            continue
        file, _, anchor = target.partition("#")
        path = page.parent / file if file else page
        if not path.exists():
            yield target
        elif anchor and path.suffix == ".md" and anchor not in anchors(path):
            yield target


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    project = pathlib.Path(sys.argv[1])
    found = pages(project)
    wrong = [f"{page.relative_to(project)}: {target}" for page in found for target in wrong_links(page)]
    if wrong or not found:
        sys.exit("these links lead nowhere:\n" + "\n".join(wrong))


if __name__ == "__main__":
    main()
