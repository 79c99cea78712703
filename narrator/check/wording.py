"""One number with the words around it, and what has been made of them so far: what `composition` fills in."""

from __future__ import annotations

from dataclasses import dataclass

from narrator.check.comparisons import Comparison
from narrator.check.cues import Cue
from narrator.check.memory import Event, Slot, State, Walk
from narrator.check.reading import Mode, Role
from narrator.check.subjects import Name, Subject
from narrator.model import Period
from narrator.numerals.period_reading import PeriodPhrase
from narrator.numerals.tokens import Token

_ALONE = Comparison("level", 0, "")  # compared with nothing


@dataclass(slots=True)
class Wording:
    """A number of the text, its words in front and behind, and what they were found to say.

    near      the events since `near_start`, the last mark or number before it
    lead      the text from there up to the number; `clause_lead` from the last mark of a clause
    tail      the text behind it, to the next stop
    slot      what its place in a list (分别) says of it
    """

    walk: Walk
    token: Token
    near: list[Event]
    near_start: int
    lead: str
    tail: str
    clause: str
    slot: Slot | None
    clause_start: int
    clause_lead: str
    # what the number is of its subject, as in Reading
    role: Role = "level"
    sign: int = 0
    noun: str = ""
    reached: bool = False  # 至, 达到
    comparison: Comparison = _ALONE
    # whose it is
    subjects: tuple[Subject, ...] = ()
    explicit: bool = False  # named in front of it, in its own words
    behind: tuple[Subject, ...] = ()  # named behind it
    mode: Mode = "one"
    summed: bool = False  # the sum of the figures just listed
    # of what it is made, where of more than one figure
    weight: bool = False
    stretch: tuple[Period, ...] = ()

    @property
    def state(self) -> State:
        return self.walk.state

    @property
    def now(self) -> Period:
        """The period that governs, the report's own where none was named."""
        return self.walk.state.period or self.walk.frame.report

    def cue(self, kind: str) -> bool:
        """Whether a cue of that kind stands in front of it."""
        return any(isinstance(e, Cue) and e.kind == kind for e in self.near)

    @property
    def names(self) -> list[Name]:
        return [e for e in self.near if isinstance(e, Name)]

    @property
    def dates(self) -> list[PeriodPhrase]:
        return [e for e in self.near if isinstance(e, PeriodPhrase)]
