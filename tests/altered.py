"""Drafts in which one number after the other is altered, and what the check says.

Which numbers there are, and what is true of each, is read off the file's own bindings and the ledger, not off
the check: an alteration counts only where the new number does not agree with the fact to half a unit of its last
digit. `python -m tests.altered` runs every kind of alteration on every number of many drafts.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))  # the makers of small Word files stand beside this

from docx_maker import entries, zipped
from rule_sample import ledger

import narrator
from narrator.check.run import check
from narrator.model import Fact, Finding, Period
from narrator.word.read import read

DRAFTS = (
    ("shangyu", "2019H1"), ("demo", "2018H2"), ("demo", "2020H1"), ("demo", "2020H2"), ("demo", "2021H2"), ("demo", "2022H1"),
    ("demo", "2023H1"), ("demo", "2023H2"), ("demo", "2024H1"), ("demo", "2024H2"), ("demo", "2025H1"),
)  # fmt: skip
KINDS = ("another digit", "digit more", "digit less", "point moved", "sign dropped", "swapped", "numeral")
MAIN, RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
_BOUND = re.compile(r'w:name="_nf1_(?P<key>[0-9a-z]+)_(?P<number>\d+)"/>.*?<w:t[^>]*>(?P<text>[^<]*)</w:t>', re.DOTALL)
_SERIES = re.compile(r"<c:ser>.*?</c:ser>", re.DOTALL)
_VALUES = re.compile(r"<c:val>.*?</c:val>", re.DOTALL)
_POINT = re.compile(r'<c:pt idx="(?P<index>\d+)"><c:v>(?P<text>[^<]*)</c:v>')
_DIGITS = re.compile(r"[-−]?\d+(?:\.\d+)?")
_NUMERALS = "一二三四五六七八九"
OF_RATES = frozenset({"accelerating", "slowing", "worsening", "easing"})
APART = 6  # of a draft's paragraphs and cells, every sixth is altered at a time


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a draft: characters `start` to `end` of a part, what it stands for, and the paragraph or series
    it is in. `mark` finds it again: its bookmark's number, or chart, series and point."""

    part: str
    start: int
    end: int
    text: str
    fact: Fact
    home: tuple[str, int]
    mark: tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Alteration:
    """New texts for one number, or for two that change places."""

    kind: str
    edits: tuple[tuple[Number, str], ...]

    @property
    def home(self) -> tuple[str, int]:
        return self.edits[0][0].home

    def __str__(self) -> str:
        return f"{self.kind}: " + ", ".join(f"{n.fact.id} {n.text}→{new} ({n.part})" for n, new in self.edits)


