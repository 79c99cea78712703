"""The guard: nothing of a model enters a report unless it is understood, and so.

An answer is one paragraph with aliases for numbers. It passes if its words are known, its aliases belong to
the paragraph, the words say of each number what that fact is, its claims hold, and the check, reading the text
with the numbers filled in, resolves every number to the same fact. Anything else is refused with a plain
reason: the offline paragraph always stands ready.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrator.model import SLOT
from narrator.numerals import way_of
from narrator.writers.briefs import ALIAS, SENTENCE, Brief, Briefs
from narrator.writers.guard.answer import layout_faults, paragraph_of, slot_faults
from narrator.writers.guard.fault import Fault
from narrator.writers.guard.lexicon import Lexicon
from narrator.writers.guard.meaning import Meaning
from narrator.writers.guard.quoting import Quoting
from narrator.writers.guard.verdicts import check_faults
from narrator.writers.voice import marked_provisional

if TYPE_CHECKING:
    from narrator.writers.outline import Outline
    from narrator.writers.sections import Section

__all__ = ["Guard", "Judged", "Refusal"]

ENOUGH = 0.6  # share of the offline paragraph's facts that a paragraph must tell
_MOST = 6  # refusals that are told of one answer
_PIECE = re.compile(r"[^。！？；\n]*[。！？；\n]?")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an answer may not enter: the words in question, the rule, and the reason in plain Chinese."""

    quote: str
    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A paragraph with real slots, ready for the draft, or None; and what was refused."""

    text: str | None
    refusals: tuple[Refusal, ...] = ()


class Guard:
    """Judges answers for the paragraphs of one report. Safe to use from several threads; never raises."""

    def __init__(self, outline: Outline, briefs: Briefs) -> None:
        self._ledger = outline.ledger
        self._briefs = briefs
        self._lexicon = Lexicon(outline.ledger, outline.period)
        self._lock = threading.Lock()  # the ledger makes its facts when asked for, the check its names

    def judge(self, section: Section, place: int, answer: str) -> Judged:
        """The whole answer, or nothing of it."""
        return self._safely(section, place, answer, self._whole)

    def salvage(self, section: Section, place: int, answer: str) -> Judged:
        """What is left of an answer once its faulty sentences are dropped, if the paragraph stands without them."""
        return self._safely(section, place, answer, self._rest)

    # ------------------------------------------------------------------ ways through

    def _safely(self, section: Section, place: int, answer: str, how: Callable[[Brief, str], Judged]) -> Judged:
        try:
            with self._lock:
                return how(self._briefs.brief(section, place), answer)
        except Exception as error:  # an answer is a stranger's: whatever it breaks, it does not enter
            _log.warning("guard failed on %s: %s", section.name, type(error).__name__)
            return Judged(None, (Refusal("", "not-understood", "这段文字无法核对，请换一种平实的写法"),))

    def _whole(self, brief: Brief, answer: str) -> Judged:
        text = paragraph_of(answer)
        faults = list(self._faults(text, answer, brief))
        if faults:
            return Judged(None, _told(faults))
        return Judged(self._finished(text, brief))

    def _rest(self, brief: Brief, answer: str) -> Judged:
        """Sentence by sentence, and clause by clause at semicolons: each is kept that stands behind those kept so far."""
        text = _mended(paragraph_of(answer), brief).replace("\r", "\n")
        kept: list[str] = []
        refused: list[Fault] = []
        for piece in _sentences(text) if brief.quoted else _pieces(text):
            said = _joined([*kept, piece])
            faults = list(self._faults(said, said, brief, complete=False))
            if faults:
                refused += faults[:2]
            else:
                kept.append(piece)
        if not kept:
            return Judged(None, _told(refused))
        lacking = list(self._lacking(_joined(kept), brief))
        if lacking:
            return Judged(None, _told([*lacking, *refused]))
        return Judged(self._finished(_joined(kept), brief), _told(refused))

    # ------------------------------------------------------------------ judging

    def _faults(self, text: str, answer: str, brief: Brief, *, complete: bool = True) -> Iterator[Fault]:
        """The faults of the first kind that has any: what is said first to the model is what matters first."""
        stages: tuple[Callable[[], Iterator[Fault]], ...] = (
            lambda: layout_faults(text, answer, brief),
            lambda: slot_faults(text, brief),
            lambda: self._sentence_faults(text, brief),
            lambda: check_faults(self._finished(text, brief, cited=False), brief, self._ledger, self._briefs.title),
            lambda: self._lacking(text, brief) if complete else iter(()),
        )
        for stage in stages:
            found = list(stage())
            if found:
                yield from found
                return

    def _sentence_faults(self, text: str, brief: Brief) -> Iterator[Fault]:
        quoting = Quoting([brief.named(sentence) for sentence in brief.quoted])
        meaning = Meaning(self._ledger, self._lexicon, brief)
        sentences = _sentences(text)
        for sentence in sentences:
            if brief.quoted and quoting.source(sentence) is not None:
                continue
            if brief.quoted:
                yield Fault(
                    sentence[:40],
                    "beyond-sources",
                    "这句话不在所给的材料里：只能取用所给的句子，可以删减，不能增添和改写",
                )
            else:
                yield from meaning.faults(sentence)
        for quote, message in quoting.faults(sentences):
            yield Fault(quote, "repetition", message)

    def _lacking(self, text: str, brief: Brief) -> Iterator[Fault]:
        """A paragraph must tell what it is for: most of its facts, the first, and everything that fell."""
        told = {m["name"] for m in ALIAS.finditer(text)}
        if brief.quoted:
            if brief.aim and not any(name in text for name in self._names(brief.topic)):
                yield Fault("", "omission", f"建议要落到“{brief.aim}”上，文中没有提到它")
            if len(_sentences(text)) < min(2, len(brief.quoted) - 1):
                yield Fault("", "omission", "写得太少，请至少取用两句")
            if brief.role in ("definition", "plain") and any(a not in told for a in brief.offers):
                yield Fault("", "omission", "所给的句子要全部写到")
            return
        offers = list(brief.offers.values())
        missing = [offer for offer in offers if offer.alias not in told]
        nodes = {brief.offers[name].fact.node for name in told if name in brief.offers}
        silent = [
            o
            for o in missing
            if way_of(o.fact) < 0 and o.fact.node not in nodes and o.fact.measure not in ("share", "rank")
        ]
        first = [
            o
            for o in offers[:2]
            if o in missing and brief.role in ("index", "path", "problem") and o.fact.period == brief.period
        ]
        short = len(offers) - len(missing) < ENOUGH * len(offers)
        for offer in dict.fromkeys([*silent, *first, *(missing if short else [])]):
            yield Fault("", "omission", f"漏写了{offer.name}（{offer.says}），可写“{offer.use}”")

    def _names(self, code: str) -> tuple[str, ...]:
        node = self._ledger.node(code)
        return (node.name, node.name.removesuffix("（逆）"), *node.aliases)

    # ------------------------------------------------------------------ finishing

    def _finished(self, text: str, brief: Brief, *, cited: bool = True) -> str:
        """Real slots for aliases, 初步核算 where a figure is provisional, the offline paragraph's cross-references."""
        text = ALIAS.sub(lambda m: brief.offers[m["name"]].slot, text)
        if cited and brief.citations and text.endswith("。"):
            keys = [m["id"] for citation in brief.citations for m in SLOT.finditer(citation)]
            text = f"{text[:-1]}（见{'、'.join(f'[[@{key}]]' for key in dict.fromkeys(keys))}）。"
        return marked_provisional(text, self._ledger)


def _sentences(text: str) -> list[str]:
    return [s for s in (s.strip() for s in SENTENCE.findall(text)) if s]


def _pieces(text: str) -> list[str]:
    """The sentences of a text, cut at semicolons too."""
    return [p for p in (p.strip() for p in _PIECE.findall(text)) if p]


def _joined(pieces: list[str]) -> str:
    """Pieces as a paragraph: the last one ends it."""
    text = "".join(pieces)
    return f"{text[:-1]}。" if text.endswith("；") else text


def _mended(text: str, brief: Brief) -> str:
    """A unit written again behind a number that prints its own is taken off: that much is beyond doubt."""
    for offer in brief.offers.values():
        unit = offer.fact.unit
        if offer.form is None and unit:
            for doubled in (f"个{unit}", unit):
                text = text.replace(offer.name + doubled, offer.name)
    return text


def _told(faults: list[Fault]) -> tuple[Refusal, ...]:
    return tuple(dict.fromkeys(Refusal(f.quote, f.rule, f.message) for f in faults))[:_MOST]
