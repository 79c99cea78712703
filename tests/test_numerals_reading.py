"""Reading numbers of Chinese prose: places, values, units, and the rule that excuses what is no data."""

from __future__ import annotations

import re
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrator.model import Fact, Period
from narrator.numerals import chinese, printed
from narrator.numerals.chinese_reading import approximate, read_chinese, split_scale
from narrator.numerals.normal_text import number_at, plain
from narrator.numerals.period_reading import find_periods, period_at
from narrator.numerals.reading import scan
from narrator.numerals.tokens import Token
from narrator.numerals.units import normal, unit_at

SENTENCES = Path(__file__).parent / "reading" / "sentences.txt"
MARK = re.compile(r"\{([^{}]*)\}")
COUNTED = ("quantity", "count")


def marked() -> list[str]:
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    return [line.replace("\\n", "\n") for line in lines if line and not line.startswith("#")]


def unmark(line: str) -> tuple[str, list[tuple[int, int, str, str, str]]]:
    """The sentence without its marks, and start, end, value, unit and kind of each marked number."""
    text, wanted, place = "", [], 0
    for m in MARK.finditer(line):
        text += line[place : m.start()]
        phrase, value, unit, kind = ([*m[1].split("|"), "", "", ""])[:4]
        wanted.append((len(text), len(text) + len(phrase), value, unit, kind))
        text += phrase
        place = m.end()
    return text + line[place:], wanted


def only(text: str) -> Token:
    tokens = scan(text)
    assert len(tokens) == 1, tokens
    return tokens[0]


@pytest.mark.parametrize("line", marked())
def test_each_marked_number_is_read_and_nothing_else(line: str) -> None:
    text, wanted = unmark(line)
    tokens = scan(text)
    assert len(tokens) == len(wanted), [t.phrase for t in tokens]
    for token, (start, end, value, unit, kind) in zip(tokens, wanted, strict=True):
        assert token.phrase_start < end
        assert start < token.phrase_end
        assert (token.kind in COUNTED) if not kind else (token.kind == kind), token
        if value:
            assert token.value == value
        if not kind:
            assert token.unit == unit
        if token.kind in ("period", "structure", "name"):
            assert token.excused_by


@pytest.mark.parametrize(
    ("text", "number", "phrase"),
    [
        ("居于第2位", "2", "第2位"),
        ("展出600多件文物", "600", "600多件"),
        ("落实“10+N”行动", "10", "10+N"),
        ("启动5G试点", "5", "5G"),
        ("增加 3.87 个百分点", "3.87", "3.87 个百分点"),
        ("2019 年上半年", "2019", "2019 年上半年"),
        ("第一产业", "一", "第一产业"),
        ("占比10%—12%", "10%—12", "10%—12%"),
        ("六大模块“五升一平”"[5:9], "五升一平", "五升一平"),
    ],
)
def test_a_token_places_the_number_alone_and_the_words_that_go_with_it(text: str, number: str, phrase: str) -> None:
    token = only(text)
    assert (token.text, token.phrase) == (number, phrase)
    assert text[token.start : token.end] == number
    assert text[token.phrase_start : token.phrase_end] == phrase


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("# 1. 工业", "heading-number"),
        ("2.1 总指数", "heading-number"),
        ("图 2.1 走势", "figure-number"),
        ("表3-1 指标", "figure-number"),
        ("见附件2。", "figure-number"),
        ("①税收", "enumeration"),
        ("（三）结论", "enumeration"),
        ("一是稳增长", "enumeration"),
        ("11.11购物节", "set-term"),
        ("3·15晚会", "set-term"),
        ("拨打12345", "set-term"),
        ("00后", "set-term"),
        ("“95后”", "set-term"),
        ("Wi-Fi 6终端", "model-name"),
        ("GB/T 19001", "model-name"),
        ("提供7×24小时", "set-term"),
        ("第12页", "page-number"),
        ("                          - 12 -", "page-number"),
        ("                    二、运行特点", "enumeration"),
        ("详见附表二。", "figure-number"),
        ("“11336”任务", "quoted-name"),
        ("“三服务”活动", "quoted-name"),
        ("PM2.5浓度", "model-name"),
        ("“1+5”体系", "quoted-name"),
        ("1+6+N体系", "policy-name"),
        ("改造提升2.0版", "version"),
        ("二氧化硫", "chemical-name"),
        ("一带一路", "set-term"),
        ("第三产业", "industry-name"),
        ("2018年", "year"),
        ("一季度", "period"),
        ("十四五规划", "period"),
        ("第十六届", "ordinal"),
        ("二级标准", "grade"),
        ("神舟二十号", "number-name"),
        ("为期三年", "duration"),
        ("2019", "bare-year"),
        ("中国制造2025", "plan-name"),
        ("国发〔2023〕", "document-number"),
    ],
)
def test_what_is_no_data_is_excused_by_a_named_rule(text: str, rule: str) -> None:
    token = only(text)
    assert token.excused_by == rule
    assert token.kind in ("period", "structure", "name")