class Draft:
    """A draft as a Word file, its numbers, and what the check says of altered copies.

    Where it is not `bound`, the file has lost its list of bindings, and the check has the words alone.
    """

    def __init__(self, index: str, period: str, bound: bool = True) -> None:
        self.facts = ledger(index)
        self.period = Period.parse(period)
        report = narrator.draft(self.facts, period, prompts=Path(__file__).parents[1] / "prompts")
        self.parts = entries(narrator.document(report, self.facts))
        self.texts = {n: b.decode() for n, b in self.parts.items() if n == MAIN or n.startswith("word/charts/chart")}
        self.record = read(zipped(self.parts), "稿.docx").record
        self.numbers = [*self._bound(), *self._points()]
        if not bound:
            self.parts[RELATIONS] = re.sub(rb"<Relationship [^>]*customXml[^>]*/>", b"", self.parts[RELATIONS])
            assert read(zipped(self.parts), "稿.docx").record is None

    def _bound(self) -> Iterator[Number]:
        text = self.texts[MAIN]
        starts = [m.start() for m in re.finditer(r"<w:p[ >]", text)]
        for m in _BOUND.finditer(text):
            home = sum(1 for s in starts if s < m.start())
            mark = ("", 0, int(m["number"]))
            yield Number(MAIN, m.start("text"), m.end("text"), m["text"], self._fact(m["key"]), (MAIN, home), mark)

    def _points(self) -> Iterator[Number]:
        for chart in self.record.charts:
            for i, series in enumerate(_SERIES.finditer(self.texts[chart.part])):
                values = _VALUES.search(series[0])
                assert values is not None
                for m in _POINT.finditer(values[0]):
                    point = chart.series[i].points[int(m["index"])]
                    at = series.start() + values.start() + m.start("text")
                    assert point is not None
                    fact, mark = self._fact(point[0]), (chart.part, i, int(m["index"]))
                    yield Number(chart.part, at, at + len(m["text"]), m["text"], fact, (chart.part, i), mark)

    def _fact(self, key: str) -> Fact:
        return self.facts[self.record.fact_of(key).id]

    def findings(self, alterations: list[Alteration]) -> tuple[list[Finding], dict[tuple[str, int, int], int]]:
        """What is found in a copy with these alterations, and the block in which each number then stands."""
        texts = dict(self.texts)
        edits = sorted((e for a in alterations for e in a.edits), key=lambda e: -e[0].start)
        for number, new in edits:
            text = texts[number.part]
            texts[number.part] = text[: number.start] + new + text[number.end :]
        document = read(zipped(self.parts | {n: t.encode() for n, t in texts.items()}), "稿.docx")
        where: dict[tuple[str, int, int], int] = {}
        for block in document.blocks:
            for anchor in block.anchors:
                if anchor.kind == "bookmark":
                    where["", 0, anchor.number] = block.number
            spot = block.chart
            if spot is not None and spot.role == "value":
                where[document.charts[spot.chart].part, spot.series, spot.point] = block.number
        return list(check(document, self.facts, self.period).findings), where

    def missed(self, alterations: list[Alteration]) -> list[Alteration]:
        """The alterations that the check does not find: many at a time, and those not seen in place once alone."""
        unseen: list[Alteration] = []
        for batch in _batches(alterations):
            found, where = self.findings(batch)
            blocks = {f.place.block for f in found}
            unseen += [a for a in batch if all(where.get(n.mark) not in blocks for n, _ in a.edits)]
        return [a for a in unseen if not self.findings([a])[0]]

    # ------------------------------------------------------------------ alterations

    def alterations(self, kind: str, chance: random.Random) -> Iterator[Alteration]:
        """Every number altered once in one way, where that makes it false."""
        if kind == "swapped":
            yield from self._swaps(chance)
            return
        for number in self.numbers:
            made = [new for new in _altered(number.text, kind) if self.false(number, new)]
            if made:
                yield Alteration(kind, ((number, chance.choice(made)),))

    def _swaps(self, chance: random.Random) -> Iterator[Alteration]:
        homes: dict[tuple[str, int], list[Number]] = defaultdict(list)
        for number in self.numbers:
            if _DIGITS.search(number.text):
                homes[number.home].append(number)
        for numbers in homes.values():
            pairs = [
                (a, b) for a in numbers for b in numbers if a.start < b.start and a.fact.unit == b.fact.unit
                and self.false(a, b.text) and self.false(b, a.text)
            ]  # fmt: skip
            if pairs:
                a, b = chance.choice(pairs)
                yield Alteration("swapped", ((a, b.text), (b, a.text)))

    def false(self, number: Number, new: str) -> bool:
        """Whether the new number does not agree with the fact, to half a unit of its last digit."""
        old_number, new_number = _DIGITS.search(number.text), _DIGITS.search(new)
        if old_number is None or new_number is None:
            return new != number.text
        signed = number.text.lstrip()[:1] in "-−" or new.lstrip()[:1] in "-−" or number.part != MAIN
        shown = Decimal(new_number[0].replace("−", "-"))
        if number.part != MAIN:  # a chart shows its values with as many decimals as its format says
            shown = shown.quantize(Decimal(1).scaleb(-len(number.text.partition(".")[2])), ROUND_HALF_UP)
            new_text = str(shown)
        else:
            new_text = new_number[0]
        real = Decimal(repr(float(number.fact.value)))
        # Prose prints a size and lets the verb carry the sign; cells and charts print the sign.
        gaps = [abs(shown - real)] if signed else [abs(abs(shown) - abs(real))]
        half = Decimal(5).scaleb(-len(new_text.partition(".")[2]) - 1)
        # A rate's own change may follow from the two rates as printed.
        slack = Decimal("0.01") if number.fact.measure in OF_RATES else Decimal(0)
        return min(gaps) > half + slack


