"""Change a .docx that people have edited: comments on exact spans, tracked replacements, nothing else.

Parts that are not touched keep their bytes. A span is first made to consist of whole runs, which changes no
text in any view; then comments are anchored round them, or they are deleted and replaced as tracked changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lxml.etree import _Element as Element

from narrator.errors import DocumentError
from narrator.word.archive import Archive, BrokenPart, serialised
from narrator.word.chart_edit import Point, change_points
from narrator.word.document import Block, Document
from narrator.word.read import Reader, load
from narrator.word.remarks import Comments
from narrator.word.revisions import Revisions
from narrator.word.spans import P, Runs, can_cut

_PLACES = {
    "footnote": "脚注", "endnote": "尾注", "header": "页眉", "footer": "页脚", "textbox": "文本框",
    "chart": "图表", "comment": "批注",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on characters `start` to `end` of a block; lines of `text` become paragraphs."""

    block: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """New text for characters `start` to `end` of a block."""

    block: int
    start: int
    end: int
    text: str


def annotate(
    source: bytes, notes: Sequence[Note], *, author: str = "narrate", date: datetime | None = None, name: str = ""
) -> bytes:
    """A copy of a .docx with a Word comment on exactly each span.

    Notes on footnotes, headers, text boxes, charts and comments, where Word takes none, are anchored on the
    paragraph these hang on, and begin with what they are about. Raises DocumentError for what cannot be
    read or written, ValueError for a span that is not there.
    """
    editor = Editor(source, name)
    for note in notes:
        editor.comment(note)
    return editor.save(author=author, date=date)


def replace_tracked(
    source: bytes, changes: Sequence[Change], *, author: str = "narrate", date: datetime | None = None, name: str = ""
) -> tuple[bytes, tuple[Change, ...]]:
    """A copy in which the spans are replaced as tracked changes, and the changes that could not be made.

    Not made: spans in charts, alternative texts, equations, symbols, and spans that overlap another one.
    """
    editor = Editor(source, name)
    for change in changes:
        editor.replace(change)
    data = editor.save(author=author, date=date)
    return data, tuple(editor.refused)


