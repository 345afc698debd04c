#!/usr/bin/env python3
"""Checks the rules in this folder, and draws docs/rules.md from them.

A rule is a file <topic>_<rule>.cpp. Its head is a comment of keys, each on a line of its own; a line without a key goes
on with the text before it:

  // RULE: one sentence
  // WHY: the reason, and what goes wrong otherwise
  // ENFORCED: who reports a broken rule, separated by commas:
  //   by types           the code does not compile, in every mode
  //   by strict (WHAT)   it does not compile in strict mode. WHAT: nodiscard, must_use (gnu::warn_unused_result),
  //                      variable (an unused variable), typestate (clang's analysis). 'clang: WHAT' behind a
  //                      semicolon adds some for one compiler; 'clang-14: WHAT' (or nothing) says all for one version
  //                      or for clang-tidy
  //   at run time        a call returns an error, or the reset ends as failed
  //   by trap            the program stops
  //   by nobody
  //   'except LABEL' behind any of these: not for the bad lines with this label
  // LIMIT: why somebody does not see it: one sentence; needed where a bad line is accepted and does harm
  // MESSAGE: what the first error has to say; '...' stands for any text, ' | ' is between alternatives. 'MESSAGE g++',
  //   'MESSAGE clang': of these instead; 'MESSAGE clang 19': as well, from that version on
  // PRINTS: what the bad program prints; 'PRINTS status': of one kind (FOR EACH)
  // GOOD PRINTS: what the good one prints
  // FOR EACH: reset, step, status: the case is compiled for each kind of result (KINDS); a case that is not: as written
  // STANDARD: C++20, if C++17 is not enough
  // FLAGS: options with which the programs are compiled

Each case begins with '// CASE: what it is'; behind that it may have keys that replace the head's. A file without such a
line is one case. A case with a program has 'int main()', and if there are several in a file each is in a namespace.
What is bad, and what is good in its place:

  (void)attempt(nic);  // BAD label        a line, with the good one below it
  // GOOD: RESET_GUARD_CHECK(attempt(nic));

  #ifdef GOOD ... #else ... #endif         several lines
"""

import argparse
import concurrent.futures
import difflib
import json
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import textwrap
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PAGE = ROOT / "docs" / "rules.md"

KNOWN = ["g++-11", "g++-12", "clang++-14", "clang++-16", "clang++-19", "clang++-22"]
KNOWN += ["clang-tidy-14", "clang-tidy-19", "clang-tidy-22"]
REFERENCE = ["g++-12", "clang++-19", "clang-tidy-19"]  # these compile in every mode, and are quoted on the page

# What a file's name begins with, in the order of the page.
TOPICS = {
    "result": "Results",
    "error": "Errors",
    "device": "Devices and their hooks",
    "step": "Steps and evidence",
    "handler": "Handlers",
    "scope": "Scopes",
    "failure": "Failures in a reset",
    "quarantine": "Quarantine",
    "poll": "Waiting",
    "chain": "Chains of methods",
    "owner": "Several owners",
    "group": "Groups of devices",
    "table": "Tables of handlers",
    "hosted": "Other kinds of errors",
    "program": "The program",
    "false": "False alarms",
    "well": "Well-formed code",
}
KEYS = (r"RULE|WHY|ENFORCED|LIMIT|MESSAGE(?: (?:g\+\+|clang)(?: \d+)?)?|PRINTS(?: [a-z]+)?|GOOD PRINTS|FOR EACH"
        r"|STANDARD|FLAGS")
WORDS = {
    "nodiscard": r"ignoring (the )?(return|temporary)|should not be disregarded",
    "must_use": "warn_unused_result",
    "variable": "unused variable",
    "typestate": "while it is in the 'un(known|consumed)' state",
}
# 'FOR EACH': the case is written for a reset, and these replacements make the others of it.
KINDS = {
    "reset": [],
    "step": [
        ("Flr::run(scope.device())", "FirmwareAck::wait(scope)"),
        ("rg::Verdict<Flr>", "rg::Verdict<FirmwareAck>"),
    ],
    "status": [("Flr::run(scope.device())", "attempt(scope.device())"), ("rg::Verdict<Flr>", "rg::Status")],
}
TRY = re.compile(r"RESET_GUARD_TRY\(\[\[maybe_unused\]\] auto evidence, (.*)\);")  # of a status: RESET_GUARD_CHECK


class Wrong(Exception):
    """A file that is not as it should be, or a wrong call: one line for the user."""


# --- a file -----------------------------------------------------------------------------------------------------------


class Enforced:
    def __init__(self, text):
        self.types = self.nobody = False
        self.strict, self.run, self.trap = None, None, None  # run, trap: the labels that are excepted
        for part in re.split(r", (?![^(]*\))", text):
            level, _, excepted = part.partition(" except ")
            if strict := re.fullmatch(r"by strict \((.+)\)", part):
                self.strict = dict(self.one(item) for item in strict[1].split("; "))
            elif level in ("at run time", "by trap"):
                setattr(self, "run" if level == "at run time" else "trap", set(excepted.split()))
            elif part in ("by types", "by nobody"):
                setattr(self, part[3:], True)
            else:
                raise Wrong(f"'{part}' in ENFORCED is unknown: the beginning of rules.py explains it")

    @staticmethod
    def one(item):
        who, _, what = item.rpartition(": ")
        words = {}
        for word in [] if what == "nothing" else what.split(", "):
            word, _, excepted = word.partition(" except ")
            if word not in WORDS:
                raise Wrong(f"'{word}' in ENFORCED is none of {', '.join(WORDS)}")
            words[word] = set(excepted.split())
        return who, words

    def words(self, tool, label):
        """What a compiler is to say of a bad line in its strictest mode."""
        if self.types:
            return {"types"}
        strict = self.strict or {}
        exact = [f"{tool.family}-{tool.version}"]
        if tool.tidy:
            exact = [f"clang-tidy-{tool.version}", "clang-tidy"] + exact
        for name in exact:
            if name in strict:
                return {word for word, excepted in strict[name].items() if label not in excepted}
        both = {**strict.get("", {}), **strict.get(tool.family, {})}
        # clang-tidy is run for what g++ does not see: an unused variable is not among it.
        return {
            word for word, excepted in both.items() if label not in excepted and not (tool.tidy and word == "variable")
        }


