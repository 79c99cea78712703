"""Class 1: the right number with the wrong unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..texts import Text
from .common import (
    DIFFS,
    PULLS,
    RATES,
    About,
    Plant,
    numbers,
    plant,
    stands,
)

if TYPE_CHECKING:
    from narrator.facts import Ledger

_PERCENT = re.compile(r"\s*[%％]")
_POINTS = re.compile(r"\s*个?\s*百\s*分\s*点")
_DIAN = re.compile(r"\s*点")
# What a unit is mistaken for: a scale, or another thing that is counted.
_MISTAKEN = (
    ("亿美元", "万美元"),
    ("亿元", "万元"),
    ("万元/人", "元/人"),
    ("万元", "亿元"),
    ("微克/立方米", "毫克/立方米"),
    ("千分点", "百分点"),
    ("‰", "%"),
    ("平方米", "平方千米"),
    ("元", "万元"),
    ("人", "人次"),
    ("户", "万户"),
    ("家", "万家"),
    ("分钟", "小时"),
    ("小时", "分钟"),
    ("件", "万件"),
    ("张", "万张"),
)


def percent_for_points(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """0.60 个百分点 → 0.60%: a difference of two rates is no rate."""
    for span in text.spans:
        m = _POINTS.match(text.text, span.end)
        if span.claim.kind != "number" or m is None or text.in_table(span.start):
            continue
        ref = span.claim.reference
        if (
            ref is not None
            and ref["measure"] in DIFFS
            and _same(text, span.claim.body, "_diff", "", ledger, text.shown(span))
        ):
            continue
        yield plant(text, m.start(), m.end(), "%", 1, "percent_for_points", "wrong-unit")


def points_for_percent(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """同比增长 8.37% → 8.37 个百分点."""
    for n in numbers(text, ledger):
        m = _PERCENT.match(text.text, n.span.end)
        if m is None or text.in_table(n.span.start) or n.signed:
            continue
        if n.measure not in RATES and n.measure != "value":
            continue
        if _twin(text, n, ledger, {"yoy": "yoy_diff", "pop": "pop_diff", "share": "pull", "share_pop": "pull_pop"}):
            continue
        yield plant(text, m.start(), m.end(), "个百分点", 1, "points_for_percent", "wrong-unit")


def percent_for_index_points(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """指数值达 129.46 点 → 129.46%; 提高 13.95 点 → 13.95%."""
    for n in numbers(text, ledger):
        m = _DIAN.match(text.text, n.span.end)
        if m is None or n.measure not in ("index", *DIFFS):
            continue
        if _twin(
            text, n, ledger, {"index_yoy_diff": "yoy", "index_pop_diff": "pop", "yoy_diff": "yoy", "pop_diff": "pop"}
        ):
            continue
        yield plant(text, m.start(), m.end(), "%", 1, "percent_for_index_points", "wrong-unit")


def index_points_for_percent(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """同比增长 12.08% → 12.08 点."""
    for n in numbers(text, ledger):
        m = _PERCENT.match(text.text, n.span.end)
        if m is None or n.measure not in RATES | PULLS or text.in_table(n.span.start):
            continue
        if _twin(text, n, ledger, {"yoy": "index_yoy_diff", "pop": "index_pop_diff", "since_base": "index_yoy_diff"}):
            continue
        if n.measure == "since_base":  # above the base by 29.46 % and by 29.46 points: both are so
            continue
        yield plant(text, m.start(), m.end(), "点", 1, "index_points_for_percent", "wrong-unit")


def wrong_scale(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """亿元 → 万元, 人 → 人次, ‰ → %."""
    for n in numbers(text, ledger):
        if n.measure not in ("value", "cumulative", *DIFFS) or text.in_table(n.span.start):
            continue
        rest = text.text[n.span.end : n.span.end + 10]
        lead = len(rest) - len(rest.lstrip(" 个"))
        for right, wrong in _MISTAKEN:
            if rest[lead:].startswith(right) and not rest[lead:].startswith(f"{right}次"):
                at = n.span.end + lead
                yield plant(text, at, at + len(right), wrong, 1, "wrong_scale", "wrong-unit")
                break


def _twin(text: Text, n: About, ledger: Ledger, other: dict[str, str]) -> bool:
    """Whether the number is also that of the measure which the wrong unit would mean."""
    measure = other.get(n.measure)
    return measure is not None and stands(text, text.shown(n.span), n.claim(measure=measure), ledger) is True


def _same(text: Text, body: str, part: str, new: str, ledger: Ledger, shown: str) -> bool:
    from ..claims import Claim

    return stands(text, shown, Claim.parse(body.replace(part, new)), ledger) is True


PLANTERS = (percent_for_points, points_for_percent, percent_for_index_points, index_points_for_percent, wrong_scale)
