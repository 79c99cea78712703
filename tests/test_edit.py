"""Changing a file that people have edited: exactly what was asked, and nothing else in any view."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import warnings
from datetime import datetime
from pathlib import Path

import pytest
import word_sample as sample
from constructions import SEEN, N
from docx_maker import (
    chart_in,
    chart_space,
    comment,
    deleted,
    docx,
    entries,
    field,
    grid,
    ins,
    p,
    part,
    r,
    run,
    sdt,
    ser,
    tbl,
    tc,
    text_box,
    tr,
)  # fmt: skip
from lxml import etree

from narrator.errors import DocumentError
from narrator.word.archive import Archive
from narrator.word.edit import Change, Editor, Note, annotate, replace_tracked
from narrator.word.lint import lint
from narrator.word.read import read
from narrator.word.segments import NOT_IN, Piece
from narrator.word.stories import Walker
from narrator.word.write import write
from narrator.word.xml import wq

# One document with every construction in which a span can be cut.
MIXED = docx(
    p(r("上半年，指数值达"), sdt(r("129.") + r("46", "<w:b/>")), r("点，比"), ins(r("去年同期")), deleted("上年"),
      r("上涨12.08%。")),
    p(ins(sdt(deleted("160.61") + r("163.30"))), r("点"),
      f'<w:hyperlink w:anchor="x">{r("见表 2.1")}{r("所示")}</w:hyperlink>'),
    p(run("<w:t>  前 后 </w:t><w:tab/><w:t>1</w:t><w:noBreakHyphen/><w:t>6月</w:t><w:br/><w:t>12\u00ad8.08</w:t>")),
    p(r("甲"), field("REF a", r("图 2.") + r("1")), r("，"), "<m:oMath><m:r><m:t>x=5</m:t></m:r></m:oMath>", r("乙")),
    p(r("跨段12"), properties='<w:rPr><w:del w:id="5" w:author="编辑"/></w:rPr>'),
    p(r("8.08点结束"),
      run(f"<w:ruby><w:rubyPr/><w:rt>{r('注')}</w:rt><w:rubyBase>{r('汉字')}</w:rubyBase></w:ruby>"), r("尾")),
    p(f'<w:smartTag w:element="x">{r("智能")}{sdt(r("标签"), "b")}</w:smartTag>',
      f'<w:bdo w:val="ltr">{r("方向")}</w:bdo>'),
    p(f'<w:moveTo w:id="8" w:author="乙">{r("移来的字")}</w:moveTo>', text_box(p(r("框内 5 项"))), r("后")),
    tbl(tr(tc(p(r("总指数")), p(sdt(r("129.46"), "c"), r("点")))), tr(tc(p(r("删"))), properties='<w:del w:id="9"/>')),
    sdt(p(r("整段控件 7.5"))),
    p(r("显"), r("隐藏 9", "<w:vanish/>"), r("示")),
)  # fmt: skip
VIEWS = tuple(NOT_IN)


def views(data: bytes) -> dict[str, list[str]]:
    """The text of every paragraph of the main part, in each view."""
    archive = Archive(data, "a.docx")
    body = archive.parse(archive.main).find(wq("body"))
    assert body is not None
    pieces = [x for x in Walker("body").walk(body) if isinstance(x, Piece)]
    return {view: [x.text(view) for x in pieces] for view in VIEWS}


def commented(data: bytes) -> list[tuple[str, str]]:
    """Each comment's characters and text, as the reader finds them again."""
    document = read(data, "a.docx")
    return [
        ("".join(document.at(q.block)[0].text[q.start : q.end] for q in c.places), c.text) for c in document.comments
    ]


def document_xml(data: bytes) -> str:
    return entries(data)["word/document.xml"].decode()


# --------------------------------------------------------------------------- comments


def test_a_comment_lies_on_exactly_the_number() -> None:
    data = docx(p(r("指数值达129.46点，同比上涨12.08%")))
    out = annotate(data, [Note(1, 4, 10, "应为 129.47\n公式：甲"), Note(1, 16, 22, "应为 12.1%")])
    assert commented(out) == [("129.46", "应为 129.47\n公式：甲"), ("12.08%", "应为 12.1%")]
    assert {c.author for c in read(out).comments} == {"narrate"}
    assert views(out) == views(data)


