#!/usr/bin/env python3
"""Resets each function of real machines by each method while the reset does nothing, and wants no verified one.

real_dumps.py RESET_TOOL

The folder that RESET_GUARD_DUMPS names holds dumps as `lspci -xxx` writes them: those of pciutils' own tests, or of
your machines. Two faults: the platform reports success and does nothing; the write that starts the reset is lost. Each
function with its Command register as found, as Linux leaves it, and 0. Without a folder the test is skipped.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

SKIPPED = 77
HEAD = re.compile(r"^(?:([0-9a-f]{4,8}):)?([0-9a-f]{2}):([0-9a-f]{2})\.([0-7])\s")
LINE = re.compile(r"^([0-9a-f]{2,3}):((?: [0-9a-f]{2}){1,16})\s*$")
COMMANDS = {"as found": None, "Command 0x0400": 0x0400, "Command 0": 0}  # 0x0400: as Linux leaves it
PLATFORM = ["acpi", "power", "slot"]
RUNS = (
    [("platform-nothing", method) for method in ("acpi", "bus", "d3cold")]
    + [("write-ignored", method) for method in ("flr", "af_flr", "pm", "bus", "cxl_bus", "device_specific")]
)


def functions(text):
    """The name that reset_tool expects, and the bytes of each function that has all of its config space there."""
    name, found = None, bytearray()

    def whole():
        size = 4096 if len(found) > 256 else 256
        return name is not None and 256 <= len(found) and found[:size] and len(found) in (256, 4096)

    for line in [*text.splitlines(), "00:00.0 "]:
        head, part = HEAD.match(line), LINE.match(line)
        if head:
            if whole():
                yield name, bytes(found)
            domain, bus, device, function = head.groups()
            name, found = f"{domain or '0000'}-{bus}-{device}.{function}.bin", bytearray()
        elif part and int(part[1], 16) == len(found):
            found += bytes.fromhex(part[2])


def run(tool, folder, fault, method):
    platform = " ".join(PLATFORM if method in ("acpi", "d3cold") or fault == "platform-nothing" else [])
    command = [tool, folder, "--json", "--method", method, "--fail", fault]
    done = subprocess.run([*command, *(["--platform", platform] if platform else [])], capture_output=True, text=True,
                          timeout=300, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"{folder.name}: {done.stderr}")
    return json.loads(done.stdout)["functions"]


def write(tool, dump, folder, command):
    """Each function of a dump that the program reads, as a file. Returns how many."""
    folder.mkdir()
    for file, data in functions(dump.read_text(encoding="utf-8", errors="replace")):
        data = bytearray(data)
        if command is not None:
            data[4:6] = command.to_bytes(2, "little")
        (folder / file).write_bytes(data)
        single = subprocess.run([tool, "list", folder / file], capture_output=True, check=False)
        if single.returncode != 0:
            (folder / file).unlink()
    return len(list(folder.iterdir()))


def was_reset(function):
    """All the same: a lost write was repeated, or the way through D3hot resets the function."""
    return any(event["kind"] == "reset" and event["function"] == function["address"]
               for event in function["reset"]["events"])


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    tool, dumps = sys.argv[1], pathlib.Path(os.environ.get("RESET_GUARD_DUMPS", ""))
    if "RESET_GUARD_DUMPS" not in os.environ or not dumps.is_dir():
        print("skipped: RESET_GUARD_DUMPS names no folder of lspci -xxx dumps")
        sys.exit(SKIPPED)
    count = {"functions": 0, "struck": 0, "failed": 0, "claimed": 0}
    wrong = []
    for command, value in COMMANDS.items():
        with tempfile.TemporaryDirectory() as name:
            for dump in sorted(dumps.glob("*.txt")):
                folder = pathlib.Path(name) / dump.stem
                count["functions"] += write(tool, dump, folder, value)
                for fault, method in RUNS if any(folder.iterdir()) else []:
                    for function in run(tool, folder, fault, method):
                        reset = function["reset"]
                        if not reset["fault_struck"]:
                            continue
                        count["struck"] += 1
                        count[reset["answer"]] = count.get(reset["answer"], 0) + 1
                        if reset["answer"] == "verified" and not was_reset(function):
                            wrong.append(f"{dump.stem} {function['address']}, {command}: {method}, {fault}: verified")
    print(", ".join(f"{key} {value}" for key, value in count.items()))
    for line in wrong:
        print(line)
    if wrong or count["struck"] < count["functions"]:
        sys.exit(1)


if __name__ == "__main__":
    main()
