"""`python -m tests.fuzz --requests 20000`: the long run, on SQLite or where DATABASE_URL says."""

import argparse
import os
import sys

import pytest


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--requests", type=int, default=20_000, help="how many to send")
    parser.add_argument("--seed", type=int, default=1, help="which of the possible ones")
    told = parser.parse_args()
    os.environ.update(FUZZ_REQUESTS=str(told.requests), FUZZ_SEED=str(told.seed))
    return int(pytest.main(["-q", "-s", "-p", "no:randomly", "tests/fuzz/test_no_500.py"]))


if __name__ == "__main__":
    sys.exit(main())
