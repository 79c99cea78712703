"""Reading: every number that a person can see is in exactly one block, and nothing that nobody sees."""

from __future__ import annotations

import io
import sys
import time

import pytest
from constructions import HIDDEN, SEEN, UNSEEN, N
from docx_maker import (
    chart_in,
    chart_space,
    comment,
    deleted,
    docx,
    field,
    fld,
    grid,
    ins,
    p,
    part,
    r,
    relationships,
    run,
    sdt,
    ser,
    styled,
    tbl,
    tc,
    text_box,
    tr,
)  # fmt: skip

from narrator.word import bind
from narrator.word.chart_text import shown_as
from narrator.word.document import Block, Document, Paragraph
from narrator.word.read import read

STYLES = part(
    "w:styles",
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr>'
    '<w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/><w:pPr><w:numPr>'
    '<w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="own"><w:name w:val="本局标题"/><w:basedOn w:val="2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="caption"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="loop"><w:name w:val="甲"/><w:basedOn w:val="loop"/></w:style>',
)


def _level(depth: int, kind: str, text: str, style: str = "") -> str:
    link = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = f'<w:start w:val="1"/><w:numFmt w:val="{kind}"/>{link}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}">{inner}</w:lvl>'


NUMBERING = part(
    "w:numbering",
    '<w:abstractNum w:abstractNumId="0">'
    + _level(0, "chineseCountingThousand", "%1、", "1")
    + _level(1, "chineseCountingThousand", "（%2）", "2")
    + _level(2, "decimal", "%3.")
    + "</w:abstractNum>"
    + '<w:abstractNum w:abstractNumId="1">'
    + _level(0, "bullet", "\uf0b7")
    + "</w:abstractNum>"
    + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="2"><w:startOverride w:val="5"/>'
    "</w:lvlOverride></w:num>",
)
WITH_STYLES = {"styles.xml": ("rIdS", "styles", STYLES), "numbering.xml": ("rIdN", "numbering", NUMBERING)}


def texts(document: Document) -> list[str]:
    return [b.text for b in document.blocks]


def only(document: Document) -> Block:
    (block,) = document.blocks
    return block


# --------------------------------------------------------------------------- what is seen


def test_there_is_a_document_for_more_than_the_35_known_ways() -> None:
    assert len(SEEN) >= 60


@pytest.mark.parametrize("name", SEEN)
def test_a_number_is_found_once_wherever_it_stands(name: str) -> None:
    data, where = SEEN[name]
    document = read(data, "报告.docx")
    holding = [b for b in document.blocks if N in b.text]
    assert [b.part for b in holding] == [where]
    assert holding[0].text.count(N) == 1
    assert not holding[0].hidden
    assert "777.77" not in document.text


@pytest.mark.parametrize("name", UNSEEN)
def test_what_nobody_sees_is_not_read(name: str) -> None:
    document = read(UNSEEN[name], "报告.docx")
    assert "777" not in document.text
    assert document.text.count(N) == 1


@pytest.mark.parametrize("name", HIDDEN)
def test_hidden_text_stands_apart_and_is_marked(name: str) -> None:
    document = read(HIDDEN[name], "报告.docx")
    shown = [b.text for b in document.blocks if not b.hidden]
    assert N in shown
    assert [b.text for b in document.blocks if b.hidden] == ["777.77"]
    assert "777" not in "".join(shown)


def test_a_hyphen_that_does_not_break_and_a_tab_are_kept() -> None:
    document = read(docx(p(run("<w:t>1</w:t><w:noBreakHyphen/><w:t>6月</w:t><w:tab/><w:t>5.2</w:t>"))))
    assert texts(document) == ["1\u20116月\t5.2"]


def test_full_width_digits_stay_as_they_are() -> None:
    assert texts(read(docx(p(r("１２８．０８点"))))) == ["１２８．０８点"]


def test_a_fraction_does_not_run_together() -> None:
    math = "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t></m:r></m:den></m:f>"
    block = only(read(docx(p(r("约"), f"<m:oMath>{math}</m:oMath>"))))
    assert block.text == "约1/4"
    assert {s.kind for s in block.spans} == {"math"}


def test_a_page_break_before_a_heading_is_no_text() -> None:
    document = read(docx(p(run('<w:br w:type="page"/>'), r("一、总体")), p(r("甲"), run("<w:br/>"), r("乙"))))
    assert texts(document) == ["一、总体", "甲\n乙"]


