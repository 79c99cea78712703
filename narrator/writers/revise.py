"""A person's paragraph written anew: which paragraph of the draft it is, what the model is asked, and what differs.

What a person wrote stands as tokens: each number that is known to be a fact is one, each citation (（见图2.1）), and
else each character. The difference between the tokens of two texts is what is written into the document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, pairwise
from typing import Any

from narrator.model import SLOT, Fact, Paragraph
from narrator.numerals import printed
from narrator.writers.briefs import CITATION, Brief, Briefs, Prompt
from narrator.writers.sections import Section

CITED = re.compile(r"（(?:[^（）]{0,8}，)?详?见[^（）]*[图表][^（）]*）")
_PIECE = re.compile(r"[0-9A-Za-z.]+|.", re.DOTALL)
_ENDS = frozenset("，；。！？")
_SAME_FACTS, _SAME_WORDS = 0.3, 0.6  # shares from which a paragraph is taken for another one's later state


@dataclass(frozen=True, slots=True)
class Token:
    """A number (with the id of its fact), a citation, or a character; `start` counts in the person's text."""

    text: str
    start: int = 0
    fact: str = ""
    cites: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return ("fact", self.fact) if self.fact else ("text", self.text)

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Edit:
    """New text for characters `start` to `end`, never none, of the person's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A paragraph as it stands in the document, with the numbers of it that are known: (start, end) → fact id."""

    text: str
    numbers: Mapping[tuple[int, int], str]

    def tokens(self) -> list[Token]:
        out: list[Token] = []
        fixed = [(m.start(), m.end(), "", True) for m in CITED.finditer(self.text)]
        known = [
            (start, end, fact, False)
            for (start, end), fact in self.numbers.items()
            if not any(a < end and start < b for a, b, _, _ in fixed)
        ]
        at = 0
        for start, end, fact, cites in sorted([*fixed, *known]):
            if start < at:
                continue
            out += [Token(m[0], at + m.start()) for m in _PIECE.finditer(self.text[at:start])]
            out.append(Token(self.text[start:end], start, fact, cites))
            at = end
        return out + [Token(m[0], at + m.start()) for m in _PIECE.finditer(self.text[at:])]

    def slotted(self, brief: Brief) -> str:
        """The text with the brief's slots for its facts; other numbers stay as they are written."""
        offers = {offer.fact.id: offer for offer in reversed(list(brief.offers.values()))}
        out, skip = "", ""
        for token in self.tokens():
            offer = offers.get(token.fact)
            if token.cites:
                continue
            if offer is not None:
                out += offer.slot
                skip = printed(offer.fact, offer.form).unit
            elif skip and skip.startswith(token.text):
                skip = skip.removeprefix(token.text)
            else:
                out, skip = out + token.text, ""
        return out


@dataclass(frozen=True, slots=True)
class Wish:
    """The briefs of a revision: each paragraph is asked for as it stands and as a person wishes it."""

    briefs: Briefs
    standing: Mapping[str, Standing]  # by the key of the draft's paragraph
    ask: str

    def prompt(self, section: Section, place: int, so_far: Sequence[str], /) -> Prompt:
        brief = self.briefs.brief(section, place)
        text = self.standing[section.paragraphs[place].key].slotted(brief)
        return self.briefs.polish(section, place, text, self.ask)

    def feedback(self, section: Section, place: int, refusals: Sequence[Any], /) -> str:
        return self.briefs.feedback(section, place, refusals)


# --------------------------------------------------------------------------- which paragraph it is


def paired(
    standing: Mapping[int, Standing], paragraphs: Iterable[Paragraph], plain: Callable[[str], str]
) -> dict[int, Paragraph]:
    """The draft's paragraph behind each of the document's: the one most alike in facts and words, each once."""
    scored: list[tuple[float, int, Paragraph]] = []
    for paragraph in paragraphs:
        own = {m["id"] for m in SLOT.finditer(paragraph.text) if not m["ref"]}
        words = plain(CITATION.sub("", paragraph.text))
        for number, each in standing.items():
            facts = set(each.numbers.values())
            shared = len(own & facts) / len(own | facts) if own | facts else 0.0
            text = CITED.sub("", each.text)
            matcher = SequenceMatcher(None, text, words, autojunk=False)
            alike = matcher.ratio() if shared or matcher.quick_ratio() >= _SAME_WORDS else 0.0
            if shared >= _SAME_FACTS or alike >= _SAME_WORDS:
                scored.append((shared + alike, number, paragraph))
    found: dict[int, Paragraph] = {}
    taken: set[str] = set()
    for _, number, paragraph in sorted(scored, key=lambda each: -each[0]):
        if number not in found and paragraph.key not in taken:
            found[number] = paragraph
            taken.add(paragraph.key)
    return found


# --------------------------------------------------------------------------- what differs


def edits(standing: Standing, text: str, fact: Callable[[str], Fact]) -> list[Edit] | None:
    """What turns the person's paragraph into `text` (with slots), citations staying; None where it cannot be done.

    A number that stays is not touched, so that its binding stays; one that goes is deleted by itself.
    """
    old = standing.tokens()
    new = _cited(old, _written(text, fact))
    out: list[Edit] = []
    for was, now in zip(_segments(old), _segments(new), strict=True):
        for low, high, first, last in _differing(was, now):
            found = _stretch(was, low, high, now[first:last])
            if found is None:
                return None
            out += found
    out.sort(key=lambda e: e.start)
    return out if all(a.end <= b.start for a, b in pairwise(out)) else None


