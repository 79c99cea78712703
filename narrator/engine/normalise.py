"""Individual indices: raw values to numbers relative to the base period (定基指数)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from narrator.dataset.types import Columns
from narrator.model import Node, Period


def base_ratio(values: Columns, nodes: Mapping[str, Node], base: Period, base_value: float = 100.0) -> Columns:
    """Base-period relatives of raw `values`.

    A positive indicator's index is `value / base * base_value`, an inverse one's (direction -1, 逆)
    `base / value * base_value`, so that a rise is always better. An inverse indicator's value of 0
    has no index.
    """
    at_base = values[base]
    indices: Columns = {}
    for period, column in values.items():
        ratios = {code: value / at_base[code] for code, value in column.items() if code in at_base}
        indices[period] = {
            code: (1.0 / ratio if nodes[code].inverse else ratio) * base_value
            for code, ratio in ratios.items()
            if ratio or not nodes[code].inverse
        }
    return indices


def carry_forward(values: Columns, codes: Sequence[str], periods: Sequence[Period]) -> tuple[Columns, Columns]:
    """Fill each gap of `codes` in `periods` with the last value before it among `periods`.

    Returns all columns, filled, and what was filled in. A base of another frequency is no observation of
    the series: it is neither filled nor carried.
    """
    filled = {period: dict(column) for period, column in values.items()}
    carried: Columns = {period: {} for period in values}
    last: dict[str, float] = {}
    for period in periods:
        for code in codes:
            if code not in values[period] and code in last:
                filled[period][code] = carried[period][code] = last[code]
        last |= values[period]
    return filled, carried
