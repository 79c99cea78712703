"""How a person recomputes a fact by hand: its formula in Chinese and the facts that go into it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from narrator.model import Node, Period, fact_id

if TYPE_CHECKING:
    from narrator.dataset import Dataset

MEANING: dict[str, str] = {
    "value": "实际值",
    "index": "定基指数",
    "yoy": "指数同比",
    "pop": "指数环比",
    "yoy_diff": "同比增减",
    "pop_diff": "环比增减",
    "index_yoy_diff": "指数同比增减点数",
    "index_pop_diff": "指数环比增减点数",
    "value_yoy": "实际值同比",
    "value_pop": "实际值环比",
    "since_base": "较基期增减",
    "share": "同比贡献率",
    "share_pop": "环比贡献率",
    "pull": "同比拉动",
    "pull_pop": "环比拉动",
    "rank": "指数位次",
    "rank_yoy": "同比位次",
    "rank_pop": "环比位次",
    "rank_share": "贡献率位次",
    "cumulative": "累计值",
    "material": "素材所载数字",
}
# Figures from elsewhere are no indices: their 同比 is their own.
ELSEWHERE: dict[str, str] = {
    "value": "数值",
    "yoy": "同比",
    "pop": "环比",
    "yoy_diff": "同比增减",
    "pop_diff": "环比增减",
    "cumulative": "累计值",
    "share": "比重",
    "rank": "位次",
}
_EARLIER = {"yoy": "上年同期", "pop": "上期"}


def reweighting(dataset: Dataset, known: tuple[str, ...]) -> str:
    """What the weights of those present add up to: the divisor where a sibling is missing."""
    return f"{sum(dataset.nodes[code].weight for code in known):.6g}"


def formula(
    dataset: Dataset,
    node: Node,
    measure: str,
    period: Period,
    children: Callable[[str], tuple[str, ...]],
    present: Callable[[str], bool],
) -> tuple[str, tuple[str, ...]]:
    """Formula text and input ids of one measure of one node.

    `present` tells whether a node has an index in `period`: those that have none are no part of the mean.
    """
    here, parent = node.code, node.parent or node.code
    siblings = children(parent)
    base = dataset.config.base_period
    if measure == "value":
        return "录入的观测值", ()
    if measure == "index":
        return _index(dataset, node, period, children(here), present)
    if measure == "since_base":
        return "本期指数 ÷ 基期指数 × 100 − 100", (
            fact_id(here, "index", period),
            fact_id(here, "index", base),
        )
    if measure.startswith("rank"):
        ranked = {"rank": "index", "rank_yoy": "yoy", "rank_pop": "pop", "rank_share": "share"}[measure]
        return f"同级各项按{MEANING[ranked]}由高到低排序，相等者并列", tuple(
            fact_id(code, ranked, period) for code in siblings
        )
    suffix = "pop" if "pop" in measure else "yoy"
    before = period.before(suffix)
    name = _EARLIER[suffix]
    if measure.startswith(("share", "pull")):
        inputs = fact_id(here, "index", period), fact_id(here, "index", before)
        whole = fact_id(parent, "index", before)
        if measure.startswith("share"):
            text = f"权数 {node.weight:g} × 本项指数增减 ÷ 上级指数增减 × 100"
            return text, (*inputs, fact_id(parent, "index", period), whole)
        return f"权数 {node.weight:g} × 本项指数增减 ÷ 上级{name}指数 × 100", (*inputs, whole)
    of, kind = ("value", "实际值") if measure.startswith("value") else ("index", "指数")
    if measure.endswith("_diff"):
        raw = not measure.startswith("index") and here in dataset.values.index
        of, kind = ("value", "实际值") if raw else ("index", "指数")
        text = f"本期{kind} − {name}{kind}"
    else:
        text = f"本期{kind} ÷ {name}{kind} × 100 − 100"
    return text, (fact_id(here, of, period), fact_id(here, of, before))


def _index(
    dataset: Dataset, node: Node, period: Period, parts: tuple[str, ...], present: Callable[[str], bool]
) -> tuple[str, tuple[str, ...]]:
    if parts:
        known = tuple(code for code in parts if present(code))
        text = " + ".join(f"{dataset.nodes[code].weight:g}×{dataset.nodes[code].name}指数" for code in known)
        if known != parts:
            text = f"({text}) ÷ {reweighting(dataset, known)}（缺数项不计，其余按权数比例补足）"
        return text, tuple(fact_id(code, "index", period) for code in known)
    inputs = fact_id(node.code, "value", period), fact_id(node.code, "value", dataset.config.base_period)
    scale = f"{dataset.config.base_value:g}"
    return (f"基期值 ÷ 本期值 × {scale}（逆指标）", inputs) if node.inverse else (f"本期值 ÷ 基期值 × {scale}", inputs)
