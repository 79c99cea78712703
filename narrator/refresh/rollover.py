"""The edited report of one period as the frame of the next: what people changed in it that speaks of no data.

Taken over are headings that were reworded, sentences that were put in, and whole paragraphs of the writer's that
were rewritten, each at the place in the new draft that answers to the old one. What says a number, a period or
how something moved was true of another period and is left; both are told.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from narrator.check.run import Check
from narrator.model import SLOT, Block, Draft, Heading, Paragraph, Period
from narrator.numerals.normal_text import plain
from narrator.numerals.patterns import VERBS
from narrator.numerals.period_reading import find_periods
from narrator.numerals.printing import fill
from narrator.word import document as word
from narrator.word.captions import labels

if TYPE_CHECKING:
    from narrator.facts import Ledger

PERSON = "person"  # author of a paragraph that is taken over
_SENTENCE = re.compile(r"[^。！？；]*[。！？；]?[”』」）)]*")
_MOVES = re.compile("|".join(sorted((re.escape(v) for v in VERBS if len(v) > 1), key=len, reverse=True)))
# What nobody says but of data, whatever it is said of.
_FEATS = re.compile("新高|新低|首位|末位|领跑|垫底|[增涨升跌降]势|走[高低强弱]|创.{0,6}纪录")
_FIGURE = re.compile(r"[-−]?\d+(?:\.\d+)?")
_ALWAYS = frozenset({"今年", "今年以来", "当前", "目前", "全年"})  # periods that go along with the report
# Why a text is not taken over.
_FIGURES, _COURSE, _CITED = "说的是上期数据", "说到指标的升降，未必合乎本期", "引用了图表的编号，本期可能不同"
_WHYS = (_FIGURES, _COURSE, _CITED)  # the weightiest first
_ALIKE = 0.6
_SHOWN = 24  # characters of what is told


@dataclass(frozen=True, slots=True)
class Carried:
    """The new draft with what was taken over; `took` and `left` tell it, a line each."""

    draft: Draft
    took: tuple[str, ...]
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A heading or a paragraph: of the edited file, or of the draft it was (then with what it is called)."""

    level: int  # 0 for a paragraph
    text: str
    key: tuple[str, ...] = ()
    written: str = ""  # of a draft: before its numbers were filled in

    def __str__(self) -> str:
        """As a person is told of it: 标题“总体情况”."""
        return f"{'标题' if self.level else '段落'}“{_short(self.text)}”"


def carry(document: word.Document, original: Draft, old: Ledger, new: Draft, ledger: Ledger) -> Carried:
    """`new` with what people put into `document`, a report that was drafted as `original` from `old`."""
    return _Carrying(document, original, old, new, ledger).run()


