"""Accepting and rejecting tracked changes, after the specification and not after narrate."""

from __future__ import annotations

from lxml import etree

from .package import Element, Package, unwrap, w

PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")


def accepted(data: bytes, author: str = "narrate") -> bytes:
    """All changes by an author (empty: by anyone) accepted: what he deleted is gone, what he put in stays."""
    return _settled(data, author, gone="del", stays="ins")


def rejected(data: bytes, author: str = "narrate") -> bytes:
    """All changes by an author rejected: what he put in is gone, what he deleted stays."""
    return _settled(data, author, gone="ins", stays="del")


def _settled(data: bytes, author: str, gone: str, stays: str) -> bytes:
    package = Package(data)
    _settle(package.root, author, gone, stays)
    for name in package.parts:
        if name in PARTS[1:] or name.startswith(("word/header", "word/footer")):
            root = etree.fromstring(package.parts[name])
            _settle(root, author, gone, stays)
            package.parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return package.bytes()


def _settle(root: Element, author: str, gone: str, stays: str) -> None:
    for each in [x for x in root.iter(w(gone)) if author in ("", x.get(w("author")))]:
        parent = each.getparent()
        if parent is not None:
            parent.remove(each)
    for each in [x for x in root.iter(w(stays)) if author in ("", x.get(w("author")))]:
        for t in each.iter(w("delText")):
            t.tag = w("t")
        unwrap(each)
