"""What counted and ranked claims are judged by: the whole, its parts, and how each of them moved."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from narrator.check.reading import Reading
from narrator.model import Period
from narrator.numerals import chinese
from narrator.numerals.chinese_reading import read_chinese

if TYPE_CHECKING:
    from narrator.check.run import Check


class Grounds:
    """The data as counts, ranks, streaks and thresholds ask for them."""

    def __init__(self, check: Check) -> None:
        self.check = check
        self.f = check.figures
        self.ledger = check.ledger
        self.total = check.ledger.total.code
        self.modules = self.f.children(self.total)
        self.base_value = float(check.ledger.dataset.config.base_value)  # points of every index in the base period

    def period_of(self, reading: Reading) -> Period:
        return reading.periods[0] if reading.periods else self.check.period

    def moved(self, code: str, measure: str, period: Period) -> float:
        """A node's 同比 or 环比 (`yoy`, `pop`) in %; from its raw values where its index knows no rate, as below zero."""
        change = self.f.cell(code, measure, period)
        if not math.isnan(change) or measure not in ("yoy", "pop"):
            return change
        then = period.before(measure)
        now, before = self.f.cell(code, "value", period), self.f.cell(code, "value", then)
        if math.isnan(now) or math.isnan(before) or not before:
            return math.nan
        return (now - before) / abs(before) * (-100 if self.f.nodes[code].inverse else 100)

    def family(self, reading: Reading) -> tuple[str, ...]:
        nodes = [s.code for s in reading.subjects if s.code]
        module = self.f.module_of(nodes[-1]) if nodes else ""
        return self.f.children(module) if module else self.f.leaves(self.total)


def counted(number: int, form: str) -> str:
    """A count as it is written in prose, in the form in which it stands there: 两, 三, 12."""
    if form != "chinese":
        return str(number)
    return "两" if number == 2 else chinese(number)


def read_count(text: str) -> int:
    """三, 12 → 3, 12; -1 where it is no number."""
    value = int(text) if text.isdigit() else read_chinese(text)
    return int(value) if value is not None else -1
