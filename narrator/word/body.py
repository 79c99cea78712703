"""The blocks of a draft as WordprocessingML: text with bound numbers, headings, charts, tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part

from narrator.errors import DocumentError
from narrator.model import SLOT, Block, Fact, Figure, Heading, Paragraph, Table
from narrator.numerals import fill, printed, round_half_up
from narrator.word import charts
from narrator.word.bind import (
    BoundChart,
    BoundSeries,
    Ledger,
    bookmark,
    reference_bookmark,
    tag,
)
from narrator.word.captions import Label
from narrator.word.frame import Frame
from narrator.word.pages import CELL_PADDING, MM, TABLE_SIZE, TWIP, width
from narrator.word.plot import Value
from narrator.word.xml import A, C, escape

EMU_PER_MM = 36_000
# Quotation marks, dashes and dots that Chinese and Latin fonts both hold: without a hint Word takes
# the Latin, narrow ones.
_AMBIGUOUS = re.compile("[“”‘’…—·×±°]")
_JOINTS = re.compile("(?<=[0-9A-Za-z])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])")
_SOURCE_LINE = re.compile(r"注[：:]|(?:资料|数据)来源[：:]")
_PADDING = round(CELL_PADDING / TWIP)
_LEAST_WIDTH = _PADDING + round(3 * TABLE_SIZE / TWIP)  # twips: three characters
_KEEP_WHOLE = 16  # rows; a table of no more stays on one page


@dataclass(frozen=True, slots=True)
class TocEntry:
    """A line of the contents: `label` is the automatic number, `bookmark` stands round the heading."""

    level: int
    label: str
    text: str
    bookmark: str


def _set_width(text: str) -> float:
    """Width in characters with the quarter that word processors put between Chinese and Latin ones.

    Digits count a little more than half: a machine without the report's fonts takes broader ones.
    """
    return width(text) + 0.25 * len(_JOINTS.findall(text)) + 0.1 * sum(c.isdigit() for c in text)


# --------------------------------------------------------------------------- runs


def run(text: str) -> str:
    """One run of plain text; line breaks and tabs in it become elements."""
    if not text:
        return ""
    hint = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>' if _AMBIGUOUS.search(text) else ""
    pieces = re.split(r"(\r\n|[\n\r\t\v\f])", text)
    marked = "".join(
        "<w:tab/>" if piece == "\t" else
        "<w:br/>" if i % 2 else
        f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else ""
        for i, piece in enumerate(pieces)
    )  # fmt: skip
    return f"<w:r>{hint}{marked}</w:r>"


def field(code: str, result: str) -> str:
    """A complex field with its result as it should be now."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


