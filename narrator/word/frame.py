"""The document that a report is written into: the shipped template, or a bureau's own.

What stays of a template are its styles, numbering, settings, fonts, headers, footers and the last
section's properties; its text, and whatever only that text used, goes.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from lxml import etree

from narrator.errors import DocumentError
from narrator.word.headings import HeadingNumbers, heading_numbers
from narrator.word.package import OFFICE, REL_DOCUMENT, Package
from narrator.word.pages import PageSize
from narrator.word.template import MAIN_TYPE, PATH, STYLES
from narrator.word.xml import NS, W, parser, q, wq

_KEPT = {
    f"{OFFICE}/{kind}"
    for kind in (
        "styles", "numbering", "settings", "fontTable", "theme", "webSettings", "header", "footer",
        "footnotes", "endnotes",
    )
}  # fmt: skip
_KEPT_PACKAGE = {REL_DOCUMENT, f"{OFFICE}/custom-properties"}
_HINT = "请以随软件提供的 template.docx 为底稿修改，或在 Word 的样式窗格中新建同名样式。"


@dataclass
class Ids:
    """Numbers that no other object of the file has yet, one row for each kind."""

    control: count[int]
    bookmark: count[int]
    drawing: count[int]


@dataclass
class Frame:
    """An emptied template, ready to be filled."""

    package: Package
    main: str
    styles: dict[str, str]  # use → style id in this template
    section: etree._Element
    page: PageSize
    numbers: HeadingNumbers
    ids: Ids


def open_frame(template: Path | None) -> Frame:
    """Open a template, or the shipped one; raises DocumentError where it cannot carry a report."""
    path = template or PATH
    name = f"模板 {path.name}"
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"读不到{name}。", hint=f"请检查路径：{path}（{error.strerror or error}）") from error
    package = Package.read(data, name)
    main = package.related("", REL_DOCUMENT)
    styles_part = package.related(main, f"{OFFICE}/styles") if main else None
    if main is None or styles_part is None:
        raise DocumentError(f"{name} 里没有正文或样式，不是 Word 文档（.docx）。", hint=_HINT)
    document = _parse(package, main, name)
    if document.tag != wq("document"):
        raise DocumentError(
            f"{name} 不是通常的 .docx 格式。", hint="请在 Word 中另存为“Word 文档（*.docx）”，不要选 Strict 格式。"
        )
    styles = _parse(package, styles_part, name)
    ids = _style_ids(styles, name)
    numbering_part = package.related(main, f"{OFFICE}/numbering")
    numbering = _parse(package, numbering_part, name) if numbering_part else None
    section = _section(document)
    _empty(package, main)
    headings = [ids[f"heading{level}"] for level in (1, 2, 3, 4)]
    return Frame(
        package, main, ids, section, _page(section), heading_numbers(styles, numbering, headings), _ids(package)
    )


def _parse(package: Package, part: str, name: str) -> etree._Element:
    try:
        return etree.fromstring(package.parts[part], parser())
    except etree.XMLSyntaxError as error:
        raise DocumentError(
            f"{name} 已损坏：{part} 不是完好的 XML。", hint="请在 Word 中打开它，修复后另存为 .docx。"
        ) from error


def _style_ids(styles: etree._Element, name: str) -> dict[str, str]:
    """Style ids by use. Names are what counts: Word in Chinese calls `heading 1` by the id `1`."""
    by_name: dict[tuple[str, str], str] = {}
    for style in styles.iterfind("w:style", NS):
        id, kind = style.get(wq("styleId"), ""), style.get(wq("type"), "paragraph")
        for element in style.iterfind("w:aliases", NS):
            for alias in element.get(wq("val"), "").split(","):
                by_name.setdefault((kind, alias.strip().casefold()), id)
        element = style.find("w:name", NS)
        if element is not None:
            by_name[kind, element.get(wq("val"), "").strip().casefold()] = id
    found = {
        use: by_name.get(("table" if use == "table" else "paragraph", style_name.casefold()))
        for use, style_name in STYLES.items()
    }
    missing = [STYLES[use] for use, id in found.items() if not id]
    if missing:
        raise DocumentError(f"{name} 缺少样式：{'、'.join(missing)}。", hint=_HINT)
    return {use: id for use, id in found.items() if id}


def _section(document: etree._Element) -> etree._Element:
    """The last section's properties, without the revision marks that an editor's program leaves."""
    found = document.find("w:body/w:sectPr", NS)
    if found is None:
        return etree.fromstring(f'<w:sectPr xmlns:w="{W}"/>')
    section = copy.deepcopy(found)
    for change in section.findall("w:sectPrChange", NS):
        section.remove(change)
    for attribute in list(section.attrib):
        del section.attrib[attribute]  # rsids only
    return section


def _page(section: etree._Element) -> PageSize:
    size, margins = section.find("w:pgSz", NS), section.find("w:pgMar", NS)
    if size is None or margins is None:
        return PageSize()

    def twips(element: etree._Element, name: str) -> int:
        value = element.get(wq(name), "0")
        return abs(int(value)) if re.fullmatch(r"-?\d+", value) else 0

    width = twips(size, "w") - twips(margins, "left") - twips(margins, "right") - twips(margins, "gutter")
    height = twips(size, "h") - twips(margins, "top") - twips(margins, "bottom")
    return PageSize(width, height) if width > 2000 and height > 2000 else PageSize()


def _empty(package: Package, main: str) -> None:
    """Take out what only the template's own text used: pictures, comments, notes, macros, its data."""
    package.relations[main] = [r for r in package.relations.get(main, []) if r.type in _KEPT]
    package.relations[""] = [r for r in package.relations.get("", []) if r.type in _KEPT_PACKAGE]
    package.overrides[main] = MAIN_TYPE  # a .dotx or .docm says otherwise
    for kind in ("footnote", "endnote"):
        part = package.related(main, f"{OFFICE}/{kind}s")
        if part:
            package.parts[part] = _separators_only(package.parts[part], kind)
    package.prune()


def _separators_only(xml: bytes, kind: str) -> bytes:
    root = etree.fromstring(xml, parser())
    for note in root.findall(f"w:{kind}", NS):
        if note.get(wq("type"), "normal") == "normal":
            root.remove(note)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _ids(package: Package) -> Ids:
    """Counters that start above every id in the headers and footers that stay."""
    control, bookmark, drawing = 1000, 0, 100
    for part, kind in package.overrides.items():
        if part not in package.parts or not kind.endswith(("header+xml", "footer+xml")):
            continue
        for element in etree.fromstring(package.parts[part], parser()).iter(
            q("w:id"), q("w:bookmarkStart"), q("wp:docPr")
        ):
            value = element.get("id") or element.get(wq("id")) or element.get(wq("val")) or ""
            number = int(value) if value.isdecimal() else 0
            if element.tag == q("w:id"):
                control = max(control, number)
            elif element.tag == q("w:bookmarkStart"):
                bookmark = max(bookmark, number)
            else:
                drawing = max(drawing, number)
    limit = 2**31 - 2**20  # ids are 32-bit; a template at the very top starts again low
    start = [low if top > limit else top for top, low in ((control, 1000), (bookmark, 0), (drawing, 100))]
    return Ids(*(count(number + 1) for number in start))
