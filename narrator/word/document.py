"""What a document says, as values: blocks of text in reading order, and what hangs on them.

The same shape for .docx, .md and .txt. A block's `text` is what a person sees once every tracked change
is accepted: insertions in, deletions out, field results in, field codes out. Characters without width
(soft hyphens, zero-width spaces, direction marks) are left out, so a number cut by one is whole again.
Nothing here opens a file.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from narrator.model import Part, Place

SpanKind = Literal["field", "placeholder", "math", "link"]


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of a block that are something special.

    `field`: the result of a field, `detail` its code (`SEQ 图2 \\* ARABIC`, `PAGE`, `REF _Ref1 \\h`);
    nested fields give nested spans. `placeholder`: prompt text of an empty control. `math`: part of an
    equation. `link`: a bare address in a plain text.
    """

    start: int
    end: int
    kind: SpanKind
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """What binds characters of a block to a fact: a content control or a hidden bookmark with `tag`.

    `number` is the bookmark's own number in the ledger, 0 for controls. Controls of others are anchors too.
    """

    start: int
    end: int
    tag: str
    kind: Literal["control", "bookmark"]
    number: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a table cell stands: tables count from 1 in the document, rows and columns from 0.

    Columns are grid columns; deleted rows and cells do not count. `is_header` marks the cells of the
    rows that a reader takes as the head of the table.
    """

    table: int
    row: int
    col: int
    row_span: int = 1
    col_span: int = 1
    is_header: bool = False


ChartRole = Literal["title", "axis", "category", "series", "value", "label"]


@dataclass(frozen=True, slots=True)
class ChartSpot:
    """Which part of a chart a block is: `chart` counts into `Document.charts`; -1 where it has no meaning."""

    chart: int
    role: ChartRole
    series: int = -1
    point: int = -1


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of text.

    number    from 1: the line in .md and .txt, the place in reading order in .docx (a table cell is one)
    part      body, table, header, footer, footnote, endnote, textbox, chart or comment
    text      final view; paragraphs of one cell are separated by a line feed
    style     name of the paragraph style; in .md `heading 2`, `front matter`, `code` and so on
    level     1 to 4 for headings, else 0; from style, outline level, or the form `一、…`
    label     automatic number, which is seen but is no part of the text: `一、`, `（二）`, `1.`, `•`
    cell      coordinates in a table; chart: place in a chart
    spans     fields, placeholders, equations; `anchors`: bindings
    role      empty for running text, else `alt` (alternative text), `wordart`, `ruby`, `diagram`
    hidden    text formatted as hidden; it stands in a block of its own after the one it was taken from
    author    of a comment's text
    host      number of the block that a note, text box, chart, hidden text or comment hangs on, or 0
    offset    .md: column in the line at which `text` starts
    columns   .md: column of each character where marks inside were left out, else None
    joins_next  .md, .txt: the paragraph goes on in the next block
    """

    number: int
    part: Part
    text: str
    style: str = ""
    level: int = 0
    label: str = ""
    is_caption: bool = False
    is_toc: bool = False
    cell: Cell | None = None
    chart: ChartSpot | None = None
    spans: tuple[Span, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    role: str = ""
    hidden: bool = False
    author: str = ""
    host: int = 0
    offset: int = 0
    columns: tuple[int, ...] | None = None
    joins_next: bool = False
    # The stretches of XML the text was read from, for `locate`; empty for .md, .txt and charts.
    source: tuple[Any, ...] = field(default=(), repr=False, compare=False)

    @property
    def fields(self) -> tuple[Span, ...]:
        return tuple(s for s in self.spans if s.kind == "field")

    @property
    def exhibit(self) -> tuple[Literal["table", "chart"], int] | None:
        """The table or the chart that it is a piece of, by its number; None outside of them."""
        if self.cell is not None:
            return "table", self.cell.table
        return ("chart", self.chart.chart) if self.chart is not None else None

    def place(self, start: int, end: int) -> Place:
        """Characters `start` to `end` of `text` as the contract counts them: columns of the line in .md."""
        if self.columns is not None:
            first = self.columns[start] if start < len(self.columns) else self.offset
            last = self.columns[end - 1] + 1 if end > start else first
            return Place(self.part, self.number, first, last)
        return Place(self.part, self.number, start + self.offset, end + self.offset)


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """One series: cached values as they are shown, None for a gap. `blocks` are their block numbers."""

    name: str
    values: tuple[str | None, ...]
    raw: tuple[str | None, ...]
    categories: tuple[str, ...] = ()
    blocks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ChartData:
    """What a chart shows. `part` is its part's name, `host` the number of the first of its own blocks (0 for
    an empty chart), `caption` the caption nearest to it (below first), `caption_block` its number or 0."""

    part: str
    kinds: tuple[str, ...]
    title: str
    axes: tuple[str, ...]
    categories: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    host: int = 0
    caption: str = ""
    caption_block: int = 0


@dataclass(frozen=True, slots=True)
class Region:
    """Something in the file that could not be read, said in Chinese; never an error by itself."""

    kind: str
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class Comment:
    """A Word comment, or a line `narrate: allow …` of a .md or .txt.

    `places` are the stretches it lies on, one a block; in .md an allowing line lies on the line it stands
    in, or, alone on a line, on the next line that has text (the last one, at the end of the file).
    """

    author: str
    text: str
    places: tuple[Place, ...] = ()
    date: str = ""
    identity: str = ""  # its id in the comments part of a .docx
    replied: bool = False  # somebody answered it
    settled: bool = False  # its thread is marked as done


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, which in .md and .txt may run over several lines (and cut a number in two)."""

    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """The lines without their breaks, since Chinese sets none between them; a blank where both sides
        are Latin letters."""
        out = ""
        for start, block in zip(self._starts, self.blocks, strict=True):
            out += " " * (start - len(out)) + block.text
        return out

    @cached_property
    def _starts(self) -> list[int]:
        """Where each block begins in `text`."""
        starts: list[int] = []
        position, before = 0, ""
        for block in self.blocks:
            edges = before[-1:], block.text[:1]
            position += all(edge.isascii() and edge.isalpha() for edge in edges)
            starts.append(position)
            position += len(block.text)
            before = block.text
        return starts

    def places(self, start: int, end: int) -> tuple[Place, ...]:
        """Where characters `start` to `end` of `text` stand, one place for each block they touch."""
        out: list[Place] = []
        at = max(0, bisect_right(self._starts, start) - 1)
        while at < len(self.blocks) and (position := self._starts[at]) < end:
            block = self.blocks[at]
            at += 1
            low, high = max(start, position), min(end, position + len(block.text))
            if low < high:
                out.append(block.place(low - position, high - position))
        return tuple(out)


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it was read. `strict` marks the ISO strict variant of .docx, which is only read."""

    name: str
    kind: Literal["docx", "md", "txt"]
    blocks: tuple[Block, ...]
    charts: tuple[ChartData, ...] = ()
    regions: tuple[Region, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    # Tag → fact id and its text as first printed; `record` is the whole ledger (`bind.Ledger`) or None.
    ledger: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    record: Any = field(default=None, repr=False, compare=False)
    comments: tuple[Comment, ...] = ()
    bookmarks: Mapping[str, Place] = field(default_factory=dict)
    strict: bool = False

    @property
    def text(self) -> str:
        return "\n".join(b.text for b in self.blocks)

    def at(self, number: int) -> tuple[Block, ...]:
        """The blocks with that number: one in .docx, one or more (table cells) in .md, none if too large."""
        if self.kind == "docx":
            return self.blocks[number - 1 : number] if number > 0 else ()
        first = bisect_left(self.blocks, number, key=_number)
        return self.blocks[first : bisect_right(self.blocks, number, key=_number)]

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every block once, those that form one paragraph together."""
        run: list[Block] = []
        for block in self.blocks:
            run.append(block)
            if not block.joins_next:
                yield Paragraph(tuple(run))
                run = []
        if run:
            yield Paragraph(tuple(run))

    def locate(self, number: int, start: int, end: int) -> list[tuple[Any, int, int]]:
        """The stretches of XML behind characters `start` to `end` of a block of a .docx: (segment, from, to).

        Empty where the text has no run of its own (charts, alternative texts) and for plain texts.
        """
        hits: list[tuple[Any, int, int]] = []
        for block in self.at(number):
            for position, segment in block.source:
                low, high = max(start, position), min(end, position + len(segment.text))
                if low < high:
                    hits.append((segment, low - position, high - position))
        return hits


def _number(block: Block) -> int:
    return block.number


def heading_level(text: str) -> int:
    """1 for `一、…`, 2 for `（一）…` where the line is short and no sentence; else 0.

    Reports without heading styles are told apart by this alone.
    """
    text = text.strip()
    if not text or len(text) > 45 or text[-1] in "。；，：！？;,:.!?" or "。" in text:
        return 0
    numerals = "一二三四五六七八九十"
    body = text.lstrip(numerals)
    if len(body) < len(text) and body[:1] == "、" and len(body) > 1:
        return 1
    if text[0] in "（(":
        body = text[1:].lstrip(numerals)
        if len(body) < len(text) - 1 and body[:1] in "）)" and len(body) > 1:
            return 2
    return 0


def is_caption_text(text: str) -> bool:
    """`图 2.1 …`, `表3 …`: short, number first."""
    text = text.strip()
    return (
        len(text) <= 80
        and text[:1] in ("图", "表")
        and text[1:].lstrip()[:1].isdigit()
        and not text.endswith(("。", "；", "，"))
    )
