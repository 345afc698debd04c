#!/usr/bin/env python3
"""Checks the preconditions, and writes their page. Prints what is wrong, and then ends with 1.

preconditions.py check FILE COMPILER...    FILE (or 'all') is enforced as its head says; COMPILER may have options
preconditions.py page [--check|--update]   the page, made from the files: printed, compared, or put in its place

A file's name begins with its topic (TOPICS). Its head:
  // RULE: one sentence
  // FROM: C++20, if no earlier standard enforces it; without this line it is compiled as C++17
  // ENFORCED: compile, run (a call returns an error), trap or not
  // ENFORCED clang: the same for clang, whose analysis is on, if it differs
  // OK PRINTS: all that the program prints if OK is defined; nothing, without this line
  // SAYS: what reports a broken rule: to be found in what the compiler says about its first error, or all that the
  //   program prints; 'SAYS g++' and 'SAYS clang' are for these instead; 'SAYS clang 19' is to be found as well, from that
  //   version on; without it ('not' alone) the program is compiled and not run
  // WHY: the reason, and what goes wrong otherwise
Below it, once: '#ifdef OK', the good example, '#else', the bad one, '#endif'.
"""

import difflib
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import textwrap

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PAGE = ROOT / "docs" / "preconditions.md"
DEVICE = HERE / "device.hpp"
BEGIN = "<!-- begin: written by tests/preconditions/preconditions.py -->\n"
END = "<!-- end -->\n"

MOST_LINES = 10  # of an example
FLAGS = ["-Wall", "-Wextra", "-Wpedantic", f"-I{ROOT / 'include'}", f"-I{HERE}"]

# What a file's name begins with, in the order of the page.
TOPICS = {
    "device": "The device and its hooks",
    "result": "Results and errors",
    "step": "Steps and evidence",
    "handler": "Handlers",
    "scope": "Scopes",
    "failure": "Failures in a reset",
    "quarantine": "Quarantine",
    "poll": "Waiting",
    "chain": "Chains of methods",
    "table": "Tables of handlers",
    "program": "The program",
}
LEVELS = ["compile", "run", "trap", "not"]
KEYS = r"RULE|FROM|ENFORCED(?: clang)?|OK PRINTS|SAYS(?: (?:g\+\+|clang)(?: \d+)?)?|WHY"


class Rule:
    def __init__(self, path):
        self.path = path
        text = path.read_text(encoding="utf-8")
        self.head = {}
        key = None
        for line in text.splitlines():
            if not line.startswith("//"):
                break
            if entry := re.fullmatch(rf"// ({KEYS}): (.+)", line):
                key = entry[1]
                if key in self.head:
                    sys.exit(f"{path.name}: two '{key}'")
                self.head[key] = entry[2]
            elif key is None:
                sys.exit(f"{path.name}: does not begin with '// RULE: '")
            else:
                self.head[key] += " " + line.removeprefix("//").strip()
        parts = re.findall(r"^#ifdef OK\n(.+?)^#else\n(.+?)^#endif\n", text, re.MULTILINE | re.DOTALL)
        self.topic = path.stem.split("_")[0]
        if problem := self.problem(text, parts):
            sys.exit(f"{path.name}: {problem}")
        self.good, self.bad = (textwrap.dedent(part).strip("\n") for part in parts[0])

    def problem(self, text, parts):
        if missing := {"RULE", "ENFORCED", "WHY"} - self.head.keys():
            return f"has no '{min(missing)}'"
        if self.topic not in TOPICS:
            return f"'{self.topic}' is no topic"
        for family in ("g++", "clang"):
            level = self.level(family)
            if level not in LEVELS:
                return f"ENFORCED is one of {', '.join(LEVELS)}, not '{level}'"
            if level != "not" and not self.says(family, 0):
                return f"does not say what {family} says"
        if len(parts) != 1 or text.count("#ifdef") != 1 or text.count("#else") != 1:
            return "has not one place with '#ifdef OK', '#else' and '#endif'"
        for part in parts[0]:
            if part.count("\n") > MOST_LINES:
                return f"an example has more than {MOST_LINES} lines"
        return None

    def level(self, family):
        return self.head.get(f"ENFORCED {family}", self.head["ENFORCED"])

    def says(self, family, version):
        """The text for all compilers, or else for this family; and what its newer versions add."""
        base = [self.head[key] for key in (f"SAYS {family}", "SAYS") if key in self.head]
        added = [key for key in self.head if key.startswith(f"SAYS {family} ") and int(key.split()[-1]) <= version]
        return [*base[:1], *(self.head[key] for key in added)]

    def order(self):
        return list(TOPICS).index(self.topic), LEVELS.index(self.head["ENFORCED"]), self.path.name


