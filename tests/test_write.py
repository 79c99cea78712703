"""narrator.word.write: a draft with every kind of block as a Word file, read back by other programs."""

from __future__ import annotations

import dataclasses
import io
import re
import shutil
import subprocess
import sys
import warnings
import zipfile
from pathlib import Path

import pytest
import word_sample as sample
from lxml import etree

from narrator.errors import DocumentError
from narrator.model import (
    SLOT,
    Chart,
    Draft,
    Figure,
    Heading,
    Paragraph,
    Period,
    Series,
    Table,
)
from narrator.numerals import printed
from narrator.word.bind import (
    key_of_bookmark,
    key_of_tag,
    read_custom_properties,
    read_ledger,
    reference_bookmark,
)
from narrator.word.lint import lint
from narrator.word.write import write
from narrator.word.xml import MC, NS, W, wq

FACTS = sample.facts()


@pytest.fixture(scope="module")
def data() -> bytes:
    return write(sample.draft(), FACTS.__getitem__, properties={"narrate.seed": "7"})


@pytest.fixture(scope="module")
def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def body(parts: dict[str, bytes]) -> etree._Element:
    return etree.fromstring(parts["word/document.xml"])[0]


def body_of(*blocks: object) -> etree._Element:
    data = write(Draft("demo", Period.parse("2019H1"), "题", blocks), FACTS.__getitem__)  # type: ignore[arg-type]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))[0]


def text(element: etree._Element) -> str:
    return "".join(t.text or "" for t in element.iter(wq("t")))


def styled(body: etree._Element, style: str) -> list[etree._Element]:
    return [p for p in body.iter(wq("p")) if p.find(f"w:pPr/w:pStyle[@w:val='{style}']", NS) is not None]


def controls(element: etree._Element) -> list[etree._Element]:
    return [s for s in element.iter(wq("sdt")) if s.find("w:sdtPr/w:tag", NS) is not None]


# --------------------------------------------------------------------------- numbers


def texts_of(draft: Draft) -> list[str]:
    """Every text of a draft in reading order: what may hold a slot."""
    found: list[str] = [draft.title]
    for block in draft.blocks:
        if isinstance(block, Heading | Paragraph):
            found.append(block.text)
        elif isinstance(block, Figure):
            found.append(block.caption)
        else:
            found += [block.caption, *block.header, *(c for row in block.rows for c in row), block.note]
    return found


def test_every_slot_of_the_draft_is_a_control_that_shows_its_fact(
    body: etree._Element, parts: dict[str, bytes]
) -> None:
    slots = [m for t in texts_of(sample.draft()) for m in SLOT.finditer(t) if not m["ref"]]
    assert len(slots) > 50
    ledger = read_ledger(parts["customXml/item1.xml"])
    assert ledger is not None
    found = controls(body)
    assert len(found) == len(slots)
    for slot, control in zip(slots, found, strict=True):
        fact = FACTS[slot["id"]]
        assert text(control) == printed(fact, slot["form"]).number
        key = key_of_tag(control.find("w:sdtPr/w:tag", NS).get(wq("val")))
        assert key is not None
        assert ledger.facts[key].id == fact.id
        assert ledger.facts[key].value == fact.value
        start = control.getprevious()
        assert start.tag == wq("bookmarkStart")
        assert control.getnext().tag == wq("bookmarkEnd")
        assert control.getnext().get(wq("id")) == start.get(wq("id"))
        bound = key_of_bookmark(start.get(wq("name")))
        assert bound is not None
        assert bound[0] == key
        entry = ledger.numbers[bound[1]]
        assert (entry.key, entry.text, entry.form) == (key, text(control), slot["form"] or "")


def test_a_percent_sign_is_bound_with_its_number_and_a_unit_in_words_is_not() -> None:
    paragraph = styled(
        body_of(Paragraph("为[[ZS.index@2019H1]]，降[[JG.pop@2019H1]]、[[JY.pop_diff@2019H1]]。")), "Body"
    )[0]
    assert text(paragraph) == "为125.13点，降1.18%、0.61个百分点。"
    assert [text(c) for c in controls(paragraph)] == ["125.13", "1.18%", "0.61"]


