"""Tests of the report: what it says for figures that are made up."""

import contextlib
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ET

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "bench"))

import machine
import made_up
import report
from one_line import Refused
from reporting import chart, goals, measured, names, page, rivals, tables
from reporting.goals import Verdict

SVG = "{http://www.w3.org/2000/svg}"


def read(compilers, run=None):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        made_up.write(folder, compilers, run)
        return measured.read(folder)


def readings(compiler):
    return {(goal.against, goal.what): goal.read(compiler) for goal in goals.GOALS}


def one(name="g++-12", **files):
    """The readings of one compiler, whose files are given without '.json'."""
    files.setdefault("counts", made_up.counts(c_bare=100, reset=100))
    data = read({name: {f"{file}.json": content for file, content in files.items()}})
    return readings(data.compilers[0])


class Goals(unittest.TestCase):
    def verdict(self, key, wanted, **files):
        self.assertIs(one(**files)[key].verdict, wanted)

    def test_one_scope_may_cost_six_instructions_more(self):
        for more, wanted in ((6, Verdict.MET), (6.1, Verdict.NOT_MET), (5, Verdict.STRETCH), (-3, Verdict.STRETCH)):
            self.verdict((goals.BARE, "one reset"), wanted, counts=made_up.counts(c_bare=100, reset=100 + more))

    def test_ratios_against_hand_written_c(self):
        for what, limit in (("one inside another", 120), ("eight nested", 120), ("one inside a reset", 120),
                            ("prepare fails", 130), ("an inner failure reaches the outer done", 130)):
            for library, wanted in ((limit, Verdict.MET), (limit + 1, Verdict.NOT_MET), (105, Verdict.STRETCH)):
                with self.subTest(what, library=library):
                    self.verdict((goals.BARE, what), wanted, counts=made_up.counts(c_bare=100, reset=library))

    def test_reset_is_judged_and_not_the_owned_scope(self):
        key = (goals.BARE, "one inside another")
        self.verdict(key, Verdict.NOT_MET, counts=made_up.counts(c_bare=100, reset=121, scope=100))
        self.verdict(key, Verdict.STRETCH, counts=made_up.counts(c_bare=100, reset=100, scope=121))

    def test_the_worst_case_against_the_same_checks(self):
        found = one(counts=made_up.counts(c_bare=100, by_hand=100, reset={"d8": 104, "else": 100}))
        reading = found[(goals.SAME, "instructions")]
        self.assertIs(reading.verdict, Verdict.NOT_MET)
        self.assertIn("d8", reading.figure)
        self.verdict((goals.SAME, "instructions"), Verdict.MET,
                     counts=made_up.counts(c_bare=100, by_hand=100, reset=103))
        self.verdict((goals.SAME, "instructions"), Verdict.NOT_MET,  # in a failure, too
                     counts=made_up.counts(c_bare=100, by_hand=100, reset={"sticky": 104, "else": 100}))

    def test_how_many_times_fewer(self):
        for other, key, least in (("recursive_mutex", (goals.LOCK, "one reset"), 250),
                                  ("recursive_mutex", (goals.LOCK, "one inside another"), 300),
                                  ("recursive_mutex", (goals.LOCK, "one inside a reset"), 300),
                                  ("exceptions", ("exceptions", "prepare fails"), 10000)):
            with self.subTest(key):
                self.verdict(key, Verdict.MET, counts=made_up.counts(reset=100, **{other: least}))
                self.verdict(key, Verdict.NOT_MET, counts=made_up.counts(reset=100, **{other: least - 1}))

    def test_code_that_differs_is_a_failure_with_clang_and_listed_with_gcc(self):
        differs = made_up.code(functions={"enter": {"identical": False, "library": 14, "by_hand": 10}})
        key = (goals.SAME, "disassembly")
        self.verdict(key, Verdict.NOT_MET, name="clang++-19", code=differs)
        self.verdict(key, Verdict.LISTED, name="g++-12", code=differs)
        self.assertIn("enter +4", one(code=differs)[key].figure)
        self.verdict(key, Verdict.MET, name="clang++-19", code=made_up.code())

    def test_nothing_extra_in_the_code(self):
        key = (goals.SAME, "extra call, unwind table, stack canary")
        self.verdict(key, Verdict.MET, code=made_up.code())
        for extra in ({"extra_calls": 1}, {"unwind_table": True}, {"stack_canary": True}):
            with self.subTest(**extra):
                self.verdict(key, Verdict.NOT_MET, code=made_up.code(**extra))

    def test_no_allocation(self):
        self.verdict(("memory", "allocations"), Verdict.MET, same_work={"allocations": 0})
        self.verdict(("memory", "allocations"), Verdict.NOT_MET, same_work={"allocations": 1})

    def test_bytes(self):
        key = ("memory", "per device")
        for size, wanted in ((24, Verdict.STRETCH), (40, Verdict.MET), (48, Verdict.NOT_MET)):
            counts = made_up.counts(reset=1)
            counts["bytes"]["reset"] = size
            self.verdict(key, wanted, counts=counts)

    def test_header(self):
        for lines, wanted in ((3000, Verdict.STRETCH), (6000, Verdict.MET), (6001, Verdict.NOT_MET)):
            self.verdict(("header", "preprocessed lines"), wanted, header_cost=made_up.headers(lines=lines))
        for milliseconds, wanted in ((60, Verdict.MET), (61, Verdict.NOT_MET)):
            self.verdict(("header", "over an empty file, checked only"), wanted,
                         header_cost=made_up.headers(milliseconds=milliseconds))

    def test_growth(self):
        levels = {"d8": 800, "d16": 1600, "d32": 3200, "else": 100}
        self.verdict(("growth", "instructions per level"), Verdict.MET, counts=made_up.counts(reset=levels))
        self.verdict(("growth", "instructions per level"), Verdict.NOT_MET,
                     counts=made_up.counts(reset={**levels, "d32": 3400}))
        for many, wanted in ((12, Verdict.MET), (13, Verdict.NOT_MET)):
            self.verdict(("growth", "time, from 1 to 1 000 000 devices in turn"), wanted,
                         times=made_up.times(sequential_1__reset=[10.0], sequential_1000000__reset=[many]))

    def test_what_was_not_measured_is_not_met_by_silence(self):
        found = one()
        for key in ((goals.SAME, "disassembly"), ("header", "preprocessed lines"), (goals.LOCK, "one reset")):
            self.assertIs(found[key].verdict, Verdict.UNKNOWN)

    def test_a_ratio_next_to_its_limit_shows_on_which_side_it_is(self):
        self.assertEqual(goals.times_text(1.204, 1.20), "1.204x")
        self.assertEqual(goals.times_text(1.15, 1.20), "1.15x")


