"""Materials: departments' notes, sentence by sentence, their numbers as facts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrator.model import Fact, Period
from narrator.numerals.reading import scan

if TYPE_CHECKING:
    from narrator.dataset import Material

_ITEM = re.compile(r"^[ \t]*(?:#{1,6}\s.*|[-*+]\s+|\d+(?:\.\s+|、(?!\d)\s*)|>\s*)", re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_WRAP = re.compile(r"(?<=[^\n])[ \t]*\n[ \t]*(?=[^\n])")  # a line's end inside a paragraph
_ENDED = re.compile(r"[。！？；：，、…][”’」』）)]*$")
_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；]?")
_FORMS = frozenset({"arabic", "fullwidth"})
_DATA_KINDS = frozenset({"quantity", "count", "rank"})


def _plain(text: str) -> str:
    """The prose of a note, an item a line: marks taken off, wrapped lines joined, each item ended."""
    text = _BOLD.sub(r"\2", _COMMENT.sub("", text))
    text = _WRAP.sub(_joint, _ITEM.sub("\n\n", text))
    items = [line.strip() for line in text.splitlines() if line.strip()]
    return "\n".join(item if _ENDED.search(item) else item + "。" for item in items)


def _joint(wrap: re.Match[str]) -> str:
    """A space where Latin words or numbers meet over a line's end, nothing between Chinese characters."""
    before, after = wrap.string[wrap.start() - 1], wrap.string[wrap.end()]
    return " " if before.isascii() and after.isascii() else ""


@dataclass(frozen=True, slots=True)
class MaterialText:
    """One material: its sentences with a slot for each Arabic number that is data, and those facts."""

    node: str  # code, or "" for the district as a whole
    name: str  # of the file
    sentences: tuple[str, ...]
    facts: tuple[Fact, ...]


def read_material(material: Material, period: Period, names: Iterable[str]) -> MaterialText:
    """Split a material into sentences; ids are `material.<file stem>.<n>@<period>`, n from 1 in reading order."""
    text = _plain(material.text)
    facts: list[Fact] = []
    out: list[str] = []
    at = 0
    for token in scan(text, names):
        if token.kind not in _DATA_KINDS or token.form not in _FORMS or len(token.values) != 1 or token.join:
            continue
        key = f"material.{material.path.stem}.{len(facts) + 1}@{period}"
        facts.append(
            Fact(
                id=key,
                node=material.node,
                name=f"素材“{material.path.name}”",
                measure="material",
                period=period,
                value=float(token.values[0]),
                unit=token.unit,
                decimals=token.decimals,
                source="material",
                origin=f"materials/{period}/{material.path.name}",
                formula="素材所载，不经计算",
            )
        )
        out += [text[at : token.start], f"[[{key}|bare]]"]
        at = token.end
    marked = "".join([*out, text[at:]])
    sentences = tuple(s.strip() for s in _SENTENCE.findall(marked) if s.strip())
    return MaterialText(material.node, material.path.name, sentences, tuple(facts))
