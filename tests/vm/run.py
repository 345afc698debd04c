#!/usr/bin/env python3
"""Runs reset_tool in QEMU guests that have real PCI functions, and judges what it did.

run.py [GUEST...] [OPTION...]    --help says more

Prints a line for each step: 'ok  NAME', or 'FAILED NAME: expected ..., got ...'. The processor is emulated: no KVM, and
nothing of this machine's PCI is touched.

Exit status: 0 each step is as expected, 1 one is not, or a guest did not end in time, 2 the command line is wrong,
77 what a guest is made of cannot be had: the line says what.
"""

import argparse
import collections
import itertools
import json
import lzma
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
BUILD = HERE.parent.parent / "build"
SKIPPED = 77
LIMIT = 100  # seconds for a guest, from its start to its power-off
KERNEL = re.compile(r"linux-image-6\.12\.\S*-cloud-amd64")
PROGRAMS = {"qemu-system-x86_64": "qemu-system-x86", "busybox": "busybox-static"}
MODULES = ["vfio-pci", "vfio_iommu_type1"]


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


# --- the parts of a guest ---------------------------------------------------------------------------------------------

def apt(*command, cwd=None):
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run([command[0], "-qq", "-o", "DPkg::Lock::Timeout=300", *command[1:]], cwd=cwd, env=environment,
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)


def get_programs():
    missing = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    if not missing:
        return
    wanted = f"apt-get install --no-install-recommends {' '.join(missing)}"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        skip(f"{' and '.join(missing)} not installed: {wanted}")
    apt("apt-get", "update")
    done = apt("apt-get", "install", "--yes", "--no-install-recommends", *missing)
    if done.returncode != 0:
        skip(f"{wanted}: {done.stderr.strip().splitlines()[-1]}")


def get_kernel(cache):
    """The folder of a kernel's package, unpacked. It is not installed."""
    for attempt in range(2):
        found = sorted(cache.glob("*/boot/vmlinuz-*"))
        if found:
            return found[-1].parent.parent
        if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
            skip("the guests' kernel comes from apt-get, and there is none")
        if attempt == 0 and os.geteuid() == 0:
            apt("apt-get", "update")
        names = subprocess.run(["apt-cache", "pkgnames", "linux-image-6.12"], capture_output=True, text=True,
                               check=False).stdout.split()
        names = [name for name in names if KERNEL.fullmatch(name)]
        if not names:
            skip("apt-cache knows no package linux-image-6.12*-cloud-amd64: run apt-get update, on Debian 12 or 13")
        name = max(names, key=lambda each: [int(number) for number in re.findall(r"\d+", each)])
        cache.mkdir(parents=True, exist_ok=True)
        done = apt("apt-get", "download", name, cwd=cache)
        packages = list(cache.glob(f"{name}_*.deb"))
        if done.returncode != 0 or not packages:
            skip(f"apt-get download {name}: {' '.join(done.stderr.split())}")
        # Under another name until it is complete: another run may look for it.
        unpacked = pathlib.Path(tempfile.mkdtemp(dir=cache, prefix=".unpacked-"))
        subprocess.run(["dpkg-deb", "-x", packages[0], unpacked], check=True)
        packages[0].unlink()
        unpacked.chmod(0o755)
        try:
            unpacked.rename(cache / name)
        except OSError:  # the other run was faster
            shutil.rmtree(unpacked)
    return None


def module_files(kernel, names):
    """The modules and those that they need, in the order in which they are loaded: name to its bytes."""
    files = {path.name.split(".")[0].replace("-", "_"): path for path in kernel.glob("**/kernel/**/*.ko*")}
    loaded = {}

    def load(name):
        name = name.replace("-", "_")
        if name in loaded:
            return
        path = files.get(name)
        if path is None:  # built into the kernel
            return
        data = path.read_bytes()
        if path.suffix == ".xz":
            data = lzma.decompress(data)
        needs = re.search(rb"\0depends=([^\0]*)\0", data)
        for need in needs[1].decode().split(",") if needs else []:
            if need:
                load(need)
        loaded[name] = data

    for name in names:
        load(name)
    return loaded


