#!/usr/bin/env python3
"""Shows that the core is freestanding, on the targets that it is for. Ends with 1, and says why, if it is not.

targets.py headers COMPILER [OPTION...]      the core includes no standard header but those of ALLOWED_HEADERS
targets.py symbols COMPILER [OPTION...]      core_reset.cpp needs nothing from outside but ALLOWED_SYMBOLS
targets.py bare_metal FOLDER [FROM=TO...]    the program in examples/bare_metal, built and run as its comment says, but
                                             for these replacements in the two commands, prints main.txt
targets.py unit_tests FOLDER COMPILER QEMU   the unit tests of the core, built by a cross compiler, pass
"""

import concurrent.futures
import difflib
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent.parent
INCLUDE = ROOT / "include"

ALLOWED_HEADERS = {"cstddef", "cstdint", "new", "type_traits", "utility"}
# What a compiler may call at any time, in freestanding code too; and from its own libgcc, the product of two 64-bit
# numbers where the processor has none (Cortex-M0).
ALLOWED_SYMBOLS = {"memcmp", "memcpy", "memmove", "memset", "__aeabi_lmul"}
FREESTANDING = ["-std=c++17", "-ffreestanding", "-fno-exceptions", "-fno-rtti", "-fno-pic", "-nostdlib", f"-I{INCLUDE}"]

# 2^24 scopes: a minute and a half under emulation, and half a second in the build for this machine.
LEFT_OUT = "More scopes in one reset than the moments count: evidence from before is refused, and never taken"


def run(command, **options):
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


def run_or_end(command, **options):
    ran = run(command, **options)
    if ran.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\nended with {ran.returncode}\n{ran.stdout}{ran.stderr}")
    return ran.stdout


def check_headers(compiler, *options):
    """The preprocessor says what is reached; the library's headers among that say what they include."""
    source = "#include <reset_guard/reset_guard.hpp>\n"
    rule = run_or_end([compiler, *options, *FREESTANDING, "-M", "-x", "c++", "-"], input=source)
    reached = [pathlib.Path(name) for name in rule.replace("\\\n", " ").split()[1:]]
    core = [path for path in reached if path.is_relative_to(INCLUDE)]
    if INCLUDE / "reset_guard" / "reset_guard.hpp" not in core:
        sys.exit(f"the preprocessor names no header of the library, but\n{rule}")
    wrong = []
    for path in core:
        text = path.read_text(encoding="utf-8")
        for what in re.findall(r"^\s*#\s*include\b\s*(.*?)\s*(?://.*)?$", text, re.MULTILINE):
            own = re.fullmatch(r'"([^"]+)"', what)
            standard = re.fullmatch(r"<([^>]+)>", what)
            if not (own and path.parent / own[1] in core) and not (standard and standard[1] in ALLOWED_HEADERS):
                wrong.append(f"{path.relative_to(INCLUDE)} includes {what}; beside its own headers the core may have "
                             + ", ".join(sorted(ALLOWED_HEADERS)))
    if wrong:
        sys.exit("\n".join(wrong))


def check_symbols(compiler, *options):
    nm = run_or_end([compiler, "-print-prog-name=nm"]).strip()
    with tempfile.TemporaryDirectory() as folder:
        built = pathlib.Path(folder, "core_reset.o")
        run_or_end([compiler, *options, *FREESTANDING, "-Os", "-c", HERE / "core_reset.cpp", "-o", built])
        if " T reset_guard_freestanding\n" not in run_or_end([nm, built]):
            sys.exit("the compiler kept nothing of core_reset.cpp")
        needed = {line.split()[-1] for line in run_or_end([nm, "--undefined-only", built]).splitlines()}
    if needed - ALLOWED_SYMBOLS:
        sys.exit(f"needed from outside: {', '.join(sorted(needed - ALLOWED_SYMBOLS))}")


def check_bare_metal(folder, *replacements):
    source = ROOT / "examples" / "bare_metal" / "main.cpp"
    commands = re.search(r"\n\n((?:.+\n)+)\*/\n", source.read_text(encoding="utf-8"))[1].replace("\\\n", "")
    for old, new in (replacement.split("=", 1) for replacement in replacements):
        if old not in commands:
            sys.exit(f"{source}: '{old}' is not in its commands:\n{commands}")
        commands = commands.replace(old, new)
    build, emulate = (command.split() for command in commands.splitlines())
    program = str(pathlib.Path(folder, build[-1]))
    build[-1] = emulate[-1] = program
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    run_or_end([*build, "-Wall", "-Wextra", "-Wpedantic", "-Werror"], cwd=ROOT)
    try:
        ran = run(emulate, stdin=subprocess.DEVNULL, timeout=20)
    except subprocess.TimeoutExpired as expired:
        sys.exit(f"it does not end; until then it printed\n{(expired.stderr or b'').decode()}")
    printed = [line for line in ran.stderr.splitlines() if line != "Timer with period zero, disabling"]  # QEMU does
    expected = source.with_suffix(".txt")
    different = list(difflib.unified_diff(expected.read_text(encoding="utf-8").splitlines(), printed,
                                          str(expected.relative_to(ROOT)), "printed", lineterm=""))
    if different or ran.returncode != 0:
        sys.exit("\n".join([*different, f"QEMU ended with {ran.returncode}"]))


def one_source():
    """All unit tests of the core as one source, which takes a quarter of the time. Each is in a namespace of its own,
    for names that two of them use; one that specializes a template of the library cannot be in a namespace."""
    includes, tests = {}, []
    for path in sorted((ROOT / "tests" / "unit").glob("core_*_test.cpp")):
        text = path.read_text(encoding="utf-8")
        includes |= dict.fromkeys(re.findall(r"^#include .*$", text, re.MULTILINE))
        include = f'#include "{path}"'
        tests.append(include if "reset_guard::ResetTraits<" in text else f"namespace {path.stem} {{\n{include}\n}}")
    return "\n".join([*includes, *tests, ""])


def check_unit_tests(folder, compiler, emulator):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tests.cpp").write_text(one_source(), encoding="utf-8")
    unit = ROOT / "tests" / "unit"
    options = ["-std=c++17", "-O0", "-g0", "-Wno-psabi", f"-I{INCLUDE}", f"-I{unit.parent}", f"-I{unit}"]
    sources = {"tests.o": folder / "tests.cpp", "main.o": unit / "main.cpp"}
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda name: run_or_end([compiler, *options, "-c", sources[name], "-o", folder / name]), sources))
    program = folder / "tests"
    run_or_end([compiler, "-static", *(folder / name for name in sources), "-o", program])
    print(f"left out: {LEFT_OUT}")
    print(run_or_end([emulator, program, "~" + LEFT_OUT.replace(",", "\\,")], timeout=200))


def main():
    tasks = {"headers": check_headers, "symbols": check_symbols, "bare_metal": check_bare_metal,
             "unit_tests": check_unit_tests}
    if len(sys.argv) < 3 or sys.argv[1] not in tasks:
        sys.exit(__doc__)
    tasks[sys.argv[1]](*sys.argv[2:])


if __name__ == "__main__":
    main()
