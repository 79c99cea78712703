"""The parts a story is read into: segments of text in pieces, with the tracked changes round them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from lxml.etree import _Element as Element

from narrator.model import Part

View = Literal["final", "original", "all"]
NOT_IN: dict[View, tuple[str, ...]] = {"final": ("del", "moveFrom"), "original": ("ins", "moveTo"), "all": ()}


class Context(NamedTuple):
    """What holds for all text inside the wrappers open at one point."""

    revisions: tuple[str, ...] = ()
    author: str = ""  # of the innermost revision
    hidden: bool = False
    placeholder: bool = False

    def revised(self, kind: str, author: str) -> Context:
        """The same inside of one more tracked change."""
        return self._replace(revisions=(*self.revisions, kind), author=author)

    def shown(self, view: View) -> bool:
        banned = NOT_IN[view]
        return not any(r in banned for r in self.revisions)


PLAIN = Context()  # outside of all wrappers: what nearly all text is


class Segment(NamedTuple):
    """The text of one child of one run.

    `text` starts at character `at` of `element`'s own text. `kind` is `text` where the characters can be
    cut apart; else `run` is to be taken as a whole (a tab, a symbol, an equation).
    """

    text: str
    element: Element | None
    at: int
    run: Element | None
    kind: str
    context: Context
    fields: tuple[str, ...]


@dataclass(slots=True, eq=False)
class CellBuilder:
    """A table cell while its table is read; spans grow as rows below are found to continue it."""

    table: int
    row: int
    col: int
    col_span: int
    shown: bool
    row_span: int = 1
    is_header: bool = False
    covered: bool = False  # continues the cell above


@dataclass(slots=True, eq=False)
class Piece:
    """One paragraph, or one stretch of text outside of paragraphs (alternative text, ruby)."""

    part: Part  # table cells still as their story's
    element: Element | None
    segments: list[Segment]
    container: int  # paragraphs with a deleted mark join the next of the same container
    cell: CellBuilder | None = None
    style: str = ""
    outline: int | None = None
    numbering: tuple[str | None, str | None] | None = None  # numId, ilvl as written
    mark: str = ""  # ins, del, moveFrom, moveTo: a tracked paragraph mark
    role: str = ""
    host: Piece | None = None
    # Controls and bindings in this piece: tag, kind, number of the bookmark, first segment, past the last.
    marks: list[tuple[str, str, int, int, int]] = field(default_factory=list)

    def text(self, view: View = "final") -> str:
        return "".join(s.text for s in self.segments if s.context.shown(view))


@dataclass(slots=True, eq=False)
class Hole:
    """Where the content of another part stands: `kind` chart, chartex or diagram; `rid` its relationship."""

    kind: str
    rid: str
    host: Piece | None
    context: Context


@dataclass(slots=True)
class Range:
    """A bookmark or comment range: pieces with the segments it covers in each."""

    spots: list[tuple[Piece, int, int]]
