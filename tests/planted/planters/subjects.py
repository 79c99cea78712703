"""Class 3: the right value for the wrong indicator, module, period or measure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from narrator.model import Level, Node

from ..texts import Text
from .common import (
    LEVELS,
    RATES,
    About,
    Plant,
    bare,
    false,
    find_name,
    indexed,
    names_of,
    other,
    plain,
    plant,
    shown_as,
    siblings,
)

if TYPE_CHECKING:
    from narrator.facts import Ledger


def other_name(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """The name before a number exchanged for that of a sibling."""
    for n in indexed(text, ledger):
        if n.node not in ledger.dataset.nodes or text.in_table(n.span.start):
            continue
        node = ledger.node(n.node)
        first, last = text.sentence(n.span.start)
        place = find_name(text, node, first, n.span.start)
        if place is None:
            continue
        for sibling in _strangers(text, ledger, n, text.text[first:last]):
            claim, shown = n.claim(node=sibling.code), text.shown(n.span)
            if false(text, shown, claim, ledger):
                yield plant(
                    text,
                    *place,
                    bare(sibling),
                    3,
                    "other_name",
                    "wrong-subject",
                    says=((shown, claim),),
                    also=(n.span.start,),
                )
                break


def other_heading(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """The name in a heading exchanged, where the sentence below leaves its subject out."""
    headings = list(re.finditer(r"(?m)^#+ .*$", text.text))
    for n in indexed(text, ledger):
        if n.node not in ledger.dataset.nodes or text.in_table(n.span.start):
            continue
        above = [h for h in headings if h.end() < n.span.start]
        if not above:
            continue
        node = ledger.node(n.node)
        heading = above[-1]
        place = find_name(text, node, heading.start(), heading.end())
        named = find_name(text, node, heading.end(), n.span.start)
        others = any(find_name(text, o, heading.end(), n.span.start) for o in ledger.dataset.nodes.values())
        if place is None or named is not None or others:
            continue
        for sibling in _strangers(text, ledger, n, text.text):
            claim, shown = n.claim(node=sibling.code), text.shown(n.span)
            if false(text, shown, claim, ledger):
                yield plant(
                    text,
                    *place,
                    bare(sibling),
                    3,
                    "other_heading",
                    "wrong-subject",
                    says=((shown, claim),),
                    also=(n.span.start,),
                )
                break


def other_row(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """The name that heads a table's row exchanged for that of a row below."""
    for row in re.finditer(r"(?m)^\| *([^|\n]+?) *\|", text.text):
        spans = [n for n in indexed(text, ledger) if text.line(n.span.start) == text.line(row.start())]
        if not spans or spans[0].node not in ledger.dataset.nodes:
            continue
        node = ledger.node(spans[0].node)
        place = find_name(text, node, row.start(1), row.end(1))
        if place is None:
            continue
        for sibling in _strangers(text, ledger, spans[0], row.group()):
            claim, shown = spans[0].claim(node=sibling.code), text.shown(spans[0].span)
            if false(text, shown, claim, ledger):
                yield plant(text, *place, bare(sibling), 3, "other_row", "wrong-subject", says=((shown, claim),))
                break


def _strangers(text: Text, ledger: Ledger, n: About, around: str) -> list[Node]:
    """Siblings that are not named around a number and have the same fact in the same unit."""
    here = ledger.node(n.node)
    found = []
    for sibling in siblings(ledger, n.node):
        if other(ledger, sibling.code, n.measure, n.period) is None or sibling.name.startswith("其他"):
            continue
        if n.measure in ("value", "yoy_diff", "pop_diff") and sibling.unit != here.unit:
            continue
        if not any(name in around for name in names_of(sibling)):
            found.append(sibling)
    start = n.span.start % max(1, len(found))  # not always the first in the tables
    return found[start:] + found[:start]


