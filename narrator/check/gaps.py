"""How far one thing lies from another: 高于政务效能指数8.72点, 快于城镇2.97个百分点, 两者相差74.92点, 是…的1.86倍."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from narrator.check import aggregates, agreement, naming
from narrator.check.comparisons import GROWN
from narrator.check.figures import Option, same_unit
from narrator.check.reading import Judgement, Reading
from narrator.check.shown import printed_number
from narrator.model import Period, Source
from narrator.numerals.regex import regex
from narrator.records import replace

if TYPE_CHECKING:
    from narrator.check.judge import Judge

_RATES = ("yoy", "value_yoy")
_POP_RATES = ("pop", "value_pop")
_WHOLE_GREW = regex(
    "(?:[比较]|[高低大小多少]于|[高低多少超]出|超过)[^，。；]{2,20}?(?:增[幅速]|[涨升]幅|增长)[^，。；]{0,6}$"
)
_FALL = regex("[降跌减]幅")  # 降幅比…大: it fell by more


def judged(judge: Judge, reading: Reading) -> Judgement | None:
    """The judgement on a difference or a ratio; None where the words do not say of what."""
    if reading.mode == "all" and len(reading.subjects) > 1:
        return _of_each(judge, reading)
    found = [o for o in _options(judge, reading) if not math.isnan(o.value)]
    fitting = [(o, k) for o in found if (k := same_unit(reading.token.unit, o.unit)) is not None]
    astray: Judgement | None = None
    for option, factor in fitting:
        # 相差15.89点 says nothing of which lies above
        sided = reading if reading.sign else replace(reading, sign=1 if option.value >= 0 else -1)
        missed = agreement.fits(sided, option, factor)
        shown = agreement.shown(option, reading, factor)
        if missed == "":
            return Judgement(
                "verified", "", option, shown, "", "engine", option.fact, agreement.chance(reading, len(found))
            )
        if missed in ("wrong-direction", "wrong-hedge") and astray is None:
            text = naming.why(judge, missed, option, reading)
            astray = Judgement("wrong", missed, option, shown, text, "engine", option.fact)
    if astray is not None:
        return astray
    derived = from_told(reading)
    told_so = derived is not None and (derived.name == "verified" or derived.rule == "wrong-unit")
    if derived is not None and (told_so or not (found or reading.other)):
        return derived
    for option in (*found, *_in_the_last_unit(judge, reading)):
        if same_unit(reading.token.unit, option.unit) is None and naming.equal(reading, option):
            expected = naming.printed(option)
            return Judgement("wrong", "wrong-unit", option, expected, naming.said(judge, option), "engine", option.fact)
    if not fitting:
        return None
    rounded = next((o for o, k in fitting if k == 1.0 and _of_printed(judge, reading, o)), None)
    if rounded is not None:
        shown = agreement.shown(rounded, reading)
        why = f"由修约后的数相减得到；按未修约数应为{naming.printed(rounded)}"
        return Judgement("verified", "from-rounded", rounded, shown, why, "engine", rounded.fact, (2.0, 10000.0))
    option, factor = fitting[0]
    text = naming.said(judge, option)
    return Judgement(
        "wrong", "wrong-number", option, agreement.shown(option, reading, factor), text, "engine", option.fact
    )


def _of_each(judge: Judge, reading: Reading) -> Judgement | None:
    """X、Y的差距均超过10点: right where it is so of each, else the first of which it is not."""
    one = replace(reading, mode="one")
    each = [judged(judge, replace(one, subjects=(subject,))) for subject in reading.subjects]
    if reading.hedge in ("over", "under") and any(j is not None and j.name == "verified" for j in each):
        # a bound that one comes near, and all the others keep
        one = replace(one, hedge="least" if reading.hedge == "over" else "most")
        each = [judged(judge, replace(one, subjects=(subject,))) for subject in reading.subjects]
    return next((j for j in each if j is None or j.name != "verified"), each[-1])


def _in_the_last_unit(judge: Judge, reading: Reading) -> list[Option]:
    """差距由18.98点扩大到34.36%: what the gap may be in the unit of the one told right before."""
    last = reading.told[-1] if reading.told else None
    if reading.token.unit != "%" or reading.gap_of is not None or last is None or last.measure != "gap":
        return []
    other = replace(reading, token=replace(reading.token, unit=last.unit))
    return [o for o in _options(judge, other) if o.unit == last.unit]


def _of_printed(judge: Judge, reading: Reading, option: Option) -> bool:
    """Whether the number is the difference of the two sides as they are printed."""
    if option.measure != "gap" or option.unit == "%" or reading.gap_of is not None or not reading.token.values:
        return False
    measures = next((measures for measures, unit in _kinds(reading) if unit == option.unit), ())
    for measure in measures:
        sides = [_side(judge, key, measure, option.period) for key in (option.node, reading.other)]
        known = [Decimal(printed_number(o.value, o.decimals)) for o in sides if o is not None]
        wanted = {1: known[:1] > known[1:], -1: known[:1] < known[1:], 0: True}[reading.sign]
        if len(known) == 2 and wanted and abs(known[0] - known[1]) == abs(reading.token.values[0]):
            return True
    return False


def from_told(reading: Reading) -> Judgement | None:
    """Against the two figures of a kind that were told last: …分别增长4.72%和7.69%，农村快于城镇2.97个百分点."""
    unit = "%" if reading.token.unit == "百分点" else reading.token.unit
    told = [
        o
        for o in reading.told
        if same_unit(unit, o.unit) == 1.0 and (unit != "%" or o.change == reading.told[-1].change)
    ]
    if len(told) < 2 or told[-1].unit != reading.told[-1].unit:
        return None
    before, last = told[-2:]
    if (before.node, before.period) == (last.node, last.period):
        return None
    if before.node == last.node and last.period < before.period:
        before, last = last, before  # 本期增长10.98%，此前的上期为下降0.03%，增速提高11.01个百分点
    number = last.value - before.value
    if reading.role == "pace" and number and last.change:
        number = abs(last.value) - abs(before.value) if reading.noun[:1] in "涨升降跌减回" and reading.noun else number
    option = Option(
        number, reading.token.unit, max(before.decimals, last.decimals), f"{last.fact}-{before.fact}", "gap", last.node, last.period, True
    )  # fmt: skip
    gaps = before.measure == last.measure == "gap" and before.period != last.period
    apart = gaps and GROWN.fullmatch(reading.lead) is not None
    if apart:  # 相差21.64点，比上年同期的11.80点拉大9.84点: how far apart, whichever lay above
        then, now = sorted((before, last), key=lambda o: o.period)
        option = replace(option, value=abs(now.value) - abs(then.value))
    sided = bool(reading.sign) and (apart or reading.role == "pace")
    loose = reading if sided else replace(reading, sign=1 if number >= 0 else -1)
    missed = agreement.fits(loose, option, 1.0)
    shown = agreement.shown(option, reading)
    text = f"{printed_number(last.value, last.decimals)}与{printed_number(before.value, before.decimals)}之差为{shown}{option.unit}"
    if reading.token.unit == "%" and last.unit == "%":
        return _in_points(reading, before, last, option)
    source: Source = (
        "reference" if last.source == "reference" else "material" if last.source == "material" else "engine"
    )
    if missed == "":
        return Judgement("verified", "", option, shown, "", source, last.fact, (1.0, 1000.0))
    printed = [Decimal(printed_number(o.value, o.decimals)) for o in (before, last)]
    same = bool(reading.token.values) and abs(reading.token.values[0]) == abs(printed[1] - printed[0])
    if same and not (apart and missed == "wrong-direction"):
        return Judgement(
            "verified", "from-rounded", option, shown, "由修约后的数相减得到", source, last.fact, (1.0, 10000.0)
        )
    if missed in ("wrong-direction", "wrong-hedge"):
        return Judgement("wrong", missed, option, shown, text, source, last.fact)
    return Judgement("wrong", "broken-arithmetic", option, shown, text, source, last.fact)


def _in_points(reading: Reading, before: Option, last: Option, option: Option) -> Judgement | None:
    """86.19%…67.42%，前者比后者高18.77%: what lies between two percentages is told in points; in % only their ratio is."""
    sides = [(a.value / b.value - 1) * 100 for a, b in ((last, before), (before, last)) if b.value]
    for number in sides:
        ratio = replace(option, value=abs(number), unit="%")
        if agreement.fits(replace(reading, sign=1), ratio, 1.0) == "":
            return Judgement("verified", "", ratio, "", "", "engine", last.fact, (1.0, 1000.0))
    points = replace(option, value=abs(option.value), unit="百分点")
    if agreement.fits(replace(reading, sign=1), points, 1.0):
        return None
    why = f"{printed_number(last.value, last.decimals)}%与{printed_number(before.value, before.decimals)}%之差应以百分点表示"
    return Judgement("wrong", "wrong-unit", points, naming.printed(points), why, "engine", last.fact)


# --------------------------------------------------------------------------- what the two sides may be


def _options(judge: Judge, reading: Reading) -> Iterator[Option]:
    for period in reading.periods or (judge.report,):
        for subject in reading.subjects:
            yield from _of(judge, reading, subject.key, period)


def _of(judge: Judge, reading: Reading, own: str, period: Period) -> Iterator[Option]:
    if reading.other in ("同比", "环比"):
        yoy, pop = (judge.figures.cell(own, m, period) for m in ("yoy", "pop"))
        number = pop - yoy if reading.other == "同比" else yoy - pop
        yield Option(number, "百分点", 2, f"{own}.pop-yoy@{period}", "gap", own, period, True)
        return
    for measures, unit in _kinds(reading):
        for mine in measures:
            for theirs in measures:
                option = _gap(judge, reading, own, mine, theirs, unit, period)
                if option is not None:
                    yield option


def portion(judge: Judge, reading: Reading) -> Judgement | None:
    """其中出口总额178.90亿元，占71.8%: one thing's part of another, both of them known."""
    period = reading.periods[0] if reading.periods else judge.report
    if not reading.subjects:
        return None
    part = _side(judge, reading.subjects[0].key, "value", period)
    whole = _side(judge, reading.other, "value", period)
    if len(reading.span) > 1:
        # 全年…，占全年进出口总额的12.0%
        sums = [aggregates.added(judge, key, list(reading.span)) for key in (reading.subjects[0].key, reading.other)]
        part, whole = (sums[0], sums[1]) if all(sums) else (part, whole)
    factor = same_unit(whole.unit, part.unit) if part is not None and whole is not None else None
    if part is None or whole is None or factor is None or not whole.value:
        return None
    name = f"{part.fact}/{whole.fact}"
    option = Option(
        part.value * factor / whole.value * 100, "%", reading.token.decimals, name, "portion", part.node, period
    )
    missed = agreement.fits(reading, option, same_unit(reading.token.unit, "%") or 1.0)
    shown = agreement.shown(option, reading)
    source = "engine" if part.source == "engine" else "reference"
    if missed == "":
        return Judgement("verified", "", option, shown, "", source, part.fact, (1.0, 1000.0))  # type: ignore[arg-type]
    text = f"{naming.said(judge, part)}，{naming.said(judge, whole)}，占{shown}%"
    return Judgement("wrong", "wrong-number", option, shown, text, source, part.fact)  # type: ignore[arg-type]


