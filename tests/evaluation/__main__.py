"""`python -m tests.evaluation`: see the package's docstring."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path


def main() -> int:
    from . import __doc__ as about

    parser = argparse.ArgumentParser(
        prog="python -m tests.evaluation", description=about, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="draft reports with a model")
    run.add_argument("--base-url", required=True, help="an OpenAI-compatible endpoint; its key in OPENAI_API_KEY")
    run.add_argument("--model", default="", help="the model's name at the endpoint, where it has several")
    run.add_argument("--name", required=True, help="what the table calls it")
    run.add_argument("--draft", action="append", required=True, metavar="INDEX:PERIOD")
    run.add_argument("--timeout", type=float, default=900.0)
    run.add_argument("--plain", action="store_true", help="without a JSON schema for the answers")
    run.add_argument("--concurrency", type=int, default=1)
    run.add_argument("--journals", type=Path, default=Path(tempfile.gettempdir()) / "narrate-evaluation")
    journals = run.get_default("journals")
    off = commands.add_parser("broken-off", help="enter what a run that was broken off came to so far")
    off.add_argument("--name", required=True)
    off.add_argument("--draft", action="append", required=True, metavar="INDEX:PERIOD")
    off.add_argument("--journals", type=Path, default=journals)
    commands.add_parser("table", help="print the results")
    commands.add_parser("sample", help="draw sentences to be judged by reading")
    options = parser.parse_args()

    from . import running, table

    if options.command == "table":
        print(table.table(running.load()))
    elif options.command == "sample":
        table.write(table.draw(running.load()))
        print(table.JUDGED)
    elif options.command == "broken-off":
        for draft in options.draft:
            index, _, period = draft.partition(":")
            journal = options.journals / f"{options.name.replace('/', '_')}-{index}-{period}.jsonl"
            print(running.save(running.broken_off(options.name, index, period, journal)))
    else:
        from narrator.writers.endpoint import Endpoint

        endpoint = Endpoint(
            options.base_url, os.environ.get("OPENAI_API_KEY", "none"), options.model,
            timeout=options.timeout, concurrency=options.concurrency, structured=not options.plain,
        )  # fmt: skip
        options.journals.mkdir(parents=True, exist_ok=True)
        for draft in options.draft:
            index, _, period = draft.partition(":")
            journal = options.journals / f"{options.name.replace('/', '_')}-{index}-{period}.jsonl"
            result = running.run(endpoint, options.name, index, period, journal)
            print(running.save(result), {k: v for k, v in result.items() if k != "passed"})
    return 0


sys.exit(main())
