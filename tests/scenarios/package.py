"""A Word file taken apart and put together again: its main text as a tree, its other parts as bytes."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Iterator

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
Element = etree._Element


def w(name: str) -> str:
    return f"{{{W}}}{name}"


class Package:
    """Parts by name; `body` is the main text's, changed in place."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {info.filename: archive.read(info) for info in archive.infolist()}
        self.root = etree.fromstring(self.parts["word/document.xml"])
        body = self.root.find(w("body"))
        assert body is not None
        self.body: Element = body

    def bytes(self) -> bytes:
        main = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in {**self.parts, "word/document.xml": main}.items():
                archive.writestr(zipfile.ZipInfo(name, (2020, 1, 2, 3, 4, 6)), data, zipfile.ZIP_DEFLATED)
        return out.getvalue()

    def copy(self) -> Package:
        return Package(self.bytes())

    # ------------------------------------------------------------------ what is there

    def paragraphs(self) -> list[Element]:
        """Paragraphs of running text: direct children of the body in the body's style, with text in them."""
        return [p for p in self.body.iterchildren(w("p")) if style(p) == "Body" and text(p)]

    def controls(self) -> list[Element]:
        """Controls round numbers bound to facts."""
        return [s for s in self.body.iter(w("sdt")) if tag(s).startswith("nf1:")]

    def next_id(self) -> int:
        ids = [int(e.get(w("id")) or 0) for e in self.root.iter(w("bookmarkStart"), w("ins"), w("del"))]
        return max([5000, *ids]) + 1


def style(paragraph: Element) -> str:
    found = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return (found.get(w("val")) or "") if found is not None else ""


def text(element: Element) -> str:
    return "".join(t.text or "" for t in element.iter(w("t")))


def tag(control: Element) -> str:
    found = control.find(f"{w('sdtPr')}/{w('tag')}")
    return (found.get(w("val")) or "") if found is not None else ""


def run(words: str, like: Element | None = None) -> Element:
    """A run of text, formatted as another."""
    made = etree.Element(w("r"))
    settings = like.find(w("rPr")) if like is not None else None
    if settings is not None:
        made.append(copy.deepcopy(settings))
    t = etree.SubElement(made, w("t"), {SPACE: "preserve"})
    t.text = words
    return made


def control(words: str, name: str) -> Element:
    """A content control with a tag round a run of text."""
    made = etree.Element(w("sdt"))
    etree.SubElement(etree.SubElement(made, w("sdtPr")), w("tag"), {w("val"): name})
    etree.SubElement(made, w("sdtContent")).append(run(words))
    return made


def paragraph(*content: Element, style: str = "Body") -> Element:
    made = etree.Element(w("p"))
    etree.SubElement(etree.SubElement(made, w("pPr")), w("pStyle"), {w("val"): style})
    for each in content:
        made.append(each)
    return made


def unwrap(element: Element) -> None:
    """Put what an element holds in its place."""
    parent = element.getparent()
    assert parent is not None
    inside = element.find(w("sdtContent")) if element.tag == w("sdt") else element
    for child in list(inside) if inside is not None else []:
        element.addprevious(child)
    parent.remove(element)


def runs(element: Element) -> Iterator[Element]:
    """The runs of text in an element, fields and drawings left out."""
    for each in element.iter(w("r")):
        if [c.tag for c in each if c.tag != w("rPr")] == [w("t")]:
            yield each
