"""分别 and 依次: numbers that follow their subjects, periods or bases in order."""

from __future__ import annotations

import re

from narrator.check import dating
from narrator.check.cues import Cue
from narrator.check.memory import Slot, Walk
from narrator.check.reading import Reading
from narrator.check.runs import of_length, runs
from narrator.check.subjects import Subject
from narrator.model import Period
from narrator.numerals.period_reading import PeriodPhrase
from narrator.numerals.tokens import Token
from narrator.records import replace

LISTED = re.compile(r"[\s、和与及以]*(?:以及)?\s*")
_COMPARED = re.compile(r"(?:[比较]|相[比较]于?|高于|低于|与|同)\s*$")


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
    stops = [e for e in w.events[:i] if isinstance(e, Cue) and e.kind == "stop"]
    clause = max((e.end for e in stops if e.word in "。；，：!?;\n"), default=0)
    sentence = max((e.end for e in stops if e.word in "。；!?;\n"), default=0)
    listed = s.recent if len(s.recent) >= n else s.earlier
    against, periods = _dates(w, n, clause, cue.start)
    if against:
        slots = [Slot(against=then) for then in against]
    elif len(s.named) == n and s.group:
        slots = [Slot(subjects=subjects) for subjects in s.named]
    elif behind := _behind(w, following[-1], n):
        slots = [Slot(subjects=subjects) for subjects in behind]
    elif periods:
        slots = [Slot(period=period) for period in periods]
    elif bases := _bases(w, i, n, clause, sentence):
        slots = [Slot(basis=basis) for basis in bases]
    elif cue.kind == "each":
        return
    elif periods := _dates(w, n, sentence, cue.start)[1]:
        slots = [Slot(period=period) for period in periods]
    elif len(listed) >= n:
        slots = [Slot(subjects=subjects) for subjects in listed[-n:]]
    elif len(w.frame.topics) == n and s.bound == "heading":
        slots = [Slot(subjects=(subject,)) for subject in w.frame.topics]
    else:
        slots = [Slot(unclear=True)] * n
    for token, slot in zip(following, slots, strict=True):
        s.spread[token.start] = slot


def _behind(w: Walk, last: Token, n: int) -> list[tuple[Subject, ...]]:
    """降幅分别为16.68%和3.12%的开放便利、公共服务指数: the subjects stand behind their numbers."""
    place = last.phrase_end
    if w.norm[place : place + 1] != "的":
        return []
    place += 1
    out: list[tuple[Subject, ...]] = []
    for name in w.found:
        if name.start < last.phrase_end:
            continue
        if not LISTED.fullmatch(w.norm, place, name.start):
            break
        out += [name.subjects] if name.ambiguous else [(subject,) for subject in name.subjects]
        place = name.end
    return out if len(out) == n else []


def _dates(w: Walk, n: int, start: int, end: int) -> tuple[tuple[Period, ...], tuple[Period, ...]]:
    """The `n` periods said between two places: those that are compared with, or those that the numbers are of."""
    report = w.frame.report
    year = w.state.year or (w.state.period.year if w.state.period is not None else None)
    for run in reversed(runs(w.norm, report, start, end, year)):
        periods = of_length(run, n, report)
        if periods and _COMPARED.search(w.norm[max(0, run.start - 6) : run.start]):
            return periods, ()
        if periods:
            return (), periods
    windows = [p for p in w.windows.values() if start <= p.start < end and p.count == n]
    if windows:
        return (), tuple(report.shift(k - n + 1) for k in range(n))
    named = [e for e in w.events if isinstance(e, PeriodPhrase) and start <= e.start < end]
    each = [p for e in named if (p := dating.resolved(w, e)) is not None]
    return (), tuple(each) if len(each) == n else ()


def _bases(w: Walk, i: int, n: int, clause: int, sentence: int) -> list[str]:
    """同比、环比 of this clause, or of the one before: 同比、环比均实现增长，涨幅分别为…"""
    for start in (clause, sentence):
        found = [e.kind for e in w.events[:i] if isinstance(e, Cue) and e.kind in ("yoy", "pop") and e.start >= start]
        if len(found) == n and len(set(found)) == n:
            return found
    return []


def slotted(w: Walk, reading: Reading, slot: Slot) -> Reading:
    """The reading with what its place in the list says."""
    if slot.subjects:
        mode = "one" if len(slot.subjects) == 1 else "either"
        return replace(reading, subjects=slot.subjects, mode=mode, bound="clause", ambiguous=False)  # type: ignore[arg-type]
    if slot.against is not None:
        return replace(reading, against=(slot.against,), said=True, periods=(w.state.period or w.frame.report,))
    if slot.period is not None:
        then = slot.period
        against = reading.against
        if reading.basis in ("yoy", "pop"):
            against = (then.year_before if reading.basis == "yoy" else then.previous,)
        elif against and not reading.said:
            against = ()
        return replace(reading, periods=(then,), dated=True, against=against)
    if slot.basis:
        target = reading.periods[0] if reading.periods else w.frame.report
        against = (target.year_before if slot.basis == "yoy" else target.previous,)
        return replace(reading, against=against, said=True, basis=slot.basis)
    return replace(reading, ambiguous=True)
