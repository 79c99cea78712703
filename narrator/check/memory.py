"""What a reader of a paragraph has before the eyes and in mind: its events in order, and the state between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from narrator.check.clauses import after_mark
from narrator.check.cues import Cue
from narrator.check.figures import Option
from narrator.check.reading import Reading, Role
from narrator.check.runs import Run
from narrator.check.subjects import Name, Names, Subject
from narrator.model import Period
from narrator.numerals.period_reading import PeriodPhrase
from narrator.numerals.tokens import Token
from narrator.records import record

Event = Cue | Name | PeriodPhrase | Token


@dataclass(frozen=True)
class Frame:
    """What holds for a whole block: the report's period, the subjects of the headings above."""

    report: Period
    base: Period
    frequency: str
    topic: tuple[Subject, ...] = ()
    topics: tuple[Subject, ...] = ()  # all that the nearest heading names
    module: str = ""
    advice: bool = False  # under 建议: what is to be done, not what was


@dataclass(frozen=True, slots=True)
class Slot:
    """What its place in a list (分别) says of a number."""

    subjects: tuple[Subject, ...] = ()
    period: Period | None = None
    against: Period | None = None
    basis: str = ""
    unclear: bool = False
    foreign: str = ""  # of what nothing is known


@dataclass(frozen=True, slots=True)
class Beside:
    """A rate of another `period` that the one spoken of is set beside, told up to `end`."""

    end: int
    period: Period
    basis: str
    noun: str
    sign: int


@dataclass
class State:
    """What a reader keeps in mind from one number to the next, and lets go at marks and new names."""

    subjects: tuple[Subject, ...] = ()
    group: list[Subject] = field(default_factory=list)
    named: list[tuple[Subject, ...]] = field(default_factory=list)  # the same by name: alternatives together
    group_end: int = -1
    ambiguous: bool = False
    bound: Literal["clause", "carried", "heading", "none"] = "none"
    side: str = ""
    period: Period | None = None
    period_before: Period | None = None
    within: int = -1  # end of a clause to which the period is confined
    against: tuple[Period, ...] = ()
    basis: str = ""
    from_periods: tuple[Period, ...] = ()
    portion: str = ""  # 占GDP比重: of what the number is a part
    joint: bool = False  # 与X合计贡献: what was spoken of and X together
    weighing: bool = False  # 权重为…、占…: weights are told
    since: tuple[Period, ...] = ()  # 2022年以来: where the counting may begin
    pulled: int = -1  # end of the name behind 影响: what is moved by the subject
    moved: int = -1  # start of a name that something unnamed moves: 旺季带动景气指数回升
    parent: str = ""
    cause: tuple[Subject, ...] = ()  # PM2.5…，是X增长的首要因素: what the next clause speaks of again
    resumed: tuple[Subject, ...] = ()  # A受X拖累，…: what goes on to be spoken of behind the mark
    foreign: str = ""
    recent: list[tuple[Subject, ...]] = field(default_factory=list)  # subjects with numbers in this sentence
    ratio: Reading | None = None  # 约为2017年的1.46倍: what is so related next may be to the same
    told: list[Option] = field(default_factory=list)  # figures of this sentence that were found right
    heard: list[Option] = field(default_factory=list)  # of this paragraph, counted things among them
    last: Reading | None = None
    last_end: int = -1
    before: Reading | None = None  # the last of the sentence before
    then: Period | None = None  # the one period of which all of that sentence was
    replaced: tuple[Subject, ...] = ()  # whom the last name took the place of
    pair: tuple[Subject, ...] = ()  # what 前者 and 后者 may stand for
    paired: tuple[Subject, ...] = ()  # what the last of them was one of
    earlier: list[tuple[Subject, ...]] = field(default_factory=list)  # the same, of the sentence before
    spread: dict[int, Slot] = field(default_factory=dict)
    theme: tuple[Role, int] | None = None  # what the rates of this sentence are: changes, shares
    parallel: tuple[tuple[Role, int], str, str] | None = None  # theme, basis and parent of the member before ；
    topic_basis: str = ""  # 环比看，…
    versus: str = ""  # node or reference that this clause compares with
    added: tuple[Subject, ...] = ()  # 比A与B之和高: those whose sum it is compared with, as `versus` says
    added_end: int = -1  # end of the words that said so
    beside: str = ""  # the same for the clause behind 与…相比，
    over: str = ""  # what a clause of this sentence compared with: 高于总指数，…更是高出17.41点
    over_periods: tuple[Period, ...] = ()  # with which period the clause before did: 已超过上年同期，高出4.08点
    loose: bool = False  # the period was said in an earlier clause, with a number of its own
    after: Period | None = None  # 此后, 触底后: what is counted from there on
    period_at: int = -1
    period_words: str = ""
    period_also: Period | None = None  # 2020年为A，上年为B: the year before that, as well as last year
    rate: tuple[int, str] | None = None  # 降幅由…收窄至…: sign and noun
    year: int = 0  # of the last half or quarter that was dated in full
    in_year: bool = False  # that year was said by itself: 2023年，…上半年…
    compared: tuple[Period, ...] = ()  # 与2018年相比，: what the whole sentence is set against
    compared_at: int = -1  # end of the words that said so
    set_beside: Beside | None = None  # the rate that another was last set beside
    compared_end: int = -1  # of the period last compared with
    rate_basis: str = ""
    noun: str = ""  # 降幅, 涨幅 last said of the subject
    basis_said: str = ""  # the last basis said in this sentence
    tallied: str = ""  # the basis on which the sentence before counted rises and falls


@record(frozen=True, slots=True)
class Cursor:
    """What a digit-free claim may look at: the clause, its cues and names, and the state when it ended."""

    text: str
    norm: str
    start: int
    end: int
    events: tuple[Event, ...]
    subjects: tuple[Subject, ...]
    explicit: bool
    side: str
    period: Period
    basis: str
    frame: Frame
    last: Reading | None
    module: str
    after: Period | None = None  # 此后, 触底后: from when on it is told


@dataclass
class Walk:
    """One paragraph being read: `norm` is its text half-width, `figures` its numbers, `state` what is in mind."""

    names: Names
    module_of: Callable[[str], str]
    text: str
    norm: str
    frame: Frame
    tokens: list[Token]
    found: list[Name] = field(default_factory=list)
    periods: list[PeriodPhrase] = field(default_factory=list)
    figures: list[Token] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)  # periods said as one: 一至三季度
    windows: dict[int, PeriodPhrase] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    clause: list[Event] = field(default_factory=list)  # events since the last mark that ends a clause
    state: State = field(default_factory=State)

    def sentence_start(self, place: int) -> int:
        """Where the sentence around a place begins; a semicolon ends one too."""
        return after_mark(self.norm, place, "。；！？;!?\n")


def start_of(event: Event) -> int:
    return event.phrase_start if isinstance(event, Token) else event.start


def end_of(event: Event | None) -> int:
    if event is None:
        return 0
    return event.phrase_end if isinstance(event, Token) else event.end
