"""Numbers that stand apart from what governs their clause: of another time, another role, a bound, a ratio.

Each function knows one way of saying so; it gives the reading as it then is, or as it was.
"""

from __future__ import annotations

from narrator.check import beside, carrying, dating, hedges, peaks, ratios
from narrator.check.goals import is_plan
from narrator.check.reading import Reading
from narrator.check.wording import Wording
from narrator.numerals.regex import regex
from narrator.records import replace

_REACHED = regex(r"\s*[，,]?\s*(?:达到?|为|至|[升降增减回][至到落]至?到?)\s*")
_MOVED_TO = regex(
    r"(?:增[速幅]|增长率|[涨升]幅|(?P<fall>[降跌减]幅))[^，。；0-9]{0,4}?[较比与][^，。；]{1,14}?"
    r"(?:放缓|加快|回落|回升|提高|收窄|扩大|缩小|提升|下降|上升|减缓|趋缓|持平)[^，。；0-9]{0,2}(?:[，,](?:为|达到?|是|[降升回][至到])|[降升回]?[至到])\s*$"
)
_AS_MUCH = regex("(?:则|也|仅|只|大?约|实际)*(?:为|是|达|相当于|即)(?:大?约|将?近|接近)?")
_BELOW = regex(r"(?:低|少|慢)于?(?:了|出)?\s*$")


def told(n: Wording, reading: Reading) -> Reading:
    """The reading once all that sets the number apart is taken account of."""
    in_a_list = (_of_a_gap, _of_a_pace, _of_a_loose_date, _of_a_whole)
    alone = (
        _of_before, _of_years_ago, _of_peaks, _of_then, _of_the_former, _from_a_peak, _set_beside, _moved_from_there, _rate_that_moved,
        _rate_reached, _bounded, _ratio,
    )  # fmt: skip
    for departure in in_a_list if n.slot else (*in_a_list, *alone):
        reading = departure(n, reading)
    if n.behind:
        reading = replace(reading, bound="clause", foreign="", side=n.behind[0].aspect)
    return reading


def _of_a_gap(n: Wording, reading: Reading) -> Reading:
    """差距由18.52点扩大到30.61点: the gap of then."""
    s, at = n.state, n.comparison.at
    if n.role == "gap" and n.cue("from"):
        return replace(reading, periods=s.from_periods or s.compared or (n.now.year_before, n.now.previous))
    return replace(reading, periods=(at,)) if at is not None else reading


def _of_a_pace(n: Wording, reading: Reading) -> Reading:
    """Against what 比上期 names; 同比 before it says which rate it is that moved."""
    if n.role != "pace":
        return reading
    s = n.state
    named = dating.compared_period(n.walk, n.near)
    against = (named,) if named is not None else s.from_periods if s.rate is not None else s.compared
    return replace(reading, against=against, noun=n.noun or (s.rate[1] if s.rate else s.noun))


def _of_a_loose_date(n: Wording, reading: Reading) -> Reading:
    """Of the report's own period as well, where the one that governs only dated a number before it."""
    s, report = n.state, n.walk.frame.report
    carried = s.last is not None and s.period is not None and s.loose and not n.dates
    if not carried or report in reading.periods:
        return reading
    return replace(reading, periods=(*reading.periods, report))


def _of_a_whole(n: Wording, reading: Reading) -> Reading:
    """占全年进出口总额的…: a part of what stands in front of it."""
    told = n.role in ("level", "change") and not n.weight
    whole = carrying.whole_of(n.walk, n.token, n.lead) if told else ""
    if not whole:
        return reading
    return replace(reading, role="portion", other=whole, subjects=n.state.subjects[-1:], span=n.stretch)


def _of_before(n: Wording, reading: Reading) -> Reading:
    """此前三个月均为1.56%: of any of those."""
    earlier = dating.earlier(n.walk, n.lead) if n.role == "level" else ()
    return replace(reading, periods=earlier, dated=True) if earlier else reading


def _of_years_ago(n: Wording, reading: Reading) -> Reading:
    """而一年前的增幅为10.65%: as it was then, a rate on the basis that is spoken of."""
    then = dating.years_ago(n.walk, n.lead) if n.role in ("level", "change") else None
    if then is None or (n.role == "change" and n.token.unit != "%"):
        return reading
    basis = "pop" if n.state.basis_said == "pop" else "yoy"
    against = (then.before(basis),) if n.role == "change" else reading.against
    return replace(reading, periods=(then,), dated=True, against=against, said=True, basis=basis)


def _of_peaks(n: Wording, reading: Reading) -> Reading:
    """超过疫情前118.19点的最高水平: the figure of a peak before, whichever it is."""
    marked = n.role == "level" and n.subjects
    then = peaks.marked(n.walk, n.token, n.near, n.subjects[-1].code) if marked else ()
    return replace(reading, periods=then, dated=True, hedge="", sign=0) if then else reading


def _of_then(n: Wording, reading: Reading) -> Reading:
    """建议压缩到上期的44.3小时以内: the figure of then, whatever is to become of it."""
    then = dating.told_of(n.walk, n.token, n.near) if n.role == "level" else None
    if then is None:
        return reading
    reading = replace(reading, periods=(then,), dated=True)
    aimed = is_plan(n.walk.norm, n.token.start, advice=n.walk.frame.advice)
    return replace(reading, hedge="", sign=0) if aimed else reading


