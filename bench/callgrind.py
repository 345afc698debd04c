"""Instructions per operation, from bench_counts under valgrind's callgrind."""

import dataclasses
import pathlib
import re
import subprocess
import tempfile


@dataclasses.dataclass
class Counts:
    compiler: str
    cases: dict  # {case: {variant: instructions of one operation, those of the harness included}}
    harness: int  # of these, the loop's and the call's
    bytes: dict  # {variant: bytes per device}


def run(program):
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "callgrind.out"
        # Each thread by itself: the idle one may still be on its way to where it waits.
        command = ["valgrind", "--tool=callgrind", "--combine-dumps=yes", "--separate-threads=yes",
                   f"--callgrind-out-file={out}", str(program)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(command)}: exit status {done.returncode}\n{done.stderr}")
        cases = per_operation(totals(out.read_text()))
    return Counts(
        compiler=re.search(r"^compiler (.+)$", done.stdout, re.MULTILINE)[1].strip(),
        harness=cases.pop("harness")["nothing"],
        cases=cases,
        bytes={name: int(number) for name, number in re.findall(r"^bytes (\S+) (\d+)$", done.stdout, re.MULTILINE)},
    )


def totals(text):
    """{(case, variant): {number of operations: instructions}}, from the main thread's parts of the dump, each of which
    is labelled 'case/variant/operations'."""
    found = {}
    for part in text.split("\npart: ")[1:]:
        label = re.search(r"^desc: Trigger: Client Request: (\S+)/(\S+)/(\d+)$", part, re.MULTILINE)
        if label and re.search(r"^thread: 1$", part, re.MULTILINE):
            # Not 'totals', which is the sum over the functions: some of it may be left from the part before.
            total = int(re.search(r"^summary: (\d+)$", part, re.MULTILINE)[1])
            found.setdefault((label[1], label[2]), {})[int(label[3])] = total
    return found


def per_operation(found):
    counts = {}
    for (case, variant), by_times in found.items():
        (few, cost_of_few), (many, cost_of_many) = sorted(by_times.items())
        each = (cost_of_many - cost_of_few) / (many - few)
        counts.setdefault(case, {})[variant] = int(each) if each.is_integer() else round(each, 2)
    return counts