def test_adjacent_cells_and_table_texts_never_join() -> None:
    document = read(docx(grid([["12", "8.08"], ["1", "2"]])))
    assert texts(document) == ["12", "8.08", "1", "2"]


def test_a_deleted_mark_before_a_table_joins_nothing() -> None:
    gone = '<w:rPr><w:del w:id="5" w:author="编辑"/></w:rPr>'
    document = read(docx(p(r("12"), properties=gone), grid([["甲"]]), p(r("8.08"))))
    assert texts(document) == ["12", "甲", "8.08"]


# --------------------------------------------------------------------------- structure


def test_blocks_are_numbered_in_reading_order_and_empty_cells_count() -> None:
    document = read(docx(p(r("甲")), p(), grid([["a", ""], ["c", "d"]]), p(r("乙"), text_box(p(r("框"))))))
    assert [(b.number, b.part, b.text) for b in document.blocks] == [
        (1, "body", "甲"), (2, "table", "a"), (3, "table", ""), (4, "table", "c"), (5, "table", "d"),
        (6, "body", "乙"), (7, "textbox", "框"),
    ]  # fmt: skip
    assert document.blocks[6].host == 6


def test_table_cells_know_their_coordinates() -> None:
    table = tbl(
        tr(
            tc(p(r("指标")), properties='<w:vMerge w:val="restart"/>'),
            tc(p(r("2019年")), properties='<w:gridSpan w:val="2"/>'),
            properties='<w:tblHeader/>',
        ),
        tr(tc(p(), properties="<w:vMerge/>"), tc(p(r("指数"))), tc(p(r("同比"))), properties="<w:tblHeader/>"),
        tr(tc(p(r("删"))), tc(p()), tc(p()), properties='<w:del w:id="1" w:author="编辑"/>'),
        tr(tc(p(r("总指数"))), tc(p(r("129.46"))), tc(p(r("12.08")))),
    )  # fmt: skip
    document = read(docx(table))
    found = {b.text: b.cell for b in document.blocks}
    assert all(c is not None and c.table == 1 for c in found.values())
    corner, year, value = found["指标"], found["2019年"], found["12.08"]
    assert corner is not None
    assert year is not None
    assert value is not None
    assert (corner.row, corner.col, corner.row_span, corner.is_header) == (0, 0, 2, True)
    assert (year.row, year.col, year.col_span) == (0, 1, 2)
    assert (value.row, value.col, value.is_header) == (2, 2, False)


def test_the_first_row_is_the_head_where_no_row_says_so() -> None:
    document = read(docx(grid([["甲", "乙"], ["1", "2"]])))
    assert [b.cell.is_header for b in document.blocks if b.cell] == [True, True, False, False]


def test_headings_have_levels_and_automatic_numbers() -> None:
    third = '<w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr>'
    document = read(
        docx(
            styled("1", r("总体")), styled("own", r("质量")), styled("2", r("创新")), p(r("一项"), properties=third),
            p(r("二项"), properties=third), styled("1", r("问题")), styled("2", r("逆")),
            p(r("点"), properties='<w:numPr><w:numId w:val="2"/></w:numPr>'),
            p(r("五"), properties='<w:numPr><w:ilvl w:val="2"/><w:numId w:val="3"/></w:numPr>'),
            p(r("文"), properties='<w:outlineLvl w:val="2"/>'),
            parts=WITH_STYLES,
        )
    )  # fmt: skip
    assert [(b.level, b.label, b.text) for b in document.blocks] == [
        (1, "一、", "总体"), (2, "（一）", "质量"), (2, "（二）", "创新"), (0, "1.", "一项"), (0, "2.", "二项"),
        (1, "二、", "问题"), (2, "（一）", "逆"), (0, "•", "点"), (0, "5.", "五"), (3, "", "文"),
    ]  # fmt: skip


def test_headings_without_styles_are_told_by_their_form() -> None:
    document = read(
        docx(p(r("一、总体情况")), p(r("（二）创新动能")), p(r("一、二、三产业都增长。")), p(r("五升一平")))
    )
    assert [b.level for b in document.blocks] == [1, 2, 0, 0]