def test_a_bare_slot_shows_the_signed_number_alone(body: etree._Element) -> None:
    table = body.findall("w:tbl", NS)[0]
    row = [text(cell) for cell in table.findall("w:tr", NS)[4].findall("w:tc", NS)]
    assert row == ["结构调整", "103.71", "104.26", "0.53", "-1.18"]


def test_controls_are_hidden_unlocked_and_never_data_bound(body: etree._Element) -> None:
    for control in controls(body):
        properties = control.find("w:sdtPr", NS)
        assert properties.find("w15:appearance", NS) is not None
        for forbidden in ("lock", "dataBinding", "text"):
            assert properties.find(f"w:{forbidden}", NS) is None


def test_chart_points_are_in_the_ledger_as_the_chart_shows_them(parts: dict[str, bytes]) -> None:
    ledger = read_ledger(parts["customXml/item1.xml"])
    assert ledger is not None
    figures = [b for b in sample.blocks() if isinstance(b, Figure)]
    assert [c.key for c in ledger.charts] == [f.key for f in figures]
    for bound, figure in zip(ledger.charts, figures, strict=True):
        xml = etree.fromstring(parts[bound.part])
        for s, (series, drawn) in enumerate(zip(bound.series, xml.iter("{*}ser"), strict=True)):
            ids = [ledger.facts[p[0]].id if p else None for p in series.points]
            assert tuple(ids) == figure.chart.series[s].facts
            cached = [v.text for v in drawn.iterfind("{*}val//{*}v")]
            assert cached == [p[1] for p in series.points if p]


# --------------------------------------------------------------------------- structure


def test_headings_have_real_styles_and_no_typed_number(body: etree._Element) -> None:
    for level in (1, 2, 3, 4):
        wanted = [b.text for b in sample.blocks() if isinstance(b, Heading) and b.level == level]
        assert [text(p) for p in styled(body, f"Heading{level}")] == wanted


def test_the_contents_list_three_levels_with_the_numbers_that_word_will_show(body: etree._Element) -> None:
    lines = [text(p) for level in (1, 2, 3) for p in styled(body, f"TOC{level}")]
    shown = {re.sub(r"\d+$", "", line) for line in lines}
    assert {"二、总指数继续上行", "（一）创新活力创新高，领跑六大模块", "（二）对策建议", "1.稳住就业基本盘"} <= shown
    assert not any("结构性矛盾" in line for line in lines)
    code = "".join(e.text or "" for e in body.iter(wq("instrText")))
    assert r'TOC \o "1-3" \h \z \u' in code
    pages = [int(re.search(r"\d+$", text(p))[0]) for p in body.iter(wq("p")) if p.find("w:hyperlink", NS) is not None]  # type: ignore[index]
    assert pages == sorted(pages)
    assert pages[0] == 2
    assert pages[-1] >= 6


def test_contents_of_more_than_a_page_leave_the_third_level_out() -> None:
    def lines_of(subsections: int) -> tuple[str, list[str]]:
        chapters = [
            b for c in range(4)
            for b in (Heading(1, f"章{c}"), Heading(2, "节"), *(Heading(3, f"目{i}") for i in range(subsections)))
        ]  # fmt: skip
        body = body_of(*chapters, Paragraph("文。"))
        code = next(e.text for e in body.iter(wq("instrText")) if "TOC" in (e.text or ""))
        return code, [text(p) for level in (1, 2, 3) for p in styled(body, f"TOC{level}")]

    code, lines = lines_of(2)
    assert (r'"1-3"' in code, len([t for t in lines if t])) == (True, 16)
    code, lines = lines_of(5)
    assert (r'"1-2"' in code, len([t for t in lines if t])) == (True, 8)
    assert not any("目" in line for line in lines)


def test_references_are_fields_to_the_caption_they_name(body: etree._Element) -> None:
    names = {e.get(wq("name")): e for e in body.iter(wq("bookmarkStart"))}
    for key, label in (("fig:total", "图2.1"), ("tab:modules", "表2.1"), ("fig:pull", "图2.3"), ("fig:cx", "图3.1")):
        name = reference_bookmark(key)
        caption = names[name].getparent()
        assert text(caption).startswith(label + "　")
        assert f" REF {name} \\h " in [e.text for e in body.iter(wq("instrText"))]
    first = next(p for p in styled(body, "Body") if "同比增长" in text(p))
    assert "（见图2.1）。分模块看（表2.1）" in text(first)


