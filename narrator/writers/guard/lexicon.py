"""A sentence cut into the words that the guard understands; what is left over is named as such."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrator.model import Period
from narrator.numerals import period_name, period_name_short
from narrator.writers import wording
from narrator.writers.voice import amount

if TYPE_CHECKING:
    from narrator.facts import Ledger

SLOT = r"\[\[(?P<alias>[FM]\d+)\]\]"
MARKS = "，；：。、“”"


@dataclass(frozen=True, slots=True)
class Word:
    """A word at `start`–`end` of a sentence. `kind` says what it may do; `of` whom, when or which claim."""

    kind: str
    text: str
    start: int
    end: int
    of: tuple[str, ...] = ()
    period: Period | None = None
    claim: int = -1


class Lexicon:
    """Every word of one report: the names of its index, its periods, and the lists of `wording`."""

    def __init__(self, ledger: Ledger, period: Period) -> None:
        self._words: dict[str, tuple[str, tuple[str, ...], Period | None, int]] = {}
        self._plain()
        self._periods(ledger, period)
        self._names(ledger)
        count = amount(len(ledger.children(ledger.total.code)))
        for text in (f"{count}大模块", f"{count}个模块", f"{count}大模块指数", "各模块指数同比"):
            self._enter(text, "modules")
        ordered = sorted(self._words, key=len, reverse=True)
        self._pattern = re.compile(SLOT + "|" + "|".join(map(re.escape, ordered)))

    def read(self, sentence: str) -> list[Word]:
        """The words of a sentence in order; a run that is in no list is a word of kind `unknown`."""
        return list(self._read(sentence))

    def _read(self, sentence: str) -> Iterator[Word]:
        at = 0
        for m in self._pattern.finditer(sentence):
            if m.start() > at:
                yield Word("unknown", sentence[at : m.start()], at, m.start())
            at = m.end()
            if m["alias"]:
                yield Word("slot", m[0], m.start(), m.end(), (m["alias"],))
                continue
            kind, of, period, claim = self._words[m[0]]
            yield Word(kind, m[0], m.start(), m.end(), of, period, claim)
        if at < len(sentence):
            yield Word("unknown", sentence[at:], at, len(sentence))

    # ------------------------------------------------------------------ lists

    def _enter(
        self, text: str, kind: str, of: tuple[str, ...] = (), period: Period | None = None, claim: int = -1
    ) -> None:
        if text:
            self._words.setdefault(text, (kind, of, period, claim))

    def _plain(self) -> None:
        for number, claim in enumerate(wording.CLAIMS):
            for phrase in claim.phrases:
                self._enter(phrase, "claim", claim=number)
        for kind, listed in (
            ("up", wording.UP), ("down", wording.DOWN), ("flat", wording.FLAT), ("sum", wording.SUMMED), ("rest", wording.REST),
            ("yoy", wording.FOR_YEAR), ("pop", wording.FOR_PERIOD), ("share", wording.SHARE), ("driver", wording.DRIVER),
            ("before", tuple(wording.BEFORE_FIGURE)), ("toward", wording.TOWARD), ("pull up", wording.PULLED_UP),
            ("pull down", wording.PULLED_DOWN), ("up", wording.COURSE_UP), ("down", wording.COURSE_DOWN),
            ("each", ("均", "都")), ("than", ("比", "较", "与")), ("apart", ("分别", "依次", "分别为", "依次为", "分别达")), ("inert", wording.INERT),
            ("mark", tuple(MARKS)),
        ):  # fmt: skip
            for text in listed:
                self._enter(text, kind)

    def _periods(self, ledger: Ledger, period: Period) -> None:
        here = period_name_short(period)
        for text in (here, f"今年{here}"):
            self._enter(text, "period", period=period)
        for known in ledger.dataset.periods:
            self._enter(period_name(known), "period", period=known)
        for text in ("上年同期", "去年同期", "上年", f"上年{here}", f"去年{here}"):
            self._enter(text, "period", period=period.year_before)
        self._enter("上期", "period", period=period.previous)

    def _names(self, ledger: Ledger) -> None:
        config = ledger.dataset.config
        named: defaultdict[str, list[str]] = defaultdict(list)
        for node in ledger.dataset.nodes.values():
            for text in dict.fromkeys((node.name, node.name.removesuffix("（逆）"), *node.aliases)):
                named[text].append(node.code)
        named["总指数"] = [ledger.total.code]
        for row in ledger.dataset.references:
            if row.name not in named[row.name]:
                named[row.name].append(row.name)
        for text, codes in named.items():
            if text and codes:
                self._words.pop(text, None)  # a name wins over a word of the lists
                self._enter(text, "name", tuple(codes))
        for text in (config.region, config.short_name, f"全{config.region[-1:]}"):
            self._enter(text, "region")