class _Carrying:
    def __init__(self, document: word.Document, original: Draft, old: Ledger, new: Draft, ledger: Ledger) -> None:
        self.was = list(_units(original, old))
        self.now = list(_read(document))
        self.blocks = list(new.blocks)
        self.keys = list(_keys(new))
        self.new, self.ledger = new, ledger
        again = [unit.text for unit in _units(new, ledger)]
        self.again = frozenset(s for text in again for s in (text, *sentences(text)))  # what the new draft says too
        texts = [s for unit in self.now for s in (unit.text, *sentences(unit.text))]
        self.data = _of_data(texts, old, original.period)
        self.took: list[str] = []
        self.left: list[str] = []
        self.behind: dict[int, list[Block]] = {}  # what goes in behind a block of the new draft
        self.open: list[_Unit] = []  # headings that were put in, and under which nothing stands yet

    def run(self) -> Carried:
        known: set[tuple[str, ...]] = set()
        at = 0  # the block of the new draft that answers to the last unit of the file that is known
        pairs = list(_aligned(self.now, self.was))
        moved = self._moved(pairs)
        for number, (unit, was) in enumerate(pairs):
            if (other := moved.get(number)) is not None:
                known.add(other.key)
                self._elsewhere(unit, other)
                continue
            if was is None and unit.text in self.again:
                continue
            if unit.level:
                self._closed(unit.level)
            elif was is not None:
                self._opened(at)  # a heading put in above what stood there
            place = self._place(was) if was is not None else None
            at = place if place is not None else at
            if was is not None:
                known.add(was.key)
            if was is None and unit.level:
                self.open.append(unit)
            elif was is None:
                at = self._added(unit, at)
            elif _numberless(unit.text) == _numberless(was.text):
                continue  # brought up to revised data since, and otherwise as it was drafted
            elif unit.text != was.text and unit.level:
                self._heading(unit, place)
            elif unit.text != was.text:
                self._paragraph(unit, was, place)
        self._closed(0)
        for was in self.was:
            if was.key and was.key not in known:
                self._gone(was)
        out: list[Block] = []
        for number, block in enumerate(self.blocks):
            out += [block, *self.behind.get(number, ())]
        return Carried(replace(self.new, blocks=tuple(out)), tuple(self.took), tuple(self.left))

    def _moved(self, pairs: Sequence[tuple[_Unit, _Unit | None]]) -> dict[int, _Unit]:
        """By number of a pair, what a unit that stands alone was where it stood elsewhere, reworded or not."""
        kept = {id(was) for _, was in pairs if was is not None}
        lost = [was for was in self.was if id(was) not in kept]
        out: dict[int, _Unit] = {}
        for number, (unit, was) in enumerate(pairs):
            if was is not None:
                continue
            same = [w for w in lost if bool(w.level) == bool(unit.level)]
            other = next((w for w in same if _numberless(w.text) == _numberless(unit.text)), None) or next(
                (w for w in same if not unit.level and _same(unit, w, alone=False)), None
            )
            if other is not None:
                out[number] = other
                lost.remove(other)
        return out

    def _elsewhere(self, unit: _Unit, was: _Unit) -> None:
        """What a person moved, and the new draft has where it stood before."""
        place = self._place(was)
        if place is not None:
            self.left.append(f"移动过的{unit}：本期仍写在原处，请再移动")
        if not unit.level and _numberless(unit.text) != _numberless(was.text):
            self._paragraph(unit, was, place)

    def _place(self, was: _Unit) -> int | None:
        return next((i for i, key in enumerate(self.keys) if key == was.key), None) if was.key else None

    def _heading(self, unit: _Unit, place: int | None) -> None:
        if unit.text in self.again:
            return
        if why := self._why_not(unit.text):
            self.left.append(f"{unit}：{why}")
        elif place is None:
            self.left.append(f"{unit}：本期没有相应的部分")
        else:
            self.blocks[place] = Heading(unit.level, unit.text)
            self.took.append(str(unit))

    def _paragraph(self, unit: _Unit, was: _Unit, place: int | None) -> None:
        """Sentences put into a paragraph; one that takes the place of another replaces it where that stands again."""
        before = sentences(was.text)
        drafted = {_numberless(sentence) for sentence in before}
        for number, sentence in enumerate(sentences(unit.text)):
            if _numberless(sentence) in drafted or sentence in self.again:
                continue
            told = f"句子“{_short(sentence)}”"
            if why := self._why_not(sentence):
                self.left.append(f"{told}：{why}")
                continue
            block = self.blocks[place] if place is not None else None
            if not isinstance(block, Paragraph):
                self.left.append(f"{told}：本期没有相应的段落")
                continue
            gone = [s for s in before if s not in unit.text and _alike(s, sentence)]
            if gone and gone[0] not in block.text:
                self.left.append(f"{told}：它改写的原句本期没有用到")
                continue
            if gone:
                text = block.text.replace(gone[0], sentence)
            else:
                text = sentence + block.text if number == 0 else block.text + sentence
            assert place is not None
            self.blocks[place] = replace(block, text=text)
            self.took.append(told)
        self._cut(unit, was, place)

    def _cut(self, unit: _Unit, was: _Unit, place: int | None) -> None:
        """What a person cut out of a paragraph, or put in other words, and the new draft says again."""
        block = self.new.blocks[place] if place is not None else None
        if not isinstance(block, Paragraph):
            return
        there = sentences(unit.text)
        again = sentences(block.text)
        for sentence, written in zip(sentences(was.text), sentences(was.written), strict=False):
            kept = sentence in unit.text or any(_alike(s, sentence) for s in there)
            if not kept and any(_says_the_same(written, s) for s in again):
                self.left.append(f"删去的句子“{_short(sentence)}”：本期仍按原样写了这一内容，不需要请再删去")

    def _gone(self, was: _Unit) -> None:
        """A heading or paragraph that a person cut out, and that the new draft has again."""
        if self._place(was) is not None:
            self.left.append(f"删去的{was}：本期仍有这一部分，不需要请再删去")

    def _added(self, unit: _Unit, at: int) -> int:
        """A paragraph that people put in stays where it stood, if nothing in it speaks of data; gives that place.

        Under a heading that they put in too it stands behind the section that this ends.
        """
        if why := self._why_not(unit.text, *sentences(unit.text)):
            self.left.append(f"{unit}：{why}")
            return at
        if self.open:
            level = self.open[0].level
            ends = (i for i in range(at + 1, len(self.blocks)) if _level(self.blocks[i]) in range(1, level + 1))
            at = next(ends, len(self.blocks)) - 1
        self._opened(at)
        self.behind.setdefault(at, []).append(Paragraph(unit.text, author=PERSON))
        self.took.append(str(unit))
        return at

    def _opened(self, at: int) -> None:
        """Headings that people put in go in behind a block, now that something stands under them."""
        for unit in self.open:
            if why := self._why_not(unit.text, *sentences(unit.text)):
                self.left.append(f"{unit}：{why}")
                continue
            self.behind.setdefault(at, []).append(Heading(unit.level, unit.text))
            self.took.append(str(unit))
        self.open.clear()

    def _closed(self, level: int) -> None:
        """Headings that people put in and under which nothing was taken over, up to one of this level."""
        for unit in [u for u in self.open if u.level >= level]:
            why = self._why_not(unit.text, *sentences(unit.text)) or "其下的文字本期都没有沿用"
            self.left.append(f"{unit}：{why}")
            self.open.remove(unit)

    def _why_not(self, *texts: str) -> str:
        """Why a text cannot be taken over; empty where it can."""
        if whys := {self.data[text] for text in texts if text in self.data}:
            return next(why for why in _WHYS if why in whys)
        return "其中的双方括号会被当作数据编号" if any("[[" in t or "]]" in t for t in texts) else ""