def pieces(was: Standing, now: Standing) -> list[tuple[str, str]]:
    """Two states of a paragraph as stretches: (`same`, text), (`gone`, text), (`new`, text), numbers whole."""
    old, new = was.tokens(), now.tokens()
    out: list[tuple[str, str]] = []
    at = 0

    def put(kind: str, tokens: Sequence[Token]) -> None:
        if tokens:
            out.append((kind, "".join(t.text for t in tokens)))

    for low, high, first, last in _differing(old, new):
        put("same", old[at:low])
        put("gone", old[low:high])
        put("new", new[first:last])
        at = high
    put("same", old[at:])
    return out


def _written(text: str, fact: Callable[[str], Fact]) -> list[Token]:
    """The tokens of a judged paragraph, without its citations: those of the document stay."""
    text = CITATION.sub(lambda m: "（初步核算）" if "初步核算" in m[0] else "", text)
    out: list[Token] = []
    at = 0
    for m in SLOT.finditer(text):
        out += [Token(piece) for piece in _PIECE.findall(text[at : m.start()])]
        at = m.end()
        shown = printed(fact(m["id"]), m["form"])
        out.append(Token(shown.number, fact=m["id"]))
        out += [Token(piece) for piece in _PIECE.findall(str(shown).removeprefix(shown.number))]
    return out + [Token(piece) for piece in _PIECE.findall(text[at:])]


def _cited(old: Sequence[Token], new: Sequence[Token]) -> list[Token]:
    """The new tokens with the old one's citations, each at the end of the clause nearest to where it stood."""
    plain = [t for t in old if not t.cites]
    matched = SequenceMatcher(None, [t.key for t in plain], [t.key for t in new], autojunk=False).get_matching_blocks()
    ends = [i for i, t in enumerate(new) if t.text in _ENDS and i] or [len(new)]
    places: list[tuple[int, Token]] = []
    passed = lowest = 0
    for token in old:
        if not token.cites:
            passed += 1
            continue
        # right behind the last token before it that stays
        stays = [m.b + min(passed - m.a, m.size) for m in matched if m.size and m.a < passed]
        meant = stays[-1] if stays else 0
        lowest = min((e for e in ends if e >= lowest), key=lambda e: abs(e - meant), default=ends[-1])
        places.append((lowest, token))
    out = list(new)
    for place, token in reversed(places):
        out.insert(place, token)
    return out


def _segments(tokens: Iterable[Token]) -> list[list[Token]]:
    out: list[list[Token]] = [[]]
    for token in tokens:
        if token.cites:
            out.append([])
        else:
            out[-1].append(token)
    return out


def _differing(was: Sequence[Token], now: Sequence[Token]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches that differ. Numbers are matched first: words may be written again, their bindings not."""
    old = [i for i, t in enumerate(was) if t.fact]
    new = [i for i, t in enumerate(now) if t.fact]
    matcher = SequenceMatcher(None, [was[i].fact for i in old], [now[i].fact for i in new], autojunk=False)
    same = [(old[m.a + i], new[m.b + i]) for m in matcher.get_matching_blocks() for i in range(m.size)]
    low = first = 0
    for high, last in [*same, (len(was), len(now))]:
        for a, b, c, d in _words(was[low:high], now[first:last]):
            yield low + a, low + b, first + c, first + d
        if high < len(was) and was[high].text != now[last].text:  # the same fact, printed otherwise
            yield high, high + 1, last, last + 1
        low, first = high + 1, last + 1


def _words(was: Sequence[Token], now: Sequence[Token]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches that differ; a single character that stays between two of them belongs to both."""
    matcher = SequenceMatcher(None, [t.key for t in was], [t.key for t in now], autojunk=False)
    held: tuple[int, int, int, int] | None = None
    for kind, low, high, first, last in matcher.get_opcodes():
        if kind != "equal":
            held = (held[0], high, held[2], last) if held is not None else (low, high, first, last)
        elif held is not None and (high - low > 1 or (high, last) == (len(was), len(now))):
            yield held
            held = None
    if held is not None:
        yield held


def _stretch(was: Sequence[Token], low: int, high: int, now: Sequence[Token]) -> list[Edit] | None:
    """One stretch: its numbers deleted each by itself, the new text put in place of its first words."""
    if [t.key for t in was[low:high]] == [t.key for t in now]:
        return [Edit(was[low].start, was[low].end, now[0].text)]
    text = "".join(t.text for t in now)
    if text and all(t.fact for t in was[low:high]):  # no words to put it in place of: a neighbour lends one
        if low and not was[low - 1].fact:
            low, text = low - 1, was[low - 1].text + text
        elif high < len(was) and not was[high].fact:
            high, text = high + 1, text + was[high].text
        else:
            return None
    out: list[Edit] = []
    for _, run in groupby(was[low:high], key=lambda t: t.start if t.fact else -1):
        tokens = list(run)
        put = "" if tokens[0].fact else text
        out.append(Edit(tokens[0].start, tokens[-1].end, put))
        text = text if tokens[0].fact else ""
    return out