def sibling_value(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """The figure of a sibling in place of the right one."""
    for n in indexed(text, ledger):
        if n.node not in ledger.dataset.nodes or not plain(text, n.span):
            continue
        here = ledger.node(n.node)
        for sibling in siblings(ledger, n.node):
            value = other(ledger, sibling.code, n.measure, n.period)
            if value is None or (value > 0) != (n.real > 0) or sibling.name.startswith("其他"):
                continue
            if here.level is Level.INDICATOR and n.measure in ("value", "yoy_diff", "pop_diff"):
                continue
            new = shown_as(value, text.shown(n.span), signed=n.signed)
            if false(text, new, n.claim(), ledger):
                yield plant(
                    text, n.span.start, n.span.end, new, 3, "sibling_value", "wrong-subject", says=((new, n.claim()),)
                )


def earlier_value(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """The figure of another period in place of the right one."""
    for n in indexed(text, ledger):
        if n.measure not in LEVELS | RATES or not plain(text, n.span):
            continue
        for period in (n.period.previous, n.period.year_before):
            value = other(ledger, n.node, n.measure, period)
            if value is None or (value > 0) != (n.real > 0):
                continue
            new = shown_as(value, text.shown(n.span), signed=n.signed)
            if false(text, new, n.claim(), ledger):
                yield plant(
                    text, n.span.start, n.span.end, new, 3, "earlier_value", "wrong-period", says=((new, n.claim()),)
                )


def index_for_raw(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """The index in place of the raw value, and back: 占比达 122.48%."""
    for n in indexed(text, ledger):
        if n.measure not in LEVELS or n.node not in ledger.dataset.nodes or not plain(text, n.span):
            continue
        if ledger.node(n.node).level is not Level.INDICATOR:
            continue
        value = other(ledger, n.node, "index" if n.measure == "value" else "value", n.period)
        if value is None:
            continue
        new = shown_as(value, text.shown(n.span))
        if false(text, new, n.claim(), ledger):
            yield plant(
                text,
                n.span.start,
                n.span.end,
                new,
                3,
                "index_for_raw",
                "wrong-number wrong-subject wrong-unit wrong-basis",
                says=((new, n.claim()),),
            )


def pairs_crossed(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """分别增长 a 和 b → 分别增长 b 和 a."""
    found = [n for n in indexed(text, ledger) if plain(text, n.span)]
    for a, b in pairwise(found):
        between = text.text[a.span.end : b.span.start]
        if a.node == b.node or a.measure != b.measure or a.period != b.period:
            continue
        if not re.fullmatch(r"[^，。；|\n]{0,5}[、和与及][^，。；|\n\d]{0,2}", between):
            continue
        first, second = text.shown(a.span), text.shown(b.span)
        if (a.real > 0) != (b.real > 0):
            continue
        if not (false(text, second, a.claim(), ledger) and false(text, first, b.claim(), ledger)):
            continue
        yield plant(
            text,
            a.span.start,
            b.span.end,
            second + between + first,
            3,
            "pairs_crossed",
            "wrong-subject",
            says=((second, a.claim()), (first, b.claim())),
        )


def former_latter(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """前者 and 后者 exchanged."""
    former, latter = text.text.find("前者"), text.text.find("后者")
    found = [n for n in indexed(text, ledger) if n.span.start > former]
    if former < 0 or latter < former or len(found) < 2:
        return
    new = "后者" + text.text[former + 2 : latter] + "前者"
    yield plant(
        text, former, latter + 2, new, 3, "former_latter", "wrong-subject", also=tuple(n.span.start for n in found)
    )


def other_parent(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """对模块指数 → 对总指数 before a share."""
    for n in indexed(text, ledger):
        if n.measure not in ("share", "pull") or n.node not in ledger.dataset.nodes:
            continue
        if ledger.node(n.node).level is Level.MODULE:  # 对模块指数 of a module means nothing, and none would write it
            continue
        old, new = "模块指数", "总指数"
        first = text.sentence(n.span.start)[0]
        at = text.text.rfind(f"对{old}", max(first, n.span.start - 18), n.span.start) + 1
        if at < 1 or any(s.start > at and s.end <= n.span.start for s in text.spans):
            continue
        rules = "wrong-subject wrong-number wrong-basis"
        yield plant(text, at, at + len(old), new, 3, "other_parent", rules, also=(n.span.start,))


PLANTERS = (
    other_name,
    other_heading,
    other_row,
    sibling_value,
    earlier_value,
    index_for_raw,
    pairs_crossed,
    former_latter,
    other_parent,
)