class Body:
    """Turns blocks into XML one after the other, and enters every number into the ledger."""

    def __init__(self, frame: Frame, fact: Callable[[str], Fact], labels: Mapping[str, Label], ledger: Ledger) -> None:
        self.frame = frame
        self.fact = fact
        self.labels = labels
        self.ledger = ledger
        self.contents: list[TocEntry] = []
        self.chart_heights: dict[str, float] = {}  # in points, by figure key
        self.break_before_next = False

    def listed(self, deepest: int) -> list[TocEntry]:
        """The lines of contents that go down to the level `deepest`."""
        return [entry for entry in self.contents if entry.level <= deepest]

    # ----------------------------------------------------------------- paragraphs

    def paragraph(self, use: str, content: str, keep_next: bool = False) -> str:
        """A paragraph in the style for `use`."""
        style = self.frame.styles[use]
        keep = "<w:keepNext/>" if keep_next else ""
        new_page = "<w:pageBreakBefore/>" if self.break_before_next else ""
        self.break_before_next = False
        return f'<w:p><w:pPr><w:pStyle w:val="{escape(style)}"/>{keep}{new_page}</w:pPr>{content}</w:p>'

    def text(self, text: str) -> str:
        """Runs of a draft's text: slots become bound numbers, references become fields."""
        out, end = "", 0
        for slot in SLOT.finditer(text):
            out += self._plain(text[end : slot.start()])
            out += self._reference(slot["id"]) if slot["ref"] else self._number(slot["id"], slot["form"])
            end = slot.end()
        return out + self._plain(text[end:])

    def plain(self, text: str) -> str:
        """The same text as characters only, for the contents and for measuring."""
        return fill(text, self.fact, lambda key: str(self._label(key)))

    def _plain(self, text: str) -> str:
        if "[[" in text or "]]" in text:
            raise DocumentError(f"稿中有没有填上的数字位：“{text.strip()[:40]}”。")
        return run(text)

    def _label(self, key: str) -> Label:
        if key not in self.labels:
            raise DocumentError(f"正文引用了图表“{key}”，但稿中没有这张图表。")
        return self.labels[key]

    def _reference(self, key: str) -> str:
        return field(f"REF {reference_bookmark(key)} \\h", str(self._label(key)))

    def _number(self, id: str, form: str | None) -> str:
        """A number in its hidden control and bookmark; a unit that is a word stays outside."""
        fact = self.fact(id)
        try:
            shown = printed(fact, form)
        except ValueError as error:
            raise DocumentError(f"“{fact.id}”没有可以印出的数值。") from error
        entry = self.ledger.enter(fact, shown.number, form)
        mark = next(self.frame.ids.bookmark)
        return (
            f'<w:bookmarkStart w:id="{mark}" w:name="{bookmark(entry.key, entry.number)}"/>'
            f'<w:sdt><w:sdtPr><w:alias w:val="{escape(fact.id[:64])}"/><w:tag w:val="{tag(entry.key)}"/>'
            f'<w:id w:val="{next(self.frame.ids.control)}"/><w15:appearance w15:val="hidden"/></w:sdtPr>'
            f"<w:sdtContent>{run(shown.number)}</w:sdtContent></w:sdt>"
            f'<w:bookmarkEnd w:id="{mark}"/>{run(shown.unit)}'
        )

    def _bookmarked(self, name: str, content: str) -> str:
        mark = next(self.frame.ids.bookmark)
        return f'<w:bookmarkStart w:id="{mark}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{mark}"/>'

    # ----------------------------------------------------------------- blocks

    def block(self, block: Block) -> str:
        """The XML of one block of the draft."""
        if isinstance(block, Heading):
            return self._heading(block)
        if isinstance(block, Paragraph):
            use = "source" if _SOURCE_LINE.match(block.text) else "body"
            return self.paragraph(use, self.text(block.text))
        if isinstance(block, Figure):
            return self._figure(block)
        return self._table(block)

    def _heading(self, heading: Heading) -> str:
        if not 1 <= heading.level <= 4:
            raise DocumentError(f"标题“{heading.text[:20]}”的级别是 {heading.level}，只能是 1 至 4。")
        name = f"_Toc{200_000_001 + len(self.contents)}"
        label = self.frame.numbers.next(heading.level)
        self.contents.append(TocEntry(heading.level, label, self.plain(heading.text), name))
        return self.paragraph(f"heading{heading.level}", self._bookmarked(name, self.text(heading.text)))

    def _caption(self, key: str, caption: str, keep_next: bool) -> str:
        label = self._label(key)
        number = run(label.prefix) + field(f"SEQ {label.sequence} \\* ARABIC", str(label.number))
        marked = self._bookmarked(reference_bookmark(key), number)
        return self.paragraph("caption", marked + run("　") + self.text(caption), keep_next)

    def _figure(self, figure: Figure) -> str:
        chart = figure.chart
        values: list[list[Value]] = []
        bound: list[BoundSeries] = []
        for series in chart.series:
            if len(series.facts) != len(chart.categories):
                raise DocumentError(
                    f"图“{figure.key}”的系列“{series.name}”有 {len(series.facts)} 个值，"
                    f"类别却有 {len(chart.categories)} 个。"
                )
            facts = [self.fact(id) if id else None for id in series.facts]
            try:
                row = [round_half_up(f.value, chart.decimals) if f else None for f in facts]
            except ValueError as error:
                raise DocumentError(f"图“{figure.key}”里有没有数值的点（系列“{series.name}”）。") from error
            values.append(row)
            points = (
                (self.ledger.bind(f), f"{v:f}") if f and v is not None else None
                for f, v in zip(facts, row, strict=True)
            )
            bound.append(BoundSeries(series.name, tuple(points)))
        if not any(v is not None for row in values for v in row):
            raise DocumentError(f"图“{figure.key}”没有一个值。")
        picture = charts.picture(chart, values, self.frame.page.width / MM - 4)
        self.chart_heights[figure.key] = picture.height * MM
        part = self._chart_part(picture)
        name = part.partname.membername
        self.ledger.charts.append(
            BoundChart(figure.key, name, reference_bookmark(figure.key), picture.chart.kind, chart.unit,
                       chart.decimals, chart.categories, tuple(bound))
        )  # fmt: skip
        # A number in alt text could not be bound: such a caption is left out of it.
        caption = "" if SLOT.search(figure.caption) else figure.caption
        relation = self.frame.document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
        drawing = self._drawing(picture, relation, figure.key, charts.describe(picture, caption))
        return self.paragraph("figure", drawing, True) + self._caption(figure.key, figure.caption, False)

    def _chart_part(self, picture: charts.Picture) -> Part:
        package = self.frame.document.part.package
        part, book = (
            Part(package.next_partname(name), kind, content, package)
            for name, kind, content in (
                ("/word/charts/chart%d.xml", CONTENT_TYPE.DML_CHART, charts.chart_xml(picture, "rId1").encode()),
                ("/word/embeddings/Microsoft_Excel_Sheet%d.xlsx", CONTENT_TYPE.SML_SHEET, charts.workbook(picture)),
            )
        )
        part.load_rel(RELATIONSHIP_TYPE.PACKAGE, book, "rId1")
        return part

    def _drawing(self, picture: charts.Picture, relation: str, key: str, description: str) -> str:
        size = f'cx="{round(picture.width * EMU_PER_MM)}" cy="{round(picture.height * EMU_PER_MM)}"'
        return (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
            f'<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="{next(self.frame.ids.drawing)}" '
            f'name="{escape(key)}" descr="{escape(description)}"/><wp:cNvGraphicFramePr/>'
            f'<a:graphic xmlns:a="{A}"><a:graphicData uri="{C}"><c:chart xmlns:c="{C}" r:id="{relation}"/>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )

    def _table(self, table: Table) -> str:
        columns = len(table.header)
        if not columns or any(len(row) != columns for row in table.rows):
            raise DocumentError(f"表“{table.key}”各行的格数与表头（{columns} 格）不一致。")
        table = self.fitted(table)
        out = self._caption(table.key, table.caption, True)
        widths = self.column_widths(table)
        whole = self.keeps_whole(table)
        rows = self._row(table.header, widths, True, "<w:cantSplit/><w:tblHeader/>")
        for i, row in enumerate(table.rows):
            # the last row stays with the note, if there is one
            keep = whole and (i < len(table.rows) - 1 or bool(table.note))
            rows += self._row(row, widths, keep, "<w:cantSplit/>")
        grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
        out += (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{escape(self.frame.styles["table"])}"/>'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
            '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
            f'w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
        )
        if table.note:
            note = table.note if _SOURCE_LINE.match(table.note) else f"注：{table.note}"
            out += self.paragraph("source", self.text(note))
        return out

    @staticmethod
    def keeps_whole(table: Table) -> bool:
        """Whether a table is short enough to stay on one page."""
        return len(table.rows) <= _KEEP_WHOLE

    def _row(self, cells: tuple[str, ...], widths: list[int], keep_next: bool, properties: str) -> str:
        out = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{w}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
            f"{self.paragraph('cell', self.text(cell), keep_next)}</w:tc>"
            for cell, w in zip(cells, widths, strict=True)
        )
        return f"<w:tr><w:trPr>{properties}</w:trPr>{out}</w:tr>"

    def column_widths(self, table: Table) -> list[int]:
        """Twips for each column: as wide as its longest cell, the rest shared.

        Where that is too wide, the widest columns, of names that may wrap, give way to the others, of
        periods and numbers that may not.
        """
        room = self.frame.page.text_width
        natural = self._natural_widths(table)
        spare = room - sum(natural)
        if spare >= 0:
            return [w + spare // len(natural) for w in natural]
        left, widest = room, 0
        for i, w in enumerate(sorted(natural)):
            widest = left // (len(natural) - i)
            if w > widest:
                break
            left -= w
        return [min(w, widest) for w in natural]

    def _natural_widths(self, table: Table) -> list[int]:
        def twips(cell: str) -> int:
            longest = max(_set_width(line) for line in self.plain(cell).split("\n"))
            return _PADDING + round((longest + 0.5) * TABLE_SIZE / TWIP)

        columns = zip(table.header, *table.rows, strict=True)
        return [max(_LEAST_WIDTH, *(twips(cell) for cell in column)) for column in columns]

    def fitted(self, table: Table) -> Table:
        """The table with its header's units, 同比（%）, on a line of their own where it is too wide."""
        if sum(self._natural_widths(table)) <= self.frame.page.text_width:
            return table
        return replace(table, header=tuple(re.sub("(?<=.)（", "\n（", cell, count=1) for cell in table.header))
