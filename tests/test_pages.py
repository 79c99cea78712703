"""narrator.word.pages, captions and headings: where things stand and what they are called."""

from __future__ import annotations

import pytest
from lxml import etree

from narrator.errors import DocumentError
from narrator.model import Block, Chart, Draft, Figure, Heading, Period, Table
from narrator.word.captions import labels
from narrator.word.headings import HeadingNumbers, heading_numbers
from narrator.word.pages import BODY_LINE, Flow, PageSize, lines, width
from narrator.word.xml import W


def figure(key: str) -> Figure:
    return Figure(key, "", Chart("line", (), ()))


def named(*blocks: Block) -> dict[str, str]:
    return {k: str(v) for k, v in labels(Draft("d", Period(2019), "", blocks)).items()}


def test_latin_characters_are_half_as_wide_as_chinese_ones() -> None:
    assert width("同比12.08%") == 2 + 6 * 0.5


def test_twenty_eight_characters_fill_a_line() -> None:
    room = PageSize().width
    assert [lines("字" * n, 15.75, room) for n in (0, 1, 28, 29, 56, 57)] == [1, 1, 1, 2, 2, 3]
    assert lines("字" * 27, 15.75, room, indent=2) == 2
    assert lines("字\n字", 15.75, room) == 2


def test_twenty_two_lines_fill_a_page() -> None:
    flow = Flow(PageSize())
    assert [flow.text(1, BODY_LINE) for _ in range(23)] == [1] * 22 + [2]


def test_a_heading_at_the_foot_of_a_page_goes_with_its_text() -> None:
    flow = Flow(PageSize())
    flow.text(20, BODY_LINE)
    flow.heading(BODY_LINE)
    flow.heading(BODY_LINE)
    assert flow.text(1, BODY_LINE) == 2
    flow.heading(BODY_LINE)
    assert flow.heading_pages() == [2, 2, 2]


def test_a_chart_does_not_split() -> None:
    flow = Flow(PageSize())
    flow.text(15, BODY_LINE)
    assert flow.whole(250) == 2


def test_a_long_table_runs_over_pages_and_repeats_its_header() -> None:
    flow = Flow(PageSize())
    flow.table(26, [20.0] * 70, 0, whole=False)  # 30 rows a page, from the second on 29 without the header
    assert flow.page == 3


def test_captions_count_in_their_chapter_and_figures_apart_from_tables() -> None:
    found = named(
        figure("a"), Heading(1, ""), figure("b"), Table("t", "", ("x",), ()), Heading(2, ""), figure("c"),
        Heading(1, ""), figure("d"),
    )  # fmt: skip
    assert found == {"a": "图1.1", "b": "图1.2", "t": "表1.1", "c": "图1.3", "d": "图2.1"}


def test_two_figures_of_one_key_are_refused() -> None:
    with pytest.raises(DocumentError, match="fig:x"):
        named(figure("fig:x"), figure("fig:x"))


def test_headings_count_under_their_parent() -> None:
    numbers = HeadingNumbers({1: "decimal", 2: "decimal"}, {1: "第%1章 ", 2: "%1.%2 "})
    assert [numbers.next(level) for level in (1, 2, 2, 1, 2, 3)] == ["第1章 ", "1.1 ", "1.2 ", "第2章 ", "2.1 ", ""]


def test_numbering_is_found_through_the_style_that_a_style_is_based_on() -> None:
    styles = etree.fromstring(
        f'<w:styles xmlns:w="{W}"><w:style w:styleId="B"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>'
        '</w:style><w:style w:styleId="H"><w:basedOn w:val="B"/></w:style><w:style w:styleId="N"><w:pPr><w:numPr>'
        '<w:numId w:val="0"/></w:numPr></w:pPr></w:style></w:styles>'
    )
    numbering = etree.fromstring(
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0"><w:numFmt '
        'w:val="japaneseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="9"/></w:num></w:numbering>'
    )
    numbers = heading_numbers(styles, numbering, ["H", "N", "gone", "gone"])
    assert [numbers.next(level) for level in (1, 2, 1)] == ["一、", "", "二、"]
    assert heading_numbers(styles, None, ["H"]).next(1) == ""