def _altered(text: str, kind: str) -> Iterator[str]:
    """Every text that one alteration of this kind makes of a number."""
    m = _DIGITS.search(text)
    if kind == "numeral":
        if m is None:
            for i, c in enumerate(text):
                if c in _NUMERALS + "两":
                    yield from (
                        text[:i] + new + text[i + 1 :] for new in _NUMERALS if new != c and (c, new) != ("两", "二")
                    )
        return
    if m is None:
        return
    places = [i for i in range(m.start(), m.end()) if text[i].isdigit()]
    if kind == "another digit":
        for i in places:
            yield from (text[:i] + d + text[i + 1 :] for d in "0123456789" if d != text[i])
    elif kind == "digit more":
        for i in places:
            yield from (text[: i + 1] + d + text[i + 1 :] for d in "0123456789")
    elif kind == "digit less":
        for i in places:
            less = text[:i] + text[i + 1 :]
            if re.fullmatch(r"[-−]?\d+(?:\.\d+)?", less[m.start() : m.end() - 1]):
                yield less
    elif kind == "point moved":
        sign, digits = re.match(r"([-−]?)(.*)", m[0]).groups()  # type: ignore[union-attr]
        whole, _, rest = digits.partition(".")
        if rest:
            for at in {len(whole) - 1, len(whole) + 1}:
                if 0 < at < len(whole + rest):
                    moved = f"{(whole + rest)[:at]}.{(whole + rest)[at:]}"
                    yield text[: m.start()] + sign + moved + text[m.end() :]
    elif kind == "sign dropped" and m[0][0] in "-−":
        yield text[: m.start()] + m[0][1:] + text[m.end() :]


def _batches(alterations: list[Alteration]) -> Iterator[list[Alteration]]:
    """Alterations that may be made together: one a paragraph, cell or series, and neighbours apart."""
    by_home: dict[tuple[str, int], list[Alteration]] = defaultdict(list)
    for alteration in alterations:
        by_home[alteration.home].append(alteration)
    piles = list(by_home.values())
    for first in range(APART):
        chosen = piles[first::APART]
        for depth in range(max(map(len, chosen), default=0)):
            yield [pile[depth] for pile in chosen if depth < len(pile)]


@cache
def draft(index: str, period: str, bound: bool = True) -> Draft:
    return Draft(index, period, bound)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.altered", description="Alter every number of many drafts.")
    parser.add_argument("--seed", type=int, default=1, help="which of a number's alterations is made (default 1)")
    parser.add_argument("--rounds", type=int, default=1, help="how many seeds from that one on (default 1)")
    parser.add_argument("--draft", action="append", default=[], metavar="INDEX-PERIOD", help="only this draft")
    parser.add_argument("--unbound", action="store_true", help="without the list of bindings: by the words alone")
    options = parser.parse_args()
    made: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    began = time.perf_counter()
    for index, period in DRAFTS:
        if options.draft and f"{index}-{period}" not in options.draft:
            continue
        file = draft(index, period, not options.unbound)
        for seed in range(options.seed, options.seed + options.rounds):
            for kind in KINDS:
                alterations = list(file.alterations(kind, random.Random(seed)))
                made[kind] += len(alterations)
                for alteration in file.missed(alterations):
                    missed[kind] += 1
                    print(f"missed in {index}-{period}, seed {seed}: {alteration}", flush=True)
    for kind in KINDS:
        print(f"{kind:14} {made[kind]:6} altered, {missed[kind]:4} missed")
    print(f"{made.total():6} altered, {missed.total()} missed, {time.perf_counter() - began:.0f} s")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
