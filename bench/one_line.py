"""A wrong option, or input that cannot be used, gets one clear line."""

import argparse
import sys


class OptionParser(argparse.ArgumentParser):
    def error(self, message):
        self.exit(2, f"{self.prog}: {message} (--help lists the options)\n")


class Refused(Exception):
    """Input that cannot be used; the message says which, and what is wrong with it."""


def run(main):
    try:
        sys.exit(main())
    except Refused as refused:
        print(f"{sys.argv[0].rsplit('/', 1)[-1]}: {refused}", file=sys.stderr)
        sys.exit(1)
