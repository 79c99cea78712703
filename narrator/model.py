"""The words of the trade as frozen values: what every other module hands on.

Nothing here computes an index or reads a file. Floats are computed values, never rounded;
what is printed is made by `narrator.numerals` at the very end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from functools import cache, lru_cache, total_ordering
from typing import Literal

from narrator.records import record

# --------------------------------------------------------------------------- periods

Frequency = Literal["A", "H", "Q", "M"]
PER_YEAR: dict[str, int] = {"A": 1, "H": 2, "Q": 4, "M": 12}
_PERIOD = re.compile(r"(?P<year>[12]\d{3})(?:H(?P<H>[12])|Q(?P<Q>[1-4])|M(?P<M>0[1-9]|1[0-2]))?")


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """A span of the calendar: `2016`, `2019H1`, `2019Q3`, `2019M06`.

    `number` counts from 1 within the year (1 for a whole year). Periods order by their end,
    then by their length, so `2018H2` < `2018` < `2019H1`.
    """

    year: int
    frequency: Frequency = "A"
    number: int = 1

    @staticmethod
    @cache
    def parse(text: str) -> Period:
        """Read `2019H1`; raises ValueError on anything else."""
        m = _PERIOD.fullmatch(text.strip().upper())
        if m is None:
            raise ValueError(f"not a period: {text!r}")
        for frequency in ("H", "Q", "M"):
            if m[frequency]:
                return _period(int(m["year"]), frequency, int(m[frequency]))
        return _period(int(m["year"]), "A", 1)

    @staticmethod
    def last_of(year: int, frequency: Frequency) -> Period:
        """The period that closes a year."""
        return _period(year, frequency, PER_YEAR[frequency])

    def __str__(self) -> str:
        if self.frequency == "A":
            return str(self.year)
        digits = f"{self.number:02d}" if self.frequency == "M" else str(self.number)
        return f"{self.year}{self.frequency}{digits}"

    @property
    def months(self) -> tuple[int, int]:
        """First and last month, 1 to 12."""
        length = 12 // PER_YEAR[self.frequency]
        return (self.number - 1) * length + 1, self.number * length

    def _key(self) -> tuple[int, int, int]:
        first, last = self.months
        return self.year, last, last - first

    def __hash__(self) -> int:
        return self.year << 4 | self.number  # periods are keys everywhere: much quicker than a tuple's

    def __lt__(self, other: Period) -> bool:
        return self._key() < other._key()

    def shift(self, steps: int) -> Period:
        """The period `steps` later (earlier where negative), of the same length."""
        n = PER_YEAR[self.frequency]
        ordinal = self.year * n + self.number - 1 + steps
        return _period(ordinal // n, self.frequency, ordinal % n + 1)

    @property
    def previous(self) -> Period:
        """The period before: what 环比 compares with."""
        return self.shift(-1)

    @property
    def year_before(self) -> Period:
        """The same period a year before: what 同比 compares with."""
        return self.shift(-PER_YEAR[self.frequency])

    def before(self, basis: str) -> Period:
        """What a change on `basis` (`yoy`, `pop`, or a measure that ends so) compares with."""
        return self.previous if "pop" in basis else self.year_before


@lru_cache(maxsize=4096)
def _period(year: int, frequency: Frequency, number: int) -> Period:
    """One object for a period that is asked for again and again: as keys, the same are found equal at a glance."""
    return Period(year, frequency, number)


# --------------------------------------------------------------------------- index structure

Status = Literal["A", "I", "P", "E", "M"]
STATUSES: tuple[Status, ...] = ("A", "I", "P", "E", "M")  # strongest first
QUOTABLE: frozenset[str] = frozenset("AIP")


def weakest(statuses: Iterator[Status] | list[Status] | tuple[Status, ...]) -> Status:
    """The weakest of several observation statuses; `A` for none."""
    return max(statuses, key=STATUSES.index, default="A")


class Level(Enum):
    """Where a node stands in the hierarchy of an index."""

    TOTAL = "total"
    MODULE = "module"
    INDICATOR = "indicator"


@dataclass(frozen=True, slots=True)
class Node:
    """Total, module or indicator. `weight` is within the parent; `direction` is 1 or -1 (inverse, 逆)."""

    code: str
    name: str
    parent: str | None
    weight: float
    direction: int
    unit: str
    decimals: int
    aliases: tuple[str, ...] = ()
    note: str = ""
    level: Level = Level.INDICATOR

    @property
    def inverse(self) -> bool:
        return self.direction < 0


# --------------------------------------------------------------------------- facts

MEASURES: tuple[str, ...] = (
    "value", "index", "yoy", "pop", "yoy_diff", "pop_diff", "index_yoy_diff", "index_pop_diff",
    "value_yoy", "value_pop", "since_base", "share", "share_pop", "pull", "pull_pop",
    "rank", "rank_yoy", "rank_pop", "rank_share",
)  # fmt: skip
# Measures that say how far something moved: prose prints their size and lets the verb carry the sign.
CHANGES: frozenset[str] = frozenset(
    {
        "yoy", "pop", "yoy_diff", "pop_diff", "index_yoy_diff", "index_pop_diff", "value_yoy", "value_pop",
        "since_base", "share", "share_pop", "pull", "pull_pop",
    }
)  # fmt: skip

Source = Literal["engine", "reference", "material"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A computed number with how it is shown: unit and printed decimals."""

    value: float
    unit: str = ""
    decimals: int = 2


