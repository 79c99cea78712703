"""Numbers in tables under headers as people write them, on the fictional index (half-years)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from docx_maker import chart_in, chart_space, docx, drawing, p, rich, ser

from narrator import dataset
from narrator.check.heads import period_of, written_out
from narrator.check.run import check
from narrator.facts import Ledger
from narrator.model import Period
from narrator.numerals import printed_number
from narrator.word.read import read
from tests.test_rules import checked

DATA = Path(__file__).parent.parent / "data"
NOW = Period.parse("2025H1")
BASE = Period.parse("2016")


@cache
def ledger() -> Ledger:
    return Ledger(dataset.load(DATA / "demo"))


def at(measure: str, period: str) -> str:
    return printed_number(ledger().value("ZS", measure, Period.parse(period)), 2)


def table(*rows: tuple[str, ...]) -> str:
    first, *rest = rows
    return "\n".join("| " + " | ".join(row) + " |" for row in (first, ("---",) * len(first), *rest))


def rules(text: str) -> list[str]:
    return [f.rule for f in check(read(text.encode(), "表.md"), ledger(), NOW).findings]


@pytest.mark.parametrize(
    ("heads", "period"),
    [
        (("本期",), "2025H1"), (("上期",), "2024H2"), (("上年同期",), "2024H1"), (("24H1",), "2024H1"), (("2024-H2",), "2024H2"),
        (("2H23",), "2023H2"), (("23年上半年",), "2023H1"), (("下半年", "2023年"), "2023H2"), (("2022", "上半年"), "2022H1"),
        (("上年末",), "2024H2"), (("2022年末",), "2022H2"), (("基期",), "2016"),
    ],
)  # fmt: skip
def test_a_header_gives_the_period_it_means(heads: tuple[str, ...], period: str) -> None:
    assert period_of(heads, NOW, BASE)[0] == Period.parse(period)


@pytest.mark.parametrize(
    ("words", "period"),
    [("本季", "2024Q3"), ("上季", "2024Q2"), ("23Q4", "2023Q4"), ("Q1", "2024Q1"), ("3Q23", "2023Q3")],
)
def test_a_header_of_a_quarterly_report_gives_its_quarter(words: str, period: str) -> None:
    assert period_of((words,), Period.parse("2024Q3"), BASE) == (Period.parse(period),)


def test_what_is_no_period_is_left_as_it_is() -> None:
    assert period_of(("贡献率（%）", "5G基站数", "较上年同期"), NOW, BASE) == ()
    assert written_out("本季节性指数") == "本季节性指数"


def test_columns_of_other_periods_are_right_under_any_form_of_header() -> None:
    values = (at("index", "2025H1"), at("index", "2024H2"), at("index", "2024H1"))
    for heads in (("本期", "上期", "上年同期"), ("25H1", "24H2", "24H1"), ("2025年上半年", "2024年H2", "24年上半年")):
        assert rules(table(("指标", *heads), ("总指数", *values))) == []


def test_a_column_of_another_period_is_wrong_under_the_headers_exchanged() -> None:
    assert at("index", "2024H2") != at("index", "2024H1")
    text = table(
        ("指标", "本期", "上期", "上年同期"),
        ("总指数", at("index", "2025H1"), at("index", "2024H1"), at("index", "2024H2")),
    )
    assert rules(text) == ["wrong-period", "wrong-period"]


def test_a_bare_growth_column_is_of_the_column_left_of_it() -> None:
    heads = ("时间", "总指数", "比上年同期增长（%）", "比上期增长（%）")
    right = ("2024年H1", at("index", "2024H1"), at("yoy", "2024H1"), at("pop", "2024H1"))
    assert rules(table(heads, right)) == []
    assert rules(table(heads, (*right[:2], at("yoy", "2023H1"), right[3]))) == ["wrong-period"]


def test_a_caption_of_moves_is_of_the_column_that_tells_them() -> None:
    """Beside a column of how much it moved, those of bare periods hold what it moved from and to."""
    heads = ("模块", "2024年下半年", "2025年上半年", "提高（点）", "较基期增长（%）")
    levels = (at("index", "2024H2"), at("index", "2025H1"))
    right = ("总指数", *levels, at("index_pop_diff", "2025H1"), at("since_base", "2025H1"))
    caption = "表2　总指数环比变动情况\n\n"
    assert rules(caption + table(heads, right)) == []
    assert rules(caption + table(heads, (*right[:3], at("index_pop_diff", "2024H2"), right[4]))) != []
    assert rules(caption + table(heads, (*right[:4], at("since_base", "2024H2")))) != []
    assert rules(caption + table(heads, (right[0], *levels[::-1], *right[3:]))) == ["wrong-period", "wrong-period"]


@pytest.mark.parametrize(("typed", "found"), [(("index", "2025H1"), []), (("index", "2024H1"), ["wrong-period"])])
def test_a_label_typed_into_a_chart_is_read_by_its_own_words(typed: tuple[str, str], found: list[str]) -> None:
    """The series and category at which it hangs say less than what it says itself."""
    label = f'<c:dLbl><c:idx val="0"/><c:tx>{rich(f"总指数为{at(*typed)}")}</c:tx></c:dLbl>'
    series = ser("创新驱动", ["本期"], {0: at("index", "2025H1")}, extra=f"<c:dLbls>{label}</c:dLbls>")
    file = docx(p(drawing(chart_in("rId9"))), parts={"charts/chart1.xml": ("rId9", "chart", chart_space(series))})
    document = read(file, "图.docx")
    label_at = next(b.number for b in document.blocks if b.chart is not None and b.chart.role == "label")
    assert [f.rule for f in check(document, ledger(), NOW).findings if f.place.block == label_at] == found


def test_a_point_of_a_chart_is_a_figure_and_no_date() -> None:
    """1828.08 could be August 1828, and 2024 a year."""
    series = ser("总指数", ["本期", "上期"], {0: "1828.08", 1: "2024"}, "General")
    file = docx(p(drawing(chart_in("rId9"))), parts={"charts/chart1.xml": ("rId9", "chart", chart_space(series))})
    found = check(read(file, "图.docx"), ledger(), NOW).findings
    assert [(f.rule, f.actual) for f in found] == [("wrong-number", "1828.08"), ("wrong-number", "2024")]


def test_a_caption_is_of_the_table_below_it_and_of_no_other() -> None:
    text = (
        "表1 各模块指数及同比增速（%）\n\n| 模块 | 2025年上半年 | 同比（%） |\n|---|---|---|\n| 创新驱动 | 182.01 | 15.92 |\n\n"
        "进出口情况如下。\n\n| 指标 | 2025年上半年 |\n|---|---|\n| 进出口总额（亿元） | {} |\n"
    )
    names = [v.name for v in checked(text.format("129.05"), "demo", "2025H1").verdicts if v.name != "exempt"]
    assert names == ["verified"] * 3
    names = [v.name for v in checked(text.format("192.05"), "demo", "2025H1").verdicts if v.name != "exempt"]
    assert names == ["verified", "verified", "wrong"]


def test_a_caption_of_several_measures_is_no_measure_of_its_cells() -> None:
    text = "表1 各模块指数及同比增速\n\n| 模块 | 2025年上半年 |\n|---|---|\n| 创新驱动 | {} |\n"
    for shown, name in (("182.01", "verified"), ("128.01", "wrong")):
        (verdict,) = [v for v in checked(text.format(shown), "demo", "2025H1").verdicts if v.name != "exempt"]
        assert verdict.name == name


def test_rows_that_are_numbered_are_read_by_their_names() -> None:
    """创新驱动 169.02, 开放合作 150.04 in 2024H2; the numbers of the rows are none of their figures."""
    heads = ("序号", "模块", "2024年下半年指数", "2024年下半年同比（%）")
    right = table(heads, ("1", "创新驱动", "169.02", "10.09"), ("2", "开放合作", "150.04", "14.40"))
    wrong = table(heads, ("1", "创新驱动", "150.04", "10.09"), ("2", "开放合作", "150.04", "14.04"))
    result = check(read(right.encode(), "表.md"), ledger(), NOW)
    assert [v.mention.text for v in result.verdicts if v.name == "verified"] == ["169.02", "10.09", "150.04", "14.40"]
    assert result.findings == ()
    assert [f.actual for f in check(read(wrong.encode(), "表.md"), ledger(), NOW).findings] == ["150.04", "14.04"]


def test_rows_that_begin_with_their_rank_are_read_by_their_names() -> None:
    """Of 2024H2: 创新驱动 leads by its index, 169.02, before 开放合作, 150.04."""
    caption = "表1 各模块位次（2024年下半年）\n\n"
    heads = ("位次", "模块", "2024年下半年", "同比（%）")
    right = caption + table(heads, ("1", "创新驱动", "169.02", "10.09"), ("2", "开放合作", "150.04", "14.40"))
    wrong = caption + table(heads, ("2", "创新驱动", "169.02", "10.09"), ("1", "开放合作", "155.04", "14.40"))
    period = Period.parse("2024H2")
    result = check(read(right.encode(), "表.md"), ledger(), period)
    assert result.findings == ()
    assert [v.name for v in result.verdicts if v.name != "exempt"] == ["verified"] * 6
    assert [f.actual for f in check(read(wrong.encode(), "表.md"), ledger(), period).findings] == ["2", "1", "155.04"]


def test_a_row_that_says_only_how_something_changed_is_of_the_row_above() -> None:
    periods = ("2024H1", "2024H2", "2025H1")
    level, pop, yoy = (tuple(at(m, p) for p in periods) for m in ("index", "pop", "yoy"))
    head = ("时期", "2024年上半年", "2024年下半年", "2025年上半年")
    right = table(head, ("总指数（点）", *level), ("环比（%）", *pop), ("同比（%）", *yoy))
    assert rules(right) == []
    result = check(read(right.encode(), "表.md"), ledger(), NOW)
    assert [v.fact for v in result.verdicts if v.name == "verified"][-1] == "ZS.yoy@2025H1"
    turned = rules(table(head, ("总指数（点）", *level), ("环比（%）", *yoy), ("同比（%）", *yoy)))
    assert len(turned) == 3
    assert all(rule.startswith("wrong-") for rule in turned)
    # Of another thing than the row above, of which nothing is known.
    other = table(head, ("总指数（点）", *level), ("货运量同比（%）", *yoy))
    assert set(rules(other)) == {"unsupported-number"}


def test_what_a_caption_says_of_brackets_is_said_of_nothing_else() -> None:
    """Of 2024H2: 创新驱动 169.02, a year before 153.52."""
    caption = "表1 各模块指数（括号内为上年同期数）\n\n"
    text = caption + table(("模块", "指数（点）"), ("创新驱动", "169.02（153.52）"))
    period = Period.parse("2024H2")
    assert check(read(text.encode(), "表.md"), ledger(), period).findings == ()
    wrong = caption + table(("模块", "指数（点）"), ("创新驱动", "153.52（169.02）"))
    found = check(read(wrong.encode(), "表.md"), ledger(), period).findings
    assert [(f.rule, f.actual) for f in found] == [("wrong-period", "153.52"), ("wrong-period", "169.02")]


def test_words_and_arrows_in_a_cell_say_which_way_it_moved() -> None:
    """Of 2024H2: 进出口总额占GDP比重 31.57 %, a year before 30.42 %; 民生支出占比 77.04 %, down by 1.83 points, 2.32 %."""
    heads = ("指标", "数值", "较上年同期", "指数同比")
    trade = ("进出口总额占GDP比重", "31.57%")
    spent = ("民生支出占比", "77.04%")
    right = table(heads, (*trade, "提高1.15个百分点", "3.78%"), (*spent, "下降1.83个百分点", "↓2.32%"))
    wrong = table(heads, (*trade, "下降1.15个百分点", "▼3.78%"), (*spent, "提高1.83个百分点", "2.32%↑"))
    period = Period.parse("2024H2")
    result = check(read(right.encode(), "表.md"), ledger(), period)
    assert result.findings == ()
    assert [v.name for v in result.verdicts if v.name != "exempt"] == ["verified"] * 6
    found = check(read(wrong.encode(), "表.md"), ledger(), period).findings
    assert [(f.rule, f.expected) for f in found] == [
        ("wrong-direction", "上升1.15个百分点"),
        ("wrong-direction", "上升3.78%"),
        ("wrong-direction", "下降1.83个百分点"),
        ("wrong-direction", "下降2.32%"),
    ]
