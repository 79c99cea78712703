"""No guard: what a model wrote as it wrote it. For evaluations, which show what the guard is worth."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrator.writers.briefs import ALIAS, Briefs
from narrator.writers.guard import Judged
from narrator.writers.guard.answer import paragraph_of

if TYPE_CHECKING:
    from narrator.writers.outline import Outline
    from narrator.writers.sections import Section


class Unguarded:
    """In the guard's place: takes every answer. Known aliases become slots, unknown ones and mangled marks go."""

    def __init__(self, outline: Outline, briefs: Briefs) -> None:
        self._ledger = outline.ledger
        self._briefs = briefs

    def judge(self, section: Section, place: int, answer: str) -> Judged:
        brief = self._briefs.brief(section, place)
        text = re.sub(r"\s*\n\s*", "", paragraph_of(answer))
        shown = ALIAS.sub(lambda m: brief.offers[m["name"]].slot if m["name"] in brief.offers else "", text)
        return Judged(shown or None)

    def salvage(self, section: Section, place: int, answer: str) -> Judged:
        return self.judge(section, place, answer)
