"""The document that a report is written into: the shipped template, or a bureau's own.

What stays of a template are its styles, numbering, settings, fonts, headers, footers and the last
section's properties. Its text, and whatever only that text used, is gone before python-docx opens it.
"""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.package import OpcPackage
from docx.parts.hdrftr import FooterPart, HeaderPart
from lxml import etree

from narrator.errors import DocumentError, reason
from narrator.word.archive import Archive, BrokenPart, relations_part
from narrator.word.headings import HeadingNumbers, heading_numbers
from narrator.word.pages import PageSize
from narrator.word.xml import CONTENT_TYPES, MC, NS, W14, W15, WP, WP14, XML_DECLARATION, R, W, q, wq

PATH = Path(__file__).parent / "template.docx"
# What the writer calls a style, and the name under which a template must hold it.
STYLES: dict[str, str] = {
    "title": "Title",
    "heading1": "heading 1",
    "heading2": "heading 2",
    "heading3": "heading 3",
    "heading4": "heading 4",
    "body": "公文正文",
    "figure": "图",
    "caption": "caption",
    "cell": "表内文字",
    "source": "资料来源",
    "table": "三线表",
    "toc heading": "TOC Heading",
    "toc1": "toc 1",
    "toc2": "toc 2",
    "toc3": "toc 3",
}
_KEPT = {
    "styles", "numbering", "settings", "fontTable", "theme", "webSettings", "header", "footer", "footnotes",
    "endnotes",
}  # fmt: skip
_KEPT_PACKAGE = {"officeDocument", "custom-properties"}
_HINT = "请以随软件提供的 template.docx 为底稿修改，或在 Word 的样式窗格中新建同名样式。"
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass
class Ids:
    """Numbers that no other object of the file has yet, one row for each kind."""

    control: count[int]
    bookmark: count[int]
    drawing: count[int]


@dataclass
class Frame:
    """An emptied template, ready to be filled."""

    document: Document
    styles: dict[str, str]  # use → style id in this template
    page: PageSize
    numbers: HeadingNumbers
    ids: Ids

    @property
    def section(self) -> etree._Element:
        """The properties of the only section: the last child of the body."""
        return self.document.element.body[-1]


def open_frame(template: Path | None) -> Frame:
    """Open a template, or the shipped one; raises DocumentError where it cannot carry a report."""
    path = template or PATH
    name = f"模板 {path.name}"
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"读不到{name}。", hint=f"请检查路径：{path}（{reason(error, reading=True)}）") from error
    try:
        archive = Archive(data, path.name)
        document = docx.Document(io.BytesIO(_emptied(archive)))
        styles = document.styles.element
    except (BrokenPart, DocumentError, KeyError, ValueError, etree.XMLSyntaxError) as error:
        why = error.message if isinstance(error, DocumentError) else str(error) if isinstance(error, BrokenPart) else ""
        raise DocumentError(
            f"{name} 不是完好的 Word 文档（.docx）" + (f"：{why}" if why else "。"),
            hint=getattr(error, "hint", "") or "请在 Word 中打开它，确认没有加密，修复后再另存为 .docx。",
        ) from error
    if archive.strict:
        raise DocumentError(
            f"{name} 不是通常的 .docx 格式。", hint="请在 Word 中另存为“Word 文档（*.docx）”，不要选 Strict 格式。"
        )
    ids = _style_ids(styles, name)
    numbering = [r.target_part for r in document.part.rels.values() if r.reltype == RELATIONSHIP_TYPE.NUMBERING]
    headings = [ids[f"heading{level}"] for level in (1, 2, 3, 4)]
    numbers = heading_numbers(styles, numbering[0].element if numbering else None, headings)
    return Frame(document, ids, _page(document), numbers, _ids(document.part.package))


def packed(package: OpcPackage, *, compress: bool = True) -> bytes:
    """The bytes of a package as python-docx saves it, but for the clock: the same parts, the same bytes."""
    saved, out = io.BytesIO(), io.BytesIO()
    package.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
            entry.create_system = 0  # or the builds of two operating systems differ
            target.writestr(entry, source.read(name))
    return out.getvalue()


# --------------------------------------------------------------------------- emptying a template


