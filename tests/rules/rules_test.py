#!/usr/bin/env python3
"""Tests of rules.py: a file with a mistake is refused in one line that names it."""

import pathlib
import tempfile
import unittest

import rules

GOOD = """\
// RULE: A number is not negated.
// WHY: It is a test.
// ENFORCED: by types
// MESSAGE: no match
#include "device.hpp"

// CASE: a variable
int one = -1;  // BAD
// GOOD: int one = 1;
"""


class Refused(unittest.TestCase):
    def refuse(self, old, new, message, name="result_test.cpp"):
        self.assertIn(old, GOOD)
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, name)
            path.write_text(GOOD.replace(old, new), encoding="utf-8")
            if message is None:
                rules.Rule(path)
                return
            with self.assertRaises(rules.Wrong) as caught:
                rules.Rule(path)
            self.assertIn(message, str(caught.exception))
            self.assertNotIn("\n", str(caught.exception))

    def test_none(self):
        self.refuse("a test", "a test", None)

    def test_unknown_key(self):
        self.refuse("// WHY: It", "// REASON: It", "'REASON' is no key")

    def test_two_of_a_key(self):
        self.refuse("// WHY:", "// RULE: Another one.\n// WHY:", "a second 'RULE'")

    def test_no_reason(self):
        self.refuse("// WHY: It is a test.\n", "", "has no '// WHY: '")

    def test_no_sentence(self):
        self.refuse("negated.", "negated", "RULE is no sentence")

    def test_no_good_line(self):
        self.refuse("// GOOD: int one = 1;\n", "", "has '// BAD', and no line '// GOOD: ...' below it")

    def test_no_bad_line(self):
        self.refuse("  // BAD\n// GOOD: int one = 1;", "", "has no bad line")

    def test_no_message(self):
        self.refuse("// MESSAGE: no match\n", "", "has no MESSAGE")

    def test_unknown_level(self):
        self.refuse("by types", "by magic", "'by magic' in ENFORCED is unknown")

    def test_unknown_word(self):
        self.refuse("by types", "by strict (attribute)", "'attribute' in ENFORCED is none of")

    def test_no_limit(self):
        self.refuse("by types", "by nobody", "has no LIMIT")

    def test_no_program(self):
        self.refuse("by types", "at run time", "has no program that PRINTS something")

    def test_unknown_topic(self):
        self.refuse("a test", "a test", "the name has to begin with one of", name="other_test.cpp")

    def test_block_without_end(self):
        self.refuse("int one = -1;", "#ifdef GOOD\nint one = -1;", "'#ifdef GOOD' without '#else' and '#endif'")


if __name__ == "__main__":
    unittest.main()