def archive(files):
    """An initramfs: a cpio archive in the format 'newc' of {path: (mode, bytes)}."""
    out = bytearray()
    entries = [*files.items(), ("TRAILER!!!", (0, b""))]
    for number, (name, (mode, data)) in enumerate(entries, 1):
        fields = (number, mode, 0, 0, 1, 0, len(data), 0, 0, 5 if name == "dev/console" else 0,
                  1 if name == "dev/console" else 0, len(name) + 1, 0)
        out += b"070701" + b"".join(b"%08X" % field for field in fields) + name.encode() + b"\0"
        out += bytes(-len(out) % 4) + data
        out += bytes(-len(out) % 4)
    return bytes(out)


def make_initramfs(kernel, programs, modules):
    directory, program, link, character = 0o040755, 0o100755, 0o120777, 0o020600
    files = {name: (directory, b"") for name in ("bin", "dev", "proc", "sys", "run", "tmp", "modules")}
    files["dev/console"] = (character, b"")
    files["bin/busybox"] = (program, pathlib.Path(shutil.which("busybox")).read_bytes())
    files["bin/sh"] = (link, b"busybox")
    files["init"] = (program, (HERE / "guest.sh").read_bytes())
    for path in programs:
        files[f"bin/{path.name.removesuffix('_static')}"] = (program, path.read_bytes())
    for number, (name, data) in enumerate(module_files(kernel, modules).items()):
        files[f"modules/{number:02}-{name}.ko"] = (program, data)
    return archive(files)


# --- the machines -----------------------------------------------------------------------------------------------------

def pci_machine():
    slots = itertools.count(1)

    def slot(*functions):
        number = next(slots)
        port = f"rp{number}"
        yield f"pcie-root-port,id={port},chassis={number},slot={number},x-speed=5"
        for each in functions:
            yield f"{each},bus={port}"

    virtio = "disable-legacy=on,iommu_platform=on"
    devices = [
        "edu", "nvme-subsys,id=subsystem",
        *slot("nvme,serial=1,subsys=subsystem,sriov_max_vfs=1,sriov_vq_flexible=2,sriov_vi_flexible=1"),
        *slot(f"virtio-net-pci,aer=on,{virtio}"),
        *slot(f"virtio-rng-pci,{virtio}"),
        *slot("e1000e,romfile="),
        *slot("qemu-xhci"),
        *slot(f"virtio-rng-pci,addr=0.0,multifunction=on,{virtio}", f"virtio-rng-pci,addr=0.1,{virtio}"),
        *slot("x3130-upstream,id=up"),
        "xio3130-downstream,bus=up,id=down0,chassis=20,slot=20", "nvme,serial=2,bus=down0",
        "xio3130-downstream,bus=up,id=down1,chassis=21,slot=21", "e1000e,romfile=,bus=down1",
    ]
    return ["-machine", "q35", "-m", "512", "-device", "intel-iommu,intremap=on,caching-mode=on"], devices


def cxl_machine():
    memory = [f"memory-backend-ram,id={name},size=256M" for name in ("mem0", "mem1", "mem2")]
    labels = [f"memory-backend-ram,id=lsa{number},size=256M" for number in range(3)]
    devices = [
        "pxb-cxl,bus_nr=52,bus=pcie.0,id=cxl.1",
        "cxl-rp,port=0,bus=cxl.1,id=rp0,chassis=0,slot=2", "cxl-type3,bus=rp0,memdev=mem0,lsa=lsa0,id=type3",
        "cxl-rp,port=1,bus=cxl.1,id=rp1,chassis=0,slot=3", "cxl-upstream,bus=rp1,id=up",
        "cxl-downstream,port=0,bus=up,id=down0,chassis=0,slot=4", "cxl-type3,bus=down0,memdev=mem1,lsa=lsa1,id=type3b",
        "cxl-downstream,port=1,bus=up,id=down1,chassis=0,slot=5", "cxl-type3,bus=down1,memdev=mem2,lsa=lsa2,id=type3c",
    ]
    options = ["-machine", "q35,cxl=on", "-m", "512M,maxmem=4G,slots=4"]
    for each in [*memory, *labels]:
        options += ["-object", each]
    return [*options, "-M", "cxl-fmw.0.targets.0=cxl.1,cxl-fmw.0.size=4G"], devices