def test_captions_and_contents_are_marked() -> None:
    document = read(
        docx(
            p(r("图 2."), field("SEQ 图2 \\* ARABIC", r("1")), r(" 走势")), styled("c", r("表 总指数")),
            p(r("表 3.1 情况")), styled("TOC1", r("一、总体\t3")), p(r("图 2.1 显示，指数上涨。")), parts=WITH_STYLES,
        )
    )  # fmt: skip
    assert [(b.is_caption, b.is_toc) for b in document.blocks] == [
        (True, False), (True, False), (True, False), (False, True), (False, False),
    ]  # fmt: skip
    (number,) = document.blocks[0].fields
    assert (number.start, number.end, number.detail) == (4, 5, "SEQ 图2 \\* ARABIC")


def test_page_numbers_are_field_results_with_their_code() -> None:
    footer = part("w:ftr", p(r("— "), field("PAGE", r("1")), r(" —")))
    document = read(docx(p(r("正文")), parts={"footer1.xml": ("rId5", "footer", footer)}))
    block = document.blocks[1]
    assert (block.part, block.text) == ("footer", "— 1 —")
    assert [(s.start, s.end, s.detail) for s in block.fields] == [(2, 3, "PAGE")]


def test_controls_and_hidden_bookmarks_bind_exact_characters() -> None:
    bound = '<w:bookmarkStart w:id="6" w:name="_nf1_97tj0r_6"/>' + sdt(r("129.") + r("46"), "nf1:97tj0r")
    block = only(read(docx(p(r("指数达"), bound, '<w:bookmarkEnd w:id="6"/>', r("点")))))
    assert [(a.start, a.end, a.tag, a.kind, a.number) for a in block.anchors] == [
        (3, 9, "nf1:97tj0r", "bookmark", 6),
        (3, 9, "nf1:97tj0r", "control", 0),
    ]


def test_a_bound_number_that_is_wholly_deleted_binds_nothing() -> None:
    assert only(read(docx(p(r("达"), sdt(deleted("129.46")))))).anchors == ()


def test_other_bookmarks_lead_to_their_place() -> None:
    marked = '<w:bookmarkStart w:id="1" w:name="_Ref1"/>' + r("图2.1") + '<w:bookmarkEnd w:id="1"/>'
    document = read(docx(p(r("甲")), p(r("见"), marked)))
    place = document.bookmarks["_Ref1"]
    assert (place.part, place.block, place.start, place.end) == ("body", 2, 1, 5)


def test_comments_know_their_characters_over_paragraphs() -> None:
    start, end = '<w:commentRangeStart w:id="0"/>', '<w:commentRangeEnd w:id="0"/>'
    document = read(
        docx(
            p(r("指数达"), start, r("129.46")), p(r("同比"), end, run('<w:commentReference w:id="0"/>'), r("增长")),
            parts={"comments.xml": ("rId5", "comments", part("w:comments", comment(0, "narrate: allow x — 理由")))},
        )
    )  # fmt: skip
    (found,) = document.comments
    assert (found.author, found.text) == ("编辑", "narrate: allow x — 理由")
    assert [(place.block, place.start, place.end) for place in found.places] == [(1, 3, 9), (2, 0, 2)]
    assert document.blocks[2].part == "comment"
    assert document.blocks[2].author == "编辑"


def test_properties_and_ledger_come_with_the_document() -> None:
    ledger = bind.Ledger()
    from narrator.model import Fact, Period

    key = ledger.bind(Fact("ZS.index@2019H1", "ZS", "总指数", "index", Period.parse("2019H1"), 129.4567, "点"))
    ledger.numbers[1] = bind.BoundNumber(1, key, "129.46")
    properties = bind.custom_properties_xml({"narrate.index": "shangyu", "narrate.period": "2019H1"})
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    document = read(
        docx(
            p(r("甲")),
            parts={"../customXml/item1.xml": ("rId7", "customXml", "")},
            raw={
                "customXml/item1.xml": ledger.xml(),
                "docProps/custom.xml": properties,
                "_rels/.rels": relationships(
                    f'<Relationship Id="a" Type="{office}/officeDocument" Target="/word/document.xml"/>',
                    f'<Relationship Id="b" Type="{office}/custom-properties" Target="docProps/custom.xml"/>',
                ),
            },
        )
    )
    assert document.properties == {"narrate.index": "shangyu", "narrate.period": "2019H1"}
    assert document.ledger == {bind.tag(key): ("ZS.index@2019H1", "129.46")}


