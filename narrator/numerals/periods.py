"""Periods in Chinese prose."""

from __future__ import annotations

from narrator.model import PER_YEAR, Period
from narrator.numerals.printing import chinese

_HALF = {1: "上半年", 2: "下半年"}
_MONTHS = {"年": 12, "个半年": 6, "个季度": 3, "季度": 3, "季": 3, "个月": 1, "月": 1}


def period_name_short(period: Period) -> str:
    """Without the year: 上半年, 三季度, 6月, 全年."""
    if period.frequency == "H":
        return _HALF[period.number]
    if period.frequency == "Q":
        return f"{chinese(period.number)}季度"
    if period.frequency == "M":
        return f"{period.number}月"
    return "全年"


def period_name(period: Period) -> str:
    """2019年上半年, 2019年三季度, 2019年6月, 2016年."""
    if period.frequency == "A":
        return f"{period.year}年"
    return f"{period.year}年{period_name_short(period)}"


def periods_in(unit: str, frequency: str, count: int = 1) -> int:
    """How many periods of `frequency` (A, H, Q, M) so many 年, 个半年, 期 are; 0 where they are no whole number of them."""
    if unit == "期":
        return count
    steps, rest = divmod(_MONTHS.get(unit, 0) * count, 12 // PER_YEAR[frequency])
    return 0 if rest else steps
