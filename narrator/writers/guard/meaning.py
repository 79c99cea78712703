"""Whether a sentence about data says what the facts say: subjects, directions, bases, claims without a figure.

The guard does not trust that a number which agrees is the number meant. It knows which fact each slot is, so
it holds the words against that very fact; what it does not understand it refuses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrator.writers.briefs import Brief
from narrator.writers.guard.answer import reason
from narrator.writers.guard.claims import Claims
from narrator.writers.guard.fault import Fault
from narrator.writers.guard.figures import Figures
from narrator.writers.guard.lexicon import Lexicon, Word
from narrator.writers.guard.moves import Moves
from narrator.writers.guard.segments import segments

if TYPE_CHECKING:
    from narrator.facts import Ledger


class Meaning:
    """Judges sentences of one paragraph, in order: a subject may be left out where the one before stands."""

    def __init__(self, ledger: Ledger, lexicon: Lexicon, brief: Brief) -> None:
        self._lexicon = lexicon
        self._brief = brief
        self._topic = [brief.topic] if brief.topic and brief.role in ("index", "problem") else []
        if brief.role == "path":
            self._topic = [ledger.total.code]
        self._last: list[str] = []
        self._rules: tuple[Claims | Figures | Moves, ...] = (
            Claims(ledger, brief),
            Figures(ledger, brief),
            Moves(ledger, brief),
        )

    def faults(self, sentence: str) -> list[Fault]:
        """Everything in a sentence that is not understood or not so."""
        words = self._lexicon.read(sentence)
        unknown = [w for w in words if w.kind == "unknown"]
        if unknown:
            return [Fault(_around(sentence, w), *reason(w.text)) for w in unknown[:3]]
        found: list[Fault] = []
        before = ""
        subjects = list(self._topic)
        index_side = False
        for segment in segments(words, self._brief):
            if segment.named:
                index_side = segment.index_side
            else:
                if any(w.text in ("该指标", "该指数", "该模块") for w in segment.words) and self._last:
                    subjects = list(self._last)
                segment.subjects = list(subjects)
                segment.index_side = index_side = index_side or segment.index_side
            subjects = list(segment.subjects)
            self._last = subjects or self._last
            segment.before = before
            offers = [self._brief.offers[w.of[0]] for w in segment.words if w.kind == "slot"]
            found += [fault for rules in self._rules for fault in rules.faults(segment, offers)][:3]
            before = offers[-1].fact.measure if offers else before
            if segment.words[-1].text == "；":
                subjects, index_side = list(self._topic), False
        return found


def _around(sentence: str, word: Word) -> str:
    return sentence[max(0, word.start - 8) : word.end + 8]