class Times(unittest.TestCase):
    def test_median_and_spread_without_the_aggregates(self):
        taken = measured.times_of(made_up.times(d1__reset=[9.0, 3.0, 5.0]))["d1"]["reset"]
        self.assertEqual((taken.median, taken.lowest, taken.highest), (5.0, 3.0, 9.0))

    def test_threads_are_timed_by_the_clock(self):
        benchmark = {"benchmarks": [{"name": "contended/mutex_owner/real_time/threads:2", "run_type": "iteration",
                                     "threads": 2, "cpu_time": 1.0, "real_time": 7.0, "time_unit": "us"}]}
        self.assertEqual(measured.times_of(benchmark)["contended"]["mutex_owner"].median, 7000.0)


class Rivals(unittest.TestCase):
    def sentences(self, **variants):
        data = read({"g++-12": {"counts.json": made_up.counts(**variants)}})
        return list(rivals.sentences(data.compilers[0]))

    def test_who_is_as_good_is_said_with_what_it_does_not_do(self):
        said = self.sentences(reset=100, gsl_finally=101)
        self.assertEqual(len(said), 1)
        self.assertIn("gsl::finally: 1.01x", said[0])
        self.assertIn("no count and no sticky outcome of its own, no refused success", said[0])

    def test_who_is_worse_is_not_said(self):
        self.assertEqual(self.sentences(reset=100, gsl_finally=102), [])

    def test_the_cases_are_named(self):
        said = self.sentences(reset=100, absl_cleanup={"d2": 90, "else": 200})
        self.assertIn("0.90x in d2 (of 9 cases)", said[0])

    def test_every_variant_but_the_library_has_its_reason(self):
        self.assertEqual(set(names.VARIANTS) - set(names.LACKS), {*names.OF_THE_LIBRARY, names.UNDER_MUTEX})


