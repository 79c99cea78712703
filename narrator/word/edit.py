"""Change a .docx that people have edited: comments on exact spans, tracked replacements, nothing else.

Parts that are not touched keep their bytes. A span is first made to consist of whole runs, which changes no
text in any view; then comments are anchored round them, or they are deleted and replaced as tracked changes.
"""

from __future__ import annotations

import copy
import posixpath
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from lxml import etree
from lxml.etree import _Element as Element

from narrator.errors import DocumentError
from narrator.word.archive import Archive, relations_part
from narrator.word.document import Block, Document
from narrator.word.read import Reader, load
from narrator.word.segments import Segment
from narrator.word.xml import CONTENT_TYPES, RELATIONSHIPS, M, R, W, wq

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_RUN, _P, _T, _RPR = wq("r"), wq("p"), wq("t"), wq("rPr")
_REVISIONS = tuple(wq(name) for name in ("ins", "del", "moveFrom", "moveTo"))
_WITH_ID = (
    *_REVISIONS,
    *(wq(n) for n in (
        "rPrChange", "pPrChange", "tblPrChange", "tcPrChange", "trPrChange", "sectPrChange", "tblGridChange",
        "tblPrExChange", "cellIns", "cellDel", "cellMerge", "numberingChange", "moveFromRangeStart",
        "moveToRangeStart", "customXmlInsRangeStart", "customXmlDelRangeStart",
    )),
)  # fmt: skip
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

    def comment(self, note: Note) -> None:
        self._check(note)
        self._notes.append(note)

    def replace(self, change: Change) -> None:
        self._check(change)
        self._changes.append(change)

    def _check(self, span: Note | Change) -> None:
        if not 1 <= span.block <= len(self.document.blocks):
            raise ValueError(f"no block {span.block}")
        if not 0 <= span.start < span.end <= len(self.document.blocks[span.block - 1].text):
            raise ValueError(f"no characters {span.start} to {span.end} in block {span.block}")

    # ------------------------------------------------------------------ apply

    def save(self, *, author: str = "narrate", date: datetime | None = None) -> bytes:
        """The changed copy; to be called once."""
        stamp = date.strftime("%Y-%m-%dT%H:%M:%SZ") if date else ""
        self._parts = {root: part for part, root in self._reader.roots.items()}
        self._main = self._reader.roots[self._archive.main]
        self._touched: set[str] = set()
        numbers = {n.block for n in self._notes} | {c.block for c in self._changes}
        comments = _Comments(self._archive, self._reader, author, stamp) if self._notes else None
        revisions = _Revisions(self._reader.roots.values(), author, stamp) if self._changes else None
        for number in sorted(numbers):
            block = self.document.blocks[number - 1]
            notes = [n for n in self._notes if n.block == number]
            changes = self._possible(block)
            direct = bool(block.source) and self._is_main_text(block)
            spans = [(s.start, s.end) for s in (*(notes if direct else ()), *changes)]
            runs = _Runs(block, {edge for span in spans for edge in span})
            if comments is not None:
                for note in notes:
                    self._remark(comments, note, block, runs if direct else None)
            if revisions is not None:
                for change in changes:
                    if revisions.replace(runs.of(change.start, change.end), change.text):
                        self._touch(runs.of(change.start, change.end)[0])
                    else:
                        self.refused.append(change)
        out = {part: _serialised(self._reader.roots[part]) for part in self._touched}
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
            hits = self.document.locate(block.number, change.start, change.end)
            whole = sum(high - low for _, low, high in hits) == change.end - change.start
            if whole and all(_can_cut(s) for s, _, _ in hits) and (not out or out[-1].end <= change.start):
                out.append(change)
            else:
                self.refused.append(change)
        return out

    def _remark(self, comments: _Comments, note: Note, block: Block, runs: _Runs | None) -> None:
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
            for ancestor in element.iterancestors(_P):
                outermost = ancestor
            return outermost
        found = next(self._main.iter(_P), None)
        if found is None:
            raise DocumentError(f"“{self._archive.name}”正文没有段落，无法写入批注。")
        return found

    def _touch(self, element: Element) -> None:
        self._touched.add(self._parts[element.getroottree().getroot()])


