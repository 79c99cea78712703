"""Numbers that are made of several: 平均, 年均, 日均, 累计, 合计 over periods or over the parts of a whole."""

from __future__ import annotations

import math
import re
from calendar import monthrange
from collections.abc import Iterator
from typing import TYPE_CHECKING

from narrator.check import agreement, naming
from narrator.check.figures import Option, same_unit
from narrator.check.reading import Judgement, Reading
from narrator.model import PER_YEAR, Period

if TYPE_CHECKING:
    from narrator.check.judge import Judge

KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("yearly", re.compile(r"[两二三四五六七八九十\d]+年间?平均|年均|年平均|平均每年|年复合|复合增")),
    ("daily", re.compile("日均|平均每[天日]|每[天日]平均")),
    ("monthly", re.compile("月均|平均每月|每月平均")),
    ("share", re.compile("人均|户均|亩均|地均|村均|镇均|每亩|每户均|单均|件均|季均|周均|次均|台均|平均每(?![天日月年个项])|平均每个?(?:企业|项目|园区)")),
    ("mean", re.compile("平均|均值")),
    ("total", re.compile("累计|合计|共计|总计|加总|之和|共(?=新|有|实|完|$)|总共")),
    ("new", re.compile("新[建设签开立投增注登认培引入批落]|净增|投用|建成|办结|发放|开通|投放")),
)  # fmt: skip


def kind_of(words: str) -> str:
    """How the words between a subject and its number make it, names and periods cut out; empty where they do not."""
    for kind, pattern in KINDS:
        if pattern.search(words):
            return kind
    return ""


def judged(judge: Judge, reading: Reading) -> Judgement | None:
    """The judgement on a mean, a sum, a number a day; None where it cannot be computed."""
    found = [o for o in _options(judge, reading) if not math.isnan(o.value)]
    astray: Judgement | None = None
    first: tuple[Option, float] | None = None
    for option in found:
        factor = same_unit(reading.token.unit, option.unit)
        if reading.token.unit == "" and option.unit == "点":
            factor = 1.0
        if factor is None:
            continue
        first = first or (option, factor)
        missed = agreement.fits(reading, option, factor)
        shown = agreement.shown(option, reading, factor)
        if missed == "":
            return Judgement(
                "verified", "", option, shown, "", "engine", option.fact, agreement.chance(reading, len(found))
            )
        if missed in ("wrong-direction", "wrong-hedge") and astray is None:
            text = naming.why(judge, missed, option, reading)
            astray = Judgement("wrong", missed, option, shown, text, "engine", option.fact)
    if astray is not None or first is None or reading.aggregate == "new":
        return astray
    option, factor = first
    text = naming.said(judge, option)
    return Judgement(
        "wrong", "wrong-number", option, agreement.shown(option, reading, factor), text, "engine", option.fact
    )


def _options(judge: Judge, reading: Reading) -> Iterator[Option]:
    figures = judge.figures
    period = reading.periods[0] if reading.periods else judge.report
    codes = [s.code for s in reading.subjects if s.code]
    span = [p for p in reading.span if not p > judge.report]
    kind = reading.aggregate
    side = reading.side
    if not codes:
        return
    if kind == "yearly":
        yield from _yearly(judge, reading, codes[-1], span or [figures.base, period])
        return
    for which in _sides(judge, codes[-1], side):
        own = figures.option(codes[-1], which, period)
        if own is None:
            continue
        name = f"{codes[-1]}.{which}"
        if kind in ("daily", "monthly"):
            months = period.months
            days = sum(monthrange(period.year, m)[1] for m in range(months[0], months[1] + 1))
            number = own.value / (days if kind == "daily" else months[1] - months[0] + 1)
            yield Option(number, own.unit, 1, f"{name}@{period}/{kind}", kind, codes[-1], period)
        elif kind == "mean" and reading.role == "change" and len(span) > 1:
            then = figures.cell(codes[-1], which, span[0].previous)
            number = (figures.cell(codes[-1], which, span[-1]) - then) / len(span)
            yield Option(number, own.unit, own.decimals, f"{name}@{span[-1]}/mean", "mean", codes[-1], span[-1], True)
        elif kind in ("mean", "total") and len(span) > 1:
            values = [v for p in span if not math.isnan(v := figures.cell(codes[-1], which, p))]
            if len(values) == len(span):
                number = sum(values) / (len(values) if kind == "mean" else 1)
                if kind == "mean" or which == "value":
                    yield Option(
                        number, own.unit, own.decimals, f"{name}@{span[0]}-{span[-1]}", kind, codes[-1], span[-1]
                    )
        if kind == "mean" and reading.role == "level":
            family = codes if len(codes) > 1 else list(figures.children(codes[0]))
            values = [v for c in family if not math.isnan(v := figures.cell(c, which, period))]
            if len(values) > 1 and len(values) == len(family):
                number = sum(values) / len(values)
                yield Option(number, own.unit, 2, f"{name}@{period}/parts", "mean", codes[0], period)
    if kind == "new":
        for earlier in (
            period.previous,
            period.year_before,
            Period(period.year - 1, period.frequency, PER_YEAR[period.frequency]),
        ):
            option = (
                figures.change(codes[-1], "value", period, earlier, "diff") if not figures.children(codes[-1]) else None
            )
            if option is not None:
                yield option


def _sides(judge: Judge, code: str, side: str) -> tuple[str, ...]:
    if judge.figures.children(code) or side == "index":
        return ("index",)
    return ("value",) if side == "raw" else ("value", "index")


def _yearly(judge: Judge, reading: Reading, code: str, span: list[Period]) -> Iterator[Option]:
    """年均增长: the constant yearly rate from the first to the last, in all ways of counting the first."""
    figures = judge.figures
    last = span[-1] if span else judge.report
    same = Period(span[0].year, last.frequency, last.number)
    starts = dict.fromkeys(
        [span[0], same, same.year_before, Period(span[0].year - 1, last.frequency, PER_YEAR[last.frequency])]
    )
    if span[0] == figures.base or span[0].year == figures.base.year:
        starts = dict.fromkeys([figures.base, *starts])
    for which in _sides(judge, code, reading.side):
        for first in starts:
            years = last.year - first.year if first.frequency in ("A", last.frequency) else 0
            if first.frequency == last.frequency:
                years = round((last.year - first.year) + (last.number - first.number) / PER_YEAR[last.frequency], 6)  # type: ignore[assignment]
            now, then = figures.cell(code, which, last), figures.cell(code, which, first)
            if years < 1 or math.isnan(now) or math.isnan(then) or then <= 0:
                continue
            name = f"{code}.{which}@{first}-{last}/yearly"
            if reading.token.unit in ("%", "成"):
                rate = (now / then) ** (1 / years) * 100 - 100
                yield Option(rate, "%", 2, name, "yearly", code, last, True)
            else:
                unit, decimals = (
                    ("点", 2) if which == "index" else (figures.nodes[code].unit, figures.nodes[code].decimals)
                )
                yield Option((now - then) / years, unit, decimals, name, "yearly", code, last, True)
