"""What did not happen: 从未回落, 没有一期下降, 各期同比均未出现负增长, 本期没有回落."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from narrator.check import lasting
from narrator.check.claimed import Claimed
from narrator.check.clauses import after_mark
from narrator.check.memory import Cursor
from narrator.check.reading import Judgement
from narrator.check.shown import printed_number
from narrator.check.subjects import Subject
from narrator.engine.patterns import STILL
from narrator.model import Period
from narrator.numerals import period_name
from narrator.numerals.regex import regex

_UNIT = "期|次|年|个?季度?|个?月|个?半年"
_NEVER = regex(
    rf"(?:(?P<ever>从来?(?:未|没有?|不)曾?|[未不]曾|(?:没有?|无)(?:任何)?一(?:{_UNIT}))|(?P<not>并?未|并?没有?))"
    rf"(?:再|有|见|出现|发生|实现|录得|呈现?|过)*(?P<once>任何一?次?|一次|过)?的?(?:同比|环比)?的?"
    r"(?:(?P<down>下降|回落|下滑|下跌|走低|下行|降低|减少|(?P<negative>负增长))"
    r"|(?P<up>上升|上涨|回升|走高|提高|增加|正?增长))(?P<done>过)?(?!的|[幅势速量点])"
)
# 各期均未…, 一直没有…: of every period
_EACH = regex(rf"(?:各|每个?|历)(?:{_UNIT})|(?<!\d)年年|期期|历次|一直|始终|其间|期间")
_SINGLE = regex("(?:一|每个?|各)(?:期|次|个?季|个?月|个?半年)")  # counted one by one, not from year to year
_OUTSIDE = regex("全[国省市区县球]|[省市县]内|力争|确保|避免|防止|如果|若|预计|预期")


class Never(Claimed):
    """Finds and judges a move that is said not to have taken place, in a stretch of time or in this period."""

    def of(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        if ("未" not in clause and "没" not in clause and "无" not in clause and "曾" not in clause) or (
            _OUTSIDE.search(clause)
        ):
            return
        for m in _NEVER.finditer(clause):
            nodes = self.nodes(at, clause, m.start())
            if not nodes or not (at.explicit or self.plain(at, clause, m.start())):
                continue
            sign = -1 if m["down"] else 1
            start = after_mark(at.norm, at.start, "。；！？\n")
            over = lasting.stretches(at.norm, start, at.start + m.start(), self.check.period)
            if m["ever"] or m["once"] or m["done"] or _EACH.search(clause, 0, m.start()):
                over = over or [tuple(p for p in self.f.periods if p <= at.period)]
                if _SINGLE.search(clause, 0, m.end()):
                    over = [periods for periods in over if len(periods) > 1 and periods[1] == periods[0].shift(1)]
            judged = [self._judged(at, clause[: m.end()], s, over, sign, m["negative"] is not None) for s in nodes]
            if any(j is None for j in judged):
                continue
            verdict = next((j for j in judged if j is not None and j.name == "wrong"), judged[-1])
            assert verdict is not None
            yield at.start + m.start(), at.start + m.end(), verdict

    def _judged(
        self, at: Cursor, words: str, subject: Subject, over: Sequence[tuple[Period, ...]], sign: int, rated: bool
    ) -> Judgement | None:  # fmt: skip
        """Right where no move goes that way by one way of reading the words; None where nothing is known."""
        said = [k for k, word in (("yoy", "同比"), ("pop", "环比")) if word in words] or ["yoy"] * rated
        carried = [at.last.basis] if at.last is not None and at.last.role == "change" and not at.explicit else []
        bases = said or ([*carried, "index"] if over else ["yoy", "pop"])
        happened: list[tuple[str, list[tuple[Period, float]]]] = []
        for side in self.sides(subject, at):
            for basis in bases:
                for periods in over or [(at.period,)]:
                    moves = self._moves(subject.code, side, basis, periods)
                    if not moves:
                        continue
                    against = [(p, v) for p, v in moves if v * sign > STILL]
                    if not against:
                        return self.right(subject.code, "streak_up" if sign < 0 else "streak_down", at.period)
                    happened.append((basis, against))
        if not happened:
            return None
        basis, against = happened[0]
        unit = "" if basis == "index" else "%"
        told = "、".join(f"{period_name(p)}{printed_number(v, 2)}{unit}" for p, v in against[-6:])
        way = {"yoy": "同比", "pop": "环比"}.get(basis, "比前一期") + ("下降" if sign < 0 else "上升")
        why = f"{self.f.nodes[subject.code].name}{way}的有：{told}"
        rule = "wrong-pattern" if over else "wrong-direction"
        return self.wrong(rule, subject.code, "streak_up" if sign < 0 else "streak_down", at.period, why)

    def _moves(self, code: str, side: str, basis: str, periods: Sequence[Period]) -> list[tuple[Period, float]]:
        """The rate of each period, or where a level is spoken of the steps from one to the next."""
        if basis in ("yoy", "pop"):
            found = [(p, self.change(code, side, p, basis)) for p in periods]
        else:
            path = [(p, self.f.cell(code, side, p)) for p in periods]
            found = [(b[0], b[1] - a[1]) for a, b in pairwise([x for x in path if not math.isnan(x[1])])]
        return [(p, v) for p, v in found if not math.isnan(v)]