# --------------------------------------------------------------------------- isolating spans


def _can_cut(segment: Segment) -> bool:
    """Whether the run can be cut inside this segment: plain text, directly in a run of a paragraph."""
    run, element = segment.run, segment.element
    if segment.kind != "text" or run is None or element is None or element.getparent() is not run:
        return False
    return next(run.iterancestors(_RUN, f"{{{M}}}oMath"), None) is None or _in_text_box(run)


def _in_text_box(run: Element) -> bool:
    for ancestor in run.iterancestors():
        if ancestor.tag == wq("txbxContent"):
            return True
        if ancestor.tag in (_RUN, f"{{{M}}}oMath"):
            return False
    return False


class _Runs:
    """The runs of a block, cut at `edges` (positions in its text)."""

    def __init__(self, block: Block, edges: set[int]) -> None:
        self._starts: dict[int, Element] = {}
        shifts: dict[Element, int] = {}
        previous: Segment | None = None
        for position, segment in block.source:
            if segment.run is not None and (previous is None or previous.run is not segment.run):
                self._starts[position] = segment.run
            previous = segment
        # From the right, so that what is left of a cut keeps its elements.
        following: tuple[int, Segment] | None = None
        for position, segment in reversed(block.source):
            end = position + len(segment.text)
            if following is not None and end in edges and following[0] == end:
                self._between(segment, following[1], end, shifts)
            if _can_cut(segment):
                for edge in sorted((e for e in edges if position < e < end), reverse=True):
                    offset = segment.at + edge - position
                    self._starts[edge] = _split(segment.run, segment.element, offset, shifts)
            following = (position, segment)
        self._order = sorted(self._starts)
        self._texts = [(position, position + len(segment.text)) for position, segment in block.source]

    def _between(self, left: Segment, right: Segment, edge: int, shifts: dict[Element, int]) -> None:
        """Cut between two segments of one run."""
        if left.run is None or left.run is not right.run or right.element is None:
            return
        if right.element.getparent() is left.run and left.run.tag == _RUN:
            self._starts[edge] = _split(left.run, right.element, right.at, shifts)

    def of(self, start: int, end: int) -> list[Element]:
        """The runs that hold characters `start` to `end`, in order."""
        if any(position <= start < stop for position, stop in self._texts):
            first = max((p for p in self._order if p <= start), default=end)
        else:  # the line feed between two paragraphs of a cell is in no run
            first = start
        return [self._starts[p] for p in self._order if first <= p < end]


def _split(run: Element, child: Element, offset: int, shifts: dict[Element, int]) -> Element:
    """Split a run at character `offset` of its text child (before any other child); gives the right one."""
    right = etree.Element(run.tag, dict(run.attrib))
    settings = run.find(_RPR)
    if settings is not None:
        right.append(copy.deepcopy(settings))
    text = child.text or ""
    if child.get(_SPACE) != "preserve" and child.tag == _T:
        shifts[child] = len(text) - len(text.lstrip(" \t\r\n"))
        child.text = text = text.strip(" \t\r\n")
        child.set(_SPACE, "preserve")
    offset -= shifts.get(child, 0)
    following = list(child.itersiblings())
    if offset > 0:
        rest = etree.SubElement(right, child.tag)
        rest.text, child.text = text[offset:], text[:offset]
        rest.set(_SPACE, "preserve")
    else:
        right.append(child)
    for sibling in following:
        right.append(sibling)
    tail, run.tail = run.tail, None
    run.addnext(right)
    right.tail = tail
    return right


# --------------------------------------------------------------------------- comments


