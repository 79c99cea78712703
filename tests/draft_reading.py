"""Reads a draft as a stranger would: its plain text, and what each printed number claims about its fact.

Independent of the writer: only the text around a slot and the ledger are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index_sample import PROMPTS

from narrator.facts import Ledger
from narrator.model import SLOT, Draft, Fact, Figure, Heading, Paragraph, Period, Table
from narrator.numerals import fill, printed, round_half_up
from narrator.prompts import Prompts
from narrator.writers.offline import OfflineWriter
from narrator.writers.outline import outline

_UP = "增长|上升|上涨|提高|提升|增加|扩大|走高"
_DOWN = "下降|回落|下滑|降低|减少|收窄|走低"
_VERB = re.compile(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))$")
_REACH = re.compile(r"(?:(?P<up>升至|提高至|上升至|增加到|增至)|(?P<down>降至|回落至|下降至|减少到|减至))$")
_BASIS = re.compile(r"(同比|环比)[一-鿿]{2}$")
_SPAN = re.compile(r"(?:比|较)(上年同期|上期)[一-鿿]{2}$")
DOUBLED = re.compile(r"([一-鿿]{2,8})\1")
PUNCTUATION = re.compile(r"[，。；、：！？]{2,}|（）|“”|\(\)|，$|[，；、]$|^[，。；、]|\s{2,}|的的|是是|为为|和和|了了")
LEFT_OVER = re.compile(r"\[\[|\]\]|None|Undefined|\bnan\b|\binf\b|\{\{|\}\}|\{%|<|object at")
NEGATED = re.compile(rf"(?:{_UP}|{_DOWN})(?:了)?[-−－]")


def write(book: Ledger, period: str) -> Draft:
    return OfflineWriter(outline(book, Period.parse(period)), Prompts(PROMPTS)).draft()


def paragraphs(draft: Draft) -> list[Paragraph]:
    return [b for b in draft.blocks if isinstance(b, Paragraph)]


def headings(draft: Draft, level: int) -> list[str]:
    return [b.text for b in draft.blocks if isinstance(b, Heading) and b.level == level]


def figures(draft: Draft) -> list[Figure]:
    return [b for b in draft.blocks if isinstance(b, Figure)]


def tables(draft: Draft) -> list[Table]:
    return [b for b in draft.blocks if isinstance(b, Table)]


def plain(draft: Draft, book: Ledger) -> list[str]:
    """Every piece of text a reader sees, numbers printed, cross-references by their keys."""
    texts = [b.text for b in draft.blocks if isinstance(b, (Heading, Paragraph))]
    for exhibit in figures(draft):
        texts += [exhibit.caption, *exhibit.chart.categories, *(s.name for s in exhibit.chart.series)]
    for exhibit in tables(draft):
        texts += [exhibit.caption, *exhibit.header, *(cell for row in exhibit.rows for cell in row), exhibit.note]
    return [draft.title, *(fill(text, book.__getitem__, lambda key: "图1") for text in texts if text)]


def quoted(draft: Draft, book: Ledger) -> Iterator[Fact]:
    """Every fact that is printed anywhere: text, tables, charts."""
    for block in draft.blocks:
        texts = [block.text] if isinstance(block, (Heading, Paragraph)) else []
        if isinstance(block, Table):
            texts = [block.caption, *block.header, *(cell for row in block.rows for cell in row), block.note]
        for text in texts:
            yield from (book[m["id"]] for m in SLOT.finditer(text) if not m["ref"])
        if isinstance(block, Figure):
            yield from (book[key] for series in block.chart.series for key in series.facts if key is not None)


@dataclass(frozen=True)
class Said:
    """One printed fact of a paragraph with what stands right before it."""

    fact: Fact
    before: str  # text of the same sentence up to the slot, other slots printed
    earlier: tuple[Fact, ...]  # facts of the same sentence up to it
    later: tuple[Fact, ...]
    form: str | None


def said(text: str, book: Ledger) -> Iterator[Said]:
    for sentence in re.split(r"(?<=[。；])", text):
        slots = [m for m in SLOT.finditer(sentence) if not m["ref"]]
        facts = [book[m["id"]] for m in slots]
        for n, m in enumerate(slots):
            before = fill(sentence[: m.start()], book.__getitem__)
            yield Said(facts[n], before, tuple(facts[:n]), tuple(facts[n + 1 :]), m["form"])


def shown(fact: Fact) -> float:
    """The fact as printed, with its sign."""
    return float(round_half_up(fact.value, fact.decimals))


def complaints(text: str, book: Ledger, period: Period) -> list[str]:
    """What a paragraph claims against the signs, bases and units of the facts that it prints."""
    out = []
    for s in said(text, book):
        fact, measure = s.fact, s.fact.measure
        here = f"…{s.before[-18:]}[{fact.id}={fact.value:.4f}]"
        if fact.source == "material":
            continue
        verb = _VERB.search(s.before)
        if verb:
            up = verb["up"] is not None
            if measure in ("accelerating", "worsening"):
                ok = up and ("涨幅" if measure == "accelerating" else "降幅") in s.before[-12:]
            elif measure in ("slowing", "easing"):
                ok = not up and ("涨幅" if measure == "slowing" else "降幅") in s.before[-12:]
            else:
                ok = shown(fact) > 0 if up else shown(fact) < 0
            if not ok:
                out.append(f"direction: {here}")
        reach = _REACH.search(s.before)
        if reach:
            way = 1 if reach["up"] else -1
            same = [f for f in s.earlier if f.node == fact.node and f.measure == measure]
            change = next((f for f in s.later if f.node == fact.node and f.measure in ("yoy", "pop")), None)
            if same:
                move = shown(fact) - shown(same[-1])
            elif change is not None:
                move = change.value
            else:
                # a level of the report's own period moved since a year before, one of the path since the last
                then = fact.period.year_before if fact.period == period else fact.period.previous
                move = fact.value - book.value(fact.node, measure, then)
            if not move * way > 0:
                out.append(f"reach: {here}")
        basis = _BASIS.search(s.before)
        if basis and fact.source == "engine":
            wanted = ("yoy", "value_yoy") if basis[1] == "同比" else ("pop", "value_pop")
            if measure not in wanted:
                out.append(f"basis: {here}")
        span = _SPAN.search(s.before)
        if span and (span[1] == "上年同期") != ("yoy" in measure):
            out.append(f"span: {here}")
        if measure in ("yoy", "pop") and fact.source == "engine" and s.form is None and not basis:
            listed = "分别" in s.before
            if not listed:
                out.append(f"no basis: {here}")
        if measure.startswith("pull") and s.form is None:
            word = "上拉" if fact.value > 0 else "下拉"
            if word not in s.before:
                out.append(f"pull: {here}")
        if measure.startswith("share") and fact.value < 0:
            out.append(f"negative share: {here}")
        unit = printed(fact, s.form).unit
        if "百分点" in unit and not (
            measure.endswith("_diff")
            or measure.startswith("pull")
            or measure in ("accelerating", "slowing", "worsening", "easing")
        ):
            out.append(f"unit: {here}")
        if measure.endswith("_diff") and fact.unit == "%":
            out.append(f"unit: {here}")
    return out


def blemishes(text: str) -> list[str]:
    """What is wrong with a piece of plain text whatever it says."""
    return [m[0] for rule in (DOUBLED, PUNCTUATION, LEFT_OVER, NEGATED) for m in rule.finditer(text)]
