"""A sentence in segments: names, and what is said of them, up to the next name or mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from narrator.model import Level
from narrator.writers.briefs import Brief
from narrator.writers.guard.lexicon import Word

if TYPE_CHECKING:
    from narrator.facts import Ledger

LEVELS = frozenset({"index", "value"})  # measures that are told as a level, not as a change
PARTS = frozenset({"parts_up", "parts_down", "parts_flat"})  # how many modules rose, fell, stood still


@dataclass
class Segment:
    """Names with what is said of them, up to the next name or mark."""

    words: list[Word] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    named: bool = False
    index_side: bool = False
    parts: list[Word] = field(default_factory=list)  # words about the whole that a share or pull is of: no subjects
    before: str = ""  # measure of the last figure of the sentence before this segment

    @property
    def text(self) -> str:
        return "".join(w.text for w in self.words).strip("，；：。、")

    def kinds(self) -> set[str]:
        return {w.kind for w in self.words}


def segments(words: Sequence[Word], brief: Brief) -> Iterator[Segment]:
    here = Segment()
    joined = False  # whether the last word lets a further name join those before it
    at = 0
    while at < len(words):
        word = words[at]
        if word.kind == "mark" and word.text in "，；：。":
            here.words.append(word)
            yield here
            here, joined = Segment(), False
        elif whole := _whole(words, at):
            here.words += whole
            here.parts += whole
            at += len(whole) - 1
            joined = False
        elif word.kind == "name":
            if here.named and not joined:
                yield here
                here = Segment()
            here.words.append(word)
            here.subjects.append(_meant(word, brief))
            here.named, joined = True, True
            here.index_side = here.index_side or word.text.endswith("指数")
        else:
            here.words.append(word)
            if word.kind in ("inert", "modules", "period") and "指数" in word.text:
                here.index_side = True
            joined = joined and word.text in ("、", "和", "与", "及", "以及", "指数", "模块", "模块指数")
        at += 1
    if here.words:
        yield here


def _whole(words: Sequence[Word], at: int) -> list[Word]:
    """对总指数上行的贡献率, 下拉模块指数, 总指数上行的主要动力: the whole that parts are parts of."""
    taken: list[Word] = []
    place = at
    if words[place].kind in ("toward", "pull up", "pull down"):
        taken.append(words[place])
        place += 1
    named = place < len(words) and (words[place].kind == "name" or words[place].text in ("模块指数", "模块"))
    if not named:
        return []
    taken.append(words[place])
    place += 1
    while place < len(words) and words[place].text in ("指数", "模块", "模块指数"):
        taken.append(words[place])
        place += 1
    moved = place < len(words) and words[place].kind in ("up", "down")
    if moved:
        taken.append(words[place])
        place += 1
    of = place < len(words) and words[place].text == "的"
    if of:
        taken.append(words[place])
    if taken[0].kind in ("toward", "pull up", "pull down"):
        return taken
    return taken if moved and of and place + 1 < len(words) and words[place + 1].kind in ("driver", "share") else []


def _meant(word: Word, brief: Brief) -> str:
    """The node of a name; where several bear it, one of this paragraph."""
    here = [code for code in word.of if code in brief.standings]
    return here[0] if here else word.of[0]


class Holder:
    """What every family of rules knows: the ledger and the brief of the paragraph."""

    def __init__(self, ledger: Ledger, brief: Brief) -> None:
        self.ledger = ledger
        self.brief = brief

    @property
    def module(self) -> str:
        """The module that the paragraph is about."""
        topic = self.brief.topic
        node = self.ledger.dataset.nodes.get(topic)
        return node.parent or topic if node is not None and node.level is Level.INDICATOR else topic

    def level(self, code: str) -> Level | None:
        node = self.ledger.dataset.nodes.get(code)
        return node.level if node is not None else None

    def name(self, code: str) -> str:
        node = self.ledger.dataset.nodes.get(code)
        return node.name if node is not None else code

    def names(self, codes: list[str]) -> str:
        return "、".join(map(self.name, codes))
