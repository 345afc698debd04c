#!/usr/bin/env python3
"""Real machines' functions: no reset that does nothing is verified; and `show` reads what lspci reads.

real_dumps.py RESET_TOOL          resets each function by each method while the reset does nothing
real_dumps.py RESET_TOOL --lspci  compares each bit that `show` prints with `lspci -vv`

The folder that RESET_GUARD_DUMPS names holds dumps as `lspci -xxx` writes them: those of pciutils' own tests, or of
your machines. Two faults: the platform reports success and does nothing; the write that starts the reset is lost. Each
function with its Command register as found, as Linux leaves it, and 0. Without a folder the first test is skipped, and
the second has the given functions alone; without lspci it is skipped.
"""

import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77
GIVEN = pathlib.Path(__file__).resolve().parents[3] / "examples/data"
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


def no_verified_reset(tool, dumps):
    count = {"functions": 0, "struck": 0, "failed": 0, "claimed": 0}
    wrong = []
    for command, value in COMMANDS.items():
        with tempfile.TemporaryDirectory() as name:
            for dump in dumps:
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
    if count["struck"] < count["functions"]:
        wrong.append("hardly any fault struck")
    return wrong


# --- lspci -----------------------------------------------------------------------------------------------------------

# What `show` calls a capability: what lspci has behind its offset.
CAPABILITIES = {
    "Express": r"Express ", "Power Management": r"Power Management version", "PCI Advanced Features": r"PCI Advanced",
    "MSI": r"MSI:", "MSI-X": r"MSI-X:", "SR-IOV": r"Single Root I/O", "ATS": r"Address Translation Service",
    "PRI": r"Page Request Interface", "PASID": r"Process Address Space ID",
    "CXL port": r"Designated Vendor-Specific: Vendor=1e98 ID=0003"}
# The bytes of each that are scrambled: not those by which capabilities are found, nor speeds, whose names are few.
SCRAMBLED = {"Express": [*range(4, 0x12), *range(0x13, 0x1c)], "Power Management": range(2, 6),
             "PCI Advanced Features": range(3, 6), "MSI": range(2, 4), "MSI-X": range(2, 4), "SR-IOV": range(8, 0x12),
             "ATS": range(4, 8), "PRI": range(4, 8), "PASID": range(4, 8), "CXL port": range(0x0a, 0x0e)}
ROUNDS_OF_GIVEN = 12
# Fields that are no flags.
FIELDS = {"power_state": r"Status: (D\d)", "Speed": r"Speed ([^,\s]+)", "Width": r"Width x(\d+)",
          "PME(D3cold)": r"PME\(.*D3cold([+-])\)", "Total VFs": r"Total VFs: (\d+)",
          "Number of VFs": r"Number of VFs: (\d+)"}


def lspci(dump):
    """Each function's address, and its lines: the header's, and those of each capability, by its name here."""
    done = subprocess.run(["lspci", "-D", "-vv", "-F", dump], capture_output=True, text=True, check=True,
                          errors="replace")
    for function in filter(None, re.split(r"\n\n+", done.stdout.strip())):
        lines = function.splitlines()
        found = {"header": []}
        name = "header"
        for line in lines[1:]:
            capability = re.match(r"\tCapabilities: \[([0-9a-f]+)[^]]*\] (.*)", line)
            if capability:
                names = [each for each, pattern in CAPABILITIES.items() if re.match(pattern, capability[2])]
                name = names[0] if names and names[0] not in found else None
                if name:
                    found[name] = [f"at {int(capability[1], 16)}"]
            if name:
                found[name].append(line)
        yield lines[0].split()[0], found


def part_of(lines, register):
    """The lines of one register: that with its name, and those below it that are indented further."""
    if register is None:
        return "\n".join(lines)
    for at, line in enumerate(lines):
        if line.strip().startswith(register + ":"):
            indent = re.match(r"\t*", line)[0]
            rest = [each for each in lines[at + 1:] if each.strip()]
            more = next((i for i, each in enumerate(rest) if not each.startswith(indent + "\t")), len(rest))
            return "\n".join([line, *rest[:more]])
    return ""


def in_lspci(text, field):
    """A field's value as the JSON has it; None: it is not there."""
    found = re.search(FIELDS.get(field, r"(?<![\w>/])" + re.escape(field) + r"([+-])"), text)
    if not found:
        return None
    value = found[1]
    return value == "+" if value in "+-" else int(value) if value.isdigit() else value


def fields(capability):
    """(register, field, value) of all fields; None for a register without a name."""
    for name, value in capability.items():
        if isinstance(value, dict):
            yield from ((name, field, each) for field, each in value.items())
        elif name not in ("at", "type"):
            yield None, name, value


