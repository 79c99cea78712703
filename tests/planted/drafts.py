"""Drafts of the offline writer as marked texts, section by section, and the same sections as small Word files."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import narrator
from narrator.model import SLOT, Block, Draft, Fact, Figure, Heading, Paragraph, Period
from narrator.numerals import printed
from narrator.word.captions import labels

from .claims import Claim
from .texts import Span, Text

if TYPE_CHECKING:
    from narrator.facts import Ledger

ROOT = Path(__file__).parents[2]
PERIODS = {
    "shangyu": ("2019H1",),
    "demo": ("2018H2", "2019H1", "2020H1", "2020H2", "2021H1", "2023H1", "2023H2", "2024H1", "2024H2", "2025H1"),
}
_NUMBER = re.compile(r"-?[\d.]+")
# A pattern fact's measure → the claim that its printed form makes.
_PHRASES = {"parts_up": "sides {node}", "parts_down": "sides {node}", "parts_flat": "sides {node}"}
_COUNTS = {"streak_up": "streak {node}.index", "streak_down": "streak {node}.index"}


@cache
def ledger(index: str) -> Ledger:
    """One ledger an index for the whole run: computing it takes longer than checking a report."""
    return narrator.load(ROOT / "data" / index)


@cache
def draft(index: str, period: str) -> Draft:
    return narrator.draft(ledger(index), period, prompts=ROOT / "prompts")


def sections(index: str, period: str) -> list[Draft]:
    """A draft cut at its headings, each section under the heading of its chapter.

    The last chapter stays whole: its problems, its proposals and their number belong together.
    """
    whole = draft(index, period)
    chapters: list[list[Block]] = []
    for block in whole.blocks:
        if isinstance(block, Heading) and block.level == 1:
            chapters.append([])
        chapters[-1].append(block)
    found: list[list[Block]] = []
    for chapter in chapters[:-1]:
        cuts = [i for i, b in enumerate(chapter) if isinstance(b, Heading) and b.level == 2]
        edges = [1, *cuts, len(chapter)]
        for start, end in itertools.pairwise(edges):
            if end > start:
                found.append([chapter[0], *chapter[start:end]])
    return [replace(whole, blocks=tuple(blocks)) for blocks in [*found, chapters[-1]] if _closed(blocks)]


def _closed(blocks: list[Block]) -> bool:
    """Whether every figure and table that the blocks cite is among them."""
    there = {b.key for b in blocks if not isinstance(b, Heading | Paragraph)}
    cited = {m["id"] for b in blocks if isinstance(b, Paragraph) for m in SLOT.finditer(b.text) if m["ref"]}
    return cited <= there


class _Writer:
    """Text and spans as they grow."""

    def __init__(self, facts: Ledger) -> None:
        self.facts = facts
        self.text = ""
        self.spans: list[Span] = []

    def fill(self, slotted: str, names: dict[str, str]) -> None:
        at = 0
        for m in SLOT.finditer(slotted):
            self.text += slotted[at : m.start()]
            at = m.end()
            if m["ref"]:
                self.text += names[m["id"]]
                continue
            fact = self.facts[m["id"]]
            shown = printed(fact, m["form"])
            number = _NUMBER.match(shown.number)
            length = number.end() if number else len(shown.number)
            claim = claim_of(fact, m["form"])
            self.spans.append(Span(len(self.text), len(self.text) + length, Claim.parse(claim)))
            self.text += str(shown)
        self.text += slotted[at:]

    def line(self, slotted: str, names: dict[str, str]) -> None:
        self.fill(slotted, names)
        self.text += "\n"


def claim_of(fact: Fact, form: str | None) -> str:
    """The claim that a slot's printed text makes."""
    if fact.source == "material":
        return f"is {fact.value:g}"
    if fact.source == "reference":
        return fact.id
    if form == "phrase":
        return _PHRASES[fact.measure].format(node=fact.node)
    if form == "ordinal":
        return f"rank {fact.node}" + {"rank": "", "rank_yoy": ".yoy", "rank_share": ".share"}[fact.measure]
    if form == "count":
        return _COUNTS[fact.measure].format(node=fact.node)
    if fact.measure.startswith("crossed"):
        return f"mark {fact.node}.index"
    return f"s {fact.id}" if form == "bare" else fact.id


def as_text(part: Draft, key: str, origin: str = "draft") -> Text:
    """A draft, or a section of one, as Markdown with a mark on every number."""
    names = {key: str(label) for key, label in labels(part).items()}
    writer = _Writer(ledger(part.index))
    for block in part.blocks:
        if isinstance(block, Heading):
            writer.line("#" * block.level + " " + block.text, names)
        elif isinstance(block, Paragraph):
            writer.line(block.text, names)
        elif isinstance(block, Figure):
            writer.line(f"{names[block.key]} {block.caption}", names)
        else:
            writer.line(f"{names[block.key]} {block.caption}", names)
            writer.line("", names)
            for n, row in enumerate((block.header, *block.rows)):
                writer.line("| " + " | ".join(row) + " |", names)
                if n == 0:
                    writer.line("|" + "---|" * len(row), names)
            if block.note:
                writer.line("", names)
                writer.line(block.note, names)
        writer.line("", names)
    return Text(key, "draft", part.index, part.period, writer.text, tuple(writer.spans), origin)


def texts() -> Iterator[Text]:
    """Every section of every draft."""
    for index, periods in PERIODS.items():
        for period in periods:
            for number, part in enumerate(sections(index, period), start=1):
                yield as_text(part, f"{index}/draft-{period}-{number}")


def wholes() -> Iterator[Text]:
    """Every draft as one text."""
    for index, periods in PERIODS.items():
        for period in periods:
            yield as_text(draft(index, period), f"{index}/draft-{period}")


def as_word(part: Draft) -> bytes:
    """The same section as a Word file with its bindings and charts."""
    return narrator.document(part, ledger(part.index))


def section(key: str) -> Draft:
    """The section that a text was made from."""
    index, _, rest = key.partition("/draft-")
    period, _, number = rest.partition("-")
    return sections(index, period)[int(number) - 1]


def periods_of(index: str) -> tuple[Period, ...]:
    return ledger(index).dataset.periods