MACHINES = {"pci": pci_machine, "cxl": cxl_machine}


def boot(guest, kernel, initramfs, results, console, shell):
    """Runs a guest to its end. Returns how long that took, or None if it did not end in time."""
    options, devices = MACHINES[guest]()
    command = ["qemu-system-x86_64", *options, "-accel", "tcg", "-cpu", "max", "-smp", "1", "-nographic", "-no-reboot",
               "-nodefaults"]
    for device in devices:
        command += ["-device", device]
    command += ["-serial", "stdio", "-serial", f"file:{results}", "-kernel", next(kernel.glob("boot/vmlinuz-*")),
                "-initrd", initramfs, "-append",
                "console=ttyS0 panic=-1 intel_iommu=on iomem=relaxed quiet tsc=reliable guest=" + guest
                + (" shell" if shell else "")]
    start = time.monotonic()
    if shell:
        subprocess.run(command, check=False)
        return time.monotonic() - start
    with console.open("wb") as log:
        try:
            subprocess.run(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, timeout=LIMIT, check=False)
        except subprocess.TimeoutExpired:
            return None
    return time.monotonic() - start


# --- what is expected -------------------------------------------------------------------------------------------------

# Of the machines above, as their firmware and Linux number them: each function that can be reset.
FUNCTIONS = {
    "pci": {
        "0000:01:00.0": "NVMe", "0000:01:00.1": "NVMe virtual function", "0000:02:00.0": "virtio-net",
        "0000:03:00.0": "virtio-rng", "0000:04:00.0": "e1000e", "0000:05:00.0": "xHCI",
        "0000:06:00.0": "virtio-rng, first of two", "0000:06:00.1": "virtio-rng, second of two",
        "0000:07:00.0": "upstream port", "0000:08:00.0": "downstream port", "0000:08:01.0": "downstream port",
        "0000:09:00.0": "NVMe below a switch", "0000:0a:00.0": "e1000e below a switch",
    },
    "cxl": {
        "0000:35:00.0": "CXL memory", "0000:36:00.0": "CXL upstream port", "0000:37:00.0": "CXL downstream port",
        "0000:37:01.0": "CXL downstream port", "0000:38:00.0": "CXL memory below a switch",
        "0000:39:00.0": "CXL memory below a switch",
    },
}

# What differs, and why: (the step, what was found that was not expected, the reason). Each is a pattern of the whole.
KNOWN = [
    (r"methods 0000:3[67]:.*", r"Linux also offers bus, cxl_bus",
     "Linux's probe ends at the masked CXL port above; that this is a port is seen in the reset, and refused"),
    (r"compare \S+ pm", r"the function was not reset",
     "QEMU before 9 resets nothing between D3hot and D0, and leaves No_Soft_Reset clear"),
    (r"compare 0000:01:00.0 \S+", r"SR-IOV Control: before (\w+), real \1, simulated 0000",
     "QEMU 7 keeps this register in a reset; the specification has it cleared (SR-IOV 1.1, section 2.2.2)"),
    (r"compare 0000:01:00.1 flr", r"(Command|Cache Line Size): before (?!0000)\w+, real 0000, simulated \w+",
     "QEMU's virtual functions have bits here that the specification has hardwired (SR-IOV 1.1, section 3.4.1)"),
    (r"compare 0000:0[4a]:00.0 bus", r"PMCSR: before 0100, real 0100, simulated 0000",
     "QEMU's e1000e keeps PME_En in a reset"),
    (r"compare 0000:3\S+ bus", r"the mask: \d+ words were reset",
     "QEMU's CXL ports do not look at Unmask SBR: only software does"),
    (r"(kernel|tool) .*", r"(?:port )?\S+ (\w{4})[04]000 becomes \1[15]000",
     "Slot Status, Command Completed: Slot Control was written"),
    (r"tool 0000:05:00.0 bus vfio", r"004 07011000 becomes 03011000",
     "Linux switches bus mastering off when vfio-pci's file is closed"),
    (r"tool 0000:0a:00.0 pm vfio", r"port 004 03011000 becomes 07011000",
     "Linux switches the port's bus mastering on when a function below is enabled"),
    (r"tool a physical function, --force", r"130 01000000 becomes 00000000",
     "NumVFs: no virtual function is enabled, and Linux writes it anew before it enables any"),
]


