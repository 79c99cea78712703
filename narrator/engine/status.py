"""Observation status of what is computed: the weakest of its inputs, by table.

Statuses are held as integers, 0 for `A` to 4 for `M` (the order of `model.STATUSES`), so that the
weakest is the maximum. A comparison of an indicator has two routes: from its raw values (the base
period cancels out) and from its indices; the stronger one counts, since either suffices to recompute it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from narrator.engine import compare
from narrator.model import STATUSES, Node, Period

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    Grid = np.ndarray[Any, np.dtype[np.int64]]  # one row a node, one column a period

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
    forward: such a cell is itself an estimate; what is aggregated from it is imputed, or weaker where the
    observation that was carried is weaker. A missing child left out under reweighting does not weaken
    its parent.
    """
    import numpy as np
    import pandas as pd

    codes = list(nodes)
    periods: list[Any] = list(observed.columns)
    row = {code: n for n, code in enumerate(codes)}
    column = {period: n for n, period in enumerate(periods)}
    leaves = [row[code] for code in observed.index]
    weights = _RANK.get(weight_status, 0)
    letters = [[_RANK[letter] for letter in line] for line in observed.to_numpy().tolist()]
    was_carried = np.zeros((len(codes), len(periods)), dtype=bool)
    was_carried[leaves] = carried.to_numpy()
    tables: dict[str, Grid] = {}

    def confirm(measure: str, grid: Grid) -> Grid:
        for node, of, period in confirmed:
            if of == measure and node in row and period in column:
                grid[row[node], column[period]] = 0
        return grid

    def earlier(grid: Grid, reference: Callable[[Period], Period]) -> Grid:
        places = [column.get(reference(period), -1) for period in periods]
        return np.where(np.array(places) < 0, MISSING, grid[:, np.array(places)])

    value = np.full((len(codes), len(periods)), MISSING)
    value[leaves] = letters
    carried_from = _sources(value, was_carried, periods, base)
    value = np.where(was_carried, ESTIMATED, value)
    tables["value"] = confirm("value", value.copy())
    index = value.copy()
    index[leaves] = np.maximum(value[leaves], value[leaves, column[base]][:, None])
    index[:, column[base]] = 0
    confirm("index", index)
    for parent, children in members.items():
        family = [row[code] for code in children]
        lenient = np.where(was_carried[family], carried_from[family], index[family])
        known = np.where(lenient < MISSING, lenient, -1).max(axis=0)
        index[row[parent]] = np.where(known < 0, MISSING, np.maximum(known, weights))
        index[row[parent], column[base]] = 0
        confirm("index", index)
    tables["index"] = index
    tables["since_base"] = confirm("since_base", index.copy())

    for suffix, reference in (("yoy", compare.same_period), ("pop", compare.period_before)):
        by_index = np.maximum(index, earlier(index, reference))
        by_value = np.maximum(value, earlier(value, reference))
        either, difference = by_index.copy(), by_index.copy()
        either[leaves] = np.minimum(by_index[leaves], by_value[leaves])
        difference[leaves] = by_value[leaves]
        tables[suffix] = confirm(suffix, either)
        tables[f"index_{suffix}_diff"] = confirm(f"index_{suffix}_diff", by_index.copy())
        tables[f"value_{suffix}"] = confirm(f"value_{suffix}", by_value)
        tables[f"{suffix}_diff"] = confirm(f"{suffix}_diff", difference)
        share, pull = np.full_like(by_index, MISSING), np.full_like(by_index, MISSING)
        whole_earlier = earlier(index, reference)
        for parent, children in members.items():
            family = [row[code] for code in children]
            own = np.maximum(by_index[family], weights)
            share[family] = np.maximum(own, by_index[row[parent]])  # over the whole's change: of both periods
            pull[family] = np.maximum(own, whole_earlier[row[parent]])  # over the whole as it was
        end = "" if suffix == "yoy" else f"_{suffix}"
        tables[f"share{end}"] = confirm(f"share{end}", share)
        tables[f"pull{end}"] = confirm(f"pull{end}", pull)
    for measure, ranked in (("rank", "index"), ("rank_yoy", "yoy"), ("rank_pop", "pop"), ("rank_share", "share")):
        grid = np.full_like(tables[ranked], MISSING)
        for children in members.values():
            family = [row[code] for code in children]
            own = tables[ranked][family]
            worst = np.where(own < MISSING, own, -1).max(axis=0)
            grid[family] = np.where(own < MISSING, np.where(worst < 0, MISSING, worst), MISSING)
        tables[measure] = confirm(measure, grid)
    return {measure: pd.DataFrame(grid, index=codes, columns=observed.columns) for measure, grid in tables.items()}


def _sources(seen: Grid, carried: Grid, periods: list[Any], base: Period) -> Grid:
    """What carried cells count as in their parent: the index of the observation carried, imputed at best."""
    import numpy as np

    shown = seen.copy()
    series = [n for n, p in enumerate(periods) if p.frequency != base.frequency] or list(range(len(periods)))
    for before, now in pairwise(series):
        source = np.maximum(shown[:, before], IMPUTED)
        shown[:, now] = np.where(carried[:, now], source, shown[:, now])
    return np.maximum(shown, seen[:, [periods.index(base)]])
