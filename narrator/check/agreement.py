"""Whether a printed number stands for a value: to half a unit of its last digit, its hedge and its direction included."""

from __future__ import annotations

import math
from decimal import Decimal

from narrator.check import hedges
from narrator.check.figures import Option, stands_for
from narrator.check.reading import Reading
from narrator.check.shown import printed_number
from narrator.numerals.regex import regex

# 接近翻了一番, 几乎增长一倍
_NEARLY = regex("(?:近|几乎|近乎|差不多|约|逼近)(?:要|已|于)?(?:翻|[增提升]\\S?)?了?$")


def fits(reading: Reading, option: Option, factor: float) -> str:
    """Empty where the shown number stands for the option; else the rule it misses by."""
    token = reading.token
    value = option.value * factor
    shown = token.values[-1] if token.join != "fraction" else token.values[0]
    if token.join == "fraction" and len(token.values) == 2 and token.values[1]:
        part = float(token.values[0] / token.values[1] * 100)
        size = abs(value)
        # 不及三分之一 is so down to where it would be 四分之一.
        next_below = 100 / (float(token.values[1]) + 1) if token.values[0] == 1 else part * 0.85
        low, high = {
            "over": (part, part * 1.15), "near": (part * 0.9, part), "under": (min(next_below, part * 0.85), part)
        }.get(reading.hedge, (part * 0.95, part * 1.05))  # fmt: skip
        return "" if low <= size <= high else ("wrong-hedge" if part * 0.85 <= size <= part * 1.15 else "wrong-number")
    if token.unit in ("倍", "番") and token.decimals == 0 and not reading.hedge and option.unit == token.unit:
        # 增长一倍 is no rounding of 58 %; 下降一倍 is nonsense.
        short = float(shown) - abs(value)
        if abs(short) > 0.05 * float(shown) or (reading.sign < 0 and option.change):
            return "wrong-number"
        if _NEARLY.search(reading.lead):
            return "" if short > 0 else "wrong-hedge"
        return "wrong-hedge" if option.change and short > 0.01 * float(shown) else ""  # 翻了一番: not yet with 97.85 %
    if token.join == "range" and len(token.values) == 2:
        least, most = sorted(token.values)
        return "" if float(least) <= value <= float(most) else "wrong-number"
    if token.join == "ratio" and len(token.values) == 2 and token.values[1] == 1:
        shown = token.values[0]  # 1.76:1
    if reading.signed:
        shown = -abs(shown)
    if not option.change and reading.role != "pace":
        return hedged(shown, value, reading.hedge)
    if (reading.header and not reading.sign) or (reading.sign == 0 and shown < 0):
        return hedged(shown, value, reading.hedge) and (
            "wrong-direction" if stands_for(-shown, value) and value else "wrong-number"
        )
    missed = hedged(abs(shown), abs(value), reading.hedge)
    if missed == "wrong-number":
        return missed
    sign = reading.sign
    if shown < 0:
        # 增长-1.6% says what 下降1.6% says; 下降-1.6% says the contrary.
        sign = -sign if sign else -1
    if sign == 0:
        sign = 1 if not option.measure.startswith(("share", "rank")) or reading.sign else (1 if value >= 0 else 0)
    if abs(value) < 10.0**-token.decimals / 2:
        return missed
    if sign and (value > 0) != (sign > 0):
        return "wrong-direction"
    return missed


def shown(option: Option, reading: Reading, factor: float = 1.0) -> str:
    """The number that should stand there, in the unit that stands there."""
    value = option.value * factor
    if (option.change or reading.role == "pace") and (reading.sign or not reading.header):
        value = abs(value)
    decimals = option.decimals if factor == 1.0 else max(option.decimals, reading.token.decimals)
    return printed_number(value, decimals)


def chance(reading: Reading, options: int) -> tuple[float, float]:
    """How many printed numbers would pass, of how many that are plausible."""
    token = reading.token
    step = 10.0**-token.decimals
    largest = max(abs(float(token.values[0])) * 2, 100.0 if token.unit in ("%", "点", "百分点") else 10.0)
    passing = float(options)
    if reading.hedge and token.values:
        passing = max(passing, 2.0)
    return passing, max(largest / step, passing)


def hedged(shown: Decimal, value: float, hedge: str) -> str:
    """Empty where `shown` with its hedge stands for `value`; `wrong-hedge` where only the hedge is wrong."""
    if math.isnan(value):
        return "wrong-number"
    number = float(shown)
    step = step_of(shown)
    step = hedges.halved(number, step) if hedge == "under" else step
    exact = stands_for(shown, value)
    if not hedge:
        return "" if exact else "wrong-number"
    if hedge in ("most", "least"):
        beyond = value - number if hedge == "most" else number - value
        return "wrong-hedge" if beyond > 0.005 else ""
    if hedge in ("below", "beyond"):
        past = number - value if hedge == "below" else value - number
        return "wrong-hedge" if past < -1e-9 else "" if past <= hedges.FAR * abs(number) else "wrong-number"
    close = exact or abs(value - number) <= step * 1.000001
    if hedge == "over":
        if value >= number - 1e-9 and (value < hedges.above(number, step) or (number == 50 and value < 67)):
            return ""
        # 超12%, of 12.08: in the step; of 11.95: just below, only the hedge is wrong.
        return "wrong-hedge" if close else "wrong-number"
    if hedge in ("near", "under"):
        if (
            value < number - 1e-9
            and number - value <= (step if hedge == "under" else hedges.reach(number, step)) + 1e-9
        ):
            return ""
        return "wrong-hedge" if close else "wrong-number"
    if hedge == "about":
        if exact or abs(value - number) <= min(step / 2, hedges.reach(number, step)) + 1e-9:
            return ""
        return "wrong-hedge" if close else "wrong-number"
    return "" if exact else "wrong-number"


def step_of(shown: Decimal) -> float:
    """The size of the last digit of a round number that carries meaning: 130 → 10, 1000 → 1000, 0.5 → 0.1."""
    if not shown:
        return 1.0
    exponent = shown.normalize().as_tuple().exponent
    return 10.0 ** int(exponent) if isinstance(exponent, int) else 1.0