class Pair:
    def __init__(self, label, bad, good, lines):
        self.label, self.bad, self.good, self.lines = label, bad, good, lines  # lines: those of all its text


class Case:
    def __init__(self, name, keys, first, lines):
        self.name, self.keys, self.first, self.lines = name, keys, first, lines
        self.pairs = list(self.find_pairs())
        text = "\n".join(lines)
        self.main = re.search(r"^int main\(\)", text, re.MULTILINE) is not None
        found = re.search(r"^namespace (\w+) \{$", text, re.MULTILINE)
        self.namespace = found[1] if found else None
        self.enforced = Enforced(keys.get("ENFORCED", "by nobody"))
        each = keys.get("FOR EACH", "as written")
        self.kinds = [""] if each == "as written" else each.split(", ")
        if wrong := set(self.kinds) - {"", *KINDS}:
            raise Wrong(f"'{min(wrong)}' in FOR EACH is none of {', '.join(KINDS)}")

    def find_pairs(self):
        block = None
        for at, line in enumerate(self.lines):
            if found := re.fullmatch(r"(.*?) *// BAD(?: ([a-z]+))?", line):
                good = re.fullmatch(r"( *)// GOOD: (.*)", self.lines[at + 1] if at + 1 < len(self.lines) else "")
                if not good:
                    raise Wrong(f"line {self.first + at} has '// BAD', and no line '// GOOD: ...' below it")
                yield Pair(found[2] or "", [found[1]], [good[1] + good[2]], range(at, at + 2))
            elif line == "#ifdef GOOD":
                block = [at]
            elif block and line == "#else" or line == "#endif" and block and len(block) == 2:
                block.append(at)
                if line == "#endif":
                    start, middle, end = block
                    lines = range(start, end + 1)
                    yield Pair("", self.lines[middle + 1 : end], self.lines[start + 1 : middle], lines)
                    block = None
        if block:
            raise Wrong(f"line {self.first + block[0]} has '#ifdef GOOD' without '#else' and '#endif' behind it")

    def prints(self, kind=""):
        return self.keys.get(f"PRINTS {kind}", self.keys.get("PRINTS"))

    def messages(self, family, version):
        """Each has to be in the first error; none: the words' own."""
        found = [self.keys[key] for key in (f"MESSAGE {family}", "MESSAGE") if key in self.keys][:1]
        added = [key for key in self.keys if re.fullmatch(rf"MESSAGE {re.escape(family)} \d+", key)]
        return found + [self.keys[key] for key in added if int(key.split()[-1]) <= version]

    def only_when_it_runs(self):
        return not self.enforced.types and not self.enforced.strict and not self.enforced.nobody

    def group(self):
        """What is compiled together: an error of the types stops the later analyses."""
        return self.enforced.types, self.keys.get("STANDARD", "C++17"), self.keys.get("FLAGS", "")

    def problem(self, false_alarm):
        e = self.enforced
        if e.types and not any(self.messages(family, 99) for family in ("g++",)):
            return "has no MESSAGE"
        if (e.run is not None or e.trap is not None) and (self.prints() is None or not self.main):
            return "has no program that PRINTS something"
        if e.nobody and (e.types or e.strict or e.run is not None or e.trap is not None):
            return "is enforced by nobody, and by somebody"
        if "LIMIT" not in self.keys and self.accepted() and not false_alarm:
            return "has no LIMIT, and somebody accepts a bad line: say why in one sentence"
        if self.prints() is not None and self.prints() == self.keys.get("GOOD PRINTS"):
            return "both programs print the same"
        return None

    def accepted(self):
        """Is there a bad line that g++ or clang takes in strict mode, and that goes unnoticed when the program runs?"""
        labels = {pair.label for pair in self.pairs} if self.kinds == [""] else set(self.kinds)
        for label in labels:
            seen = any(
                excepted is not None and label not in excepted for excepted in (self.enforced.run, self.enforced.trap)
            )
            if not seen and not all(self.enforced.words(tool, label) for tool in (Tool("g++-12"), Tool("clang++-19"))):
                return True
        return False


def read_keys(lines, first, allowed=KEYS):
    keys, key = {}, None
    for at, line in enumerate(lines):
        if entry := re.fullmatch(r"// ([A-Z][A-Z]+(?: [A-Za-z0-9+]+)*): (.+)", line):
            key = entry[1]
            if not re.fullmatch(allowed, key):
                raise Wrong(
                    f"line {first + at}: '{key}' is no key: {', '.join(re.findall('[A-Z]{3,}(?: [A-Z]+)?', allowed))}"
                )
            if key in keys:
                raise Wrong(f"line {first + at}: a second '{key}'")
            keys[key] = entry[2]
        elif key is None:
            raise Wrong(f"line {first + at}: a head begins with a key, '// RULE: ' or '// CASE: '")
        else:
            keys[key] += " " + line.removeprefix("//").strip()
    return keys


def comment_block(lines, start):
    end = start
    while end < len(lines) and lines[end].startswith("//"):
        end += 1
    return end


