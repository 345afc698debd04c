"""Tests of examples/measure_your_guard.cpp: what it prints. No time is judged.

measure_your_guard_test.py PROGRAM
"""

import json
import subprocess
import sys
import unittest

PROGRAM = sys.argv.pop()


class MeasureYourGuard(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        done = subprocess.run([PROGRAM, "--benchmark_min_time=0.001", "--benchmark_format=json"], capture_output=True,
                              text=True, check=True)
        cls.found = {entry["name"]: entry for entry in json.loads(done.stdout)["benchmarks"]}

    def test_both_guards_are_measured(self):
        self.assertEqual(set(self.found), {"YourGuard", "reset_guard"})

    def test_each_is_timed(self):
        for name, entry in self.found.items():
            self.assertGreater(entry["real_time"], 0, name)

    def test_each_resets_the_device_once_with_one_prepare_and_one_done(self):
        for name, entry in self.found.items():
            self.assertEqual((entry["prepares"], entry["resets"], entry["dones"]), (1, 1, 1), name)

    def test_the_bytes_that_a_guard_adds_are_counted(self):
        self.assertEqual(self.found["reset_guard"]["bytes"], 32)

    def test_an_unknown_option_is_refused(self):
        self.assertEqual(subprocess.run([PROGRAM, "--fast"], capture_output=True).returncode, 2)


if __name__ == "__main__":
    unittest.main()