CHANGE = re.compile(r"([-+])((?:port )?\w{3}) (\w{8})")


def read_sections(text):
    """The lines of each step, in the guest's order."""
    sections, lines = {}, []
    for line in text.replace("\r", "").splitlines():
        if line.startswith("STEP "):
            lines = sections.setdefault(line[5:], [])
        else:
            lines.append(line)
    return sections


class Judge:
    def __init__(self, guest, text):
        self.guest, self.sections = guest, read_sections(text)
        self.steps = self.failed = 0
        self.known = collections.Counter()

    def lines(self, name):
        return self.sections.get(name) or ["nothing"]

    def step(self, name, found, subject=""):
        """`found`: what is not as expected, each as (expected, got). An empty list: all is."""
        self.steps += 1
        reasons = set()
        for expected, got in found:
            known = {reason for step, line, reason in KNOWN if re.fullmatch(step, name) and re.fullmatch(line, got)}
            if not known:
                self.failed += 1
                print(f"FAILED {self.guest}: {name}: expected {expected}, got {got}", flush=True)
                return
            reasons |= known
        self.known.update(reasons)
        remarks = [*([subject] if subject else []), *(["a known difference"] if reasons else [])]
        print(f"ok  {self.guest}: {name}" + (f" ({'; '.join(remarks)})" if remarks else ""), flush=True)

    def print_known(self):
        for reason, count in self.known.items():
            print(f"known, in {count} step{'s' if count > 1 else ''} of {self.guest}: {reason}")


def words(methods):
    return ", ".join(methods) or "none"


def judge_methods(judge):
    """The methods that reset_tool lists are those in Linux's file reset_method.

    Returns, for each function, Linux's; and reset_tool's, without those that it is not sure of."""
    linux = {}
    for line in judge.lines("facts"):
        if match := re.fullmatch(r"function (\S+) ?(.*)", line):
            linux[match[1]] = match[2].split()
    try:
        listed = {each["address"]: each for each in json.loads("\n".join(judge.lines("list")))["functions"]}
    except ValueError:
        listed = {}
    working = {}
    for address in sorted(linux):
        mine = listed[address]["methods"] if address in listed else ["nothing"]
        theirs = linux[address]
        found = []
        if [method for method in theirs if method in mine] != mine:
            found = [(words(theirs), words(mine))]
        elif mine != theirs:
            found = [(words(theirs), f"Linux also offers {words(each for each in theirs if each not in mine)}")]
        judge.step(f"methods {address}", found, FUNCTIONS[judge.guest].get(address, ""))
        working[address] = [each for each in mine if each not in listed.get(address, {}).get("maybe", {})]
    return linux, working


def changes(lines):
    """The registers that a step has changed: 'OFFSET BEFORE becomes AFTER'."""
    values = {"-": {}, "+": {}}
    for line in lines:
        if match := CHANGE.fullmatch(line):
            values[match[1]][match[2]] = match[3]
    return [f"{at} {before} becomes {values['+'].get(at)}" for at, before in values["-"].items()]