def test_captions_count_by_a_sequence_of_their_chapter(body: etree._Element) -> None:
    captions = styled(body, "Caption")
    codes = ["".join(e.text or "" for e in p.iter(wq("instrText"))).strip() for p in captions]
    assert codes[0] == r"SEQ 图2 \* ARABIC"
    wanted = "图2.1 表2.1 图2.2 图2.3 图3.1 图3.2 图3.3 图3.4 表3.1 表4.1"
    assert [text(p)[:4] for p in captions] == wanted.split()
    assert "同比增长19.71%" in text(captions[4])
    assert [text(c) for c in controls(captions[4])] == ["19.71%"]


def test_a_figure_stands_above_its_caption_and_a_table_below(body: etree._Element) -> None:
    for caption in styled(body, "Caption"):
        if text(caption).startswith("图"):
            assert caption.getprevious().find(".//w:drawing", NS) is not None
        else:
            assert caption.getnext().tag == wq("tbl")


def test_tables_repeat_their_header_and_fit_the_page(body: etree._Element) -> None:
    for table in body.findall("w:tbl", NS):
        rows = table.findall("w:tr", NS)
        assert rows[0].find("w:trPr/w:tblHeader", NS) is not None
        assert all(r.find("w:trPr/w:cantSplit", NS) is not None for r in rows)
        widths = [int(c.get(wq("w"))) for c in table.findall("w:tblGrid/w:gridCol", NS)]
        assert sum(widths) <= 8844
        assert min(widths) > 600


def test_notes_and_sources_have_their_style(body: etree._Element) -> None:
    lines = [text(p) for p in styled(body, "Source")]
    assert lines == ["注：以2016年为基期，基期指数为100点；总指数同比11.39%。", "数据来源：区统计局。"]


def test_a_table_at_the_end_is_followed_by_a_paragraph(body: etree._Element) -> None:
    assert body[-1].tag == wq("sectPr")
    assert body[-2].tag == wq("p")
    assert body[-3].tag == wq("tbl")


def test_a_very_wide_table_still_fits() -> None:
    wide = Table("t", "宽表", tuple(f"很长的指标名称之{i}（%）" for i in range(14)), (tuple("1" * 14),))
    grid = body_of(wide).findall(".//w:gridCol", NS)
    assert len(grid) == 14
    assert sum(int(c.get(wq("w"))) for c in grid) <= 8844


def test_long_names_wrap_before_periods_do() -> None:
    name = "居民人均消费支出占居民人均可支配收入比重与上年同期相比（%）"
    table = Table("t", "表", ("指标名称", "2018年上半年", "2019年上半年"), ((name, "51.75", "51.86"),))
    widths = [int(c.get(wq("w"))) for c in body_of(table).findall(".//w:gridCol", NS)]
    assert sum(widths) <= 8844
    header = 20 * (10.8 + 12 * (2 + 4 + 0.25))  # twips: padding, half-width digits, characters, a joint
    assert min(widths[1:]) >= header
    assert widths[0] > widths[1] == widths[2]


def test_charts_have_alt_text_in_chinese_without_values(body: etree._Element) -> None:
    texts = [e.get("descr") for e in body.iter("{*}docPr")]
    assert texts[0].startswith("折线图；总指数走势；系列：总指数；类别：2016年、")
    assert not any(re.search(r"\d\.\d", t) for t in texts)


def test_a_long_title_breaks_before_its_bracket(body: etree._Element) -> None:
    (title,) = styled(body, "Title")
    assert [[c.tag for c in r if c.tag != wq("rPr")] for r in title.iter(wq("r"))] == [[wq("t"), wq("br"), wq("t")]]
    assert text(title) == sample.draft().title


