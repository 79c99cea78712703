"""The workbook behind a chart: single cells set, everything else of it byte for byte as it was."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from lxml import etree

from narrator.word.archive import MAX_XML
from narrator.word.xml import RELATIONSHIPS, R, parser

_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_APART = Decimal("1e-6")  # chart and workbook hold the same number, however it is spelt
_REFERENCE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")


class Unreachable(Exception):
    """The workbook, its sheet or a cell cannot be found, or holds something else than the chart shows."""


def cells(reference: str) -> tuple[str, list[str]]:
    """Sheet and cells, in the chart's order, of `Sheet1!$B$2:$B$7`; raises Unreachable for other forms."""
    m = _REFERENCE.fullmatch(reference.strip())
    if m is None:
        raise Unreachable(reference)
    sheet = (m[1] or m[2]).replace("''", "'")
    first, top = _column(m[3]), int(m[4])
    last, bottom = (_column(m[5]), int(m[6])) if m[5] else (first, top)
    if (first != last and top != bottom) or last < first or bottom < top or bottom - top > 100_000:
        raise Unreachable(reference)
    return sheet, [f"{_letters(c)}{r}" for c in range(first, last + 1) for r in range(top, bottom + 1)]


def located(workbook: bytes, series: str, category: str, old: str) -> tuple[str, str]:
    """Sheet and cell of a point by the names over its column and before its row.

    For charts of programs that do not say where their values stand. Raises Unreachable where no cell, or
    more than one, is named so and holds what the chart shows.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(workbook)) as book:
            shared = _strings(book)
            found = []
            for sheet, part in _sheets(book).items():
                grid: dict[tuple[int, int], str] = {}
                for cell in etree.fromstring(_part(book, part), parser()).iter(f"{{{_S}}}c"):
                    m = re.fullmatch(r"([A-Z]{1,3})(\d+)", cell.get("r") or "")
                    if m is not None:
                        grid[int(m[2]), _column(m[1])] = _text(cell, shared)
                heads = {column for (_, column), text in grid.items() if text == series}
                rows = {row for (row, _), text in grid.items() if text == category}
                found += [(sheet, f"{_letters(c)}{r}") for r in rows for c in heads if _same(grid.get((r, c), ""), old)]
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, RuntimeError, etree.XMLSyntaxError) as e:
        raise Unreachable(str(e)) from e
    if len(found) != 1:
        raise Unreachable(f"{series} {category}")
    return found[0]


def _strings(book: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    root = etree.fromstring(_part(book, "xl/sharedStrings.xml"), parser())
    return ["".join(t.text or "" for t in item.iter(f"{{{_S}}}t")) for item in root.iter(f"{{{_S}}}si")]


def _text(cell: etree._Element, shared: list[str]) -> str:
    value = cell.findtext(f"{{{_S}}}v") or ""
    if cell.get("t") == "s":
        return shared[int(value)] if value.isdigit() and int(value) < len(shared) else ""
    if cell.get("t") == "inlineStr":
        return "".join(t.text or "" for t in cell.iter(f"{{{_S}}}t"))
    return value


def _same(held: str, shown: str) -> bool:
    try:
        return abs(Decimal(held) - Decimal(shown)) <= _APART
    except InvalidOperation:
        return False


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(number: int) -> str:
    out = ""
    while number:
        number, rest = divmod(number - 1, 26)
        out = chr(65 + rest) + out
    return out


def with_values(workbook: bytes, values: Mapping[tuple[str, str], tuple[str, str]]) -> bytes:
    """A copy with numbers set: (sheet, cell) → (what the chart shows now, the new number).

    Raises Unreachable where a cell is not there, holds a formula or text, or does not hold what the chart
    shows: then chart and workbook were already apart, and nothing is changed.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(workbook)) as book:
            names = _sheets(book)
            changed: dict[str, bytes] = {}
            for sheet in {sheet for sheet, _ in values}:
                if sheet not in names:
                    raise Unreachable(sheet)
                root = etree.fromstring(_part(book, names[sheet]), parser())
                found = {c.get("r"): c for c in root.iter(f"{{{_S}}}c")}
                for (of, cell), (old, new) in values.items():
                    if of == sheet:
                        _set(found.get(cell), old, new)
                changed[names[sheet]] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
                for info in book.infolist():
                    data = changed.get(info.filename)
                    target.writestr(info, book.read(info) if data is None else data, zipfile.ZIP_DEFLATED)
            return out.getvalue()
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, RuntimeError, etree.XMLSyntaxError) as e:
        raise Unreachable(str(e)) from e


def _part(book: zipfile.ZipFile, name: str) -> bytes:
    with book.open(name) as stream:
        data = stream.read(MAX_XML + 1)
    if len(data) > MAX_XML or b"<!DOCTYPE" in data:
        raise Unreachable(name)
    return data


def _sheets(book: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → the part that holds it."""
    targets = {
        e.get("Id"): e.get("Target") or ""
        for e in etree.fromstring(_part(book, "xl/_rels/workbook.xml.rels"), parser()).iter(
            f"{{{RELATIONSHIPS}}}Relationship"
        )
    }
    out = {}
    for sheet in etree.fromstring(_part(book, "xl/workbook.xml"), parser()).iter(f"{{{_S}}}sheet"):
        target = targets.get(sheet.get(f"{{{R}}}id"), "")
        full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
        out[sheet.get("name") or ""] = full
    return out


def _set(cell: etree._Element | None, old: str, new: str) -> None:
    value = cell.find(f"{{{_S}}}v") if cell is not None else None
    if cell is None or value is None or cell.get("t", "n") != "n" or cell.find(f"{{{_S}}}f") is not None:
        raise Unreachable("cell")
    if not _same(value.text or "", old):
        raise Unreachable("cell")
    value.text = new