def judge_kernel(judge, name, works):
    """Linux's own reset: it works by the methods that reset_tool is sure of, is refused by all others, and restores."""
    first, *rest = judge.lines(name)
    wanted = "status 0" if works else "status 1 sh: write error: Inappropriate ioctl for device"
    found = [] if first == wanted else [(wanted, first)]
    judge.step(name, found + [("no register changed", change) for change in changes(rest)], "" if works else "refused")


def judge_tool(judge, name, status, wanted, changed=None, took=(0, 60000)):
    """A run of reset_tool.

    `wanted`: a text that it prints, or fields of its JSON. `changed`: a pattern of a register's change; None: there is
    none.
    """
    first, *rest = judge.lines(name)
    match = re.fullmatch(r"status (\d+) ms (\d+)", first)
    if match is None:
        return judge.step(name, [("an exit status", first)])
    found = [] if int(match[1]) == status else [(f"exit status {status}", f"exit status {match[1]}")]
    output = [line for line in rest if not CHANGE.fullmatch(line)]
    if isinstance(wanted, str):
        if wanted and not any(wanted in line for line in output):
            found.append((f"'{wanted}'", " / ".join(output) or "nothing"))
    else:
        try:
            text = "\n".join(output)
            report = json.JSONDecoder().raw_decode(text[text.index("{"):])[0]
        except ValueError:
            report = {}
        report.update({f"error.{key}": value for key, value in (report.get("error") or {}).items()})
        found += [(f"{key} {value}", f"{key} {report.get(key, 'nothing')}")
                  for key, value in wanted.items() if report.get(key, "nothing") != value]
    if not took[0] <= int(match[2]) <= took[1]:
        found.append((f"{took[0]} to {took[1]} ms", f"{match[2]} ms"))
    if changed is None:
        found += [("no register changed", change) for change in changes(rest)]
    elif not any(re.search(changed, change) for change in changes(rest)):
        found.append((changed, ", ".join(changes(rest)) or "no register changed"))
    return judge.step(name, found, f"exit status {status}, {match[2]} ms")


VERIFIED = {"answer": "verified", "error": None, "fenced": False, "quarantined": False}
CLAIMED = {**VERIFIED, "answer": "claimed", "method": "kernel"}
UNSUPPORTED = {"answer": "unsupported", "error.code": "unsupported", "fenced": False, "quarantined": False}
FAILED = {"answer": "failed", "method": None, "fenced": True, "quarantined": True}

TOOL = [  # of the guest pci: arguments of judge_tool
    ("a driver is bound", 2, "its driver is nvme: write 0000:01:00.0 to /sys/bus/pci/drivers/nvme/unbind"),
    ("a driver is bound, --force", 0, VERIFIED),
    ("a port", 2, "it is a bridge"),
    ("no such function", 2, "there is no such function"),
    ("a shared group", 2, "it shares its IOMMU group with 0000:06:00.1"),
    ("not bound to vfio-pci", 2, "it is not bound to vfio-pci: write vfio-pci to"),
    ("no flr", 3, UNSUPPORTED),
    ("no method", 3, UNSUPPORTED),
    ("dry run", 0, "method   flr"),
    ("a busy group", 2, "another program has its group open"),
    ("a physical function", 2, "its virtual functions are enabled, and end with its reset: write 0 to"),
    ("a physical function, --force", 0, VERIFIED),
    ("kernel by sysfs", 4, CLAIMED),
    ("kernel by vfio", 4, CLAIMED),
    ("kernel by vfio, no method", 1, {**FAILED, "error.code": "invalid", "error.native": 22}),
    ("the first method", 0, {**VERIFIED, "method": "flr"}),
    ("the handler of nvme_delay", 0, {**VERIFIED, "method": "device_specific", "as": "8086:0953"}, None, (350, 5000)),
    ("the handler of nvme_disable", 0, {**VERIFIED, "method": "device_specific", "as": "144d:a804"}),
    ("stopped by KILL", 137, ""),
    ("after KILL, dry run", 0, "It is quarantined, by an earlier reset: the process ended in mid-reset"),
    ("after KILL", 0, VERIFIED, "004 00001000 becomes 03011000"),
    ("stopped by TERM", 1, {**FAILED, "error.code": "abandoned"}),
    ("after TERM, dry run", 0, "It is quarantined, by an earlier reset: interrupted: abandoned"),
    ("after TERM", 0, VERIFIED, "004 00001000 becomes 03011000"),
    ("two at a time", 2, "another reset of it is under way"),
    ("back in time", 0, VERIFIED, None, (1500, 5000)),
    ("not back in time", 1, {**FAILED, "error.code": "timed_out"}, "000 361b1000 becomes ffffffff", (1000, 4000)),
    ("without power", 1, {**FAILED, "error.code": "timed_out"}),
    ("power again", 0, VERIFIED, "004 000[01]1000 becomes 03011000"),
]

