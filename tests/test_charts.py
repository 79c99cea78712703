"""narrator.word.charts: chart parts and their workbooks, read back by python-pptx and openpyxl."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree

from narrator.model import Chart, ChartKind, Series
from narrator.word.charts import KINDS, chart_xml, describe, picture, workbook

D = Decimal
ALL: tuple[ChartKind, ...] = ("line", "column", "bar", "stacked", "doughnut")
NAMES = ("质量效益", "创新活力", "结构调整")


def chart(kind: ChartKind, series: int = 1, unit: str = "点", names: tuple[str, ...] = NAMES) -> Chart:
    each = tuple(Series(f"系列{s}", (None,) * len(names)) for s in range(series))
    return Chart(kind, names, each, unit)


def drawn(kind: ChartKind, values: list[list[Decimal | None]], **options: Any) -> etree._Element:
    return etree.fromstring(chart_xml(picture(chart(kind, len(values), **options), values), "rId1").encode())


def values_of(root: etree._Element, path: str) -> list[str]:
    return [e.get("val") for e in root.iterfind(f".//{{*}}{path}")]


ROW: list[Decimal | None] = [D("111.96"), D("151.07"), D("104.20")]


@pytest.mark.parametrize("kind", ALL)
def test_python_pptx_reads_categories_series_and_values(kind: ChartKind) -> None:
    from pptx.chart.chart import Chart as Reader
    from pptx.oxml import parse_xml

    xml = chart_xml(picture(chart(kind), [ROW]), "rId1").encode()
    plot = Reader(parse_xml(xml), None).plots[0]
    assert tuple(plot.categories) == NAMES
    assert [(s.name, tuple(s.values)) for s in plot.series] == [("系列0", (111.96, 151.07, 104.2))]


@pytest.mark.parametrize("kind", ALL)
def test_the_cache_shows_printed_digits_and_the_workbook_holds_them(kind: ChartKind) -> None:
    import openpyxl

    p = picture(chart(kind), [ROW])
    root = etree.fromstring(chart_xml(p, "rId1").encode())
    assert [e.text for e in root.iterfind(".//{*}val//{*}v")] == ["111.96", "151.07", "104.20"]
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(p)))["Sheet1"]
    assert list(sheet.values) == [
        (None, "系列0"), ("质量效益", 111.96), ("创新活力", 151.07), ("结构调整", 104.2),
    ]  # fmt: skip
    assert [e.text for e in root.iterfind(".//{*}f")] == ["Sheet1!$B$1", "Sheet1!$A$2:$A$4", "Sheet1!$B$2:$B$4"]
    assert sheet["B2"].number_format == "0.00"


@pytest.mark.parametrize("kind", ALL)
def test_every_font_has_an_east_asian_face_and_corners_are_square(kind: ChartKind) -> None:
    root = drawn(kind, [ROW])
    latin = list(root.iter("{*}latin"))
    assert latin
    assert all(e.getnext() is not None and etree.QName(e.getnext()).localname == "ea" for e in latin)
    assert values_of(root, "roundedCorners") == ["0"]
    assert values_of(root, "lang") == ["zh-CN"]
    last = root[-1]
    assert etree.QName(last).localname == "externalData"
    assert values_of(last, "autoUpdate") == ["0"]


@pytest.mark.parametrize("kind", ["column", "bar", "stacked"])
def test_the_length_of_a_column_starts_at_zero(kind: ChartKind) -> None:
    root = drawn(kind, [ROW])
    assert values_of(root, "min") == ["0"]
    assert float(values_of(root, "max")[0]) > 151.07


def test_a_line_has_room_and_does_not_start_at_zero() -> None:
    root = drawn("line", [ROW])
    low, high = float(values_of(root, "min")[0]), float(values_of(root, "max")[0])
    assert 60 < low < 104.2
    assert 151.07 < high < 200


def test_a_column_below_zero_is_inside_the_axis_and_names_stand_at_the_edge() -> None:
    root = drawn("column", [[D("8.06"), D("-1.18"), D("0.00")]], unit="%")
    assert float(values_of(root, "min")[0]) < -1.18
    assert values_of(root, "tickLblPos") == ["low", "nextTo"]


def test_a_horizontal_chart_reads_from_the_top_with_its_values_at_the_bottom() -> None:
    root = drawn("bar", [ROW])
    assert values_of(root, "orientation") == ["maxMin", "minMax"]
    assert values_of(root, "crosses") == ["autoZero", "max"]
    assert values_of(root, "barDir") == ["bar"]


def test_axis_ids_are_positive_and_match() -> None:
    for kind in ("line", "column", "bar", "stacked"):
        root = drawn(kind, [ROW])
        ids = values_of(root, "axId")
        assert all(int(i) > 0 for i in ids)
        assert sorted(set(ids)) == sorted(values_of(root, "crossAx"))


def test_a_legend_stands_below_where_there_is_more_than_one_thing_to_tell_apart() -> None:
    assert values_of(drawn("line", [ROW]), "legendPos") == []
    assert values_of(drawn("line", [ROW, ROW]), "legendPos") == ["b"]
    assert values_of(drawn("doughnut", [ROW]), "legendPos") == ["b"]


def test_the_unit_is_named_where_there_is_one() -> None:
    def titles(unit: str) -> list[str | None]:
        return [e.text for e in drawn("column", [ROW], unit=unit).iter("{*}t")]

    assert titles("点") == ["单位：点"]
    assert titles("") == []


def test_a_gap_stays_a_gap() -> None:
    root = drawn("line", [[D("1.00"), None, D("3.00")]])
    assert [e.get("idx") for e in root.iterfind(".//{*}val//{*}pt")] == ["0", "2"]
    assert values_of(root, "dispBlanksAs") == ["gap"]


def test_a_ring_with_a_negative_share_becomes_bars() -> None:
    root = drawn("doughnut", [[D("60.00"), D("-10.00"), D("50.00")]], unit="%")
    assert root.find(".//{*}doughnutChart") is None
    assert root.find(".//{*}barChart") is not None


def test_a_sliver_of_a_ring_has_no_label() -> None:
    root = drawn("doughnut", [[D("60.00"), D("0.72"), D("39.28")]], unit="%")
    assert [e.getparent().find("{*}idx").get("val") for e in root.iterfind(".//{*}dLbl/{*}delete")] == ["1"]


def test_names_and_units_with_markup_are_escaped() -> None:
    root = drawn("column", [[D(1), D(2)]], unit="<&>", names=('A & "B"', "<c>"))
    assert [e.text for e in root.iterfind(".//{*}cat//{*}v")] == ['A & "B"', "<c>"]
    assert "单位：<&>" in [e.text for e in root.iter("{*}t")]


def test_the_workbook_has_no_clock() -> None:
    p = picture(chart("column"), [ROW])
    assert workbook(p) == workbook(p)


def test_a_chart_with_many_rows_grows_but_fits_a_page() -> None:
    rows = tuple(f"指标{i}" for i in range(60))
    few, many = picture(chart("bar"), [ROW]), picture(chart("bar", names=rows), [[D(1)] * 60])
    assert few.height < many.height <= 200


def test_a_chart_of_three_columns_is_lower_than_one_of_six() -> None:
    few, many = picture(chart("column"), [ROW]), picture(chart("column", names=NAMES * 2), [ROW * 2])
    assert 50 <= few.height < many.height < 75


def test_spreadsheet_columns_go_on_after_z() -> None:
    root = drawn("line", [ROW] * 27)
    assert [e.text for e in root.iterfind(".//{*}tx//{*}f")][23:] == [
        "Sheet1!$Y$1", "Sheet1!$Z$1", "Sheet1!$AA$1", "Sheet1!$AB$1",
    ]  # fmt: skip


def test_tiny_and_huge_values_are_cached_without_exponents() -> None:
    root = drawn("column", [[D("0E-7"), D("1E+3"), D("0.0000001")]])
    assert [e.text for e in root.iterfind(".//{*}val//{*}v")] == ["0.0000000", "1000", "0.0000001"]


def test_one_label_of_its_own_says_all_that_the_others_say() -> None:
    root = drawn("line", [[D("120.00"), D("130.00")], [D("110.00"), D("140.00")]], names=("甲", "乙"))
    labels = root.findall(".//{*}dLbl")
    assert [e.get("val") for label in labels for e in label.iterfind("{*}dLblPos")] == ["b", "b"]
    assert all(label.find("{*}numFmt").get("formatCode") == "0.00" for label in labels)
    assert all(label.find(".//{*}defRPr").get("sz") == "900" for label in labels)


@pytest.mark.parametrize("kind", ALL)
def test_alt_text_says_what_the_chart_is(kind: ChartKind) -> None:
    words = describe(picture(chart(kind), [ROW]), "六大模块指数")
    assert words == f"{KINDS[kind]}；六大模块指数；系列：系列0；类别：质量效益、创新活力、结构调整"


@pytest.mark.parametrize("kind", ["line", "column"])
def test_many_periods_are_broken_after_the_year_in_chart_and_workbook_but_not_in_words(kind: ChartKind) -> None:
    import openpyxl

    names = tuple(f"{year}年{half}半年" for year in range(2016, 2020) for half in "上下")
    values: list[Decimal | None] = [D("100.00") + n for n in range(8)]
    p = picture(chart(kind, names=names), [values])
    root = etree.fromstring(chart_xml(p, "rId1").encode())
    broken = [name.replace("年", "年\n", 1) for name in names]
    assert [e.text for e in root.iterfind(".//{*}cat//{*}v")] == broken
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(p)))["Sheet1"]
    assert [row[0] for row in list(sheet.values)[1:]] == broken
    assert "2016年上半年、2016年下半年" in describe(p, "走势")
