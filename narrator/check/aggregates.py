"""Numbers that are made of several: 平均, 年均, 日均, 累计, 合计 over periods or over the parts of a whole."""

from __future__ import annotations

import math
import re
from calendar import monthrange
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from narrator.check import agreement, naming
from narrator.check.doubt import slipped
from narrator.check.figures import Option, same_unit
from narrator.check.reading import Judgement, Reading
from narrator.check.shown import printed_number
from narrator.model import PER_YEAR, Period
from narrator.numerals.regex import regex

if TYPE_CHECKING:
    from narrator.check.judge import Judge

_PER_PERIOD = regex(
    "半年数|季度数|月度数|当[期月季年]数|本[期月季]数|流量"
)  # a note of the data: amounts of one period
_STOCK = regex(
    "[期年月季]末|时点|存量|余额|人口|[拥保持]有量|结余|在[校建营册岗]|累计|平均|人均|均[价值]"
)  # what does not add up over time
_BASE_NOTE = regex("基期值?[^；。]*")  # 基期值为两个半年的平均 says nothing of the figures themselves
_RATE = regex("[%‰/]|点|天|小时|分钟|分$")

KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("yearly", regex(r"[两二三四五六七八九十\d]+年间?平均|年均|年平均|平均每年|年复合|复合增")),
    ("daily", regex("日均|平均每[天日]|每[天日]平均")),
    ("monthly", regex("月均|平均每月|每月平均")),
    ("share", regex("人均|户均|亩均|地均|村均|镇均|每亩|每户均|单均|件均|季均|周均|次均|台均|平均每(?![天日月年个项])|平均每个?(?:企业|项目|园区)")),
    ("mean", regex("平均|均值")),
    ("total", regex("累计|合计|共计|总计|加总|之和|共(?=新|有|实|完|$)|总共")),
    ("new", regex("新[建设签开立投增注登认培引入批落]|净增|投用|建成|办结|发放|开通|投放")),
)  # fmt: skip


def kind_of(words: str) -> str:
    """How the words between a subject and its number make it, names and periods cut out; empty where they do not."""
    for kind, pattern in KINDS:
        if pattern.search(words):
            return kind
    return ""


def insists(judge: Judge, reading: Reading) -> bool:
    """Whether a number must be a sum, or a rate that of one: the sum is said, and the table's figures are none yet."""
    if len(reading.span) < 2:
        return False
    if reading.role == "level":
        return reading.aggregate == "total" and any(s.code and _add_up(judge, s.code) for s in reading.subjects[-1:])
    if reading.role != "change":
        return False
    if reading.aggregate == "total":
        return True
    last = reading.told[-1] if reading.told else None
    return reading.aggregate == "whole" and last is not None and last.measure == "whole" and not last.change


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
    if reading.aggregate == "whole" and not _flows(judge, reading, option, factor):
        why = f"看不准说的是一期的数还是几期的累计：{naming.said(judge, option)}"
        return Judgement("unclear", "unclear-number", option, why=why, source="engine", fact=option.fact)
    text = naming.said(judge, option)
    return Judgement(
        "wrong", "wrong-number", option, agreement.shown(option, reading, factor), text, "engine", option.fact
    )


def _flows(judge: Judge, reading: Reading, option: Option, factor: float) -> bool:
    """Whether figures of the periods surely add up: one sum of them was told, the data say so, or it is nearly theirs."""
    if any(o.measure == "whole" and o.node == option.node for o in reading.told):
        return True
    if _add_up(judge, option.node):
        return True
    shown = Decimal(printed_number(abs(option.value * factor), max(option.decimals, reading.token.decimals)))
    return not option.change and slipped(abs(reading.token.values[0]), shown)


def _add_up(judge: Judge, code: str) -> bool:
    """Whether the table's amounts are surely of one period each: their note says so, or they fall within a year, as
    what is counted from its beginning never does."""
    node = judge.figures.nodes.get(code)
    if node is None:
        return False
    if _PER_PERIOD.search(node.note):
        return True
    periods = [p for p in judge.figures.periods if p.number > 1]
    return any(judge.figures.cell(code, "value", p) < judge.figures.cell(code, "value", p.previous) for p in periods)