class Rule:
    def __init__(self, path):
        self.path, self.stem = path, path.stem
        try:
            self.read(path.read_text(encoding="utf-8").splitlines())
        except Wrong as wrong:
            raise Wrong(f"{path.name}: {wrong}") from None

    def read(self, lines):
        end = comment_block(lines, 0)
        self.keys = read_keys(lines[:end], 1)
        starts = [at for at, line in enumerate(lines) if line.startswith("// CASE: ")]
        self.shared = lines[: starts[0]] if starts else []
        self.cases = []
        inherited = {key: text for key, text in self.keys.items() if key not in ("RULE", "WHY")}
        for start, stop in zip(starts, starts[1:] + [len(lines)]):
            name_end = comment_block(lines, start)
            own = read_keys(lines[start:name_end], start + 1, "CASE|" + KEYS)
            name = own.pop("CASE")
            if any(key.startswith("MESSAGE") for key in own):
                kept = {key: text for key, text in inherited.items() if not key.startswith("MESSAGE")}
            else:
                kept = inherited
            if own.get("FOR EACH") == "as written":  # then its program is another one
                kept = {key: text for key, text in kept.items() if not key.startswith("PRINTS")}
            try:
                self.cases.append(Case(name, {**kept, **own}, start + 1, lines[start:stop]))
            except Wrong as wrong:
                raise Wrong(f"case '{name}': {wrong}") from None
        if not starts:
            self.cases = [Case("", inherited, 1, lines)]
        self.topic = self.stem.split("_")[0]
        self.validate()

    def validate(self):
        if self.topic not in TOPICS:
            raise Wrong(f"the name has to begin with one of {', '.join(TOPICS)}")
        well_formed = self.topic == "well"
        for key in ("RULE", "WHY") if well_formed else ("RULE", "WHY", "ENFORCED"):
            if key not in self.keys:
                raise Wrong(f"has no '// {key}: '")
        if not self.keys["RULE"].endswith("."):
            raise Wrong("RULE is no sentence: it does not end with a full stop")
        for case in self.cases:
            where = f"case '{case.name}': " if case.name else ""
            if well_formed == bool(case.pairs):
                raise Wrong(where + ("is well-formed, and has a bad line" if well_formed else "has no bad line"))
            if not well_formed and (problem := case.problem(self.topic == "false")):
                raise Wrong(where + problem)
        for cases in self.groups().values():
            mains = [case for case in cases if case.main]
            if len(mains) > 1 and not all(case.namespace for case in mains):
                raise Wrong("several cases have a program: put each case into a namespace")

    def groups(self):
        found = {}
        for case in self.cases:
            found.setdefault(case.group(), []).append(case)
        return found

    def bad_lines(self):
        return sum(len(case.pairs) * len(case.kinds) for case in self.cases)


def all_rules():
    order = list(TOPICS)
    rules = sorted(map(Rule, HERE.glob("*_*.cpp")), key=lambda rule: (order.index(rule.topic), rule.stem))
    sentences = [rule.keys["RULE"] for rule in rules]
    if twice := [sentence for sentence in sentences if sentences.count(sentence) > 1]:
        raise Wrong(f"two rules say '{twice[0]}'")
    return rules


class Copy:
    """The text that is compiled: some of a file's cases, with the bad lines or with the good ones. The others are
    blank, so that a message's line is a line of the file, but for the kinds of FOR EACH, which are at the end."""

    def __init__(self, rule, cases, good):
        self.lines = list(rule.shared)
        self.owner = {}  # line number: case, kind, pair or None
        self.pairs = []  # case, kind, pair, first line, last line
        self.programs = []  # case, kind, name of its main()
        for case in rule.cases:
            self.lines += [""] * (case.first - 1 - len(self.lines))
            if case in cases:
                self.add(case, case.kinds[0], good)
        for case in cases:
            for kind in case.kinds[1:]:
                self.add(case, kind, good)

    def add(self, case, kind, good):
        text = list(case.lines)
        offset = len(self.lines)
        for pair in case.pairs:
            start, stop = pair.lines[0], pair.lines[-1]
            block = len(pair.lines) > 2
            if not block:
                text[start] = "" if good else case.lines[start]
                text[start + 1] = pair.good[0] if good else ""
                places = (start, start)
            else:
                middle = next(at for at in pair.lines if case.lines[at] == "#else")
                for at in [start, middle, stop, *(range(middle, stop) if good else range(start, middle))]:
                    text[at] = ""
                places = (middle + 1, stop - 1)
            self.pairs.append((case, kind, pair, offset + places[0] + 1, offset + places[1] + 1))
        if kind:
            text = [self.for_kind(line, kind, case.namespace) for line in text]
        for at in range(len(text)):
            self.owner[offset + at + 1] = (case, kind)
        self.lines += text
        if case.main:
            space = case.namespace and case.namespace + (f"_{kind}" if kind else "")
            self.programs.append((case, kind, space))

    @staticmethod
    def for_kind(line, kind, namespace):
        if namespace:
            line = re.sub(
                rf"\bnamespace {namespace}$|\bnamespace {namespace} \{{$",
                lambda m: m[0].replace(namespace, f"{namespace}_{kind}"),
                line,
            )
        for old, new in KINDS[kind]:
            line = line.replace(old, new)
        return TRY.sub(r"RESET_GUARD_CHECK(\1);", line) if kind == "status" else line

    def write(self, path, with_main):
        lines = list(self.lines)
        if with_main and any(space for _, _, space in self.programs):
            calls = [
                f"  if (*argv[1] - 'A' == {at}) return {space}::main();"
                for at, (_, _, space) in enumerate(self.programs)
            ]
            lines += ["int main(int, char** argv) {", *calls, "  return 77;", "}"]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path


# --- a compiler -------------------------------------------------------------------------------------------------------


class Tool:
    def __init__(self, command):
        self.command, self.name = command, pathlib.Path(command).name
        if found := re.fullmatch(r"(g\+\+|clang\+\+|clang-tidy)-(\d+)", self.name):
            family, self.version = found[1], int(found[2])
        else:
            family, self.version = self.ask()
        self.tidy = family == "clang-tidy"
        self.family = "g++" if family == "g++" else "clang"
        self.is_reference = self.name in REFERENCE

    def ask(self):
        if not shutil.which(self.command):
            raise Wrong(f"there is no compiler '{self.command}': give another one to --compiler")
        text = subprocess.run([self.command, "--version"], capture_output=True, text=True, check=False).stdout
        if not (version := re.search(r"(\d+)\.\d+\.\d+", text)):
            raise Wrong(f"'{self.command}' is neither g++ nor clang: give another one to --compiler")
        kind = "clang-tidy" if "clang-tidy" in self.name else "clang++" if "clang" in text else "g++"
        return kind, int(version[1])

    def modes(self, thorough):
        if self.tidy or not thorough:
            return ["strict"]
        return ["strict", "default", "system", "quiet"]

    def arguments(self, mode, include):
        strict = ["-DRESET_GUARD_STRICT", "-Werror=unused-variable"]
        if self.family == "clang":
            strict.append("-Wconsumed")
        place = ["-isystem" if mode == "system" else "-I", str(include)]
        common = [self.command, "-Wall", "-Wextra", "-Wpedantic", "-iquote", str(HERE)]
        if self.family == "clang":
            common += ["-fno-caret-diagnostics", "-fno-color-diagnostics", "-ferror-limit=0"]
        else:
            common += ["-fno-diagnostics-show-caret", "-fdiagnostics-color=never"]
        return common + place + ([] if mode == "default" else strict) + (["-w"] if mode == "quiet" else [])

    def tidy_arguments(self, source, include, options):
        check = "bugprone-unused-return-value"
        types = "^::reset_guard::(Result|Evidence|ResetScope|OwnedScope|Error)$"
        choices = {
            "CheckedReturnTypes": types,
            "CheckedFunctions": "::reset_guard_checks_no_function",
            "AllowCastToVoid": "false",
        }
        config = ", ".join(f"{{key: {check}.{key}, value: '{value}'}}" for key, value in choices.items())
        checks = f"-*,clang-diagnostic-consumed,clang-diagnostic-unused-result,clang-diagnostic-unused-value,{check}"
        command = [self.command, "-quiet", f"-checks={checks}", f"-config={{CheckOptions: [{config}]}}"]
        command += ["-warnings-as-errors=*", "-header-filter=.*", "-extra-arg=-Wconsumed", "-extra-arg=-ferror-limit=0"]
        # As reset_guard_enforce() calls it: beside g++.
        return [*command, str(source), "--", "g++", *options, "-iquote", str(HERE), "-I", str(include)]