def all_rules():
    rules = sorted((Rule(path) for path in HERE.glob("*.cpp")), key=Rule.order)
    anchors = [anchor(heading(rule)) for rule in rules]
    if twice := {name for name in anchors if anchors.count(name) > 1}:
        sys.exit(f"two rules have the heading {min(twice)}")
    return rules


# --- check ------------------------------------------------------------------------------------------------------------


def run(*command):
    def no_core():
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    # A program that dies is expected here.
    return subprocess.run(command, capture_output=True, text=True, timeout=100, check=False, preexec_fn=no_core)


def identify(compiler):
    """'g++' or 'clang', and its version."""
    macros = run(*compiler, "-dM", "-E", "-x", "c++", os.devnull).stdout
    for family, macro in (("clang", "__clang_major__"), ("g++", "__GNUC__")):
        if found := re.search(rf"#define {macro} (\d+)", macros):
            return family, int(found[1])
    sys.exit(f"{compiler[0]}: neither g++ nor clang")


def first_error(built):
    """With what is said about it."""
    messages = re.split(r"^(?=.*error: )", built.stderr, maxsplit=2, flags=re.MULTILINE)
    return messages[1] if len(messages) > 1 else ""


def good_problem(rule, built, ran):
    if built.returncode != 0:
        return f"the good example does not compile\n{built.stderr}"
    if ran.returncode != 0:
        return f"the good example ends with {ran.returncode}\n{ran.stdout}{ran.stderr}"
    if ran.stdout.strip() != rule.head.get("OK PRINTS", ""):
        return f"the good example prints '{ran.stdout.strip()}'"
    return None


def bad_problem(level, says, built, ran):
    if level == "compile":
        if built.returncode == 0:
            return "the bad example compiles"
        if missing := [text for text in says if text not in first_error(built)]:
            return f"the compiler does not say '{missing[0]}', but\n{first_error(built)}"
        return None
    if built.returncode != 0:
        return f"the bad example does not compile\n{built.stderr}"
    if not says:
        return None
    if ran.stdout.strip() != says[0]:
        return f"the bad example prints '{ran.stdout.strip()}', not '{says[0]}'"
    if level == "trap" and ran.returncode >= 0:
        return f"the bad example is not stopped, and ends with {ran.returncode}"
    if level != "trap" and ran.returncode != 0:
        return f"the bad example ends with {ran.returncode}\n{ran.stderr}"
    return None


def check_rule(rule, compiler, folder):
    family, version = identify(compiler)
    flags = ["-std=" + rule.head.get("FROM", "C++17").lower(), *FLAGS]
    if family == "clang":
        flags.append("-Wconsumed")
    level = rule.level(family)
    says = rule.says(family, version)
    program = str(pathlib.Path(folder, rule.path.stem))

    built = run(*compiler, *flags, "-Werror", "-DOK", str(rule.path), "-o", program)
    if problem := good_problem(rule, built, built.returncode == 0 and run(program)):
        return problem
    # What must not compile is refused without that option.
    warnings = [] if level == "compile" else ["-Werror"]
    built = run(*compiler, *flags, *warnings, str(rule.path), "-o", program)
    runs = built.returncode == 0 and says and level != "compile"
    if problem := bad_problem(level, says, built, runs and run(program)):
        return problem
    if runs and says[0] == rule.head.get("OK PRINTS"):
        return "both examples print the same"
    return None


def check(file, *compiler):
    rules = all_rules() if file == "all" else [Rule(pathlib.Path(file))]
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        for rule in rules:
            if problem := check_rule(rule, compiler, folder):
                problems.append(f"{rule.path.name}: {problem}")
    if problems:
        sys.exit("\n".join(problems))


# --- page -------------------------------------------------------------------------------------------------------------


def heading(rule):
    return rule.head["RULE"].removesuffix(".")