def ratio(judge: Judge, reading: Reading) -> Judgement | None:
    """上年同期的六成, 基期的1.82倍: of the figure of `against`; 创新动能的八成: of that of `other`.

    None where the two figures are not known.
    """
    period = reading.periods[0] if reading.periods else judge.report
    then = period if reading.other else reading.against[0]
    unit = "倍" if reading.token.unit == "倍" else "%"
    found: list[tuple[Option, float, float]] = []
    for subject in reading.subjects:
        for measure in _compared_measures(judge, reading, subject.key):
            now = _side(judge, subject.key, measure, period)
            before = _side(judge, reading.other or subject.key, measure, then)
            if now is None or before is None or not before.value:
                continue
            exact, printed = (
                a / b * (1 if unit == "倍" else 100)
                for a, b in (
                    (now.value, before.value),
                    [float(printed_number(o.value, o.decimals)) or math.nan for o in (now, before)],
                )
            )
            name = f"{subject.key}.{measure}@{period}/{reading.other or then}"
            option = Option(exact, unit, 2, name, "ratio", subject.key, period, source=now.source)
            found.append((option, same_unit(reading.token.unit, unit) or 1.0, printed))
    for rule in ("", "from-rounded", "wrong-hedge", "wrong-number"):
        for option, factor, printed in found:
            held = replace(option, value=printed) if rule == "from-rounded" else option
            if agreement.fits(reading, held, factor) != rule.replace("from-rounded", ""):
                continue
            shown = agreement.shown(option, reading, factor)
            source: Source = "engine" if option.source == "engine" else "reference"
            if rule in ("", "from-rounded"):
                why = f"由修约后的数相除得到；按未修约数应为{naming.printed(option)}" if rule else ""
                return Judgement(
                    "verified", rule, option, shown, why, source, option.fact, agreement.chance(reading, 2)
                )
            return Judgement(
                "wrong", rule, option, shown, naming.why(judge, rule, option, reading), source, option.fact
            )
    return None


