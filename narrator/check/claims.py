"""What a text claims without a digit: records, turns, runs, universals, superlatives, plain directions.

A claim is judged only where the data can say so: one that they contradict on every reading is wrong, one
that they bear out is verified, and of what they know nothing about there is no mention.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from narrator.check.contrasts import Contrasts
from narrator.check.courses import Courses
from narrator.check.extremes import Extremes
from narrator.check.memory import Cursor
from narrator.check.moves import Moves
from narrator.check.quantified import Quantified
from narrator.check.reading import Judgement, Reading
from narrator.check.universals import Universals
from narrator.numerals.tokens import Token

if TYPE_CHECKING:
    from narrator.check.run import Check


class Claims:
    """Finds and judges the claims of one clause."""

    def __init__(self, check: Check) -> None:
        courses, extremes = Courses(check), Extremes(check)
        self._families = (
            Universals(check).of, Quantified(check).of, courses.records, courses.turns, courses.runs, courses.paces,
            extremes.superlatives, extremes.of, extremes.followers, Contrasts(check).of, Moves(check).of,
        )  # fmt: skip

    def of(self, at: Cursor) -> Iterator[tuple[Reading, Judgement]]:
        if at.frame.advice:
            return
        taken = [(e.phrase_start, e.phrase_end) for e in at.events if isinstance(e, Token)]
        clause = at.norm[at.start : at.end]
        for find in self._families:
            for start, end, judgement in find(at, clause):
                if any(a < end and start < b for a, b in taken):
                    continue
                taken.append((start, end))
                yield self._reading(at, start, end, judgement)

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
