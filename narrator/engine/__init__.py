"""The engine: pure functions on plain tables, and `compute`, which runs them over one data set.

Formulas (base-period relative index, weighted arithmetic mean): individual index `x/x0·100`, inverse
`x0/x·100`; composite `Σ w·i`; 贡献率 `w·Δi/ΔI·100 %`; 拉动 `w·Δi/I0·100` percentage points. They are the
ones of chapter 11 of any textbook of statistical indices and of the OECD/JRC Handbook on Constructing
Composite Indicators (2008), steps 5 and 6.

An index has some dozens of nodes and periods: its tables are dictionaries, a column a period, and a library
of data frames would take longer to load than all of this to run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrator.engine import aggregate, compare, normalise, weights
from narrator.errors import DataError, Problem
from narrator.numerals import period_name

if TYPE_CHECKING:
    from narrator.dataset import Dataset
    from narrator.dataset.types import Column, Columns
    from narrator.model import Period

__all__ = ["Computed", "compute"]


@dataclass(frozen=True)
class Computed:
    """Everything computed for one data set: a table for each measure.

    A table holds a column for each regular period and the base period; a column holds the number of each
    node that has one (`value*`: leaves only). `imputed` names, period by period, the leaves whose index
    stands in for a missing observation: carried forward, or left out under reweighting.
    """

    tables: dict[str, Columns]
    families: dict[str, tuple[str, ...]]
    imputed: dict[Period, tuple[str, ...]]


def compute(dataset: Dataset) -> Computed:
    """Compute every measure of every node for every period of `dataset`.

    Raises DataError where an observation is missing and `missing = "refuse"`, or where there is none
    before it to carry.
    """
    nodes, config = dataset.nodes, dataset.config
    codes = [node.code for node in dataset.leaves]
    values: Columns = dataset.values
    imputed = _gaps(values, codes)
    if config.missing == "refuse":
        _refuse(dataset, imputed, '按 missing = "refuse" 不予计算')
    if config.missing == "carry":
        values, carried = normalise.carry_forward(values, codes, dataset.periods)
        imputed = {period: tuple(column) for period, column in carried.items()}
        _refuse(dataset, _gaps(values, codes), "没有更早的观测值可以沿用")
    leaves = normalise.base_ratio(values, nodes, config.base_period, config.base_value)
    index, complete = aggregate.aggregate(leaves, nodes, config.aggregation)

    members = weights.families(nodes)
    tables: dict[str, Columns] = {"value": values, "index": index}
    tables["since_base"] = {
        period: {code: x / config.base_value * 100.0 - 100.0 for code, x in column.items()}
        for period, column in index.items()
    }
    for suffix, reference in (("yoy", compare.same_period), ("pop", compare.period_before)):
        _compare(tables, suffix, reference)
        _contribute(tables, suffix, reference, complete, members, dataset)
    for measure, ranked in (("rank", "index"), ("rank_yoy", "yoy"), ("rank_pop", "pop"), ("rank_share", "share")):
        tables[measure] = {
            period: {
                code: place for family in members.values() for code, place in compare.ranks(column, family).items()
            }
            for period, column in tables[ranked].items()
        }
    return Computed(tables, members, imputed)


def _against(
    table: Columns, reference: Callable[[Period], Period], measure: Callable[[Column, Column], Column]
) -> Columns:
    """`measure` of each column and the one it is compared with, empty where that period is not there."""
    return {period: measure(column, table.get(reference(period), {})) for period, column in table.items()}


def _compare(tables: dict[str, Columns], suffix: str, reference: Callable[[Period], Period]) -> None:
    index, values = tables["index"], tables["value"]
    tables[suffix] = _against(index, reference, compare.growth)
    points = tables[f"index_{suffix}_diff"] = _against(index, reference, compare.difference)
    tables[f"value_{suffix}"] = _against(values, reference, compare.growth)
    own = _against(values, reference, compare.difference)
    leaves = {code for column in values.values() for code in column}
    # An indicator's difference is in its own unit, a module's in points.
    tables[f"{suffix}_diff"] = {
        period: {code: x for code, x in column.items() if code not in leaves} | own[period]
        for period, column in points.items()
    }


def _contribute(
    tables: dict[str, Columns],
    suffix: str,
    reference: Callable[[Period], Period],
    complete: Columns,
    members: dict[str, tuple[str, ...]],
    dataset: Dataset,
) -> None:
    parents = {code: parent for parent, children in members.items() for code in children}
    scale = {
        code: weight
        for children in members.values()
        for code, weight in zip(children, weights.normal([dataset.nodes[c].weight for c in children]), strict=True)
    }
    end = "" if suffix == "yoy" else f"_{suffix}"
    tables[f"share{end}"] = _against(complete, reference, lambda a, b: compare.share(a, b, parents, scale))
    tables[f"pull{end}"] = _against(complete, reference, lambda a, b: compare.pull(a, b, parents, scale))


def _gaps(values: Columns, codes: list[str]) -> dict[Period, tuple[str, ...]]:
    return {period: tuple(code for code in codes if code not in column) for period, column in values.items()}


def _refuse(dataset: Dataset, gaps: dict[Period, tuple[str, ...]], why: str) -> None:
    """Raise for every missing cell, all at once."""
    problems = [
        Problem("observations", 0, "", f"{node.name}（{node.code}）缺{period_name(period)}的观测值")
        for node in dataset.leaves
        for period, missing in gaps.items()
        if node.code in missing
    ]
    if not problems:
        return
    raise DataError(
        f"指数“{dataset.name}”缺 {len(problems)} 个观测值，{why}",
        problems,
        hint='补齐数据，或在 index.toml 中声明 missing = "carry"（沿用上期）或 "reweight"（同级权数重新分配）',
    )
