"""Tables while a story is walked: what rows and cells say of themselves, and where each cell stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from narrator.word.segments import CellBuilder, Context
from narrator.word.settings import VAL, number, on
from narrator.word.xml import wq

_AUTHOR = wq("author")
_REVISIONS = {wq("ins"): "ins", wq("del"): "del", wq("cellIns"): "ins", wq("cellDel"): "del"}


@dataclass(slots=True, eq=False)
class Table:
    """The grid of one table as far as it is read; only rows and cells that are not deleted count."""

    number: int
    row: int = -1
    col: int = 0
    cells: list[CellBuilder] = field(default_factory=list)
    above: dict[int, CellBuilder] = field(default_factory=dict)  # grid column → cell that may be continued
    header_rows: set[int] = field(default_factory=set)

    def begin_row(self, settings: Element | None, context: Context) -> Context:
        """Enter a row; gives what holds for its text."""
        header, before = False, 0
        for child in settings if settings is not None else ():
            if child.tag in _REVISIONS:
                context = context.revised(_REVISIONS[child.tag], child.get(_AUTHOR) or "")
            elif child.tag == wq("hidden") and on(child):
                context = context._replace(hidden=True)
            elif child.tag == wq("tblHeader"):
                header = on(child)
            elif child.tag == wq("gridBefore"):
                before = number(child.get(VAL))
        if context.shown("final"):
            self.row += 1
            if header:
                self.header_rows.add(self.row)
        self.col = before
        return context

    def begin_cell(self, settings: Element | None, context: Context) -> tuple[CellBuilder, Context]:
        """Enter a cell; gives it, and what holds for its text."""
        span, merge = 1, ""
        for child in settings if settings is not None else ():
            if child.tag == wq("gridSpan"):
                span = min(max(1, number(child.get(VAL))), 1000)
            elif child.tag == wq("vMerge"):
                merge = child.get(VAL) or "continue"
            elif child.tag in _REVISIONS:
                context = context.revised(_REVISIONS[child.tag], child.get(_AUTHOR) or "")
        cell = CellBuilder(self.number, max(self.row, 0), self.col, span, context.shown("final"))
        if cell.shown:
            upper = self.above.get(cell.col)
            if merge == "continue" and upper is not None:
                cell.covered = True
                upper.row_span = cell.row - upper.row + 1
            elif merge == "restart":
                self.above[cell.col] = cell
            else:
                self.above.pop(cell.col, None)
            self.cells.append(cell)
            self.col += span
        return cell, context

    def finish(self) -> None:
        """Mark the head: rows said to repeat, else the first row, deeper where its cells are merged downwards."""
        heads = self.header_rows
        if not heads and self.row > 0:
            first = [c for c in self.cells if c.row == 0]
            merged = any(c.col_span > 1 for c in first)
            depth = max((c.row_span for c in first), default=1) if merged else 1
            heads = set(range(min(depth, self.row)))
        for cell in self.cells:
            cell.is_header = cell.row in heads
