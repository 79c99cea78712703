"""Which item of a list a number is of: 新开工产业项目64个、竣工投产38个 are two, and neither number is the other's.

A sentence that holds several numbers of one unit tells them apart by the words right before each, or right behind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from narrator.numerals.normal_text import plain
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token

_STOPS = "，。；：！？、,;!?\n（）()“”"
_STOP = regex(f"[{re.escape(_STOPS)}]")
_BETWEEN = regex(r"[\s、和与及以]*")
_AND = regex("、|以及|[和与及]")
_RUN = regex(r"[^\W\d_]+")
# Words that any item may have before its number, and nouns that a list names at one of its items only.
_LIGHT = regex(
    "[上下]半年|[今去上本当]年|全年|以来|同期|累计|总共|合计|其中|分别|依次|截至|达到|[共达为有约近超逾已是到至的了各]"
    "|项目|企业|单位|人员|机构"
)


def words(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters of a text, single ones where one stands alone; light words cut out."""
    out: set[str] = set()
    for run in _RUN.findall(_LIGHT.sub(" ", plain(text))):
        out.update((run[i : i + 2] for i in range(len(run) - 1)) if len(run) > 1 else (run,))
    return frozenset(out)


def told_apart(text: str, tokens: Sequence[Token], place: int) -> tuple[frozenset[str], ...]:
    """What says of which item number `place` of `tokens` is: words close to it, then those since the last of its unit."""
    token = tokens[place]
    start, end = token.phrase_start, token.phrase_end
    before = tokens[place - 1].phrase_end if place else 0
    after = tokens[place + 1].phrase_start if place + 1 < len(tokens) else len(text)
    listed = _share(text, tokens, place)
    if listed is not None:
        return (words(listed),)
    stop = _STOP.search(text, end)
    tail = text[end : stop.start() if stop else len(text)]
    if stop is None or after < stop.start():
        tail = tail if after == len(text) else ""
    head = text[max(before, *(text.rfind(c, 0, start) + 1 for c in _STOPS)) : start]
    alike = max((t.phrase_end for t in tokens[:place] if t.unit == token.unit), default=0)
    return words(head) | words(tail), words(text[alike:start])


def _share(text: str, tokens: Sequence[Token], place: int) -> str | None:
    """新开工、竣工投产项目分别为64个和38个: the name that stands where the number does; "" where they do not pair off."""
    first = last = place
    while first and _BETWEEN.fullmatch(text, tokens[first - 1].phrase_end, tokens[first].phrase_start):
        first -= 1
    while last + 1 < len(tokens) and _BETWEEN.fullmatch(text, tokens[last].phrase_end, tokens[last + 1].phrase_start):
        last += 1
    if first == last:
        return None
    begin = tokens[first - 1].phrase_end if first else 0
    names = _AND.split(text[begin : tokens[first].phrase_start])
    count = last - first + 1
    return names[place - last - 1] if len(names) >= count else ""


def another(own: Sequence[frozenset[str]], right: Sequence[frozenset[str]], other: Sequence[frozenset[str]]) -> bool:
    """Whether the words `own` of a number are those of an `other` item rather than of the `right` one."""
    for mine, its, others in zip(own, right, other, strict=False):
        here, there = len(mine & its - others), len(mine & others - its)
        if here or there:
            return there > 2 * here
    return False
