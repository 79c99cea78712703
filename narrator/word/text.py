"""Markdown and plain text as the same blocks that a .docx gives: a block a line, numbered from 1.

Markdown is read line by line, by its marks alone: a person's text is seldom strict, and a number must be
found wherever it stands. Marks inside a line (`**`, links, tags, entities) are left out of a block's text;
`columns` leads back to the line.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from narrator.errors import DocumentError
from narrator.model import Part, Place
from narrator.numerals.regex import regex
from narrator.numerals.set_apart import broken_off
from narrator.word.document import (
    Block,
    Cell,
    Comment,
    Document,
    Region,
    Span,
    heading_level,
    is_caption_text,
)

_LINE_END = regex(r"\r\n|\r|\n")
_ALLOW = regex(r"\s*narrate\s*[:：]\s*allow\b.*", re.IGNORECASE)
_HTML_COMMENT = regex(r"<!--(.*?)-->", re.DOTALL)
_URL = regex(r"https?://[^\s，。；、）)\u4e00-\u9fff]+")
_HEADING = regex(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = regex(r" {0,3}(=+|-+)[ \t]*$")
_RULE = regex(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_FENCE = regex(r" {0,3}(`{3,}|~{3,})")
_PREFIX = regex(r"(?:[ \t]*>[ \t]?)*[ \t\u3000]*(?:[-*+][ \t]+(?:\[[ xX]\][ \t]+)?|[•·●○■□▪◆◇▶►][ \t]*)?")
_NOTE = regex(r" {0,3}\[\^([^\]\s]+)\]:[ \t]*")
_DELIMITER = regex(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_NEW_PARAGRAPH = regex(
    r"\s*(?:[-*+][ \t]|[•·●○■□▪◆◇▶►]|\d{1,2}[.、．)）](?!\d)|[（(]\d{1,2}[）)]|#{1,6} |\||>|\u3000|    )"
)
_ENDS = tuple("。！？；：…!?;:”」』")
_INVISIBLE = regex("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")
# What is left out of a line of Markdown, or stands for something else.
_MARK = regex(
    r"(?P<escape>\\(?P<escaped>[!-/:-@\[-`{-~]))"
    r"|(?P<note>\[\^[^\]\s]+\])"
    r"|(?P<link>!?\[(?P<shown>[^\[\]]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\))"
    r"|(?P<strong>\*\*|__|`+|\*)"
    r"|(?P<tag></?[A-Za-z][^<>]*>)"
    r"|(?P<entity>&(?:[A-Za-z]{2,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});)"
    r"|(?P<gap>[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff])"
)
_BREAKING = regex(r"</?(?:td|th|tr|table|br|p|div|li|ul|ol|h\d)\b", re.IGNORECASE)
_PAIRED = (
    regex(r"(\*\*|__)(?=\S)(?:(?!\1).)+?(?<=\S)\1"),
    regex(r"(`+)(?!`).+?(?<!`)\1(?!`)"),
    # One star alone is also a sign of multiplication: no letter or digit on its outer side.
    regex(r"(?<![A-Za-z0-9*\\])(\*)(?=[^\s*])[^*]+(?<=[^\s*])\*(?![A-Za-z0-9*])"),
)


def read_text(data: bytes, name: str, kind: Literal["md", "txt"]) -> Document:
    """Read the bytes of a .md or .txt; raises DocumentError where they are no text."""
    lines = _LINE_END.split(decode(data, name))
    reader = _Lines(lines, kind)
    return reader.document(name)


def decode(data: bytes, name: str) -> str:
    """UTF-8, UTF-16 with its mark, or GB18030; raises DocumentError for anything else."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise DocumentError(
        f"“{name}”不是文本文件，或编码无法识别。", hint="请另存为 UTF-8 编码的文本，或提供 .docx 文件。"
    )


