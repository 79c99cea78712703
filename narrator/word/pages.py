"""On which page a heading will probably stand, from the layout alone.

The contents of a new file must not be wrong-looking before Word refreshes it, and nothing here may
start a word processor. Lengths are points; the measures are those of template.docx.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

MM = 72 / 25.4
TWIP = 1 / 20
BODY_LINE = 28.95
BODY_SIZE = 15.75  # 16 pt, drawn in by a quarter
CAPTION = 26.0
TABLE_LINE = 20.0
TABLE_SIZE = 12.0
NOTE_LINE = 17.0
NOTE_SIZE = 10.5
TOC_LINE = 24.0
TOC_SIZES = (14.0, 12.0, 12.0)
TOC_NUMBER = 28.0  # room for some dots and the page number
TITLE_LINE = 32.0
TITLE_SIZE = 22.0
CELL_PADDING = 10.8  # left and right


def width(text: str) -> float:
    """The width of `text` in full-width characters: Latin letters and digits count half."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


def lines(text: str, size: float, room: float, indent: float = 0.0) -> int:
    """How many lines `text` takes at `size` points in `room` points; `indent` counts characters."""
    return sum(max(1, math.ceil((width(line) + indent) * size / room - 1e-6)) for line in text.split("\n"))


@dataclass(frozen=True, slots=True)
class PageSize:
    """The room for text on a page, in twips, as a section's properties give it."""

    text_width: int = 8844
    text_height: int = 12756

    @property
    def width(self) -> float:
        return self.text_width * TWIP

    @property
    def height(self) -> float:
        return self.text_height * TWIP


class Flow:
    """Sets blocks one below the other and counts pages from 1."""

    def __init__(self, page: PageSize) -> None:
        self.size = page
        self.page = 1
        self._used = 0.0
        self._headings: list[float] = []  # heights that wait for what follows
        self._heading_pages: list[int] = []

    def break_page(self) -> None:
        """Go on at the top of a new page."""
        self._settle(0.0)
        self.page += 1
        self._used = 0.0

    def heading(self, height: float) -> None:
        """Set a heading: it goes where the first line of what follows goes."""
        self._headings.append(height)

    def heading_pages(self) -> list[int]:
        """The pages of all headings set, in order."""
        self._settle(0.0)
        return self._heading_pages

    def whole(self, height: float) -> int:
        """Set a block that does not split; gives its page."""
        self._settle(height)
        self._used += height
        return self.page

    def _settle(self, height: float) -> None:
        """Set the waiting headings together with the first `height` of what follows them."""
        kept = sum(self._headings)
        if self._used and self._used + kept + height > self.size.height + 1:
            self.page += 1
            self._used = 0.0
        self._used += kept
        self._heading_pages += [self.page] * len(self._headings)
        self._headings = []

    def text(self, count: int, line: float) -> int:
        """Set `count` lines that may split anywhere; gives the page of the first."""
        first = self.whole(line)
        for _ in range(count - 1):
            self.whole(line)
        return first

    def table(self, caption: float, rows: Sequence[float], note: float, *, whole: bool) -> None:
        """Set a table; one that is not kept whole splits between its rows and repeats the first."""
        total = caption + sum(rows) + note
        if whole and total <= self.size.height:
            self.whole(total)
            return
        self.whole(caption + sum(rows[:2]))
        for row in rows[2:]:
            page = self.page
            self.whole(row)
            if self.page != page:
                self._used += rows[0]
        self.whole(note)