class Runner:
    """Starts the compilers, and counts them."""

    def __init__(self, include):
        self.include, self.started, self.lock = include, 0, threading.Lock()

    def compile(self, tool, mode, source, group, *more):
        """The exit status, and what the compiler said. 'more' is for this compiler only; without it no code is made."""
        with self.lock:
            self.started += 1
        options = [f"-std={group[1].lower()}", *(group[2].split() if "-o" in more else [])]
        if tool.tidy:
            done = run(tool.tidy_arguments(source, self.include, options))
            return done.returncode, done.stdout
        # g++ looks at gnu::warn_unused_result when it makes code.
        look = ["-fsyntax-only"] if tool.family == "clang" or group[0] else ["-S", "-O0", "-o", os.devnull]
        if "-o" in more:
            look = []
        done = run([*tool.arguments(mode, self.include), *options, *look, *more, str(source)])
        return done.returncode, done.stdout + done.stderr


def run(command):
    def no_core():
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # some programs are expected to trap

    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, preexec_fn=no_core)
    except FileNotFoundError:
        raise Wrong(f"there is no '{command[0]}': install it, or give another one to --compiler") from None
    except subprocess.TimeoutExpired:
        raise Wrong(f"this does not end within two minutes: {' '.join(command)}") from None


class Message:
    def __init__(self, text, word, is_error):
        self.text, self.word, self.is_error = text, word, is_error
        self.notes, self.pair, self.line = "", None, None


def word_of(line, is_error):
    for pattern, word in (
        (r"consumed[],]", "typestate"),
        (r"warn_unused_result", "must_use"),
        (r"unused-(result|value)[],]", "nodiscard"),
        (r"unused-return-value", "again"),  # clang-tidy's own check, which mostly repeats the compiler
        (r"unused(-but-set)?-variable[],]", "variable"),
    ):
        if re.search(pattern, line):
            return word
    return "types" if is_error else "other"


def sort_messages(said, copy, file):
    """What was said of each pair: {pair: [messages]}, and the messages that belong to none.

    A message belongs to the bad line that it points to, or that one of the places named with it points to; else to the
    last one before it in the same case (the analysis points to the end of a block)."""
    number = re.compile(re.escape(file) + r":(\d+)")

    def lines_in(text):
        return [int(found) for found in number.findall(text)]

    def pair_at(line):
        return next((at for at, (*_, first, last) in enumerate(copy.pairs) if first <= line <= last), None)

    messages, pending, included, current = [], [], [], None
    for line in said.splitlines():
        if "In instantiation of" in line or "required from" in line:
            pending += lines_in(line)
        elif re.search(
            r"^In file included from|: At global scope:|: In [a-z ]*(function|constructor|destructor|lambda)", line
        ):
            pending = []
            included += lines_in(line)
        elif re.match(" +from ", line):
            included += lines_in(line)
        elif re.match(r"[^ ].*: (fatal error|error|warning): ", line):
            text = re.sub(r"^.*?: (fatal error|error|warning): ", "", line)
            is_error = not re.search(r": warning: ", line)
            current = Message(text, word_of(line, is_error), is_error)
            places = lines_in(re.split(": (?:error|warning): ", line)[0]) + pending[::-1]
            current.pair = next((pair_at(place) for place in places if pair_at(place) is not None), None)
            places += [place for place in included if place in copy.owner]
            current.line = places[0] if places else None
            pending, included = [], []
            messages.append(current)
        elif current is not None:
            current.notes += "\n" + line
            if ": note: " in line:
                for place in lines_in(line.split(": note: ")[0]):
                    if current.pair is None:
                        current.pair = pair_at(place)
                    if current.line is None:
                        current.line = place

    found, elsewhere, last = {}, [], None
    for message in messages:
        at = message.pair
        if at is None and message.line in copy.owner:
            owner = copy.owner[message.line]
            mine = [i for i, (case, kind, *_) in enumerate(copy.pairs) if (case, kind) == owner]
            before = [i for i in mine if copy.pairs[i][3] <= message.line]
            at = (before or mine[:1] or [None])[-1]
        if at is None and message.line is None:
            at = last  # one more of what was said before
        if at is None:
            elsewhere.append(message)
        else:
            last = at
            found.setdefault(at, []).append(message)
    return found, elsewhere


def answer(messages):
    """The words of the errors, or else those of the warnings; are they errors; the first message."""
    errors = [message for message in messages if message.is_error and message.word != "again"]
    if not errors and any(message.word == "again" for message in messages):
        first = next(message for message in messages if message.word == "again")
        return {"nodiscard"}, True, first
    chosen = [message for message in errors if message.word == "types"] or errors or messages
    return {message.word for message in chosen}, bool(errors), chosen[0] if chosen else None


