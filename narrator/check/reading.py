"""What the words say of one number: the hand-over from `resolve` to `judge`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from narrator.check.figures import Option
from narrator.check.subjects import Subject
from narrator.model import Period, Source, VerdictName
from narrator.numerals.tokens import Token
from narrator.records import record

Role = Literal[
    "level", "change", "share", "pull", "mark", "pace", "gap", "portion", "ratio", "rank", "count", "claim", "toward"
]
Mode = Literal["one", "all", "sum", "either", "rest"]


@record(frozen=True, slots=True)
class Reading:
    """One number (or countable phrase) with what its words say.

    subjects, mode   what it is about: one thing, each of several (均), their sum (合计), what they leave
                     of the whole (其余), or one of several (unclear)
    bound            where the subject stands: in the clause, carried from before, in the heading, nowhere
    role             level, change, contribution share or pull, a mark passed, pace (change of a change), …
    sign             what the words say of the direction: 1, -1, 0 for nothing
    side             index or raw where the words say which
    against          periods that a change may be measured against; `said`: the words name the basis
    period           periods that it may belong to, the likeliest first; `dated`: the words name it
    parent           what a share or pull is of, where said
    foreign          words of a subject that is not known
    """

    token: Token
    clause: str
    subjects: tuple[Subject, ...] = ()
    mode: Mode = "one"
    bound: Literal["clause", "carried", "heading", "none"] = "none"
    role: Role = "level"
    sign: int = 0
    side: str = ""
    against: tuple[Period, ...] = ()
    said: bool = False
    periods: tuple[Period, ...] = ()
    dated: bool = False
    parent: str = ""
    foreign: str = ""
    hedge: str = ""
    lead: str = ""  # text from the last stop or number up to here
    tail: str = ""  # text behind, to the next stop
    noun: str = ""  # 涨幅, 降幅, 增速 of a pace
    basis: str = ""  # yoy, pop, base: of a pace, the rate that changed; else as shown to the reader
    signed: bool = False  # the number carries its own sign (tables, 增速为)
    window: int = 0  # of 近三期, 连续三期
    header: bool = False  # read from a table or chart
    ambiguous: bool = False
    measures: tuple[str, ...] = ()  # table and chart headers may name the measures outright
    after: Period | None = None  # 此后, 触底后: the period from which on something is counted
    expected_unit: str = ""  # a header's unit
    other: str = ""  # of a gap: the node (or basis) that it is compared with
    before: str = ""  # a little of the text in front of `lead`
    verb: str = ""  # the last verb of direction before the number
    gap_of: Period | None = None  # a gap now against the gap of that period
    aggregate: str = ""  # mean, total, yearly, daily …: a number made of several
    span: tuple[Period, ...] = ()  # the periods that it is made of
    told: tuple[Option, ...] = ()  # figures of this sentence that were found right, the last at the end
    heard: tuple[Option, ...] = ()  # of this paragraph, counted things among them
    rate: str = ""  # basis of the rate that a pace or gap speaks of: yoy, pop, share

    @property
    def node(self) -> str:
        """The code of what it is about, the last of several; empty where no node of the index is named."""
        return next((s.code for s in reversed(self.subjects) if s.code), "")


@record(frozen=True, slots=True)
class Judgement:
    """What `judge` says of a reading: a verdict, the rule where it is none that passes, the fact and its print."""

    name: VerdictName
    rule: str = ""
    option: Option | None = None
    expected: str = ""
    why: str = ""
    source: Source | None = None
    fact: str = ""
    passing: tuple[float, float] | None = None  # lowest and highest value that would pass, and its plausible range
    related: tuple[str, ...] = ()


def of_all(each: Sequence[Judgement]) -> Judgement:
    """The judgement on what is said of all of several: the first that is not right, else the first."""
    return next((j for j in each if j.name != "verified"), each[0])
