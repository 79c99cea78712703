"""`python -m tests.planted`: plant errors, check, and print what was caught."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.planted", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="which errors are planted where (default 1)")
    parser.add_argument("--limit", type=int, default=1800, help="how many errors at most (default 1800)")
    parser.add_argument("--kind", type=int, action="append", default=[], help="only this class of error, 1 to 14")
    parser.add_argument("--show-missed", action="store_true", help="list what was missed or named wrongly, and alarms")
    parser.add_argument("--by-planter", action="store_true", help="the table by planter as well")
    options = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).parents[1]))  # the makers of small Word files stand beside the tests
    from .running import run
    from .table import by_planter, misses, table

    report = run(options.seed, options.limit, only=frozenset(options.kind))
    print(table(report))
    if options.by_planter:
        print(by_planter(report))
    if options.show_missed:
        print(misses(report))
    return 0


sys.exit(main())
