"""Changes over time, contributions of parts, ranks. Pure functions on columns: the number of each node in one period.

What has no number is not in its column, and what cannot be computed is not in the result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from narrator.dataset.types import Column
from narrator.model import Period

TIE_DIGITS = 9  # indices that differ only beyond this digit are equal


def same_period(period: Period) -> Period:
    """What 同比 compares with."""
    return period.year_before


def period_before(period: Period) -> Period:
    """What 环比 compares with."""
    return period.previous


def growth(now: Column, before: Column) -> Column:
    """Change in %: `x / x0 * 100 - 100`.

    None where x0 is not positive or x is negative: a rate over such a pair says nothing, only the
    difference does.
    """
    return {code: x / before[code] * 100.0 - 100.0 for code, x in now.items() if x >= 0 and before.get(code, 0.0) > 0}


def difference(now: Column, before: Column) -> Column:
    """Change in the column's own unit: `x - x0`."""
    return {code: x - before[code] for code, x in now.items() if code in before}


def pull(now: Column, before: Column, parents: Mapping[str, str], weights: Mapping[str, float]) -> Column:
    """Pulled points (拉动): `w·Δpart / whole0 * 100`, in percentage points; they sum to the whole's growth.

    `parents` names each part's whole.
    """
    return {
        code: (now[code] - before[code]) * weights[code] / before[parent] * 100.0
        for code, parent in parents.items()
        if code in now and code in before and before.get(parent, 0.0) > 0
    }


def share(now: Column, before: Column, parents: Mapping[str, str], weights: Mapping[str, float]) -> Column:
    """Contribution shares (贡献率): `w·Δpart / Δwhole * 100`, in %; they sum to 100.

    None where the whole did not move (to the ninth digit).
    """
    moved = {code: delta for code, delta in difference(now, before).items() if abs(delta) > 10**-TIE_DIGITS}
    return {
        code: (now[code] - before[code]) * weights[code] / moved[parent] * 100.0
        for code, parent in parents.items()
        if code in now and code in before and parent in moved
    }


def ranks(column: Column, family: Sequence[str]) -> Column:
    """Place of each of a family in its column: 1 is the largest, ties share the better place."""
    shown = {code: round(column[code], TIE_DIGITS) for code in family if code in column}
    ordered = sorted(shown.values(), reverse=True)
    return {code: ordered.index(number) + 1.0 for code, number in shown.items()}