def likeness(document: word.Document, draft: Draft, ledger: Ledger) -> int:
    """How many headings and paragraphs of a file a draft from this ledger has, numbers aside."""
    drafted = {_numberless(unit.text) for unit in _units(draft, ledger)}
    return sum(_numberless(unit.text) in drafted for unit in _read(document))


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph, stops and closing marks with them."""
    return [s for s in _SENTENCE.findall(text) if s.strip()]


def _numberless(text: str) -> str:
    """A text whose numbers do not count."""
    return _FIGURE.sub("#", plain(text))


def _level(block: Block) -> int:
    return block.level if isinstance(block, Heading) else 0


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _says_the_same(was: str, now: str) -> bool:
    """Whether a sentence of one draft tells of the same figures as one of another, or without any says the same."""
    before, after = ({_stem(m["id"]) for m in SLOT.finditer(text)} for text in (was, now))
    return bool(before & after) if before or after else _alike(was, now)


def _stem(fact: str) -> str:
    """A fact without its period."""
    return fact.rpartition("@")[0] or fact


def _alike(a: str, b: str) -> bool:
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() >= _ALIKE


# --------------------------------------------------------------------------- what there is


def _units(draft: Draft, ledger: Ledger) -> Iterator[_Unit]:
    """Headings and paragraphs of a draft as they were printed."""
    names = {key: str(label) for key, label in labels(draft).items()}
    for block, key in zip(draft.blocks, _keys(draft), strict=True):
        if isinstance(block, Heading | Paragraph):
            text = fill(block.text, ledger.__getitem__, lambda k: names.get(k, k))
            yield _Unit(_level(block), text, key, block.text)


def _keys(draft: Draft) -> Iterator[tuple[str, ...]]:
    """What each block is called in any period: a paragraph by its key, a heading by that of what it stands over."""
    following: list[tuple[str, ...]] = []
    key = ""
    for block in reversed(draft.blocks):
        if isinstance(block, Paragraph):
            key = block.key
            following.append(("paragraph", key) if key else ())
        elif isinstance(block, Heading):
            steps = key.split(".")
            # A chapter by its kind of content, a section by its module or problem too.
            name = steps[:1] if block.level == 1 else steps[:2]
            following.append((f"heading{block.level}", *name))
        else:
            following.append(())
    yield from reversed(following)


def _read(document: word.Document) -> Iterator[_Unit]:
    for block in document.blocks:
        if block.part != "body" or block.is_caption or block.is_toc or block.role or block.hidden or block.chart:
            continue
        if block.style.lower() in ("title", "toc heading", "标题", "资料来源") or not block.text.strip():
            continue
        yield _Unit(block.level, block.text.strip())


def _aligned(now: list[_Unit], was: list[_Unit]) -> Iterator[tuple[_Unit, _Unit | None]]:
    """Each unit of the file with the one of the draft that it was, in order; None for what was put in."""
    matcher = difflib.SequenceMatcher(
        None, [(u.level, u.text) for u in was], [(u.level, u.text) for u in now], autojunk=False
    )
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            yield from zip(now[start:end], was[first:last], strict=True)
            continue
        waiting = was[first:last]
        alone = end - start == last - first
        for unit in now[start:end]:
            number = next((i for i, w in enumerate(waiting) if _same(unit, w, alone)), None)
            yield unit, waiting[number] if number is not None else None
            if number is not None:
                waiting = waiting[number + 1 :]


def _same(unit: _Unit, was: _Unit, alone: bool) -> bool:
    """Whether a unit is another one reworded; a heading may be worded quite anew where nothing else was changed."""
    if bool(unit.level) != bool(was.level):
        return False
    if unit.level and alone and unit.level == was.level:
        return True
    return bool({*sentences(unit.text)} & {*sentences(was.text)}) or _alike(unit.text, was.text)


# --------------------------------------------------------------------------- what speaks of data


def _of_data(texts: list[str], ledger: Ledger, period: Period) -> dict[str, str]:
    """Those texts that say a number, a period or how something moved, each with why it is not taken over."""
    distinct = list(dict.fromkeys(texts))
    blocks = tuple(word.Block(n, "body", text, "Normal") for n, text in enumerate(distinct, start=1))
    check = Check(word.Document("", "docx", blocks), ledger, period)
    check.run()
    whys = {"pattern": _COURSE, "structure": _CITED}
    found: dict[str, str] = {}
    for seen in check.looked:
        if seen.token.kind != "name":
            said = (found.get(distinct[seen.block], ""), whys.get(seen.token.kind, _FIGURES))
            found[distinct[seen.block]] = next(why for why in _WHYS if why in said)
    for text in distinct:
        moves = _MOVES.search(text) and any(name.subjects for name in check.names.find(text))
        dated = any(p.text not in _ALWAYS for p in find_periods(plain(text), period))
        why = _FIGURES if dated else _COURSE if moves or _FEATS.search(text) else ""
        if why or re.search(r"[图表]\s*\d", text):
            found.setdefault(text, why or _CITED)
    return found
