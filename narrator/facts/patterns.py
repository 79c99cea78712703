"""Patterns found by the engine as facts, with their evidence as inputs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from narrator.engine import patterns as engine
from narrator.engine.compare import TIE_DIGITS
from narrator.model import Fact, Node, Period, fact_id, weakest
from narrator.numerals import chinese, printed_number

if TYPE_CHECKING:
    from narrator.facts.ledger import Ledger

_LEAST = 1.0  # %: where the whole moves by less, pulled points are said of its parts, not their shares

PATTERN_MEANING: dict[str, str] = {
    "streak_up": "连续走高的期数",
    "streak_down": "连续走低的期数",
    "turn_up": "由降转升",
    "turn_down": "由升转降",
    "record_high": "有数据以来最高",
    "record_low": "有数据以来最低",
    "crossed_up": "迈过的整十点位",
    "crossed_down": "跌破的整十点位",
    "accelerating": "同比涨幅扩大",
    "slowing": "同比涨幅收窄",
    "worsening": "同比降幅扩大",
    "easing": "同比降幅收窄",
    "yoy_turn_up": "同比由降转升",
    "yoy_turn_down": "同比由升转降",
    "parts_up": "同比上升的分项数",
    "parts_down": "同比下降的分项数",
    "parts_flat": "同比基本持平的分项数",
    "leader": "居首位的分项",
    "new_leader": "跃居首位的分项",
    "gain_top": "同比升幅最大的分项",
    "decline_top": "同比降幅最大的分项",
    "concentration": "前几项合计贡献率",
    "share_rest": "其余各项合计贡献率",
    "divergence": "逆指标实际值与指数反向",
}
PACES = ("accelerating", "slowing", "worsening", "easing")  # how the growth of a thing changes


def find_patterns(ledger: Ledger, period: Period) -> Iterator[Fact]:
    """Every pattern of every node that ends in `period`."""
    for node in ledger.dataset.nodes.values():
        yield from _of_path(ledger, node, period)
        if ledger.children(node.code):
            yield from _of_parts(ledger, node, period)


def _fact(
    ledger: Ledger,
    node: Node,
    period: Period,
    kind: str,
    value: float,
    phrase: str,
    inputs: tuple[str, ...],
    **shown: object,
) -> Fact:
    known = [f.status for key in inputs if (f := ledger.get(key)) is not None]
    return Fact(
        id=fact_id(node.code, kind, period),
        node=node.code,
        name=node.name,
        measure=kind,
        period=period,
        value=value,
        unit=str(shown.get("unit", "")),
        decimals=int(str(shown.get("decimals", 0))),
        status=weakest(known),
        formula=str(shown.get("formula", "")) or _evidence(ledger, inputs),
        inputs=inputs,
        phrase=phrase,
    )


def _evidence(ledger: Ledger, inputs: tuple[str, ...]) -> str:
    facts = [f for key in inputs if (f := ledger.get(key)) is not None]
    return " → ".join(printed_number(f.value, f.decimals) for f in facts)


def _of_path(ledger: Ledger, node: Node, period: Period) -> Iterator[Fact]:
    path = ledger.path(node.code, period)
    known = ledger.known(node.code, period) if path else []
    growth = ledger.path(node.code, period, "yoy")
    found = [
        (engine.streak(path), "index"),
        (engine.turn(path, known), "index"),
        (engine.record(known), "index"),
        (engine.crossing(path, known), "index"),
        (engine.momentum(growth), "yoy"),
    ]
    for pattern, measure in found:
        if pattern is not None:
            inputs = _proof(ledger, node, measure, pattern)
            decimals = ledger.total.decimals if pattern.kind.startswith("record") else 0
            decimals = 2 if pattern.unit == "百分点" else decimals
            yield _fact(
                ledger, node, period, pattern.kind, pattern.value, pattern.phrase, inputs,
                unit=pattern.unit, decimals=decimals,
            )  # fmt: skip
    if len(growth) > 1 and engine.sign(growth[-2][1]) * engine.sign(growth[-1][1]) < 0:
        up = growth[-1][1] > 0
        inputs = tuple(fact_id(node.code, "yoy", at) for at, _ in growth[-2:])
        kind, phrase = ("yoy_turn_up", "由降转升") if up else ("yoy_turn_down", "由升转降")
        yield _fact(ledger, node, period, kind, 1, phrase, inputs)
    if node.inverse:
        raw, index = (ledger.value(node.code, m, period) for m in ("value_yoy", "yoy"))
        if not math.isnan(raw) and engine.sign(raw) and engine.sign(index):
            inputs = (fact_id(node.code, "value_yoy", period), fact_id(node.code, "yoy", period))
            phrase = "实际值上升、指数下降" if raw > 0 else "实际值下降、指数上升"
            yield _fact(ledger, node, period, "divergence", 1, phrase, inputs)


def _proof(ledger: Ledger, node: Node, measure: str, pattern: engine.Pattern) -> tuple[str, ...]:
    """The facts that prove a pattern: an indicator's raw values run as its index does, and may be better known."""
    by_index = tuple(fact_id(node.code, measure, at) for at in pattern.periods)
    by_value = tuple(fact_id(node.code, "value", at) for at in pattern.periods)
    if pattern.kind.startswith(("streak", "turn", "record")) and not ledger.children(node.code):
        known = [
            all((f := ledger.get(key)) is not None and f.quotable for key in keys) for keys in (by_index, by_value)
        ]
        if known[1] and not known[0]:
            return by_value
    return by_index


