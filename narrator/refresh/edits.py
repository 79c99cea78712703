"""Replacements in the blocks of a document, tried on its text before anything is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from narrator.word.document import Block, ChartData, Document


@dataclass(frozen=True, slots=True)
class Edit:
    """New text for characters `start` to `end` of the block at `place` in `Document.blocks`."""

    place: int
    start: int
    end: int
    text: str


class Edits:
    """Edits that do not overlap, and where characters go."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        self._of: dict[int, list[Edit]] = defaultdict(list)
        for edit in sorted(edits, key=lambda e: (e.place, e.start)):
            mine = self._of[edit.place]
            if not mine or mine[-1].end <= edit.start:
                mine.append(edit)

    def forward(self, place: int, position: int) -> int:
        """Where a position of the old text stands in the new; the end of an edit for one inside of it."""
        shift = 0
        for edit in self._of.get(place, ()):
            if position < edit.end and not position <= edit.start:
                return edit.start + shift + len(edit.text)
            if position <= edit.start:
                break
            shift += len(edit.text) - (edit.end - edit.start)
        return position + shift

    def back(self, place: int, start: int, end: int) -> tuple[int, int]:
        """The old characters that a stretch of the new text stands for; edits touched are whole."""
        shift, first, last = 0, None, None
        for edit in self._of.get(place, ()):
            low = edit.start + shift
            high = low + len(edit.text)
            grown = len(edit.text) - (edit.end - edit.start)
            if first is None and start < high:
                first = edit.start if start >= low else start - shift
            if last is None and end <= high:
                last = edit.end if end > low else end - shift
            shift += grown
        return (start - shift if first is None else first), (end - shift if last is None else last)

    def applied(self, document: Document) -> Document:
        """The document as it will read."""
        blocks = list(document.blocks)
        for place, edits in self._of.items():
            blocks[place] = self._block(blocks[place], place, edits)
        return replace(document, blocks=tuple(blocks), charts=tuple(self._chart(c, blocks) for c in document.charts))

    def _block(self, block: Block, place: int, edits: list[Edit]) -> Block:
        text, at = "", 0
        for edit in edits:
            text += block.text[at : edit.start] + edit.text
            at = edit.end
        text += block.text[at:]

        def moved(position: int) -> int:
            return self.forward(place, position)

        return replace(
            block,
            text=text,
            spans=tuple(replace(s, start=moved(s.start), end=moved(s.end)) for s in block.spans),
            anchors=tuple(replace(a, start=moved(a.start), end=moved(a.end)) for a in block.anchors),
        )

    @staticmethod
    def _chart(chart: ChartData, blocks: list[Block]) -> ChartData:
        series = []
        for each in chart.series:
            values = list(each.values)
            for number in each.blocks:
                block = blocks[number - 1]
                if block.chart is not None and block.chart.role == "value" and 0 <= block.chart.point < len(values):
                    values[block.chart.point] = block.text
            series.append(replace(each, values=tuple(values)))
        return replace(chart, series=tuple(series))