@dataclass(frozen=True, slots=True)
class Fact:
    """One number that the engine or a registered source stands for.

    `id` is `<node>.<measure>@<period>`; `value` is unrounded, in `unit`; `inputs` are the ids of the
    facts it was computed from; `formula` shows, in Chinese, how a person recomputes it by hand.
    `phrase` is set on pattern facts only: the words that the pattern justifies (止跌回升, 五升一平).
    """

    id: str
    node: str
    name: str
    measure: str
    period: Period
    value: float
    unit: str = ""
    decimals: int = 2
    status: Status = "A"
    source: Source = "engine"
    formula: str = ""
    inputs: tuple[str, ...] = ()
    origin: str = ""
    phrase: str = ""

    @property
    def quotable(self) -> bool:
        """Whether a writer may print it: published, imputed or provisional, never estimated or missing."""
        return self.status in QUOTABLE

    @property
    def quantity(self) -> Quantity:
        return Quantity(self.value, self.unit, self.decimals)


def fact_id(node: str, measure: str, period: Period) -> str:
    return f"{node}.{measure}@{period}"


# --------------------------------------------------------------------------- a draft

# In the text of a draft, `[[CX.yoy@2019H1]]` stands for a fact: prose prints the size with its unit
# (22.29%), `[[CX.yoy@2019H1|bare]]` the signed number alone (table cells), `|phrase` a pattern's words
# (五升一平), `|ordinal` and `|count` Chinese numerals (第二, 三), `[[@fig:total]]` a cross-reference to the
# figure or table with that key (图2.1).
SLOT = re.compile(r"\[\[(?P<ref>@)?(?P<id>[^\[\]|]+?)(?:\|(?P<form>bare|phrase|ordinal|count))?\]\]")


@dataclass(frozen=True, slots=True)
class Heading:
    level: int  # 1 to 4
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str  # with slots
    key: str = ""  # place in the outline, e.g. "module.CX.index"
    author: str = "offline"  # who wrote it: offline, or the model's name


@dataclass(frozen=True, slots=True)
class Series:
    name: str
    facts: tuple[str | None, ...]  # one fact id per category; None leaves a gap


ChartKind = Literal["line", "column", "bar", "stacked", "doughnut"]


@dataclass(frozen=True, slots=True)
class Chart:
    kind: ChartKind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""  # of the value axis
    decimals: int = 2


@dataclass(frozen=True, slots=True)
class Figure:
    """A native chart with its caption below; `key` is what the text cites, e.g. `fig:total`."""

    key: str
    caption: str
    chart: Chart


@dataclass(frozen=True, slots=True)
class Table:
    """A three-line table, its caption above, notes below; cells hold slots."""

    key: str
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


Block = Heading | Paragraph | Figure | Table


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole report before it becomes a Word file."""

    index: str
    period: Period
    title: str
    blocks: tuple[Block, ...]
    digest: str = ""  # of the data it was drafted from
    writer: str = "offline"


# --------------------------------------------------------------------------- a check

Part = Literal["body", "table", "header", "footer", "footnote", "endnote", "textbox", "chart", "comment"]
MentionKind = Literal["quantity", "period", "rank", "count", "pattern", "structure", "name"]
VerdictName = Literal["verified", "wrong", "unsupported", "unclear", "exempt"]
Severity = Literal["error", "warning"]


@record(frozen=True, slots=True)
class Place:
    """Where a stretch of text stands: `block` from 1 in reading order, characters `start` to `end` in it."""

    part: Part
    block: int
    start: int
    end: int


@record(frozen=True, slots=True)
class Mention:
    """One number in a text, before any verdict."""

    place: Place
    text: str
    phrase: str
    value: str
    unit: str
    kind: MentionKind
    excused_by: str = ""  # the rule that excuses a period, structure or name
    direction: str = ""  # up, down, flat or empty
    basis: str = ""  # yoy, pop, base, ytd or empty
    hedge: str = ""  # over, near, about … or empty
    subject: str = ""  # node code, reference name, or empty
    measure: str = ""
    period: str = ""
    numbers: tuple[Decimal, ...] = ()  # `value` to compute with; several for a range, ratio or pattern
    join: str = ""  # range, ratio, fraction or parts, where there are several
    decimals: int = 0  # printed ones, the most of the parts
    form: str = "arabic"  # arabic, fullwidth, chinese, mixed
    phrase_start: int = 0  # place of `phrase` in the block
    phrase_end: int = 0
    verb: str = ""  # the word that gives the direction: 增长, 收窄, 跌幅
    level: bool = False  # the verb leads to this level (升至 130 点); it is no change of that size
    spread: str = ""  # 降幅, 增速, 差距: the change is one of a change or gap (降幅收窄 2.2 个百分点)
    versus: str = ""  # what it is compared with, in the text's words: 去年下半年
    implicit: bool = False  # the basis is not written; bare 增长 in such texts is on the year
    verbs: tuple[str, ...] = ()  # of a pattern, one for each of `numbers`


@record(frozen=True, slots=True)
class Verdict:
    """What the check says of a mention."""

    mention: Mention
    name: VerdictName
    rule: str = ""
    fact: str = ""
    expected: str = ""
    source: Source | None = None
    bound_by: Literal["anchor", "subject", "none"] = "none"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a person should look at: a rule, a place, what is there and what should be there."""

    rule: str
    severity: Severity
    message: str
    heading: str
    paragraph: int
    place: Place
    quote: str
    expected: str = ""
    actual: str = ""
    fact: str = ""
    related: tuple[str, ...] = field(default=())
    fix: str = ""
    fingerprint: str = ""