def test_names_of_the_index_excuse_only_themselves() -> None:
    names = ["5G", "11336"]
    assert [t.kind for t in scan("5G 用户增加 11336人，落实11336任务", names)] == ["name", "count", "name"]
    assert only("占比 5 个百分点").kind == "quantity"
    assert [t.excused_by for t in scan("15G和211336", names)] == ["model-name", ""]


@pytest.mark.parametrize("text", ["位次较上年同期前移一位", "下降了一位", "由第三位后退一位"])
def test_one_place_up_or_down_is_a_number(text: str) -> None:
    token = scan(text)[-1]
    assert (token.text, token.unit) == ("一", "位")


@pytest.mark.parametrize("text", ["“129.46点”", "“12%”", "“近八成”", "“100亿元”"])
def test_quotation_marks_do_not_excuse_data(text: str) -> None:
    assert only(text).kind == "quantity"


@pytest.mark.parametrize(
    "text",
    [
        "进一步统一一般公共预算，一定程度上一体化推进，一系列举措，万众一心。",
        "百姓、百货、十分、四面八方、三峡、九江、万科、四川、七台河、五台山。",
        "单位：亿元、%；计量单位为万元；GDP（亿元）。",
        "每半年发布一次，这一指标、每一个环节、又一重要成果。",
        "迎来一位新院士，利润提高一位数。",
        "认为“一 般”的占多数，一 些企业订单不足。",
    ],
)
def test_idioms_place_names_and_bare_units_are_no_numbers(text: str) -> None:
    assert scan(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "升至95后回落", "达到90后", "比90后", "增长11.11倍", "签约6.18亿元", "授权12345件", "共12345", "12345服务业企业",
        "缺口3·15亿元", "增至618家", "用时24小时", "容量20GB",
    ],
)  # fmt: skip
def test_figures_that_look_like_set_terms_are_data(text: str) -> None:
    assert only(text).kind in COUNTED


def test_numbers_of_lines_share_their_noun_and_figures_of_lines_do_not() -> None:
    assert [t.kind for t in scan("地铁3、4号线")] == ["name", "name"]
    assert [t.kind for t in scan("3号线30、4号线25")] == ["name", "quantity", "name", "quantity"]


def test_a_number_far_to_the_right_of_its_line_is_no_heading() -> None:
    assert only(f"{' ' * 30}85  比上年").kind == "quantity"


def test_a_word_that_ends_in_one_is_no_part_of_the_numeral_behind_it() -> None:
    assert [(t.text, t.unit) for t in scan("创新驱动是唯一两位数增长的模块，统一三项标准。")] == [
        ("两", "位数"),
        ("三", "项"),
    ]


def test_a_shared_unit_reaches_back_through_a_list_but_not_over_a_clause() -> None:
    tokens = scan("分别提高0.9、1.2和5.9个百分点，指标30，40个")
    assert [(t.value, t.unit, t.inherited) for t in tokens[:3]] == [
        ("0.9", "百分点", True),
        ("1.2", "百分点", True),
        ("5.9", "百分点", False),
    ]
    assert tokens[3].unit == ""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("13,190元", "13190"),
        ("１２８．０８点", "128.08"),
        ("收入88. 44亿元", "88.44"),
        ("收入88 .44亿元", "88.44"),
        ("1 234 567元", "1234567"),
        ("1\u2009234元", "1234"),
        ("指数收报于128.\n08点", "128.08"),
        ("专利授权12，345件", "12345"),
        ("-3.5%", "-3.5"),
        ("－3.5%", "-3.5"),
        ("−3.5%", "-3.5"),
        ("负3.5%", "-3.5"),
        ("+3.5%", "3.5"),
        ("3亿5000万元", "350000000"),
        ("百分之80", "80"),
    ],
)
def test_a_number_is_read_through_separators_signs_and_broken_lines(text: str, value: str) -> None:
    assert only(text).value == value


def test_a_number_cut_by_a_printed_line_is_joined_in_prose_and_not_in_columns() -> None:
    wrapped = "上半年民生幸福指数在六大分项指数中稳步上行并收报于12\n8.08点"
    assert [t.value for t in scan(wrapped)] == ["H1", "6", "128.08"]
    assert [t.value for t in scan("115.51\n122.05\n129.46")] == ["115.51", "122.05", "129.46"]
    assert [t.value for t in scan("1 28.08点")] == ["1", "28.08"]


def test_decimals_are_those_that_are_printed() -> None:
    assert [only(text).decimals for text in ("6.20%", "6.2%", "6%", "1.50—2%")] == [2, 1, 0, 2]


