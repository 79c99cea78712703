"""Changes over time, contributions of parts, ranks. Pure functions on node-by-period tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from narrator.model import Period

if TYPE_CHECKING:
    import pandas as pd

TIE_DIGITS = 9  # indices that differ only beyond this digit are equal


def same_period(period: Period) -> Period:
    """What 同比 compares with."""
    return period.year_before


def period_before(period: Period) -> Period:
    """What 环比 compares with."""
    return period.previous


def against(table: pd.DataFrame, reference: Callable[[Period], Period]) -> pd.DataFrame:
    """The table of what each cell is compared with; NaN where that period is not there."""
    columns: list[Any] = list(table.columns)
    earlier = table.reindex(columns=[reference(period) for period in columns])
    earlier.columns = table.columns
    return earlier


def growth(table: pd.DataFrame, earlier: pd.DataFrame) -> pd.DataFrame:
    """Change in %: `x / x0 * 100 - 100`.

    NaN where x0 is not positive or x is negative: a rate over such a pair says nothing, only the
    difference does.
    """
    return table.where(table >= 0) / earlier.where(earlier > 0) * 100.0 - 100.0


def difference(table: pd.DataFrame, earlier: pd.DataFrame) -> pd.DataFrame:
    """Change in the table's own unit: `x - x0`."""
    return table - earlier


def pull(
    parts: pd.DataFrame,
    parts_earlier: pd.DataFrame,
    whole_earlier: pd.DataFrame,
    weights: Sequence[float],
) -> pd.DataFrame:
    """Pulled points (拉动): `w·Δpart / whole0 * 100`, in percentage points; they sum to the whole's growth.

    Rows of `whole_earlier` are those of the parts: each part beside its own whole.
    """
    return (parts - parts_earlier).mul(list(weights), axis=0) / whole_earlier.where(whole_earlier > 0) * 100.0


def share(
    parts: pd.DataFrame,
    parts_earlier: pd.DataFrame,
    whole: pd.DataFrame,
    whole_earlier: pd.DataFrame,
    weights: Sequence[float],
) -> pd.DataFrame:
    """Contribution shares (贡献率): `w·Δpart / Δwhole * 100`, in %; they sum to 100.

    Rows of `whole` are those of the parts: each part beside its own whole. NaN where the whole did not
    move (to the ninth digit).
    """
    delta = whole - whole_earlier
    delta = delta.where(delta.abs() > 10**-TIE_DIGITS)
    return (parts - parts_earlier).mul(list(weights), axis=0) / delta * 100.0


def ranks(table: pd.DataFrame) -> pd.DataFrame:
    """Place of each row among all rows, per period: 1 is the largest, ties share the better place."""
    return table.round(TIE_DIGITS).rank(axis=0, method="min", ascending=False)