class _Lines:
    def __init__(self, lines: list[str], kind: Literal["md", "txt"]) -> None:
        self.lines = lines
        self.kind = kind
        self.blocks: list[Block] = []
        self.comments: list[tuple[int, str, bool]] = []  # line, text, alone on its line
        self.properties: dict[str, str] = {}
        self.tables = 0

    def document(self, name: str) -> Document:
        if self.kind == "md":
            self._markdown()
        else:
            self._plain()
        blocks = self._joined()
        return Document(
            name, self.kind, tuple(blocks), properties=self.properties, regions=tuple(self._regions()),
            comments=tuple(self._placed(blocks)),
        )  # fmt: skip

    def _regions(self) -> Iterator[Region]:
        for number, line in enumerate(self.lines, 1):
            if "\ufffd" in line:
                yield Region("encoding", f"第 {number} 行", "有无法识别的字符，此处的数字可能未读全。")

    # ------------------------------------------------------------------ plain text

    def _plain(self) -> None:
        for number, line in enumerate(self.lines, 1):
            if _ALLOW.fullmatch(line):
                self.comments.append((number, line.strip(), True))
            elif line.strip():
                self._line(number, line, 0, "", heading_level(line))

    # ------------------------------------------------------------------ Markdown

    def _markdown(self) -> None:
        text, comments = _without_comments("\n".join(self.lines))
        for number, content, alone in comments:
            if _ALLOW.fullmatch(content):
                self.comments.append((number, content.strip(), alone))
        lines = text.split("\n")
        number = self._front_matter(lines)
        fence = ""
        while number < len(lines):
            line = lines[number]
            number += 1
            mark = _FENCE.match(line)
            if fence:
                if mark and mark[1].startswith(fence) and not line.strip().strip(fence[0]):
                    fence = ""
                elif line.strip():
                    self._line(number, line, 0, "code", 0, marks=False)
            elif mark and "`" not in line[mark.end() :]:
                fence = mark[1]
            elif _ALLOW.fullmatch(line):
                self.comments.append((number, line.strip(), True))
            elif line.strip() and not self._underlines(number, line) and not _RULE.match(line):
                number = self._markdown_line(lines, number, line)

    def _front_matter(self, lines: list[str]) -> int:
        if not lines or lines[0].strip("\ufeff \t") != "---":
            return 0
        end = next((i for i, line in enumerate(lines[1:60], 1) if line.strip() in ("---", "...")), 0)
        for i in range(1, end):
            key, colon, value = lines[i].partition(":")
            offset = len(lines[i]) - len(value.lstrip()) if colon else 0
            text = lines[i][offset:].rstrip()
            if colon and key.strip() and not key[0].isspace():
                self.properties[key.strip()] = text.strip("\"' ")
            if text:
                self._line(i + 1, text, offset, "front matter", 0, marks=False)
        return end + 1 if end else 0

    def _underlines(self, number: int, line: str) -> bool:
        """Whether line `number` is the rule under a heading, which it then makes one."""
        last = self.blocks[-1] if self.blocks else None
        if last is None or last.number != number - 1 or not _UNDERLINE.match(line):
            return False
        if last.cell is not None or last.style or len(last.text) > 60 or last.text.endswith(_ENDS):
            return False
        level = 1 if "=" in line else 2
        self.blocks[-1] = replace(last, level=level, style=f"heading {level}")
        return True

    def _markdown_line(self, lines: list[str], number: int, line: str) -> int:
        """Enter line `number` (from 1); gives the index of the next line to read."""
        following = lines[number] if number < len(lines) else ""
        heading = _HEADING.match(line)
        if heading:
            if heading[2]:
                level = len(heading[1])
                self._line(number, heading[2], heading.start(2), f"heading {level}", min(level, 4))
            return number
        if "|" in line and (line.strip().startswith("|") or _is_delimiter(following)):
            return self._table(lines, number)
        note = _NOTE.match(line)
        if note:
            self._line(number, line[note.end() :], note.end(), "footnote", 0, part="footnote")
            return number
        prefix = _PREFIX.match(line)
        offset = prefix.end() if prefix else 0
        style = "list" if line[:offset].strip().strip("> ") else ""
        self._line(number, line[offset:], offset, style, 0 if style else heading_level(line[offset:]))
        return number

    def _table(self, lines: list[str], number: int) -> int:
        """A table from line `number` on, to the first line without a bar."""
        self.tables += 1
        row = 0
        index = number - 1
        while index < len(lines) and "|" in lines[index]:
            line = lines[index]
            index += 1
            if _is_delimiter(line):
                continue
            for col, (start, end) in enumerate(_cells(line)):
                cell = Cell(self.tables, row, col, is_header=row == 0)
                self._line(index, line[start:end], start, "", 0, part="table", cell=cell)
            row += 1
        return index

    # ------------------------------------------------------------------ blocks

    def _line(
        self, number: int, text: str, offset: int, style: str, level: int, *, part: Part = "body",
        cell: Cell | None = None, marks: bool = True,
    ) -> None:  # fmt: skip
        text = text.rstrip()
        columns = None
        if marks and self.kind == "md" and _MARK.search(text):
            text, columns = _unmarked(text, offset)
        elif _INVISIBLE.search(text):
            kept = [i for i, c in enumerate(text) if not _INVISIBLE.match(c)]
            text, columns = "".join(text[i] for i in kept), tuple(i + offset for i in kept)
        if not text.strip() and cell is None:
            return
        links = tuple(Span(m.start(), m.end(), "link") for m in _URL.finditer(text))
        self.blocks.append(
            Block(
                number, part, text, style, level, cell=cell, spans=links, offset=offset, columns=columns,
                is_caption=part == "body" and not level and is_caption_text(text),
            )
        )  # fmt: skip

    def _joined(self) -> list[Block]:
        """Mark the lines that run on into the next: those of text that was set in lines of one width."""
        blocks = self.blocks
        joins: set[int] = set()
        start = 0
        for i in range(1, len(blocks) + 1):
            if i < len(blocks) and blocks[i].number == blocks[i - 1].number + 1 and _flowing(blocks[i - 1 : i + 1]):
                continue
            joins.update(_wrapped(blocks, start, i, self.lines))
            start = i
        return [replace(b, joins_next=True) if i in joins else b for i, b in enumerate(blocks)]

    def _placed(self, blocks: list[Block]) -> Iterator[Comment]:
        for number, text, alone in self.comments:
            lines = [b.number for b in blocks]
            target = number
            if alone or number not in lines:
                target = next((n for n in lines if n > number), lines[-1] if lines else number)
            places = tuple(Place(b.part, b.number, *_extent(b)) for b in blocks if b.number == target)
            yield Comment("", text, places)


