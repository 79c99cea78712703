"""What figures and tables are called: 图2.1 is the first figure of the second chapter.

Pure text, so that a plain-text view of a draft can cite the same names as the Word file.
"""

from __future__ import annotations

from dataclasses import dataclass

from narrator.errors import DocumentError
from narrator.model import Draft, Figure, Heading, Table


@dataclass(frozen=True, slots=True)
class Label:
    """One caption's number: `word` is 图 or 表, `chapter` and `number` count from 1."""

    word: str
    chapter: int
    number: int

    @property
    def prefix(self) -> str:
        """What is typed: 图2. — the number after it is a field."""
        return f"{self.word}{self.chapter}."

    @property
    def sequence(self) -> str:
        """The field's sequence, one a chapter: `SEQ \\s` and `STYLEREF` each fail in one program or another."""
        return f"{self.word}{self.chapter}"

    def __str__(self) -> str:
        return f"{self.prefix}{self.number}"


def labels(draft: Draft) -> dict[str, Label]:
    """The label of every figure and table, by key, in reading order.

    A chapter is a level-one heading; what stands before the first counts to chapter 1.
    Raises DocumentError where two share a key.
    """
    found: dict[str, Label] = {}
    counts: dict[tuple[str, int], int] = {}
    chapter = 0
    for block in draft.blocks:
        if isinstance(block, Heading) and block.level == 1:
            chapter += 1
        elif isinstance(block, Figure | Table):
            if block.key in found:
                raise DocumentError(f"稿中有两个图表同用编号“{block.key}”，无法引用。")
            place = ("图" if isinstance(block, Figure) else "表", max(chapter, 1))
            counts[place] = counts.get(place, 0) + 1
            found[block.key] = Label(*place, counts[place])
    return found
