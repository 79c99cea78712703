"""narrator.word.frame and template: the shipped template, a bureau's own, and files that are neither."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
import word_sample as sample
from lxml import etree

from narrator.errors import DocumentError
from narrator.word import template
from narrator.word.bind import read_custom_properties
from narrator.word.frame import open_frame
from narrator.word.lint import lint
from narrator.word.package import OFFICE, Package
from narrator.word.template import PATH, STYLES
from narrator.word.write import write
from narrator.word.xml import NS, XML_DECLARATION, R, W, wq

FACTS = sample.facts()
HEADER = (
    f'{XML_DECLARATION}<w:hdr xmlns:w="{W}"><w:p><w:bookmarkStart w:id="7" w:name="letterhead"/><w:sdt><w:sdtPr>'
    '<w:id w:val="4711"/></w:sdtPr><w:sdtContent><w:r><w:t>云州区统计局文件</w:t></w:r></w:sdtContent></w:sdt>'
    '<w:bookmarkEnd w:id="7"/></w:p></w:hdr>'
)
SECRET = "上一份报告里不该留下的话"


def bureau(rename: dict[str, str] | None = None, drop: tuple[str, ...] = ()) -> Package:
    """A bureau's template: ours with a letterhead, wider margins, text, a comment, other style ids."""
    package = Package.read(PATH.read_bytes())
    main = "word/document.xml"
    header = package.add(
        "word/header1.xml", HEADER, "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
    )
    relation = package.relate(main, f"{OFFICE}/header", header)
    comments = package.add(
        "word/comments.xml", f'{XML_DECLARATION}<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="甲"><w:p><w:r>'
        f"<w:t>{SECRET}</w:t></w:r></w:p></w:comment></w:comments>",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml",
    )  # fmt: skip
    package.relate(main, f"{OFFICE}/comments", comments)
    document = package.parts[main].decode()
    document = document.replace(
        "<w:sectPr>", f'<w:p><w:r><w:t>{SECRET}</w:t></w:r></w:p><w:sectPr w:rsidR="00AA11BB">'
        f'<w:headerReference w:type="default" r:id="{relation}"/>',
    ).replace('w:left="1588"', 'w:left="2000"')  # fmt: skip
    package.parts[main] = document.encode()
    styles = package.parts["word/styles.xml"].decode()
    for old, new in (rename or {}).items():
        styles = re.sub(f'(w:(?:styleId|val)=)"{old}"', rf'\1"{new}"', styles)
    for name in drop:
        styles, done = re.subn(rf'<w:name w:val="{name}"/>', '<w:name w:val="别的"/>', styles)
        assert done == 1
    package.parts["word/styles.xml"] = styles.encode()
    return package


def written(package: Package, tmp_path: Path) -> tuple[bytes, dict[str, bytes]]:
    path = tmp_path / "局模板.docx"
    path.write_bytes(package.write())
    data = write(sample.draft(), FACTS.__getitem__, template=path)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return data, {name: archive.read(name) for name in archive.namelist()}


# --------------------------------------------------------------------------- the shipped template


def test_the_committed_template_is_what_the_source_builds() -> None:
    assert PATH.read_bytes() == template.build()


def test_the_template_shows_each_of_its_styles_by_name() -> None:
    frame = open_frame(None)
    assert set(frame.styles) == set(STYLES)
    text = PATH.read_bytes().decode("utf-8", "ignore")
    assert all(f"样式“{name}”" in text for use, name in STYLES.items() if use != "table")


def test_the_page_is_that_of_an_official_document() -> None:
    frame = open_frame(None)
    assert round(frame.page.width / 72 * 25.4) == 156
    assert round(frame.page.height / 72 * 25.4) == 225
    grid = frame.section.find("w:docGrid", NS)
    assert (grid.get(wq("type")), grid.get(wq("linePitch"))) == ("lines", "579")
    assert int(frame.page.height * 20 / 579) == 22


def test_our_headings_are_numbered_in_chinese() -> None:
    numbers = open_frame(None).numbers
    assert [numbers.next(level) for level in (1, 2, 3, 4, 3, 2, 3, 1, 2)] == [
        "一、", "（一）", "1.", "（1）", "2.", "（二）", "1.", "二、", "（一）",
    ]  # fmt: skip


# --------------------------------------------------------------------------- a bureau's own


def test_a_letterhead_and_its_page_stay_and_the_old_text_goes(tmp_path: Path) -> None:
    data, parts = written(bureau(), tmp_path)
    assert "云州区统计局文件".encode() in parts["word/header1.xml"]
    root = etree.fromstring(parts["word/document.xml"])
    section = root.find("w:body/w:sectPr", NS)
    assert section.find("w:pgMar", NS).get(wq("left")) == "2000"
    relation = section.find("w:headerReference", NS).get(f"{{{R}}}id")
    assert f'Id="{relation}"'.encode() in parts["word/_rels/document.xml.rels"]
    assert not any(SECRET.encode() in content for content in parts.values())
    assert "word/comments.xml" not in parts
    assert lint(data) == []


