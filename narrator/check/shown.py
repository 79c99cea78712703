"""How the check words a figure that may be missing: a message must never fail for want of a number in it."""

from __future__ import annotations

import math

from narrator import numerals


def printed_number(value: float, decimals: int) -> str:
    """As `numerals.printed_number`; 无数据 where there is none, which no draft may ever print."""
    return numerals.printed_number(value, decimals) if math.isfinite(value) else "无数据"