def test_a_minus_is_no_dash_and_a_dash_no_minus() -> None:
    assert only("增速为-1.2%").value == "-1.2"
    assert only("83.09—83.87").value == "83.09—83.87"
    assert only("3-5个").value == "3—5"
    assert [t.value for t in scan("进度——3.5%")] == ["3.5"]
    assert [t.value for t in scan("从5.1%至6.2%")] == ["5.1", "6.2"]


def test_times_of_day_are_not_ratios() -> None:
    assert only("上午9:30").kind == "period"
    assert only("比例为1:20").value == "1:20"
    assert only("结构为10.1：43.5：46.4").value == "10.1:43.5:46.4"


@given(st.integers(min_value=0, max_value=10**16 - 1))
def test_chinese_numerals_read_back_as_they_are_printed(number: int) -> None:
    assert read_chinese(chinese(number)) == number


@given(
    st.floats(min_value=-1e6, max_value=1e6, allow_nan=False),
    st.integers(min_value=0, max_value=4),
    st.sampled_from(["%", "点", "亿元", "百分点", "人", ""]),
)
def test_a_printed_fact_reads_back_as_its_number(value: float, decimals: int, unit: str) -> None:
    fact = Fact("X.value@2019H1", "X", "某指标", "value", Period.parse("2019H1"), value, unit, decimals)
    shown = printed(fact)
    token = only(f"某指标为 {shown}。")
    assert token.value == shown.number.rstrip("%")
    assert token.unit == unit
    assert token.decimals == decimals


PIECES = st.sampled_from(
    [
        *"0123456789０５％.，,、。；：:-—~+/()（）“”\n ",
        *"年月日个点元万亿%一二三十百第至为增降升平图表A5G",
        *["个百分点", "亿元", "2019年", "同比"],
    ]
)


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_every_digit_lies_in_exactly_one_token(text: str) -> None:
    tokens = scan(text)
    holders = [0] * len(text)
    for token in tokens:
        assert token.phrase_start <= token.start < token.end <= token.phrase_end or token.start < token.end
        assert text[token.start : token.end] == token.text
        for i in range(token.start, token.end):
            holders[i] += 1
    for i, char in enumerate(plain(text)):
        if char in "0123456789":
            assert holders[i] == 1, (text, i)
    assert all(n <= 1 for n in holders)


@settings(max_examples=150)
@given(st.text(max_size=60))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    assert all(isinstance(token, Token) for token in scan(text))


HOSTILE = [
    "1" * 50_000,
    "一" * 50_000,
    "," * 50_000,
    "123," * 12_500,
    "1." * 25_000,
    "1:" * 25_000,
    "1+" * 25_000,
    "“" * 50_000,
    "一升" * 25_000,
    "A1" * 25_000,
    "三分之" * 16_000,
    " " * 50_000 + "1",
    "1%—" * 15_000,
    "\n1" * 25_000,
    "半" * 50_000,
    "100 " * 12_500,
    "1 " * 25_000,
    "5、" * 25_000,
    "五、" * 25_000,
    "2019、" * 10_000,
    "第一、" * 16_000,
    "80、" * 16_000,
    "1·" * 25_000,
    "二、" * 25_000 + "月",
]


@pytest.mark.parametrize("text", HOSTILE, ids=[repr(t[:4]) for t in HOSTILE])
def test_hostile_text_takes_no_more_than_linear_time(text: str) -> None:
    start = time.perf_counter()
    scan(text)
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("两", 2),
        ("十二", 12),
        ("一百零三", 103),
        ("三千五百万", 35_000_000),
        ("一亿三千万", 130_000_000),
        ("一万二", 12_000),
        ("三百五", 350),
        ("二〇一九", 2019),
        ("万亿", 10**12),
    ],
)
def test_chinese_numerals_of_every_make_are_read(text: str, value: int) -> None:
    assert read_chinese(text) == value


def test_chinese_numerals_that_are_none_give_none() -> None:
    assert [read_chinese(t) for t in ("", "点五", "十十", "千百", "个")] == [None] * 5
    assert read_chinese("一百三十二点五") == Decimal("132.5")
    assert split_scale("一万亿") == ("一", "万亿")
    assert split_scale("一亿三千万") == ("一亿三千万", "")
    assert approximate("七八") == (7, 8)
    assert approximate("三四十") == (30, 40)
    assert approximate("一三") is None


def test_units_are_read_with_scale_and_denominator() -> None:
    for text, unit in [
        ("万亿元", "万亿元"),
        (" 个百分点", "百分点"),
        ("微克/立方米", "微克/立方米"),
        ("多万人次", "万人次"),
    ]:
        found = unit_at(text, 0)
        assert found is not None
        assert found.text == unit
    assert unit_at("环比上涨", 0) is None
    assert unit_at("家庭", 0) is None
    assert normal("万吨标准煤") == (10**4, "吨标准煤")
    assert normal("万亿元") == (10**12, "元")
    assert normal("千瓦") == (1, "千瓦")
    assert normal("成") == (10, "%")