def expected_answer(tool, mode, case, label):
    words = case.enforced.words(tool, label)
    if words == {"types"}:
        return words, True
    if mode == "quiet":
        return set(), False
    if mode == "default":  # the analysis is on in strict mode only
        words = words - {"typestate"}
    return words, mode != "default" and bool(words)


def says(pattern, text):
    return any(
        re.search(".*".join(map(re.escape, part.split("..."))), text, re.DOTALL) for part in pattern.split(" | ")
    )


# --- check ------------------------------------------------------------------------------------------------------------


class Check:
    def __init__(self, rule, tools, runner, quick, folder):
        self.rule, self.tools, self.runner, self.quick = rule, tools, runner, quick
        self.folder = pathlib.Path(folder, rule.stem)
        (self.folder / "good").mkdir(parents=True)
        self.problems, self.record = [], {}

    def problem(self, tool, mode, case, kind, text):
        what = ", ".join(filter(None, (case and case.name, kind)))
        self.problems.append(f"{self.rule.path.name}{f' ({what})' if what else ''}: {tool.name}, {mode}: {text}")

    def is_thorough(self, tool):
        return not self.quick and (tool.is_reference or not any(other.is_reference for other in self.tools))

    def all(self):
        for group, cases in self.rule.groups().items():
            bad = Copy(self.rule, cases, good=False)
            good = Copy(self.rule, cases, good=True)
            for tool in self.tools:
                if tool.tidy and group[0]:
                    continue  # it adds nothing to a compiler that refuses every line
                if bad.pairs:
                    self.refused(tool, group, bad)
                self.control(tool, group, good)
                self.runs(tool, group, bad)
        return self.problems

    def refused(self, tool, group, copy):
        source = copy.write(self.folder / self.rule.path.name, with_main=False)
        for mode in tool.modes(self.is_thorough(tool)):
            if mode == "quiet" and copy.programs and not group[0]:
                continue  # the program is compiled so, and run
            status, said = self.runner.compile(tool, mode, source, group)
            found, elsewhere = sort_messages(said, copy, str(source))
            for message in elsewhere:
                if message.is_error:
                    self.problem(tool, mode, None, "", f"an error where no bad line is: {message.text}")
            for at, (case, kind, pair, line, _) in enumerate(copy.pairs):
                self.compare(tool, mode, case, kind, pair, line, found.get(at, []))
            if status == 0 and any(message.is_error for messages in found.values() for message in messages):
                self.problem(tool, mode, None, "", "there are errors, and the exit status is 0")

    def compare(self, tool, mode, case, kind, pair, line, messages):
        label = kind or pair.label
        words, is_error, first = answer(messages)
        wanted, wants_error = expected_answer(tool, mode, case, label)
        number = case.first + pair.lines[0]
        if first and is_error and case.pairs[0] is pair and kind == case.kinds[0]:
            self.record.setdefault(f"{tool.name} {mode}", {})[case.name] = re.sub(r"/\S*/", "", first.text)
        if words != wanted or is_error != wants_error:
            said = f"'{first.text}'" if first else "nothing"
            is_now, should_be = describe(words, is_error), describe(wanted, wants_error)
            self.problem(tool, mode, case, kind, f"line {number}: answered {is_now}, expected {should_be}; said {said}")
            return
        if not is_error:
            return
        patterns = case.messages(tool.family, tool.version)
        by_default = any(re.search(WORDS[word], first.text) for word in words if word in WORDS)
        if patterns and not (tool.tidy and by_default):
            if missing := [pattern for pattern in patterns if not says(pattern, first.text)]:
                if not says(missing[0], first.notes):
                    self.problem(
                        tool, mode, case, kind, f"line {number}: the message has no '{missing[0]}': '{first.text}'"
                    )
        elif not by_default:
            self.problem(tool, mode, case, kind, f"line {number}: the message is of another kind: '{first.text}'")

    def control(self, tool, group, copy):
        """The good lines compile without a warning, and their programs do what they should."""
        runs = [entry for entry in copy.programs if "GOOD PRINTS" in entry[0].keys or entry[0].enforced.types]
        if not self.is_thorough(tool):
            if tool.tidy:
                return
            runs = [entry for entry in runs if entry[0].only_when_it_runs()]
        program = ["-o", str(self.folder / "program")] if runs and not tool.tidy else []
        source = copy.write(self.folder / "good" / self.rule.path.name, with_main=bool(program))
        warnings = [] if tool.tidy else ["-Werror"]
        with_flags = group[2] and program  # its options are for the program, which is compiled apart then
        status, said = self.runner.compile(tool, "strict", source, group, *warnings, *([] if with_flags else program))
        if status == 0 and with_flags:
            status, said = self.runner.compile(tool, "default", source, group, "-w", *program)
        if status != 0 or said:
            case, kind = self.case_of(said, copy, source)
            self.problem(tool, "control", case, kind, f"does not compile without a warning: {first_line(said)}")
        elif program:
            for case, kind, _ in runs:
                self.one_run(tool, "control", copy, case, kind, case.keys.get("GOOD PRINTS", ""), trap=False)

    @staticmethod
    def case_of(said, copy, source):
        if found := re.search(re.escape(str(source)) + r":(\d+)", said):
            return copy.owner.get(int(found[1]), (None, ""))
        return None, ""

    def runs(self, tool, group, copy):
        """The bad programs, compiled with all warnings off."""
        wanted = [entry for entry in copy.programs if entry[0].prints() is not None and not entry[0].enforced.types]
        if not self.is_thorough(tool):  # how a result was dropped makes no difference when the program runs
            wanted = [entry for entry in wanted if entry[0].only_when_it_runs()]
        if tool.tidy or not wanted:
            return
        source = copy.write(self.folder / self.rule.path.name, with_main=True)
        status, said = self.runner.compile(tool, "default", source, group, "-w", "-o", str(self.folder / "program"))
        if status != 0:
            self.problem(tool, "run", None, "", f"does not compile with -w: {first_line(said)}")
            return
        for case, kind, _ in wanted:
            self.one_run(tool, "run", copy, case, kind, case.prints(kind), case.enforced.trap is not None)

    def one_run(self, tool, mode, copy, case, kind, wanted, trap):
        at = next(at for at, entry in enumerate(copy.programs) if entry[:2] == (case, kind))
        done = run([str(self.folder / "program"), chr(ord("A") + at)])
        printed = " ".join(done.stdout.split())
        if printed != wanted:
            self.problem(tool, mode, case, kind, f"the program prints '{printed}', expected '{wanted}'")
        elif trap and done.returncode >= 0:
            self.problem(tool, mode, case, kind, f"the program is not stopped, and ends with {done.returncode}")
        elif not trap and done.returncode != 0:
            self.problem(tool, mode, case, kind, f"the program ends with {done.returncode}")


