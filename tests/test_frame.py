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
from narrator.word.frame import PATH, STYLES, open_frame
from narrator.word.lint import lint
from narrator.word.write import write
from narrator.word.xml import NS, RELATIONSHIPS, XML_DECLARATION, R, W, wq

FACTS = sample.facts()
HEADER = (
    f'{XML_DECLARATION}<w:hdr xmlns:w="{W}"><w:p><w:bookmarkStart w:id="7" w:name="letterhead"/><w:sdt><w:sdtPr>'
    '<w:id w:val="4711"/></w:sdtPr><w:sdtContent><w:r><w:t>云州区统计局文件</w:t></w:r></w:sdtContent></w:sdt>'
    '<w:bookmarkEnd w:id="7"/></w:p></w:hdr>'
)
MAIN = "word/document.xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SECRET = "上一份报告里不该留下的话"


Parts = dict[str, bytes]


def parts_of(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Parts) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def add(parts: Parts, name: str, content: str, kind: str) -> None:
    """Put a part in and relate the main part to it, by the id `bureau-<kind>`."""
    parts[f"word/{name}.xml"] = content.encode()
    override = f'<Override PartName="/word/{name}.xml" ContentType="{WML}.{kind}+xml"/></Types>'
    replace_in(parts, "[Content_Types].xml", "</Types>", override)
    relation = f'<Relationship Id="bureau-{kind}" Type="{OFFICE}/{kind}" Target="{name}.xml"/></Relationships>'
    replace_in(parts, "word/_rels/document.xml.rels", "</Relationships>", relation)


def replace_in(parts: Parts, name: str, old: str, new: str) -> None:
    text = parts[name].decode()
    assert old in text
    parts[name] = text.replace(old, new).encode()


def bureau(rename: dict[str, str] | None = None, drop: tuple[str, ...] = ()) -> Parts:
    """A bureau's template: ours with a letterhead, wider margins, text, a comment, other style ids."""
    parts = parts_of(PATH.read_bytes())
    add(parts, "header1", HEADER, "header")
    comments = (
        f'{XML_DECLARATION}<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="甲"><w:p><w:r>'
        f"<w:t>{SECRET}</w:t></w:r></w:p></w:comment></w:comments>"
    )
    add(parts, "comments", comments, "comments")
    replace_in(
        parts, MAIN, "<w:sectPr>", f'<w:p><w:r><w:t>{SECRET}</w:t></w:r></w:p><w:sectPr w:rsidR="00AA11BB">'
        '<w:headerReference w:type="default" r:id="bureau-header"/>',
    )  # fmt: skip
    replace_in(parts, MAIN, 'w:left="1588"', 'w:left="2000"')
    styles = parts["word/styles.xml"].decode()
    for old, new in (rename or {}).items():
        styles = re.sub(f'(w:(?:styleId|val)=)"{old}"', rf'\1"{new}"', styles)
    for name in drop:
        styles, done = re.subn(rf'<w:name w:val="{name}"/>', '<w:name w:val="别的"/>', styles)
        assert done == 1
    parts["word/styles.xml"] = styles.encode()
    return parts


def written(template: Parts | bytes, tmp_path: Path) -> tuple[bytes, Parts]:
    path = tmp_path / "局模板.docx"
    path.write_bytes(template if isinstance(template, bytes) else zipped(template))
    data = write(sample.draft(), FACTS.__getitem__, template=path)
    return data, parts_of(data)


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
    parts = bureau()
    replace_in(parts, "word/styles.xml", '"heading 1"', '"Heading 1"')
    assert written(parts, tmp_path)[0]


def test_missing_styles_are_all_named(tmp_path: Path) -> None:
    path = tmp_path / "旧模板.docx"
    path.write_bytes(zipped(bureau(drop=("公文正文", "三线表", "caption"))))
    with pytest.raises(DocumentError) as caught:
        write(sample.draft(), FACTS.__getitem__, template=path)
    assert caught.value.message == "模板 旧模板.docx 缺少样式：公文正文、caption、三线表。"
    assert "template.docx" in caught.value.hint


def test_custom_properties_of_the_template_stay_beside_ours(tmp_path: Path) -> None:
    first = write(sample.draft(), FACTS.__getitem__, properties={"文号": "七号"})
    _, parts = written(first, tmp_path)
    found = read_custom_properties(parts["docProps/custom.xml"])
    assert found["文号"] == "七号"
    assert found["narrate.period"] == "2019H1"