def _compared_measures(judge: Judge, reading: Reading, key: str) -> tuple[str, ...]:
    if reading.rate == "share" and reading.other:
        return ("share",)
    if reading.noun:
        return ("pop",) if reading.rate == "pop" else ("yoy",)
    if key not in judge.figures.nodes or (reading.side != "index" and not judge.figures.children(key)):
        return ("value",)
    return ("index",)


def _kinds(reading: Reading) -> Iterator[tuple[tuple[str, ...], str]]:
    """The measures that the unit lets the words compare, likeliest first."""
    unit = reading.token.unit
    rates: tuple[str, ...] = _POP_RATES if reading.rate == "pop" else _RATES
    if reading.rate == "share":
        rates = ("share",)
    if unit in ("百分点", "千分点"):
        pulled = [o.measure for o in reading.told[-1:] if o.node == reading.node and o.measure.startswith("pull")]
        if reading.rate.startswith("pull"):
            yield (reading.rate,), "百分点"
        elif pulled and _WHOLE_GREW.search(reading.lead):
            # 拉动总指数1.73个百分点，比总指数的增幅还高: its pull, against what the whole grew by
            yield (pulled[0],), "百分点"
        if "幅度" in reading.lead:
            yield ("pop_diff" if reading.rate == "pop" else "yoy_diff",), "百分点"
        yield rates, "百分点"
        yield ("value",), "百分点"
        if "拉动" in reading.before + reading.clause:
            yield ("pull",), "百分点"
    elif unit in ("点", ""):
        yield ("index",), "点"
        if unit == "":
            yield ("value",), ""
    elif unit == "倍" and re.search(r"(?:增速|增幅|涨幅|升幅|降幅|增长率)\s*(?:的|[是为达]|相当于)", reading.lead):
        yield rates, "倍"
    elif unit == "倍":
        yield ("index",), "倍"
        yield ("value",), "倍"
    elif unit == "%":
        yield rates, "百分点"
        yield ("index",), "%"
        yield ("value",), "%"
    else:
        yield ("value",), unit


