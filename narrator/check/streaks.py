"""Runs over periods: 连续三期上升, 三级跳, 涨幅连续两期收窄, 近五期."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from itertools import pairwise

from narrator.check.figures import Option
from narrator.check.grounds import Grounds
from narrator.check.reading import Judgement, Reading
from narrator.engine.patterns import STILL
from narrator.model import Period, fact_id
from narrator.numerals import chinese, printed_number
from narrator.numerals.normal_text import plain
from narrator.numerals.period_reading import find_periods

_STREAK = re.compile(
    r"[^，。；、]{0,12}?(?:(?P<flat>持平|走平|不变)|(?P<up>走高|上升|增长|上涨|回升|提高|提升|攀升|上行|正增长|为正|扩大|向好)|(?P<down>走低|下降|回落|下滑|下跌|降低|下行|负增长|为负|减少|收窄|缩小))"
)


class Streaks(Grounds):
    """Judges how many periods something is said to have gone on."""

    def judge(self, reading: Reading, count: int, text: str, sign: int = 0, levels: bool = False) -> Judgement | None:
        token = reading.token
        norm = plain(text)
        m = None
        if not sign:
            m = _STREAK.match(norm, token.phrase_end)
            if m is None:
                return None
            sign = 1 if m["up"] else -1
        nodes = [s for s in reading.subjects if s.code]
        if not nodes:
            return None
        if m is not None and m["flat"]:
            return self._flat_run(reading, nodes[-1].code, count)
        frequency = self.ledger.dataset.config.frequency
        unit = token.unit
        own = {
            "H": ("期", "连", "个半年", "个"),
            "A": ("期", "连", "年", "个"),
            "Q": ("期", "连", "个季度", "季", "个"),
            "M": ("期", "连", "个月", "个"),
        }[frequency]
        if unit not in own:
            return None
        period = self.period_of(reading)
        if re.search("打破|结束|终结|扭转|改变|中断", reading.lead):
            period = period.previous
        if m is not None and re.search("增[幅速]|涨幅|升幅|降幅|跌幅", reading.lead + m.group()):
            return self._rate_run(reading, nodes[-1].code, count, sign, period)
        subject = nodes[-1]
        here = self.f.nodes[subject.code]
        sides = (
            ["index"]
            if reading.side == "index" or self.f.children(subject.code)
            else ["value"]
            if here.inverse and reading.side == "raw"
            else ["index", "value"]
        )
        growth = "同比" in reading.lead[-8:] or (m is not None and "同比" in m.group())
        found: list[int] = []
        for side in sides:
            if growth:
                n = 0
                at = period
                while (
                    not math.isnan(v := self.f.cell(subject.code, "yoy" if side == "index" else "value_yoy", at))
                    and v * sign > STILL
                ):
                    n += 1
                    at = at.previous
                found.append(n)
            else:
                found += self.lengths(subject.code, side, period, sign)
                if levels:
                    # 三级跳 over three periods: each of the three stood above the one before or began the run.
                    plain_run = self.lengths(subject.code, side, period, sign)[0]
                    if plain_run == len(list(self._plain_path(subject.code, side, period))) - 1:
                        found.append(plain_run + 1)
        kind = "streak_up" if sign > 0 else "streak_down"
        fact = fact_id(subject.code, kind, period)
        option = Option(float(max(found, default=0)), "期", 0, fact, kind, subject.code, period)
        if count in found and count >= 1:
            return Judgement(
                "verified", option=option, source="engine", fact=fact, expected=token.text, passing=(1.0, 12.0 * 6)
            )
        most = max(found, default=0)
        way = "走高" if sign > 0 else "走低"
        path = "、".join(printed_number(v, 2) for v in self.path(subject.code, sides[0], period)[-8:])
        why = f"{here.name}连续{way}{most}期（{path}）" if most else f"{here.name}本期没有{way}（{path}）"
        return Judgement(
            "wrong",
            "wrong-pattern",
            option,
            chinese(most) if token.form == "chinese" else str(most),
            why,
            "engine",
            fact,
        )

    def path(self, code: str, side: str, period: Period) -> list[float]:
        """Values up to `period`, oldest first, without a gap; the base before them where it lies before."""
        run: list[float] = []
        at = period
        while not math.isnan(v := self.f.cell(code, side, at)):
            run.append(v)
            at = at.previous
        base = self.f.base
        first = at.shift(1)
        if (
            run
            and base < first
            and (base.frequency != first.frequency or base.shift(1) != first)
            and base.year < first.year
        ):
            v = self.f.cell(code, side, base)
            if not math.isnan(v) and first == self.f.periods[0]:
                run.append(v)
        return run[::-1]

    def lengths(self, code: str, side: str, period: Period, sign: int) -> tuple[int, int]:
        """How many steps in a row went one way: without and with the base."""
        path = self.path(code, side, period)
        steps = [b - a for a, b in pairwise(path)]
        with_base = len(path) > sum(1 for _ in self._plain_path(code, side, period))
        n = 0
        for step in reversed(steps):
            if abs(step) < STILL or (step > 0) != (sign > 0):
                break
            n += 1
        return (n - 1 if with_base and n == len(steps) and n else n), n

    def _plain_path(self, code: str, side: str, period: Period) -> Iterable[float]:
        at = period
        while not math.isnan(v := self.f.cell(code, side, at)):
            yield v
            at = at.previous

    def _rate_run(self, reading: Reading, code: str, count: int, sign: int, period: Period) -> Judgement:
        """增幅连续两期收窄: a run of the rates themselves."""
        measure = "pop" if "环比" in reading.lead else "yoy"
        rates: list[float] = []
        at = period
        while not math.isnan(v := self.f.cell(code, measure, at)) and len(rates) < 60:
            rates.append(abs(v) if re.search("降幅|跌幅", reading.lead) else v)
            at = at.previous
        run = 0
        while run + 1 < len(rates) and (rates[run] - rates[run + 1]) * sign > 0:
            run += 1
        fact = fact_id(code, measure, period)
        if run == count:
            return Judgement("verified", source="engine", fact=fact, passing=(1.0, 12.0), expected=reading.token.text)
        shown = "、".join(f"{printed_number(v, 2)}%" for v in rates[: run + 2][::-1])
        return Judgement("wrong", "wrong-pattern", None, chinese(run), f"各期幅度：{shown}", "engine", fact)

    def _flat_run(self, reading: Reading, code: str, count: int) -> Judgement:
        """连续两期持平; 打破了连续两期持平的局面 speaks of the periods before."""
        at = self.period_of(reading)
        if re.search("打破|结束|终结|扭转|改变", reading.lead):
            at = at.previous
        runs = []
        for measure in ("yoy", "pop"):
            n, here = 0, at
            while not math.isnan(v := self.f.cell(code, measure, here)) and abs(v) < STILL:
                n, here = n + 1, here.previous
            runs.append(n)
        fact = fact_id(code, "pop", at)
        if count in runs:
            return Judgement("verified", source="engine", fact=fact, passing=(1.0, 12.0), expected=reading.token.text)
        return Judgement(
            "wrong",
            "wrong-pattern",
            None,
            chinese(max(runs)),
            f"{self.f.nodes[code].name}持平{max(runs)}期",
            "engine",
            fact,
        )

    def window(self, reading: Reading, count: int, text: str) -> Judgement | None:
        norm = plain(text)
        sentence_end = min(
            (p for c in "。；\n" if (p := norm.find(c, reading.token.phrase_end)) >= 0), default=len(norm)
        )
        rest = norm[reading.token.phrase_end : sentence_end]
        first = self.check.period.shift(1 - count)
        m = re.search("[由从](?=[^，。；]{2,14}的)", rest)
        if m:
            phrases = [p for p in find_periods(rest[m.end() :], self.check.period) if p.period is not None]
            if (
                phrases
                and phrases[0].start <= 2
                and phrases[0].period != first
                and phrases[0].period is not None
                and phrases[0].period.frequency == first.frequency
            ):
                began = phrases[0].period
                steps = 1
                at = began
                while at < self.check.period and steps < 60:
                    at, steps = at.shift(1), steps + 1
                return Judgement(
                    "wrong", "wrong-pattern", None, chinese(steps), f"从{phrases[0].text}到本期共{steps}期", "engine"
                )
        last = self.f.cell(self.total, "index", first)
        if math.isnan(last):
            return Judgement("unsupported", "unsupported-number", why=f"数据不足{count}期")
        fact = fact_id(self.total, "index", first)
        return Judgement("verified", source="engine", fact=fact, passing=(1.0, 8.0))
