"""Numbers vouched for by others: registered references and notes of departments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrator.check import agreement, naming
from narrator.check.figures import Option, same_unit
from narrator.check.reading import Judgement, Reading
from narrator.check.sources import in_base, words_of
from narrator.check.subjects import Subject
from narrator.model import Fact, Period
from narrator.numerals.normal_text import plain
from narrator.numerals.period_reading import find_periods
from narrator.numerals.regex import regex

if TYPE_CHECKING:
    from narrator.check.judge import Judge

_THAN_THEN = regex("(?:[超越突]过|超出|突破|[高低多少]于|不及|不如|相当于|接近|[比较])[^，。；]{2,12}的?(?:约|近)?$")


def reference(judge: Judge, reading: Reading, subjects: tuple[Subject, ...]) -> Judgement | None:
    judged: list[Judgement] = []
    for subject in subjects:
        judgement = _one_reference(judge, reading, subject.reference)
        if judgement is not None:
            judged.append(judgement)
            if judgement.name == "verified":
                return judgement
    return judged[0] if judged else None


def _one_reference(judge: Judge, reading: Reading, name: str) -> Judgement | None:
    facts = judge.sources.references.get(name, [])
    periods = reading.periods or (judge.report,)
    if reading.role == "pace":
        return _pace(judge, reading, facts)
    wanted = [f for f in facts if f.period in periods and f.measure in reference_measures(reading)]
    for fact in wanted:
        factor = same_unit(reading.token.unit, fact.unit)
        if factor is None:
            continue
        option = reference_option(fact)
        verdict = agreement.fits(reading, option, factor)
        if verdict == "":
            return Judgement(
                "verified", option=option, source="reference", fact=fact.id, expected=agreement.shown(option, reading, factor),
                passing=agreement.chance(reading, len(wanted)),
            )  # fmt: skip
    return naming.reference_named(judge, reading, name, facts, wanted)


def _pace(judge: Judge, reading: Reading, facts: list[Fact]) -> Judgement | None:
    """同比增长6.6%，比上半年加快0.3个百分点: two growth rates of a reference, where both are registered."""
    period = reading.periods[0] if reading.periods else judge.report
    measures = ("pop", "value_pop") if reading.rate == "pop" else ("yoy", "value_yoy")
    rates = {f.period: f for f in facts if f.measure in measures}
    for then in reading.against or (period.previous, period.year_before):
        if period not in rates or then not in rates:
            continue
        now, before = rates[period], rates[then]
        name = f"{now.id}-{then}"
        decimals = max(now.decimals, before.decimals)
        option = Option(
            now.value - before.value, "百分点", decimals, name, "yoy_pace", now.node, period, True, "reference"
        )
        missed = agreement.fits(reading, option, 1.0)
        shown = agreement.shown(option, reading)
        if missed == "":
            return Judgement("verified", "", option, shown, "", "reference", now.id, (1.0, 1000.0))
        return Judgement("wrong", missed, option, shown, naming.said(judge, option), "reference", now.id)
    return None


def material(judge: Judge, reading: Reading) -> Judgement | None:
    token = reading.token
    if not token.values or reading.header:
        return None
    found = None
    for value in token.values[:1]:
        found = judge.sources.material(value, token.unit, reading.clause, token.kind, reading.lead)
    if found is None:
        return None
    rule = ""
    source_signs = naming.direction_of(found.clause, found.token.phrase)
    if in_base(found.value, found.unit) != in_base(token.values[0], token.unit):
        rule = "wrong-subject"  # 竣工投产64个: the figure of what was begun, in the same sentence
    elif reading.sign and source_signs and reading.sign != source_signs and reading.role == "change":
        rule = "wrong-direction"
    elif naming.clashing_basis(reading.lead, found.clause):
        rule = "wrong-basis"
    option = Option(
        float(found.value),
        found.unit,
        found.token.decimals,
        found.fact,
        "material",
        "",
        judge.report,
        source="material",
    )
    if not rule and reading.dated and reading.periods and _elsewhen(judge, reading.periods[0], found.clause):
        rule = "wrong-period"
    if rule:
        expected = "" if rule == "wrong-period" else found.token.phrase
        if rule == "wrong-subject" and found.unit == token.unit:
            expected = found.token.text
        return Judgement(
            "wrong",
            rule,
            option,
            expected,
            f"{found.origin}写作“{found.clause.strip()}”",
            "material",
            found.fact,
        )
    return Judgement(
        "verified", option=option, source="material", fact=found.fact, expected=found.token.text, why=found.origin,
        passing=(1.0, max(100.0, abs(float(found.value)) * 2 * 10**found.token.decimals)),
    )  # fmt: skip


def _elsewhen(judge: Judge, period: Period, clause: str) -> bool:
    """Whether a source's clause dates its number otherwise than the text does."""
    dated = [p.period for p in find_periods(plain(clause), judge.report) if p.period is not None]
    return bool(dated) and period not in dated


