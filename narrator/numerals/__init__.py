"""Chinese and Arabic numbers, units and periods: read and print; `agrees()`."""

from narrator.numerals.periods import period_name, period_name_short
from narrator.numerals.printing import (
    Printed,
    agrees,
    chinese,
    fill,
    ordinal,
    printed,
    printed_number,
    round_half_up,
)

__all__ = [
    "Printed",
    "agrees",
    "chinese",
    "fill",
    "ordinal",
    "period_name",
    "period_name_short",
    "printed",
    "printed_number",
    "round_half_up",
]
