#!/usr/bin/env python3
"""Each #include from one folder to another is one that the tables in the READMEs of examples/, tools/ and tests/ allow.
In the library, none leads from the freestanding core to what needs a host.

include_arrows.py PROJECT    prints the arrows; ends with 1 if one is not allowed, or if the tables allow a cycle
"""

import collections
import graphlib
import os
import pathlib
import re
import sys

TABLES = ("examples", "tools", "tests")
ROW = re.compile(r"^\| \[(?P<folder>[a-z_]+)\]\(\S+\) \| .* \|(?P<may>[^|]*)\|$", re.MULTILINE)
INCLUDE = re.compile(r'^\s*#\s*include\s+[<"]([^">]+)[">]', re.MULTILINE)
ANYWHERE = "include"  # the library, which every folder may include
CORE, HOSTED = "include/reset_guard", "include/reset_guard/hosted"


def room(path):
    """The folder of a table that a file lives in."""
    parts = path.split("/")
    return "/".join(parts[:2]) if parts[0] in TABLES and len(parts) > 2 else parts[0]


def allowed_by_tables(project):
    allowed = {}
    for top in TABLES:
        for row in ROW.finditer((project / top / "README.md").read_text(encoding="utf-8")):
            names = [name.strip() for name in row["may"].split(",") if name.strip()]
            allowed[f"{top}/{row['folder']}"] = {name if "/" in name else f"{top}/{name}" for name in names}
    return allowed


def arrows(project):
    """(from, to) -> the includes that make the arrow."""
    found = collections.defaultdict(list)
    for top in TABLES:
        for file in sorted((project / top).rglob("*.[ch]pp")):
            source = file.relative_to(project).as_posix()
            for name in INCLUDE.findall(file.read_text(encoding="utf-8")):
                for root in (os.path.dirname(source), "include", "examples", "tools"):
                    target = os.path.normpath(os.path.join(root, name))
                    if (project / target).is_file():
                        if room(target) not in (room(source), ANYWHERE):
                            found[room(source), room(target)].append(f"{source} includes {target}")
                        break
    return found


def arrows_to_hosted(project):
    """The includes by which the core, and so each of its users, would need an operating system."""
    core = sorted((project / CORE).glob("*.hpp"))
    if not core or not (project / HOSTED).is_dir():
        sys.exit(f"{project} has no headers in {CORE}, or no folder {HOSTED}")
    for file in core:
        for name in INCLUDE.findall(file.read_text(encoding="utf-8")):
            if any((root / name).resolve().is_relative_to((project / HOSTED).resolve())
                   for root in (file.parent, project / "include")):
                yield f"{file.relative_to(project)} includes {name}: the core includes nothing of {HOSTED}"


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    project = pathlib.Path(sys.argv[1])
    allowed, wrong = allowed_by_tables(project), list(arrows_to_hosted(project))
    for top in TABLES:
        for folder in sorted(path.name for path in (project / top).iterdir() if path.is_dir()):
            if f"{top}/{folder}" not in allowed and folder != "__pycache__":
                wrong.append(f"{top}/README.md has no row for {folder}")
    try:
        tuple(graphlib.TopologicalSorter(allowed).static_order())
    except graphlib.CycleError as error:
        wrong.append("the tables allow a cycle: " + " -> ".join(reversed(error.args[1])))
    for (source, target), includes in sorted(arrows(project).items()):
        print(f"{source} -> {target} ({len(includes)})")
        if target not in allowed.get(source, ()):
            wrong += [f"{include}, which {source.split('/')[0]}/README.md does not allow" for include in includes]
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