def _of_parts(ledger: Ledger, node: Node, period: Period) -> Iterator[Fact]:
    parts = ledger.children(node.code)
    changes = {code: ledger.value(code, "yoy", period) for code in parts}
    if all(math.isnan(change) for change in changes.values()):
        return
    sides = engine.sides(changes, ledger.dataset.config.flat_band)
    inputs = tuple(fact_id(code, "yoy", period) for code in parts)
    phrase = count_phrase(sides)
    rule = f"同比绝对值小于 {ledger.dataset.config.flat_band:g}% 计为平"
    for kind, members in (("parts_up", sides.up), ("parts_down", sides.down), ("parts_flat", sides.flat)):
        yield _fact(ledger, node, period, kind, len(members), phrase, inputs, unit="个", formula=rule)
    known = {code: round(change, TIE_DIGITS) for code, change in changes.items() if not math.isnan(change)}
    for kind, way, extreme in (("gain_top", 1, max(known.values())), ("decline_top", -1, min(known.values()))):
        best = [code for code, change in known.items() if change == extreme]
        if engine.sign(extreme) == way and len(best) == 1:
            yield _best(ledger, node, period, kind, best[0], "yoy", inputs)
    yield from _leader(ledger, node, period, parts)
    yield from _shares(ledger, node, period, parts)


def _best(
    ledger: Ledger, node: Node, period: Period, kind: str, code: str, measure: str, inputs: tuple[str, ...]
) -> Fact:
    return _fact(
        ledger, node, period, kind, ledger.value(code, measure, period), ledger.node(code).name, inputs,
        unit="%" if measure == "yoy" else "点", decimals=2, formula=f"{ledger.node(code).name}（{code}）",
    )  # fmt: skip


def count_phrase(sides: engine.Sides) -> str:
    """五升一平, 四升一降一平: the non-empty sides in the order up, down, flat."""
    counts = ((sides.up, "升"), (sides.down, "降"), (sides.flat, "平"))
    return "".join(chinese(len(members)) + word for members, word in counts if members)


def _leader(ledger: Ledger, node: Node, period: Period, parts: tuple[str, ...]) -> Iterator[Fact]:
    first = [code for code in parts if ledger.value(code, "rank", period) == 1]
    if len(first) != 1:
        return
    code = first[0]
    inputs = tuple(fact_id(part, "index", period) for part in parts)
    yield _best(ledger, node, period, "leader", code, "index", inputs)
    before = ledger.value(code, "rank", period.previous)
    if before > 1:
        yield _best(ledger, node, period, "new_leader", code, "index", inputs)


def _shares(ledger: Ledger, node: Node, period: Period, parts: tuple[str, ...]) -> Iterator[Fact]:
    if not meaningful(ledger, node.code, period):
        return
    known = {code: f for code in parts if (f := ledger.quotable(code, "share", period)) is not None}
    few = engine.concentration({code: f.value for code, f in known.items()})
    if few:
        inputs = tuple(known[code].id for code in few)
        names = "、".join(ledger.node(code).name for code in few)
        yield _fact(
            ledger, node, period, "concentration", sum(known[c].value for c in few), names, inputs,
            unit="%", decimals=2, formula=f"{names}贡献率合计",
        )  # fmt: skip
    if known and len(known) < len(parts) - 1:
        inputs = tuple(f.id for f in known.values())
        yield _fact(
            ledger, node, period, "share_rest", 100 - sum(f.value for f in known.values()), "其余各项", inputs,
            unit="%", decimals=2, formula="100 − 已列各项贡献率之和",
        )  # fmt: skip


def meaningful(ledger: Ledger, parent: str, period: Period, basis: str = "yoy") -> bool:
    """Whether contribution shares of a parent's change mean anything: it must have moved by `_LEAST` %.

    `basis` is the change that they are shares of, `yoy` or `pop`.
    """
    return abs(ledger.value(parent, basis, period)) >= _LEAST
