"""What a refresh did and did not do, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from narrator.model import Place

TURNED = frozenset({"wrong-direction", "sign-turned"})
Kind = Literal["number", "chart", "words", "left"]
By = Literal["anchor", "subject", "none"]


@dataclass(frozen=True, slots=True)
class Cause:
    """A revised input: what it is, how it was printed and is."""

    fact: str
    name: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.name}由{self.old}修订为{self.new or '无'}" if self.old else f"{self.name}新增{self.new}"


@dataclass(frozen=True, slots=True)
class Hung:
    """Words to remark on: characters `start` to `end` of the block at `place` in `Document.blocks`.

    `reason` says what is the matter with them, `offered` what might be done, `facts` are ids of what they hang on and
    `name` is what these are of.
    """

    place: int
    start: int
    end: int
    rule: str
    name: str
    reason: str
    offered: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One place of a report that a revision of the data concerns.

    `number`: replaced, as a tracked change. `chart`: a point of a chart, changed with its workbook.
    `words`: words (or numbers derived in the text) that hang on what changed, remarked on; `new` is the
    proposed wording. `left`: a number that was not touched, `reason` says why.
    `old` and `new` are what stands and should stand at `place`; `by` tells how the fact was known.
    """

    kind: Kind
    place: Place
    heading: str
    paragraph: int
    quote: str
    old: str
    new: str = ""
    fact: str = ""
    name: str = ""
    by: By = "none"
    rule: str = ""
    reason: str = ""
    causes: tuple[Cause, ...] = ()

    @property
    def turned(self) -> bool:
        """Whether the words beside a number say the other direction now: with the number alone accepted they are
        wrong."""
        return self.rule in TURNED


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A refreshed report: its bytes (those of the source where nothing changed) and what was done, in
    reading order. `before` is the digest of the data that the report stood at, `exact` whether those data
    were at hand; `revised` are the inputs that differ. `withdrawn` are remarks of earlier refreshes that held no
    longer and were taken out, `outlived` those that stay because a person answered them or wrote into them.
    `unresolved` quotes the numbers of which neither bindings nor words tell what they are, with where they stand:
    they were left alone. `structure` tells what changed in the index itself. `worded` is the digest of the data that
    the words under remarks were written from; empty where none are."""

    content: bytes
    items: tuple[Item, ...]
    before: str
    after: str
    exact: bool
    revised: tuple[Cause, ...]
    withdrawn: tuple[str, ...] = ()
    outlived: tuple[str, ...] = ()
    unresolved: tuple[str, ...] = ()
    structure: tuple[str, ...] = ()
    worded: str = ""

    def of(self, kind: Kind) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.kind == kind)
