"""Class 2: 同比, 环比, 定基 taken for one another; class 7: the wrong period, the wrong end of a range."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from narrator.model import Period
from narrator.numerals import period_name

from ..texts import Text
from .common import (
    LEVELS,
    Plant,
    false,
    indexed,
    numbers,
    other,
    plain,
    plant,
    shown_as,
)

if TYPE_CHECKING:
    from narrator.facts import Ledger

_TO_POP = {"yoy": "pop", "value_yoy": "value_pop", "yoy_diff": "pop_diff", "index_yoy_diff": "index_pop_diff"}
_TO_YOY = {pop: yoy for yoy, pop in _TO_POP.items()}
_YEAR = re.compile(r"[与比较同和]?(?:上年同期|去年同期|去年上半年)(?:相比|比较)?，?")
_HALF = re.compile(r"[与比较同和]?(?:去年下半年|上期)(?:相比|比较)?，?")
_BASE = re.compile(r"较基期|与基期相比，|与2016年(?:基期)?相比，|较2016年")


def _swap(
    text: Text,
    ledger: Ledger,
    old: str | re.Pattern[str],
    new: str,
    measures: dict[str, str],
    name: str,
    kind: int = 2,
    rules: str = "wrong-basis",
    reach: int = 30,
) -> Iterator[Plant]:
    """Replace the last `old` before a number in its sentence, where the number is not that of the other measure."""
    pattern = re.compile(re.escape(old)) if isinstance(old, str) else old
    for n in indexed(text, ledger):
        measure = measures.get(n.measure)
        if measure is None or n.signed or n.node not in ledger.dataset.nodes:
            continue
        start = max(text.sentence(n.span.start)[0], n.span.start - reach)
        found = list(pattern.finditer(text.text, start, n.span.start))
        if not found or any(s.start > found[-1].end() and s.end <= n.span.start for s in text.spans):
            continue
        if re.search("同比|环比|基期", text.text[found[-1].end() : n.span.start]):
            continue
        shown, claim = text.shown(n.span), n.claim(measure=measure)
        if other(ledger, n.node, measure, n.period) is None or not false(text, shown, claim, ledger):
            continue
        yield plant(
            text,
            found[-1].start(),
            found[-1].end(),
            new,
            kind,
            name,
            rules,
            says=((shown, claim),),
            also=(n.span.start,),
        )


def pop_for_yoy(text: Text, ledger: Ledger) -> Iterator[Plant]:
    return _swap(text, ledger, re.compile("同比"), "环比", _TO_POP, "pop_for_yoy")


def yoy_for_pop(text: Text, ledger: Ledger) -> Iterator[Plant]:
    return _swap(text, ledger, re.compile("环比"), "同比", _TO_YOY, "yoy_for_pop")


def half_for_year(text: Text, ledger: Ledger) -> Iterator[Plant]:
    rules = "wrong-basis wrong-period"
    return _swap(text, ledger, _YEAR, "较上期", _TO_POP, "half_for_year", rules=rules)


def year_for_half(text: Text, ledger: Ledger) -> Iterator[Plant]:
    rules = "wrong-basis wrong-period"
    return _swap(text, ledger, _HALF, "比上年同期", _TO_YOY, "year_for_half", rules=rules)


def yoy_for_base(text: Text, ledger: Ledger) -> Iterator[Plant]:
    return _swap(text, ledger, _BASE, "同比", {"since_base": "yoy"}, "yoy_for_base")


def base_for_yoy(text: Text, ledger: Ledger) -> Iterator[Plant]:
    return _swap(text, ledger, re.compile("同比"), "较基期", {"yoy": "since_base"}, "base_for_yoy")


def since_january(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """同比 → 较年初, in a first half: the end of the year before is the period before."""
    if text.period.number != 1:
        return
    yield from _swap(
        text, ledger, re.compile("同比"), "较年初", _TO_POP, "since_january", rules="wrong-basis wrong-period"
    )


def bases_crossed(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """同比、环比分别增长 a、b → 环比、同比分别增长 a、b."""
    for m in re.finditer("同比、环比(?=分别|依次)", text.text):
        yield plant(text, m.start(), m.end(), "环比、同比", 2, "bases_crossed", "wrong-basis")


def other_basis_value(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """同比增长 with the figure of 环比."""
    for n in indexed(text, ledger):
        measure = (_TO_POP | _TO_YOY).get(n.measure)
        if measure is None or not plain(text, n.span):
            continue
        value = other(ledger, n.node, measure, n.period)
        if value is None or (value > 0) != (n.real > 0):
            continue
        new = shown_as(value, text.shown(n.span), signed=n.signed)
        claim = n.claim()
        if false(text, new, claim, ledger):
            yield plant(
                text, n.span.start, n.span.end, new, 2, "other_basis_value", "wrong-basis", says=((new, claim),)
            )


# --------------------------------------------------------------------------- periods


def _said(period: Period) -> list[str]:
    full = period_name(period)
    return [full, full.replace("年", " 年 "), full.replace("年", " 年", 1)]


def other_date(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """2018年上半年的 A → 2018年下半年的 A: a date in prose that goes with a number."""
    for n in indexed(text, ledger):
        if text.in_table(n.span.start):
            continue
        start = max(text.sentence(n.span.start)[0], n.span.start - 26)
        for said in _said(n.period):
            at = text.text.rfind(said, start, n.span.start)
            if at < 0 or any(s.start > at and s.end <= n.span.start for s in text.spans):
                continue
            for period in (n.period.previous, n.period.year_before, n.period.shift(1)):
                claim, shown = n.claim(period=period), text.shown(n.span)
                if other(ledger, n.node, n.measure, period) is None or not false(text, shown, claim, ledger):
                    continue
                yield plant(
                    text,
                    at,
                    at + len(said),
                    period_name(period),
                    7,
                    "other_date",
                    "wrong-period",
                    says=((shown, claim),),
                    also=(n.span.start,),
                )
            break


_RELATIVE = {"上年同期": "上期", "去年同期": "去年下半年", "去年下半年": "去年同期", "上期": "上年同期"}


def other_relative_date(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """由上年同期的 A → 由上期的 A: a relative date before a level."""
    for n in indexed(text, ledger):
        if n.measure not in LEVELS or text.in_table(n.span.start) or n.period == text.period:
            continue
        for said, wrong in _RELATIVE.items():
            if not re.search(f"{said}的?(?:为|是|仅有)?\\s*$", text.before(n.span, 10)):
                continue
            at = text.text.rfind(said, 0, n.span.start)
            period = text.period.previous if wrong in ("上期", "去年下半年") else text.period.year_before
            if wrong == "去年下半年" and text.period.number != 1:
                continue
            claim, shown = n.claim(period=period), text.shown(n.span)
            if other(ledger, n.node, n.measure, period) is not None and false(text, shown, claim, ledger):
                yield plant(
                    text,
                    at,
                    at + len(said),
                    wrong,
                    7,
                    "other_relative_date",
                    "wrong-period wrong-basis",
                    says=((shown, claim),),
                )


def other_column(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """The headers of two columns of a table exchanged: every figure below is of the wrong period."""
    for m in re.finditer(r"(?m)^\|[^\n]*\|\n\|-", text.text):
        header = m.group().split("\n")[0]
        dates = list(re.finditer(r"20\d\d年[上下]半年", header))
        for a, b in itertools.pairwise(dates):
            new = header[: a.start()] + b.group() + header[a.end() : b.start()] + a.group() + header[b.end() :]
            below = [s for s in text.spans if s.start > m.end()]
            stop = text.text.find("\n\n", m.end())
            rows = [s.start for s in below if stop < 0 or s.start < stop]
            if rows:
                yield plant(
                    text, m.start(), m.start() + len(header), new, 7, "other_column", "wrong-period", also=tuple(rows)
                )


def more_months(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """1—6月 → 1—9月."""
    for m in re.finditer(r"1(?:—|-|～|至)6月", text.text):
        inside = text.sentence(m.start())
        if any(inside[0] <= n.span.start < inside[1] for n in numbers(text, ledger)):
            new = m.group().replace("6", "9")
            rules = "wrong-period unsupported-number"
            yield plant(text, m.start(), m.end(), new, 7, "more_months", rules)


def whole_year(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """上半年 → 全年 before the figure of a half."""
    for n in numbers(text, ledger):
        if n.period != text.period or n.period.frequency != "H" or text.in_table(n.span.start):
            continue
        first, _ = text.sentence(n.span.start)
        if any(first <= s.start < n.span.start for s in text.spans):
            continue
        m = re.search(r"(?<![年去])[上下]半年(?=，|[^，。]{0,6}$)", text.text[first : n.span.start])
        if m is None or n.measure in ("rank",):
            continue
        at = first + m.start()
        rules = "wrong-period unsupported-number"
        yield plant(text, at, at + 3, "全年", 7, "whole_year", rules, also=(n.span.start,))


def ends_exchanged(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """由 A 升至 B → 由 B 升至 A."""
    found = [n for n in indexed(text, ledger) if n.measure in LEVELS and plain(text, n.span)]
    for a, b in itertools.pairwise(found):
        between = text.text[a.span.end : b.span.start]
        if (a.node, a.measure) != (b.node, b.measure) or a.period >= b.period or len(between) > 16:
            continue
        if not re.search("[升降增减高低到至落扩缩压]", between) or "\n" in between or "。" in between:
            continue
        first, second = text.shown(a.span), text.shown(b.span)
        if not (false(text, second, a.claim(), ledger) and false(text, first, b.claim(), ledger)):
            continue
        yield plant(
            text,
            a.span.start,
            b.span.end,
            second + between + first,
            7,
            "ends_exchanged",
            "wrong-period wrong-direction wrong-number",
            says=((second, a.claim()), (first, b.claim())),
        )


PLANTERS = (
    pop_for_yoy,
    yoy_for_pop,
    half_for_year,
    year_for_half,
    yoy_for_base,
    base_for_yoy,
    since_january,
    bases_crossed,
    other_basis_value,
    other_date,
    other_relative_date,
    other_column,
    more_months,
    whole_year,
    ends_exchanged,
)