def describe(words, is_error):
    return f"{'error' if is_error else 'warning'} ({', '.join(sorted(words))})" if words else "nothing"


def first_line(said):
    return next((line for line in said.splitlines() if re.search("error: |warning: ", line)), said.strip()[:200])


def foreign(path, tools, runner):
    """A user's own file: what each compiler answers."""
    accepted = False
    for tool in tools:
        for mode in tool.modes(thorough=True):
            status, said = runner.compile(tool, mode, path, (False, "C++20", ""))
            error = re.search("error: (.*)", said)
            print(f"{tool.name:<14} {mode:<8} {'accepted' if status == 0 else error[1] if error else said[:100]}")
            accepted |= status == 0 and mode == "strict" and tool.family == "clang"
    return 1 if accepted else 0


def has_head(path):
    with open(path, encoding="utf-8") as file:
        return re.match(r"// [A-Z]", file.readline()) is not None


def check(arguments):
    commands = arguments.compiler or [name for name in KNOWN if shutil.which(name)]
    if not commands:
        raise Wrong("there is no compiler that is known: name one with --compiler")
    tools = [Tool(command) for command in commands]
    runner = Runner(pathlib.Path(arguments.include).resolve())
    files = [pathlib.Path(file) for file in arguments.file if file != "all"]
    for file in files:
        if not file.is_file():
            raise Wrong(f"there is no file '{file}': name a rule's file, one of your own, or 'all'")
    if len(files) == 1 and not has_head(files[0]):
        return foreign(files[0].resolve(), tools, runner)
    rules = [Rule(file) for file in files] if files else all_rules()
    start, done, problems = time.monotonic(), 0, []
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        checks = [Check(rule, tools, runner, arguments.quick, folder) for rule in rules]
        for one in concurrent.futures.as_completed([pool.submit(lambda c=c: (c, c.all())) for c in checks]):
            checked, found = one.result()
            done += 1
            if arguments.record:
                write_record(arguments.record, checked)
            if sys.stderr.isatty():
                print(f"\r\033[K{done}/{len(rules)} {checked.rule.stem}\r", end="", file=sys.stderr)
            for problem in found:
                print(problem, flush=True)
            problems += found
    cases, lines = sum(len(rule.cases) for rule in rules), sum(rule.bad_lines() for rule in rules)
    print(
        f"{len(rules)} files, {cases} cases, {lines} bad lines, {len(tools)} compilers, "
        f"{runner.started} compiler processes, {time.monotonic() - start:.0f} s: "
        f"{f'{len(problems)} problems' if problems else 'as expected'}",
        file=sys.stderr,
    )
    return 1 if problems else 0


def write_record(folder, checked):
    path = pathlib.Path(folder)
    path.mkdir(parents=True, exist_ok=True)
    text = json.dumps(checked.record, indent=1, sort_keys=True)
    (path / f"{checked.rule.stem}.json").write_text(text, encoding="utf-8")


# --- page -------------------------------------------------------------------------------------------------------------

INTRO = """\
# Rules

What a user of the library must and must not do, and what reports a mistake. This page is generated from
[tests/rules](../tests/rules) by `tests/rules/rules.py page --update`. Each rule is a file there, and a test compiles
and runs its bad and good lines with each compiler.

- **plain compile**: `-Wall -Wextra -Wpedantic`, without options of the library.
- **strict**: `RESET_GUARD_STRICT`, or the target `reset_guard::strict`; with clang also `-Wconsumed`, its typestate
  analysis.
- **g++ + clang-tidy**: strict g++, plus clang-tidy with the same analysis: `reset_guard_enforce(target)`.
- **at run time**: *refused*: a call returns an error, or the reset fails and the device stays blocked; *trap*: the
  program stops, also in a release build.

*error* and *warning* come from the compiler; — means not reported. *partly*: only some of the bad lines are reported;
the rule's section shows which, and [Limits](#limits) why. *nobody*: see Limits. Errors of the types appear even with
`-w`; the library's diagnostics are the same with `-isystem`. The columns show g++ 12 and clang 19 (with clang-tidy 19);
a rule's section names the versions that differ.
"""
USE = """\
## Add a rule

1. Copy a small file of `tests/rules/`, such as `device_trace_noexcept.cpp`, to `<topic>_<rule>.cpp`. This is also the
   name of the test. The topic is one of `TOPICS` in `rules.py`.
2. Write the rule, the reason and what enforces it into the head; the beginning of `rules.py` explains each key.
3. Write a bad line, and the good line under it: `// BAD`, `// GOOD: ...`.
4. Run `tests/rules/rules.py check FILE`: it prints each answer of a compiler that differs from the head.
5. Run `tests/rules/rules.py page --update`: it writes this page.

## Run the checks

    tests/rules/rules.py check all                       # every compiler that is installed
    tests/rules/rules.py check FILE --compiler g++-12    # FILE: a rule, or a file of your own
    tests/rules/rules.py page --check
    tests/rules/rules.py --help

A file of your own needs no head: `check` prints the answer of each compiler in each mode, and exits with 1 if a strict
clang accepts the file.
"""
COLUMNS = ["plain compile", "strict, g++", "strict, clang", "g++ + clang-tidy", "at run time"]


def cells(case, label):
    """What each column says of one bad line."""
    gcc, clang, tidy = (case.enforced.words(Tool(name), label) for name in REFERENCE)
    if case.enforced.types:
        return ["error", "error", "error", "error", "—"]
    plain = [words - {"typestate"} for words in (gcc, clang)]
    warns = "warning" if all(plain) else "partly" if any(plain) else "—"
    run_time = "—"
    for excepted, word in ((case.enforced.run, "refused"), (case.enforced.trap, "trap")):
        if excepted is not None and label not in excepted:
            run_time = word
    return [warns] + ["error" if words else "—" for words in (gcc, clang, gcc | tidy)] + [run_time]


