"""How a computed number is shown: rounded once, half up, at the very end (GB/T 8170)."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from narrator.model import CHANGES, SLOT, Fact
from narrator.numerals.units import as_read

NOISE = 9  # digits after which a float's tail is arithmetic noise, not data
_DIGITS = "零一二三四五六七八九"
_SMALL = ("", "十", "百", "千")
_LARGE = ("", "万", "亿", "万亿")
_GLUED_UNITS = ("%", "‰", "℃")  # stand inside a bound number; other units follow it


def round_half_up(value: float, decimals: int) -> Decimal:
    """`value` rounded half away from zero to `decimals` places.

    The ninth digit is rounded first, so that 128.07499999999999, a sum that means 128.075,
    prints as 128.08. Raises ValueError on nan and infinities.
    """
    exact = Decimal(repr(round(value, NOISE)))
    if not exact.is_finite():
        raise ValueError(f"not a printable number: {value!r}")
    shown = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return shown if shown else abs(shown)  # no -0.00


def way(value: float, decimals: int) -> int:
    """1, -1, or 0 for what prints as zero or is not known."""
    shown = round_half_up(value, decimals) if not math.isnan(value) else Decimal(0)
    return (shown > 0) - (shown < 0)


def way_of(fact: Fact) -> int:
    """1, -1 or 0, as the fact prints."""
    return way(fact.value, fact.decimals)


def printed_number(value: float, decimals: int) -> str:
    """Fixed decimals, no thousands commas: 6.20, -3.76, 13190."""
    return f"{round_half_up(value, decimals):f}"


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as it stands in a text: `number` is bound to the fact, `unit` follows it."""

    number: str
    unit: str = ""

    def __str__(self) -> str:
        return self.number + self.unit


def printed(fact: Fact, form: str | None = None) -> Printed:
    """How `fact` is shown.

    In prose a change shows its size only, for the verb carries its sign (下降18.41%); `form="bare"`
    shows the signed number without its unit, as in a table cell under a header that names the unit.
    `phrase` shows a pattern's words, `ordinal` 第二, `count` 三.
    """
    if form == "phrase":
        return Printed(fact.phrase)
    if form in ("ordinal", "count"):
        whole = int(round_half_up(fact.value, 0))
        return Printed(f"第{chinese(whole)}" if form == "ordinal" else "两" if whole == 2 else chinese(whole))
    value = abs(fact.value) if form is None and fact.measure in CHANGES else fact.value
    number = printed_number(value, fact.decimals)
    if form == "bare" or not fact.unit:
        return Printed(number)
    if fact.unit in _GLUED_UNITS:
        return Printed(number + fact.unit)
    return Printed(number, as_read(fact.unit))


def fill(text: str, fact: Callable[[str], Fact], reference: Callable[[str], str] = lambda key: key) -> str:
    """Plain text of a draft's `text`: each slot printed, each cross-reference spelt out."""
    return SLOT.sub(lambda m: reference(m["id"]) if m["ref"] else str(printed(fact(m["id"]), m["form"])), text)


def agrees(shown: Decimal, value: float) -> bool:
    """Whether a printed number stands for `value`: off by half a unit of its last digit at most.

    >>> agrees(Decimal("6.20"), 6.1959), agrees(Decimal("6.19"), 6.1959)
    (True, False)
    """
    exponent = shown.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else 0
    half = Decimal(5).scaleb(-decimals - 1)
    return abs(shown - Decimal(repr(round(value, NOISE)))) <= half


def chinese(number: int) -> str:
    """A whole number from 0 to 9,999,999,999,999,999 in Chinese numerals: 五, 十二, 一百零三."""
    if number < 0:
        return "负" + chinese(-number)
    if number == 0:
        return "零"
    groups: list[int] = []
    rest = number
    while rest:
        rest, group = divmod(rest, 10_000)
        groups.append(group)
    out = ""
    gap = False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            gap = bool(out)
            continue
        if out and (gap or group < 1000):
            out += "零"
        out += _group(group) + _LARGE[place]
        gap = False
    return out.removeprefix("一") if out.startswith("一十") else out


def _group(group: int) -> str:
    out = ""
    gap = False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit:
            out += ("零" if gap and out else "") + _DIGITS[digit] + _SMALL[place]
            gap = False
        else:
            gap = bool(out)
    return out


def ordinal(number: int) -> str:
    """第二位 and its kind need the bare ordinal: 第二."""
    return f"第{chinese(number)}"
