"""What the words of a reading may stand for: every fact they may mean, the likeliest first."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from narrator.check.figures import Option, same_unit
from narrator.check.parts import ALL_PARTS
from narrator.check.reading import Reading
from narrator.check.shown import printed_number
from narrator.check.subjects import Subject
from narrator.model import Node, Period
from narrator.numerals.regex import regex
from narrator.records import replace

if TYPE_CHECKING:
    from narrator.check.judge import Judge


_INDEX_SAID = regex("指数|逆|点")
_SIZING = frozenset(
    ["扩大", "收窄", "缩小", "走阔", "走窄", "走扩", "加深", "加剧", "收敛"]
)  # of a rise or fall: how large it is
_AMOUNTING = regex("(?:[为是有计]|达到?|[升降增减]?[至到])(?:了|约|近)*$")
_BETTER, _WORSE = frozenset(["改善", "向好", "优化", "进步"]), frozenset(["恶化"])


def options(judge: Judge, reading: Reading, subject: Subject) -> Iterator[Option]:
    """Every fact that the words of a reading may stand for, in whatever unit, the likeliest first."""
    code = subject.code
    f = judge.figures
    here = f.nodes[code]
    side = reading.side or ("" if not f.children(code) else "index")
    rated = reading.side == "rate" and subject.aspect == "rate"  # 规上工业增加值增长9.4%, of 规上工业增加值增速
    side = "value" if rated else side
    first = reading.periods[0] if reading.periods else judge.report
    for period in reading.periods or (judge.report,):
        if period != first and reading.basis in ("yoy", "pop"):
            reading = replace(reading, against=(period.before(reading.basis),))
        elif period != first and reading.role == "change" and not reading.said:
            reading = replace(reading, against=(*against(reading, period), first))
        if reading.measures:
            yield from _declared(judge, reading, code, period)
            continue
        if reading.role in ("share", "pull"):
            for suffix in _suffixes(reading, period):
                parent = reading.parent if reading.parent and reading.parent != code else ""
                option = f.contribution(code, parent, period, reading.role, suffix)
                if here.parent is None and reading.role == "pull" and ALL_PARTS.search(reading.clause):
                    # 六大模块合力拉动总指数上升5.56个百分点
                    option = _of_whole(judge, code, "pull" if suffix == "yoy" else "pull_pop", period)
                if option is not None:
                    yield option
                if reading.token.unit == "点":
                    yield from _some(_points(judge, code, parent, period, suffix))
        elif rated and reading.role == "change" and reading.token.unit == "%":
            yield from (replace(level, change=True) for level in _some(f.level(code, period, "value")))
        elif reading.role == "change" or (rated and reading.role == "pace"):
            yield from _changes(judge, reading, code, period, side)
        elif reading.role == "pace":
            yield from _paces(judge, reading, code, period)
        elif reading.role == "level" or (reading.role == "count" and _AMOUNTING.search(reading.lead)):
            # 项目数连续减少，本期为112项: counted in the unit of the amount
            unit = reading.token.unit
            if unit in ("点", "") and side != "raw" and not (unit == here.unit == "" and _of_amount(reading)):
                yield from _some(f.level(code, period, "index"))
            if side != "index" or (unit != "点" and same_unit(unit, here.unit) is not None and unit != ""):
                yield from _some(f.level(code, period, "value"))


def _of_amount(reading: Reading) -> bool:
    """城乡居民收入比为1.75, of what is itself told without a unit: no index, where nothing speaks of one."""
    told = any(o.measure == "index" for o in reading.told)
    return not (reading.side or told or reading.header or _INDEX_SAID.search(reading.before + reading.clause))


def _points(judge: Judge, code: str, parent: str, period: Period, suffix: str) -> Option | None:
    """创新要素贡献5.07点: the part of the whole's change in points, w·Δ."""
    f = judge.figures
    share = f.contribution(code, parent, period, "share", suffix)
    own = parent or f.nodes[code].parent
    whole = f.cell(own, f"index_{suffix}_diff", period) if own else math.nan
    if share is None or math.isnan(whole):
        return None
    return replace(share, value=share.value * whole / 100, unit="点", fact=f"{share.fact}·{own}", measure="points")


def _suffixes(reading: Reading, period: Period) -> tuple[str, ...]:
    if period.previous in reading.against and reading.said and period.year_before not in reading.against:
        # 环比上升1.20%，对总指数的贡献率为…: of the change just told, or of the one that shares are told of
        return ("pop",) if "环比" in reading.clause else ("pop", "yoy")
    return ("yoy",)


def against(reading: Reading, period: Period) -> tuple[Period, ...]:
    """Periods that a change is measured against: those said, or the year before where none is."""
    return reading.against or (period.year_before,)


def _of_its_amount(reading: Reading, node: Node, side: str, *, rate: bool) -> bool:
    """Whether a change of an indicator can only be one of its amount."""
    unit = reading.token.unit
    if unit == "百分点":
        return node.unit == "%" and not side
    if not rate:  # 指数因此下降7.56%；比上半年减少0.47件: only the amount is told in its unit
        return unit not in ("点", "") and bool(same_unit(unit, node.unit))
    # 警情7.70件，同比减少近两成: the amount just told, which its index goes against
    last = reading.told[-1] if reading.told else None
    told = last is not None and (last.node, last.measure) == (node.code, "value")
    return unit == "成" and told and node.inverse and not side