def _emptied(archive: Archive) -> bytes:
    """The template without what only its own text used: pictures, comments, notes, its data.

    Raises BrokenPart where a part that stays is damaged, python-docx would not say which.
    """
    main = archive.main
    kept = {r.target: r.kind for r in archive.relations(main).values() if r.kind in _KEPT and archive.has(r.target)}
    for part in kept:
        archive.parse(part)
    changed = {
        main: _empty_document(archive.parse(main)),
        "[Content_Types].xml": _main_type(archive.parse("[Content_Types].xml"), main),
        relations_part(""): _relations(archive, "", _KEPT_PACKAGE),
    }
    for part in (main, *kept):
        if archive.has(relations_part(part)):
            changed[relations_part(part)] = _relations(archive, part, _KEPT if part == main else None)
    for part, kind in kept.items():
        if kind in ("footnotes", "endnotes"):
            changed[part] = _separators_only(archive.parse(part))
    return archive.with_parts(changed)


def _empty_document(root: etree._Element) -> bytes:
    """A document without text: only the last section, with no marks of revision or editing session."""
    found = root.find("w:body/w:sectPr", NS)
    section = etree.Element(wq("sectPr")) if found is None else copy.deepcopy(found)
    for change in section.findall("w:sectPrChange", NS):
        section.remove(change)
    for attribute in list(section.attrib):
        del section.attrib[attribute]  # rsids only
    return (
        f'{XML_DECLARATION}<w:document xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:w14="{W14}" '
        f'xmlns:w15="{W15}" xmlns:wp="{WP}" xmlns:wp14="{WP14}" mc:Ignorable="w14 w15 wp14">'
        f"<w:body>{etree.tostring(section, encoding='unicode')}</w:body></w:document>"
    ).encode()


def _main_type(types: etree._Element, main: str) -> bytes:
    """Say that the main part is a document's, where a .dotx says otherwise."""
    for element in types.findall(f"{{{CONTENT_TYPES}}}Override"):
        if element.get("PartName", "").lstrip("/") == main:
            element.set("ContentType", CONTENT_TYPE.WML_DOCUMENT_MAIN)
    return _bytes(types)


def _relations(archive: Archive, part: str, kinds: Collection[str] | None) -> bytes:
    """The relationships of a part, without other `kinds` and those to parts that are not there."""
    root = archive.parse(relations_part(part))
    known = archive.relations(part)
    for element in list(root):
        relation = known.get(element.get("Id", ""))
        there = relation and (relation.external or archive.has(relation.target))
        if not relation or not there or (kinds is not None and relation.kind not in kinds):
            root.remove(element)
    return _bytes(root)


def _separators_only(notes: etree._Element) -> bytes:
    for note in list(notes):
        if note.get(wq("type"), "normal") == "normal":
            notes.remove(note)
    return _bytes(notes)


def _bytes(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


# --------------------------------------------------------------------------- what a template says


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


def _page(document: Document) -> PageSize:
    section = document.sections[-1]
    try:
        width, left, right, gutter, height, top, bottom = (
            abs(length or 0) // 635  # EMU in a twip
            for length in (
                section.page_width, section.left_margin, section.right_margin, section.gutter, section.page_height,
                section.top_margin, section.bottom_margin,
            )
        )  # fmt: skip
    except ValueError:  # no number
        return PageSize()
    size = PageSize(width - left - right - gutter, height - top - bottom)
    return size if size.text_width > 2000 and size.text_height > 2000 else PageSize()


def _ids(package: OpcPackage) -> Ids:
    """Counters that start above every id in the headers and footers that stay."""
    low = {q("w:id"): 1000, q("w:bookmarkStart"): 0, q("wp:docPr"): 100}
    top = dict(low)
    for part in package.iter_parts():
        if isinstance(part, HeaderPart | FooterPart):
            for element in part.element.iter(*low):
                value = element.get("id") or element.get(wq("id")) or element.get(wq("val")) or ""
                top[element.tag] = max(top[element.tag], int(value) if value.isdecimal() else 0)
    limit = 2**31 - 2**20  # ids are 32-bit; a template at the very top starts again low
    return Ids(*(count((low[kind] if top[kind] > limit else top[kind]) + 1) for kind in low))