def test_a_chart_is_read_by_series_and_category() -> None:
    xml = chart_space(
        ser("指数", ["2018年上半年", "2019年上半年"], {0: "115.514", 1: "129.4567"}) + ser(
            "同比", ["2018年上半年", "2019年上半年"], {1: "0.12075"}, "0.00%"),
        title="走势", extra="<c:valAx><c:title><c:tx><c:rich><a:p><a:r><a:t>点</a:t></a:r></a:p></c:rich></c:tx>"
        "</c:title></c:valAx>",
    )  # fmt: skip
    document = read(
        docx(
            p(r("见图。")), p(chart_in("rId5")), p(r("图 2.1 总指数走势")),
            parts={"charts/chart1.xml": ("rId5", "chart", xml)},
        )
    )  # fmt: skip
    (chart,) = document.charts
    assert (chart.title, chart.axes, chart.categories) == ("走势", ("点",), ("2018年上半年", "2019年上半年"))
    assert [(s.name, s.values) for s in chart.series] == [("指数", ("115.51", "129.46")), ("同比", (None, "12.08%"))]
    assert (chart.caption, document.at(chart.caption_block)[0].text) == ("图 2.1 总指数走势", "图 2.1 总指数走势")
    spots = {b.text: b.chart for b in document.blocks if b.part == "chart"}
    value = spots["12.08%"]
    assert value is not None
    assert (value.role, value.series, value.point) == ("value", 1, 1)
    assert len(spots) == 2 + 2 + 2 + 3  # titles, series names, categories once, values


@pytest.mark.parametrize(
    ("raw", "code", "shown"),
    [
        ("129.455", "0.00", "129.46"),
        ("-0.125", "0.0%", "-12.5%"),
        ("1234567.8", "#,##0.0", "1,234,567.8"),
        ("0.1", "General", "0.1"),
        ("128.07999999999998", "General", "128.08"),
        ("43466", 'yyyy"年"m"月"', "2019年1月"),
        ("-5.25", "0.0;(0.0)", "(5.3)"),
        ("12.5", '0.0"点"', "12.5点"),
        ("12.50", "0.##", "12.5"),
        ("1e400", "0.00", "1e400"),
        ("#N/A", "0.00", "#N/A"),
    ],
)
def test_chart_values_are_shown_as_their_format_says(raw: str, code: str, shown: str) -> None:
    assert shown_as(raw, code) == shown


# --------------------------------------------------------------------------- what cannot be read is said


@pytest.mark.parametrize(
    ("body", "raw", "kind"),
    [
        ('<w:altChunk r:id="rId9"/>', {}, "altChunk"),
        (
            p(run('<w:object><v:shape/><o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" r:id="rId8"/></w:object>')),
            {},
            "embedded",
        ),
        (p(chart_in("rId77")), {}, "chart"),
        (p(run('<w:object><w:control r:id="rId8" w:name="TextBox1"/></w:object>')), {}, "control"),
        (p(run(fld("begin")), run("<w:instrText>PAGE</w:instrText>")) + p(r("128.08")), {}, "field"),
        (p(run('<w:footnoteReference w:id="2"/>')), {}, "footnotes"),
        ("", {"word/_rels/document.xml.rels": "<Relationships"}, "relationships"),
    ],
)
def test_what_cannot_be_read_is_a_region(body: str, raw: dict[str, str | bytes], kind: str) -> None:
    document = read(docx(p(r("正文")), body, raw=raw))
    assert kind in {region.kind for region in document.regions}
    assert all(region.message for region in document.regions)
    assert "正文" in texts(document)


def test_a_broken_header_is_a_region_and_the_rest_is_read() -> None:
    document = read(docx(p(r("正文")), parts={"header1.xml": ("rId5", "header", "<w:hdr>")}))
    assert [region.kind for region in document.regions] == ["header"]
    assert texts(document) == ["正文"]


def test_a_document_type_in_an_optional_part_is_not_followed() -> None:
    evil = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + part("w:hdr", p(run("<w:t>&e;</w:t>")))
    document = read(docx(p(r("正文")), parts={"header1.xml": ("rId5", "header", evil)}))
    assert [region.kind for region in document.regions] == ["header"]


# --------------------------------------------------------------------------- Markdown and plain text

MD = """\
---
title: 指数报告（2019年上半年）
---

# 一、总体

上半年**129.46**点，同比[增长](http://a.b/2)12.08%。

| 名称 | 2019年 |
|---|---:|
| 总指数 | 129.46 |

- 项目 `5G` 481 个[^1]
<!-- narrate: allow unsupported-number — 部门提供 -->
另有 3 项。

[^1]: 来自 2018 年鉴。
"""


