"""What is no Word document, or a dangerous one, gets a clear message; damage never gets further than that."""

from __future__ import annotations

import io
import random
import time
import zipfile
from pathlib import Path

import pytest
from constructions import SEEN
from docx_maker import MAIN_TYPE, docx, entries, p, part, r, zipped

from narrator.errors import DocumentError
from narrator.word import archive
from narrator.word.document import Document
from narrator.word.read import read

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def _encrypted_entry() -> bytes:
    data = bytearray(docx(p(r("甲"))))
    at = data.index(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def _bomb() -> bytes:
    return zipped({**entries(docx(p(r("甲")))), "word/media/image1.xml": b"0" * 2**20 * 40,
                   "word/document.xml": b"<a>" + b" " * 2**20 * 64 + b"</a>"})  # fmt: skip


def _deep(depth: int) -> bytes:
    return docx("<w:sdt><w:sdtContent>" * depth + p(r("1")) + "</w:sdtContent></w:sdt>" * depth)


def _without(name: str) -> bytes:
    return zipped({k: v for k, v in entries(docx()).items() if k != name})


def _twice() -> bytes:
    out = io.BytesIO(docx(p(r("甲"))))
    with zipfile.ZipFile(out, "a") as z:
        z.writestr("word/Document.xml", "x")
    return out.getvalue()


FOREIGN: dict[str, tuple[str, bytes, str]] = {
    "empty": ("a.docx", b"", "空文件"),
    "blank": ("a.md", b" \n\n", "空文件"),
    "zeros": ("a.docx", bytes(4096), "空文件"),
    "old Word": ("a.doc", OLE, "旧版 Word"),
    "old Word called docx": ("a.docx", OLE, "旧版 Word"),
    "encrypted": ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "加密"),
    "old WPS": ("a.wps", OLE, ".wps"),
    "old Excel": ("a.xls", OLE + "Workbook".encode("utf-16-le"), "Excel"),
    "PDF": ("a.pdf", b"%PDF-1.7\n...", "PDF"),
    "RTF": ("a.docx", b"{\\rtf1 x}", "RTF"),
    "text called docx": ("a.docx", "指数".encode(), "不是有效的 Word 文档"),
    "web page": ("a.html", b"<p>5</p>", "不受支持"),
    "binary called txt": ("a.txt", bytes(range(256)) * 4, "不是文本"),
    "truncated": ("a.docx", docx(p(r("甲" * 2000)))[:-40], "损坏"),
    "first half": ("a.docx", docx(p(r("甲" * 2000)))[:500], "损坏"),
    "plain zip": ("a.docx", zipped({"a.txt": "x"}), "压缩包"),
    "OpenDocument": ("a.odt", zipped({"mimetype": "x", "content.xml": "<a/>"}), "OpenDocument"),
    "workbook": (
        "a.docx",
        docx(main_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
        "Excel",
    ),
    "slides": (
        "a.docx",
        docx(main_type="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"),
        "PowerPoint",
    ),
    "macros by type": ("a.docm", docx(main_type="application/vnd.ms-word.document.macroEnabled.main+xml"), "宏"),
    "macros by part": ("a.docx", docx(p(r("甲")), raw={"word/vbaProject.bin": b"x"}), "宏"),
    "no main part": ("a.docx", _without("word/document.xml"), "缺少正文"),
    "no relationships": ("a.docx", _without("_rels/.rels"), "缺少正文"),
    "broken main part": ("a.docx", docx(raw={"word/document.xml": "<w:document><w:body>"}), "正文无法读取"),
    "main part of another kind": ("a.docx", docx(raw={"word/document.xml": "<a/>"}), "不是 Word 文档内容"),
    "entities": (
        "a.docx",
        docx(raw={"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]>' + part("w:document", "<w:body/>")}),
        "DOCTYPE",
    ),
    "entities in UTF-16": (
        "a.docx",
        docx(raw={"word/document.xml": '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16")}),
        "DOCTYPE",
    ),
    "broken content types": ("a.docx", docx(raw={"[Content_Types].xml": "<Types"}), "损坏"),
    "password of the zip": ("a.docx", _encrypted_entry(), "加密"),
    "zip bomb": ("a.docx", _bomb(), "过大"),
    "one part twice": ("a.docx", _twice(), "同名"),
    "too deep": ("a.docx", _deep(5000), "正文无法读取"),
}  # fmt: skip


@pytest.mark.parametrize("name", FOREIGN)
def test_what_is_no_document_gets_a_message_that_says_what_it_is(name: str) -> None:
    file, data, said = FOREIGN[name]
    with pytest.raises(DocumentError) as caught:
        read(data, file)
    assert said in str(caught.value)
    assert file in caught.value.message


def test_missing_files_and_folders_are_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="找不到"):
        read(tmp_path / "没有.docx")
    with pytest.raises(DocumentError, match="文件夹"):
        read(tmp_path)


def test_a_file_is_read_from_its_path(tmp_path: Path) -> None:
    file = tmp_path / "报告.docx"
    file.write_bytes(docx(p(r("甲"))))
    document = read(file)
    assert (document.name, document.text) == ("报告.docx", "甲")


def test_an_oversized_file_is_not_opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("narrator.word.read.MAX_FILE", 100)
    file = tmp_path / "a.docx"
    file.write_bytes(docx(p(r("甲"))))
    for source in (file, file.read_bytes()):
        with pytest.raises(DocumentError, match="不予打开"):
            read(source)


def test_too_many_parts_and_tags_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as m:
        m.setattr(archive, "MAX_PARTS", 2)
        with pytest.raises(DocumentError, match="部件"):
            read(docx(p(r("甲"))), "a.docx")
    monkeypatch.setattr(archive, "MAX_TAGS", 20)
    with pytest.raises(DocumentError, match="庞大"):
        read(docx(*[p(r("甲"))] * 20), "a.docx")


def test_nesting_within_what_the_parser_allows_is_read() -> None:
    assert "1" in read(_deep(80), "a.docx").text


def test_part_names_do_not_tell_case_or_slashes_apart() -> None:
    files = entries(docx(p(r("甲"))))
    files["word\\Document.xml"] = files.pop("word/document.xml")
    assert read(zipped(files), "a.docx").text == "甲"


def test_a_copy_keeps_the_bytes_of_untouched_parts_and_their_order() -> None:
    data = docx(p(r("甲")), raw={"word/media/a.png": b"\x89PNG" * 50, "docProps/app.xml": "<a/>"})
    copy = archive.Archive(data, "a.docx").with_parts({"word/document.xml": b"<x/>", "word/new.xml": b"<y/>"})
    before, after = entries(data), entries(copy)
    assert list(after) == [*before, "word/new.xml"]
    assert {k for k in before if before[k] != after[k]} == {"word/document.xml"}


def test_main_type_of_the_builder_is_what_word_writes() -> None:
    assert archive.Archive(docx(), "a.docx").content_type("word/document.xml") == MAIN_TYPE


# --------------------------------------------------------------------------- fuzz


def _mutated(data: bytes, random_: random.Random) -> bytes:
    """Damage in the zip, in a part's bytes, or in a part's XML."""
    kind = random_.randrange(4)
    if kind == 0:
        out = bytearray(data)
        for _ in range(random_.randint(1, 20)):
            out[random_.randrange(len(out))] = random_.randrange(256)
        return bytes(out)
    if kind == 1:
        return data[: random_.randrange(len(data))]
    files = {k: bytearray(v) for k, v in entries(data).items()}
    name = random_.choice(list(files))
    content = files[name]
    if kind == 2:
        for _ in range(random_.randint(1, 6)):
            if content:
                content[random_.randrange(len(content))] = random_.choice(b'<>/"= w:x&;0')
    else:
        pieces = bytes(content).split(b"<")
        for _ in range(random_.randint(1, 4)):
            action, at = random_.randrange(3), random_.randrange(len(pieces))
            if action == 0:
                del pieces[at]
            elif action == 1:
                pieces.insert(random_.randrange(len(pieces)), pieces[at])
            else:
                other = random_.randrange(len(pieces))
                pieces[at], pieces[other] = pieces[other], pieces[at]
            pieces = pieces or [b""]
        files[name] = bytearray(b"<".join(pieces))
    return zipped({k: bytes(v) for k, v in files.items()})


def fuzz(seconds: float, seed: int) -> tuple[int, int]:
    """Read damaged documents for so long; gives how many were refused and how many were read."""
    random_ = random.Random(seed)
    sources = [data for data, _ in SEEN.values()]
    refused = done = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        data = _mutated(random_.choice(sources), random_)
        started = time.monotonic()
        try:
            document = read(data, "a.docx")
        except DocumentError:
            refused += 1
        else:
            done += 1
            assert isinstance(document, Document)
        assert time.monotonic() - started < 5
    return refused, done


def test_random_damage_gives_a_document_or_a_message() -> None:
    refused, done = fuzz(2.5, 7)
    assert refused > 50
    assert done > 50
