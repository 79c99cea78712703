"""Read a document of any origin: `read` gives its blocks of text, charts, comments and bindings.

Nothing a person can see is left out; what cannot be read is said as a `Region`. Raises DocumentError for what
is no document at all.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable
from dataclasses import replace
from itertools import count
from pathlib import Path

from lxml import etree

from narrator.errors import DocumentError, reason
from narrator.model import Part, Place
from narrator.word import bind
from narrator.word.archive import MAX_FILE, Archive, BrokenPart, Relation, refuse_foreign
from narrator.word.assemble import Assembler
from narrator.word.document import Block, ChartData, Comment, Document, Paragraph, Region
from narrator.word.segments import Piece, Range
from narrator.word.stories import Walker
from narrator.word.styling import Numbering, Styles
from narrator.word.text import read_text
from narrator.word.threads import Threads, paragraph_of
from narrator.word.xml import R, wq

__all__ = ["Block", "Comment", "Document", "Paragraph", "Region", "load", "read"]

_PARTS: dict[str, Part] = {"footnote": "footnote", "endnote": "endnote", "header": "header", "footer": "footer"}
_UNSUPPORTED = "请提供 .docx、.md 或 .txt 文件；其他格式请先用 Word 或 WPS 另存为 .docx。"


def load(source: Path | str | bytes, name: str = "") -> tuple[bytes, str]:
    """The bytes of a file, of standard input (`-`), or as given; and the name to call it by.

    Raises DocumentError where nothing can be read.
    """
    if isinstance(source, bytes):
        return source, name or "文档"
    if str(source) == "-":
        return sys.stdin.buffer.read(MAX_FILE + 1), name or "标准输入"
    path = Path(source)
    shown = name or path.name
    try:
        if path.is_dir():
            raise DocumentError(f"“{shown}”是文件夹，不是文件。", hint="请给出 .docx、.md 或 .txt 文件的路径。")
        if path.stat().st_size > MAX_FILE:
            raise DocumentError(f"“{shown}”超过 {MAX_FILE // 2**20} MB，不予打开。", hint="请压缩其中的图片后再试。")
        return path.read_bytes(), shown
    except FileNotFoundError as e:
        raise DocumentError(f"找不到文件“{path}”。", hint="请检查文件名与路径。") from e
    except PermissionError as e:
        raise DocumentError(f"没有权限读取“{path}”。", hint="请关闭正在使用它的程序，或检查文件权限。") from e
    except (OSError, ValueError) as e:
        why = reason(e, reading=True) if isinstance(e, OSError) else "路径含有不能用的字符"
        raise DocumentError(f"无法读取“{path}”：{why}") from e


def read(source: Path | str | bytes, name: str = "") -> Document:
    """Read a .docx, .md or .txt from a path, from bytes, or from standard input (`-`)."""
    data, name = load(source, name)
    if len(data) > MAX_FILE:
        raise DocumentError(f"“{name}”超过 {MAX_FILE // 2**20} MB，不予打开。")
    refuse_foreign(data, name)
    suffix = name.lower().rsplit(".", 1)[-1] if "." in name else ""
    if data.startswith(b"PK"):
        return read_docx(Archive(data, name))
    if suffix in ("docx", "dotx", "docm", "dotm", "zip"):
        raise DocumentError(
            f"“{name}”不是有效的 Word 文档，文件可能已损坏。", hint="请重新复制或下载该文件，或从备份恢复。"
        )
    if suffix in ("doc", "wps", "pdf", "rtf", "odt", "xls", "xlsx", "ppt", "pptx", "htm", "html"):
        raise DocumentError(f"“{name}”的格式（.{suffix}）不受支持。", hint=_UNSUPPORTED)
    return read_text(data, name, "txt" if suffix == "txt" else "md")


def read_docx(archive: Archive) -> Document:
    """Read an opened .docx."""
    # Hundreds of thousands of small values are made and none is dropped: collecting in between cost a third.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return Reader(archive).read()
    finally:
        if collecting:
            gc.enable()


class Reader:
    """Reads one archive once; `roots` keeps the parsed parts for those who change them."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.blocks: list[Block] = []
        self.charts: list[ChartData] = []
        self.regions: list[Region] = []
        self.comments: list[Comment] = []
        self.bookmarks: dict[str, Place] = {}
        self.tables = count(1)
        # Where each piece went: block number and the position of its first character.
        self.where: dict[Piece, tuple[int, Part, list[int]]] = {}
        self.comment_ranges: dict[str, Range] = {}
        self.roots: dict[str, etree._Element] = {}
        # Block number → the w:p of the main text that it is, or hangs on.
        self.paragraphs: dict[int, etree._Element] = {}

    def read(self) -> Document:
        archive = self.archive
        try:
            root = archive.parse(archive.main)
        except BrokenPart as e:
            raise DocumentError(
                f"“{archive.name}”的正文无法读取：{e}。", hint="请用 Word 打开并修复后另存，再试。"
            ) from e
        body = root.find(wq("body"))
        if root.tag != wq("document") or body is None:
            raise DocumentError(
                f"“{archive.name}”的正文不是 Word 文档内容。", hint="请用 Word 打开并修复后另存，再试。"
            )
        self.relations = self.relations_of(archive.main)
        self.styles = Styles.read(self._optional("styles"))
        self.numbering = Numbering(self._optional("numbering"))
        self.roots[archive.main] = root
        walker = self._story(body, "body", archive.main, self.relations)
        self._notes(walker)
        self._headers(root)
        self._comments()
        record = self._record()
        return Document(
            name=archive.name,
            kind="docx",
            blocks=tuple(self.blocks),
            charts=tuple(self._captioned(c) for c in self.charts),
            regions=tuple(self.regions),
            properties=self._properties(),
            ledger=_ledger(record),
            record=record,
            comments=tuple(self.comments),
            bookmarks=self.bookmarks,
            strict=archive.strict,
        )

    # ------------------------------------------------------------------ parts

    def relations_of(self, part: str) -> dict[str, Relation]:
        try:
            return self.archive.relations(part)
        except BrokenPart as e:
            self.regions.append(Region("relationships", part, f"{e}，其中引用的图表、页眉、脚注等可能未读到。"))
            return {}

    def _related(self, kind: str) -> list[str]:
        return [r.target for r in self.relations.values() if r.kind == kind and not r.external]

    def parse(self, part: str, kind: str) -> etree._Element | None:
        try:
            return self.archive.parse(part)
        except BrokenPart as e:
            self.regions.append(Region(kind, part, f"{e}，这一部分未读到。"))
            return None

    def _optional(self, kind: str) -> etree._Element | None:
        """Styles and numbering: a document has one or none."""
        found = self._related(kind)
        return self.parse(found[0], kind) if found else None

    def _properties(self) -> dict[str, str]:
        try:
            relations = self.archive.relations("")
            for relation in relations.values():
                if relation.kind in ("custom-properties", "customProperties") and not relation.external:
                    root = self.archive.parse(relation.target)
                    return {e.get("name", ""): "".join(e.itertext()) for e in root if isinstance(e.tag, str)}
        except BrokenPart as e:
            self.regions.append(Region("properties", "docProps/custom.xml", f"{e}，文档属性未读到。"))
        return {}

    def _record(self) -> bind.Ledger | None:
        for part in self._related("customXml"):
            try:
                data = self.archive.read(part)
            except BrokenPart:
                continue
            if bind.LEDGER_NS.encode() in data and b"<!DOCTYPE" not in data:
                record = bind.read_ledger(data)
                if record is not None:
                    return record
                self.regions.append(Region("ledger", part, "文档中的数据绑定清单已损坏，改按文字核对。"))
        return None

    # ------------------------------------------------------------------ stories

    def _story(
        self, root: etree._Element, part: Part, name: str, relations: dict[str, Relation], host: Piece | None = None,
        author: str = "",
    ) -> Walker:  # fmt: skip
        walker = Walker(part, tables=self.tables, hidden_styles=self.styles.hidden)
        items = walker.walk(root)
        Assembler(self, relations, name, host, author).assemble(items)
        for kind, detail in walker.troubles:
            self._trouble(kind, detail, relations, name)
        self.comment_ranges.update(walker.comments)
        for bookmark, covered in walker.bookmarks.items():
            place = next((p for p in (self._place(*spot) for spot in covered.spots) if p is not None), None)
            if place is not None:
                self.bookmarks.setdefault(bookmark, place)
        return walker

    def _trouble(self, kind: str, detail: str, relations: dict[str, Relation], name: str) -> None:
        if kind == "field":
            message = f"域代码“{detail[:40]}”缺少结束标记，已按普通文字读取其后内容。"
        elif kind in ("altChunk", "subDoc"):
            target = relations.get(detail)
            what = target.target if target else "（引用缺失）"
            message = f"文档嵌入了另一份文件 {what}，其中的文字未读到；请在 Word 中打开并另存，使其并入正文。"
        elif kind == "OLEObject":
            message = f"嵌入对象（{detail or '类型不明'}）中的内容未读到，请人工核对。"
        else:
            message = f"窗体控件（{detail or '类型不明'}）中的内容未读到，请人工核对。"
        self.regions.append(Region({"OLEObject": "embedded"}.get(kind, kind), name, message))

    def _notes(self, body: Walker) -> None:
        """Footnotes and endnotes in the order in which the text calls them; those not called are not shown."""
        for kind in ("footnote", "endnote"):
            called = [(identity, piece) for k, identity, piece in body.notes if k == kind]
            parts = self._related(kind + "s")
            if not called:
                continue
            root = self.parse(parts[0], kind + "s") if parts else None
            if root is None:
                if not parts:
                    self.regions.append(Region(kind + "s", self.archive.main, "正文引用了脚注或尾注，但其内容缺失。"))
                continue
            relations = self.relations_of(parts[0])
            notes = {e.get(wq("id")): e for e in root.iterchildren(wq(kind))}
            self.roots[parts[0]] = root
            for identity, piece in called:
                note = notes.pop(identity, None)
                if note is not None:
                    self._story(note, _PARTS[kind], parts[0], relations, piece)

    def _headers(self, root: etree._Element) -> None:
        order = [
            (e.tag, e.get(f"{{{R}}}id") or "")
            for section in root.iter(wq("sectPr"))
            for e in section.iterchildren(wq("headerReference"), wq("footerReference"))
        ]
        ranked = [self.relations[rid] for _, rid in order if rid in self.relations]
        ranked += [r for r in self.relations.values() if r.kind in ("header", "footer")]
        seen: set[str] = set()
        for kind in ("header", "footer"):
            for relation in ranked:
                if relation.kind != kind or relation.external or relation.target in seen:
                    continue
                seen.add(relation.target)
                story = self.parse(relation.target, kind)
                if story is not None:
                    self.roots[relation.target] = story
                    self._story(story, _PARTS[kind], relation.target, self.relations_of(relation.target))

    def _comments(self) -> None:
        threads = Threads.of(self.archive, self.relations.values())
        replied, settled = threads.replied(), threads.settled()
        for part in self._related("comments"):
            root = self.parse(part, "comments")
            if root is None:
                continue
            relations = self.relations_of(part)
            for element in root.iterchildren(wq("comment")):
                covered = self.comment_ranges.get(element.get(wq("id")) or "")
                places = self._places(covered) if covered else ()
                author = element.get(wq("author")) or ""
                first = len(self.blocks)
                host = covered.spots[0][0] if covered and covered.spots else None
                self._story(element, "comment", part, relations, host, author or "?")
                text = "\n".join(b.text for b in self.blocks[first:] if not b.role and not b.hidden)
                date, identity = element.get(wq("date")) or "", element.get(wq("id")) or ""
                key = paragraph_of(element)
                self.comments.append(Comment(author, text, places, date, identity, key in replied, key in settled))

    # ------------------------------------------------------------------ places

    def number_of(self, piece: Piece | None) -> int:
        found = self.where.get(piece) if piece is not None else None
        return found[0] if found else 0

    def _place(self, piece: Piece, first: int, last: int) -> Place | None:
        """Segments `first` to `last` of a piece as a place in its block."""
        found = self.where.get(piece)
        if found is None:
            return None
        number, part, positions = found
        return Place(part, number, positions[first], positions[last])

    def _places(self, covered: Range) -> tuple[Place, ...]:
        """A range as one place for each block; paragraphs whose mark is deleted are one block."""
        out: list[Place] = []
        for spot in covered.spots:
            place = self._place(*spot)
            if place is None:
                continue
            if out and out[-1].block == place.block:
                place = Place(place.part, place.block, out.pop().start, place.end)
            out.append(place)
        return tuple(out)

    def _captioned(self, chart: ChartData) -> ChartData:
        """The caption next to a chart: the nearest below, else above, among the blocks round it."""
        if not chart.host:
            return chart
        own = range(chart.host, chart.host + _size(self.blocks, chart.host))
        after = self.blocks[own.stop - 1 : own.stop + 5]
        before = self.blocks[max(0, own.start - 6) : own.start - 1][::-1]
        for group in (after, before):
            for block in group:
                if block.is_caption and block.part != "chart":
                    return replace(chart, caption=block.text, caption_block=block.number)
                if block.part == "body" and len(block.text) > 80:
                    break
        return chart


def _size(blocks: list[Block], host: int) -> int:
    """How many blocks a chart has, from its first."""
    spot = blocks[host - 1].chart
    index = spot.chart if spot else -1
    size = 0
    for block in blocks[host - 1 :]:
        if block.chart is None or block.chart.chart != index:
            break
        size += 1
    return size


def _ledger(record: bind.Ledger | None) -> dict[str, tuple[str, str]]:
    """Tag → fact id and the text of its first printing."""
    if record is None:
        return {}
    printed: dict[str, str] = {}
    numbers: Iterable[bind.BoundNumber] = record.numbers.values()
    for number in numbers:
        printed.setdefault(number.key, number.text)
    return {bind.tag(key): (fact.id, printed.get(key, "")) for key, fact in record.facts.items()}