def row(cases):
    """The cells of some cases: one word if all say it."""
    if all(case.enforced.nobody for case in cases):
        return ["—"] * 4 + ["nobody"]
    rows = [cells(case, kind or pair.label) for case in cases for kind in case.kinds for pair in case.pairs]
    out = []
    for column in zip(*rows):
        said = set(column) - {"—"}
        if said and said <= {"refused", "trap"}:
            out.append(("partly " if "—" in column else "") + " or ".join(sorted(said)))
        elif len(set(column)) == 1:
            out.append(column[0])
        else:
            out.append("error or warning" if set(column) == {"error", "warning"} else "partly" if said else "—")
    return out


def sentence(rule):
    return rule.keys["RULE"].removesuffix(".")


def code(text):
    text = text.strip().replace("|", "\\|")
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def block(lines):
    return ["```cpp", *textwrap.dedent("\n".join(lines)).strip("\n").splitlines(), "```"]


def quoted(case, record):
    """The first error of the case; these lines alone depend on the compilers that were run."""
    lines = []
    for tool in REFERENCE[:2]:
        if (text := record.get(f"{tool} strict", {}).get(case.name)) is not None:
            lines.append(f"- {tool} says: `{text}`")
    return lines


def enforced(case):
    """Who reports it, and what the program prints: the same for many cases."""
    text = f"Enforced {case.keys['ENFORCED']}." + (f" Limit: {case.keys['LIMIT']}" if case.accepted() else "")
    lines = textwrap.wrap(text, 120, break_on_hyphens=False, break_long_words=False)
    printed = []
    for key, words in case.keys.items() if case.main and not case.enforced.types else []:
        if key.startswith("PRINTS"):
            of = f", of a {key.split()[1]}" if " " in key else ""
            stopped = ", and is stopped" if case.enforced.trap is not None else ""
            printed.append(f"`{words}` (bad{of}{stopped})")
    if case.main and "GOOD PRINTS" in case.keys:
        printed.append(f"`{case.keys['GOOD PRINTS']}` (good)")
    return lines + ([f"The program prints {', '.join(printed)}."] if printed else [])


def section(rule, record):
    lines = [f"<details><summary>{html(sentence(rule))}</summary>", ""]
    lines += textwrap.wrap(rule.keys["WHY"], 120, break_on_hyphens=False, break_long_words=False)
    lines += [f"[{rule.path.name}](../tests/rules/{rule.path.name})", ""]
    together = []  # cases of single lines that are enforced in the same way: a table
    for case, following in zip(rule.cases, [*rule.cases[1:], None]):
        if any(len(pair.bad) + len(pair.good) > 2 for pair in case.pairs):
            lines += [f"**{html(case.name)}**", ""] if case.name else []
            for pair in case.pairs:
                good, bad = (textwrap.dedent("\n".join(part)).splitlines() for part in (pair.good, pair.bad))
                lines += [*block(["// good", *good, "", "// bad", *bad]), ""]
            lines += enforced(case) + [""] + quoted(case, record) + [""]
            continue
        together.append(case)
        single = following and all(len(pair.bad) + len(pair.good) == 2 for pair in following.pairs)
        if single and enforced(following) == enforced(case):
            continue
        lines += ["| case | bad | good |", "|---|---|---|"]
        for one in together:
            for pair in one.pairs:
                name = html(one.name).replace("|", "\\|") if pair is one.pairs[0] else ""
                lines.append(f"| {name} | {code(pair.bad[0])} | {code(pair.good[0])} |")
        lines += ["", *enforced(case), "", *quoted(together[0], record), ""]
        together = []
    return [*lines, "</details>", ""]


def html(text):
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", text)


def limits(rules):
    found = {}
    for rule in rules:
        for case in rule.cases:
            if rule.topic not in ("false", "well") and case.accepted():
                name = case.name if case.keys["LIMIT"] != rule.keys.get("LIMIT") else ""
                found.setdefault(case.keys["LIMIT"], {}).setdefault(rule.path.name, []).append(name)
    lines = ["## Limits", "", "What no tool reports, or only some.", "", "| limit | rule |", "|---|---|"]
    for text, where in found.items():
        links = ", ".join(f"[{name.removesuffix('.cpp')}](../tests/rules/{name})" for name in where)
        lines.append(f"| {text} | {links} |")
    return [*lines, ""]


def false_alarms(rules):
    lines = ["## False alarms", "", *textwrap.wrap(next(r for r in rules if r.topic == "false").keys["WHY"], 120), ""]
    lines += ["| pattern | refused | accepted |", "|---|---|---|"]
    for rule in rules:
        for case in rule.cases if rule.topic == "false" else []:
            bad, good = case.pairs[0].bad[0], case.pairs[0].good[0]
            lines.append(f"| {case.name.replace('|', chr(92) + '|')} | {code(bad)} | {code(good)} |")
    return [*lines, ""]


def drawing(rules, records):
    real = [rule for rule in rules if rule.topic not in ("false", "well")]
    shapes = sum(len(rule.cases) for rule in rules if rule.topic == "well")
    lines = [INTRO]
    cases, bad_lines = sum(len(rule.cases) for rule in real), sum(rule.bad_lines() for rule in real)
    lines += [f"{len(real)} rules, {cases} cases, {bad_lines} bad lines;"]
    lines += [f"{shapes} patterns of correct code, which compile without a warning in strict mode.", ""]
    lines += ["| rule | " + " | ".join(COLUMNS) + " |", "|---" * (len(COLUMNS) + 1) + "|"]
    for topic, title in TOPICS.items():
        mine = [rule for rule in real if rule.topic == topic]
        lines += [f"| **{title}** | | | | | |"] if mine else []
        lines += [
            f"| {sentence(rule).replace('|', chr(92) + '|')} | " + " | ".join(row(rule.cases)) + " |" for rule in mine
        ]
    device = re.search(
        r"// \[device\]\n(.*)// \[device\]\n", (HERE / "device.hpp").read_text(encoding="utf-8"), re.DOTALL
    )
    lines += [
        "",
        "<details><summary>The device of the examples</summary>",
        "",
        *block(device[1].splitlines()),
        "",
        "</details>",
        "",
    ]
    for topic, title in TOPICS.items():
        mine = [rule for rule in real if rule.topic == topic]
        lines += [f"## {title}", ""] if mine else []
        for rule in mine:
            lines += section(rule, records.get(rule.stem, {}))
    lines += limits(rules) + false_alarms(rules) + [USE]
    return re.sub(r"\n\n+", "\n\n", "\n".join(lines)).rstrip("\n") + "\n"


