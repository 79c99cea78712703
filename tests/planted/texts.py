"""Marked texts: small documents in which every number carries the claim it makes.

In a file of sentences a text begins with `@@ form period`, and a stretch is marked `{shown|claim}`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from pathlib import Path

from narrator.model import Period

from .claims import Claim

HERE = Path(__file__).parent
_MARK = re.compile(r"\{(?P<shown>[^{}|]*)\|(?P<claim>[^{}]*)\}")
_SENTENCE_END = "。！？；\n"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of a text, which say `claim`."""

    start: int
    end: int
    claim: Claim


@dataclass(frozen=True, slots=True)
class Text:
    """One right document. `key` names it; `origin` is reworded or draft."""

    key: str
    form: str
    index: str
    period: Period
    text: str
    spans: tuple[Span, ...]
    origin: str = "reworded"

    def shown(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def line(self, place: int) -> int:
        """The line, from 1, in which a character stands: the check's block."""
        return self.text.count("\n", 0, place) + 1

    def sentence(self, place: int) -> tuple[int, int]:
        """Start and end of the sentence (or cell's row, or line) around a character; a break inside a number
        ends none."""
        inside = [s for s in self.spans if "\n" in self.shown(s)]

        def ends(i: int) -> bool:
            return self.text[i] in _SENTENCE_END and not any(s.start <= i < s.end for s in inside)

        start = place
        while start > 0 and not ends(start - 1):
            start -= 1
        end = place
        while end < len(self.text) and not ends(end):
            end += 1
        return start, min(end + 1, len(self.text))

    def clause(self, place: int) -> int:
        """Where the clause begins that holds a character: behind the last ，；。or line break."""
        return max(self.text.rfind(mark, 0, place) for mark in "，；。\n（") + 1

    def after(self, span: Span, length: int = 8) -> str:
        return self.text[span.end : span.end + length]

    def before(self, span: Span, length: int = 24) -> str:
        """What stands before a span in its sentence, at most `length` characters."""
        return self.text[max(span.start - length, self.sentence(span.start)[0]) : span.start]

    def in_table(self, place: int) -> bool:
        begin = self.text.rfind("\n", 0, place) + 1
        return self.text.startswith("|", begin)

    def changed(self, start: int, end: int, new: str) -> Text:
        """The text with a stretch replaced; spans behind it move, spans that it touches go."""
        shift = len(new) - (end - start)
        kept = [s for s in self.spans if s.end <= start]
        kept += [replace(s, start=s.start + shift, end=s.end + shift) for s in self.spans if s.start >= end]
        return replace(self, text=self.text[:start] + new + self.text[end:], spans=tuple(kept))


def unmark(marked: str) -> tuple[str, tuple[Span, ...]]:
    """Text and spans of a marked text. Raises ValueError on a stray brace."""
    out: list[str] = []
    spans: list[Span] = []
    at = place = 0
    for m in _MARK.finditer(marked):
        out.append(marked[at : m.start()])
        place += m.start() - at
        shown = m["shown"]
        spans.append(Span(place, place + len(shown), Claim.parse(m["claim"])))
        out.append(shown)
        place += len(shown)
        at = m.end()
    text = "".join([*out, marked[at:]])
    if "{" in text or "}" in text:
        raise ValueError(f"unmatched brace: {text}")
    return text, tuple(spans)


def read(index: str) -> list[Text]:
    """The re-worded right texts of an index."""
    found: list[Text] = []
    counts: dict[str, int] = {}
    for chunk in re.split(r"(?m)^@@ ", (HERE / f"sentences_{index}.md").read_text(encoding="utf-8"))[1:]:
        head, _, body = chunk.partition("\n")
        form, period = head.split()
        counts[form] = counts.get(form, 0) + 1
        text, spans = unmark(body.strip() + "\n")
        found.append(Text(f"{index}/{form}-{counts[form]}", form, index, Period.parse(period), text, spans))
    return found


def line_starts(text: str) -> list[int]:
    return [0, *(m.end() for m in re.finditer("\n", text))]


def place_of(starts: list[int], place: int) -> tuple[int, int]:
    """Line from 1 and column of a character."""
    line = bisect_right(starts, place)
    return line, place - starts[line - 1]
