"""分别 and 依次: numbers that follow their subjects, periods or bases in order."""

from __future__ import annotations

import re
from dataclasses import replace

from narrator.check import dating
from narrator.check.cues import Cue
from narrator.check.memory import Walk, start_of
from narrator.check.reading import Reading
from narrator.numerals.period_reading import PeriodPhrase
from narrator.numerals.tokens import Token

LISTED = re.compile(r"[\s、和与及以]*(?:以及)?\s*")


def spread(w: Walk, cue: Cue, i: int) -> None:
    """分别: give the numbers that follow their subjects, periods or bases in order."""
    s = w.state
    following: list[Token] = []
    for event in w.events[i + 1 :]:
        if isinstance(event, Token):
            if following and not LISTED.fullmatch(w.norm, following[-1].phrase_end, event.phrase_start):
                break
            following.append(event)
        elif isinstance(event, Cue) and event.kind == "stop" and event.word not in "、，":
            break
    n = len(following)
    if n < 2:
        return
    start = max(
        (e.end for e in w.events[:i] if isinstance(e, Cue) and e.kind == "stop" and e.word in "。；，：!?;\n"),
        default=0,
    )
    here = [e for e in w.events[:i] if start_of(e) >= start]
    periods = [p for e in here if isinstance(e, PeriodPhrase) and (p := dating.resolved(w, e)) is not None]
    bases = [e.kind for e in here if isinstance(e, Cue) and e.kind in ("yoy", "pop")]
    slots: list[dict[str, object]]
    windows = [p for p in w.windows.values() if start <= p.start < cue.start and p.count == n]
    listed_groups = s.recent if len(s.recent) >= n else s.earlier
    if len(s.group) == n:
        slots = [{"subjects": (subject,)} for subject in s.group]
    elif len(periods) == n:
        slots = [{"period": period} for period in periods]
    elif len(bases) == n:
        slots = [{"basis": basis} for basis in bases]
    elif windows:
        slots = [{"period": w.frame.report.shift(k - n + 1)} for k in range(n)]
    elif cue.kind == "each":
        return
    elif len(listed_groups) >= n:
        slots = [{"subjects": subjects} for subjects in listed_groups[-n:]]
    elif len(w.frame.topics) == n and s.bound == "heading":
        slots = [{"subjects": (subject,)} for subject in w.frame.topics]
    else:
        slots = [{"unclear": True}] * n
    for token, slot in zip(following, slots, strict=True):
        s.spread[token.start] = slot


def slotted(w: Walk, reading: Reading, slot: dict[str, object]) -> Reading:
    if "subjects" in slot:
        return replace(reading, subjects=slot["subjects"], mode="one", bound="clause")  # type: ignore[arg-type]
    if "period" in slot:
        return replace(reading, periods=(slot["period"],), dated=True)  # type: ignore[arg-type]
    if "basis" in slot:
        target = reading.periods[0] if reading.periods else w.frame.report
        against = target.year_before if slot["basis"] == "yoy" else target.previous
        return replace(reading, against=(against,), said=True, basis=str(slot["basis"]))
    return replace(reading, ambiguous=True)
