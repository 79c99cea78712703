"""Which period stood out: 总指数2018年增长最快, 增幅最大的是2020年, 七年中2021年增长最慢."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from narrator.check import lasting
from narrator.check.claimed import Claimed
from narrator.check.clauses import after_mark
from narrator.check.cues import residue
from narrator.check.memory import Cursor
from narrator.check.parts import INDICATORS, MODULES
from narrator.check.reading import Judgement
from narrator.check.shown import printed_number
from narrator.check.subjects import Name, Subject
from narrator.engine.patterns import STILL
from narrator.model import Period
from narrator.numerals import period_name
from narrator.numerals.period_reading import PeriodPhrase
from narrator.numerals.regex import regex

_RATE = "(?:(?:同比|环比)?(?:增长|上升|上涨|提高|提升|增加|增[速幅]|[涨升]幅|(?P<fall>下降|回落|下跌|减少|[降跌]幅))(?:幅度)?)"
_MOST = "(?:(?P<top>最[快大高多猛强])|最[慢小低少弱])"
_STOOD = regex(
    rf"(?P<rate>{_RATE})?(?:也|则|更|为)*{_MOST}(?:(?P<behind>(?:的(?:一年|一期|年份|半年|时期|季度)?|点|值|水平)?(?:则|也)?(?:是|为|出现在|出现于|见于|在))"
    r"|(?=[，,。；;、（(：:]|$|的(?:一年|一期|年份|半年|时期|季度)))"
)
_NOUN = regex("增[幅速]|[涨升]幅|增长率|(?P<fall>[降跌减]幅)")
_AMONG = regex(rf"{MODULES}|{INDICATORS}|各项|之中|全[国省市]|[省市]内")
_OF_TIME = regex("[一二三四五六七八九十两\\d]年(?:间|中|来|里|内)|历年|历次|各年|各期|逐年|以来")
_LEAST = 3  # of two periods nobody says that one stood out


class Outstanding(Claimed):
    """Finds and judges the period that is said to be the best or the worst of several."""

    def of(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        if "最" not in clause:
            return
        phrases = [e for e in at.events if isinstance(e, PeriodPhrase) and e.period is not None and not e.role]
        for m in _STOOD.finditer(clause):
            place = at.start + (m.end() if m["behind"] else m.start())
            named = self._named(at, phrases, place, m["behind"] is not None)
            subject = self._subject(at, clause, m.start())
            if named is None or subject is None:
                continue
            start = after_mark(at.norm, at.start, "。！？\n")
            if _AMONG.search(at.norm, start, at.start + m.start()):
                continue
            until, report = at.start + m.start(), self.check.period
            over = lasting.stretches(at.norm, start, until, report) or lasting.recent(at.norm, start, until, report)
            timed = m["behind"] or over or _OF_TIME.search(at.norm, start, at.start + m.start())
            if not timed and self.f.nodes[subject.code].parent is not None:
                continue  # 2018年X增长最快: among its like
            rated, falling = self._rated(at, clause, m)
            judged = self._judged(
                subject, named, (rated, falling, bool(m["top"]), "环比" in clause, "同期" in clause), at, over
            )
            if judged is not None:
                yield at.start + m.start(), at.start + m.end(), judged

    def _subject(self, at: Cursor, clause: str, place: int) -> Subject | None:
        nodes = self.nodes(at, clause, place)
        return nodes[0] if len(nodes) == 1 else None

    def _named(self, at: Cursor, phrases: Sequence[PeriodPhrase], place: int, behind: bool) -> Period | None:
        """The period that the words are said of: right behind them, or in front of them with light words between."""
        if behind:
            return next((p.period for p in phrases if p.start == place), None)
        before = [p for p in phrases if p.end <= place]
        if (
            not before
            or lasting.SINCE.match(at.norm, before[-1].end)
            or at.norm[: before[-1].start].endswith(("比", "较", "与", "于", "自", "从"))
        ):
            return None
        between = at.norm[before[-1].end : place]
        for name in (e for e in at.events if isinstance(e, Name) and before[-1].end <= e.start):
            between = between.replace(at.norm[name.start : name.end], "\0")
        return None if residue(between) or any(c.isdigit() for c in between) else before[-1].period

    def _rated(self, at: Cursor, clause: str, m: re.Match[str]) -> tuple[bool, bool]:
        """Whether a rate is spoken of, and one of a fall: in the words themselves, before them, or in the clause before."""
        if m["rate"]:
            return True, m["fall"] is not None
        noun = _NOUN.search(clause, 0, m.start())
        if noun is not None:
            return True, noun["fall"] is not None
        told = at.last if not at.explicit and at.last is not None and at.last.role == "change" else None
        return told is not None or m.group()[:2] in ("最快", "最慢"), told is not None and told.sign < 0

    def _judged(
        self, subject: Subject, named: Period, said: tuple[bool, ...], at: Cursor,
        over: Sequence[tuple[Period, ...]],
    ) -> Judgement | None:  # fmt: skip
        """Right where it is so by one way of reading the words; None where nothing is known of the period."""
        rated, falling, top, pop, alike = said
        known = tuple(p for p in self.f.periods if p <= self.check.period and p.frequency == named.frequency)
        alike_parts = tuple(p for p in known if p.number == named.number) if alike else ()
        spans = over or [known, tuple(p for p in known if p.year == named.year), alike_parts]
        basis = "pop" if pop else "yoy"
        shown = measure = ""
        for side in self.sides(subject, at):
            measure = (basis if side == "index" else f"value_{basis}") if rated else side
            for periods in spans:
                figures = {p: v for p in periods if not math.isnan(v := self.f.cell(subject.code, measure, p))}
                if len(figures) < _LEAST:
                    continue
                if falling:
                    figures = {p: -v for p, v in figures.items() if v < 0}
                if named not in figures:
                    continue
                values = list(figures.values())
                rose = [v for v in values if v > -STILL] if rated else values
                best = [max(values)] if top else [min(values), *([min(rose)] if rose else [])]
                if any(abs(figures[named] - v) < STILL / 10 for v in best):
                    return self.right(subject.code, measure, named)
                told = (f"{period_name(p)}{printed_number(v, 2)}" for p, v in figures.items())
                shown = shown or f"{self.f.nodes[subject.code].name}：{'、'.join(told)}"
        return self.wrong("wrong-pattern", subject.code, measure, named, shown) if shown else None
