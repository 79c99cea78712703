"""The paragraph that is being scanned: its plain text, its quotations, names and idioms."""

from __future__ import annotations

import re
from bisect import bisect_right
from decimal import Decimal
from functools import cache

from narrator.model import MentionKind
from narrator.numerals.lexicon import COUNTED, IDIOMS, NAMES
from narrator.numerals.normal_text import number_at, plain
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Form, Join, Token
from narrator.numerals.trie import Lexicon, trie
from narrator.numerals.units import Unit, unit_at

_QUOTED = regex('[“‘"]([^“”‘’"\n]{1,24})[”’"]')
_BOUNDARY = frozenset('。；;：:，,！？!?\n、（()）“”"|>#*— \u3000\t》]】')
_WIDE = regex("[０-９]")
_HAN_NUMERAL = regex("[零〇一二两三四五六七八九十百千万亿]")


@cache
def _words() -> tuple[Lexicon, dict[str, str]]:
    rules = dict.fromkeys(IDIOMS, "")
    for rule, words in NAMES.items():
        rules |= dict.fromkeys(words, rule)
    rules |= dict.fromkeys(COUNTED, "counted")
    numeral = _HAN_NUMERAL
    rules = {
        word: rule
        for word, rule in rules.items()
        if numeral.search(word) or "零" in word or "半" in word or any(c.isdigit() for c in word)
    }
    return Lexicon(rules), rules


class Context:
    """What the readers of one paragraph share; places are characters of `text`, and of `norm` alike."""

    def __init__(self, text: str, names: tuple[str, ...] = ()) -> None:
        self.text = text
        self.norm = plain(text)
        self.last_end = 0
        self._quotes = [m.span(1) for m in _QUOTED.finditer(self.norm)] if _any_quote(self.norm) else []
        self._quote_starts = [a for a, _ in self._quotes]
        self._wide = _WIDE.search(text) is not None
        lexicon, rules = _words()
        self._terms = [(place, place + len(word), rules[word]) for place, word in lexicon.find(self.norm)]
        self._term_starts = [a for a, _, _ in self._terms]
        self._named = _occurrences(self.norm, names)
        self._named_starts = [a for a, _ in self._named]
        self._units: dict[int, Unit | None] = {}
        self._numbers: dict[int, tuple[int, str]] = {}

    def quote(self, place: int) -> tuple[int, int] | None:
        """Inside of the short quotation that holds `place`."""
        i = bisect_right(self._quote_starts, place) - 1
        return self._quotes[i] if i >= 0 and place < self._quotes[i][1] else None

    def term(self, start: int, end: int) -> tuple[int, int, str] | None:
        """The idiom ("") or name (its rule) of the lexicon that holds the whole of `start`–`end`."""
        i = bisect_right(self._term_starts, start) - 1
        if i >= 0 and end <= self._terms[i][1]:
            return self._terms[i]
        return None

    def listed(self, place: int) -> tuple[int, int] | None:
        """The name of the index's own list that holds `place`."""
        i = bisect_right(self._named_starts, place) - 1
        return self._named[i] if i >= 0 and place < self._named[i][1] else None

    def unit(self, place: int) -> Unit | None:
        """`unit_at`, asked once for a place however many readers want to know."""
        if place not in self._units:
            self._units[place] = unit_at(self.norm, place)
        return self._units[place]

    def number(self, place: int) -> tuple[int, str]:
        """`number_at`, the same way."""
        if place not in self._numbers:
            self._numbers[place] = number_at(self.norm, place)
        return self._numbers[place]

    def before(self, place: int, length: int = 12) -> str:
        return self.norm[max(0, place - length) : place]

    def after(self, place: int, length: int = 12) -> str:
        return self.norm[place : place + length]

    def opens_line(self, place: int, indent: int = 12) -> bool:
        """Whether nothing but marks of Markdown and blanks, `indent` at most, stands before `place` on its line."""
        i = place - 1
        norm = self.norm
        while i >= 0 and norm[i] in " \u3000\t#>*|-" and place - i < indent:
            i -= 1
        return i < 0 or norm[i] == "\n"

    def opens_clause(self, place: int) -> bool:
        return place == 0 or self.norm[place - 1] in _BOUNDARY

    def token(
        self,
        start: int,
        end: int,
        kind: MentionKind,
        *,
        phrase: tuple[int, int] | None = None,
        number: str | None = None,
        values: tuple[Decimal, ...] = (),
        join: Join = "",
        unit: str = "",
        excused_by: str = "",
        infix: str = "",
        form: Form | None = None,
        verbs: tuple[str, ...] = (),
        label: str = "",
    ) -> Token:
        first, last = phrase or (start, end)
        if number is not None:
            values = (Decimal(number),)
        decimals = _decimals(values[0]) if len(values) == 1 else max(map(_decimals, values), default=0)
        raw = self.text[start:end]
        if form is None and raw.isascii() and raw[:1].isdigit():
            form = "arabic"
        elif form is None:
            wide = self._wide and _WIDE.search(raw) is not None
            form = "fullwidth" if wide else ("arabic" if any(c in "0123456789" for c in raw) else "chinese")
            if form == "arabic" and _HAN_NUMERAL.search(raw):
                form = "mixed"
        return Token(
            start, end, first, last, raw, self.text[first:last], kind, values, join, decimals, unit, form,
            excused_by, infix, verbs, False, label,
        )  # fmt: skip


def is_idiom(word: str) -> bool:
    """Whether the lexicon holds it as a word in which the numeral does not count."""
    return _words()[1].get(word) == ""


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _any_quote(norm: str) -> bool:
    return "“" in norm or '"' in norm or "‘" in norm


@cache
def _with_numerals(names: tuple[str, ...]) -> tuple[str, ...]:
    """Those names that could be mistaken for a number; once for all paragraphs that share them."""
    return tuple(plain(name) for name in names if any(c in "0123456789" or _HAN_NUMERAL.match(c) for c in plain(name)))


def _occurrences(norm: str, names: tuple[str, ...]) -> list[tuple[int, int]]:
    wanted = _with_numerals(names)
    if not wanted:
        return []
    pattern = _names_pattern(wanted)
    found: list[tuple[int, int]] = []
    for m in pattern.finditer(norm):
        start, end = m.span()
        # 11336 is a name; the 11336 in 211336人 or 11336.5 is not, nor is the 5 of a name in 15G.
        digit_edge = norm[start] in "0123456789" and start > 0 and norm[start - 1] in "0123456789."
        digit_tail = norm[end - 1] in "0123456789" and norm[end : end + 1] in tuple("0123456789")
        decimal = norm[end - 1] in "0123456789" and norm[end : end + 1] == "." and norm[end + 1 : end + 2].isdigit()
        if not (digit_edge or digit_tail or decimal):
            found.append((start, end))
    return found


@cache
def _names_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    return regex(trie(names))
