"""What kind of mistake it is: which other fact a wrong number agrees with."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from narrator.check import agreement, candidates, elsewhere
from narrator.check.cues import cues
from narrator.check.derived import APART
from narrator.check.figures import Option, same_unit, stands_for
from narrator.check.reading import Judgement, Reading
from narrator.check.shown import printed_number
from narrator.check.subjects import Subject
from narrator.facts.formulas import ELSEWHERE
from narrator.model import Fact, Period
from narrator.numerals import period_name
from narrator.numerals.normal_text import plain
from narrator.numerals.regex import regex
from narrator.numerals.units import as_read
from narrator.records import replace

if TYPE_CHECKING:
    from narrator.check.judge import Judge

_SCALES = (10000.0, 1e8)
MEANING = {
    "value": "实际值", "index": "定基指数", "yoy": "指数同比", "pop": "指数环比", "yoy_diff": "同比增减", "pop_diff": "环比增减",
    "index_yoy_diff": "指数同比增减点数", "index_pop_diff": "指数环比增减点数", "value_yoy": "实际值同比", "value_pop": "实际值环比",
    "since_base": "较基期增减", "share": "同比贡献率", "share_pop": "环比贡献率", "pull": "同比拉动", "pull_pop": "环比拉动", "rate": "增减幅度", "diff": "增减",
    "rank": "指数位次", "rank_yoy": "同比位次", "rank_pop": "环比位次", "rank_share": "贡献率位次", "yoy_pace": "同比幅度的变化", "pop_pace": "环比幅度的变化", "value_yoy_pace": "实际值同比幅度的变化", "value_pop_pace": "实际值环比幅度的变化",
    "weight": "权重", "cumulative": "累计值", "material": "素材所载数字", "share_pace": "贡献率的变化", "gap": "与所比对象之差", "ratio": "与所比对象之比",
    "points": "贡献点数", "portion": "所占比重", "yearly": "年均增减", "daily": "日均", "monthly": "月均", "mean": "均值", "total": "合计", "whole": "累计",
}  # fmt: skip


def said(judge: Judge, option: Option) -> str:
    """A fact in Chinese: 创新动能2019年上半年定基指数为163.30点, …环比下降0.60个百分点."""
    node = judge.figures.nodes.get(option.node)
    name = node.name if node is not None else option.node
    measure = option.measure.removeprefix("sum:")
    meaning = (MEANING if node is not None else MEANING | ELSEWHERE).get(measure, measure)
    unit = as_read(option.unit)
    moved = meaning.removesuffix("点数").removesuffix("增减")
    if option.change and (moved != meaning or measure in ("yoy", "pop", "value_yoy", "value_pop")):
        number = printed_number(abs(option.value), option.decimals)
        way = "下降" if option.value < 0 else "上升"
        return f"{name}{period_name(option.period)}{moved}{way}{number}{unit}"
    return f"{name}{_when(option, measure)}{meaning}为{printed_number(option.value, option.decimals)}{unit}"


def _when(option: Option, measure: str) -> str:
    """The period of a fact; of what several add up to, as its id tells, the first and the last."""
    ends = option.fact.partition("@")[2].split("-")
    if measure in ("total", "whole", "mean") and len(ends) == 2:
        return "至".join(period_name(Period.parse(end)) for end in ends)
    return period_name(option.period)


def why(judge: Judge, rule: str, option: Option, reading: Reading) -> str:
    fact = said(judge, option)
    if rule == "wrong-direction":
        return f"{fact}，方向与文字相反"
    if rule == "wrong-hedge":
        return f"{fact}，与“{reading.token.phrase}”前后的约数词不符"
    return fact


def directed(reading: Reading, judgement: Judgement) -> Judgement:
    """A wrong direction is corrected by a word: 应为下降3.12%, not by the number that stands there."""
    option = judgement.option
    told = reading.sign or not reading.header  # 提高1.15个百分点, in a cell
    if judgement.rule != "wrong-direction" or option is None or not told or not judgement.expected:
        return judgement
    if not judgement.expected.replace(".", "").replace("-", "").isdigit():
        return judgement
    up = option.value > 0
    if reading.role == "gap":
        word = "高" if up else "低"
    elif reading.role == "pace":
        word = "扩大" if up else "收窄"
    elif reading.role == "level" and not reading.header:
        word = "降至" if reading.sign > 0 else "升至"
    else:
        word = "上升" if up else "下降"
    unit = reading.token.unit
    return replace(
        judgement, expected=f"{word}{judgement.expected}{'个' if unit in ('百分点', '千分点') else ''}{unit}"
    )


def named(
    judge: Judge, reading: Reading, subject: Subject, options: list[Option], fitting: list[tuple[Option, float]]
) -> Judgement:
    """The judgement on a number that no option agrees with."""
    best = fitting[0][0] if fitting else options[0] if options else None
    factor = fitting[0][1] if fitting else 1.0
    expected = (
        agreement.shown(best, reading, factor)
        if best is not None and fitting
        else printed(best)
        if best is not None
        else ""
    )
    rounded = _from_rounded(judge, reading, subject, fitting)
    if rounded is not None:
        return rounded
    rule, other = _rule(judge, reading, subject, options)
    if rule == "unclear-number" and other is not None:
        text = f"没有说明与哪一期相比：{said(judge, other)}"
        return Judgement("unclear", rule, other, agreement.shown(other, reading), text, "engine", other.fact)
    if not fitting and other is None:
        here = judge.figures.nodes[subject.code]
        if APART.search(reading.lead):
            why_not = f"没有写明{here.name}是与什么相比，前文的数也算不出这个差"
        else:
            why_not = f"这个数的单位与{here.name}的数据都对不上，看不出说的是哪一项数据"
        return Judgement("unsupported", "unsupported-number", why=why_not)
    text = said(judge, best) if best is not None else ""
    if other is not None and rule == "wrong-unit":
        expected = printed(other)
        text = said(judge, other)
    elif other is not None and other is not best:
        text = f"{text}；所写数值是{said(judge, other)}" if text else f"所写数值是{said(judge, other)}"
    if best is None and other is None:
        here = judge.figures.nodes[subject.code]
        period = reading.periods[0] if reading.periods else judge.report
        return Judgement("unsupported", "unsupported-number", why=f"数据中没有{here.name}{period_name(period)}的这个数")
    related = (other.fact,) if other is not None else ()
    shown_fact = other.fact if rule == "wrong-unit" and other is not None else best.fact if best is not None else ""
    return Judgement("wrong", rule, best or other, expected, text, "engine", shown_fact, None, related)


def printed(option: Option) -> str:
    value = abs(option.value) if option.change else option.value
    unit = as_read(option.unit)
    return f"{printed_number(value, option.decimals)}{unit}"


def _telling(reading: Reading) -> bool:
    """Whether a number has digits enough for its agreeing with a far-off fact to mean anything."""
    token = reading.token
    return bool(token.values) and (token.decimals > 0 or abs(token.values[0]) >= 100) and token.values[0] != 0


_PLAIN = frozenset(["增长", "上升", "提高", "增加", "上涨", "下降", "减少", "降低", "下跌"])


def equal(reading: Reading, option: Option, factor: float = 1.0) -> bool:
    if not reading.token.values:
        return False
    shown = abs(reading.token.values[0])
    if abs(float(shown) - abs(option.value * factor)) > 0.6 * 10.0**-reading.token.decimals:
        return False
    return (
        stands_for(shown, abs(option.value * factor))
        and not math.isnan(option.value)
        and abs(option.value * factor) > 0
    )


def _rule(judge: Judge, reading: Reading, subject: Subject, options: list[Option]) -> tuple[str, Option | None]:
    f = judge.figures
    code = subject.code
    unit = reading.token.unit
    telling = _telling(reading)
    periods = reading.periods or (judge.report,)
    changing = reading.role in ("change", "pace")
    here: list[Option] = [o for p in periods for o in _related(judge, reading, code, p)]
    # The same thing in another unit.
    for option in [*options, *here]:
        k = same_unit(unit, option.unit)
        if k is None and equal(reading, option) and reading.token.decimals >= min(option.decimals, 1):
            sort_of = option.change == changing or reading.role in ("share", "pull")
            if sort_of and (telling or option in options):
                if reading.role == "change" and reading.said and not _same_basis(reading, option):
                    continue
                if option.measure == "index" and _of_amount(judge, reading, code):
                    return "wrong-number", option
                return "wrong-unit", option
    for option in options:
        k = same_unit(unit, option.unit)
        if k is not None and unit != option.unit and equal(reading, option):
            return "wrong-unit", option
        if k is not None and any(
            equal(reading, option, scale) or equal(reading, option, 1 / scale) for scale in _SCALES
        ):
            return ("wrong-unit" if unit not in ("%", "点", "百分点") else "wrong-number"), option
    # The same thing on another basis, or the level for the change.
    if changing or reading.role in ("share", "pull"):
        for option in here:
            k = same_unit(unit, option.unit)
            if k is None or not equal(reading, option, k):
                continue
            if changing and option.change and not option.measure.startswith(("share", "pull")):
                if reading.said or reading.against or _on_the_year(reading, option):
                    return "wrong-basis", option
                return "unclear-number", option
            if reading.role in ("share", "pull") and option.measure.startswith(("share", "pull")):
                return "wrong-basis", option
    if telling:
        for option in here:
            if (k := same_unit(unit, option.unit)) is not None and equal(reading, option, k):
                return ("wrong-basis" if option.change or changing else "wrong-subject"), option
    if telling:
        # Another period, another node; with fewer digits than the figure has, agreeing means nothing.
        held = f.holders(reading.token.values[0], reading.token.decimals)
        here_held = {period for node, period in held if node == code}
        for period in f.known_periods() if here_held else ():
            if period not in here_held:
                continue
            if period in periods or (period == f.base and "基期" not in reading.clause):
                continue
            shifted = _shift(reading, period, judge.report)
            for option in candidates.options(judge, shifted, subject):
                if (
                    same_unit(unit, option.unit) is not None
                    and equal(reading, option)
                    and reading.token.decimals >= option.decimals
                    and reading.role != "pace"
                ):
                    return "wrong-period", option
        holding = {node for node, period in held if period in periods and node != code}
        for other in _neighbours(judge, code) if holding else ():
            if other not in holding:
                continue
            for option in candidates.options(
                judge, replace(reading, subjects=(Subject(code=other),), parent=""), Subject(code=other)
            ):
                if (
                    same_unit(unit, option.unit) is not None
                    and equal(reading, option)
                    and reading.token.decimals >= option.decimals
                    and option.measure not in ("rate", "diff", "gap")
                ):
                    return "wrong-subject", option
        for option in here:
            if same_unit(unit, option.unit) is None and equal(reading, option):
                return "wrong-unit", option
    return "wrong-number", None


def _on_the_year(reading: Reading, option: Option) -> bool:
    """A同比增长a%，B增长b%: whether all changes of the paragraph so far are on the year, so that one told alike is too."""
    known = [o.measure for o in (*reading.heard, *reading.told) if o.change and o.source != "material"]
    yearly = any("yoy" in m for m in known) and not any("pop" in m or m == "since_base" or "/" in m for m in known)
    plain = reading.verb in _PLAIN and not reading.dated and not re.search("[又再续转先后]", reading.lead)
    return "pop" in option.measure and yearly and plain and not reading.window


def _of_amount(judge: Judge, reading: Reading, code: str) -> bool:
    """科技型中小企业数达187.27家: the index stands where the amount should, whose unit was written."""
    node = judge.figures.nodes[code]
    return reading.role == "level" and reading.side != "index" and same_unit(reading.token.unit, node.unit) is not None


def _same_basis(reading: Reading, option: Option) -> bool:
    suffixes = {
        "yoy" if p == option.period.year_before else "pop" if p == option.period.previous else "base"
        for p in reading.against
    }
    measure = option.measure
    own = "base" if measure == "since_base" else "pop" if "pop" in measure else "yoy"
    return own in suffixes


def _related(judge: Judge, reading: Reading, code: str, period: Period) -> Iterable[Option]:
    """Every other fact of the same node and period."""
    f = judge.figures
    if reading.role == "level":
        yield from f.all_levels(code, period)
        yield from f.all_changes(code, period)
    else:
        yield from f.all_changes(code, period)
    for measure in ("share", "share_pop", "pull", "pull_pop"):
        option = f.option(code, measure, period, change=True)
        if option is not None:
            yield option
    if reading.role != "level":
        yield from f.all_levels(code, period)


def _shift(reading: Reading, period: Period, report: Period) -> Reading:
    """The same reading, said of another period."""
    base = reading.periods[0] if reading.periods else report
    against = []
    for then in reading.against:
        if then == base.year_before:
            against.append(period.year_before)
        elif then == base.previous:
            against.append(period.previous)
        else:
            against.append(then)
    return replace(reading, periods=(period,), against=tuple(against))


def _neighbours(judge: Judge, code: str) -> list[str]:
    f = judge.figures
    near = [c for c in f.siblings(code) if c != code]
    parent = f.nodes[code].parent
    near += [parent] if parent else []
    near += f.children(code)
    return near + [c for c in f.nodes if c not in near and c != code]


_THEN = regex(r"/(\d{4}(?:[HQ]\d|M\d\d)?)$")


def _from_rounded(
    judge: Judge, reading: Reading, subject: Subject, fitting: list[tuple[Option, float]]
) -> Judgement | None:
    """Whether a change follows from the printed levels: inside the interval of the printed inputs it is no error."""
    f = judge.figures
    token = reading.token
    for option, factor in fitting:
        if not option.change or option.measure.startswith(("share", "pull", "rank")) or factor != 1.0:
            continue
        side = "value" if option.measure.startswith("value") or option.measure in ("yoy_diff", "pop_diff") else "index"
        if f.children(subject.code):
            side = "index"
        then = (
            option.period.year_before
            if "yoy" in option.measure
            else option.period.previous
            if "pop" in option.measure
            else f.base
        )
        named = _THEN.search(option.fact)  # a change from a period that the words name
        then = Period.parse(named[1]) if named else then
        for which in {side, "value" if not f.children(subject.code) and not f.nodes[subject.code].inverse else side}:
            levels = [f.option(subject.code, which, p) for p in (option.period, then)]
            if levels[0] is None or levels[1] is None:
                continue
            now, before = (Decimal(printed_number(o.value, o.decimals)) for o in levels if o is not None)
            half = [Decimal(5).scaleb(-o.decimals - 1) for o in levels if o is not None]
            rate = option.unit == "%"
            if rate and before - half[1] <= 0:
                continue
            low = (now - half[0]) / (before + half[1]) * 100 - 100 if rate else now - half[0] - before - half[1]
            high = (now + half[0]) / (before - half[1]) * 100 - 100 if rate else now + half[0] - before + half[1]
            exact = now / before * 100 - 100 if rate else now - before
            shown = abs(token.values[0])
            unit = Decimal(1).scaleb(-token.decimals)
            computed = abs(exact).quantize(unit, rounding="ROUND_HALF_UP")
            sign = reading.sign >= 0
            if shown == computed and low <= exact <= high and (exact >= 0) == sign and token.decimals >= 2:
                text = f"由修约后的数算得；按未修约数应为{printed(option)}"
                return Judgement(
                    "verified",
                    "from-rounded",
                    option,
                    agreement.shown(option, reading),
                    text,
                    "engine",
                    option.fact,
                    (2.0, 10000.0),
                )
    return None


# --------------------------------------------------------------------------- references


def reference_named(
    judge: Judge, reading: Reading, name: str, facts: list[Fact], wanted: list[Fact]
) -> Judgement | None:
    """The judgement on a number said of a registered reference that it does not agree with."""
    unit = reading.token.unit
    fits = [f for f in wanted if same_unit(unit, f.unit) is not None]
    best = fits[0] if fits else wanted[0] if wanted else None

    def wrong(rule: str, fact: Fact, other: Fact | None = None) -> Judgement:
        option = elsewhere.reference_option(fact)
        text = said(judge, option) + f"（{fact.origin}）"
        if other is not None and other is not fact:
            text += f"；所写数值是{said(judge, elsewhere.reference_option(other))}"
        unit_said = f"个{fact.unit}" if fact.unit in ("百分点",) else fact.unit
        expected = printed_number(abs(fact.value) if option.change else fact.value, fact.decimals)
        return Judgement(
            "wrong",
            rule,
            option,
            expected + (unit_said if rule == "wrong-unit" else ""),
            text,
            "reference",
            fact.id,
            related=(other.id,) if other is not None and other is not fact else (),
        )

    for fact in wanted:
        option = elsewhere.reference_option(fact)
        factor = same_unit(unit, fact.unit)
        if factor is not None:
            missed = agreement.fits(reading, option, factor)
            if missed in ("wrong-direction", "wrong-hedge"):
                return wrong(missed, fact)
            if equal(reading, option):
                return wrong("wrong-unit", fact)
        elif equal(reading, option):
            return wrong("wrong-unit", fact)
    period = reading.periods or (judge.report,)
    for fact in facts:
        option = elsewhere.reference_option(fact)
        if not equal(reading, option):
            continue
        if fact.period in period:
            matched = same_unit(unit, fact.unit) is not None
            rule = "wrong-basis" if matched and option.change and reading.role == "change" else "wrong-unit"
            return wrong(rule, fact)
        if same_unit(unit, fact.unit) is not None and (reading.dated or reading.token.values[0] >= 100):
            return wrong("wrong-period", best or fact, fact)
    if best is None:
        return None
    for other, rows in judge.sources.references.items():
        for fact in rows:
            if (
                other != name
                and fact.period in period
                and fact.measure == best.measure
                and equal(reading, elsewhere.reference_option(fact))
                and (reading.token.values[0] >= 20 or other in reading.clause)
                and same_unit(unit, fact.unit) is not None
            ):
                return wrong("wrong-subject", best, fact)
    return wrong("wrong-number", best)


# --------------------------------------------------------------------------- materials


def direction_of(clause: str, phrase: str) -> int:
    """What the last verb before `phrase` says in a source's clause: 1, -1, or 0 for nothing."""
    norm = plain(clause)
    place = norm.find(plain(phrase))
    found = [c for c in cues(norm[: place if place >= 0 else len(norm)], []) if c.kind in ("verb", "noun")]
    return found[-1].sign if found else 0


_BASES = (("同比", "环比"),)


def clashing_basis(lead: str, clause: str) -> bool:
    """Whether a text says 环比 where its source says 同比, or the reverse."""
    for one, other in _BASES:
        for a, b in ((one, other), (other, one)):
            if re.search(a, lead) and not re.search(b, lead) and b in clause and a not in clause:
                return True
    return False