class _Comments:
    """The comments part, existing or new, and the anchors that lead to it."""

    def __init__(self, archive: Archive, reader: Reader, author: str, stamp: str) -> None:
        self._archive, self._author, self._stamp = archive, author, stamp
        styles = {s.name.lower(): identity for identity, s in reader.styles.by_id.items()}
        self._text_style = styles.get("annotation text", "")
        self._mark_style = styles.get("annotation reference", "")
        existing = [r.target for r in reader.relations.values() if r.kind == "comments" and not r.external]
        self._new = not existing
        if existing:
            self._part = existing[0]
            self._root = archive.parse(self._part)
        else:
            folder = posixpath.dirname(archive.main)
            self._part = posixpath.join(folder, "comments.xml")
            n = 1
            while archive.has(self._part):
                n += 1
                self._part = posixpath.join(folder, f"comments{n}.xml")
            self._root = etree.Element(wq("comments"), nsmap={"w": W})
        used = {e.get(wq("id")) for e in self._root}
        for root in reader.roots.values():
            used.update(e.get(wq("id")) for e in root.iter(wq("commentRangeStart"), wq("commentReference")))
        numbers = [int(u) for u in used if u and u.lstrip("-").isascii() and u.lstrip("-").isdigit()]
        self._used = set(numbers)
        self._next = max([n for n in numbers if n < 2**30], default=-1) + 1

    def round_runs(self, runs: list[Element], text: str) -> None:
        identity = self._enter(text)
        start, end = _outside(runs[0], runs), _outside(runs[-1], runs)
        marker = etree.Element(wq("commentRangeStart"), {wq("id"): identity})
        start.addprevious(marker)
        self._close(end, identity)

    def round_paragraph(self, paragraph: Element, text: str) -> None:
        identity = self._enter(text)
        marker = etree.Element(wq("commentRangeStart"), {wq("id"): identity})
        settings = paragraph.find(wq("pPr"))
        if settings is not None:
            settings.addnext(marker)
        else:
            paragraph.insert(0, marker)
        self._close(paragraph[-1], identity)

    def _close(self, after: Element, identity: str) -> None:
        """The end of the range, then the run that shows the comment's mark."""
        end = etree.Element(wq("commentRangeEnd"), {wq("id"): identity})
        tail, after.tail = after.tail, None
        after.addnext(end)
        run = etree.Element(_RUN)
        self._styled(run)
        etree.SubElement(run, wq("commentReference"), {wq("id"): identity})
        end.addnext(run)
        run.tail = tail

    def _styled(self, run: Element) -> None:
        if self._mark_style:
            etree.SubElement(etree.SubElement(run, _RPR), wq("rStyle"), {wq("val"): self._mark_style})

    def _enter(self, text: str) -> str:
        while self._next in self._used:
            self._next += 1
        identity = str(self._next)
        self._next += 1
        attributes = {wq("id"): identity, wq("author"): self._author}
        if self._stamp:
            attributes[wq("date")] = self._stamp
        attributes[wq("initials")] = self._author[:1].upper()
        comment = etree.SubElement(self._root, wq("comment"), attributes)
        for i, line in enumerate(text.split("\n")):
            paragraph = etree.SubElement(comment, _P)
            if self._text_style:
                settings = etree.SubElement(paragraph, wq("pPr"))
                etree.SubElement(settings, wq("pStyle"), {wq("val"): self._text_style})
            if i == 0:
                run = etree.SubElement(paragraph, _RUN)
                self._styled(run)
                etree.SubElement(run, wq("annotationRef"))
            holder = etree.SubElement(etree.SubElement(paragraph, _RUN), _T)
            holder.text = line
            holder.set(_SPACE, "preserve")
        return identity

    def parts(self) -> dict[str, bytes]:
        """What to write beside the main text: the comments, and where they are new, their registration."""
        out = {self._part: _serialised(self._root)}
        if not self._new:
            return out
        types = self._archive.parse("[Content_Types].xml")
        etree.SubElement(
            types, f"{{{CONTENT_TYPES}}}Override", {"PartName": "/" + self._part, "ContentType": _COMMENTS_TYPE}
        )
        out["[Content_Types].xml"] = _serialised(types)
        main = self._archive.main
        name = relations_part(main)
        if self._archive.has(name):
            relations = self._archive.parse(name)
        else:
            relations = etree.Element(f"{{{RELATIONSHIPS}}}Relationships", nsmap={None: RELATIONSHIPS})
        taken = {e.get("Id") for e in relations}
        n = 1
        while f"rId{n}" in taken:
            n += 1
        etree.SubElement(
            relations, f"{{{RELATIONSHIPS}}}Relationship",
            {"Id": f"rId{n}", "Type": f"{R}/comments", "Target": posixpath.basename(self._part)},
        )  # fmt: skip
        out[name] = _serialised(relations)
        return out


