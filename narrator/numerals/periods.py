"""Periods in Chinese prose."""

from __future__ import annotations

from narrator.model import Period
from narrator.numerals.printing import chinese

_HALF = {1: "上半年", 2: "下半年"}


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
