"""Patterns in a path of values, each with the periods that prove it.

A path is a sequence of (period, value) for consecutive periods, oldest first, the last one being the
period under report. Moves smaller than `STILL` print as 0.00 and are no moves.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from narrator.engine.compare import TIE_DIGITS
from narrator.model import Period

Path = Sequence[tuple[Period, float]]
STILL = 0.005


@dataclass(frozen=True, slots=True)
class Pattern:
    """`kind` names it (and is a fact's measure), `value` counts it, `phrase` is what it lets one say."""

    kind: str
    value: float
    unit: str
    phrase: str
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """Which parts rose, fell, or stayed within the flat band, in the order given."""

    up: tuple[str, ...]
    down: tuple[str, ...]
    flat: tuple[str, ...]


def sign(move: float) -> int:
    """1 up, -1 down, 0 still."""
    return 0 if abs(move) < STILL else (1 if move > 0 else -1)


def moves(path: Path) -> list[float]:
    """Steps from each value to the next."""
    return [b - a for (_, a), (_, b) in pairwise(path)]


def streak(path: Path) -> Pattern | None:
    """How many times in a row the value rose (or fell), two at least: 连续三期上升 needs four values."""
    steps = [sign(m) for m in moves(path)]
    if not steps or steps[-1] == 0:
        return None
    length = 0
    for step in reversed(steps):
        if step != steps[-1]:
            break
        length += 1
    if length < 2:
        return None
    kind, phrase = ("streak_up", "连续走高") if steps[-1] > 0 else ("streak_down", "连续走低")
    return Pattern(kind, length, "期", phrase, tuple(p for p, _ in path[-length - 1 :]))


def turn(path: Path, history: Path | None = None) -> Pattern | None:
    """A change of course in the last three values; a fall from the peak of `history` is 冲高回落.

    `history` holds every known value up to the last of `path`, gaps passed over; `path` itself if left out.
    """
    if len(path) < 3:
        return None
    history = path if history is None else history
    before, now = (sign(m) for m in moves(path)[-2:])
    periods = tuple(p for p, _ in path[-3:])
    if before < 0 < now:
        return Pattern("turn_up", 1, "", "止跌回升", periods)
    if now < 0 < before:
        peak = path[-2][1] >= max(v for _, v in history) and len(history) > 3
        return Pattern("turn_down", 1, "", "冲高回落" if peak else "先升后降", periods)
    return None


def record(history: Path) -> Pattern | None:
    """The highest or lowest value since data begin, of three values at least; a tie is none.

    `history` holds every known value, gaps passed over: a record must stand against those before a gap, too.
    """
    if len(history) < 3:
        return None
    now, earlier = history[-1][1], [v for _, v in history[:-1]]
    periods = tuple(p for p, _ in history)
    if now - max(earlier) >= STILL:
        return Pattern("record_high", now, "点", "创新高", periods)
    if min(earlier) - now >= STILL:
        return Pattern("record_low", now, "点", "创新低", periods)
    return None


def crossing(path: Path, history: Path | None = None) -> Pattern | None:
    """The last round mark that the last move passed: below before, at or above now, or the reverse.

    Marks are tens below a thousand, hundreds from there to ten thousand, and so on.
    Regained (重回) where `history`, every known value with gaps passed over, was at or above it once.
    """
    if len(path) < 2:
        return None
    before, now = (round(v, TIE_DIGITS) for _, v in path[-2:])
    periods = tuple(p for p, _ in path[-2:])
    if not sign(now - before):
        return None
    step = 10.0 ** max(1, math.floor(math.log10(max(abs(before), abs(now)))) - 1)
    below = math.floor(now / step) * step
    if before < below <= now and below > 0:
        earlier = (path if history is None else history)[:-2]
        once_above = any(round(v, TIE_DIGITS) >= below for _, v in earlier)
        return Pattern("crossed_up", below, "点", "重回" if once_above else "迈过", periods)
    above = below + step
    if now < above <= before and above > 0:
        return Pattern("crossed_down", above, "点", "跌破", periods)
    return None


def momentum(changes: Path, least: float = 0.5) -> Pattern | None:
    """Whether the last rate (in %) is faster or slower than the one before, by `least` points, same sign."""
    if len(changes) < 2:
        return None
    (_, before), (_, now) = changes[-2:]
    if sign(before) * sign(now) <= 0 or abs(now - before) < least:
        return None
    faster = abs(now) > abs(before)
    periods = tuple(p for p, _ in changes[-2:])
    if now > 0:
        kind, phrase = ("accelerating", "涨幅扩大") if faster else ("slowing", "涨幅收窄")
    else:
        kind, phrase = ("worsening", "降幅扩大") if faster else ("easing", "降幅收窄")
    return Pattern(kind, abs(now - before), "百分点", phrase, periods)


def sides(changes: Mapping[str, float], flat_band: float) -> Sides:
    """Who rose, fell, stayed: |change| in % below `flat_band` counts as flat (平); nan is left out."""
    known = {code: round(change, TIE_DIGITS) for code, change in changes.items() if not math.isnan(change)}
    return Sides(
        tuple(code for code, change in known.items() if change >= flat_band),
        tuple(code for code, change in known.items() if change <= -flat_band),
        tuple(code for code, change in known.items() if abs(change) < flat_band),
    )


def concentration(shares: Mapping[str, float], most: float = 50.0, few: int = 3) -> tuple[str, ...]:
    """The fewest parts (up to `few`) that together carry at least `most` % of the whole's move, largest first.

    Parts of equal share go together or not at all.
    """
    size = {code: round(share, TIE_DIGITS) for code, share in shares.items() if share > 0}
    ordered = sorted(size, key=lambda code: -size[code])
    carried = 0.0
    for count, code in enumerate(ordered[:few], start=1):
        carried += shares[code]
        tied = count < len(ordered) and size[ordered[count]] == size[code]
        if round(carried, TIE_DIGITS) >= most and not tied:
            return tuple(ordered[:count])
    return ()
