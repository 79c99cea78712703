"""Every number of a document as a `Mention`: what it says, how it moves, how far it is left open.

Places and values come from `numerals.reading`; here are the words around them. What a number is about
(subject, measure, period) is the resolver's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from narrator.check.hedges import hedge_of
from narrator.check.trends import Trend, basis_in, direction_after, direction_before, implied_basis
from narrator.model import Mention, Part, Period, Place
from narrator.numerals.normal_text import plain
from narrator.numerals.patterns import VERBS
from narrator.numerals.reading import scan
from narrator.numerals.tokens import Token

_SENTENCE = re.compile("[。！？!?\n]")
_BREAK = re.compile("[，,；;：:。！？!?\n（()）]")
_LIST = re.compile("[ \u3000\n]{0,2}(?:[、和与及,，]|以及|或)?[ \u3000\n]{0,2}")
PULLS = re.compile("拉动|贡献")
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
    last: Mention | None = None  # the number before, if it is in the same sentence and no exempt one
    moved = 0  # where the last number ended that had a direction: a basis reaches no further back
    for token in scan(text, names):
        mention = _mention(token, Place(part, block, token.start, token.end))
        if token.kind not in EXEMPT:
            if last is not None and _SENTENCE.search(norm, last.phrase_end, token.phrase_start):
                last = None
            mention = _with_words(norm, mention, token, last, moved, period)
            last = mention
            if mention.direction:
                moved = mention.phrase_end
        found.append(mention)
    return found


def find_all(
    blocks: Iterable[tuple[Part, int, str]], *, names: Iterable[str] = (), period: Period | None = None
) -> list[Mention]:
    """The mentions of many blocks, each (part, number from 1, text), in the order given."""
    listed = tuple(names)
    return [m for part, block, text in blocks for m in find(text, part=part, block=block, names=listed, period=period)]


def _mention(token: Token, place: Place) -> Mention:
    return Mention(
        place, token.text, token.phrase, token.value, token.unit, token.kind,
        excused_by=token.excused_by, numbers=token.values, join=token.join, decimals=token.decimals,
        form=token.form, phrase_start=token.phrase_start, phrase_end=token.phrase_end, verbs=token.verbs,
    )  # fmt: skip


def _with_words(
    norm: str, mention: Mention, token: Token, last: Mention | None, moved: int, period: Period | None
) -> Mention:
    start, end = token.phrase_start, token.phrase_end
    hedge = hedge_of(norm, start, end, token.infix)
    floor = max(last.phrase_end if last else 0, start - LOOK_BACK)
    region = norm[floor:start]
    if token.kind == "pattern":
        signs = {VERBS.get(verb, "") for verb in token.verbs}
        return replace(mention, direction=signs.pop() if len(signs) == 1 else "")
    if token.kind == "rank":
        return replace(mention, hedge=hedge)
    if last is not None and last.kind == mention.kind and _LIST.fullmatch(region):
        # 分别增长 9.4% 和 12.2%: the second has the first one's verb and basis.
        return replace(
            mention, hedge=hedge, direction=last.direction, verb=last.verb, level=last.level, spread=last.spread,
            basis=last.basis, versus=last.versus, implicit=last.implicit,
        )  # fmt: skip
    breaks = list(_BREAK.finditer(region))
    lead = region[breaks[-1].end() :] if breaks else region
    context = _SENTENCE.split(norm[max(0, start - 60) : start])[-1]
    trend = direction_before(lead, context)
    if not trend.direction:
        trend = direction_after(norm, end, token.kind == "count")
    within = _SENTENCE.split(norm[max(moved, start - LOOK_BACK) : start])[-1].rsplit("；", 1)[-1]
    basis, versus, implicit = _basis(within, lead, trend, mention, period)
    return replace(
        mention, hedge=hedge, direction=trend.direction, verb=trend.verb, level=trend.level, spread=trend.spread,
        basis=basis, versus=versus, implicit=implicit,
    )  # fmt: skip


def _basis(within: str, lead: str, trend: Trend, mention: Mention, period: Period | None) -> tuple[str, str, bool]:
    if not trend.direction:
        return "", "", False
    if (
        mention.numbers
        and mention.join != "range"
        and mention.kind == "count"
        and trend.verb
        and trend.verb not in lead
    ):
        return "", "", False
    basis, versus = basis_in(lead, period)
    if not basis and not PULLS.search(lead):
        basis, versus = basis_in(within, period)
    if basis:
        return basis, versus, False
    if implied_basis(lead, trend, mention.unit):
        return "yoy", "", True
    return "", "", False