FENCE = [  # what guest_steps prints of a controller behind VFIO's fence
    ("before", "QEMU NVMe Ctrl"), ("fenced", "nothing"), ("reset", "verified"), ("fence", "lifted"),
    ("after", "QEMU NVMe Ctrl"), ("reset without the memory", "failed, invalid"), ("fence", "up"),
    ("quarantined", "yes"), ("reset with it", "verified"), ("quarantined", "no"), ("after", "QEMU NVMe Ctrl"),
    ("reset beside another", "Resource temporarily unavailable"),
]


def judge_fence(judge):
    lines = judge.lines("fence")
    for at, (what, value) in enumerate(FENCE):
        got = lines[at] if at < len(lines) else "nothing"
        judge.step(f"fence {at + 1}: {what}: {value}", [] if got == f"{what}: {value}" else [(value, got)])
    faults = re.fullmatch(r"faults: (\d+)", lines[-1])
    judge.step("fence: Linux logs the DMA that the IOMMU stopped",
               [] if faults and int(faults[1]) > 0 else [("a fault", lines[-1])])


def judge_method(judge, address, method, works):
    """reset_tool's reset of a function by one method, behind each fence that there is."""
    name = f"{address} {method}"
    if f"compare {name}" in judge.sections:
        judge_compare(judge, f"compare {name}")
    status, wanted = 0, {**VERIFIED, "method": method}
    if not works:
        status, wanted = 3, UNSUPPORTED
    elif "changed 0" in judge.lines(f"compare {name}"):  # Linux calls that a success
        status, wanted = 1, {**FAILED, "error.where": "the function kept its state"}
    for via in ["sysfs", "vfio"] if judge.guest == "pci" else ["sysfs"]:
        fenced = "becomes 00051000" if status == 1 and via == "sysfs" else None
        judge_tool(judge, f"tool {name} {via}", status, {**wanted, "via": via}, fenced)


def judge_compare(judge, name):
    """What a reset by hand leaves in the registers is what the simulation says."""
    differs, changed, command = [], None, None
    for line in judge.lines(name):
        if match := re.fullmatch(r"differs (\S+) before (\S+) real (\S+) simulated (\S+) ?(.*)", line):
            differs.append(match.groups())
        elif match := re.fullmatch(r"changed (\d+)", line):
            changed = int(match[1])
        elif line.startswith("command "):
            command = line
    if changed is None or command is None:
        return judge.step(name, [("a comparison", judge.lines(name)[0])])
    if changed == 0:
        return judge.step(name, [("Command to be cleared", "the function was not reset")])
    if judge.guest == "cxl" and all(before == model for _, before, _, model, _ in differs):
        return judge.step(name, [("nothing to change", f"the mask: {len(differs)} words were reset")])
    return judge.step(name, [("no difference", f"{register or offset}: before {before}, real {real}, simulated {model}")
                             for offset, before, real, model, register in differs], command)


def judge_negative(judge, name):
    """A bit that starts no reset in this function: nothing changes."""
    values = [line.split()[1:] for line in judge.lines(name) if re.match(r"(command|bars) ", line)]
    kept = len(values) == 2 and all(before == after for before, after in values)
    judge.step(name, [] if kept else [("Command and BARs as before", " ".join(judge.lines(name)))], "nothing changes")


