"""What must happen to each number, phrase and sentence of an edited draft when the data are revised.

Read from a copy of the file in which everything still has its control; worked out from the two ledgers alone.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Literal

from planted.claims import Claim, holds, value

from narrator.model import CHANGES, Fact, Period
from narrator.numerals import chinese
from narrator.word.document import Anchor, Block, Document

from .editing import Typed

if TYPE_CHECKING:
    from narrator.facts import Ledger

Must = Literal["update", "either", "flag", "leave", "nothing"]
_DIGITS = re.compile(r"(?P<number>-?\d+(?:\.\d+)?)[%‰]?")
_RANGE = re.compile(r"\s*%?(?:[～~—–-]+|至)\s*\d")
_NOISE = 1e-9
_ONES = "一二三四五六七八九十"
_THIRD = re.compile("([三四五六七八九十])分之([一二三四五六七八九])")
_PACES = ("accelerating", "slowing", "worsening", "easing")


@dataclass(frozen=True, slots=True)
class Expected:
    """What must happen at characters `start` to `end` of a block.

    `update`: replaced by `new`. `flag`: remarked on. `either`: replaced by any value, or remarked on (a
    number that no one fact stands for). `leave`: not replaced (somebody typed over it). `nothing`: neither.
    `turns`: the words round an updated number must be remarked on as well. `origin` is draft or typed.
    """

    block: int
    start: int
    end: int
    text: str
    must: Must
    origin: str
    new: str = ""
    fact: str = ""
    turns: bool = False


def expectations(
    document: Document, typed: dict[int, Typed], tampered: set[int], old: Ledger, new: Ledger, period: Period
) -> list[Expected]:
    """Of every control in the copy that tells what is true."""
    out: dict[tuple[int, int], Expected] = {}
    for block in document.blocks:
        inside: list[tuple[int, int]] = []  # typed over: what stands there has no truth of its own
        for anchor in block.anchors:
            if anchor.kind != "control" or not block.text[anchor.start : anchor.end].strip("% "):
                continue
            if anchor.tag.startswith("truth:"):
                number = int(anchor.tag.removeprefix("truth:"))
                if number in tampered:
                    inside.append((anchor.start, anchor.end))
                    shown = block.text[anchor.start : anchor.end]
                    out[block.number, anchor.start] = Expected(
                        block.number, anchor.start, anchor.end, shown, "leave", "tampered"
                    )
                elif number in typed:
                    place = (block.number, anchor.start, anchor.end)
                    out[block.number, anchor.start] = _of_claim(
                        place, typed[number], old, new, period, _ranged(block, anchor)
                    )
            elif document.record is not None and (found := document.record.behind(anchor.tag, anchor.number)):
                if any(a <= anchor.start < b for a, b in inside):
                    continue
                must = _of_fact(block, anchor.start, anchor.end, found[0].id, old, new)
                if must is not None:
                    out[block.number, anchor.start] = must
    return list(out.values())


# --------------------------------------------------------------------------- numbers of the draft


def _of_fact(block: Block, start: int, end: int, key: str, old: Ledger, new: Ledger) -> Expected | None:
    """None for a mark that the series still passes: it may stay, or become the one that was passed last."""
    shown = block.text[start:end]
    was, now = old[key], new.get(key)
    digits = _DIGITS.fullmatch(shown)
    if was.measure in _PACES and now is not None and _from_printed(shown, was, new):
        return (
            None  # 5.22 of 5.81 and 0.59, of 5.21 unrounded: right by the printed figures, right if brought up to date
        )
    plain = was.measure in CHANGES | {"value", "index", "cumulative", "material"} or was.measure.startswith("rank")
    if digits is None:
        right = now is not None and shown == _in_words(shown, was, now)
        return Expected(block.number, start, end, shown, "nothing" if right else "flag", "draft", fact=key)
    end = start + len(digits["number"])
    shown = digits["number"]
    if was.measure.startswith("crossed"):
        reached = new.value(was.node, "index", was.period)
        earlier = [new.value(was.node, "index", p) for p in (was.period.previous, was.period.year_before)]
        up = was.measure == "crossed_up"
        still = (min(earlier) < was.value <= reached) if up else (max(earlier) >= was.value > reached)
        return None if still else Expected(block.number, start, end, shown, "either", "draft", fact=key)
    if now is None:
        return Expected(block.number, start, end, shown, "either" if plain else "flag", "draft", fact=key)
    # 贡献率达-319%: a share has no verb that could carry its sign.
    signed = block.cell is not None or was.measure not in CHANGES or was.measure.startswith("share")
    printed = rounded(now.value if signed else abs(now.value), len(shown.partition(".")[2]))
    if printed == shown:
        turned = not signed and was.value * now.value < 0 and bool(Decimal(printed))
        return Expected(block.number, start, end, shown, "flag" if turned else "nothing", "draft", fact=key)
    if not plain or re.search("均为|都为|同为", block.text[max(0, start - 8) : start]):
        return Expected(block.number, start, end, shown, "either", "draft", printed, key)
    turns = block.cell is None and was.measure in CHANGES and was.value * now.value < 0 and bool(Decimal(printed))
    return Expected(block.number, start, end, shown, "update", "draft", printed, key, turns)


def _from_printed(shown: str, pace: Fact, new: Ledger) -> bool:
    """Whether a pace is the difference of the two rates as they are printed."""
    rates = [Decimal(rounded(new.value(pace.node, "yoy", at), 2)) for at in (pace.period, pace.period.previous)]
    return abs(abs(rates[0]) - abs(rates[1])) == Decimal(shown)


def _in_words(shown: str, was: Fact, now: Fact) -> str:
    """A fact in the words in which it stood there."""
    if shown == was.phrase:
        return now.phrase
    number = chinese(int(rounded(now.value, 0)))
    return f"第{number}" if shown.startswith("第") else "两" if number == "二" else number


def rounded(number: float, decimals: int) -> str:
    exact = Decimal(repr(round(number, 9)))
    shown = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{shown if shown else abs(shown):f}"


# --------------------------------------------------------------------------- claims typed by people


def _ranged(block: Block, anchor: Anchor) -> bool:
    """Whether a number is an end of a range, which is one statement of two numbers."""
    behind, before = block.text[anchor.end : anchor.end + 5], block.text[max(0, anchor.start - 3) : anchor.start]
    return _RANGE.match(behind) is not None or re.search(r"(?:[～~—–]|%至)\s*$|[均都同]为$", before) is not None


def _of_claim(
    place: tuple[int, int, int], typed: Typed, old: Ledger, new: Ledger, period: Period, ranged: bool
) -> Expected:
    claim, shown = typed.claim, unicodedata.normalize("NFKC", typed.shown).replace(",", "").replace(" ", "")
    digits = re.fullmatch(r"-?\d+(?:\.\d+)?", shown)
    reference = claim.reference
    try:
        right = holds(shown, claim, new, period)
    except KeyError:
        return Expected(*place, shown, "flag", "typed")
    if claim.kind in ("number", "s") and claim.stated is not None and digits:
        return Expected(*place, shown, "nothing" if right else "either", "typed")
    if claim.kind in ("number", "s") and digits:
        was, now = value(claim, old, period), value(claim, new, period)
        turned = was * now < 0
        decimals = len(shown.partition(".")[2])
        printed = rounded(now if shown.startswith("-") or claim.kind == "s" else abs(now), decimals)
        if reference is None or ranged:
            return Expected(*place, shown, "nothing" if right and not turned else "either", "derived", printed)
        if printed == shown:
            return Expected(*place, shown, "flag" if turned and Decimal(printed) else "nothing", "typed")
        must: Must = "nothing" if right else "update"
        return Expected(*place, shown, must, "typed", printed, _id(claim, period), turned and bool(Decimal(printed)))
    if (
        not right
        and shown.startswith("约")
        and abs(float(shown[1:].rstrip("%")) - abs(value(claim, new, period))) < 0.5
    ):
        right = True  # how far 约 reaches is a matter of taste within half a step
    if not right and (part := _THIRD.fullmatch(shown)):
        # 三成 stands for 25 to 35 %, half a unit of its digit to either side; a third says it no more finely than
        # that, so that a twentieth of it to either side is still no lie.
        level = (_ONES.index(part[2]) + 1) / (_ONES.index(part[1]) + 1) * 100
        right = abs(abs(value(claim, new, period)) - level) <= level / 20
    return Expected(*place, shown, "nothing" if right else "flag", "typed")


def _id(claim: Claim, period: Period) -> str:
    return claim.body if "@" in claim.body else f"{claim.body}@{period}"


# --------------------------------------------------------------------------- sentences that no revision concerns


class Untouched:
    """Tells whether a block speaks only of what was not revised."""

    def __init__(self, old: Ledger, new: Ledger, period: Period) -> None:
        self.moved: set[str] = set()
        for node in old.dataset.nodes.values():
            for at in old.dataset.periods:
                if at > period:
                    continue
                for measure in ("index", "value", "share", "pull"):
                    was, now = old.value(node.code, measure, at), new.value(node.code, measure, at)
                    if not (was == now or (was != was and now != now) or abs(was - now) < _NOISE):
                        self.moved.add(node.code)
        self.names = [
            (name, code in self.moved)
            for code, node in old.dataset.nodes.items()
            for name in (node.name, *node.aliases)
        ]

    def block(self, block: Block, mine: list[Expected], facts: dict[str, bool]) -> bool:
        """Whether no number of the block, and no part of the index that it names, was revised."""
        if block.part == "chart" or any(facts.get(e.fact, e.must != "nothing") for e in mine):
            return False
        if any(moved and name in block.text for name, moved in self.names):
            return False
        return not re.search("模块|各项|指标|总指数|问题|短板", block.text) and bool(re.search(r"\d", block.text))
