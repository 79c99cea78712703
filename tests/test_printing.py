"""How numbers are printed: rounded once, half up; signs, units, Chinese numerals."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrator.model import Fact, Period
from narrator.numerals import agrees, chinese, fill, ordinal, printed, printed_number, round_half_up

PERIOD = Period.parse("2019H1")


def fact(value: float, unit: str = "%", decimals: int = 2, measure: str = "yoy", phrase: str = "") -> Fact:
    return Fact(f"X.{measure}@2019H1", "X", "某项", measure, PERIOD, value, unit, decimals, phrase=phrase)


# --------------------------------------------------------------------------- rounding


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (0.125, 2, "0.13"),  # half goes up, not to even
        (0.135, 2, "0.14"),
        (2.675, 2, "2.68"),  # the float is 2.67499999999999982
        (-2.675, 2, "-2.68"),  # away from zero
        (1.005, 2, "1.01"),
        (1.00499, 2, "1.00"),
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (128.07499999999999, 2, "128.08"),  # a sum that means 128.075
        (128.0749999, 2, "128.07"),  # seven digits are data
        (6.2, 2, "6.20"),
        (99.995, 2, "100.00"),
        (13190.0, 0, "13190"),  # no commas
        (1e15, 0, "1000000000000000"),  # no exponent
        (0.00001, 2, "0.00"),
        (1e-7, 9, "0.000000100"),
    ],
)
def test_rounding_is_half_up_on_the_number_that_is_meant(value: float, decimals: int, shown: str) -> None:
    assert printed_number(value, decimals) == shown


@pytest.mark.parametrize("value", [-0.0, -0.001, -0.0049, -1e-12])
def test_nothing_prints_as_minus_zero(value: float) -> None:
    assert printed_number(value, 2) == "0.00"
    assert printed_number(value, 0) == "0"


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_never_printed(value: float) -> None:
    with pytest.raises(ValueError, match="printable"):
        round_half_up(value, 2)


@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
def test_rounding_agrees_with_whole_number_arithmetic(thousandths: int, decimals: int) -> None:
    # value = n / 1000; half up in whole numbers: floor(|n| * 10^d / 1000 + 1/2)
    scaled = (2 * abs(thousandths) * 10**decimals + 1000) // 2000
    expected = Fraction(scaled if thousandths >= 0 else -scaled, 10**decimals)
    assert Fraction(str(round_half_up(thousandths / 1000, decimals))) == expected


# --------------------------------------------------------------------------- forms


@pytest.mark.parametrize(
    ("made", "form", "shown"),
    [
        (fact(-18.409), None, "18.41%"),  # the verb carries the sign
        (fact(-18.409), "bare", "-18.41"),
        (fact(1.5648, "百分点", 2, "yoy_diff"), None, "1.56个百分点"),
        (fact(-0.184, "千分点", 2, "yoy_diff"), None, "0.18个千分点"),
        (fact(-1.2, "点", 2, "index_yoy_diff"), None, "1.20点"),
        (fact(45, "人", 0, "yoy_diff"), None, "45人"),
        (fact(-0.604, "‰", 2, "value"), None, "-0.60‰"),  # a level keeps its sign
        (fact(163.3, "点", 2, "index"), None, "163.30点"),
        (fact(1.82, "", 2, "value"), None, "1.82"),
        (fact(483.1, "亿元", 2, "value"), "bare", "483.10"),
        (fact(4.0312, "百分点", 2, "pull"), None, "4.03个百分点"),
        (fact(12, "位", 0, "rank"), "ordinal", "第十二"),
        (fact(2, "位", 0, "rank"), "ordinal", "第二"),
        (fact(2, "期", 0, "streak_up"), "count", "两"),
        (fact(12, "期", 0, "streak_up"), "count", "十二"),
        (fact(5, "个", 0, "parts_up", "五升一平"), "phrase", "五升一平"),
    ],
)
def test_each_form_prints_its_part(made: Fact, form: str | None, shown: str) -> None:
    assert str(printed(made, form)) == shown


def test_the_bound_number_holds_a_percent_sign_but_no_other_unit() -> None:
    assert (printed(fact(8.37)).number, printed(fact(8.37)).unit) == ("8.37%", "")
    points = printed(fact(1.56, "百分点", 2, "yoy_diff"))
    assert (points.number, points.unit) == ("1.56", "个百分点")


def test_a_text_is_filled_slot_by_slot() -> None:
    facts = {"X.yoy@2019H1": fact(-3.764)}
    text = "下降[[X.yoy@2019H1]]（[[X.yoy@2019H1|bare]]，见[[@fig:total]]）"
    assert fill(text, facts.__getitem__, {"fig:total": "图2.1"}.__getitem__) == "下降3.76%（-3.76，见图2.1）"


# --------------------------------------------------------------------------- agreement


@pytest.mark.parametrize(
    ("shown", "value", "same"),
    [
        ("6.20", 6.1959, True),
        ("6.20", 6.195, True),  # half a unit counts, for half goes up
        ("6.20", 6.1949, False),
        ("6.2", 6.1959, True),
        ("6.2", 6.2501, False),
        ("6.19", 6.1959, False),
        ("-3.51", -3.5052, True),
        ("-3.51", 3.5052, False),
        ("130", 129.5, True),
        ("130", 129.46, False),
        ("11.63", 11.6369, False),
        ("11.64", 11.6369, True),
        ("128.08", 128.07499999999999, True),
    ],
)
def test_a_printed_number_agrees_within_half_a_unit_of_its_last_digit(shown: str, value: float, same: bool) -> None:
    assert agrees(Decimal(shown), value) is same


@given(st.floats(-1e6, 1e6), st.integers(0, 4))
def test_what_is_printed_agrees_with_what_it_was_printed_from(value: float, decimals: int) -> None:
    assert agrees(Decimal(printed_number(value, decimals)), value)


# --------------------------------------------------------------------------- Chinese numerals


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "零"), (1, "一"), (2, "二"), (9, "九"), (10, "十"), (11, "十一"), (19, "十九"), (20, "二十"),
        (21, "二十一"), (99, "九十九"), (100, "一百"), (101, "一百零一"), (110, "一百一十"), (111, "一百一十一"),
        (120, "一百二十"), (200, "二百"), (1000, "一千"), (1001, "一千零一"), (1010, "一千零一十"),
        (1100, "一千一百"), (10_000, "一万"), (10_001, "一万零一"), (10_010, "一万零一十"), (11_000, "一万一千"),
        (100_000, "十万"), (100_001, "十万零一"), (110_000, "十一万"), (1_000_000, "一百万"),
        (20_300_045, "二千零三十万零四十五"), (100_000_000, "一亿"), (100_010_000, "一亿零一万"),
        (123_456_789, "一亿二千三百四十五万六千七百八十九"), (-3, "负三"),
    ],
)  # fmt: skip
def test_whole_numbers_in_chinese(number: int, written: str) -> None:
    assert chinese(number) == written
    if number > 0:
        assert ordinal(number) == f"第{written}"


DIGITS = "零一二三四五六七八九"


def test_every_number_to_a_hundred_against_the_table_of_school() -> None:
    def school(n: int) -> str:
        tens, ones = divmod(n, 10)
        if n < 10:
            return DIGITS[n]
        return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")

    assert [chinese(n) for n in range(100)] == [school(n) for n in range(100)]
    assert len({chinese(n) for n in range(20_000)}) == 20_000


def value_of(written: str) -> int:
    """Reads Chinese numerals the way a child does: section by section, unit by unit."""
    places = {"十": 10, "百": 100, "千": 1000}
    total = section = digit = 0
    for character in written:
        if character in places:
            section += (digit or 1) * places[character]
            digit = 0
        elif character in "万亿":
            section += digit
            total = (total + section) * 10**8 if character == "亿" else total + section * 10**4
            section = digit = 0
        else:
            digit = DIGITS.index(character)
    return total + section + digit


@given(st.integers(1, 10**8 - 1))
def test_reading_gives_back_what_was_written(number: int) -> None:
    assert value_of(chinese(number)) == number
