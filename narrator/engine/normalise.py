"""Individual indices: raw values to numbers relative to the base period (定基指数).

Tables hold one row a node and one column a `Period`, floats, NaN where there is nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from narrator.model import Period

if TYPE_CHECKING:
    import pandas as pd


def base_ratio(
    values: pd.DataFrame, direction: pd.Series[int], base: Period, base_value: float = 100.0
) -> pd.DataFrame:
    """Base-period relatives of raw `values` (rows: indicators, columns: periods).

    A positive indicator's index is `value / base * base_value`, an inverse one's (direction -1, 逆)
    `base / value * base_value`, so that a rise is always better. An inverse indicator's value of 0
    has no index: the cell is NaN.
    """
    at_base = values[base]
    ratio = values.div(at_base, axis=0)
    inverse = direction.reindex(values.index) < 0
    flipped = 1.0 / ratio[inverse]
    ratio.loc[inverse] = flipped.where(values[inverse] != 0)
    return ratio * base_value


def carry_forward(values: pd.DataFrame, periods: Sequence[Period]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Fill each gap of `periods` with the last value before it among `periods`.

    Returns the table and where it was filled (bool). A base of another frequency is no observation of
    the series: it is neither filled nor carried.
    """
    filled = values.copy()
    columns: list[Any] = list(periods)
    filled[columns] = values[columns].ffill(axis=1)
    return filled, values.isna() & filled.notna()
