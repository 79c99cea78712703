"""Numbers that follow from others of the same paragraph: 占12.66%, 相当于1232家的1.96倍, 平均每个2.35亿元, 6.2∶44.4∶49.4.

They are in no table, so that nothing else can vouch for them; the figures that they are made of stand beside them
and were found right, and the words say what was done with these. Where the words name the operation and leave no
choice of the figures, a result that cannot be theirs is an error; elsewhere it stays unsupported.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from narrator.check import agreement
from narrator.check.doubt import slipped
from narrator.check.figures import Option, same_unit
from narrator.check.ratios import HEDGES
from narrator.check.reading import Judgement, Reading
from narrator.check.shown import printed_number
from narrator.model import Source
from narrator.numerals.regex import regex
from narrator.records import replace

if TYPE_CHECKING:
    from narrator.check.judge import Judge

_RATES = frozenset(["%", "百分点", "点", "‰", "千分点", "成", "倍"])
_SHARE = regex("占(?!地)|比重|占比|份额|[中里]有")
_TIMES = regex(r"(?:相当于|等于|[是为达至]|不[到及足]|仅为?|只有|超过?|增至|接近)[^，。；]{0,24}的\s*[^，。；的]{0,4}$")
# 后者是前者的两倍多, 尚不及前者的三分之一: whose figure is the whole
_OF_THE_TWO = regex(
    "(?P<whole>前者|后者)(?:的?(?P<of>增[幅速]|[涨升降跌]幅|指数|水平|数值|拉动|贡献))?的\\s*(?:大约|约|将近|接近|近|不到|不足|超过?|逾)?\\s*$"
)
# 抵消了X下拉影响（1.01个百分点）的近八成
_OFFSET = regex("(?:抵消|对冲|抵减|弥补)[^，。；]*[）)]的\\s*(?:大约|约|将近|接近|近|不到|不足|超过?|逾)?\\s*$")
_OF_RATE = regex("增[幅速]|[涨升降跌]幅")
_EACH = regex(r"平均每|均(?:为|达|有|约|仅|近|超)?$|每[一个家项户人亩名台件]")
_GROWN = regex(r"[比较]|相比")
APART = regex(r"(?:(?P<up>[高快多])|[低慢少])(?:出|了)?\s*$")
_MAKEUP = regex("结构|构成|比例|之比|比重|占比|比为")


@dataclass(frozen=True, slots=True)
class _Derived:
    """What an operation makes of figures that stand in the text: `value` in `unit`, how it is shown, from which."""

    value: float
    unit: str
    shown: str
    of: tuple[Option, ...]
    change: bool = False


def settled(judge: Judge, reading: Reading, judgement: Judgement) -> Judgement:
    """The judgement, or that on what a number follows from, where nothing else vouches for it and its words say how."""
    if judgement.name in ("verified", "exempt"):
        return judgement
    found = _judged(judge, reading)
    # A mistake about a fact that the words name is one, whatever the number may follow from besides.
    named = judgement.name == "wrong" and judgement.option is not None and reading.token.join != "ratio"
    named = named and not of_the_two(reading)
    return judgement if found is None or named else found


def _judged(judge: Judge, reading: Reading) -> Judgement | None:
    token = reading.token
    if reading.header or not token.values or not reading.heard:
        return None
    if token.join == "ratio":
        return _makeup(reading)
    reading = _hedged(reading)
    found = [
        (each, option, factor)
        for each in _results(judge, reading)
        for option in [_option(each, reading)]
        if (factor := same_unit(token.unit, option.unit)) is not None
    ]
    for each, option, factor in found:
        if agreement.fits(reading, option, factor) == "":
            return _verdict(each, reading, option, factor, "verified")
    missed = [(*one, rule) for one in found if (rule := _missed(reading, *one[1:]))]
    if len(missed) != 1:
        return None
    each, option, factor, rule = missed[0]
    return _verdict(each, reading, option, factor, rule)


def _hedged(reading: Reading) -> Reading:
    """尚不及前者的三分之一: with the word of approximation that stands before what the ratio is to."""
    front = reading.clause.partition(reading.token.text)[0]
    m = _OF_THE_TWO.search(front)
    if m is None or reading.hedge:
        return reading
    found = next((hedge for hedge, words in HEDGES if words.search(front, 0, m.start())), "")
    return replace(reading, hedge=found) if found != "about" or reading.token.unit != "倍" else reading


def _missed(reading: Reading, option: Option, factor: float) -> str:
    """The rule by which a number misses a result that it may well be meant for, empty where it need not be."""
    rule = agreement.fits(reading, option, factor)
    if rule != "wrong-number":
        return rule
    expected = Decimal(printed_number(abs(option.value * factor), max(2, reading.token.decimals)))
    meant = bool(of_the_two(reading)) or (not reading.hedge and slipped(abs(reading.token.values[0]), expected))
    return "broken-arithmetic" if meant else ""


def _verdict(each: _Derived, reading: Reading, option: Option, factor: float, rule: str) -> Judgement:
    shown = agreement.shown(option, reading, factor)
    facts = tuple(o.fact for o in each.of)
    if rule == "verified":
        why = f"由文中的数算得：{each.shown}"
        return Judgement(
            "verified", "", option, shown, why, _source(each.of), facts[-1],
            agreement.chance(reading, 2), facts,
        )  # fmt: skip
    why = f"{each.shown}={shown}{reading.token.unit}"
    return Judgement("wrong", rule, option, shown, why, _source(each.of), facts[-1], None, facts)


def _option(each: _Derived, reading: Reading) -> Option:
    last = each.of[-1]
    name = "/".join(o.fact for o in each.of)
    decimals = max(reading.token.decimals, 1 if each.unit == "%" else 0)
    return Option(each.value, each.unit, decimals, name, "derived", last.node, last.period, each.change)


# --------------------------------------------------------------------------- what the words say was done


def _results(judge: Judge, reading: Reading) -> Iterator[_Derived]:
    unit, lead = reading.token.unit, reading.lead
    words = reading.clause.partition(reading.token.text)[0] or lead
    amounts = [o for o in reading.heard if o.unit not in _RATES and not o.change]
    rated = same_unit(unit, "%") is not None
    if (rated or unit == "倍") and (told := of_the_two(reading)):
        yield from _times([replace(o, value=abs(o.value)) for o in told], unit, ordered=True)
    elif unit == "百分点" and not reading.other and (apart := APART.search(words)):
        yield from _apart(judge, reading, 1 if apart["up"] else -1)
    elif reading.role == "change" and rated and _GROWN.search(words):
        yield from (each for each in _grown(amounts) if _figure(each.of[0]) in words)
    elif rated and _SHARE.search(lead):
        yield from _shares(judge, reading, amounts)
    elif (rated or unit == "倍") and reading.role != "change" and _TIMES.search(words):
        yield from _times([o for o in reading.heard if not o.change and o.unit not in _RATES - {"点"}], unit)
    elif _EACH.search(lead):
        yield from _each(amounts, unit)


def of_the_two(reading: Reading) -> list[Option]:
    """The two figures told of which a number is the ratio, the whole first; none where the words name no such two.

    A提高11.88点，B提高24.63点，后者是前者的两倍多: changes are figures too, and 增幅 means no others.
    """
    if reading.role == "ratio" and reading.other:
        return []  # it is judged by the two that are named, of which no figures are told
    words = reading.clause.partition(reading.token.text)[0] or reading.lead
    m = _OF_THE_TWO.search(words)
    offset = m is None and _OFFSET.search(words) is not None
    if m is None and not offset:
        return []
    told = list({(o.fact, o.change): o for o in reading.told}.values())
    if m is not None and _OF_RATE.search(m["of"] or words.partition(m["whole"])[0]):
        told = [o for o in told if o.change]
    told = told[-2:]
    if len(told) < 2 or told[0].unit != told[1].unit or told[0].change != told[1].change:
        return []
    if told[0].node == told[1].node or told[0].measure != told[1].measure:
        return []
    return told if m is not None and m["whole"] == "前者" else told[::-1]


def _shares(judge: Judge, reading: Reading, amounts: Sequence[Option]) -> Iterator[_Derived]:
    """占全市进出口总额的12.66%: of the whole that is named here, else of the larger amount told before."""
    if not amounts:
        return
    part = amounts[-1]
    for subject in reversed(reading.subjects):
        if not subject.code or subject.code == part.node or judge.figures.children(subject.code):
            continue
        whole = judge.figures.option(subject.code, "value", part.period)
        if whole is not None:
            yield from _quotient(part, whole, "%")
            return
    before = [o for o in amounts[:-1] if same_unit(o.unit, part.unit) is not None]
    yield from (each for whole in reversed(before[-3:]) for each in _quotient(part, whole, "%") if each.value <= 100)


def _apart(judge: Judge, reading: Reading, sign: int) -> Iterator[_Derived]:
    """地区生产总值增长5.8%。…总指数增速高出7.96个百分点: over a rate that was told; which one is not said, so that
    only a number that fits it follows from it."""
    measure = "pop" if reading.rate == "pop" else "yoy"
    period = reading.periods[0] if reading.periods else judge.report
    own = judge.figures.option(reading.subjects[-1].code, measure, period) if reading.subjects else None
    if own is None or not reading.token.values:
        return
    rates = [o for o in reading.heard if o.measure == measure and o.unit == "%" and o.node != own.node]
    for other in rates[-2:]:
        away = (own.value - other.value) * sign
        if abs(Decimal(printed_number(away, reading.token.decimals))) == reading.token.values[0] and away > 0:
            sides = (own, other) if sign > 0 else (other, own)
            shown = "－".join(f"（{_printed(o)}）" if o.value < 0 else _printed(o) for o in sides)
            yield _Derived(away, "百分点", shown, (other, own))


def _times(amounts: Sequence[Option], unit: str, ordered: bool = False) -> Iterator[_Derived]:
    """2412家，相当于1232家的1.96倍; 后者为前者的六成多."""
    if ordered:
        yield from _quotient(amounts[-1], amounts[-2], unit)
    elif len(amounts) > 1:
        either = *_quotient(amounts[-2], amounts[-1], unit), *_quotient(amounts[-1], amounts[-2], unit)
        yield from (each for each in either if unit != "倍" or each.value >= 1)


def _grown(amounts: Sequence[Option]) -> Iterator[_Derived]:
    """548.75亿元，比上年的501.10亿元增长9.51%."""
    if len(amounts) < 2:
        return
    now, then = amounts[-2:]
    factor = same_unit(then.unit, now.unit)
    if factor is not None and then.value and now.fact != then.fact:
        rate = now.value / (then.value * factor) * 100 - 100
        yield _Derived(rate, "%", f"{_printed(now)}÷{_printed(then)}－1", (then, now), True)


def _each(amounts: Sequence[Option], unit: str) -> Iterator[_Derived]:
    """41个项目完成投资96.5亿元，平均每个2.35亿元."""
    recent = list(amounts[-4:])
    for whole in reversed(recent):
        factor = same_unit(unit, whole.unit)
        for count in reversed(recent):
            if factor and count.value and same_unit(count.unit, whole.unit) is None:
                yield _Derived(whole.value / count.value, whole.unit, _over(whole, count), (count, whole))


def _quotient(part: Option, whole: Option, unit: str) -> Iterator[_Derived]:
    factor = same_unit(part.unit, whole.unit)
    if factor is not None and whole.value:
        times = part.value / (whole.value * factor)
        value, kind = (times, "倍") if unit == "倍" else (times * 100, "%")
        yield _Derived(value, kind, _over(part, whole), (whole, part))


def _makeup(reading: Reading) -> Judgement | None:
    """三次产业结构为6.2∶44.4∶49.4: the parts in the order in which they were told, in % of their sum."""
    token = reading.token
    count = len(token.values)
    if not _MAKEUP.search(reading.before + reading.lead) or abs(sum(token.values, Decimal(0)) - 100) > 1:
        return None
    parts = [o for o in reading.heard if o.unit not in _RATES and not o.change][-count:]
    total = math.fsum(o.value for o in parts)
    if len(parts) < count or len({o.unit for o in parts}) > 1 or total <= 0:
        return None
    shares = [printed_number(o.value / total * 100, token.decimals) for o in parts]
    expected, facts = ("∶" if "∶" in token.text else ":").join(shares), tuple(o.fact for o in parts)
    shown = f"{'、'.join(_printed(o) for o in parts)}各占{'、'.join(shares)}%"
    step = Decimal(1).scaleb(-token.decimals)
    off = [abs(Decimal(a) - b) for a, b in zip(shares, token.values, strict=True)]
    if max(off) <= step:  # the last part often takes what rounding leaves
        return Judgement(
            "verified", "", None, expected, f"由文中的数算得：{shown}", _source(parts), facts[-1], (1.0, 1000.0), facts
        )
    return Judgement("wrong", "broken-arithmetic", None, expected, shown, _source(parts), facts[-1], None, facts)


def _figure(option: Option) -> str:
    return printed_number(option.value, option.decimals)


def _printed(option: Option) -> str:
    return f"{_figure(option)}{option.unit}"


def _over(part: Option, whole: Option) -> str:
    return f"{_printed(part)}÷{_printed(whole)}"


def _source(options: Sequence[Option]) -> Source:
    kinds = {o.source for o in options}
    return "material" if "material" in kinds else "reference" if "reference" in kinds else "engine"
