"""Chinese and Arabic numbers, units and periods: read and print; `agrees()`.

The reading half compiles large word lists; it is loaded when first asked for, so that printing stays quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from narrator.numerals.periods import period_name, period_name_short, periods_in
from narrator.numerals.printing import (
    Printed,
    agrees,
    chinese,
    fill,
    ordinal,
    printed,
    printed_number,
    round_half_up,
    way,
    way_of,
)

if TYPE_CHECKING:
    from narrator.numerals.chinese_reading import read_chinese
    from narrator.numerals.period_reading import PeriodPhrase, find_periods
    from narrator.numerals.reading import scan
    from narrator.numerals.tokens import Token
    from narrator.numerals.units import normal

_READING = {
    "PeriodPhrase": "period_reading",
    "Token": "tokens",
    "find_periods": "period_reading",
    "normal": "units",
    "read_chinese": "chinese_reading",
    "scan": "reading",
}


def __getattr__(name: str) -> Any:
    if name in _READING:
        return getattr(import_module(f"{__name__}.{_READING[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "PeriodPhrase",
    "Printed",
    "Token",
    "agrees",
    "chinese",
    "fill",
    "find_periods",
    "normal",
    "ordinal",
    "period_name",
    "period_name_short",
    "periods_in",
    "printed",
    "printed_number",
    "read_chinese",
    "round_half_up",
    "scan",
    "way",
    "way_of",
]