def anchor(text):
    """As GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")


def enforced(rule):
    level, clang = rule.head["ENFORCED"], rule.level("clang")
    since = f" from {rule.head['FROM']} on" if "FROM" in rule.head else ""
    return f"**{level}**{since}" if level == clang else f"**{level}**{since}; with clang's analysis **{clang}**"


def answers(rule):
    """What becomes of the two examples, a line each."""
    says = {key: f"`{text}`" for key, text in rule.head.items() if key.startswith("SAYS")}
    lines = []
    if rule.head["ENFORCED"] != "compile":
        printed = says.pop("SAYS", None)
        if "OK PRINTS" in rule.head:
            lines.append(f"OK prints `{rule.head['OK PRINTS']}`.")
        if printed is None:
            lines.append("ERROR compiles. It is not run.")
        else:
            end = ", and is stopped." if rule.head["ENFORCED"] == "trap" else "."
            lines.append(f"ERROR prints {printed}{end}")
        return lines + [f"With clang's analysis ERROR does not compile: {text}." for text in says.values()]
    for key, text in says.items():
        who = {"SAYS": "The compiler says", "SAYS g++": "g++ says", "SAYS clang": "clang says"}
        lines.append(f"{who.get(key) or key.removeprefix('SAYS ') + ' and later add'}: {text}.")
    return lines


def section(rule):
    lines = [f"### {heading(rule)}", "", *textwrap.wrap(rule.head["WHY"], 120, break_on_hyphens=False), ""]
    source = f"[{rule.path.name}](../tests/preconditions/{rule.path.name})"
    lines += [f"Enforced: {enforced(rule)}. Source: {source}.", ""]
    for name, example in (("OK", rule.good), ("ERROR", rule.bad)):
        lines += [f"```cpp\n// {name}\n{example}\n```", ""]
    return [*lines, *(f"- {line}" for line in answers(rule)), ""]


def count(rules):
    numbers = [sum(rule.head["ENFORCED"] == level for rule in rules) for level in LEVELS]
    texts = [f"{number} {level}" for number, level in zip(numbers, LEVELS)]
    by_clang = sum(rule.level("clang") != rule.head["ENFORCED"] for rule in rules)
    return f"{len(rules)} rules: {', '.join(texts)}. Clang's analysis refuses {by_clang} more when they are compiled."


def drawing():
    rules = all_rules()
    lines = [count(rules), "", "| rule | enforced |", "|---|---|"]
    for topic, title in TOPICS.items():
        lines.append(f"| **{title}** | |")
        for rule in rules:
            if rule.topic == topic:
                lines.append(f"| [{heading(rule)}](#{anchor(heading(rule))}) | {enforced(rule)} |")
    device = re.search(r"// \[device\]\n(.*)// \[device\]\n", DEVICE.read_text(encoding="utf-8"), re.DOTALL)
    lines += ["", "## The device of the examples", "", "```cpp", device[1].strip("\n"), "```", ""]
    lines += ["`show(device, answer)` prints the answer's code, or that it is verified, and whether DMA goes through;"]
    lines += ["`error_of(answer)` is its error. `reset_once(device)` resets any device, by the step `Works`.", ""]
    for topic, title in TOPICS.items():
        lines += [f"## {title}", ""]
        for rule in rules:
            if rule.topic == topic:
                lines += section(rule)
    return "\n".join(lines).rstrip("\n") + "\n"


def page(option=None):
    drawn = drawing()
    if option is None:
        print(drawn, end="")
        return
    old = PAGE.read_text(encoding="utf-8")
    before, begin, rest = old.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        sys.exit(f"{PAGE}: has no markers:\n{BEGIN}{END}")
    new = before + begin + drawn + end + after
    if option == "--update":
        PAGE.write_text(new, encoding="utf-8")
    elif old != new:
        lines = difflib.unified_diff(old.splitlines(), new.splitlines(), "the page", "its programs", lineterm="")
        sys.exit("\n".join(lines) + f"\n{PAGE.name} is stale: tests/preconditions/preconditions.py page --update")


def main():
    os.environ["LC_ALL"] = "C"  # the compiler's quotes
    if len(sys.argv) >= 4 and sys.argv[1] == "check":
        check(*sys.argv[2:])
    elif sys.argv[1:] in (["page"], ["page", "--check"], ["page", "--update"]):
        page(*sys.argv[2:])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
