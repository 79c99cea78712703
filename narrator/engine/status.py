"""Observation status of what is computed: the weakest of its inputs, by table.

Statuses are held as integers, 0 for `A` to 4 for `M` (the order of `model.STATUSES`), so that the
weakest is the maximum. A comparison of an indicator has two routes: from its raw values (the base
period cancels out) and from its indices; the stronger one counts, since either suffices to recompute it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from narrator.engine import compare
from narrator.model import STATUSES, Node, Period

if TYPE_CHECKING:
    import pandas as pd

_RANK: dict[str, int] = {status: rank for rank, status in enumerate(STATUSES)}
IMPUTED, ESTIMATED, MISSING = _RANK["I"], _RANK["E"], _RANK["M"]
# (node, measure, period) that published.csv holds and the engine reproduces
Confirmed = frozenset[tuple[str, str, Period]]


def propagate(
    observed: pd.DataFrame,
    carried: pd.DataFrame,
    nodes: Mapping[str, Node],
    members: Mapping[str, tuple[str, ...]],
    base: Period,
    weight_status: str,
    confirmed: Confirmed,
) -> dict[str, pd.DataFrame]:
    """Status tables by measure, of the shapes of `engine.compute`'s.

    `observed` holds the letters of the leaves' observations; `carried` (bool) where a value was carried
    forward: such a cell is itself an estimate, what is aggregated from it is imputed. A missing child
    left out under reweighting does not weaken its parent.
    """
    import pandas as pd

    def confirm(measure: str, table: pd.DataFrame) -> pd.DataFrame:
        for node, of, period in confirmed:
            if of == measure and node in table.index and period in table.columns:
                table.at[node, period] = 0
        return table

    weights = _RANK.get(weight_status, 0)
    value = observed.replace(_RANK).astype("int64").where(~carried, ESTIMATED)
    tables = {"value": confirm("value", value.copy())}
    leaves = value.apply(lambda column: column.combine(value[base], max))
    leaves[base] = 0
    rows: dict[Any, pd.Series[Any]] = dict(confirm("index", leaves).T.items())
    for parent, children in members.items():
        family = pd.DataFrame({code: rows[code] for code in children}).T
        lenient = family.where(~carried.reindex(family.index, fill_value=False), IMPUTED)
        present = lenient.where(lenient < MISSING)
        row = pd.DataFrame({parent: present.max(axis=0).fillna(MISSING).clip(lower=weights)}).T
        row[base] = 0
        rows |= confirm("index", row).T.items()
    index = pd.DataFrame(rows).T.reindex(list(nodes)).astype("int64")
    tables["index"] = index
    tables["since_base"] = confirm("since_base", index.copy())
    for suffix, reference in (("yoy", compare.same_period), ("pop", compare.period_before)):
        _compare(tables, suffix, reference, value, members, weights, confirm)
    for measure, ranked in (("rank", "index"), ("rank_yoy", "yoy"), ("rank_pop", "pop"), ("rank_share", "share")):
        table = tables[ranked]
        shown: dict[str, pd.Series[float]] = {}
        for children in members.values():
            family = table.loc[list(children)]
            worst = family.where(family < MISSING).max(axis=0).fillna(MISSING)
            shown |= dict.fromkeys(children, worst)
        all_ranks = pd.DataFrame(shown).T.reindex(table.index).fillna(MISSING)
        tables[measure] = confirm(measure, all_ranks.where(table < MISSING, MISSING).astype("int64"))
    return tables


def _compare(
    tables: dict[str, pd.DataFrame],
    suffix: str,
    reference: Callable[[Period], Period],
    value: pd.DataFrame,
    members: Mapping[str, tuple[str, ...]],
    weights: int,
    confirm: Callable[[str, pd.DataFrame], pd.DataFrame],
) -> None:
    import pandas as pd

    def weakest_of_two(table: pd.DataFrame) -> pd.DataFrame:
        earlier = compare.against(table, reference).fillna(MISSING)
        return table.where(table > earlier, earlier).astype("int64")

    by_index, by_value = weakest_of_two(tables["index"]), weakest_of_two(tables["value"])
    either = by_index.copy()
    stronger = by_index.loc[by_value.index]
    either.loc[by_value.index] = stronger.where(stronger < by_value, by_value)
    tables[suffix] = confirm(suffix, either)
    tables[f"index_{suffix}_diff"] = confirm(f"index_{suffix}_diff", by_index.copy())
    tables[f"value_{suffix}"] = confirm(f"value_{suffix}", by_value.copy())
    difference = by_index.copy()
    difference.loc[by_value.index] = by_value
    tables[f"{suffix}_diff"] = confirm(f"{suffix}_diff", difference)
    rows = {}
    for parent, children in members.items():
        for code in children:
            both = pd.DataFrame([by_index.loc[code], by_index.loc[parent]]).max(axis=0)
            rows[code] = both.clip(lower=weights)
    part = pd.DataFrame(rows).T.reindex(by_index.index).fillna(MISSING).astype("int64")
    end = "" if suffix == "yoy" else f"_{suffix}"
    tables[f"share{end}"] = confirm(f"share{end}", part.copy())
    tables[f"pull{end}"] = confirm(f"pull{end}", part)
