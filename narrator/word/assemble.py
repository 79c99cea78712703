"""Pieces of a story become numbered blocks: paragraphs joined, cells gathered, charts put in their place."""

from __future__ import annotations

from dataclasses import replace
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
from narrator.word.segments import CellBuilder, Hole, Piece, Segment

if TYPE_CHECKING:
    from narrator.word.read import Reader


class Assembler:
    """Turns the pieces of one story into numbered blocks."""

    def __init__(self, reader: Reader, relations: dict[str, Relation], name: str, host: int, author: str) -> None:
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
        text, source, spans, hidden = _compose(lines)
        last = lines[-1][-1]
        if not text and (cell is None or cell.covered) and not any(hidden):
            return
        part: Part = "table" if cell is not None and last.part == "body" else last.part
        if text or cell is not None:
            positions = _positions(lines)
            for piece, starts in positions:
                self.reader.where[piece] = (number, part, starts)
            block = self._described(lines, number, part, text, cell, spans, positions)
            blocks.append(replace(block, source=tuple(source)) if source else block)
        for line, segments in zip(lines, hidden, strict=True):
            if segments:
                self._hidden(segments, part, number if text or cell is not None else 0, line[-1])

    def _described(
        self, lines: list[list[Piece]], number: int, part: Part, text: str, cell: CellBuilder | None,
        spans: tuple[Span, ...], positions: list[tuple[Piece, list[int]]],
    ) -> Block:  # fmt: skip
        reader = self.reader
        last = lines[-1][-1]
        style = reader.styles.get(last.style)
        label, level = "", 0
        if not last.role and last.element is not None:
            label = reader.numbering.label(last.numbering, last.style or reader.styles.default, style)
            level = reader.styles.level(last.style, last.outline)
            if not level and part == "body" and not style.name.lower().startswith("toc"):
                level = heading_level(label + text)
        anchors: list[Anchor] = []
        for piece, starts in positions:
            for tag, kind, own, first, end in piece.marks:
                if starts[first] < starts[end]:
                    anchors.append(Anchor(starts[first], starts[end], tag, kind, own))  # type: ignore[arg-type]
        toc = style.name.lower().startswith("toc ") or any(s.detail.upper().startswith("TOC") for s in spans)
        caption = style.name.lower() in ("caption", "题注") or any(
            s.kind == "field" and s.detail.upper().startswith("SEQ ") for s in spans
        )
        return Block(
            number, part, text, style.name, 0 if toc else level, label,
            is_caption=not toc and (caption or (cell is None and is_caption_text(label + text))),
            is_toc=toc,
            cell=_cell(cell), spans=spans, anchors=tuple(sorted(anchors, key=_by_start)),
            role=last.role, author=self.author, host=self._host(last),
        )  # fmt: skip

    def _host(self, piece: Piece) -> int:
        return self.reader.number_of(piece.host) if piece.host is not None else self.host

    def _hidden(self, segments: list[Segment], part: Part, host: int, piece: Piece) -> None:
        text, source, position = "", [], 0
        for segment in segments:
            source.append((position, segment))
            position += len(segment.text)
            text += segment.text
        if text.strip():
            blocks = self.reader.blocks
            blocks.append(
                Block(len(blocks) + 1, part, text, role=piece.role, hidden=True, author=self.author,
                      host=host or self._host(piece), source=tuple(source))
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
        blocks = self.reader.blocks
        blocks.append(
            Block(len(blocks) + 1, part, text, role=role, chart=spot, hidden=hole.context.hidden,
                  author=self.author, host=self.reader.number_of(hole.host) or self.host)
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


def _compose(
    lines: list[list[Piece]],
) -> tuple[str, list[tuple[int, Segment]], tuple[Span, ...], list[list[Segment]]]:
    """Text as it is seen, segments with their positions, spans, and per line what is hidden."""
    texts: list[str] = []
    source: list[tuple[int, Segment]] = []
    spans: list[Span] = []
    hidden: list[list[Segment]] = []
    position = 0
    for i, line in enumerate(lines):
        if i:
            texts.append("\n")
            position += 1
        out_of_sight: list[Segment] = []
        for piece in line:
            for segment in piece.segments:
                context = segment.context
                if context.revisions and not context.shown("final"):
                    continue
                if context.hidden:
                    out_of_sight.append(segment)
                    continue
                texts.append(segment.text)
                source.append((position, segment))
                end = position + len(segment.text)
                if segment.fields:
                    spans.extend(Span(position, end, "field", code) for code in segment.fields)
                if context.placeholder:
                    spans.append(Span(position, end, "placeholder"))
                if segment.kind == "math":
                    spans.append(Span(position, end, "math"))
                position = end
        hidden.append(out_of_sight)
    return "".join(texts), source, _merged(spans), hidden


def _positions(lines: list[list[Piece]]) -> list[tuple[Piece, list[int]]]:
    """For each piece, the position of each segment's start, and of the end, in the block's text."""
    out = []
    position = 0
    for i, line in enumerate(lines):
        position += 1 if i else 0
        for piece in line:
            starts = []
            for segment in piece.segments:
                starts.append(position)
                context = segment.context
                if not context.hidden and (not context.revisions or context.shown("final")):
                    position += len(segment.text)
            starts.append(position)
            out.append((piece, starts))
    return out


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