def _options(judge: Judge, reading: Reading) -> Iterator[Option]:
    figures = judge.figures
    period = reading.periods[0] if reading.periods else judge.report
    codes = [s.code for s in reading.subjects if s.code]
    span = [p for p in reading.span if not p > judge.report]
    kind = reading.aggregate
    side = reading.side
    if kind in ("total", "whole") and len(span) > 1:
        for subject in reading.subjects[-1:]:
            yield from _over(judge, reading, subject.key, span)
    if not codes or kind == "whole":
        return
    if kind == "monthly" and len(span) > 1:
        kind = "mean"  # 三季度月均 of monthly figures
    if kind == "yearly":
        yield from _yearly(judge, reading, codes[-1], span or [figures.base, period])
        return
    for which in _sides(judge, codes[-1], side):
        own = figures.option(codes[-1], which, period) or (span and figures.option(codes[-1], which, span[-1])) or None
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
        elif kind == "mean" and len(span) > 1:
            values = [v for p in span if not math.isnan(v := figures.cell(codes[-1], which, p))]
            if len(values) == len(span):
                number = sum(values) / len(values)
                yield Option(number, own.unit, own.decimals, f"{name}@{span[0]}-{span[-1]}", kind, codes[-1], span[-1])
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
            Period.last_of(period.year - 1, period.frequency),
        ):
            option = (
                figures.change(codes[-1], "value", period, earlier, "diff") if not figures.children(codes[-1]) else None
            )
            if option is not None:
                yield option


def _over(judge: Judge, reading: Reading, key: str, span: list[Period]) -> Iterator[Option]:
    """1—9月累计106.42亿元，同比增长6.0%: the sum of an amount over periods, and its change on the same ones a year before."""
    now = added(judge, key, span)
    if now is None or reading.side == "index":
        return
    if reading.role == "level":
        yield now
        return
    then = added(judge, key, [p.year_before for p in span])
    if then is None or not then.value or now.source != "engine":
        return
    name = f"{now.fact}/{then.fact}"
    if reading.token.unit in ("%", "成", "倍"):
        rate = now.value / then.value * 100 - 100
        yield Option(rate, "%", 2, name, "whole", key, span[-1], True)
    else:
        yield Option(now.value - then.value, now.unit, now.decimals, name, "whole", key, span[-1], True)


def added(judge: Judge, key: str, span: list[Period]) -> Option | None:
    """What the amounts of some periods add up to; None for rates, indices and where one of them is not known."""
    node = judge.figures.nodes.get(key)
    name = f"{key}.value@{span[0]}-{span[-1]}"
    if node is not None:
        if judge.figures.children(key) or _RATE.search(node.unit) or not node.unit or _stock(node.name + node.note):
            return None
        values = [judge.figures.cell(key, "value", p) for p in span]
        if any(math.isnan(v) for v in values):
            return None
        return Option(math.fsum(values), node.unit, node.decimals, name, "whole", key, span[-1])
    if _stock(key):
        return None
    told = {f.period: f for f in judge.sources.references.get(key, ()) if f.measure == "value"}
    facts = [told[p] for p in span if p in told]
    if len(facts) < len(span) or len({f.unit for f in facts}) > 1 or _RATE.search(facts[0].unit):
        return None
    decimals = max(f.decimals for f in facts)
    number = math.fsum(f.value for f in facts)
    return Option(number, facts[0].unit, decimals, facts[-1].id, "whole", key, span[-1], source="reference")


def adds_up(judge: Judge, code: str) -> bool:
    """Whether the figures of an indicator are amounts of one period each, whose sum is that of the year."""
    return _add_up(judge, code) and added(judge, code, list(judge.figures.periods[-1:])) is not None


def _stock(words: str) -> bool:
    """Whether an amount is of a moment or a mean by its name or note: no sum of it says anything."""
    return _STOCK.search(_BASE_NOTE.sub("", words)) is not None


def _sides(judge: Judge, code: str, side: str) -> tuple[str, ...]:
    if judge.figures.children(code) or side == "index":
        return ("index",)
    return ("value",) if side == "raw" else ("value", "index")


def _yearly(judge: Judge, reading: Reading, code: str, span: list[Period]) -> Iterator[Option]:
    """年均增长: the constant yearly rate from the first to the last, in all ways of counting the first."""
    figures = judge.figures
    last = span[-1] if span else judge.report
    same = Period(span[0].year, last.frequency, last.number)
    began = Period.last_of(span[0].year - 1, last.frequency)
    starts = dict.fromkeys(
        [*span[:2], same, same.year_before, began]
    )  # 2019年上半年以来: from its figure, or from before
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
