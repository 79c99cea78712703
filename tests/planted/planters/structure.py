"""Class 11: numbers of figures and tables, captions, and how many there are of what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from narrator.numerals import chinese

from ..texts import Text
from .common import Plant, plant

if TYPE_CHECKING:
    from narrator.facts import Ledger

_CITED = re.compile(r"(?<![\n|])([图表]) ?(\d+(?:\.\d+)?)")
_CAPTION = re.compile(r"(?m)^([图表]) ?(\d+(?:\.\d+)?) ")
_COUNTED = re.compile("([一二两三四五六七])(个方面|项建议|项对策|条建议|个问题|点建议)")
_MODULES = re.compile("([六])([大个]模块)")


def no_such_figure(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """（见图2.1） where there is no figure 2.8."""
    there = {m[1] + m[2] for m in _CAPTION.finditer(text.text)}
    for m in _CITED.finditer(text.text):
        if m[1] + m[2] not in there:
            continue
        head, _, tail = m[2].rpartition(".")
        for other in (int(tail) + 5, int(tail) + 7):
            new = f"{head}.{other}" if head else str(other)
            if m[1] + new not in there:
                yield plant(text, m.start(2), m.end(2), new, 11, "no_such_figure", "broken-reference")


def figure_for_table(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """见表2.3 for 图2.3, where there is no such table."""
    there = {m[1] + m[2] for m in _CAPTION.finditer(text.text)}
    for m in _CITED.finditer(text.text):
        other = "表" if m[1] == "图" else "图"
        if m[1] + m[2] in there and other + m[2] not in there:
            yield plant(text, m.start(1), m.end(1), other, 11, "figure_for_table", "broken-reference")


def renumbered_caption(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """A caption's number changed, so that what cites it finds nothing."""
    cited = {m[1] + m[2]: m.start() for m in _CITED.finditer(text.text)}
    for m in _CAPTION.finditer(text.text):
        if m[1] + m[2] in cited:
            head, _, tail = m[2].rpartition(".")
            new = f"{head}.{int(tail) + 6}" if head else str(int(tail) + 6)
            place = cited[m[1] + m[2]]
            yield plant(text, m.start(2), m.end(2), new, 11, "renumbered_caption", "broken-reference", also=(place,))


def other_count_of_items(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """三项建议 followed by two."""
    if "建议" not in text.text or not re.search(r"(?m)^###? ", text.text):
        return
    for m in _COUNTED.finditer(text.text):
        now = "一二三四五六七".find(m[1].replace("两", "二")) + 1
        for number in (now + 1, now - 1, now + 2):
            if number > 0:
                new = "两" if number == 2 else chinese(number)
                yield plant(text, m.start(1), m.end(1), new, 11, "other_count_of_items", "wrong-count")


def other_count_of_modules(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """六大模块 → 五大模块."""
    for m in _MODULES.finditer(text.text):
        for new in "五七":
            yield plant(text, m.start(1), m.end(1), new, 11, "other_count_of_modules", "wrong-count")


def item_lost(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """One proposal deleted, its number kept in the sentence before."""
    if "建议" not in text.text:
        return
    items = list(re.finditer(r"(?m)^### [^\n]*\n(?:(?!#)[^\n]*\n)*", text.text))
    counted = list(_COUNTED.finditer(text.text))
    if not items or not counted or items[-1].start() < counted[-1].start():
        return
    last = items[-1]
    yield plant(
        text, last.start(), last.end(), "", 11, "item_lost", "wrong-count", also=tuple(m.start() for m in counted)
    )


PLANTERS = (
    no_such_figure,
    figure_for_table,
    renumbered_caption,
    other_count_of_items,
    other_count_of_modules,
    item_lost,
)
