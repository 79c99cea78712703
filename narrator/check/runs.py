"""Several periods said as one: 一、二、三季度, 前三季度, 2021—2024年, 2023年三季度至2024年二季度, 2023年、2024年上半年."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from narrator.model import PER_YEAR, Frequency, Period
from narrator.numerals.chinese_reading import read_chinese
from narrator.numerals.normal_text import plain
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token

_ITEM = regex(
    r"(?P<same>(?:上一?年|去年)?同期)|(?P<previous>上一?(?:个|报告)*(?:期|季度?|半年度?))|(?P<this>(?:本|当|本报告)(?:期|季度?))"
    r"|(?:(?P<year>(?:19|20)\d\d)(?:年|(?=\s*[、和与及至到\-—–~～]))|(?P<named>今年|本年|去年|上一?年|前年))?\s*(?:的)?"
    r"(?:前\s*(?P<first>[两二三四]|[2-9]|1[01])\s*个?(?P<first_unit>季度|月)"
    r"|第?(?P<number>1[0-2](?!\d)|[1-9](?![\d.])|十[一二]?|[一二三四五六七八九])\s*(?P<unit>季度?|(?:[两二三四五六]个)?月份?)?"
    r"|(?P<half>[上下])(?P<half_unit>半年)?)?"
)
_EACH = regex(
    r"(?:(?P<year>(?:19|20)\d\d)年|(?P<named>今年|本年|去年|上年))?\s*(?:第?(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年|(?P<all>全年)|前(?P<first>[两二三])季度)?"
    r"(?:的)?(?:(?:各|逐|每个?)(?P<unit>月|季度?)(?!均)|(?:上、?下)?(?P<count>[两二三四六23456]|十二|12)(?:个(?P<counted>半年|季度|月)|期))"
)  # 三季度各月, 去年各季度, 2023年两个半年, 2023年两期
_PARTS = regex("个(?:半年|季度|月)|[两二三四六十2-6]期")
_CLOSED = regex("(?:月|份|季|度|半年|[两二三四六十2-6]期)$")  # a run that ends by naming its unit
_EACH_HINT = regex("[各逐每]|个(?:半年|季度|月)|[两二三四六十2-6]期")
_LINK = regex(r"\s*(?:(?P<to>[-—–~～－]+|至|到)|[、，,]|以?及|和|与)\s*(?:再?到)?\s*")
_YEARS = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "上一年": -1, "前年": -2}
_NAMED = regex(r"[季月年期半]|(?:19|20)\d\d")  # without one of these there is no run
_STARTS = regex("(?<![0-9.])[0-9]|[一二三四五六七八九十上下前本当今去第同]")  # not within 135.64


@dataclass(frozen=True, slots=True)
class Run:
    """Characters `start` to `end` of a text and the periods they name, in order; `years` where years alone are said."""

    start: int
    end: int
    periods: tuple[Period, ...]
    years: bool = False


@dataclass
class _Item:
    year: int | None
    frequency: Frequency | None
    number: int | None
    to: bool
    period: Period | None = None
    first: int = 0


def runs(norm: str, report: Period, start: int = 0, end: int | None = None, year: int | None = None) -> list[Run]:
    """Every run of two periods or more between `start` and `end` of half-width text; `year` where they name none.

    >>> [str(p) for p in runs("2023年四季度至2024年二季度", Period.parse("2024Q3"))[0].periods]
    ['2023Q4', '2024Q1', '2024Q2']
    """
    end = len(norm) if end is None else end
    if _NAMED.search(norm, start, end) is None:
        return []
    found: list[Run] = []
    at = start
    own = report.year if year is None else year
    for each in _EACH.finditer(norm, at, end) if _EACH_HINT.search(norm, at, end) else ():
        periods = _parts(each, report, own)
        if len(periods) > 1:
            found.append(Run(each.start(), each.end(), periods))
    while begin := _STARTS.search(norm, at, end):
        at = begin.start()
        m = _ITEM.match(norm, at, end)
        if m is None or not m.group().strip():
            at += 1
            continue
        items, stop = _items(norm, m, end, report)
        run = _run(items, at, stop, report, report.year if year is None else year)
        if run is not None:
            found.append(run)
            at = stop
        elif all(item.number is not None and item.year is None and item.frequency is None for item in items):
            at = stop  # 1、2、3、…: a list of numbers that name no unit, wherever one begins to read it
        else:
            at += 1
    return sorted(found, key=lambda run: run.start)


def _parts(m: re.Match[str], report: Period, said: int) -> tuple[Period, ...]:
    """The parts of 三季度各月, 上半年两个季度, 2023年两个半年."""
    year = int(m["year"]) if m["year"] else report.year + _YEARS[m["named"]] if m["named"] else said
    span = (1, 12)
    if m["quarter"]:
        k = _number(m["quarter"])
        span = (3 * k - 2, 3 * k)
    elif m["half"]:
        span = (1, 6) if m["half"] == "上" else (7, 12)
    elif m["first"]:
        span = (1, 3 * _number(m["first"]))
    elif year == report.year:
        span = (1, report.months[1])
    unit = m["unit"] or m["counted"]
    frequency: Frequency = "M" if unit == "月" else "H" if unit == "半年" else "Q" if unit else report.frequency
    per = 12 // PER_YEAR[frequency]
    parts = tuple(Period(year, frequency, k) for k in range((span[0] - 1) // per + 1, span[1] // per + 1))
    if m["count"] and (
        not (m["year"] or m["named"] or m["quarter"] or m["half"] or m["all"]) or len(parts) != _number(m["count"])
    ):
        return ()  # 两个季度 by themselves are a length of time
    return parts


def _items(norm: str, m: re.Match[str], end: int, report: Period) -> tuple[list[_Item], int]:
    items: list[_Item] = []
    to = False
    while True:
        items.append(_item(m, to, report))
        stop = m.end()
        link = _LINK.match(norm, stop, end)
        if link is None:
            return items, stop
        following = _ITEM.match(norm, link.end(), end)
        if following is None or not following.group().strip():
            return items, stop
        to = link["to"] is not None
        m = following


def _item(m: re.Match[str], to: bool, report: Period) -> _Item:
    if m["same"]:
        return _Item(None, None, None, to, report.year_before)
    if m["previous"]:
        return _Item(None, None, None, to, report.previous)
    if m["this"]:
        return _Item(None, None, None, to, report)
    year = int(m["year"]) if m["year"] else report.year + _YEARS[m["named"]] if m["named"] else None
    if m["first"]:
        return _Item(year, _frequency(m["first_unit"]), None, to, first=_number(m["first"]))
    if m["number"]:
        return _Item(year, _frequency(m["unit"]), _number(m["number"]), to)
    if m["half"]:
        # 上、下半年: the first of the two leaves its noun to the second.
        return _Item(year, "H" if m["half_unit"] else None, 1 if m["half"] == "上" else 2, to)
    return _Item(year, None, None, to)


def _frequency(unit: str | None) -> Frequency | None:
    return None if not unit else "Q" if "季" in unit else "M"


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 2 if text == "两" else int(read_chinese(text) or 0)


def _run(items: list[_Item], start: int, end: int, report: Period, said: int) -> Run | None:
    unit: Frequency | None = None
    for item in reversed(items):  # 一、二、三季度: the unit stands at the last
        unit = item.frequency or (None if item.period is not None else unit)
        if item.frequency is None and item.number is not None:
            if unit is None:
                return None
            item.frequency = unit
    last = next((i for i in reversed(items) if i.number is not None), None)
    year = said
    years = all(i.year is not None and i.number is None and not i.first for i in items)
    periods: list[Period] = []
    for item in items:
        year = item.year if item.year is not None else year
        if item.period is not None:
            found = [item.period]
            year = said  # 比上年同期和三季度: the latter of this year
        elif item.first:
            assert item.frequency is not None
            if item.first > PER_YEAR[item.frequency]:
                return None
            found = [Period(year, item.frequency, k + 1) for k in range(item.first)]
        elif item.number is not None:
            assert item.frequency is not None
            if not 1 <= item.number <= PER_YEAR[item.frequency]:
                return None
            found = [Period(year, item.frequency, item.number)]
        elif item.year is not None:
            if last is not None and last.frequency is not None and last.number is not None:
                found = [Period(item.year, last.frequency, last.number)]  # 2023年、2024年上半年
            else:
                found = [Period(item.year, report.frequency, report.number)]
        else:
            return None
        if item.to:
            between = _between(periods[-1], found[0], years)
            if between is None:
                return None
            periods += between
        periods += found
    return Run(start, end, tuple(periods), years) if len(periods) > 1 else None


def _between(first: Period, last: Period, years: bool) -> list[Period] | None:
    """The periods strictly between two of one length; None where they are none, or too many to be meant."""
    if first.frequency != last.frequency or not first < last:
        return None
    step = PER_YEAR[first.frequency] if years else 1
    out: list[Period] = []
    at = first.shift(step)
    while at < last and len(out) < 60:
        out.append(at)
        at = at.shift(step)
    return out


def of_length(run: Run, count: int, report: Period) -> tuple[Period, ...]:
    """The periods of a run where they are `count`; of a run of years also every part of each; else none.

    2022—2024年四季度 may be those of three years, as well as all from the first to the last.
    """
    if len(run.periods) == count:
        return run.periods
    first, last = run.periods[0], run.periods[-1]
    if first.frequency == last.frequency and first.number == last.number and last.year - first.year + 1 == count:
        return tuple(first.shift(k * PER_YEAR[first.frequency]) for k in range(count))
    if run.years and count == len(run.periods) * PER_YEAR[report.frequency]:
        return tuple(
            Period(p.year, report.frequency, k + 1) for p in run.periods for k in range(PER_YEAR[report.frequency])
        )
    return ()


def listed_periods(tokens: list[Token], text: str, report: Period) -> list[Token]:
    """The tokens of a text, with 7 and 8 of 7、8两个月, 两 of 2023年两个半年 for what they are: periods."""
    bare = any(t.kind == "quantity" and not t.unit and t.decimals == 0 for t in tokens)
    if not (bare and ("月" in text or "季" in text)) and _PARTS.search(text) is None:
        return tokens
    found = [run for run in runs(plain(text), report) if _CLOSED.search(text, run.start, run.end)]
    return [
        replace(t, kind="period", excused_by="period")
        if t.kind in ("quantity", "count") and any(run.start <= t.start and t.end <= run.end for run in found)
        else t
        for t in tokens
    ]
