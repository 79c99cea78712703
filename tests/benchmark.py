"""How long the commands that matter take, against what nobody can do without. Run: python -m tests.benchmark

Whole processes, one after the other in pairs, so that a busy moment strikes both of a pair; the median
of the pairs' ratios is what counts. Exit code 1 where a ratio is above its limit.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAIRS = 9
NARRATE = "import sys; from narrator.cli import main; sys.argv[0] = 'narrate'; main()"


@dataclass(frozen=True)
class Measure:
    name: str
    command: tuple[str, ...]
    yardstick: str  # a statement that a fresh interpreter runs
    limit: float


def measures(folder: Path) -> list[Measure]:
    libraries = "import pandas, docx, pptx, lxml"
    long = folder / "long.docx"
    write_long(long)
    return [
        Measure(
            f"narrate draft {period} --index {index}",
            ("draft", period, "--index", index, "-q", "-o", str(folder / f"{index}-{period}.docx")),
            libraries,
            2.5,
        )
        for index, period in (("shangyu", "2019H1"), ("demo", "2025H1"))
    ] + [
        Measure(
            "narrate check, a drafted report",
            ("check", str(folder / "shangyu-2019H1.docx"), "--fail-on", "never"),
            "import pandas, lxml",
            2.0,
        ),
        Measure(
            "narrate check, 10,000 numbers in 3,000 paragraphs",
            ("check", str(long), "--index", "demo", "--period", "2024H2", "--fail-on", "never"),
            f"import docx; '\\n'.join(p.text for p in docx.Document({str(long)!r}).paragraphs)",
            4.0,
        ),
        Measure("narrate --help", ("--help",), "import typer", 1.5),
    ]


def write_long(path: Path) -> None:
    """3,000 paragraphs with 10,000 numbers: the figures of every node of the demonstration index, one in ten wrong."""
    import docx

    import narrator
    from narrator.check.figures import Figures
    from narrator.model import Period

    ledger = narrator.load(ROOT / "data" / "demo")
    figures, at = Figures(ledger), Period.parse("2024H2")
    values: list[tuple[str, float, float]] = []
    for code in ledger.dataset.nodes:
        held = figures.option(code, "index", at)
        moved = figures.option(code, "yoy", at, change=True)
        if held is not None and moved is not None:
            values.append((ledger.node(code).name, held.value, moved.value))
    document = docx.Document()
    for n in range(3000):
        name, level, rate = values[n % len(values)]
        wrong = n % 10 == 0
        text = f"{n + 1}. {name}指数为{level + wrong * (1 + n / 100):.2f}点，同比{'增长' if rate > 0 else '下降'}{abs(rate):.2f}%"
        document.add_paragraph(text + ("，高于100点。" if n % 3 == 0 else "。"))
    document.save(str(path))


def narrate() -> tuple[str, ...]:
    """The installed command where there is one beside this interpreter, else the same by module."""
    script = Path(sys.executable).with_name("narrate")
    return (str(script),) if script.exists() else (sys.executable, "-c", NARRATE)


def seconds(*command: str) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> int:
    failed = False
    with tempfile.TemporaryDirectory() as name:
        for measure in measures(Path(name)):
            ours, theirs = [], []
            for n in range(PAIRS + 1):
                pair = (
                    seconds(sys.executable, "-c", measure.yardstick),
                    seconds(*narrate(), *measure.command),
                )
                if n:  # the first pair warms the disk
                    theirs.append(pair[0])
                    ours.append(pair[1])
            ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
            failed |= ratio > measure.limit
            print(
                f"{measure.name}: {statistics.median(ours):.2f} s, {measure.yardstick}: "
                f"{statistics.median(theirs):.2f} s, ratio {ratio:.2f} (at most {measure.limit})"
                f"{'' if ratio <= measure.limit else '  TOO SLOW'}"
            )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