class Report(unittest.TestCase):
    def text(self, **run):
        return report.report(read({"g++-12": {"counts.json": made_up.counts(c_bare=100, reset=121)}}, run))

    def test_local_changes_are_said(self):
        self.assertIn("commit abc123def456 **with local changes**.", self.text(local_changes=True))
        self.assertIn("commit abc123def456.", self.text())

    def test_no_repository(self):
        self.assertIn("no repository", self.text(commit=None))

    def test_machine_and_date(self):
        text = self.text()
        for part in ("2026-01-31", "Made Up, 2 cores, Linux 1.0, None 1", "g++-12: made up 1.2, `-O2`"):
            self.assertIn(part, text)

    def test_goals_are_for_the_page(self):
        self.assertNotIn("not met", self.text())

    def test_everything_at_once(self):
        files = {"counts.json": made_up.counts(c_bare=100, reset=100, something_new=7), "code.json": made_up.code(),
                 "times.json": made_up.times(d1__reset=[3.0], d1__c_bare=[2.0], contended__mutex_owner=[9.0],
                                             sequential_1__reset=[1.0], random_1000__reset=[2.5]),
                 "header_cost.json": made_up.headers()}
        text = report.report(read({"g++-12": files, "clang++-19": files}))
        for part in ("| something_new | 7 (0.07x) |",
                     "| reset(device, handler) | 100 (1.00x) | 3.0 [3.0 to 3.0] (1.50x) |",
                     "| `mutex` | 25 000 | 200 [200 to 200] |", "| `enter` | identical (10) | identical (10) |",
                     "1 000 at random", "Two threads"):
            self.assertIn(part, text)
        self.assertNotIn("None", text.replace("None 1", ""))


class Summary(unittest.TestCase):
    def lines(self, **files):
        files.setdefault("counts", made_up.counts(c_bare=51, by_hand=87, reset=90))
        return list(report.summary(read({"g++-12": {f"{name}.json": content for name, content in files.items()}})))

    def test_a_case_is_a_line_with_the_library_first(self):
        self.assertIn("  one reset: 90 instructions; hand-written C with the same checks: 87; C that only counts: 51",
                      self.lines())

    def test_times_stand_beside_the_instructions(self):
        times = made_up.times(d1__reset=[21.2], d1__by_hand=[20.0], d1__c_bare=[12.0])
        self.assertIn("  one reset: 90 instructions, 21 ns; hand-written C with the same checks: 87, 20 ns; "
                      "C that only counts: 51, 12 ns", self.lines(times=times))

    def test_nested_and_failed_follow(self):
        self.assertEqual([line.partition(":")[0].strip() for line in self.lines()[1:]],
                         ["one reset", "one inside a reset", "one that fails"])

    def test_goals_are_for_the_page(self):
        self.assertNotIn("met", " ".join(self.lines()))


class Page(unittest.TestCase):
    text = page.PAGE.read_text(encoding="utf-8")

    def test_its_counts_are_those_that_are_committed(self):
        self.assertEqual(self.text, page.fill(self.text, {"counts": page.count_block()}),
                         "write them anew: bench/counts/check --accept")

    def test_it_has_at_most_120_lines(self):
        self.assertLessEqual(self.text.count("\n"), 120)

    def test_it_says_where_it_was_measured(self):
        self.assertRegex(self.text, r"Measured on [0-9-]+, commit [0-9a-f]{12}\. Machine: .+\. g\+\+-12: g\+\+ 12")

    def test_a_run_fills_its_blocks(self):
        files = {"counts.json": made_up.counts(c_bare=100, reset=121, gsl_finally=77, exceptions=9999),
                 "times.json": made_up.times(d1__reset=[31.4]), "header_cost.json": made_up.headers(lines=4321)}
        blocks = page.run_blocks(read({"g++-12": files, "clang++-19": files}))
        for name, part in (("measured", "31.4 / 31.4"), ("alternatives", "77 / 77"), ("headers", "4 321 / 4 321"),
                           ("goals", "1.21x **not met**")):
            with self.subTest(name):
                self.assertIn(part, blocks[name])

    def test_what_is_around_a_block_stays(self):
        filled = page.fill("before\n<!-- a -->\nold\n<!-- end -->\n<!-- b -->\n<!-- end -->\n", {"a": "new\n"})
        self.assertEqual(filled, "before\n<!-- a -->\nnew\n<!-- end -->\n<!-- b -->\n<!-- end -->\n")

    def test_a_page_without_the_block_is_refused(self):
        with self.assertRaisesRegex(Refused, "<!-- a -->"):
            page.fill("<!-- b -->\n<!-- end -->\n", {"a": "new\n"})

    def test_what_an_alternative_leaves_out_stands_beside_it(self):
        table = tables.compared_table(read({"g++-12": {"counts.json": made_up.counts(exceptions=9)}}).compilers)
        self.assertIn(names.LACKS["exceptions"], table)


