"""Digits of one number that stand apart, and numbers that stand beside each other."""

from __future__ import annotations

import pytest

from narrator.numerals.reading import scan
from narrator.numerals.set_apart import broken_off
from narrator.numerals.tokens import Token


def numbers(text: str) -> list[tuple[str, str]]:
    return [(t.value, t.unit) for t in scan(text)]


def only(text: str) -> Token:
    tokens = scan(text)
    assert len(tokens) == 1, tokens
    return tokens[0]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("运价指数报1 386.52点", "1386.52", "点"),
        ("固定资产投资1 640 亿元", "1640", "亿元"),
        ("水产品产量1 031.4万吨", "1031.4", "万吨"),
        ("补助6 000 元", "6000", "元"),
        ("新增约2 000人", "2000", "人"),
        ("带动4 000多家", "4000", "家"),
        ("指数达1 386.52，", "1386.52", "点"),
        ("GDP 2 750 亿元", "2750", "亿元"),
        ("缴存额12 476.8万元", "12476.8", "万元"),
        ("净流出-1 300万元", "-1300", "万元"),
        ("累计1 234 567元", "1234567", "元"),
        ("报1 524. 18点", "1524.18", "点"),
        ("3 815", "3815", ""),
        ("3 815元", "3815", "元"),
        ("每吨1 200—1 500 元", "1200—1500", "元/吨"),
    ],
)
def test_a_group_of_thousands_behind_a_blank_is_of_the_number(text: str, value: str, unit: str) -> None:
    token = only(text)
    assert (token.value, token.unit) == (value, unit)


def test_a_group_that_is_no_number_is_joined_in_a_row_too() -> None:
    assert [t.value for t in scan("地区生产总值 1 097.6 8.2 1 045.3")] == ["1097.6", "8.2", "1045.3"]
    assert [t.value for t in scan("1 001 某企业")] == ["1", "1"]  # a serial and a code


def test_both_ends_of_a_rise_have_their_thousands() -> None:
    assert numbers("由1 005增至1 200亿元") == [("1005", ""), ("1200", "亿元")]
    assert numbers("1 100、1 200和1 400户") == [("1100", "户"), ("1200", "户"), ("1400", "户")]
    assert numbers("分别为1 500、2 300人") == [("1500", "人"), ("2300", "人")]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("全区 300 200 150", ["300", "200", "150"]),  # columns of a row
        ("1 5 100家", ["1", "5", "100"]),
        ("增长8% 140家", ["8", "140"]),
        ("得分 1 2 3 4 5", ["1", "2", "3", "4", "5"]),
        ("1 200家企业参加展会", ["1", "200"]),  # the first may number the line
        ("收盘1 28.08点", ["1", "28.08"]),
        ("开设6 个 120 人的班", ["6", "120"]),
    ],
)
def test_numbers_beside_each_other_stay_apart(text: str, values: list[str]) -> None:
    assert [t.value for t in scan(text)] == values


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("报1 6 0 . 6 1 点", "160.61", "点"),
        ("报160 .61点", "160.61", "点"),
        ("160 .61点", "160.61", "点"),
        ("参保3 5 2 人", "352", "人"),
        ("提高0.6 个 百 分 点", "0.6", "百分点"),
        ("报160·61点", "160.61", "点"),
        ("增长5·3%", "5.3", "%"),
        ("增长5﹒3﹪", "5.3", "%"),
    ],
)
def test_digits_set_one_by_one_and_raised_points_are_one_number(text: str, value: str, unit: str) -> None:
    token = only(text)
    assert (token.value, token.unit) == (value, unit)


def test_a_ratio_is_read_with_each_kind_of_colon() -> None:
    assert [only(f"师生比为1{colon}18").value for colon in ":：∶︰﹕"] == ["1:18"] * 5


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("产值增长 3.", "6%；其中"),
        ("增加值318.", "4亿元，"),
        ("总值 1 152.3", "亿元，同比"),
        ("提高", "7.2"),
        ("7.2", "个百分点。"),
        ("4", "个分项中，两项上升"),
    ],
)
def test_a_break_that_parts_a_number_joins_its_lines(line: str, following: str) -> None:
    assert broken_off(line, following) == (line[-1] in "0123456789.")


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("3.", "6%"),  # an item of a list
        ("规上工业企业共有 3.", "6家企业"),
        ("2019", "亿元"),  # heads of columns
        ("收入 1200", "个人所得税 300"),
        ("收入 1200", "成本 300"),
        ("1200", "家"),
        ("3.1.", "5%"),
        ("2", "月份，"),
    ],
)
def test_lines_of_a_column_or_a_list_stay_apart(line: str, following: str) -> None:
    assert not broken_off(line, following)
