"""What goes one way step by step, and how often something happened: 增速逐季加快, 逐年走高, 首次下降, 第二次下降.

A claim on every step is held against every step of the stretch that the words name, not against the last alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from narrator.check import anchored, lasting
from narrator.check.claimed import Claimed
from narrator.check.clauses import after_mark
from narrator.check.grounds import read_count
from narrator.check.memory import Cursor
from narrator.check.reading import Judgement
from narrator.check.runs import runs
from narrator.check.shown import printed_number
from narrator.check.subjects import Subject
from narrator.engine.patterns import STILL
from narrator.model import PER_YEAR, Period
from narrator.numerals import period_name
from narrator.numerals.period_reading import find_periods
from narrator.numerals.regex import regex

_STEP = regex(
    r"逐(?P<unit>[季年月期])(?:呈现?|有所|稳步|小幅|明显|不断|持续|均|在)*"
    r"(?:(?P<up>(?P<pace>加快|提速)|走高|上升|增长|提高|攀升|回升|提升|扩大|上涨|增加|递增|上扬|抬升|走强)"
    r"|(?P<down>(?P<slow>放缓|趋缓|减缓)|回落|下降|减少|走低|收窄|下滑|递减|缩小|降低|走弱))"
)
_RATE = regex("增[幅速]|增长率|[涨升]幅|(?P<fall>[降跌减]幅)")
_TIMES = regex(
    r"(?:(?P<first>首次|首度|第一次)|第(?P<count>[二三四五六七八九十\d])次)(?:出现|实现|呈现?|录得|转为)?(?P<basis>同比|环比)?(?:出现|实现|转为)?"
    r"(?P<verb>(?P<fell>下降|负增长|为负|转负|下滑|下跌)|(?P<rose>正增长|转正|为正|增长|上升))(?=[，。；（(、]|$|的)"
)
_EARLIER = regex(
    r"(?:此前|之前|先前)的?(?P<count>[二三四五六七八九十两]{1,3}|\d{1,2})(?P<unit>个季度|季度|个月|个半年|期|年)(?:均|都|一直|持续|连续|则|也)*"
    r"(?:为|呈|是|实现|保持|出现)?(?P<basis>同比|环比)?(?P<verb>(?P<fell>下降|负增长|回落|下滑|下跌|负值|为负)|(?P<rose>增长|正增长|上升|正值|为正))"
)
_RAN = regex(r"连续(?P<count>[二三四五六七八九十两]{1,3}|\d{1,2})(?:个季度|季度|个月|个半年|期|年)")
_LEAST = 3  # a course of fewer points has no steps to speak of


class Steps(Claimed):
    """Finds and judges them."""

    def of(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        for m in _STEP.finditer(clause):
            nodes = self.nodes(at, clause, m.start())
            if not nodes or not (at.explicit or self.plain(at, clause, m.start())):
                continue
            lead = clause[: m.start()]
            noun = _RATE.search(lead)
            told = at.last is not None and at.last.role == "change" and at.last.token.unit == "%" and not at.explicit
            rated = noun is not None or told or bool(m["pace"] or m["slow"])
            stretches = self._stretches(at, m)
            if not stretches and not rated:
                continue
            falling = (noun is not None and noun["fall"] is not None) or (
                noun is None and told and at.last is not None and at.last.noun[:1] in ("降", "跌", "减")
            )
            pop = "环比" in lead or (noun is None and at.last is not None and told and at.last.basis == "pop")
            sign = 1 if m["up"] else -1
            kind = ("accelerating" if sign > 0 else "slowing") if rated else "streak_up" if sign > 0 else "streak_down"
            judged = [
                self._course(at, s, stretches or self._last(at, m), rated, pop, falling, sign, kind) for s in nodes
            ]
            known = [j for j in judged if j is not None]
            if known:
                verdict = next((j for j in known if j.name != "verified"), known[0])
                start = noun.start() if noun is not None else m.start()
                yield at.start + start, at.start + m.end(), verdict

    def _course(
        self, at: Cursor, subject: Subject, stretches: Sequence[Sequence[Period]], rated: bool, pop: bool, falling: bool,
        sign: int, kind: str,
    ) -> Judgement | None:  # fmt: skip
        shown = ""
        for side in self.sides(subject, at):
            basis = "pop" if pop else "yoy"
            measure = (basis if side == "index" else f"value_{basis}") if rated else side
            for periods in stretches:
                path = [self.f.cell(subject.code, measure, p) for p in periods]
                if len(path) < _LEAST or any(math.isnan(v) for v in path):
                    continue
                # 降幅 is of what falls in every period, and a lesser fall is a greater rate.
                way = -sign if falling else sign
                fell = not falling or all(v < 0 for v in path)
                if fell and all((b - a) * way > STILL / 10 for a, b in pairwise(path)):
                    return self.right(subject.code, kind, at.period)
                told = (
                    f"{period_name(p)}{printed_number(v, 2)}{'%' if rated else ''}"
                    for p, v in zip(periods, path, strict=True)
                )
                shown = shown or f"{self.f.nodes[subject.code].name}：" + "、".join(told)
        return self.wrong("wrong-pattern", subject.code, kind, at.period, shown) if shown else None

    def _stretches(self, at: Cursor, m: re.Match[str]) -> list[tuple[Period, ...]]:
        """The periods that the sentence names for a course: a run, 近三年, 2024年以来; each way of counting them."""
        report, place = self.check.period, at.start + m.start()
        step = self.check.counting.streaks.step(m["unit"])
        if not step:
            return []
        start = after_mark(at.norm, at.start, "。；！？\n")
        if at.after is not None and at.after.frequency == report.frequency:
            told = anchored.course(at.norm, at.start, place, at.after, report)
            return [_every(told[0], told[-1], step)] if told else []
        for run in reversed(runs(at.norm, report, start, place)):
            if all(p.frequency == report.frequency for p in run.periods):
                first, last = run.periods[0], run.periods[-1]
                return [_every(first, min(last, report), step)]
        phrases = find_periods(at.norm[start:place], report)
        windows = [p for p in phrases if p.role == "window"]
        if windows:
            found = lasting.windowed(windows[-1], phrases, report)
            return [_every(found[0], found[-1], step)] if found else []
        since = lasting.onward(at.norm[start:place], phrases[::-1], report)
        return [run for run in since if len(run) > 1 and _between(run) == step][:1]

    def _last(self, at: Cursor, m: re.Match[str]) -> list[tuple[Period, ...]]:
        """Where no stretch is named: the last two steps."""
        step = self.check.counting.streaks.step(m["unit"])
        return [tuple(at.period.shift(-k * step) for k in (2, 1, 0))] if step else []

    # ------------------------------------------------------------------ 首次下降

    def times(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        """首次下降, 第二次下降: as often as it fell since then, this time included; each spell may count as one."""
        for m in _TIMES.finditer(clause):
            nodes = self.nodes(at, clause, m.start())
            if len(nodes) != 1 or _RATE.search(clause[: m.start()]):
                continue
            count = 1 if m["first"] else read_count(m["count"])
            sign = -1 if m["fell"] else 1
            bases = self._bases(at, m["basis"] or "", clause)
            basis = bases[0]
            code = nodes[0].code
            among = self._since(at, m)
            numbers: set[int] = set()
            happened: list[Period] = []
            for measure in (b if side == "index" else f"value_{b}" for side in self.sides(nodes[0], at) for b in bases):
                rates = [(p, v) for p in among if not math.isnan(v := self.f.cell(code, measure, p))]
                if not rates or rates[-1][0] != at.period:
                    continue
                held = [v * sign > STILL for _, v in rates]
                if not held[-1]:
                    continue
                happened = happened or [p for (p, _), one in zip(rates, held, strict=True) if one]
                numbers.add(sum(held))
                if count > 1:
                    numbers.add(sum(one and not before for before, one in pairwise([False, *held])))
            if not numbers:
                continue
            span = at.start + m.start("verb"), at.start + m.end("verb")
            if count in numbers:
                yield *span, self.right(code, basis, at.period)
                continue
            way = "下降" if sign < 0 else "上升"
            told = "、".join(period_name(p) for p in happened[-6:])
            why = f"{self.f.nodes[code].name}{'同比' if basis == 'yoy' else '环比'}{way}的有：{told}"
            yield *span, self.wrong("wrong-pattern", code, basis, at.period, why)

    # ------------------------------------------------------------------ 此前五个季度均为下降

    def before(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        """连续两个季度增长，此前五个季度均为下降: the periods before the run just told, or before this one."""
        for m in _EARLIER.finditer(clause):
            nodes, step = self.nodes(at, clause, m.start()), self.check.counting.streaks.step(m["unit"])
            if len(nodes) != 1 or not step:
                continue
            sentence = at.norm[after_mark(at.norm, at.start, "。！？\n") : at.start + m.start()]
            ran = [read_count(r["count"]) for r in _RAN.finditer(sentence)]
            count, sign, code = read_count(m["count"]), -1 if m["fell"] else 1, nodes[0].code
            bases = self._bases(at, m["basis"] or "", clause)
            ends = dict.fromkeys([*ran[-1:], 1])
            rates = [
                [(p, self.f.cell(code, b if side == "index" else f"value_{b}", p)) for p in periods]
                for periods in ([at.period.shift(-(back + k) * step) for k in range(count)] for back in ends)
                for side in self.sides(nodes[0], at)
                for b in bases
            ]
            rates = [row for row in rates if not any(math.isnan(v) for _, v in row)]
            if not rates:
                continue
            span = at.start + m.start("verb"), at.start + m.end("verb")
            if any(all(v * sign > STILL for _, v in row) for row in rates):
                yield *span, self.right(code, bases[0], at.period)
                continue
            told = "、".join(f"{period_name(p)}{printed_number(v, 2)}%" for p, v in reversed(rates[0]))
            yield *span, self.wrong("wrong-pattern", code, bases[0], at.period, f"{self.f.nodes[code].name}：{told}")

    @staticmethod
    def _bases(at: Cursor, said: str, clause: str) -> tuple[str, ...]:
        """同比 or 环比 by the words themselves, the clause, or the rate just told; either where nothing says which."""
        words = said or clause
        found = tuple(k for k, word in (("yoy", "同比"), ("pop", "环比")) if word in words)
        if not found and at.last is not None and at.last.role == "change" and at.last.basis in ("yoy", "pop"):
            found = (at.last.basis,)
        return found or ("yoy", "pop")

    def _since(self, at: Cursor, m: re.Match[str]) -> list[Period]:
        """The periods among which an occasion is counted, up to the one spoken of: 2020年以来, 近五年, else all."""
        start = after_mark(at.norm, at.start, "。；！？\n")
        lead = at.norm[start : at.start + m.start()]
        phrases = find_periods(lead, at.period)
        known = [p for p in self.f.periods if p <= at.period]
        windows = [p for p in phrases if p.role == "window"]
        if windows and (found := lasting.windowed(windows[-1], phrases, at.period)):
            return [p for p in known if p >= found[0]]
        since = lasting.onward(lead, phrases[::-1], at.period)
        return [p for p in known if p >= since[0][0]] if since else known


def _every(first: Period, last: Period, step: int) -> tuple[Period, ...]:
    """Every `step`-th period from one to the other, counted back from the last."""
    out = [last]
    while out[-1].shift(-step) >= first:
        out.append(out[-1].shift(-step))
    return tuple(reversed(out))


def _between(run: Sequence[Period]) -> int:
    """How many of its own length a run goes on at a time."""
    a, b = run[0], run[1]
    return (b.year - a.year) * PER_YEAR[a.frequency] + b.number - a.number
