"""How something went over several periods, and who took a course that the engine knows: 创新高, 连续下降."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrator.asking import ordering
from narrator.asking.question import Question
from narrator.asking.telling import Answer, called, course_of, index_of, number
from narrator.facts.patterns import PATTERN_MEANING
from narrator.model import Level
from narrator.numerals import period_name

if TYPE_CHECKING:
    from narrator.facts import Ledger

_USUAL = 5  # periods where the question does not say how many
_TOLD = ("streak_up", "streak_down", "turn_up", "turn_down", "record_high", "record_low", "crossed_up", "crossed_down")


def course(ledger: Ledger, q: Question) -> Answer | None:
    """近三期怎么变的, 总指数的走势."""
    if q.has("which", "sign", "extreme", "number", "whether") or q.against is not None:
        return None
    counts = [
        int(getattr(w.meaning, "count", 0)) for w in q.all("period") if getattr(w.meaning, "role", "") == "window"
    ]
    years = any(w.text.endswith("年") for w in q.all("period") if getattr(w.meaning, "role", "") == "window")
    if years and q.report.frequency != "A":
        return Answer("请按期问，如“近四期怎么变的”：本指数不是一年一期。", (), False)
    everything = any(w.text in ("历年", "历史", "历期", "历次", "历程", "历史走势") for w in q.all("course"))
    codes = [s.code for s in q.subjects] or [ledger.total.code]
    if not all(codes):
        return None
    told, ids = [], []
    for code in codes:
        measure = ordering.measure_of(ledger, q) or "index"
        if measure == "index" and "index" not in q.measures and ledger.node(code).level is Level.INDICATOR:
            measure = "value"
        known = ledger.known(code, q.period, measure)
        known = [
            (at, v) for at, v in known if at.frequency == q.report.frequency or at == ledger.dataset.config.base_period
        ]
        count = counts[0] if counts else len(known) if everything else _USUAL
        facts = [f for at, _ in known[-count:] if (f := ledger.fact(code, measure, at)) is not None]
        if not facts:
            told.append(f"没有{called(ledger, code)}的数")
            continue
        if counts and len(facts) < counts[0]:
            told.append(f"{called(ledger, code)}只有{len(facts)}期的数")
        name = index_of(ledger, code) if measure == "index" else f"{called(ledger, code)}的{ordering.title(measure)}"
        listed = "、".join(f"{period_name(f.period)}{number(f, signed=True)}" for f in facts)
        said = f"{name}：{listed}"
        ids += [f.id for f in facts]
        if measure in ("index", "value"):
            found = ledger.patterns(code, q.period)
            known_so = [found[kind] for kind in _TOLD if kind in found]
            if known_so:
                courses = list(dict.fromkeys(course_of(ledger, f).removeprefix("指数") for f in known_so))
                said += f"（指数{'；'.join(courses)}）"
                ids += [f.id for f in known_so]
        told.append(said)
    return Answer("；".join(told) + "。", tuple(ids))


def of_pattern(ledger: Ledger, q: Question) -> Answer | None:
    """哪些指标创新高, 总指数是不是连续上升."""
    word = q.first("pattern")
    if word is None or q.has("not", "extreme", "beyond"):
        return None
    kinds = word.meaning
    assert isinstance(kinds, tuple)
    named = [s.code for s in q.subjects]
    whether = bool(named) and not q.has("which", "scope", "all")
    codes, where = (named, "") if whether else ordering.members(ledger, q)
    if not codes or not all(codes):
        return None
    found = [
        (code, fact) for code in codes for kind, fact in ledger.patterns(code, q.period).items() if kind in kinds
    ]  # fmt: skip
    meanings = "或".join(PATTERN_MEANING[str(k)] for k in kinds)
    lead = f"{period_name(q.period)}，"
    listed = "、".join(
        f"{called(ledger, code)}（{course_of(ledger, fact)}{'' if fact.quotable else '，估计'}）"
        for code, fact in found
    )
    ids = tuple(fact.id for _, fact in found)
    if whether:
        gone = "、".join(called(ledger, c) for c in codes if c not in {code for code, _ in found})
        text = (
            f"是：{listed}。"
            if found and not gone
            else f"{listed + '是；' if found else ''}{gone}不是（按“{meanings}”看）。"
        )
        return Answer(lead + text, ids)
    return Answer(
        f"{lead}{where}中有{len(found)}项：{listed}。" if found else f"{lead}{where}中没有（按“{meanings}”看）。", ids
    )