def _of_the_former(n: Wording, reading: Reading) -> Reading:
    """The rate of another period: 上期的…, 增速为上半年（1.08%）的近三倍."""
    if n.role != "change":
        return reading
    former = dating.former(n.walk, n.token, n.near)
    if former is None and (measured := ratios.told(n.walk, n.token)) is not None:
        former = dating.dated(n.walk, measured)
    if former is None:
        return reading
    then = former.before(n.state.basis)
    return replace(reading, periods=(former,), dated=True, against=(then,), said=True)


def _from_a_peak(n: Wording, reading: Reading) -> Reading:
    """较年内高点回落17.52点: how far it has moved since then, no gap between two things."""
    if n.role not in ("level", "change", "gap") or not n.subjects:
        return reading
    top = peaks.moved_from(n.walk, n.token, n.subjects[-1].code)
    if top is None:
        return reading
    sign = reading.sign if n.role == "change" else -1 if _BELOW.search(n.lead) else 1
    return replace(reading, role="change", sign=sign, against=(top,), said=True, basis="", other="", aggregate="")


def _set_beside(n: Wording, reading: Reading) -> Reading:
    """不及上年同期3.1%的增速: the rate of then, beside the one spoken of."""
    rate = beside.told(n.walk, n.token, n.near)
    if rate is None:
        return reading
    n.state.set_beside = rate
    return replace(
        reading, role="change", sign=0 if reading.signed else rate.sign, periods=(rate.period,), dated=True,
        against=(rate.period.before(rate.basis),), said=True, basis=rate.basis,
    )  # fmt: skip


def _moved_from_there(n: Wording, reading: Reading) -> Reading:
    """比2022年四季度的7.78%低1.5个百分点: how far the rate has moved since the one set beside it."""
    step, rate = beside.moved(n.walk, n.token), n.state.set_beside
    if not step or rate is None:
        return reading
    return replace(
        reading, role="pace", sign=step, noun=rate.noun, rate=rate.basis, against=(rate.period,), periods=(n.now,),
        dated=n.state.period is not None, other="",
    )  # fmt: skip


def _rate_that_moved(n: Wording, reading: Reading) -> Reading:
    """增速较三季度继续放缓，为5.57%: the rate itself, not what it moved by."""
    w, token = n.walk, n.token
    if token.unit != "%":
        return reading
    paced = _MOVED_TO.search(w.norm, w.sentence_start(token.start), token.phrase_start)
    if paced is None or any(paced.start() <= t.start < token.start for t in w.figures):
        return reading
    basis = "pop" if n.state.basis_said == "pop" else "yoy"
    sign = -1 if paced["fall"] else reading.sign if n.role == "change" else 1
    return replace(
        reading, role="change", sign=sign, said=True, periods=(n.now,), against=(n.now.before(basis),), basis=basis, noun="",
    )  # fmt: skip


def _rate_reached(n: Wording, reading: Reading) -> Reading:
    """增速比上半年加快5.22个百分点，达到5.81%: the rate that moved, as it is now."""
    moved = n.state.last
    if moved is None or n.token.unit != "%" or moved.role != "pace":
        return reading
    if not _REACHED.fullmatch(n.walk.norm, n.state.last_end, n.token.phrase_start):
        return reading
    now = moved.periods[0] if moved.periods else n.walk.frame.report
    return replace(
        reading, role="change", sign=-1 if moved.noun[:1] in ("降", "跌", "减") else 1, said=True, periods=(now,),
        against=(now.before(moved.rate),), subjects=moved.subjects, bound=moved.bound,
    )  # fmt: skip


def _bounded(n: Wording, reading: Reading) -> Reading:
    """A bound that was passed, or kept, or is named in front."""
    change = n.role == "change"
    if n.role == "level" and (crossed := hedges.crossed(n.lead, n.tail)):
        reading = replace(reading, hedge=crossed)
    if n.role not in ("level", "mark", "change"):
        return reading
    role = "change" if change else "level"
    if bound := hedges.bound(n.lead):  # 未能守住130点: what was not kept, before what is
        return replace(reading, role=role, sign=n.sign if change else 0, hedge=bound)
    if kept := hedges.kept(n.lead, n.tail):
        return replace(reading, role=role, hedge=kept)
    return reading


def _ratio(n: Wording, reading: Reading) -> Reading:
    w, s = n.walk, n.state
    ratio = ratios.to(w, n.token)
    if ratio is not None and (then := dating.dated(w, ratio.phrase)) is not None:
        return replace(
            reading, role="ratio", sign=0, other="", against=(then,), hedge=reading.hedge or ratio.hedge,
            noun=ratios.noun(w, ratio), periods=(n.now,), dated=s.period is not None, aggregate="",
        )  # fmt: skip
    if s.ratio is not None and n.role == "level" and _as_much(n, s.ratio):
        return replace(
            reading, role="ratio", sign=0, other="", against=s.ratio.against, periods=s.ratio.periods, aggregate=""
        )
    return reading


def _as_much(n: Wording, ratio: Reading) -> bool:
    """Whether a bare multiple is of the same figure as the ratio before it: 不到2020年的三分之二，仅为65.6%; B为54个，约为1.24倍."""
    alike = n.token.unit in ("倍", "成") or (n.token.unit == "%" and n.state.last is ratio)
    return alike and _AS_MUCH.fullmatch(n.lead) is not None