def test_characters_that_xml_cannot_hold_do_not_break_the_file() -> None:
    (paragraph,) = styled(body_of(Paragraph('甲\x0b乙\x00丙 <丁> & "戊"\n己')), "Body")
    assert text(paragraph) == '甲乙丙 <丁> & "戊"己'
    assert len(list(paragraph.iter(wq("br")))) == 2


def test_a_space_between_two_numbers_stays() -> None:
    (paragraph,) = styled(body_of(Paragraph("[[ZS.yoy@2019H1]] [[ZS.pop@2019H1]]")), "Body")
    assert text(paragraph) == "11.39% 5.23%"


def test_names_that_a_file_cannot_hold_as_they_are_still_give_one() -> None:
    figure = Figure("f", "图\x00", Chart("line", ("甲\x07",), (Series("乙\x1b", ("ZS.index@2019H1",)),), "点\x00"))
    draft = Draft("demo", Period.parse("2019H1"), "长\x00" * 300, (figure,))
    with zipfile.ZipFile(io.BytesIO(write(draft, FACTS.__getitem__))) as archive:
        chart = etree.fromstring(archive.read("word/charts/chart1.xml"))
        core = etree.fromstring(archive.read("docProps/core.xml"))
    assert [e.text for e in chart.iter("{*}v")] == ["乙", "甲", "125.13"]
    assert core.findtext("{*}title") == "长" * 255


def test_a_draft_without_headings_has_no_contents() -> None:
    body = body_of(Paragraph("只有一段。"))
    assert "TOC" not in "".join(e.text or "" for e in body.iter(wq("instrText")))
    assert not list(body.iter(wq("pageBreakBefore")))


def test_odd_and_even_footers_hold_the_page_number(parts: dict[str, bytes]) -> None:
    assert b"evenAndOddHeaders" in parts["word/settings.xml"]
    for name, side in (("word/footer1.xml", "right"), ("word/footer2.xml", "left")):
        root = etree.fromstring(parts[name])
        assert text(root) == "— 1 —"
        assert root.find(".//w:jc", NS).get(wq("val")) == side


# --------------------------------------------------------------------------- the file


def test_the_publisher_is_author_and_company_and_no_custom_property() -> None:
    import docx

    data = write(sample.draft(), FACTS.__getitem__, properties={"publisher": "某区统计局 <综合&核算>"})
    assert docx.Document(io.BytesIO(data)).core_properties.author == "某区统计局 <综合&核算>"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        app = etree.fromstring(archive.read("docProps/app.xml"))
        assert app.findtext("{*}Company") == "某区统计局 <综合&核算>"
        assert "publisher" not in read_custom_properties(archive.read("docProps/custom.xml"))
    assert not lint(data)


def test_properties_name_index_period_digest_and_writer(parts: dict[str, bytes]) -> None:
    assert read_custom_properties(parts["docProps/custom.xml"]) == {
        "narrate.index": "demo",
        "narrate.period": "2019H1",
        "narrate.digest": "d1g357",
        "narrate.writer": "offline",
        "narrate.seed": "7",
    }
    assert b"2019-06-30T00:00:00Z" in parts["docProps/core.xml"]


def test_the_same_draft_gives_the_same_bytes_in_another_process(data: bytes) -> None:
    code = (
        "import sys, hashlib, word_sample as s; from narrator.word.write import write; "
        "d = write(s.draft(), s.facts().__getitem__, properties={'narrate.seed': '7'}); "
        "print(hashlib.sha256(d).hexdigest())"
    )
    import hashlib

    out = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parent,
        env={"PYTHONHASHSEED": "5", "TZ": "Asia/Shanghai", "PYTHONPATH": str(Path(__file__).parents[1])},
    )  # fmt: skip
    assert out.stdout.strip() == hashlib.sha256(data).hexdigest()


def test_writing_imports_no_table_library() -> None:
    code = "import sys, narrator.word.write; print(sorted({'pandas', 'numpy', 'openpyxl'} & set(sys.modules)))"
    env = {"PYTHONPATH": str(Path(__file__).parents[1])}
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
    assert out.stdout.strip() == "[]"


