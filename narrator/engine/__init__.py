"""The engine: pure functions on pandas tables, and `compute`, which runs them over one data set.

Formulas (base-period relative index, weighted arithmetic mean): individual index `x/x0·100`, inverse
`x0/x·100`; composite `Σ w·i`; 贡献率 `w·Δi/ΔI·100 %`; 拉动 `w·Δi/I0·100` percentage points. They are the
ones of chapter 11 of any textbook of statistical indices and of the OECD/JRC Handbook on Constructing
Composite Indicators (2008), steps 5 and 6.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrator.engine import aggregate, compare, normalise, weights
from narrator.errors import DataError, Problem
from narrator.numerals import period_name

if TYPE_CHECKING:
    import pandas as pd

    from narrator.dataset import Dataset
    from narrator.model import Period

__all__ = ["Computed", "compute"]


@dataclass(frozen=True)
class Computed:
    """Everything computed for one data set: node-by-period tables by measure.

    `tables["index"]` and the rest have all nodes as rows (`value*`: leaves only) and the regular
    periods plus the base period as columns. `imputed` is where a leaf's index stands in for a missing
    observation (bool, leaves by periods): carried forward, or left out under reweighting.
    """

    tables: dict[str, pd.DataFrame]
    families: dict[str, tuple[str, ...]]
    imputed: pd.DataFrame


def compute(dataset: Dataset) -> Computed:
    """Compute every measure of every node for every period of `dataset`.

    Raises DataError where an observation is missing and `missing = "refuse"`, or where there is none
    before it to carry.
    """
    import pandas as pd

    nodes = dataset.nodes
    values = dataset.values
    missing = values.isna()
    if dataset.config.missing == "refuse":
        _refuse(dataset, missing, '按 missing = "refuse" 不予计算')
    if dataset.config.missing == "carry":
        values, missing = normalise.carry_forward(values, dataset.periods)
        _refuse(dataset, values.isna(), "没有更早的观测值可以沿用")
    direction = pd.Series({code: nodes[code].direction for code in values.index})
    leaves = normalise.base_ratio(values, direction, dataset.config.base_period, dataset.config.base_value)
    index, complete = aggregate.aggregate(leaves, nodes, dataset.config.aggregation)

    tables: dict[str, pd.DataFrame] = {"value": values, "index": index}
    tables["since_base"] = index / dataset.config.base_value * 100.0 - 100.0
    members = weights.families(nodes)
    for suffix, reference in (("yoy", compare.same_period), ("pop", compare.period_before)):
        _compare(tables, suffix, reference)
        _contribute(tables, suffix, reference, complete, members, dataset)
    for measure, ranked in (
        ("rank", "index"),
        ("rank_yoy", "yoy"),
        ("rank_pop", "pop"),
        ("rank_share", "share"),
    ):
        parts = [compare.ranks(tables[ranked].loc[list(children)]) for children in members.values()]
        tables[measure] = pd.concat(parts).reindex(index.index)
    return Computed(tables, members, missing)


def _compare(tables: dict[str, pd.DataFrame], suffix: str, reference: Callable[[Period], Period]) -> None:
    import pandas as pd

    index, values = tables["index"], tables["value"]
    index_earlier, values_earlier = compare.against(index, reference), compare.against(values, reference)
    tables[suffix] = compare.growth(index, index_earlier)
    tables[f"index_{suffix}_diff"] = compare.difference(index, index_earlier)
    tables[f"value_{suffix}"] = compare.growth(values, values_earlier)
    inner = tables[f"index_{suffix}_diff"].drop(values.index)
    tables[f"{suffix}_diff"] = pd.concat([inner, compare.difference(values, values_earlier)]).reindex(index.index)


def _contribute(
    tables: dict[str, pd.DataFrame],
    suffix: str,
    reference: Callable[[Period], Period],
    complete: pd.DataFrame,
    members: dict[str, tuple[str, ...]],
    dataset: Dataset,
) -> None:
    parents = {code: parent for parent, children in members.items() for code in children}
    part_weights = {
        code: weight
        for children in members.values()
        for code, weight in zip(children, weights.normal([dataset.nodes[c].weight for c in children]), strict=True)
    }
    codes = list(parents)
    earlier = compare.against(complete, reference)
    parts = complete.loc[codes], earlier.loc[codes]
    # each part beside its whole: one row of the parent for every child
    wholes, wholes_earlier = (table.loc[list(parents.values())].set_axis(codes) for table in (complete, earlier))
    scale = [part_weights[code] for code in codes]
    end = "" if suffix == "yoy" else f"_{suffix}"
    tables[f"share{end}"] = compare.share(*parts, wholes, wholes_earlier, scale).reindex(complete.index)
    tables[f"pull{end}"] = compare.pull(*parts, wholes_earlier, scale).reindex(complete.index)


def _columns(table: pd.DataFrame) -> list[Period]:
    return list(table.columns)  # type: ignore[arg-type]  # the stubs know labels as text only


def _refuse(dataset: Dataset, missing: pd.DataFrame, why: str) -> None:
    """Raise for every missing cell, all at once."""
    if not missing.to_numpy().any():
        return
    problems = [
        Problem("observations", 0, "", f"{dataset.nodes[code].name}（{code}）缺{period_name(period)}的观测值")
        for code, gaps in zip(missing.index, missing.to_numpy().tolist(), strict=True)
        for period, gap in zip(_columns(missing), gaps, strict=True)
        if gap
    ]
    raise DataError(
        f"指数“{dataset.name}”缺 {len(problems)} 个观测值，{why}",
        problems,
        hint='补齐数据，或在 index.toml 中声明 missing = "carry"（沿用上期）或 "reweight"（同级权数重新分配）',
    )
