"""The same errors planted into a Word file: the characters of its runs changed, all else as it was."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from functools import cache

from lxml import etree

from . import drafts
from .planters.common import Plant

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAIN = "word/document.xml"


@dataclass(frozen=True, slots=True)
class Planted:
    """`lines` are the texts, as the false file shows them, in which a finding counts."""

    right: bytes
    planted: bytes
    lines: tuple[str, ...]


@cache
def _file(key: str) -> bytes:
    return drafts.as_word(drafts.section(key))


def planted(plant: Plant) -> Planted | None:
    """The Word file of a draft's section with the error in it, where the change lies within one paragraph or cell."""
    original = drafts.as_text(drafts.section(plant.base.key), plant.base.key)
    if plant.base.text != original.text or "\n" in plant.old or "\n" in plant.new:
        return None
    begin = plant.base.text.rfind("\n", 0, plant.start) + 1
    end = plant.base.text.find("\n", plant.start)
    old_line = plant.base.text[begin:end]
    if old_line.startswith("|-") or (len(plant.old) > 40 and plant.planter != "other_column"):
        return None
    offset = plant.start - begin
    if old_line.startswith("|"):
        return _in_cell(plant, old_line, offset)
    lead = len(old_line) - len(old_line.lstrip("# "))
    if offset < lead:
        return None
    return _in_paragraph(plant, old_line[lead:], offset - lead)


def _in_paragraph(plant: Plant, line: str, offset: int) -> Planted | None:
    data = _file(plant.base.key)
    root, found = _paragraphs(data)
    same = [p for p in found if _text(p) == line]
    if len(same) != 1:
        return None
    _replace(same[0], offset, offset + len(plant.old), plant.new)
    return Planted(data, _packed(data, root), (line[:offset] + plant.new + line[offset + len(plant.old) :],))


def _in_cell(plant: Plant, line: str, offset: int) -> Planted | None:
    data = _file(plant.base.key)
    root, _ = _paragraphs(data)
    cells = [c.strip() for c in line.strip("|").split("|")]
    column = line.count("|", 0, offset) - 1
    start = line.rfind("|", 0, offset) + 1
    inside = offset - start - (len(line[start:]) - len(line[start:].lstrip()))
    for row in root.iter(f"{_W}tr"):
        shown = [_text(cell) for cell in row.iterchildren(f"{_W}tc")]
        if shown == cells:
            cell = list(row.iterchildren(f"{_W}tc"))[column]
            if plant.planter == "other_column":
                for old, text in zip(row.iterchildren(f"{_W}tc"), plant.new.strip("|").split("|"), strict=True):
                    _replace(old, 0, len(_text(old)), text.strip())
            else:
                _replace(cell, inside, inside + len(plant.old), plant.new)
            table = next(row.iterancestors(f"{_W}tbl"))
            near = table if plant.planter == "other_column" else row
            return Planted(data, _packed(data, root), tuple(_text(c) for c in near.iter(f"{_W}tc")))
    return None


def _paragraphs(data: bytes) -> tuple[etree._Element, list[etree._Element]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read(_MAIN))
    return root, list(root.iter(f"{_W}p"))


def _text(element: etree._Element) -> str:
    return "".join(t.text or "" for t in element.iter(f"{_W}t"))


def _replace(element: etree._Element, start: int, end: int, new: str) -> None:
    """Characters `start` to `end` of an element's text, which may lie in several runs, become `new`."""
    at = 0
    for t in element.iter(f"{_W}t"):
        text = t.text or ""
        low, high = max(start - at, 0), min(end - at, len(text))
        if low < high or (start == end == at + low and low <= len(text) and new):
            t.text = text[:low] + new + text[high:]
            t.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            new = ""
        at += len(text)


def _packed(data: bytes, root: etree._Element) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            body = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            target.writestr(item, body if item.filename == _MAIN else source.read(item.filename))
    return out.getvalue()
