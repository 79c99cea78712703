"""Places told without a number: 位次与上期持平, 位次保持不变, 增速位次较上年同期前移."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from narrator.check.claimed import BESIDE, Claimed
from narrator.check.clauses import after_mark
from narrator.check.memory import Cursor
from narrator.check.ranks import PLACE, SCOPE
from narrator.check.reading import Judgement, of_all
from narrator.check.shown import printed_number
from narrator.model import Period
from narrator.numerals import period_name
from narrator.numerals.period_reading import find_periods
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token

_MOVED = regex(
    rf"(?:{PLACE})(?P<gap>(?:(?!变化|变动|差距)[^，。；、]){{0,18}}?)"
    r"(?:(?P<flat>不变|持平|相同|一致|未变)|(?P<up>前移|上升|提升|提高|前进|跃升|靠前)|(?P<down>后移|下降|下滑|后退|降低|退后))(?!幅度|空间)"
)
_OF_RATE = regex("增[速幅]|[涨升降跌]幅|同比|环比")
_BY_RATE = ("rank_yoy", "rank_pop")
_NOT_SO = regex("未|没有|不(?!变)|并非|部分|多数|少数|各有|有[升前]|其[余他]|目标|力争|争取|推动")


class Places(Claimed):
    """Finds and judges them. A move told with its number of places is a number's to judge."""

    def of(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        for m in _MOVED.finditer(clause):
            start, end = at.start + m.start(), at.start + m.end()
            if any(isinstance(e, Token) and start <= e.phrase_start <= end + 6 for e in at.events):
                continue
            if SCOPE.search(clause) or _NOT_SO.search(clause[: m.end()]):
                continue
            codes = [s.code for s in self.nodes(at, clause, m.start()) if self.f.nodes[s.code].parent]
            if not codes or not (at.explicit or self.plain(at, _OF_RATE.sub("", clause), m.start())):
                continue
            known = [j for code in codes if (j := self._judged(at, m, code)) is not None]
            if len(known) == len(codes):
                yield start, end, of_all(known)

    def _judged(self, at: Cursor, m: re.Match[str], code: str) -> Judgement | None:
        """Right where it is so by one of the orders and against one of the periods that the words leave open."""
        orders, first = self._orders(at, m), ""
        for order in orders:
            now = self.f.cell(code, order, at.period)
            for then in self._against(at):
                before = self.f.cell(code, order, then)
                if math.isnan(now) or math.isnan(before):
                    continue
                moved = before - now
                if moved == 0 if m["flat"] else moved > 0 if m["up"] else moved < 0:
                    return self.right(code, order, at.period)
                held = f"{self.f.nodes[code].name}居第{printed_number(now, 0)}位"
                first = first or f"{held}，{period_name(then)}居第{printed_number(before, 0)}位"
        return self.wrong("wrong-rank", code, orders[0], at.period, first) if first else None

    @staticmethod
    def _orders(at: Cursor, m: re.Match[str]) -> tuple[str, ...]:
        """By what the place may be held: the rates of which the clause speaks, or the sentence; else the level."""
        start = at.start + m.start()
        sentence = at.norm[after_mark(at.norm, start, "。\n") : at.start + m.end()]
        own = _OF_RATE.search(at.norm, at.start, start) is not None
        orders = ("rank_share",) if "贡献" in sentence else _BY_RATE if own else ("rank",)
        of_rates = not own and not m["gap"] and not m["flat"] and _OF_RATE.search(sentence) is not None
        return (*orders, *_BY_RATE) if of_rates else orders

    def _against(self, at: Cursor) -> tuple[Period, ...]:
        """The periods that the place is set against: the one that the clause names, else the one before or the year before."""
        clause = at.norm[at.start : at.end]
        for phrase in find_periods(clause, at.period):
            then = phrase.period if BESIDE.search(clause, 0, phrase.start) else None
            if then is not None and then.frequency == at.period.frequency:
                return (then,)
        return at.period.previous, at.period.year_before
