"""From a draft to the bytes of a Word file: title, contents, blocks, ledger, properties."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml

from narrator.model import Draft, Fact, Figure, Heading, Paragraph, Period
from narrator.word.bind import Ledger, custom_properties_xml, item_properties_xml
from narrator.word.body import Body, field, run
from narrator.word.captions import labels
from narrator.word.frame import Frame, open_frame, packed
from narrator.word.pages import (
    BODY_LINE,
    BODY_SIZE,
    CAPTION,
    CELL_PADDING,
    NOTE_LINE,
    NOTE_SIZE,
    TABLE_LINE,
    TABLE_SIZE,
    TITLE_LINE,
    TITLE_SIZE,
    TOC_LINE,
    TOC_NUMBER,
    TOC_SIZES,
    TWIP,
    Flow,
    lines,
)
from narrator.word.xml import W15, WP, XML_DECLARATION, R, W, escape, legal

TOC_LEVELS = 3
_APP = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
PUBLISHER = "publisher"


def write(
    draft: Draft,
    fact: Callable[[str], Fact],
    *,
    template: Path | None = None,
    properties: Mapping[str, str] | None = None,
) -> bytes:
    """Render a draft as a .docx; the same inputs give the same bytes.

    `fact` gives the fact of an id and raises what it likes for an unknown one. `template` is a
    bureau's own .docx with the styles of `narrator.word.template.STYLES`; its text is replaced, its
    headers, footers and page stay. `properties` are further custom document properties; `publisher`
    among them becomes the document's author and company instead, which is where Word shows it.

    Raises DocumentError for a template that is absent, damaged or lacks styles, and for a draft
    that cannot be set: a reference to no figure, a slot left open, a fact without a value.
    """
    frame = open_frame(template)
    named = {"index": draft.index, "period": str(draft.period), "digest": draft.digest, "writer": draft.writer}
    ledger = Ledger(attributes=named)
    body = Body(frame, fact, labels(draft), ledger)
    title = body.paragraph("title", body.text(_broken(draft.title, frame)))
    # The contents open the file, but what they list is known only when the blocks are set.
    body.break_before_next = any(isinstance(b, Heading) and b.level <= TOC_LEVELS for b in draft.blocks)
    blocks = "".join(body.block(block) for block in draft.blocks)
    # Two levels where three would not go on one page.
    fits = _front(draft, body, TOC_LEVELS).page == 1 or not body.listed(TOC_LEVELS - 1)
    deepest = TOC_LEVELS if fits else TOC_LEVELS - 1
    contents = _contents(body, deepest, _estimate(draft, body, deepest)) if body.listed(deepest) else ""
    # A body must not end in a table: Word would add a paragraph, and count the file as changed.
    tail = body.paragraph("body", "") if blocks.endswith("</w:tbl>") or not blocks else ""
    filled = parse_xml(f'<w:body xmlns:w="{W}" xmlns:r="{R}" xmlns:w15="{W15}" xmlns:wp="{WP}">'
                       f"{title}{contents}{blocks}{tail}</w:body>")  # fmt: skip
    for element in list(filled):
        frame.section.addprevious(element)
    _attach_ledger(frame.document, ledger)
    _set_properties(
        frame.document, body.plain(draft.title), draft.period,
        {f"narrate.{name}": value for name, value in named.items()}
        | {name: value for name, value in (properties or {}).items() if name != PUBLISHER},
        (properties or {}).get(PUBLISHER, ""),
    )  # fmt: skip
    return packed(frame.document.part.package)


def _broken(title: str, frame: Frame) -> str:
    """A title too long for a line is broken before its bracket (2019年上半年), not inside it."""
    start = title.rfind("（")
    if start > 0 and "\n" not in title and lines(title, TITLE_SIZE, frame.page.width * 0.95) > 1:
        return f"{title[:start]}\n{title[start:]}"
    return title


# --------------------------------------------------------------------------- contents


def _contents(body: Body, deepest: int, pages: Mapping[str, int]) -> str:
    """The contents as Word builds them, so that nothing changes but page numbers on a refresh."""
    start = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
        f'TOC \\o "1-{deepest}" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    out = body.paragraph("toc heading", run("目　录"))
    for entry in body.listed(deepest):
        page = field(f"PAGEREF {entry.bookmark} \\h", str(pages[entry.bookmark]))
        line = f"{run(entry.label + entry.text)}<w:r><w:tab/></w:r>{page}"
        link = f'<w:hyperlink w:anchor="{entry.bookmark}" w:history="1">{line}</w:hyperlink>'
        out += body.paragraph(f"toc{entry.level}", start + link)
        start = ""
    out += body.paragraph("toc1", '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    return (
        f'<w:sdt><w:sdtPr><w:id w:val="{next(body.frame.ids.control)}"/><w:docPartObj>'
        '<w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{out}</w:sdtContent></w:sdt>"
    )


def _front(draft: Draft, body: Body, deepest: int) -> Flow:
    """Title and contents, set."""
    flow = Flow(body.frame.page)
    room = flow.size.width
    flow.text(lines(body.plain(draft.title), TITLE_SIZE, room), TITLE_LINE)
    flow.whole(3 * BODY_LINE + 6)  # the title's margins and the word 目录
    for entry in body.listed(deepest):
        left = room - TOC_NUMBER - 14 * (entry.level - 1)
        flow.text(lines(entry.label + entry.text, TOC_SIZES[entry.level - 1], left), TOC_LINE)
    flow.whole(TOC_LINE)
    return flow


def _estimate(draft: Draft, body: Body, deepest: int) -> dict[str, int]:
    """The probable page of every heading, by bookmark."""
    flow = _front(draft, body, deepest)
    room = flow.size.width
    flow.break_page()
    headings = iter(body.contents)
    for block in draft.blocks:
        if isinstance(block, Heading):
            entry = next(headings)
            count = lines(entry.label + entry.text, BODY_SIZE, room, 2)
            flow.heading(count * BODY_LINE)
        elif isinstance(block, Paragraph):
            flow.text(lines(body.plain(block.text), BODY_SIZE, room, 2), BODY_LINE)
        elif isinstance(block, Figure):
            caption = CAPTION + TABLE_LINE * (lines(body.plain(block.caption), TABLE_SIZE, room, 4) - 1)
            flow.whole(10 + body.chart_heights[block.key] + caption)
        else:
            table = body.fitted(block)
            widths = body.column_widths(table)
            heights = [
                TABLE_LINE * max(
                    lines(body.plain(cell), TABLE_SIZE, w * TWIP - CELL_PADDING)
                    for cell, w in zip(row, widths, strict=True)
                )
                for row in (table.header, *table.rows)
            ]  # fmt: skip
            note = lines(body.plain(block.note), NOTE_SIZE, room, 2) * NOTE_LINE + 8 if block.note else 0.0
            flow.table(CAPTION, heights, note, whole=body.keeps_whole(block))
    return dict(zip((entry.bookmark for entry in body.contents), flow.heading_pages(), strict=True))


# --------------------------------------------------------------------------- parts beside the text


def _attach_ledger(document: Document, ledger: Ledger) -> None:
    package, content = document.part.package, ledger.xml()
    item = Part(PackURI("/customXml/item1.xml"), CONTENT_TYPE.XML, content.encode(), package)
    properties = Part(
        PackURI("/customXml/itemProps1.xml"), CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES,
        item_properties_xml(content).encode(), package,
    )  # fmt: skip
    item.relate_to(properties, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    document.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)


def _app_properties(publisher: str) -> bytes:
    company = f"<Company>{escape(publisher)}</Company>" if publisher else ""
    return (
        f'{XML_DECLARATION}<Properties xmlns="{_APP}"><Application>narrate</Application>{company}</Properties>'
    ).encode()


def _set_properties(document: Document, title: str, period: Period, custom: Mapping[str, str], publisher: str) -> None:
    core = document.core_properties
    core.title, core.language = legal(title)[:255], "zh-CN"  # what python-docx accepts
    core.author, core.last_modified_by = legal(publisher)[:255] or "narrate", "narrate"
    # Dated by the end of the period, for a clock would make every build another file.
    month = period.months[1]
    core.created = core.modified = datetime(period.year, month, calendar.monthrange(period.year, month)[1])
    package = document.part.package
    existing = None
    for id, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.CUSTOM_PROPERTIES:
            existing = relation.target_part.blob
            del package.rels[id]
    for name, kind, relation_type, content in (
        ("custom", CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES,
         custom_properties_xml(custom, existing)),
        ("app", CONTENT_TYPE.OFC_EXTENDED_PROPERTIES, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
         _app_properties(publisher)),
    ):  # fmt: skip
        package.relate_to(Part(PackURI(f"/docProps/{name}.xml"), kind, content, package), relation_type)
