"""What a text claims without a digit: records, turns, runs, universals, superlatives, plain directions.

A claim is judged only where the data can say so: one that they contradict on every reading is wrong, one
that they bear out is verified, and of what they know nothing about there is no mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from narrator.check.contrasts import Contrasts
from narrator.check.courses import Courses
from narrator.check.extremes import Extremes
from narrator.check.grounds import read_count
from narrator.check.memory import Cursor
from narrator.check.moves import Moves
from narrator.check.never import Never
from narrator.check.orders import Orders
from narrator.check.outstanding import Outstanding
from narrator.check.places import Places
from narrator.check.quantified import Quantified
from narrator.check.reading import Judgement, Reading
from narrator.check.shortened import Shortened
from narrator.check.steps import Steps
from narrator.check.universals import Universals
from narrator.model import PER_YEAR, Period
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token
from narrator.records import replace

if TYPE_CHECKING:
    from narrator.check.run import Check


# 7、8两个月, 三、四两个季度: the last of them is the period that is spoken of.
_LISTED = regex(
    r"(?:[\d一二三四]{1,2}[、和])+(?P<last>\d{1,2}|[一二三四])(?:月份?|季度)?\s*(?:这)?[两二三四五六]个(?P<unit>月|季度)"
)


class Claims:
    """Finds and judges the claims of one clause."""

    def __init__(self, check: Check) -> None:
        courses, extremes, steps, orders = Courses(check), Extremes(check), Steps(check), Orders(check)
        self._families = (
            Outstanding(check).of, Universals(check).of, Quantified(check).of, steps.of, steps.times, steps.before, orders.of, orders.drivers, Never(check).of, courses.records, courses.turns, courses.runs, courses.paces,
            extremes.superlatives, extremes.of, extremes.followers, Contrasts(check).of, Places(check).of, Moves(check).of, Shortened(check).of,
        )  # fmt: skip

    def of(self, at: Cursor) -> Iterator[tuple[Reading, Judgement]]:
        if at.frame.advice:
            return
        taken = [(e.phrase_start, e.phrase_end) for e in at.events if isinstance(e, Token)]
        clause = at.norm[at.start : at.end]
        listed = _LISTED.search(clause) if "个" in clause else None
        if listed is not None:
            at = replace(at, period=self._last(listed, at.period))
        for find in self._families:
            for start, end, judgement in find(at, clause):
                if any(a < end and start < b for a, b in taken):
                    continue
                taken.append((start, end))
                yield self._reading(at, start, end, judgement)

    @staticmethod
    def _last(listed: re.Match[str], period: Period) -> Period:
        number = read_count(listed["last"])
        frequency = "M" if listed["unit"] == "月" else "Q"
        if frequency != period.frequency or not 1 <= number <= PER_YEAR[period.frequency]:
            return period
        return Period(period.year, frequency, number)

    def _reading(self, at: Cursor, start: int, end: int, judgement: Judgement) -> tuple[Reading, Judgement]:
        text = at.text[start:end]
        token = Token(start, end, start, end, text, text, "pattern", form="chinese")
        return Reading(
            token,
            at.text[at.start : at.end],
            at.subjects,
            role="claim",
            bound="clause" if at.explicit else "carried",
            side=at.side,
            periods=(at.period,),
            basis=at.basis,
        ), judgement
