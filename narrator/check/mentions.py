"""Every number of a document as a `Mention`: what it says, how it moves, how far it is left open.

Places and values come from `numerals.reading`; here are the words around them. What a number is about
(subject, measure, period) is the resolver's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from narrator.check.hedges import hedge_of
from narrator.check.trends import STILL, Trend, basis_in, direction_after, direction_before, implied_basis
from narrator.model import Mention, Part, Period, Place
from narrator.numerals.normal_text import plain
from narrator.numerals.patterns import VERBS
from narrator.numerals.reading import scan
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token

_SENTENCE = regex("[。！？!?\n]")
_BREAK = regex("[，,；;：:。！？!?\n（()）]")
_LIST = regex("[ \u3000\n]{0,2}(?:[、和与及,，]|以及|或)?[ \u3000\n]{0,2}")
_SIZE_OF = regex("[，,、（(][涨升增降跌减]幅(?:约?为|达到?|约|是)?[ ]?")
PULLS = regex("拉动|贡献")
EXEMPT = frozenset(["period", "structure", "name"])
LOOK_BACK = 160  # characters of the sentence before a number that may hold its basis


def find(
    text: str, *, part: Part = "body", block: int = 1, names: Iterable[str] = (), period: Period | None = None
) -> list[Mention]:
    """The mentions of one block of text, in order, none overlapping another.

    `names` hold digits and are no data; `period` is the report's, to tell 比2018年 from 比2016年.
    """
    norm = plain(text)
    found: list[Mention] = []
    last: tuple[Token, Trend] | None = None  # the number before, if in the same sentence and no exempt one
    moved = 0  # where the last number ended that had a direction: a basis reaches no further back
    for token in scan(text, names):
        trend, hedge = STILL, ""
        if token.kind not in EXEMPT:
            if last is not None and _SENTENCE.search(norm, last[0].phrase_end, token.phrase_start):
                last = None
            trend = _trend(norm, token, last, moved, period)
            if token.kind != "pattern":
                hedge = hedge_of(norm, token.phrase_start, token.phrase_end, token.infix)
            last = token, trend
            if trend.direction:
                moved = token.phrase_end
        found.append(_mention(token, Place(part, block, token.start, token.end), trend, hedge))
    return found


def find_all(
    blocks: Iterable[tuple[Part, int, str]], *, names: Iterable[str] = (), period: Period | None = None
) -> list[Mention]:
    """The mentions of many blocks, each (part, number from 1, text), in the order given."""
    listed = tuple(names)
    return [m for part, block, text in blocks for m in find(text, part=part, block=block, names=listed, period=period)]


def _mention(token: Token, place: Place, trend: Trend, hedge: str) -> Mention:
    return Mention(
        place, token.text, token.phrase, token.value, token.unit, token.kind,
        excused_by=token.excused_by, numbers=token.values, join=token.join, decimals=token.decimals,
        form=token.form, phrase_start=token.phrase_start, phrase_end=token.phrase_end, verbs=token.verbs,
        hedge=hedge, direction=trend.direction, verb=trend.verb, level=trend.level, spread=trend.spread,
        basis=trend.basis, versus=trend.versus, implicit=trend.implicit,
    )  # fmt: skip


def _trend(norm: str, token: Token, last: tuple[Token, Trend] | None, moved: int, period: Period | None) -> Trend:
    start, end = token.phrase_start, token.phrase_end
    if token.kind == "pattern":
        signs = {VERBS.get(verb, "") for verb in token.verbs}
        return Trend(signs.pop()) if len(signs) == 1 else STILL
    if token.kind == "rank":
        return STILL
    region = norm[max(last[0].phrase_end if last else 0, start - LOOK_BACK) : start]
    if last is not None and last[0].kind == token.kind and _LIST.fullmatch(region):
        return last[1]  # 分别增长 9.4% 和 12.2%: the second has the first one's verb and basis
    lead = region[_after_last(_BREAK, region) :]
    before = norm[max(moved, start - LOOK_BACK) : start]
    sentence = before[_after_last(_SENTENCE, before) :]
    trend = direction_before(lead, norm[max(0, start - 60) : start].rsplit("。", 1)[-1])
    ahead = not trend.direction
    if ahead:
        trend = direction_after(norm, end, token.kind == "count")
    if not trend.direction or (ahead and token.kind == "count"):
        return trend
    basis, versus = basis_in(lead, period)
    if not basis and not PULLS.search(lead):
        basis, versus = basis_in(sentence.rsplit("；", 1)[-1], period)
    if basis:
        return trend._replace(basis=basis, versus=versus)
    if last is not None and last[1].basis and token.unit == "%" and _SIZE_OF.fullmatch(region):
        # 环比上升2.69点，升幅为2.98%: the same change once more
        return trend._replace(basis=last[1].basis, versus=last[1].versus, implicit=last[1].implicit)
    if implied_basis(lead, trend, token.unit):
        return trend._replace(basis="yoy", implicit=True)
    return trend


def _after_last(pattern: re.Pattern[str], text: str) -> int:
    end = 0
    for m in pattern.finditer(text):
        end = m.end()
    return end
