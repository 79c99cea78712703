"""`python -m tests.scenarios`: edit drafts, revise data, refresh, and print how it went."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.scenarios", description=__doc__)
    parser.add_argument("--first", type=int, default=0, help="the first seed (default 0)")
    parser.add_argument("--count", type=int, default=240, help="how many scenarios (default 240)")
    parser.add_argument("--office", type=int, default=0, help="how many of them go through LibreOffice as well")
    parser.add_argument("--show-faults", action="store_true", help="list what went wrong")
    options = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).parents[1]))  # the marked texts stand beside the scenarios
    from .office import Office
    from .running import run
    from .table import table

    outcomes = []
    place = tempfile.TemporaryDirectory()
    office = Office(Path(place.name)) if options.office else None
    for seed in range(options.first, options.first + options.count):
        outcome = run(seed, office if seed - options.first < options.office else None)
        outcomes.append(outcome)
        if options.show_faults and outcome.faults:
            print(
                f"{seed} {outcome.index} {outcome.period} {outcome.size or '全部'} {'、'.join(outcome.edits)}",
                flush=True,
            )
            for fault in outcome.faults:
                print(f"   {fault}", flush=True)
    print(table(outcomes))
    place.cleanup()
    return 0


sys.exit(main())
