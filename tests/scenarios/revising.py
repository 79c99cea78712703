"""Seeded revisions of an index: its tables copied, some observations changed."""

from __future__ import annotations

import csv
import random
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import narrator

if TYPE_CHECKING:
    from narrator.facts import Ledger

ROOT = Path(__file__).parents[2]
PERIODS = {"shangyu": ("2019H1",), "demo": ("2018H2", "2019H1", "2021H1", "2023H1", "2024H2", "2025H1")}


@dataclass(frozen=True, slots=True)
class Revision:
    """Some observations of an index multiplied: indicator and period → factor."""

    index: str
    factors: tuple[tuple[str, str, float], ...]


@cache
def ledger(index: str) -> Ledger:
    return narrator.load(ROOT / "data" / index)


@cache
def report(index: str, period: str) -> bytes:
    """The draft of a period as a Word file."""
    facts = ledger(index)
    return narrator.document(narrator.draft(facts, period, prompts=ROOT / "prompts"), facts)


def revision(index: str, period: str, size: int, rng: random.Random) -> Revision:
    """`size` indicators revised (0: all), mostly in the report's period, at times in one it compares with."""
    data = ledger(index).dataset
    at = narrator.Period.parse(period)
    codes = [node.code for node in data.leaves]
    chosen = codes if size == 0 else rng.sample(codes, size)
    factors = []
    for code in chosen:
        periods = [at] if rng.random() < 0.8 else [rng.choice([at.previous, at.year_before]), at]
        for when in periods:
            if when in data.values.columns and data.statuses.at[code, when] != "M":
                reach = rng.choice((0.004, 0.02, 0.08))
                factors.append((code, str(when), 1 + rng.uniform(-reach, reach)))
    return Revision(index, tuple(factors))


def revised(change: Revision) -> Ledger:
    """The ledger of the revised tables."""
    factors = {(code, period): factor for code, period, factor in change.factors}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / change.index
        shutil.copytree(ROOT / "data" / change.index, folder)
        path = folder / "observations.csv"
        with open(path, encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        for row in rows:
            factor = factors.get((row["indicator"], row["period"]))
            if factor is not None and row["value"]:
                decimals = len(row["value"].partition(".")[2])
                row["value"] = f"{float(row['value']) * factor:.{max(decimals, 2)}f}"
        with open(path, "w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return narrator.load(folder)