def _changes(judge: Judge, reading: Reading, code: str, period: Period, side: str) -> Iterator[Option]:
    f = judge.figures
    leaf = not f.children(code)
    rate = reading.token.unit in ("%", "成", "倍", "番", "‰")
    if not leaf:
        sides = ["index"]
    elif _of_its_amount(reading, f.nodes[code], side, rate=rate):
        sides = ["value"]
    else:
        sides = ["value" if side == "raw" else side] if side else ["index", "value"]
    if rate and leaf and "增" in reading.lead:
        # 进出口总额…，增速-1.85%: an indicator of its own may be that rate.
        for noun in ("增速", "增长率", "增长速度"):
            if noun in reading.lead:
                yield from _named_rate(judge, f.nodes[code].name + noun, period)
    for then in against(reading, period):
        for s in sides:
            for kind in ("rate",) if rate else ("diff",):
                option = f.change(code, s, period, then, kind)
                if option is None:
                    continue
                if reading.token.unit == "倍":
                    option = replace(option, value=option.value / 100, unit="倍")
                elif reading.token.unit == "番":
                    option = replace(option, value=math.log2(max(1e-9, 1 + option.value / 100)), unit="番")
                elif reading.token.unit == "人次" and option.unit == "人" and reading.sign > 0:
                    # 增加45人次: what came in over a year may be counted by entries.
                    option = replace(option, unit="人次")
                if f.nodes[code].inverse and s == "value" and reading.verb in _BETTER | _WORSE:
                    option = replace(option, value=-option.value)  # less is better
                yield option


def _named_rate(judge: Judge, name: str, period: Period) -> Iterator[Option]:
    f = judge.figures
    for node in f.nodes.values():
        if node.name == name and node.unit == "%":
            level = f.level(node.code, period, "value")
            if level is not None:
                yield replace(level, change=True)


def _paces(judge: Judge, reading: Reading, code: str, period: Period) -> Iterator[Option]:
    """涨幅比上期收窄0.64个百分点: the change of a rate; the size of a 涨幅 or 降幅, the signed 增速."""
    f = judge.figures
    measures: tuple[str, ...] = ("pop",) if reading.rate == "pop" else ("yoy",)
    if reading.noun == "share":
        measures = ("share",)
    elif (
        f.nodes[code].inverse
        and reading.told
        and reading.told[-1].node == code
        and reading.told[-1].measure.startswith("value")
    ):
        measures = (*(f"value_{measure}" for measure in measures), *measures)  # the rate of the amount just told, first
    last = reading.told[-1] if reading.told else None
    if last is not None and last.node == code and last.measure in ("yoy_diff", "pop_diff") and last.unit == "百分点":
        # 提高1.52个百分点，增幅比上年扩大0.36个百分点: of those points; 增速 may be the rate all the same
        measures = (last.measure, *(measures if reading.noun.startswith(("增速", "增长")) else ()))
    for measure in measures:
        for then in reading.against or (period.previous, period.year_before):
            if then == period:
                continue
            now, before = f.cell(code, measure, period), f.cell(code, measure, then)
            if math.isnan(now) or math.isnan(before):
                continue
            size = (
                abs(now) - abs(before)
                if (not reading.noun and reading.verb in _SIZING and now * before > 0)
                or (
                    reading.noun
                    and reading.noun[0] in "涨升降跌减回增上下提"
                    and reading.noun not in ("增速", "增长率", "增长速度")
                )
                else now - before
            )
            kind = f"{measure.removesuffix('_diff')}_pace"
            name = f"{code}.{measure}@{period}-{then}"
            yield Option(size, "百分点", 2, name, kind, code, period, True)
            # Two printed rates are what a reader subtracts; the difference of the printed is as good.
            shown = [Decimal(printed_number(v, 2)) for v in (now, before)]
            printed = abs(shown[0]) - abs(shown[1]) if size != now - before else shown[0] - shown[1]
            if reading.token.values and abs(abs(printed) - abs(Decimal(str(size)))) < Decimal("0.0101"):
                yield Option(float(printed), "百分点", 2, name, kind, code, period, True)


def _declared(judge: Judge, reading: Reading, code: str, period: Period) -> Iterator[Option]:
    f = judge.figures
    for measure in reading.measures:
        if measure == "weight":
            weight = f.nodes[code].weight
            unit = reading.token.unit or reading.expected_unit
            rate = unit in ("%", "成")
            own = Option(weight, unit, 2, f"{code}.weight", measure, code, period)
            yield replace(own, value=weight * 100, unit="%") if rate else own
            if unit == "":
                yield Option(weight * 100, unit, 2, f"{code}.weight", measure, code, period)
            continue
        if f.nodes[code].parent is None and measure in ("share", "share_pop", "pull", "pull_pop"):
            whole = _of_whole(judge, code, measure, period)
            if whole is not None:
                yield replace(whole, unit="") if reading.token.unit == "" else whole
            continue
        option = f.option(
            code, measure, period, change=measure not in ("index", "value") and not measure.startswith("rank")
        )
        if option is None:
            continue
        if reading.token.unit == "":
            option = replace(option, unit="")
        yield option


def _of_whole(judge: Judge, code: str, measure: str, period: Period) -> Option | None:
    """What the parts give together, in the row of the whole: 100 % of its change, and its own growth in points."""
    basis = "pop" if measure.endswith("pop") else "yoy"
    growth = judge.figures.option(code, basis, period, change=True)
    if growth is None or measure.startswith("pull"):
        return growth and replace(growth, unit="百分点")
    return replace(growth, value=100.0, unit="%")


def _some(option: Option | None) -> Iterable[Option]:
    return () if option is None else (option,)
