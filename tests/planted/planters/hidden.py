"""Class 6: numbers beside digits that are no data; class 14: what a check lets pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ..texts import Text
from .common import (
    LEVELS,
    Plant,
    false,
    indexed,
    plain,
)
from .digits import altered, change

if TYPE_CHECKING:
    from narrator.facts import Ledger

_NAMED = {
    "shangyu": (
        "随着5G网络应用铺开，",
        "围绕“11336”年度重点任务，",
        "在“1+5”政策体系支撑下，",
        "对照“一号工程”要求，",
        "推进化工行业改造提升2.0版，",
    ),
    "demo": ("在“两新”政策带动下，", "结合“一网通办”升级，", "按照“一件事”改革部署，", "随着“千企大走访”活动推进，"),
}
_NAMES = {"shangyu": ("5", "2.0", "10", "11336"), "demo": ("2.5", "2", "1")}


def beside_names(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """A name with digits put before a sentence, and a number in the sentence changed."""
    for count, n in enumerate(indexed(text, ledger)):
        first = text.sentence(n.span.start)[0]
        if text.in_table(n.span.start) or text.text[first] in "#-|0123456789表图":
            continue
        names = _NAMED[text.index]
        base = text.changed(first, first, names[(count + n.span.start) % len(names)])
        shift = len(base.text) - len(text.text)
        span = replace(n.span, start=n.span.start + shift, end=n.span.end + shift)
        new = altered(base, span, ledger, turn=1)
        if new is not None:
            yield change(base, span, new, 6, "beside_names")


def digits_of_name(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """A number takes the digits of a name: 增加 5 个百分点 beside 5G."""
    for count, n in enumerate(indexed(text, ledger)):
        named = any(s.claim.kind == "name" for s in text.spans) or re.search("5G|2.0版|PM2.5|“1", text.text)
        if not named or text.in_table(n.span.start) or not plain(text, n.span):
            continue
        new = _NAMES[text.index][count % len(_NAMES[text.index])]
        if false(text, new, n.span.claim, ledger):
            yield change(text, n.span, new, 6, "digits_of_name")


def right_elsewhere(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """A figure that stands elsewhere in the same text, about something else."""
    found = [n for n in indexed(text, ledger) if plain(text, n.span)]
    for n in found:
        for m in found:
            same = (n.measure in LEVELS) == (m.measure in LEVELS) and text.after(n.span, 1) == text.after(m.span, 1)
            if m is n or not same or (m.real > 0) != (n.real > 0) or m.signed != n.signed:
                continue
            new = text.shown(m.span)
            if false(text, new, n.span.claim, ledger):
                rules = "wrong-subject wrong-period wrong-basis wrong-number conflicting-numbers"
                yield change(text, n.span, new, 14, "right_elsewhere", rules)


def one_of_many(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """One figure wrong in a sentence with four or more."""
    for n in indexed(text, ledger):
        first, last = text.sentence(n.span.start)
        if text.in_table(n.span.start) or sum(first <= s.start < last for s in text.spans) < 4:
            continue
        new = altered(text, n.span, ledger, turn=2)
        if new is not None:
            yield change(text, n.span, new, 14, "one_of_many")


_WRAPS = (("- ", ""), ("> ", ""), ("　　", ""), ("报告指出：“", "”"), ("（", "）"), ("注：", ""))


def in_a_corner(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """A sentence that stands in a list, a quotation, brackets or a note, with a figure wrong."""
    for count, n in enumerate(indexed(text, ledger)):
        line = text.text.rfind("\n", 0, n.span.start) + 1
        end = text.text.find("\n", n.span.start)
        if text.text[line] in "#-|>0123456789表图" or any("\n" in text.shown(s) for s in text.spans):
            continue
        head, tail = _WRAPS[(count + n.span.start) % len(_WRAPS)]
        base = text.changed(end, end, tail).changed(line, line, head)
        span = replace(n.span, start=n.span.start + len(head), end=n.span.end + len(head))
        new = altered(base, span, ledger, turn=1)
        if new is not None:
            yield change(base, span, new, 14, "in_a_corner")


def emphasised(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """A figure in bold, wrong."""
    for n in indexed(text, ledger):
        if text.in_table(n.span.start) or not plain(text, n.span):
            continue
        base = text.changed(n.span.end, n.span.end, "**").changed(n.span.start, n.span.start, "**")
        span = replace(n.span, start=n.span.start + 2, end=n.span.end + 2)
        new = altered(base, span, ledger)
        if new is not None:
            yield change(base, span, new, 14, "emphasised")


PLANTERS = (
    beside_names,
    digits_of_name,
    right_elsewhere,
    one_of_many,
    in_a_corner,
    emphasised,
)
