"""How the new value of a fact is written where the old one stood: its decimals, unit, sign and digits kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrator.model import Fact
from narrator.numerals import printed_number
from narrator.refresh.stood import factor_to, is_change, printed_size

if TYPE_CHECKING:
    from narrator.check.run import Looked

_MINUS = "-−－–—"
_FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
_GROUPED = re.compile(r"\d([,，\u0020\u00a0\u2009\u202f'])\d{3}")


def replacement(seen: Looked, old: Fact | None, new: Fact) -> tuple[int, int, str] | None:
    """Characters of the block and the new text for them; None where the number is not written in digits,
    or in a unit that the fact cannot be told in."""
    if printed_size(seen) is None:
        return None
    token = seen.token
    reading = seen.reading
    factor = factor_to(seen, new.unit)
    if factor is None:
        return None
    value = new.value * factor
    start, end = token.start, token.end
    before = seen.text[:start].rstrip()[-1:] if reading is not None and reading.signed else ""
    if before and before in _MINUS:
        start = seen.text.rindex(before, 0, start)
    minus = next((c for c in seen.text[start:end][:1] if c in _MINUS), "")
    header = reading is not None and reading.header
    verb = reading is not None and reading.sign != 0
    signed = header or not is_change(new) or bool(minus) or not verb
    number = printed_number(abs(value), _decimals(token.decimals, old, new, factor))
    if token.text.startswith("+") and value >= 0:
        number = "+" + number
    sign = (minus or "-") if signed and value < 0 and number.strip("0.") else ""
    return start, end, sign + _as_written(number, seen.text[start:end], token.form)


def _decimals(shown: int, old: Fact | None, new: Fact, factor: float) -> int:
    """Those that stand there; those of the new figure where a source gives its figure with others than before."""
    if new.source != "engine" and factor == 1.0 and (old is None or shown == old.decimals):
        return new.decimals
    return shown


def _as_written(number: str, before: str, form: str) -> str:
    grouped = _GROUPED.search(before)
    if grouped:
        whole, dot, fraction = number.partition(".")
        number = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", grouped[1], whole) + dot + fraction
    return number.translate(_FULL_WIDTH) if form == "fullwidth" else number