class Chart(unittest.TestCase):
    variants = {name: 100 + i for i, name in enumerate(names.VARIANTS)}

    def draw(self, times=None, **variants):
        files = {"counts.json": made_up.counts(**(variants or self.variants))}
        if times:
            files["times.json"] = times
        return chart.draw(read({"g++-12": files, "clang++-19": files}))

    def widths(self, **variants):
        return {bar.get("data-variant"): float(bar.get("width"))
                for bar in ET.fromstring(self.draw(**variants)).iter(f"{SVG}rect") if bar.get("data-variant")}

    def texts(self, *arguments, **variants):
        return [text.text for text in ET.fromstring(self.draw(*arguments, **variants)).iter(f"{SVG}text")]

    def test_a_row_for_each_that_a_reader_asks_for(self):
        self.assertEqual(set(self.widths()), set(names.CHART))

    def test_it_has_at_most_eight_rows(self):
        self.assertLessEqual(len(names.CHART), 8)

    def test_its_scale_is_linear(self):
        widths = self.widths(c_bare=50, by_hand=100, reset=200)
        self.assertAlmostEqual(widths["by_hand"], 2 * widths["c_bare"], delta=0.2)
        self.assertAlmostEqual(widths["reset"], 4 * widths["c_bare"], delta=0.2)

    def test_what_was_not_measured_is_said(self):
        self.assertIn("not measured", self.texts(c_bare=1, reset=1))

    def test_instructions_of_both_compilers_are_figures(self):
        self.assertIn("90 / 90", self.texts(reset=90))

    def test_times_are_figures_if_they_were_taken(self):
        self.assertIn("90 / 90, 21 / 21 ns", self.texts(made_up.times(d1__reset=[21.0]), reset=90))

    def test_no_letters_under_12_px_where_a_readme_is_830_px_wide(self):
        root = ET.fromstring(self.draw())
        scale = min(1, 830 / float(root.get("viewBox").split()[2]))
        sizes = [float(text.get("font-size")) * scale for text in root.iter(f"{SVG}text")]
        self.assertTrue(sizes)
        self.assertGreaterEqual(min(sizes), 12)

    def test_everything_is_inside(self):
        times = made_up.times(d1__reset=[21.0], d1__exceptions=[123.0])
        root = ET.fromstring(self.draw(times, c_bare=1, reset=1, scope=18, exceptions=700))
        width, height = (float(number) for number in root.get("viewBox").split()[2:])
        for text in root.iter(f"{SVG}text"):
            length = 0.55 * float(text.get("font-size")) * len(text.text)
            before = {"start": 0, "middle": length / 2, "end": length}[text.get("text-anchor")]
            start = float(text.get("x")) - before
            self.assertGreaterEqual(start, 0, text.text)
            self.assertLessEqual(start + length, width, text.text)
            self.assertLess(float(text.get("y")), height, text.text)

    def test_what_is_said_of_a_row_ends_before_its_bar(self):
        for words in names.CHART.values():
            self.assertLess(chart.LEFT + 0.5 * chart.NOTE * len(words), chart.BARS, words)

    def test_light_and_dark_can_be_read(self):
        style = self.draw()
        light, dark = style.split("@media (prefers-color-scheme: dark)")
        for scheme in (light, dark):
            colours = dict(re.findall(r"--(\w+): #([0-9a-f]{6})", scheme))
            for ink in ("ink", "quiet"):
                self.assertGreaterEqual(contrast(colours[ink], colours["paper"]), 4.5, ink)
            for shape in ("own", "other"):
                self.assertGreaterEqual(contrast(colours[shape], colours["paper"]), 2.5, shape)