def any_reference(judge: Judge, reading: Reading) -> Judgement | None:
    """A reference under words that are not quite its name: most of its name must stand in the clause."""
    own = words_of(reading.lead) or words_of(reading.clause)
    near: Judgement | None = None
    for name, facts in judge.sources.references.items():
        words = words_of(name)
        shared = len(words & own)
        # The beginning of a name tells it apart: 海洋生产总值 is no 地区生产总值.
        if not words or shared < max(2, 0.6 * len(words)) or name[:2] not in (reading.lead or reading.clause):
            continue
        for fact in facts:
            factor = same_unit(reading.token.unit, fact.unit)
            if factor is None or fact.period not in (reading.periods or (judge.report,)) or not reading.token.values:
                continue
            if fact.measure not in reference_measures(reading):
                continue
            option = reference_option(fact)
            if agreement.fits(reading, option, factor) == "":
                return Judgement("verified", option=option, source="reference", fact=fact.id, passing=(1.0, 1000.0))
            if shared >= 0.75 * len(words) and near is None:
                shown = agreement.shown(option, reading, factor)
                near = Judgement(
                    "wrong", "wrong-number", option, shown, naming.said(judge, option), "reference", fact.id
                )
    return near


def then(judge: Judge, reading: Reading) -> Judgement | None:
    """1—6月新增人才14602人，已超过2018年全年的10961人: the figure of then of what has just been told, by other words, as of now."""
    last = reading.heard[-1] if reading.heard else None
    if last is None or last.change or not reading.token.values or not _THAN_THEN.search(reading.lead):
        return None
    for facts in judge.sources.references.values():
        amounts = [f for f in facts if f.measure == "value" and same_unit(reading.token.unit, f.unit) == 1.0]
        if not any(f.period == judge.report and f.value == last.value for f in amounts):
            continue
        for fact in amounts:
            if fact.period not in reading.periods or fact.period == judge.report:
                continue
            option = reference_option(fact)
            missed = agreement.fits(reading, option, 1.0)
            if missed == "":
                return Judgement("verified", option=option, source="reference", fact=fact.id, passing=(1.0, 1000.0))
            shown, why = agreement.shown(option, reading), naming.said(judge, option)
            return Judgement("wrong", missed, option, shown, why, "reference", fact.id)
    return None


def reference_measures(reading: Reading) -> tuple[str, ...]:
    """The measures under which a reference may hold what the words say."""
    if reading.measures:
        return reading.measures
    if reading.role == "change":
        pop = reading.basis == "pop"
        if reading.token.unit in ("%", "成", "倍", "番"):
            return ("pop", "value_pop") if pop else ("yoy", "value_yoy")
        return ("pop_diff",) if pop else ("yoy_diff",)
    return ("value", "index", "cumulative") if reading.role in ("level", "mark") else (reading.role, "value")


def reference_option(fact: Fact) -> Option:
    change = fact.measure in ("yoy", "pop", "yoy_diff", "pop_diff", "value_yoy", "value_pop")
    return Option(
        fact.value, fact.unit, fact.decimals, fact.id, fact.measure, fact.node, fact.period, change, "reference"
    )
