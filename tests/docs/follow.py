#!/usr/bin/env python3
"""Does what the tutorial says, in a fresh clone: each command in a block 'sh', in order: follow.py PROJECT"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

PAGES = ("examples/lessons/README.md", "examples/lessons/six_quirks.md")
COMMANDS = re.compile(r"^```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def fresh_copy(project, folder):
    """A clone; of a project that is no repository, a copy without what was built."""
    if (project / ".git").exists():
        subprocess.run(["git", "clone", "--quiet", str(project), str(folder)], check=True)
    else:
        shutil.copytree(project, folder, ignore=shutil.ignore_patterns("build"))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    project = pathlib.Path(sys.argv[1])
    commands = 0
    with tempfile.TemporaryDirectory() as name:
        clone = pathlib.Path(name, "reset_guard")
        fresh_copy(project, clone)
        for page in PAGES:
            for command in COMMANDS.findall((clone / page).read_text(encoding="utf-8")):
                commands += 1
                print(command, end="", flush=True)
                ran = subprocess.run(["bash", "-euo", "pipefail", "-c", command], cwd=clone, text=True, check=False,
                                     stdin=subprocess.DEVNULL, capture_output=True, env={**os.environ, "CI": "true"})
                if ran.returncode != 0:
                    sys.exit(f"{page}: it ended with {ran.returncode}\n{ran.stdout}{ran.stderr}")
    if commands == 0:
        sys.exit("the pages have no commands")


if __name__ == "__main__":
    main()