def md(text: str) -> Document:
    return read(text.encode(), "a.md")


def test_markdown_blocks_are_lines_and_places_are_columns() -> None:
    document = md(MD)
    lines = MD.split("\n")
    for block in document.blocks:
        for start in range(len(block.text)):
            place = block.place(start, start + 1)
            assert lines[place.block - 1][place.start : place.end] == block.text[start]
    by_text = {b.text: b for b in document.blocks}
    assert by_text["一、总体"].level == 1
    assert by_text["一、总体"].number == 5
    assert by_text["上半年129.46点，同比增长12.08%。"].number == 7
    assert by_text["项目 5G 481 个"].number == 13
    assert by_text["来自 2018 年鉴。"].part == "footnote"
    assert document.properties["title"] == "指数报告（2019年上半年）"


def test_markdown_cells_share_a_line_and_keep_coordinates() -> None:
    cells = [(b.number, b.text, b.cell.row, b.cell.col, b.cell.is_header) for b in md(MD).blocks if b.cell]
    assert cells == [
        (9, "名称", 0, 0, True), (9, "2019年", 0, 1, True), (11, "总指数", 1, 0, False), (11, "129.46", 1, 1, False),
    ]  # fmt: skip
    assert {b.part for b in md(MD).blocks if b.cell} == {"table"}


def test_an_allowing_line_lies_on_the_next_text() -> None:
    (found,) = md(MD).comments
    assert found.text == "narrate: allow unsupported-number — 部门提供"
    assert [(q.block, q.start, q.end) for q in found.places] == [(15, 0, 7)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("甲 3 项。<!-- narrate: allow x — y -->\n乙", 1),
        ("narrate: allow x — y\n\n甲", 3),
        ("甲\n\n<!-- narrate: allow x — y -->\n", 1),
    ],
)
def test_an_allowing_line_is_found_in_all_its_forms(text: str, line: int) -> None:
    document = md(text)
    (found,) = document.comments
    assert [q.block for q in found.places] == [line]
    assert "narrate" not in document.text


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("12\\.5 与 3\\*4", "12.5 与 3*4"),
        ("指数*129*点", "指数129点"),
        ("a * b * c", "a * b * c"),
        ("**未闭合 5", "**未闭合 5"),
        ("__129.46__点", "129.46点"),
        ("5&nbsp;% &lt; 6", "5\xa0% < 6"),
        ("<b>12</b>8.08", "128.08"),
        ("<td>1</td><td>2</td>", " 1  2 "),
        ("![图中 128.08](a.png)", "图中 128.08"),
        ("<5% 的企业", "<5% 的企业"),
        ("128.\u200b08", "128.08"),
        ("> 引文 5 项", "引文 5 项"),
        ("1. 第一项", "1. 第一项"),
        ("-5.2%", "-5.2%"),
    ],
)
def test_marks_inside_a_line_are_no_text(text: str, read_as: str) -> None:
    assert texts(md(text)) == [read_as]


def test_code_and_unclosed_comments_are_plain_text() -> None:
    assert texts(md("```\n| 5 | **6** |\n```\n<!-- 7\n8")) == ["| 5 | **6** |", "<!-- 7", "8"]


def test_a_heading_may_be_underlined() -> None:
    assert [(b.text, b.level) for b in md("总体\n====\n\n情况\n---\n文").blocks] == [
        ("总体", 1),
        ("情况", 2),
        ("文", 0),
    ]


WRAPPED = """\
上半年，全区高质量发展指数值达 129.
46 点，相比去年同期上涨 12.08%，其中创新动能
指数稳居首位。
结构优化指数平稳运行。
"""


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_number_cut_by_a_line_break_is_whole_in_its_paragraph(name: str) -> None:
    document = read(WRAPPED.encode(), name)
    first, second = document.paragraphs()
    assert "指数值达 129.46 点，" in first.text
    assert "创新动能指数稳居" in first.text
    assert second.text == "结构优化指数平稳运行。"
    at = first.text.index("129.46")
    assert [(q.block, q.start, q.end) for q in first.places(at, at + 6)] == [(1, 16, 20), (2, 0, 2)]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
     ("绿色生活指数提高\n6.2\n个百分点，位居前列。\n", "6.2个百分点"), ("全年税收增长 7.\n4%；非税收入下降。", "增长 7.4%"),
     ("进出口总额 2 365.1\n亿元，创新高，且远高于上一年的同期水平和全年的预期目标。", "365.1亿元"),
    ],
)  # fmt: skip
def test_a_line_of_any_width_runs_on_where_its_break_parts_a_number(text: str, whole: str) -> None:
    assert any(whole in x.text for x in read(text.encode(), "a.txt").paragraphs())


