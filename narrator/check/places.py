"""Places told without a number: 位次与上期持平, 位次保持不变, 增速位次较上年同期前移."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from narrator.check.claimed import Claimed
from narrator.check.clauses import after_mark
from narrator.check.memory import Cursor
from narrator.check.ranks import SCOPE
from narrator.check.reading import Judgement
from narrator.check.shown import printed_number
from narrator.model import Period, fact_id
from narrator.numerals import period_name
from narrator.numerals.period_reading import find_periods
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token

_MOVED = regex(
    r"(?P<noun>位次|排位|排名|名次|位序)(?P<gap>(?:(?!变化|变动|差距)[^，。；、]){0,18}?)"
    r"(?:(?P<flat>不变|持平|相同|一致|未变)|(?P<up>前移|上升|提升|提高|前进|跃升|靠前)|(?P<down>后移|下降|下滑|后退|降低|退后))(?!幅度|空间)"
)
_OF_RATE = regex("增[速幅]|[涨升降跌]幅|同比|环比")
_BESIDE = regex(r"(?:[较比与和同]|相[较比]于?|对[照比])\s*$")
_NOT_SO = regex("未|没有|不(?!变)|并非|部分|多数|少数|各有|有[升前]|其[余他]|目标|力争|争取|推动")


class Places(Claimed):
    """Finds and judges them. A move told with its number of places is a number's business."""

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
            verdicts = [self._judged(at, m, code, start) for code in codes]
            known = [j for j in verdicts if j is not None]
            if len(known) == len(codes):
                yield start, end, next((j for j in known if j.name == "wrong"), known[0])

    def _judged(self, at: Cursor, m: re.Match[str], code: str, start: int) -> Judgement | None:
        """Right where it is so by one of the orders and against one of the periods that the words leave open."""
        sentence = at.norm[after_mark(at.norm, start, "。\n") : start + m.end() - m.start()]
        own = _OF_RATE.search(at.norm[at.start : start])
        orders = ("贡献" in sentence and ["rank_share"]) or (["rank_yoy", "rank_pop"] if own else ["rank"])
        if not own and _OF_RATE.search(sentence):
            orders = [*orders, "rank_yoy", "rank_pop"] if m["gap"] == "" and not m["flat"] else orders
        first = ""
        for order in orders:
            now = self.f.cell(code, order, at.period)
            for then in self._against(at):
                before = self.f.cell(code, order, then)
                if math.isnan(now) or math.isnan(before):
                    continue
                moved = before - now
                if moved == 0 if m["flat"] else moved > 0 if m["up"] else moved < 0:
                    fact = fact_id(code, order, at.period)
                    return Judgement("verified", source="engine", fact=fact)
                first = (
                    first
                    or f"{self.f.nodes[code].name}居第{printed_number(now, 0)}位，{period_name(then)}居第{printed_number(before, 0)}位"
                )
        return self.wrong("wrong-rank", code, orders[0], at.period, first) if first else None

    def _against(self, at: Cursor) -> tuple[Period, ...]:
        """The periods that the place is set against: the one that the clause names, else the one before or the year before."""
        clause = at.norm[at.start : at.end]
        for phrase in find_periods(clause, at.frame.report):
            if _BESIDE.search(clause, 0, phrase.start):
                then = at.period.previous if phrase.role == "previous" else phrase.period
                then = at.period.year_before if phrase.role == "same" else then
                if then is not None and then.frequency == at.period.frequency:
                    return (then,)
        return at.period.previous, at.period.year_before
