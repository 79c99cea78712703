"""Chinese numerals as values: 一百三十二点五, 二〇一九, 三千五百万, 两, 半.

Own code and not cn2an: prose needs the value together with its trailing scale (一万亿元 is 1 万亿元), spoken
forms (一万二 is 12000) and a plain None for runs that are no number (一三, 三五), where that library raises
or guesses.
"""

from __future__ import annotations

from decimal import Decimal

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
DIGITS |= dict(zip("壹贰叁肆伍陆柒捌玖", range(1, 10), strict=True))
SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
LARGE = {"万": 10**4, "亿": 10**8}
LONGEST = 40  # characters; no number of prose is longer, and reading stays linear on hostile text


def read_chinese(text: str) -> Decimal | None:
    """The value of a whole Chinese numeral, or None where it is none.

    >>> read_chinese("一百三十二点五"), read_chinese("二〇一九"), read_chinese("一三五七")
    (Decimal('132.5'), Decimal('2019'), Decimal('1357'))
    """
    if not text or len(text) > LONGEST:
        return None
    whole, point, fraction = text.partition("点")
    if point:
        value = _whole(whole)
        if value is None or not fraction or any(c not in DIGITS for c in fraction):
            return None
        return Decimal(f"{value}." + "".join(str(DIGITS[c]) for c in fraction))
    value = _whole(whole)
    return None if value is None else Decimal(value)


def _whole(text: str) -> int | None:
    if not text:
        return None
    if all(c in DIGITS for c in text):  # one digit, or digits read out one by one
        return int("".join(str(DIGITS[c]) for c in text))
    total = section = 0
    digit: int | None = None
    last_small = 10**4
    last_large = 10**17
    last_unit = 0
    zero = False
    for char in text:
        if char in DIGITS:
            if digit is not None and (digit != 0 or DIGITS[char] == 0):
                return None
            digit = DIGITS[char]
            zero = zero or digit == 0
        elif char in SMALL:
            unit = SMALL[char]
            if unit >= last_small or (digit == 0 and unit != 10) or (digit is None and section and unit != 10):
                return None
            section += (1 if digit is None else digit or 1) * unit
            digit, last_small, last_unit = None, unit, unit
        elif char in LARGE:
            unit = LARGE[char]
            section += digit or 0
            if unit > last_large and total == 0:
                return None
            if section == 0 and total == 0:
                total = unit  # a bare 万, 亿: one of it
            elif unit > last_large or (section == 0 and total):
                total = (total + section) * unit  # 万亿, 三万五千亿
            else:
                total += section * unit
            section, digit, last_small, last_large, last_unit, zero = 0, None, 10**4, unit, unit, False
        else:
            return None
    if digit:
        # 一万二, 三百五: a last digit without its place stands one place below, unless 零 came between.
        section += digit * (last_unit // 10 if last_unit >= 100 and not zero else 1)
    return total + section


def split_scale(run: str) -> tuple[str, str]:
    """`run` without a scale of the unit at its end: 一万亿 → (一, 万亿), 三千五百万 → (三千五百, 万).

    Where the numeral needs the scale inside as well (一亿三千万) nothing is split off.
    """
    body = run.rstrip("万亿")
    scale = run[len(body) :]
    if not scale or scale not in ("万", "亿", "万亿") or any(c in LARGE for c in body):
        return run, ""
    return body, scale


def approximate(run: str) -> tuple[Decimal, Decimal] | None:
    """Neighbouring digits that leave it open: 七八 is 7 to 8, 三四十 is 30 to 40, 十七八 is 17 to 18."""
    for i in range(len(run) - 1):
        a, b = DIGITS.get(run[i]), DIGITS.get(run[i + 1])
        if a and b and b == a + 1:
            low = read_chinese(run[:i] + run[i] + run[i + 2 :])
            high = read_chinese(run[:i] + run[i + 1 :])
            if low is not None and high is not None and low < high:
                return low, high
    return None
