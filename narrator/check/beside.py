"""A rate that another is set beside: 涨幅比上年10月的11.74%高2.74个百分点, 与上年同期增速2.1%相比, 高于上期的10.09%."""

from __future__ import annotations

import re

from narrator.check import dating, roles
from narrator.check.clauses import right_before
from narrator.check.cues import COMPARING, Cue
from narrator.check.memory import Beside, Event, Walk, end_of
from narrator.check.subjects import Name
from narrator.numerals.period_reading import PeriodPhrase
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token

_NOUN = "增速|增幅|涨幅|升幅|降幅|跌幅|增长率|增长速度"
_RATE = rf"(?:{_NOUN}|增长|上升|上涨|下降|回落)"
_BETWEEN = regex(rf"\s*(?:的|同比|环比|{_NOUN}|[为达是])*\s*")
_BETWEEN_ALIKE = regex(rf"\s*(?:的|同比|环比|{_RATE}|[为达是])*\s*")  # 与上年同期增长2.1%相比
# the 3.1%的增速 of then; in 的7.31%下降0.60个百分点 the verb is of now
_RATED = regex(rf"\s*的?\s*(?:同比|环比)?(?:(?P<fall>[降跌]幅|下降|回落)|{_RATE})(?!了?(?:约|近|超|逾)?\s*\d)")
_THAN = regex(r"(?:不及|不如|强于|弱于|逊于|好于)(?:了)?\s*$")
_OPENED = regex(r"\s*[（(]\s*$")
_CLOSED = regex(r"\s*[）)]")
_ALIKE = regex(rf"\s*的?\s*(?:{_RATE}|水平)?\s*(?:大体|大致|基本|完全)?(?:相比|相较|相当|持平|一致|接近|相近|相同)")
_MOVED = regex(
    r"\s*[）)]?\s*的?(?:增[速幅]|[涨升降跌]幅|水平)?\s*(?:相比)?\s*[，,]?\s*(?:有所|小幅|明显|大幅|略)?"
    r"(?:(?P<up>加快|提高|扩大|加深|加剧|上升|提升|回升|[高快多大])|(?P<down>放缓|回落|收窄|收敛|下降|减缓|下滑|趋缓|缩小|[低慢少小]))(?:了|出)?\s*(?:约|近)?\s*"
)


def told(w: Walk, token: Token, near: list[Event]) -> Beside | None:
    """The rate of another period that `token` is, where the words set the rate just spoken of beside it."""
    opened = right_before(_OPENED, w.norm, token.phrase_start, 3)
    closed = _CLOSED.match(w.norm, token.phrase_end) if opened is not None else None
    if opened is not None and closed is not None:  # 增幅较2018年上半年（5.60%）收窄
        near = [e for e in w.clause if end_of(e) <= opened.start()]
    dated = [k for k, e in enumerate(near) if isinstance(e, PeriodPhrase)]
    if token.unit != "%" or token.kind != "quantity" or not dated:
        return None
    k = dated[-1]
    phrase = near[k]
    assert isinstance(phrase, PeriodPhrase)
    between = w.norm[phrase.end : opened.start() if opened is not None else token.phrase_start]
    before = near[k - 1] if k else None
    compared = isinstance(before, Cue) and before.kind in COMPARING and before.word != "占"
    alike = _ALIKE.match(w.norm, closed.end() if closed is not None else token.phrase_end) is not None
    if not (_BETWEEN_ALIKE if alike else _BETWEEN).fullmatch(between) or not (
        compared or alike or right_before(_THAN, w.norm, phrase.start)
    ):
        return None
    period = dating.dated(w, phrase)
    noun = next((e for e in near[:k] if isinstance(e, Cue) and e.kind == "noun"), None)
    s = w.state
    last = s.last if s.last is not None and s.last.token.unit == "%" and s.last.role == "change" else None
    if any(isinstance(e, Name) for e in near):
        last = None
    own = _RATED.match(w.norm, token.phrase_end)  # 0.43%的降幅
    rated = noun is not None or re.search(_RATE, between) or own
    # 增速连续七个季度回落，比2022年四季度的7.78%低…: of the rate that the sentence speaks of, told just before or not
    spoken = bool(s.noun) and roles.composite(w)
    if period is None or not (rated or spoken or (last is not None and (roles.composite(w) or roles.unlike(w, token)))):
        return None
    basis = _basis(w, near[:k])
    word = noun.word if noun is not None else ""
    falls = re.search("下降|回落|降幅|跌幅", between) is not None or (own is not None and own["fall"] is not None)
    sign = -1 if falls else noun.sign if noun is not None else last.sign if last is not None and not rated else 0
    return Beside(token.phrase_end, period, basis, word, sign)


def _basis(w: Walk, near: list[Event]) -> str:
    said = next((e.kind for e in reversed(near) if isinstance(e, Cue) and e.kind in ("yoy", "pop")), "")
    last = w.state.last
    if said or last is None or last.role != "change" or not last.against:
        return said or ("pop" if w.state.basis_said == "pop" else "yoy")
    then = (last.periods or (w.frame.report,))[0]
    return "pop" if last.against[0] == then.previous else "yoy"


def moved(w: Walk, token: Token) -> int:
    """1 or -1 where `token` says by how much the rate lies above or below the one that it was set beside; else 0."""
    beside = w.state.set_beside
    if beside is None or token.unit not in ("百分点", "千分点") or w.state.last_end != beside.end:
        return 0
    m = _MOVED.fullmatch(w.norm, beside.end, token.phrase_start)
    return 0 if m is None else 1 if m["up"] else -1