class Editor:
    """Collects remarks and changes on one document, and applies them all in `save`."""

    def __init__(self, source: bytes, name: str = "") -> None:
        data, name = load(source, name)
        self._archive = Archive(data, name)
        self._reader = Reader(self._archive)
        self.document: Document = self._reader.read()
        if self.document.strict:
            raise DocumentError(
                f"“{name}”是“严格 Open XML”格式，只能读取，不能写入批注或修订。",
                hint="请在 Word 中另存为普通的“Word 文档（*.docx）”再试。",
            )
        self.refused: list[Change] = []
        self._notes: list[Note] = []
        self._changes: list[Change] = []
        self._withdrawn: set[str] = set()
        self._settled: set[str] = set()
        self._replaced: dict[str, bytes] = {}

    def comment(self, note: Note) -> None:
        self._check(note)
        self._notes.append(note)

    def replace(self, change: Change) -> None:
        self._check(change)
        self._changes.append(change)

    def can_replace(self, change: Change) -> bool:
        """Whether the span is text that can be cut out of its runs."""
        self._check(change)
        return self._whole(change)

    def change_points(self, points: Sequence[Point]) -> list[Point]:
        """Change values of charts, in what they show and in their workbooks; gives those that cannot be.

        This is not tracked, and done at once: to be called once a document.
        """
        refused: list[Point] = []
        for number in sorted({p.chart for p in points}):
            mine = [p for p in points if p.chart == number]
            parts, left = change_points(self._archive, self.document.charts[number].part, mine)
            refused += left
            self._replaced.update(parts)
        return refused

    def withdraw(self, identity: str) -> None:
        """Take a comment out again, by its id."""
        self._withdrawn.add(identity)

    def settle(self, identity: str) -> None:
        """Mark a comment as done, with the answers to it."""
        self._settled.add(identity)

    def put(self, part: str, content: bytes) -> None:
        """Replace a part that is no text: a ledger, the properties."""
        self._replaced[part] = content

    def part(self, kind: str, mark: bytes = b"") -> tuple[str, bytes] | None:
        """Name and bytes of the first part of a kind (`customXml`, `custom-properties`) that holds `mark`."""
        relations = (*self._reader.relations.values(), *self._reader.relations_of("").values())
        for relation in relations:
            if relation.kind != kind or relation.external:
                continue
            try:
                data = self._archive.read(relation.target)
            except BrokenPart:
                continue
            if mark in data:
                return relation.target, data
        return None

    def _whole(self, change: Change) -> bool:
        hits = self.document.locate(change.block, change.start, change.end)
        return sum(high - low for _, low, high in hits) == change.end - change.start and all(
            can_cut(s) for s, _, _ in hits
        )

    def _check(self, span: Note | Change) -> None:
        if not 1 <= span.block <= len(self.document.blocks):
            raise ValueError(f"no block {span.block}")
        if not 0 <= span.start < span.end <= len(self.document.blocks[span.block - 1].text):
            raise ValueError(f"no characters {span.start} to {span.end} in block {span.block}")

    # ------------------------------------------------------------------ apply

    def save(self, *, author: str = "narrate", date: datetime | None = None) -> bytes:
        """The changed copy; to be called once. Raises DocumentError where the file is too damaged to write."""
        try:
            return self._saved(author, date)
        except BrokenPart as e:
            raise DocumentError(
                f"“{self._archive.name}”的{e}，无法写出副本。", hint="请用 Word 打开并修复后另存，再试。"
            ) from e

    def _saved(self, author: str, date: datetime | None) -> bytes:
        stamp = date.strftime("%Y-%m-%dT%H:%M:%SZ") if date else ""
        self._parts = {root: part for part, root in self._reader.roots.items()}
        self._main = self._reader.roots[self._archive.main]
        self._touched: set[str] = set()
        numbers = {n.block for n in self._notes} | {c.block for c in self._changes}
        noted = self._notes or self._withdrawn or self._settled
        comments = Comments(self._archive, self._reader, author, stamp) if noted else None
        revisions = Revisions(self._reader.roots.values(), author, stamp) if self._changes else None
        for number in sorted(numbers):
            block = self.document.blocks[number - 1]
            notes = [n for n in self._notes if n.block == number]
            changes = self._possible(block)
            direct = bool(block.source) and self._is_main_text(block)
            spans = [(s.start, s.end) for s in (*(notes if direct else ()), *changes)]
            runs = Runs(block, {edge for span in spans for edge in span})
            if comments is not None:
                for note in notes:
                    self._remark(comments, note, block, runs if direct else None)
            if revisions is not None:
                for change in changes:
                    spanned = runs.of(change.start, change.end)
                    part = self._part_of(spanned[0]) if spanned else ""
                    if revisions.replace(spanned, change.text):
                        self._touched.add(part)  # known before: what was replaced may be out of the tree
                    else:
                        self.refused.append(change)
        if comments is not None:
            comments.settle(self._settled)
            for element in comments.withdraw(self._withdrawn):
                self._touch(element)
        out = {part: serialised(self._reader.roots[part]) for part in self._touched}
        out.update(self._replaced)
        if comments is not None:
            out.update(comments.parts())
        return self._archive.with_parts(out)

    def _is_main_text(self, block: Block) -> bool:
        element = block.source[0][1].run
        if element is None or block.part not in ("body", "table") or block.role:
            return False
        return element.getroottree().getroot() is self._main

    def _possible(self, block: Block) -> list[Change]:
        """The changes of a block that do not overlap, in order; the others are refused."""
        out: list[Change] = []
        for change in sorted((c for c in self._changes if c.block == block.number), key=lambda c: c.start):
            if self._whole(change) and (not out or out[-1].end <= change.start):
                out.append(change)
            else:
                self.refused.append(change)
        return out

    def _remark(self, comments: Comments, note: Note, block: Block, runs: Runs | None) -> None:
        if runs is not None:
            spanned = runs.of(note.start, note.end)
            if spanned:
                self._touch(spanned[0])
                comments.round_runs(spanned, note.text)
                return
        paragraph = self._paragraph(note.block)
        self._touch(paragraph)
        quote = block.text[note.start : note.end]
        where = _PLACES.get(block.part, "")
        comments.round_paragraph(paragraph, f"{where}“{quote}”：{note.text}")

    def _paragraph(self, number: int) -> Element:
        """The outermost paragraph of the main text at which a block stands, or the one before it."""
        for candidate in (number, *range(number - 1, 0, -1), *range(number + 1, len(self.document.blocks) + 1)):
            element = self._reader.paragraphs.get(candidate)
            if element is None or element.getroottree().getroot() is not self._main:
                continue
            if candidate != number and self.document.blocks[number - 1].part in ("header", "footer"):
                continue
            outermost = element
            for ancestor in element.iterancestors(P):
                outermost = ancestor
            return outermost
        found = next(self._main.iter(P), None)
        if found is None:
            raise DocumentError(f"“{self._archive.name}”正文没有段落，无法写入批注。")
        return found

    def _touch(self, element: Element) -> None:
        self._touched.add(self._part_of(element))

    def _part_of(self, element: Element) -> str:
        return self._parts[element.getroottree().getroot()]


__all__ = ["Change", "Editor", "Note", "Point", "annotate", "replace_tracked"]