def contrast(one, other):
    """As WCAG defines it."""
    def luminance(colour):
        channels = (int(colour[i:i + 2], 16) / 255 for i in (0, 2, 4))
        r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


class Machine(unittest.TestCase):
    @contextlib.contextmanager
    def repository(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "file").write_text("as committed")
            identity = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.com"]
            for words in (["init", "-q"], ["add", "."], [*identity, "commit", "-q", "-m", "first"]):
                subprocess.run(["git", "-C", name, *words], check=True)
            yield folder

    def test_a_clean_tree(self):
        with self.repository() as folder:
            commit, changed = machine.commit_of(folder)
            self.assertRegex(commit, "^[0-9a-f]{12}$")
            self.assertFalse(changed)

    def test_changed_and_new_files_are_local_changes(self):
        with self.repository() as folder:
            (folder / "file").write_text("changed")
            self.assertTrue(machine.commit_of(folder)[1])
        with self.repository() as folder:
            (folder / "new").write_text("")
            self.assertTrue(machine.commit_of(folder)[1])

    def test_kept_results_are_none(self):
        with self.repository() as folder:
            (folder / "bench/results").mkdir(parents=True)
            (folder / "bench/results/report.md").write_text("")
            (folder / "docs").mkdir()
            (folder / "docs/cost.md").write_text("")
            self.assertFalse(machine.commit_of(folder)[1])

    def test_no_repository(self):
        with tempfile.TemporaryDirectory() as name:
            self.assertEqual(machine.commit_of(pathlib.Path(name)), (None, False))


class OneClearLine(unittest.TestCase):
    def refused(self, folder):
        command = [sys.executable, str(ROOT / "bench/report.py"), str(folder), str(folder / "out")]
        done = subprocess.run(command, capture_output=True, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stdout, "")
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        return done.stderr

    def spoilt(self, spoil):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            made_up.write(folder, {"g++-12": {"counts.json": made_up.counts(c_bare=1, reset=1)}})
            spoil(folder)
            return self.refused(folder)

    def test_no_run_json(self):
        self.assertIn("run.json", self.spoilt(lambda folder: (folder / "run.json").unlink()))

    def test_no_counts(self):
        self.assertIn("there is no g++-12/counts.json",
                      self.spoilt(lambda folder: (folder / "g++-12/counts.json").unlink()))

    def test_no_json_at_all(self):
        self.assertIn("g++-12/counts.json cannot be read",
                      self.spoilt(lambda folder: (folder / "g++-12/counts.json").write_text("{")))

    def test_a_part_is_missing(self):
        self.assertIn("'cases'", self.spoilt(lambda folder: (folder / "g++-12/counts.json").write_text(
            '{"compiler": "x", "flags": ""}')))

    def test_no_compiler(self):
        def spoil(folder):
            (folder / "g++-12/counts.json").unlink()
            (folder / "g++-12").rmdir()
        self.assertIn("nothing was measured", self.spoilt(spoil))

    def test_wrong_options(self):
        for command in (["bench/run.sh", "--fast"], ["bench/report.py"], ["bench/header_cost.py", "--repetitions", "0"],
                        ["bench/header_cost.py", "--compiler", "no-such-compiler"], ["bench/machine.py", "more"]):
            with self.subTest(command=command):
                done = subprocess.run([str(ROOT / command[0]), *command[1:]], capture_output=True, text=True)
                self.assertEqual((done.returncode, done.stdout, done.stderr.count("\n")), (2, "", 1), done.stderr)

    def test_help(self):
        for command in ("run.sh", "report.py", "header_cost.py", "machine.py"):
            done = subprocess.run([str(ROOT / "bench" / command), "--help"], capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertRegex(done.stdout.lower(), "usage: ")


if __name__ == "__main__":
    unittest.main()