def read_records(folder, rules):
    records = {}
    for rule in rules:
        path = pathlib.Path(folder, f"{rule.stem}.json")
        if not path.is_file():
            raise Wrong(f"{folder} has no record of {rule.stem}: make it with 'rules.py check all --record {folder}'")
        records[rule.stem] = json.loads(path.read_text(encoding="utf-8"))
    return records


def page(arguments):
    rules = all_rules()
    if arguments.update and not arguments.record:
        with tempfile.TemporaryDirectory() as folder:
            arguments.record, arguments.quick, arguments.file = folder, True, ["all"]
            arguments.compiler, arguments.include = REFERENCE[:2], str(ROOT / "include")
            if check(arguments) != 0:
                raise Wrong("the rules are not as their files say: mend them first, and draw the page then")
            new = drawing(rules, read_records(folder, rules))
    else:
        new = drawing(rules, read_records(arguments.record, rules) if arguments.record else {})
    if arguments.update:
        PAGE.write_text(new, encoding="utf-8")
        return 0
    old = PAGE.read_text(encoding="utf-8")
    if not arguments.record:  # what the compilers said is not known here
        said = re.compile(r"- (?:g\+\+|clang\+\+)-\d+ says: ")
        old, new = ("\n".join(line for line in text.splitlines() if not said.match(line)) for text in (old, new))
        old, new = (re.sub(r"\n\n+", "\n\n", text) for text in (old, new))
    if old == new:
        return 0
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), "docs/rules.md", "tests/rules", lineterm="", n=1)
    print("\n".join(lines))
    raise Wrong("docs/rules.md is stale: run tests/rules/rules.py page --update")


# --- attributes -------------------------------------------------------------------------------------------------------

# The hooks, a step's act and a witness's check need no attribute: only the library calls them.
NEED_NONE = (
    r"RESET_GUARD_MUST_USE|Verdict<S\.\.\.> run\(Device& device, Handler|verdict\(\) const|return |= RESET_GUARD_DELETE"
    r"|=$|\b(act|run_step|run_in_order|or_record|ask|pass_if|reset_prepare|reset_done)\(|\bcheck\([^()]*&[^()]*\) const"
)


def attributes(_):
    """Every function of the library and of the programs that returns a result says RESET_GUARD_MUST_USE: without it g++
    accepts a cast to void."""
    uses, missing = 0, []
    files = [path for folder in ("include", "examples", "tools") for path in (ROOT / folder).rglob("*.?pp")]
    for path in sorted(files):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            uses += "RESET_GUARD_MUST_USE" in line
            returns = re.search(r"^[^/\"]*\b(Status|Verdict<[^;()]*>|Result<[^;()]*>) [a-z_]+\(.*[^;]$", line)
            if returns and not re.search(NEED_NONE, line):
                missing.append(
                    f"{path.relative_to(ROOT)}:{number}: returns a result: put RESET_GUARD_MUST_USE in front of it"
                )
    if missing:
        raise Wrong("\n".join(missing))
    if uses <= 50:
        raise Wrong(f"found only {uses} uses of RESET_GUARD_MUST_USE: is {ROOT} the project's folder?")
    print(f"RESET_GUARD_MUST_USE in {uses} places, and no function is without")
    return 0


# --- the command ------------------------------------------------------------------------------------------------------


def parse():
    parser = argparse.ArgumentParser(
        prog="rules.py",
        description="Checks the rules, and draws docs/rules.md from them. The "
        "beginning of rules.py explains a rule's file.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="check | page | attributes")
    one = commands.add_parser(
        "check",
        help="compile the rules, and compare what is refused with what they say",
        description="Compiles each FILE with each compiler: its bad lines have to be refused as its head "
        "says, its good lines have to compile without a warning. Of a file without a head: says what "
        "each compiler answers.",
    )
    one.add_argument("file", nargs="*", metavar="FILE", help="a rule, a file of your own, or 'all' (the default)")
    one.add_argument(
        "--compiler",
        action="append",
        metavar="CXX",
        help=f"with this compiler or clang-tidy; can be repeated (default: {', '.join(KNOWN)}: those installed)",
    )
    one.add_argument("--include", default=str(ROOT / "include"), metavar="DIR", help="the folder with reset_guard/")
    one.add_argument("--quick", action="store_true", help="the strictest mode of each compiler only")
    one.add_argument("--record", metavar="DIR", help="write there what the compilers said, for 'page'")
    two = commands.add_parser(
        "page",
        help="compare docs/rules.md with the rules, or draw it",
        description="Compares docs/rules.md with the rules, or draws it.",
    )
    what = two.add_mutually_exclusive_group(required=True)
    what.add_argument("--check", action="store_true", help="fail if the page is stale")
    what.add_argument("--update", action="store_true", help="draw it anew")
    two.add_argument(
        "--record",
        metavar="DIR",
        help="from 'check all --record DIR'; without it --check leaves out what "
        "the compilers say, and --update runs g++-12 and clang++-19",
    )
    for command in (one, two):
        command.add_argument("--jobs", type=int, default=os.cpu_count() or 2, metavar="N", help="files at a time")
    commands.add_parser(
        "attributes", help="look for functions without RESET_GUARD_MUST_USE", description=attributes.__doc__
    )
    return parser.parse_args()


def main():
    os.environ["LC_ALL"] = "C"  # the compilers' quotes
    arguments = parse()
    try:
        return {"check": check, "page": page, "attributes": attributes}[arguments.command](arguments)
    except (Wrong, OSError) as wrong:
        print(f"rules.py: {wrong}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
