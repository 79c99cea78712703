"""Peaks and troughs that figures are told from: 较年内高点回落17.52点, 超过疫情前118.19点的最高水平."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from narrator.check.clauses import right_before
from narrator.check.memory import Event, Walk
from narrator.model import Period
from narrator.numerals.period_reading import PeriodPhrase, find_periods
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token

_MOVED_FROM = regex(
    r"(?:[比较与距于]|相比|高出|[从由自](?=[^，。；0-9]*[升降增减涨跌落滑低高退升]了?[约近]?$))(?:(?P<year>年内|今年以?来?|本年以?来?)|(?P<ever>历史|有(?:数据|记录|统计)以来)|(?P<part>[上下]半年|[一二三四]季度)|(?=峰值|高峰|最高点|最低点|谷底|谷值))的?最?"
    r"(?:(?P<high>高峰?|峰)|(?P<low>低|谷))(?:点|值|位|底|水平)?(?:[（(][^（）()]*[）)])?(?:相比|的\d[\d.]*点)?[，,]?[^，。；0-9]{0,8}$"
)
EXTREME = regex("的?(?:历史)?(?:最[高低大小](?:[值点位]|水平)?|[高低][点位]|峰值|谷[底值])")
# in front of the mark of a peak
_AT_PEAK = regex(
    "(?:超[过越出]|突破|高于|低于|跌破|[高低]出|刷新|打破|越过|追平|追上|接近|逼近|不及|未及|不如|距离?|回到|恢复到|回升[到至]|较|比|与|同|和|创下的?)了?"
    "(?:(?:此|之|先|以)前|前期|疫情[之以]?前|原先?|历史(?:上)?|上一?轮|过往|以往)?的?(?:约|近)?$"
)


def moved_from(w: Walk, token: Token, code: str) -> Period | None:
    """较年内高点回落17.52点, 比上半年最低点提高3.9点: the period in which the subject stood highest, lowest."""
    m = _MOVED_FROM.search(w.norm, w.sentence_start(token.start), token.phrase_start)
    if m is None or not code:
        return None
    periods, report = w.names.ledger.dataset.periods, w.frame.report
    governing = w.state.period if w.state.period in periods else report
    before = [p for p in periods if p < governing]
    if m["year"]:
        before = [p for p in before if p.year == governing.year]
    elif m["part"]:
        months = next((p.months for p in find_periods(m["part"], report) if p.months is not None), None)
        if months is None:
            return None
        before = [p for p in before if p.year == months[0] and months[1] <= p.months[0] and p.months[1] <= months[2]]
    known = _known(w, token, code, before)
    return (max if m["high"] else min)(known, key=known.__getitem__) if known else None


def marked(w: Walk, token: Token, near: list[Event], code: str) -> tuple[Period, ...]:
    """超过疫情前118.19点的最高水平: the periods of which the mark may be that an earlier peak left, the highest first."""
    m = EXTREME.match(w.norm, token.phrase_end)
    if m is None or not code or any(isinstance(e, PeriodPhrase) for e in near):
        return ()
    if right_before(_AT_PEAK, w.norm, token.phrase_start) is None:
        return ()
    governing = w.state.period or w.frame.report
    path = [*_known(w, token, code, (p for p in w.names.ledger.dataset.periods if p < governing)).items()]
    way = -1 if re.search("低|小|谷", m.group()) else 1
    turns = {
        p: v * way for k, (p, v) in enumerate(path) if all(v * way >= u * way for _, u in path[max(0, k - 1) : k + 2])
    }
    return tuple(sorted(turns, key=turns.__getitem__, reverse=True))


def _known(w: Walk, token: Token, code: str, periods: Iterable[Period]) -> dict[Period, float]:
    """The index in each of these periods, or the amount where the words are of one; without those not known."""
    ledger = w.names.ledger
    side = "index" if w.state.side == "index" or token.unit == "点" or ledger.children(code) else "value"
    return {p: v for p in periods if not math.isnan(v := ledger.value(code, side, p))}