def test_a_finished_report_may_serve_as_template_without_leaving_a_trace(tmp_path: Path) -> None:
    first = write(sample.draft(), FACTS.__getitem__)
    again, parts = written(first, tmp_path)
    assert sorted(n for n in parts if "charts/chart" in n) == sorted(f"word/charts/chart{i}.xml" for i in range(1, 8))
    assert lint(again) == []
    assert parts["word/document.xml"].count(b"<w:tbl>") == 3


def test_a_template_kept_as_dotx_gives_a_document(tmp_path: Path) -> None:
    kept = bureau()
    replace_in(kept, "[Content_Types].xml", f"{WML}.document.main+xml", f"{WML}.template.main+xml")
    _, parts = written(kept, tmp_path)
    assert f"{WML}.document.main+xml".encode() in parts["[Content_Types].xml"]


def test_a_template_with_macros_is_refused(tmp_path: Path) -> None:
    parts = bureau()
    macros = "application/vnd.ms-word.document.macroEnabled.main+xml"
    replace_in(parts, "[Content_Types].xml", f"{WML}.document.main+xml", macros)
    path = tmp_path / "宏.docm"
    path.write_bytes(zipped(parts))
    with pytest.raises(DocumentError, match="含有宏"):
        open_frame(path)


def test_a_template_that_points_at_parts_that_are_gone_still_serves(tmp_path: Path) -> None:
    gone = bureau()
    for part in (MAIN, "word/header1.xml"):
        rels = f"word/_rels/{part.removeprefix('word/')}.rels"
        empty = f'<Relationships xmlns="{RELATIONSHIPS}"></Relationships>'.encode()
        more = f'<Relationship Id="x9" Type="{OFFICE}/image" Target="../NULL"/></Relationships>'
        gone[rels] = gone.get(rels, empty)
        replace_in(gone, rels, "</Relationships>", more)
    data, parts = written(gone, tmp_path)
    assert lint(data) == []
    assert "word/header1.xml" in parts


def test_footnotes_of_the_old_text_go_and_their_separators_stay(tmp_path: Path) -> None:
    notes = f'{XML_DECLARATION}<w:footnotes xmlns:w="{W}">' + "".join(
        f'<w:footnote{kind} w:id="{i}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>'
        for i, (kind, text) in enumerate(((' w:type="separator"', "线"), ("", SECRET)))
    )
    noted = bureau()
    add(noted, "footnotes", notes + "</w:footnotes>", "footnotes")
    _, parts = written(noted, tmp_path)
    assert "线".encode() in parts["word/footnotes.xml"]
    assert SECRET.encode() not in parts["word/footnotes.xml"]


def test_headings_without_numbers_are_listed_without(tmp_path: Path) -> None:
    plain = bureau()
    styles = re.sub(r"<w:numPr>.*?</w:numPr>", "", plain["word/styles.xml"].decode())
    _, parts = written(plain | {"word/styles.xml": styles.encode()}, tmp_path)
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
    assert "没有这个文件" in caught.value.hint


def test_a_folder_is_no_template(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="读不到模板") as caught:
        open_frame(tmp_path)
    assert "是文件夹，不是文件" in caught.value.hint


def test_a_workbook_is_no_template(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "表.docx"
    xlsxwriter.Workbook(str(path)).close()
    with pytest.raises(DocumentError, match=r"表\.docx"):
        open_frame(path)


@pytest.mark.parametrize("part", ["word/styles.xml", "word/document.xml", "word/numbering.xml"])
def test_a_template_with_a_broken_part_says_which(part: str, tmp_path: Path) -> None:
    parts = bureau()
    path = tmp_path / "坏.docx"
    path.write_bytes(zipped(parts | {part: parts[part][:-20]}))
    with pytest.raises(DocumentError, match=part):
        open_frame(path)


def test_a_template_cut_short_is_refused_wherever_it_is_cut(tmp_path: Path) -> None:
    data = PATH.read_bytes()
    path = tmp_path / "短.docx"
    for length in range(0, len(data), 997):
        path.write_bytes(data[:length])
        with pytest.raises(DocumentError):
            open_frame(path)
