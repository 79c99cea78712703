"""One fact explained so that an editor can recompute it with a pocket calculator."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from narrator.facts.formulas import ELSEWHERE, MEANING, reweighting
from narrator.facts.patterns import PATTERN_MEANING
from narrator.model import Fact, Level
from narrator.numerals import period_name, printed_number
from narrator.numerals.units import as_read

if TYPE_CHECKING:
    from narrator.facts.ledger import Ledger

STATUS_NAME = {
    "A": "A 正式（已公布或由正式数据算得）",
    "I": "I 推算（由公布值按算术得出）",
    "P": "P 初步核算",
    "E": "E 估计（不作引用）",
    "M": "M 缺失",
}
SOURCE_NAME = {"engine": "引擎计算", "reference": "参考数据", "material": "素材"}
_PLACES = 6  # digits shown of unrounded values


def meaning(fact: Fact) -> str:
    """What the number is: 上虞高质量发展指数 2019年上半年 指数同比."""
    return f"{fact.name} {period_name(fact.period)} {measure_name(fact.measure, fact.source)}"


def measure_name(measure: str, source: str = "engine") -> str:
    """What a measure is called: 指数同比."""
    names = MEANING | PATTERN_MEANING | (ELSEWHERE if source == "reference" else {})
    return names.get(measure, measure)


def explain_fact(ledger: Ledger, fact: Fact) -> list[tuple[str, str]]:
    """Label and text, line by line: meaning, value, status, formula, figures put in, inputs, published value."""
    lines = [("含义", meaning(fact))]
    shown = printed_number(fact.value, fact.decimals)
    lines.append(("数值", f"{shown}{as_read(fact.unit)}（未修约 {_exact(fact.value)}）"))
    if fact.phrase:
        lines.append(("表述", fact.phrase))
    lines.append(("状态", STATUS_NAME[fact.status]))
    lines.append(("来源", fact.origin or SOURCE_NAME[fact.source]))
    if fact.formula:
        lines.append(("算式", fact.formula))
    worked = substituted(ledger, fact)
    if worked:
        lines.append(("代入", worked))
    for key in fact.inputs:
        source = ledger.get(key)
        if source is None:
            lines.append(("依据", f"{key}：无数据"))
        else:
            shown = f"{_exact(source.value, source.decimals)}{as_read(source.unit)}"
            lines.append(("依据", f"{key} = {shown}（{meaning(source)}，{source.status}）"))
    for figure, matched, same in ledger.reconciled:
        if matched is not None and matched.id == fact.id:
            lines.append(("公布值", f"{figure.value}{figure.unit}，{'一致' if same else '不一致'}"))
    return lines


def substituted(ledger: Ledger, fact: Fact) -> str:
    """The formula with its figures, where it is one of arithmetic on two or four inputs."""

    def of(place: int) -> str:
        source = ledger.get(fact.inputs[place])
        return "?" if source is None else _bracket(_exact(source.value))

    result = _exact(fact.value)
    measure = fact.measure
    if fact.source != "engine" or fact.node not in ledger.dataset.nodes or fact.phrase:
        return ""
    node = ledger.node(fact.node)
    if measure in ("yoy", "pop", "value_yoy", "value_pop", "since_base"):
        return f"{of(0)} ÷ {of(1)} × 100 − 100 = {result}"
    if measure.endswith("_diff"):
        return f"{of(0)} − {of(1)} = {result}"
    if measure.startswith("share"):
        return f"{node.weight:g} × ({of(0)} − {of(1)}) ÷ ({of(2)} − {of(3)}) × 100 = {result}"
    if measure.startswith("pull"):
        return f"{node.weight:g} × ({of(0)} − {of(1)}) ÷ {of(2)} × 100 = {result}"
    if measure == "index" and node.level is Level.INDICATOR:
        first, second = (1, 0) if node.inverse else (0, 1)
        return f"{of(first)} ÷ {of(second)} × {ledger.dataset.config.base_value:g} = {result}"
    if measure == "index":
        known = tuple(ledger[key].node for key in fact.inputs)
        terms = " + ".join(f"{ledger.node(code).weight:g}×{of(n)}" for n, code in enumerate(known))
        if known != ledger.children(fact.node):
            return f"({terms}) ÷ {reweighting(ledger.dataset, known)} = {result}"
        return f"{terms} = {result}"
    return ""


def _exact(value: float, least: int = 0) -> str:
    """Unrounded for the eye: six places, more where the number itself is small, `least` where it has fewer."""
    size = math.floor(math.log10(abs(value))) if value else 0
    whole, _, places = printed_number(value, max(_PLACES, _PLACES - size, least)).partition(".")
    places = places[:least] + places[least:].rstrip("0")
    return f"{whole}.{places}" if places else whole


def _bracket(number: str) -> str:
    return f"({number})" if number.startswith("-") else number