def judge_guest(judge):
    last = list(judge.sections or ["nothing"])[-1]
    judge.step("the script ran to its end", [] if "end" in judge.sections else [("its end", f"as far as '{last}'")])
    linux, working = judge_methods(judge)
    missing = [address for address in FUNCTIONS[judge.guest] if not linux.get(address)]
    judge.step("each function is there", [("reset methods", f"none of {address}") for address in missing])
    if judge.guest == "pci":
        judge_negative(judge, "raw 0000:04:00.0 flr")
        judge_negative(judge, "raw 0000:05:00.0 flr")
        for name, *expected in TOOL:
            judge_tool(judge, f"tool {name}", *expected)
        for signal in ("KILL", "TERM"):
            same = judge.lines(f"registers after {signal}")
            judge.step(f"registers after {signal}", [] if same == ["same"] else [("those before it", same[0])])
        judge_fence(judge)
    for address, what in FUNCTIONS[judge.guest].items():
        # Of the controller that had a virtual function on its bus: bus, once that is gone.
        later = [method for method in ("flr", "pm", "bus") if f"kernel {address} {method}" in judge.sections]
        for method in dict.fromkeys([*linux.get(address, []), *later]):
            works = method in working.get(address, []) or method not in linux.get(address, [])
            judge_kernel(judge, f"kernel {address} {method}", works)
            if "port" not in what:
                judge_method(judge, address, method, works)


def main():
    parser = argparse.ArgumentParser(usage="run.py [GUEST...] [OPTION...]", description=__doc__.split("\n\n")[0],
                                     epilog=__doc__[__doc__.index("Exit status"):])
    built = BUILD / "dev" / "tests" / "vm"
    parser.add_argument("guests", nargs="*", metavar="GUEST", help=f"{' or '.join(MACHINES)}; without one: each")
    parser.add_argument("--tool", type=pathlib.Path, default=built / "reset_tool_static", metavar="PROGRAM",
                        help="reset_tool, linked statically; without it: that of build/dev")
    parser.add_argument("--steps", type=pathlib.Path, default=built / "guest_steps", metavar="PROGRAM",
                        help="guest_steps, linked statically; without it: that of build/dev")
    parser.add_argument("--cache", type=pathlib.Path, default=BUILD / "vm", metavar="FOLDER",
                        help="where the kernel is kept; without it: build/vm")
    parser.add_argument("--keep", type=pathlib.Path, metavar="FOLDER", help="keep what the guests print in this folder")
    parser.add_argument("--shell", action="store_true", help="a shell in the guest instead of the steps")
    options = parser.parse_args()
    unknown = [guest for guest in options.guests if guest not in MACHINES]
    if unknown:
        parser.error(f"no such guest: {unknown[0]}; there are: {', '.join(MACHINES)}")
    for program in (options.tool, options.steps):
        if not program.is_file():
            parser.error(f"{program} is not built: cmake --build build/dev --target reset_tool_static guest_steps")
    get_programs()
    kernel = get_kernel(options.cache)
    steps = failed = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or pathlib.Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        initramfs = folder / "initramfs"
        initramfs.write_bytes(make_initramfs(kernel, [options.tool, options.steps], MODULES))
        for guest in options.guests or MACHINES:
            results, console = folder / f"{guest}.results", folder / f"{guest}.console"
            results.write_bytes(b"")
            took = boot(guest, kernel, initramfs, results, console, options.shell)
            if options.shell:
                continue
            judge = Judge(guest, results.read_text(errors="replace"))
            judge_guest(judge)
            judge.print_known()
            if judge.failed:
                print(f"the end of the console of {guest}:", *console.read_text(errors="replace").splitlines()[-10:],
                      sep="\n  ")
            print(f"{guest}: {judge.steps} steps, {judge.failed} failed, "
                  + (f"{took:.0f} s" if took is not None else f"ended after {LIMIT} s"), flush=True)
            steps, failed = steps + judge.steps, failed + judge.failed
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