def _outside(run: Element, runs: list[Element]) -> Element:
    """The outermost wrapper round `run` (control, insertion, link) that holds nothing but `runs`."""
    inside = {id(r) for r in runs}
    best = current = run
    for ancestor in run.iterancestors():
        if ancestor.tag == _RUN or ancestor.tag.startswith(f"{{{M}}}"):
            best = current = ancestor  # no marks inside of a run (ruby) or an equation
        elif ancestor.tag == _P:
            break
    while True:
        parent = current.getparent()
        if parent is None or parent.tag in (_P, wq("body"), wq("tc"), wq("txbxContent")):
            return best
        if parent.tag != wq("sdtContent"):
            others = [r for r in parent.iter(_RUN) if id(r) not in inside and _says(r)]
            if any(next((a for a in r.iterancestors() if id(a) in inside), None) is None for r in others):
                return best
            best = parent
        current = parent


def _says(run: Element) -> bool:
    return any(child.tag != _RPR for child in run)


# --------------------------------------------------------------------------- tracked changes


class _Revisions:
    """Makes tracked changes with ids of their own."""

    def __init__(self, roots: Iterable[Element], author: str, stamp: str) -> None:
        self._author, self._stamp = author, stamp
        used = [0]
        for root in roots:
            for element in root.iter(*_WITH_ID):
                value = element.get(wq("id")) or ""
                if value.isascii() and value.isdigit() and len(value) < 10:
                    used.append(int(value))
        self._next = max(used) + 1

    def _new(self, name: str) -> Element:
        attributes = {wq("id"): str(self._next), wq("author"): self._author}
        if self._stamp:
            attributes[wq("date")] = self._stamp
        self._next += 1
        return etree.Element(wq(name), attributes)

    def replace(self, runs: list[Element], text: str) -> bool:
        """Delete `runs` and insert `text` in their place, formatted as the first of them."""
        if not runs or any(r.tag != _RUN for r in runs):
            return False
        own = _pending(runs[0])
        if own is not None and own.get(wq("author")) == self._author and all(_pending(r) is own for r in runs):
            self._rewrite(runs, own, text)
            return True
        parent = runs[0].getparent()
        host = None
        for run in runs:
            deleted = self._new("del")
            beside = run.getparent() is parent
            tail, run.tail = run.tail, None
            run.addprevious(deleted)
            deleted.append(run)
            deleted.tail = tail
            for child in run.iterchildren(_T):
                child.tag = wq("delText")
                child.set(_SPACE, "preserve")
            if beside:
                host = deleted
        inserted = self._new("ins")
        inserted.append(_like(runs[0], text))
        self._after(host, inserted)
        return True

    def _rewrite(self, runs: list[Element], own: Element, text: str) -> None:
        """Our own insertion that is still pending: its text changes, no chain of revisions grows."""
        runs[0].addprevious(_like(runs[0], text))
        for run in runs:
            run.getparent().remove(run)
        if self._stamp:
            own.set(wq("date"), self._stamp)

    def _after(self, host: Element, inserted: Element) -> None:
        """Put our insertion behind the deletion; out of somebody else's insertion, which is split at need."""
        foreign = host.getparent()
        if foreign.tag in (wq("ins"), wq("moveTo")):
            tail = list(host.itersiblings())
            if tail:
                rest = etree.Element(foreign.tag, dict(foreign.attrib))
                rest.set(wq("id"), str(self._next))
                self._next += 1
                rest.extend(tail)
                foreign.addnext(rest)
            host = foreign
        host.addnext(inserted)


def _pending(run: Element) -> Element | None:
    return next(run.iterancestors(wq("ins"), wq("moveTo")), None)


def _like(run: Element, text: str) -> Element:
    """A run with this text, formatted as another."""
    new = etree.Element(_RUN)
    settings = run.find(_RPR)
    if settings is not None:
        settings = copy.deepcopy(settings)
        for change in settings.findall(wq("rPrChange")):
            settings.remove(change)
        new.append(settings)
    holder = etree.SubElement(new, _T)
    holder.text = text
    holder.set(_SPACE, "preserve")
    return new


def _serialised(root: Element) -> bytes:
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


__all__ = ["Change", "Editor", "Note", "annotate", "replace_tracked"]