@pytest.mark.parametrize(
    "text",
    [
     "企业\n1200\n个人所得税\n300", "2019\n亿元", "2.\n8%", "115.51\n122.05\n129.46\n", "指数报告\n上半年，全区高质量发展指数值达 129.46 点，比上年同期上涨百分之十二。\n",
     "总指数 115.51 122.05\n\n129.46",
     "（一）质量效率指数重回暖，工业运行提速换挡再上新台阶\n上半年指数值达 124.23 点"],
)  # fmt: skip
def test_lines_that_are_no_paragraph_stay_apart(text: str) -> None:
    document = read(text.encode(), "a.txt")
    assert [len(x.blocks) for x in document.paragraphs()] == [1] * len(document.blocks)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_usual_encodings_are_read(encoding: str) -> None:
    document = read("指数达１２８．０８点\r\n同比增长".encode(encoding), "a.txt")
    assert [(b.number, b.text) for b in document.blocks] == [(1, "指数达１２８．０８点"), (2, "同比增长")]


def test_standard_input_is_read_by_its_content(monkeypatch: pytest.MonkeyPatch) -> None:
    for data, kind in ((docx(p(r("甲"))), "docx"), ("甲".encode(), "md")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert read("-").kind == kind


def test_paragraphs_of_a_word_file_are_its_blocks() -> None:
    document = read(docx(p(r("甲")), p(r("乙"))))
    assert [x.text for x in document.paragraphs()] == ["甲", "乙"]


def test_latin_words_are_parted_where_lines_join() -> None:
    blocks = (Block(1, "body", "one", joins_next=True), Block(2, "body", "two"))
    assert Paragraph(blocks).text == "one two"


def test_locate_leads_back_to_the_runs() -> None:
    document = read(docx(p(r("达12"), ins(r("8.08")), r("点"))))
    hits = document.locate(1, 1, 7)
    assert [s.text[a:b] for s, a, b in hits] == ["12", "8.08"]
    assert document.locate(9, 0, 1) == []


# --------------------------------------------------------------------------- speed


def _large(paragraphs: int) -> bytes:
    """Four numbers a paragraph, half of them bound as a draft binds them."""
    bound = '<w:bookmarkStart w:id="6" w:name="_nf1_97tj0r_6"/>' + sdt(r("129.46")) + '<w:bookmarkEnd w:id="6"/>'
    once = p(r("指数值达"), bound, r("点，同比增长12.08%，比上期的122.05点增长"), bound, r("%。"))
    return docx(once * paragraphs)


def test_reading_costs_little_more_than_python_docx_and_loses_nothing() -> None:
    """Measured: 0.7 to 1.0 times; the limit leaves room for a busy machine."""
    import docx as python_docx

    data = _large(2500)
    ours, theirs = [], []
    for _ in range(3):
        started = time.perf_counter()
        document = read(data)
        ours.append(time.perf_counter() - started)
        started = time.perf_counter()
        plain = "\n".join(paragraph.text for paragraph in python_docx.Document(io.BytesIO(data)).paragraphs)
        theirs.append(time.perf_counter() - started)
    assert document.text.count("129.46") == 5000
    assert plain.count("129.46") == 0  # what it reads is quick for what it leaves out
    assert min(ours) < 2 * min(theirs)


def test_reading_time_grows_with_the_length_and_not_faster() -> None:
    times = []
    for size in (1000, 4000):
        data = _large(size)
        started = time.perf_counter()
        read(data)
        times.append(time.perf_counter() - started)
    assert times[1] < 8 * times[0]


@pytest.mark.parametrize("bullet", ["·", "• ", "●", "■", "- "])
def test_each_line_with_a_bullet_is_a_paragraph_of_its_own(bullet: str) -> None:
    text = f"{bullet}经济活力：105.00点\n{bullet}生态宜居：115.20点\n"
    blocks = read(text.encode(), "要点.md").blocks
    assert [(b.text, b.style) for b in blocks] == [("经济活力：105.00点", "list"), ("生态宜居：115.20点", "list")]