def test_untouched_parts_keep_their_bytes_and_the_new_part_is_registered() -> None:
    data = docx(
        p(r("值 5")),
        parts={"header1.xml": ("rId5", "header", part("w:hdr", p(r("眉"))))},
        raw={"word/media/a.png": bytes(range(256))},
    )
    out = annotate(data, [Note(1, 2, 3, "x")])
    before, after = entries(data), entries(out)
    touched = {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert {name for name in before if before[name] != after[name]} == touched
    assert set(after) - set(before) == {"word/comments.xml"}
    assert b"/word/comments.xml" in after["[Content_Types].xml"]
    assert read(out).regions == ()


def test_comments_that_are_there_stay_and_ids_are_new() -> None:
    old = '<w:commentRangeStart w:id="4"/>' + r("129.46") + '<w:commentRangeEnd w:id="4"/>' + run(
        '<w:commentReference w:id="4"/>')  # fmt: skip
    data = docx(p(old), parts={"comments.xml": ("rId5", "comments", part("w:comments", comment(4, "旧")))})
    out = annotate(data, [Note(1, 0, 6, "新"), Note(1, 0, 3, "再")])
    assert commented(out) == [("129.46", "旧"), ("129.46", "新"), ("129", "再")]
    ids = re.findall(r'<w:comment [^>]*w:id="(\d+)"', entries(out)["word/comments.xml"].decode())
    assert ids == ["4", "5", "6"]
    assert entries(out)["[Content_Types].xml"] == entries(data)["[Content_Types].xml"]


def test_a_comment_stands_outside_a_control_or_insertion_that_holds_only_the_number() -> None:
    out = annotate(docx(p(r("达"), ins(sdt(r("129.46"))), r("点"))), [Note(1, 1, 7, "x")])
    body = document_xml(out)
    assert body.index("commentRangeStart") < body.index("<w:ins ") < body.index("</w:ins>") < body.index("RangeEnd")
    inside = document_xml(annotate(docx(p(sdt(r("129.46点")))), [Note(1, 0, 6, "x")]))
    assert inside.index("sdtContent>") < inside.index("commentRangeStart") < inside.index("</w:sdtContent>")


PLACES = {
    "footnote": "脚注", "endnote": "尾注", "control in a header": "页眉", "footer": "页脚", "SmartArt": "文本框",
    "text box, drawn and for old programs": "文本框", "chart value, formatted": "图表", "chart in a text box": "图表",
    "text box in a header": "文本框", "text of a comment": "批注", "alternative text of a picture": "图表",
    "alternative text of a table": "图表", "ruby text": "",
}  # fmt: skip


@pytest.mark.parametrize("name", PLACES)
def test_where_word_takes_no_comment_it_stands_at_the_host_paragraph(name: str) -> None:
    data = SEEN[name][0]
    (block,) = [b for b in read(data).blocks if N in b.text]
    start = block.text.index(N)
    out = annotate(data, [Note(block.number, start, start + len(N), "应为 128.09")])
    root = etree.fromstring(entries(out)["word/document.xml"])
    (marker,) = root.iter(wq("commentRangeStart"))
    assert [a.tag for a in marker.iterancestors(wq("p"), wq("r"))] == [wq("p")]
    assert f"{PLACES[name]}“{N}”：应为 128.09" in [text for _, text in commented(out)]
    assert views(out)["all"] == views(data)["all"]


@pytest.mark.parametrize("name", [n for n in SEEN if SEEN[n][1] in ("body", "table") and n not in PLACES])
def test_a_number_can_be_commented_wherever_it_stands_in_the_text(name: str) -> None:
    data = SEEN[name][0]
    if read(data).strict:
        with pytest.raises(DocumentError, match="严格"):
            annotate(data, [Note(1, 0, 1, "x")])
        return
    (block,) = [b for b in read(data).blocks if N in b.text]
    start = block.text.index(N)
    out = annotate(data, [Note(block.number, start, start + len(N), "x")])
    assert read(out).text.replace("\nx", "") == read(data).text
    assert views(out) == views(data)
    ((covered, text),) = commented(out)
    assert text.endswith("x")
    assert N in covered


def test_styles_of_comments_are_used_where_the_document_has_them() -> None:
    styles = part(
        "w:styles",
        '<w:style w:type="character" w:styleId="aa"><w:name w:val="annotation reference"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="bb"><w:name w:val="annotation text"/></w:style>',
    )
    out = annotate(docx(p(r("5")), parts={"styles.xml": ("rId3", "styles", styles)}), [Note(1, 0, 1, "x")])
    assert 'w:val="aa"' in document_xml(out)
    assert 'w:val="bb"' in entries(out)["word/comments.xml"].decode()


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    data = docx(p(r("5 项")))
    assert commented(annotate(data, [Note(1, 0, 1, "应\x00为\x0b 6")])) == [("5", "应为 6")]
    out, _ = replace_tracked(data, [Change(1, 0, 1, "6\x01")])
    assert accepted(out) == ["6 项"]


def test_a_file_too_damaged_to_write_gets_a_message() -> None:
    for name in ("word/_rels/document.xml.rels", "word/comments.xml"):
        related = {"comments.xml": ("rId5", "comments", "")} if "comments" in name else {}
        with pytest.raises(DocumentError, match="无法写出副本"):
            annotate(docx(p(r("5")), parts=related, raw={name: "<broken"}), [Note(1, 0, 1, "x")])


def test_a_span_that_is_not_there_is_refused() -> None:
    data = docx(p(r("5 项")))
    for note in (Note(2, 0, 1, "x"), Note(1, 0, 9, "x"), Note(1, 2, 2, "x"), Note(0, 0, 1, "x")):
        with pytest.raises(ValueError, match="no "):
            annotate(data, [note])


# --------------------------------------------------------------------------- tracked changes


def accepted(data: bytes) -> list[str]:
    return [x for x in views(data)["final"] if x]


def rejected(data: bytes) -> list[str]:
    return [x for x in views(data)["original"] if x]


def test_a_replacement_is_tracked_and_keeps_the_formatting() -> None:
    data = docx(p(r("达"), sdt(r("129.46", "<w:b/>")), r("点")))
    out, refused = replace_tracked(data, [Change(1, 1, 7, "129.52")], date=datetime(2019, 8, 5, 9))
    assert refused == ()
    assert (accepted(out), rejected(out)) == (["达129.52点"], ["达129.46点"])
    body = document_xml(out)
    assert body.index("<w:sdtContent>") < body.index("<w:del ") < body.index("<w:ins ") < body.index("</w:sdtContent>")
    assert body.count("<w:b/>") == 2
    assert body.count('w:date="2019-08-05T09:00:00Z"') == 2
    (anchor,) = read(out).blocks[0].anchors
    assert (anchor.start, anchor.end) == (1, 7)


def test_a_number_split_over_runs_is_replaced_as_a_whole() -> None:
    data = docx(p(r("达12"), r("9.", "<w:i/>"), r("46点")))
    out, _ = replace_tracked(data, [Change(1, 1, 7, "130.00")])
    assert (accepted(out), rejected(out)) == (["达130.00点"], ["达129.46点"])


def test_somebody_elses_pending_insertion_is_split_not_lost() -> None:
    data = docx(p(ins(r("达88.50点")), r("。")))
    out, _ = replace_tracked(data, [Change(1, 1, 6, "88.61")])
    assert (accepted(out), rejected(out)) == (["达88.61点。"], ["。"])
    authors = re.findall(r'<w:ins [^>]*w:author="([^"]*)"', document_xml(out))
    assert authors == ["编辑", "narrate", "编辑"]
    root = etree.fromstring(entries(out)["word/document.xml"])
    ids = [e.get(wq("id")) for e in root.iter(wq("ins"), wq("del"))]
    assert len(set(ids)) == len(ids)


def test_a_second_refresh_rewrites_our_own_pending_change() -> None:
    data = docx(p(r("达129.46点")))
    once, _ = replace_tracked(data, [Change(1, 1, 7, "129.52")])
    twice, _ = replace_tracked(once, [Change(1, 1, 7, "129.60")])
    assert (accepted(twice), rejected(twice)) == (["达129.60点"], ["达129.46点"])
    assert document_xml(twice).count("<w:ins ") == document_xml(twice).count("<w:del ") == 1


def test_headers_notes_and_text_boxes_take_tracked_changes() -> None:
    for name in ("control in a header", "footnote", "text box, drawn and for old programs"):
        data = SEEN[name][0]
        (block,) = [b for b in read(data).blocks if N in b.text]
        out, refused = replace_tracked(data, [Change(block.number, 0, len(N), "130.00")])
        assert refused == ()
        assert read(out).at(block.number)[0].text == "130.00"


def test_what_cannot_be_tracked_is_refused_and_left() -> None:
    data = docx(
        p(r("达5点"), "<m:oMath><m:r><m:t>7</m:t></m:r></m:oMath>"), p(chart_in("rId5")),
        parts={"charts/chart1.xml": ("rId5", "chart", chart_space(ser("甲", ["乙"], {0: "9"})))},
    )  # fmt: skip
    (value,) = [b.number for b in read(data).blocks if b.chart and b.chart.role == "value"]
    wanted = [Change(1, 3, 4, "8"), Change(value, 0, 4, "1"), Change(1, 1, 2, "6"), Change(1, 0, 2, "x")]
    out, refused = replace_tracked(data, wanted)
    assert {(c.block, c.start, c.text) for c in refused} == {(1, 3, "8"), (value, 0, "1"), (1, 1, "6")}
    assert read(out).blocks[0].text == "x点7"


# --------------------------------------------------------------------------- properties


def test_random_comments_change_no_text_and_cover_their_span() -> None:
    random_ = random.Random(20190805)
    document = read(MIXED)
    before = views(MIXED)
    blocks = [b for b in document.blocks if b.text and b.part in ("body", "table") and not b.hidden and not b.role]
    cut = 0
    for _ in range(150):
        notes_ = []
        for _ in range(random_.randint(1, 3)):
            block = random_.choice(blocks)
            start = random_.randrange(len(block.text))
            notes_.append(Note(block.number, start, min(len(block.text), start + random_.randint(1, 9)), "x"))
        out = annotate(MIXED, notes_)
        assert views(out) == before
        after = read(out)
        texts = [(b.part, b.text, b.hidden) for b in after.blocks if b.part != "comment"]
        assert texts == [(b.part, b.text, b.hidden) for b in document.blocks]
        for note in notes_:
            wanted = document.at(note.block)[0].text[note.start : note.end]
            found = ["".join(after.at(q.block)[0].text[q.start : q.end] for q in c.places) for c in after.comments]
            # What cannot be cut (an equation, a ruby) is covered as a whole.
            wanted = wanted.strip("\n")
            assert any(wanted in text for text in found)
            cut += wanted in found
    assert cut > 250


def test_random_replacements_change_only_their_span() -> None:
    random_ = random.Random(7)
    document = read(MIXED)
    originals = views(MIXED)["original"]
    blocks = [b for b in document.blocks if b.text and not b.role and not b.hidden]
    made = 0
    for _ in range(150):
        block = random_.choice(blocks)
        start = random_.randrange(len(block.text))
        end = min(len(block.text), start + random_.randint(1, 7))
        out, refused = replace_tracked(MIXED, [Change(block.number, start, end, "【新】")])
        expected = [b.text for b in document.blocks]
        if not refused:
            made += 1
            expected[block.number - 1] = block.text[:start] + "【新】" + block.text[end:]
        assert [b.text for b in read(out).blocks] == expected
        if block.part != "textbox":
            assert [x for x in views(out)["original"] if x] == [x for x in originals if x]
    assert made > 100


def _draft() -> bytes:
    facts = sample.facts()
    return write(sample.draft(), facts.__getitem__)


def test_a_draft_with_remarks_and_changes_is_still_a_valid_document(tmp_path: Path) -> None:
    data = _draft()
    document = read(data)
    editor = Editor(data)
    for block in document.blocks:
        for anchor in block.anchors:
            if anchor.kind == "bookmark":
                editor.comment(Note(block.number, anchor.start, anchor.end, "应为别的数"))
                editor.replace(Change(block.number, anchor.start, anchor.end, "1.00"))
        if block.part in ("chart", "footer"):
            editor.comment(Note(block.number, 0, len(block.text), "图中数字"))
    out = editor.save(date=datetime(2019, 8, 5, 9))
    assert editor.refused == []
    path = tmp_path / "a.docx"
    path.write_bytes(out)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # theirs, not ours
        from ooxml_integrity import check
        from openxml_audit import OpenXmlValidator

        assert [str(e) for e in OpenXmlValidator().validate(str(path)).errors] == []
        assert [str(f) for f in check(str(path))] == []
    assert lint(out) == []


def _saved_by_libreoffice(data: bytes, folder: Path) -> bytes:
    source = folder / "a.docx"
    source.write_bytes(data)
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "docx",
         "--outdir", str(folder / "out"), str(source)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return (folder / "out" / "a.docx").read_bytes()


needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) 未安装")


@needs_libreoffice
def test_comments_survive_a_save_in_libreoffice(tmp_path: Path) -> None:
    data = annotate(
        docx(p(r("指数值达"), sdt(r("129.46")), r("点，同比上涨12.08%。")), grid([["总指数", "129.46"]])),
        [Note(1, 4, 10, "甲"), Note(1, 16, 22, "乙"), Note(3, 0, 6, "丙")],
    )
    saved = _saved_by_libreoffice(data, tmp_path)
    wanted = [("129.46", "甲"), ("12.08%", "乙"), ("129.46", "丙")]
    assert {text: covered for covered, text in commented(saved)} == {text: covered for covered, text in wanted}


@needs_libreoffice
def test_comments_land_on_the_number_in_a_draft_that_libreoffice_has_saved(tmp_path: Path) -> None:
    saved = _saved_by_libreoffice(_draft(), tmp_path)
    document = read(saved)
    notes_ = [
        Note(b.number, a.start, a.end, b.text[a.start : a.end])
        for b in document.blocks
        for a in b.anchors
        if a.kind == "bookmark"
    ]
    assert len(notes_) > 40
    assert all(covered == text for covered, text in commented(annotate(saved, notes_)))