def disagreements(shown, theirs, count):
    """Between what `show` has of a function and what lspci has."""
    for name in sorted(set(shown) ^ set(theirs)):
        yield f"{name}: {'only in lspci' if name in theirs else 'not in lspci'}"
    for name in sorted(set(shown) & set(theirs)):
        capability, lines = shown[name], theirs[name]
        count["capabilities"] += 1
        if name != "header" and f"at {capability['at']}" != lines[0]:
            yield f"{name}: at {capability['at']}, in lspci {lines[0]}"
        if "type" in capability and capability["type"] not in lines[1]:
            yield f"{name}: {capability['type']}, in lspci {lines[1].strip()}"
        for register, field, value in fields(capability):
            seen = in_lspci(part_of(lines, register), field)
            count["fields"] += 1
            if seen != value:
                yield f"{name}: {register or ''} {field} is {value}, in lspci {seen}"
    has_flr = in_lspci(part_of(theirs.get("Express", []), "DevCap"), "FLReset") is not None
    if has_flr != ("FLReset" in shown.get("Express", {}).get("DevCap", {})):
        yield "FLReset: only one of the two has it"


def write_dump(folder, dump):
    """Config spaces as `lspci -xxxx` writes them."""
    with dump.open("w", encoding="ascii") as text:
        for file in sorted(folder.glob("*.bin")):
            domain, bus, place = file.stem.split("_")[0].split("-")
            print(f"{domain}:{bus}:{place} a function", file=text)
            data = file.read_bytes()
            for at in range(0, len(data), 16):
                print(f"{at:02x}: {data[at:at + 16].hex(' ')}", file=text)
            print(file=text)


def scramble(file, capabilities, chance):
    """Random bits: some are the same in all functions, or the same as their neighbours."""
    data = bytearray(file.read_bytes())
    for name, capability in capabilities.items():
        for offset in SCRAMBLED.get(name, ()):
            data[capability["at"] + offset] = chance.randrange(0x100)
    file.write_bytes(data)


def compare(tool, folder, count, chance):
    """The disagreements in a folder of config spaces. Leaves the functions there scrambled."""
    with tempfile.NamedTemporaryFile() as dump:
        write_dump(folder, pathlib.Path(dump.name))
        theirs = dict(lspci(dump.name))
    for file in sorted(folder.glob("*.bin")):
        done = subprocess.run([tool, "show", file, "--json"], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            yield f"{file.stem}: {done.stderr.strip()}"
            continue
        shown = json.loads(done.stdout)
        count["functions"] += 1
        for each in disagreements(shown["capabilities"], theirs[shown["address"]], count):
            yield f"{folder.name} {shown['address']}: {each}"
        scramble(file, shown["capabilities"], chance)


def same_as_lspci(tool, dumps):
    count = {"functions": 0, "capabilities": 0, "fields": 0}
    chance = random.Random(1)
    wrong = []
    with tempfile.TemporaryDirectory() as name:
        for source in [GIVEN, *dumps]:
            folder = pathlib.Path(name) / source.stem
            if source == GIVEN:
                shutil.copytree(source, folder)
            else:
                write(tool, source, folder, None)
            wrong += compare(tool, folder, count, chance)
            for _ in range(ROUNDS_OF_GIVEN if source == GIVEN else 1):
                wrong += [f"scrambled: {each}" for each in compare(tool, folder, count, chance)]
    print(", ".join(f"{key} {value}" for key, value in count.items()))
    if count["fields"] < 5 * count["functions"]:
        wrong.append("hardly anything was compared")
    return wrong


def main():
    if len(sys.argv) not in (2, 3) or sys.argv[2:] not in ([], ["--lspci"]):
        sys.exit(__doc__)
    if sys.argv[2:] and shutil.which("lspci") is None:
        print("skipped: lspci is not installed (package pciutils)")
        sys.exit(SKIPPED)
    folder = os.environ.get("RESET_GUARD_DUMPS")
    if folder is None or not pathlib.Path(folder).is_dir():
        if not sys.argv[2:]:
            print("skipped: RESET_GUARD_DUMPS names no folder of lspci -xxx dumps")
            sys.exit(SKIPPED)
        print("RESET_GUARD_DUMPS names no folder of lspci -xxx dumps: the given functions alone")
        folder = os.devnull
    check = same_as_lspci if sys.argv[2:] else no_verified_reset
    wrong = check(sys.argv[1], sorted(pathlib.Path(folder).glob("*.txt")))
    for line in wrong:
        print(line)
    if wrong:
        sys.exit(1)


if __name__ == "__main__":
    main()