def test_tables_and_charts_keep_to_a_narrower_page(tmp_path: Path) -> None:
    _, parts = written(bureau(), tmp_path)
    root = etree.fromstring(parts["word/document.xml"])
    room = 11906 - 2000 - 1474
    for table in root.iter(wq("tbl")):
        assert sum(int(c.get(wq("w"))) for c in table.iter(wq("gridCol"))) <= room
    assert all(int(e.get("cx")) <= room * 635 for e in root.iter("{*}extent"))


def test_styles_are_found_by_name_whatever_their_ids(tmp_path: Path) -> None:
    ids = {"Heading1": "1", "Heading2": "2", "Heading3": "3", "Heading4": "4", "Body": "a", "Caption": "af0"}
    _, parts = written(bureau(ids), tmp_path)
    root = etree.fromstring(parts["word/document.xml"])
    used = {e.get(wq("val")) for e in root.iter(wq("pStyle"))}
    assert {"1", "2", "3", "4", "a", "af0"} <= used
    assert not used & {"Heading1", "Body", "Caption"}


def test_style_names_may_differ_in_case(tmp_path: Path) -> None:
    package = bureau()
    styles = package.parts["word/styles.xml"].decode().replace('"heading 1"', '"Heading 1"')
    package.parts["word/styles.xml"] = styles.encode()
    assert written(package, tmp_path)[0]


def test_missing_styles_are_all_named(tmp_path: Path) -> None:
    path = tmp_path / "旧模板.docx"
    path.write_bytes(bureau(drop=("公文正文", "三线表", "caption")).write())
    with pytest.raises(DocumentError) as caught:
        write(sample.draft(), FACTS.__getitem__, template=path)
    assert caught.value.message == "模板 旧模板.docx 缺少样式：公文正文、caption、三线表。"
    assert "template.docx" in caught.value.hint


def test_custom_properties_of_the_template_stay_beside_ours(tmp_path: Path) -> None:
    first = write(sample.draft(), FACTS.__getitem__, properties={"文号": "七号"})
    _, parts = written(Package.read(first), tmp_path)
    found = read_custom_properties(parts["docProps/custom.xml"])
    assert found["文号"] == "七号"
    assert found["narrate.period"] == "2019H1"


def test_a_finished_report_may_serve_as_template_without_leaving_a_trace(tmp_path: Path) -> None:
    first = write(sample.draft(), FACTS.__getitem__)
    again, parts = written(Package.read(first), tmp_path)
    assert sorted(n for n in parts if "charts/chart" in n) == sorted(f"word/charts/chart{i}.xml" for i in range(1, 8))
    assert lint(again) == []
    assert parts["word/document.xml"].count(b"<w:tbl>") == 3


def test_a_template_kept_as_dotx_gives_a_document(tmp_path: Path) -> None:
    package = bureau()
    package.overrides["word/document.xml"] = template.MAIN_TYPE.replace("document.main", "template.main")
    _, parts = written(package, tmp_path)
    assert template.MAIN_TYPE.encode() in parts["[Content_Types].xml"]


def test_headings_without_numbers_are_listed_without(tmp_path: Path) -> None:
    package = bureau()
    styles = re.sub(r"<w:numPr>.*?</w:numPr>", "", package.parts["word/styles.xml"].decode())
    package.parts["word/styles.xml"] = styles.encode()
    _, parts = written(package, tmp_path)
    contents = etree.fromstring(parts["word/document.xml"]).find(".//w:docPartObj/../..", NS)
    assert "总指数继续上行" in [t.text for t in contents.iter(wq("t"))]


# --------------------------------------------------------------------------- what is no template


@pytest.mark.parametrize(
    "content", [b"", b"not a zip", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600]
)
def test_a_damaged_template_is_refused_in_chinese(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "坏模板.docx"
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=r"坏模板\.docx 不是完好的 Word 文档"):
        open_frame(path)


def test_an_absent_template_is_refused_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"读不到模板 没有\.docx") as caught:
        open_frame(tmp_path / "没有.docx")
    assert str(tmp_path) in caught.value.hint


def test_a_folder_is_no_template(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="读不到模板"):
        open_frame(tmp_path)


def test_a_workbook_is_no_template(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "表.docx"
    xlsxwriter.Workbook(str(path)).close()
    with pytest.raises(DocumentError, match=r"表\.docx"):
        open_frame(path)


@pytest.mark.parametrize("part", ["word/styles.xml", "word/document.xml", "word/numbering.xml"])
def test_a_template_with_a_broken_part_says_which(part: str, tmp_path: Path) -> None:
    package = bureau()
    package.parts[part] = package.parts[part][:-20]
    path = tmp_path / "坏.docx"
    path.write_bytes(package.write())
    with pytest.raises(DocumentError, match=part):
        open_frame(path)


def test_a_template_cut_short_is_refused_wherever_it_is_cut(tmp_path: Path) -> None:
    data = PATH.read_bytes()
    path = tmp_path / "短.docx"
    for length in range(0, len(data), 997):
        path.write_bytes(data[:length])
        with pytest.raises(DocumentError):
            open_frame(path)
