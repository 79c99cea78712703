"""Sums of parts, and what the parts not named leave of the whole."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from narrator.check import agreement, candidates
from narrator.check.figures import Option, same_unit
from narrator.check.reading import Judgement, Reading
from narrator.check.shown import printed_number
from narrator.check.subjects import Subject
from narrator.records import replace

if TYPE_CHECKING:
    from narrator.check.judge import Judge


def summed(judge: Judge, reading: Reading, nodes: tuple[Subject, ...]) -> Judgement | None:
    total = 0.0
    options: list[Option] = []
    for subject in nodes:
        found = [
            o
            for o in candidates.options(judge, replace(reading, mode="one"), subject)
            if same_unit(reading.token.unit, o.unit) is not None
        ]
        if not found:
            return None
        options.append(found[0])
        total += found[0].value
    first = options[0]
    whole = replace(first, value=total, fact="+".join(o.fact for o in options), measure=f"sum:{first.measure}")
    factor = same_unit(reading.token.unit, first.unit) or 1.0
    verdict = agreement.fits(reading, whole, factor)
    bare = re.search("[拉拖推带升涨增加贡]", reading.lead) is None
    if verdict and bare and not reading.verb and all(o.value <= 0 for o in options):
        verdict = agreement.fits(replace(reading, sign=-1), whole, factor)  # 分别下拉a和b，合计c
    related = tuple(o.fact for o in options)
    if verdict == "":
        return Judgement(
            "verified",
            option=whole,
            source="engine",
            fact=first.fact,
            passing=agreement.chance(reading, 1),
            related=related,
        )
    shown = sum((Decimal(printed_number(o.value, o.decimals)) for o in options), Decimal(0))
    if verdict != "wrong-direction" and reading.token.values and abs(reading.token.values[0]) == abs(shown):
        return Judgement(
            "verified", "from-rounded", whole, printed_number(total, first.decimals), "由已修约的各项相加得到", "engine", first.fact,
            (1.0, 10000.0), related,
        )  # fmt: skip
    why = (
        "各项之和为"
        + " + ".join(printed_number(o.value, o.decimals) for o in options)
        + f" = {printed_number(total, first.decimals)}"
    )
    signed = reading.signed or first.measure.startswith("share")  # a share has no verb that could carry its sign
    return Judgement(
        "wrong",
        "broken-arithmetic",
        whole,
        agreement.shown(replace(whole, value=total if signed else abs(total)), reading, factor),
        why,
        "engine",
        first.fact,
        None,
        related,
    )


def rest(judge: Judge, reading: Reading, nodes: tuple[Subject, ...]) -> Judgement | None:
    """其余模块合计: the sum over the siblings that were not named; of growth there is none that says anything."""
    if reading.role == "change" and reading.token.unit == "%":
        return None
    named = {s.code for s in nodes}
    last = next((s for s in reversed(nodes) if judge.figures.siblings(s.code)), nodes[0])  # 总指数…，其中X…，其余…
    family = judge.figures.siblings(last.code)
    others = tuple(Subject(code=c) for c in family if c not in named)
    return summed(judge, reading, others) if others and len(others) < len(family) else None
