"""narrator.word.package: parts, content types and relationships."""

from __future__ import annotations

import io
import zipfile

import pytest

from narrator.errors import DocumentError
from narrator.word import package as module
from narrator.word.package import Package
from narrator.word.template import PATH


def small() -> Package:
    package = Package(defaults={"rels": "r", "xml": "x"})
    main = package.add("word/document.xml", "<a/>", "main")
    package.relate("", module.REL_DOCUMENT, main)
    footer = package.add("word/footer1.xml", "<b/>", "foot")
    package.relate(main, "footer", footer)
    return package


def test_a_package_reads_back_what_was_written() -> None:
    again = Package.read(small().write())
    assert again == small()
    assert again.related("", module.REL_DOCUMENT) == "word/document.xml"
    assert again.related("word/document.xml", "footer") == "word/footer1.xml"
    assert again.related("word/document.xml", "header") is None


def test_entries_carry_no_clock_and_types_come_first() -> None:
    with zipfile.ZipFile(io.BytesIO(small().write())) as archive:
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_targets_are_relative_and_links_outside_stay() -> None:
    package = small()
    package.relations["word/document.xml"].append(module.Relationship("rX", "link", "http://例.cn/", True))
    again = Package.read(package.write())
    assert again.relations == package.relations
    with zipfile.ZipFile(io.BytesIO(package.write())) as archive:
        assert b'Target="footer1.xml"' in archive.read("word/_rels/document.xml.rels")


def test_new_relationships_and_names_avoid_those_taken() -> None:
    package = small()
    package.relations["word/document.xml"] = [module.Relationship("rId2", "footer", "word/footer1.xml")]
    assert package.relate("word/document.xml", "x", "y") == "rId3"
    assert package.free_name("word/footer", "xml") == "word/footer2.xml"


def test_pruning_drops_what_nothing_reaches() -> None:
    package = small()
    package.add("word/media/secret.png", b"x", "png")
    package.relations["word/document.xml"] = []
    package.prune()
    assert list(package.parts) == ["word/document.xml"]
    assert list(package.overrides) == ["word/document.xml"]


def test_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 1000)
    with pytest.raises(DocumentError, match="过大"):
        Package.read(PATH.read_bytes())


def test_entities_are_not_expanded() -> None:
    package = small()
    text = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><Types>&e;</Types>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", text)
        archive.writestr("word/document.xml", package.parts["word/document.xml"])
    assert Package.read(buffer.getvalue()).overrides == {}
