"""From indicators to modules to the total: weighted means, level by level."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from narrator.engine.weights import families, reweighted
from narrator.model import Node

if TYPE_CHECKING:
    import pandas as pd


def weighted_arithmetic(indices: pd.DataFrame, weights: pd.DataFrame) -> pd.Series[float]:
    """Σ w·x over the rows, per period; NaN where no row has a value. Weights sum to 1 per period."""
    return (indices * weights).sum(axis=0, min_count=1)


AGGREGATIONS: dict[str, Callable[[pd.DataFrame, pd.DataFrame], pd.Series[float]]] = {
    "arithmetic": weighted_arithmetic,
}


def aggregate(
    leaves: pd.DataFrame, nodes: Mapping[str, Node], method: str = "arithmetic"
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Indices of all nodes from those of the leaves.

    Returns two tables, rows in the order of `nodes`: the indices, NaN where a node has none, and the
    same with every missing child imputed at its siblings' weighted mean. The first is what may be
    said; the second is what contributions are decomposed on, for it satisfies
    `parent = Σ w·child` under the fixed weights in every period. A parent of which nothing is known
    in a period is NaN in both.
    """
    import pandas as pd

    mean = AGGREGATIONS[method]
    rows: dict[str, pd.Series[float]] = {code: leaves.loc[code] for code in leaves.index}
    imputed = dict(rows)
    for parent, children in families(nodes).items():
        known = pd.DataFrame({code: rows[code] for code in children}).T
        weights = reweighted([nodes[code].weight for code in children], known.notna())
        rows[parent] = imputed[parent] = mean(known, weights)
        for code in children:
            imputed[code] = rows[code].fillna(rows[parent])
    order = list(nodes)
    return pd.DataFrame(rows).T.reindex(order), pd.DataFrame(imputed).T.reindex(order)