def _extent(block: Block) -> tuple[int, int]:
    place = block.place(0, len(block.text))
    return place.start, place.end


def _flowing(pair: list[Block]) -> bool:
    return all(b.cell is None and b.level == 0 and b.style in ("", "list", "footnote") for b in pair)


def _wrapped(blocks: list[Block], start: int, end: int, lines: list[str]) -> Iterator[int]:
    """Which of the blocks `start` to `end` (neighbouring lines) run on into the next one.

    A line that was broken by its width is about as wide as the widest, does not end a sentence, and the next
    does not begin with the mark of a paragraph. Columns of short lines (a table's cells) never join; a line of any
    width does where the break parts a number.
    """
    widths = [_width(b.text) for b in blocks[start:end]]
    widest = max(widths, default=0)
    for i in range(start, end - 1):
        text, following = blocks[i].text.rstrip(), lines[blocks[i + 1].number - 1]
        narrow = widths[i - start] < max(20, 0.7 * widest) or text.endswith(_ENDS)
        if narrow and not broken_off(text, following):
            continue
        if _NEW_PARAGRAPH.match(following) or heading_level(following) or heading_level(text):
            continue
        if blocks[i].is_caption or blocks[i + 1].is_caption:
            continue
        if lines[blocks[i].number - 1].endswith(("  ", "\\")):
            continue
        yield i


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _without_comments(text: str) -> tuple[str, list[tuple[int, str, bool]]]:
    """The text with HTML comments blanked (same length, same lines), and each: line, content, whether alone."""
    found: list[tuple[int, str, bool]] = []
    lines = text.split("\n") if "<!--" in text else []

    def blank(m: re.Match[str]) -> str:
        number = text.count("\n", 0, m.start()) + 1
        rest = _HTML_COMMENT.sub("", lines[number - 1]).strip()
        found.append((number, m[1], "\n" in m[0] or not rest))
        return re.sub(r"[^\n]", " ", m[0])

    return _HTML_COMMENT.sub(blank, text), found


def _is_delimiter(line: str) -> bool:
    return "-" in line and "|" in line and _DELIMITER.match(line) is not None


def _cells(line: str) -> list[tuple[int, int]]:
    """Where the cells of a table row stand in its line, blanks round them cut off."""
    bars = [m.start() for m in re.finditer(r"(?<!\\)\|", line)]
    edges = [-1, *bars, len(line)]
    out = []
    for left, right in pairwise(edges):
        start, end = left + 1, right
        if (left == -1 or right == len(line)) and not line[start:end].strip():
            continue  # before the first bar, after the last
        while start < end and line[start].isspace():
            start += 1
        while end > start and line[end - 1].isspace():
            end -= 1
        out.append((start, end))
    return out


def _unmarked(text: str, offset: int) -> tuple[str, tuple[int, ...]]:
    """A line without its marks, and the column of each character that is left."""
    paired = {i for pattern in _PAIRED for m in pattern.finditer(text) for i in (m.start(), m.end() - len(m[1]))}
    out: list[str] = []
    columns: list[int] = []

    def keep(string: str, at: int, step: int = 1) -> None:
        out.append(string)
        columns.extend(range(at, at + len(string)) if step else [at] * len(string))

    position = 0
    for m in _MARK.finditer(text):
        keep(text[position : m.start()], offset + position)
        position = m.end()
        here = offset + m.start()
        if m["escape"]:
            keep(m["escaped"], here + 1)
        elif m["link"]:
            inner, where = _unmarked(m["shown"], offset + m.start("shown"))
            out.append(inner)
            columns.extend(where)
        elif m["strong"]:
            if m.start() not in paired:
                keep(m[0], here)
        elif m["tag"]:
            if _BREAKING.match(m[0]):
                keep(" ", here, 0)
        elif m["entity"]:
            plain = html.unescape(m[0])
            keep(plain, here, 0)
    keep(text[position:], offset + position)
    return "".join(out), tuple(columns)