def test_validators_and_lints_find_nothing(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "sample.docx"
    path.write_bytes(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # theirs, not ours
        from ooxml_integrity import check
        from openxml_audit import OpenXmlValidator

        result = OpenXmlValidator().validate(str(path))
        findings = list(check(str(path)))
    assert [str(e) for e in result.errors] == []
    assert [str(f) for f in findings] == []
    assert lint(data) == []


def test_python_docx_reads_the_structure(data: bytes) -> None:
    import docx

    document = docx.Document(io.BytesIO(data))
    headings = [(p.style.name, p.text) for p in document.paragraphs if p.style and p.style.name.startswith("Heading")]
    wanted = [(f"Heading {b.level}", b.text) for b in sample.blocks() if isinstance(b, Heading)]
    assert headings == wanted
    assert len(document.tables) == 3
    section = document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(m.mm) for m in margins if m is not None] == [37, 35, 28, 26]


# --------------------------------------------------------------------------- what cannot be set


@pytest.mark.parametrize(
    ("block", "words"),
    [
        (Paragraph("见[[@fig:none]]。"), "fig:none"),
        (Paragraph("增长[[ZS.yoy@2019H1|loud]]。"), "没有填上"),
        (Paragraph("增长]]。"), "没有填上"),
        (Paragraph("为[[NA.index@2019H1]]。"), "NA.index@2019H1"),
        (Table("t", "表", ("甲", "乙"), (("1",),)), "格数"),
        (Heading(5, "深"), "级别"),
        (Figure("f", "图", Chart("line", ("甲", "乙"), (Series("一", ("ZS.index@2019H1",)),))), "类别"),
        (Figure("f", "图", Chart("line", ("甲",), (Series("一", (None,)),))), "没有一个值"),
        (Figure("f", "图", Chart("line", ("甲",), (Series("一", ("NA.index@2019H1",)),))), "没有数值"),
        (Figure("fig:total", "图", sample.chart("line", ("ZS",), ("2019H1",))), "fig:total"),
    ],
)
def test_a_draft_that_cannot_be_set_is_refused_with_its_place(block: object, words: str) -> None:
    nothing = dataclasses.replace(FACTS["ZS.index@2019H1"], id="NA.index@2019H1", value=float("nan"))
    facts = FACTS | {nothing.id: nothing}
    with pytest.raises(DocumentError) as caught:
        write(sample.draft(block), facts.__getitem__)  # type: ignore[arg-type]
    assert words in caught.value.message


# --------------------------------------------------------------------------- rendering


def test_rendered_pages_agree_with_the_contents(data: bytes, tmp_path: Path) -> None:
    office, reader = shutil.which("soffice"), shutil.which("pdftotext")
    if not office or not reader:
        pytest.skip("soffice or pdftotext is not installed: pages are not rendered")
    (tmp_path / "sample.docx").write_bytes(data)
    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(tmp_path / "sample.docx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    raw = subprocess.run(
        [reader, "-layout", str(tmp_path / "sample.pdf"), "-"], check=True, capture_output=True, text=True
    )
    pages = [re.sub(r"\s", "", page) for page in raw.stdout.split("\f")]
    assert "云州区高质量发展指数报告" in pages[0]
    assert "125.13点，同比增长11.39%" in "".join(pages)
    assert "—2—" in pages[1]
    lines = [re.sub(r"\s", "", line) for line in raw.stdout.split("\f")[0].splitlines()]
    listed = [m.groups() for m in (re.fullmatch(r"(?:.、|（.）|\d\.)(.+?)\.{3,}(\d+)", line) for line in lines) if m]
    assert len(listed) == 10
    for heading, page in listed:
        real = [n for n, content in enumerate(pages, start=1) if heading in content and n > 1]
        assert real, heading
        # A machine without the report's fonts sets a line more or less.
        assert abs(real[0] - int(page)) <= 1, heading


def test_the_body_declares_every_prefix_that_it_lets_others_ignore(parts: dict[str, bytes]) -> None:
    root = etree.fromstring(parts["word/document.xml"])
    ignorable = root.get(f"{{{MC}}}Ignorable").split()
    assert {"w14", "w15", "wp14"} == set(ignorable)
    assert set(ignorable) <= set(root.nsmap)
    assert root.nsmap["w"] == W