def test_number_at_tells_where_the_digits_end() -> None:
    assert number_at("13,190.5亿元", 0) == (8, "13190.5")
    assert number_at("2019.", 0) == (4, "2019")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2019年上半年", "2019H1"),
        ("1—6月份", "M01-M06"),
        ("前三季度", "Q1-Q3"),
        ("第一季度", "Q1"),
        ("2018—2021年度", "2018—2021"),
        ("7月27日", "07-27"),
        ("2019-06-30", "2019-06-30"),
        ("2019H1", "2019H1"),
        ("二〇一九年", "2019"),
        ("前5个月", "M01-M05"),
        ("2018年1—9月", "2018M01—2018M09"),
    ],
)
def test_periods_are_read_to_one_form(text: str, value: str) -> None:
    found = period_at(text, 0)
    assert found is not None
    assert (found.value, found.end) == (value, len(text))


def test_relative_periods_are_resolved_against_the_report() -> None:
    report = Period.parse("2019H1")
    text = "今年上半年达129.46点，高于去年同期，较上期回升；去年下半年下行，1-6月新增，2018年全年，前三季度。"
    found = {p.text: p for p in find_periods(text, report)}
    assert found["今年上半年"].period == report
    assert found["去年同期"].period == Period.parse("2018H1")
    assert found["上期"].period == Period.parse("2018H2")
    assert found["去年下半年"].period == Period.parse("2018H2")
    assert found["1-6月"].period == report
    assert found["2018年"].period == Period.parse("2018")
    assert found["前三季度"].period is None
    assert found["前三季度"].months == (2019, 1, 9)


def test_each_of_a_list_of_dates_is_a_period_of_the_year_that_was_named() -> None:
    found = find_periods(
        "2018年5月、7月，2017、2018年上半年，去年一季度、二季度，2018年四季度和一季度", Period.parse("2020H1")
    )
    assert [(p.text, str(p.period)) for p in found] == [
        ("2018年5月", "2018M05"),
        ("7月", "2018M07"),
        ("2017", "2017H1"),
        ("2018年上半年", "2018H1"),
        ("去年一季度", "2019Q1"),
        ("二季度", "2019Q2"),
        ("2018年四季度", "2018Q4"),
        ("一季度", "2020Q1"),  # 一季度 does not follow 四季度 in its year
    ]


def test_a_quarter_is_short_for_one_and_a_season_is_none() -> None:
    found = {p.text: p.period for p in find_periods("本季较上季回升，本季节性偏高", Period.parse("2024Q3"))}
    assert found == {"本季": Period.parse("2024Q3"), "上季": Period.parse("2024Q2")}


def test_a_year_earlier_is_none_where_it_says_how_much_earlier_or_now() -> None:
    report = Period.parse("2024H1")
    for text in ("提前一年完成目标", "学前一年免费教育", "目前年产能稳定"):
        assert find_periods(text, report) == []
    assert [p.text for p in find_periods("较前一年下降，比前年增长", report)] == ["前一年", "前年"]


def test_windows_and_bases_are_told_apart_from_periods() -> None:
    roles = {
        p.text: (p.role, p.count)
        for p in find_periods("近三期持续上行，较基期提高，比年初增加", Period.parse("2019H1"))
    }
    assert roles == {"近三期": ("window", 3), "基期": ("base", 0), "年初": ("year-start", 0)}


@pytest.mark.parametrize("dash", "-\u2010\u2011\u2012\u2013\u2014\u2212\uff0d")
def test_a_dash_of_any_kind_is_a_minus_where_a_number_is_to_follow_and_a_range_between_two(dash: str) -> None:
    for before, number in (("同比", "5.81"), ("", "18.57"), ("（", "3.1"), ("增速为 ", "1.85")):
        (token,) = scan(f"{before}{dash}{number}%")
        assert (token.value, token.unit) == (f"-{number}", "%")
    for text, value in ((f"83.09{dash}83.87点", "83.09—83.87"), (f"5%{dash}10%", "5—10")):
        (token,) = scan(text)
        assert (token.value, token.join) == (value, "range")
    for text in (f"1{dash}6月", f"2018{dash}2019年"):
        (token,) = scan(text)
        assert token.kind == "period"


def test_a_comma_that_slipped_does_not_make_two_numbers_of_one() -> None:
    assert [t.value for t in scan("收于1,35.64点")] == ["135.64"]
    assert [t.value for t in scan("128.08,35.64")] == ["128.08", "35.64"]
    assert [t.value for t in scan("1,2,35.64")] == ["1", "2", "35.64"]
