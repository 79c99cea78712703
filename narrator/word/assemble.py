"""Pieces of a story become numbered blocks: paragraphs joined, cells gathered, charts put in their place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from lxml import etree

from narrator.model import Part
from narrator.word.archive import Relation
from narrator.word.chart_text import read_chart, read_diagram
from narrator.word.document import (
    Anchor,
    Block,
    Cell,
    ChartData,
    ChartSeries,
    ChartSpot,
    Region,
    Span,
    heading_level,
    is_caption_text,
)
from narrator.word.segments import PLAIN, CellBuilder, Hole, Piece, Segment

if TYPE_CHECKING:
    from narrator.word.read import Reader


class Assembler:
    """Turns the pieces of one story into numbered blocks."""

    def __init__(
        self, reader: Reader, relations: dict[str, Relation], name: str, host: Piece | None, author: str
    ) -> None:
        self.reader = reader
        self.relations = relations
        self.name = name
        self.host = host
        self.author = author

    def assemble(self, items: list[Piece | Hole]) -> None:
        cells: dict[CellBuilder, list[Piece]] = {}
        for item in items:
            if isinstance(item, Piece) and item.cell is not None:
                cells.setdefault(item.cell, []).append(item)
        # Paragraphs whose mark is deleted run on into the next; a text box between them does not part them.
        waiting: dict[str, list[Piece]] = {}
        for item in items:
            if isinstance(item, Hole):
                if item.context.shown("final"):
                    self._fill(item)
                continue
            before = waiting.get(item.part)
            if before and not item.role and before[0].container != item.container:
                self._block([waiting.pop(item.part)], None)
            if item.cell is not None:
                pieces = cells.pop(item.cell, None)
                if pieces and item.cell.shown:
                    self._block(_joined(pieces), item.cell)
            elif item.role:
                self._block([[item]], None)
            else:
                waiting.setdefault(item.part, []).append(item)
                if item.mark not in ("del", "moveFrom"):
                    self._block([waiting.pop(item.part)], None)
        for pieces in waiting.values():
            self._block([pieces], None)

    def _block(self, lines: list[list[Piece]], cell: CellBuilder | None) -> None:
        """One block from paragraphs: `lines` are separated by a line feed, the pieces of a line are not."""
        blocks = self.reader.blocks
        number = len(blocks) + 1
        found = _compose(lines)
        last = lines[-1][-1]
        label = self._labels(lines)
        if not found.text and (cell is None or cell.covered) and not any(found.hidden):
            return
        part: Part = "table" if cell is not None and last.part == "body" else last.part
        host = 0
        if found.text or cell is not None:
            host = number
            for piece, starts in found.starts:
                self.reader.where[piece] = (number, part, starts)
            self._enter(self._described(last, number, part, found, cell, label), last)
        for line, segments in zip(lines, found.hidden, strict=True):
            if segments:
                self._hidden(segments, part, host, line[-1])

    def _labels(self, lines: list[list[Piece]]) -> str:
        """The automatic number of the first paragraph; all are counted."""
        reader = self.reader
        labels = [
            reader.numbering.label(p.numbering, p.style or reader.styles.default, reader.styles.get(p.style))
            for p in (line[-1] for line in lines)
            if p.element is not None
        ]
        return labels[0] if labels else ""

    def _enter(self, block: Block, piece: Piece | None) -> None:
        """Add a block, and remember the paragraph of the main text that a remark on it can stand at."""
        self.reader.blocks.append(block)
        while piece is not None and piece.host is not None:
            piece = piece.host
        if self.host is not None:
            piece = self.host
        if piece is not None and piece.element is not None:
            self.reader.paragraphs[block.number] = piece.element

    def _described(
        self, last: Piece, number: int, part: Part, found: _Composed, cell: CellBuilder | None, label: str
    ) -> Block:
        reader, text, spans = self.reader, found.text, found.spans
        style = reader.styles.get(last.style)
        level = 0
        if not last.role and last.element is not None:
            level = reader.styles.level(last.style, last.outline)
            if not level and part == "body" and not style.name.lower().startswith("toc"):
                level = heading_level(label + text)
        anchors: list[Anchor] = []
        for piece, starts in found.starts:
            for tag, kind, own, first, end in piece.marks:
                if starts[first] < starts[end]:
                    anchors.append(Anchor(starts[first], starts[end], tag, kind, own))  # type: ignore[arg-type]
        toc = style.name.lower().startswith("toc ") or any(s.detail.upper().startswith("TOC") for s in spans)
        caption = style.name.lower() in ("caption", "题注") or any(
            s.kind == "field" and s.detail.upper().startswith("SEQ ") for s in spans
        )
        return Block(
            number, part, text, "" if last.role else style.name, 0 if toc else level, label,
            is_caption=not toc and (caption or (cell is None and is_caption_text(label + text))),
            is_toc=toc,
            source=tuple(found.source), cell=_cell(cell), spans=spans, anchors=tuple(sorted(anchors, key=_by_start)),
            role=last.role, author=self.author, host=self._host(last),
        )  # fmt: skip

    def _host(self, piece: Piece | None) -> int:
        own = piece.host if piece is not None else None
        return self.reader.number_of(own) or self.reader.number_of(self.host)

    def _hidden(self, segments: list[Segment], part: Part, host: int, piece: Piece) -> None:
        text, source, position = "", [], 0
        for segment in segments:
            source.append((position, segment))
            position += len(segment.text)
            text += segment.text
        if text.strip():
            self._enter(
                Block(len(self.reader.blocks) + 1, part, text, role=piece.role, hidden=True, author=self.author,
                      host=host or self._host(piece), source=tuple(source)),
                piece,
            )  # fmt: skip

    # ------------------------------------------------------------------ charts and diagrams

    def _fill(self, hole: Hole) -> None:
        reader = self.reader
        relation = self.relations.get(hole.rid)
        if relation is None or relation.external:
            what = {"diagram": "示意图"}.get(hole.kind, "图表")
            reader.regions.append(Region(hole.kind, self.name, f"{what}的内容缺失或在文件之外，未读到。"))
            return
        root = reader.parse(relation.target, hole.kind)
        if root is None:
            return
        if hole.kind == "diagram":
            for text in read_diagram(root):
                self._plain(text, "textbox", "diagram", hole, None)
            return
        self._chart(root, relation.target, hole)

    def _chart(self, root: etree._Element, part: str, hole: Hole) -> None:
        reader = self.reader
        overlays: list[Any] = []
        for relation in reader.relations_of(part).values():
            if relation.kind == "chartUserShapes" and not relation.external:
                overlay = reader.parse(relation.target, "chart")
                if overlay is not None:
                    overlays.append(overlay)
        chart = read_chart(root, overlays)
        index, first = len(reader.charts), len(reader.blocks) + 1
        own: list[list[int]] = [[] for _ in chart.series]
        for role, series, point, text in chart.texts:
            if 0 <= series < len(own):
                own[series].append(len(reader.blocks) + 1)
            self._plain(text, "chart", "", hole, ChartSpot(index, role, series, point))
        reader.charts.append(
            ChartData(
                part, chart.kinds, chart.title, chart.axes, chart.categories,
                tuple(
                    ChartSeries(s.name, s.values, s.raw, s.categories or chart.categories, tuple(numbers))
                    for s, numbers in zip(chart.series, own, strict=True)
                ),
                host=first if chart.texts else 0,
            )
        )  # fmt: skip

    def _plain(self, text: str, part: Part, role: str, hole: Hole, spot: ChartSpot | None) -> None:
        self._enter(
            Block(len(self.reader.blocks) + 1, part, text, role=role, chart=spot, hidden=hole.context.hidden,
                  author=self.author, host=self.reader.number_of(hole.host) or self._host(None)),
            hole.host,
        )  # fmt: skip


def _joined(pieces: list[Piece]) -> list[list[Piece]]:
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        lines[-1].append(piece)
        if piece.mark not in ("del", "moveFrom"):
            lines.append([])
    if not lines[-1]:
        lines.pop()
    return lines


@dataclass(slots=True)
class _Composed:
    """Text as it is seen. `source` pairs each segment with its position; `starts` gives, for each piece, the
    position of each of its segments and of its end; `hidden` what is out of sight, per line."""

    text: str
    source: list[tuple[int, Segment]]
    spans: tuple[Span, ...]
    starts: list[tuple[Piece, list[int]]]
    hidden: list[list[Segment]]


def _compose(lines: list[list[Piece]]) -> _Composed:
    texts: list[str] = []
    source: list[tuple[int, Segment]] = []
    spans: list[Span] = []
    starts: list[tuple[Piece, list[int]]] = []
    hidden: list[list[Segment]] = []
    position = 0
    for i, line in enumerate(lines):
        if i:
            texts.append("\n")
            position += 1
        out_of_sight: list[Segment] = []
        for piece in line:
            own: list[int] = []
            for segment in piece.segments:
                own.append(position)
                text, context = segment.text, segment.context
                end = position + len(text)
                if context is not PLAIN:
                    if context.revisions and not context.shown("final"):
                        continue
                    if context.hidden:
                        out_of_sight.append(segment)
                        continue
                    if context.placeholder:
                        spans.append(Span(position, end, "placeholder"))
                if segment.fields:
                    spans.extend(Span(position, end, "field", code) for code in segment.fields)
                if segment.kind == "math":
                    spans.append(Span(position, end, "math"))
                texts.append(text)
                source.append((position, segment))
                position = end
            own.append(position)
            starts.append((piece, own))
        hidden.append(out_of_sight)
    return _Composed("".join(texts), source, _merged(spans), starts, hidden)


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    """Neighbouring spans of one kind and code as one."""
    if len(spans) < 2:
        return tuple(spans)
    last: dict[tuple[str, str], int] = {}
    out: list[Span] = []
    for span in spans:
        key = (span.kind, span.detail)
        at = last.get(key)
        if at is not None and out[at].end == span.start:
            out[at] = replace(out[at], end=span.end)
        else:
            last[key] = len(out)
            out.append(span)
    return tuple(out)


def _cell(cell: CellBuilder | None) -> Cell | None:
    if cell is None:
        return None
    return Cell(cell.table, cell.row, cell.col, cell.row_span, cell.col_span, cell.is_header)


def _by_start(anchor: Anchor) -> tuple[int, int, str]:
    return anchor.start, -anchor.end, anchor.kind
