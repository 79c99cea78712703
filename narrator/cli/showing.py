"""What a conversation shows: sections, paragraphs, and a proposal as differences with each number's verdict."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from narrator.manuscript import Manuscript, Section
    from narrator.model import Verdict
    from narrator.revision import Revised, Revision

_CODES = {
    "gone": "9;31", "new": "1;32", "dim": "2", "bold": "1", "good": "32", "bad": "31", "warn": "33", "head": "1;36",
    "same": "",
}  # fmt: skip
_MARKS = {"gone": ("[-", "-]"), "new": ("{+", "+}")}
_VERDICTS = {
    "verified": ("✓", "good", ""), "wrong": ("✗", "bad", "与数据不符"), "unsupported": ("？", "warn", "没有依据"),
    "unclear": ("？", "warn", "看不出说的是什么"), "exempt": ("·", "dim", ""),
}  # fmt: skip
_WIDEST, _NARROWEST = 100, 40
# A number or an id is not cut in two, and a mark stays with what it marks.
_WORD = re.compile(r"(?:\{\+|\[-)?(?:[-+]?[0-9A-Za-z](?:[\w.@]*[0-9A-Za-z])?%?|.)(?:\+\}|-\])?|\n", re.ASCII)
_NOT_FIRST = re.compile("[，。；：！？、）》”’%]")

Piece = tuple[str, str]  # style and text


@dataclass(frozen=True)
class Paint:
    """Styled pieces as lines of a terminal: in colour, or with marks where there is none."""

    colour: bool

    def __call__(self, style: str, text: str) -> str:
        code = _CODES[style]
        if self.colour:
            return f"\x1b[{code}m{text}\x1b[0m" if code else text
        before, behind = _MARKS.get(style, ("", ""))
        return f"{before}{text}{behind}"

    def lines(self, pieces: Iterable[Piece], indent: str = "    ") -> str:
        """Pieces set in lines as wide as the terminal, each indented; no line begins with a full stop."""
        room = max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size().columns)) - width(indent) - 2
        rows: list[list[Piece]] = [[]]
        used = 0
        for style, text in pieces:
            marked = text if self.colour or style not in _MARKS else f"{_MARKS[style][0]}{text}{_MARKS[style][1]}"
            for word in _WORD.findall(_plain(marked)):
                wide = width(word)
                if word == "\n" or (used and used + wide > room and not _NOT_FIRST.match(word)):
                    rows.append([])
                    used = 0
                if word != "\n":
                    rows[-1].append((style, word))
                    used += wide
        return "\n".join(indent + self._joined(row) for row in rows if row)

    def _joined(self, row: Sequence[Piece]) -> str:
        out, at = "", 0
        while at < len(row):
            end = at
            while end < len(row) and row[end][0] == row[at][0]:
                end += 1
            text = "".join(c for _, c in row[at:end])
            out += self(row[at][0], text) if self.colour else text  # marks are set already
            at = end
        return out


def width(text: str) -> int:
    """Columns of a terminal that a text takes."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )  # fmt: skip


def _plain(text: str) -> str:
    """Without characters that a terminal would obey: a report may hold any."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)


def sections_text(report: Manuscript, paint: Paint) -> str:
    """Every section with the number by which it can be called."""
    from narrator.manuscript import sections

    found = sections(report.document)
    wide = len(str(len(found)))
    lines = []
    for number, each in enumerate(found, 1):
        count = f"{len(each.blocks)} 段" if each.blocks else "无正文"
        lines.append(f"{number:>{wide}}  {'  ' * (each.level - 1)}{_plain(each.name)}  {paint('dim', count)}")
    return "\n".join(lines)


def part_text(report: Manuscript, part: Section, paint: Paint) -> str:
    """A section as it stands, its paragraphs numbered."""
    lines = [paint("head", _plain(part.name))]
    if not part.blocks:
        lines.append("    （这一节没有正文段落）")
    for number, block in enumerate(part.blocks, 1):
        lines.append(paint.lines([("dim", f"{number} "), ("same", report.document.blocks[block - 1].text)], "  "))
    return "\n".join(lines)


def proposal_text(revision: Revision, paint: Paint) -> str:
    """Each paragraph of the section: what goes, what comes, every number of it with its verdict; or why it stays."""
    changed = sum(p.changed for p in revision.paragraphs)
    lines = [paint("head", f"{_plain(revision.part.name)}：{len(revision.paragraphs)} 段中改写 {changed} 段")]
    for number, each in enumerate(revision.paragraphs, 1):
        if not each.changed:
            lines.append(paint.lines([("warn", f"{number} 没有改"), ("same", f"  {each.quote}：{each.reason}")], "  "))
            continue
        lines.append(f"  {paint('bold', f'{number} 改写')}{paint('dim', _rounds(each))}")
        lines.append(paint.lines(_differences(revision, each.block)))
        lines += _numbers(revision, each.block, paint)
        if each.why:
            lines.append(paint.lines([("dim", f"这次没有再改：{each.reason}")], "      "))
        if each.lost:
            lines.append(paint.lines([("warn", "！ "), ("same", f"不再提到：{'、'.join(each.lost)}")], "      "))
    return "\n".join(lines)


def _rounds(each: Revised) -> str:
    told = each.account
    if told is None:
        return ""
    said = f"  第 {told.rounds} 轮通过" if told.rounds > 1 else ""
    return "  删去了没有通过审核的句子" if told.outcome == "salvaged" else said


def _differences(revision: Revision, block: int) -> list[Piece]:
    from narrator.writers.revise import pieces

    return list(pieces(revision.before.paragraphs[block], revision.after.paragraphs[block]))


def _numbers(revision: Revision, block: int, paint: Paint) -> list[str]:
    """A line for each number of the new paragraph; those that are no figures together in one."""
    found = sorted(
        (v for v in revision.after.result.verdicts if v.mention.place.block == block),
        key=lambda v: v.mention.place.start,
    )
    judged = [v for v in found if v.name != "exempt"]
    widest = max((width(_plain(_said(v))) for v in judged), default=0)
    lines = []
    for verdict in judged:
        sign, style, word = _VERDICTS[verdict.name]
        said = _plain(_said(verdict))
        about = word + (f"，应为{verdict.expected}" if verdict.name == "wrong" and verdict.expected else "")
        ledger = revision.after.ledger
        fact = ledger.get(verdict.fact) if verdict.fact else None
        if fact is not None and verdict.name == "verified":
            from narrator.facts.explain import meaning

            about = meaning(fact)
        elif verdict.name == "verified":
            about = {"material": "素材", "reference": "参考数据"}.get(verdict.source or "", "相符")
        gap = " " * (widest - width(said))
        lines.append(
            f"      {paint(style, sign)} {said}{gap}  {_plain(about)}  {paint('dim', _plain(verdict.fact))}".rstrip()
        )
    rest = list(dict.fromkeys(_plain(_said(v)) for v in found if v.name == "exempt"))
    if rest:
        lines.append(paint.lines([("dim", f"· 期别、编号等不作核对：{'、'.join(rest)}")], "      "))
    return lines


def _said(verdict: Verdict) -> str:
    return verdict.mention.phrase or verdict.mention.text