def _gap(
    judge: Judge, reading: Reading, own: str, mine: str, theirs: str, unit: str, period: Period
) -> Option | None:  # fmt: skip
    now = _between(judge, reading, own, mine, theirs, unit, period)
    if now is None:
        return None
    if reading.gap_of is not None:
        then = _between(judge, reading, own, mine, theirs, unit, reading.gap_of)
        if then is None:
            return None
        # 差距扩大: how far apart, whichever of the two stands above
        now = replace(now, value=abs(now.value) - abs(then.value), fact=f"{now.fact}-{reading.gap_of}")
    return now


def _between(
    judge: Judge, reading: Reading, own: str, mine: str, theirs: str, unit: str, period: Period
) -> Option | None:  # fmt: skip
    figures = judge.figures
    name = f"{own}.{mine}-{reading.other}@{period}"
    if reading.other == "extremes":
        if mine != theirs or own not in figures.nodes:
            return None
        family = figures.children(own) or figures.siblings(own)
        known = [v for code in family if not math.isnan(v := figures.cell(code, mine, period))]
        if not known:
            return None
        return Option(max(known) - min(known), unit, 2, name, "gap", own, period, True)
    if reading.other == "next":
        # 领先优势为1.59点: of the first over the second, whichever that was
        told = figures.siblings(own) if own in figures.nodes else ()
        levels = {c: v for c in told if not math.isnan(v := figures.cell(c, mine, period))}
        ranked = sorted(levels, key=lambda c: levels[c], reverse=True)
        if mine != theirs or mine == "value" or len(ranked) < 2 or ranked[0] != own:
            return None
        lead = figures.cell(own, mine, period) - figures.cell(ranked[1], mine, period)
        return Option(lead, unit, 2, name, "gap", own, period, True)
    if reading.other.startswith("="):
        # 距100%仅差1.13个百分点: from a mark that is told, whichever side of it
        level = _side(judge, own, mine, period) if mine in ("index", "value") else None
        if level is None or (unit == "百分点" and level.unit != "%"):
            return None
        shown = unit if unit in ("百分点", "点") else level.unit
        away = abs(level.value - float(reading.other[1:]))
        return Option(away, shown, level.decimals, name, "gap", own, period, True)
    first, second = _side(judge, own, mine, period), _side(judge, reading.other, theirs, period)
    if first is None or second is None:
        return None
    if mine == "value" and same_unit(first.unit, second.unit) is None:
        return None
    decimals = max(first.decimals, second.decimals)
    if unit == "倍":
        return Option(first.value / second.value, "倍", 2, name, "ratio", own, period) if second.value else None
    if unit == "%":
        if not second.value:
            return None
        return Option(first.value / second.value * 100 - 100, "%", 2, name, "gap", own, period, True)
    if unit == "百分点" and first.unit not in ("%", "百分点"):
        return None
    shown = unit if unit in ("百分点", "点") else first.unit
    fallen = mine in (*_RATES, *_POP_RATES) and _FALL.search(reading.lead + reading.noun) is not None
    return Option(
        (first.value - second.value * (same_unit(first.unit, second.unit) or 1.0)) * (-1 if fallen else 1),
        shown,
        decimals,
        name,
        "gap",
        own,
        period,
        True,
    )


def _side(judge: Judge, key: str, measure: str, period: Period) -> Option | None:
    """A measure of a node or of a registered reference; of several with + between them what they come to."""
    if "+" in key:
        sides = [_side(judge, one, measure, period) for one in key.split("+")]
        known = [o for o in sides if o is not None and not math.isnan(o.value)]
        if len(known) < len(sides) or len({o.unit for o in known}) > 1:
            return None
        return replace(known[0], value=sum(o.value for o in known), fact="+".join(o.fact for o in known))
    if key in judge.figures.nodes:
        if measure.startswith("pull") and judge.figures.nodes[key].parent is None:
            measure = "pop" if measure.endswith("pop") else "yoy"  # the growth of the whole that parts pull
        if judge.figures.children(key) and measure.startswith("value"):
            return None
        return judge.figures.option(key, measure, period)
    wanted = {"yoy": ("yoy", "value_yoy"), "pop": ("pop", "value_pop"), "value": ("value", "cumulative")}.get(
        measure, (measure,)
    )
    for fact in judge.sources.references.get(key, ()):
        if fact.measure in wanted and fact.period == period:
            return Option(fact.value, fact.unit, fact.decimals, fact.id, fact.measure, key, period, False, "reference")
    return None
