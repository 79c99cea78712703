"""The reading of one number, put together from its words and from what is in mind."""

from __future__ import annotations

import re
from decimal import Decimal

from narrator.check import (
    aggregates,
    beside,
    carrying,
    comparisons,
    dating,
    hedges,
    lasting,
    operands,
    ratios,
    respective,
    roles,
)
from narrator.check.clauses import after_mark, right_before
from narrator.check.cues import Cue, residue
from narrator.check.goals import is_plan
from narrator.check.memory import Event, Walk
from narrator.check.parts import ALL_PARTS
from narrator.check.reading import Mode, Reading
from narrator.check.sources import clause_around
from narrator.check.subjects import Name, Subject
from narrator.model import Period
from narrator.numerals.period_reading import PeriodPhrase
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token
from narrator.records import replace

_AGAIN = regex(
    r"\s*[，,（(]\s*(?:比重|占比|份额|比例)?(?:已经?|也|均|仍|还|即|大?约|将?近|接近|逼近|超过?|逾|突破|达到?|不足|不到|高达|仅|为|就|是|占)*\s*"
)
# 以不足两成的权重贡献了过半的增幅: each is of what stands behind it
_WEIGHED = regex(r"\s*(?:左右|多|以上)?的权[重数]")
_OF_WEIGHT = regex("权[重数](?![^，。；]*(?:贡献|拉动))|占")
_GROWTH = regex(r"\s*的?(?:同比|环比)?(?:增幅|涨幅|升幅|降幅)")
_GROWN = regex(r"(?:增幅|涨幅|升幅|降幅)\s*[（(]?\s*$")
_OF_GROWTH = regex(r"\s*[)）]?(?:的?(?:同比|环比)?(?:增幅|涨幅|升幅|降幅))?\s*的(?:约|近|逾|超过?)?\s*")
_SUM = regex("累计|合计|共计|总计|总共|(?<![公])共(?![同享建识用青])")
_TOGETHER = regex("合起来|加起来|[合加]在一起|两者之和|二者之和")
_STOP = regex("[，。；：！？、,;!?\n（(]")
_REACHED = regex(r"\s*[，,]?\s*(?:达到?|为|至|[升降增减回][至到落]至?到?)\s*")
_MOVED_TO = regex(
    r"(?:增[速幅]|增长率|[涨升]幅|(?P<fall>[降跌减]幅))[^，。；0-9]{0,4}?[较比与][^，。；]{1,14}?"
    r"(?:放缓|加快|回落|回升|提高|收窄|扩大|缩小|提升|下降|上升|减缓|趋缓|持平)[^，。；0-9]{0,2}(?:[，,](?:为|达到?|是|[降升回][至到])|[降升回]?[至到])\s*$"
)
_AS_MUCH = regex("(?:则|也|仅|只|大?约|实际)*(?:为|是|达|相当于|即)(?:大?约|将?近|接近)?")
_YEAR_BEFORE = regex("[比较与]\\s*(?:上年|去年|上一年|20\\d\\d年)(?:度|同期|全年)?的?$")
_PARTS = regex("[大个各项](?:分项)?(?:模块|板块|分指数|分项)")
_OTHERS = regex(
    r"(?:其余|其他|其它|余下|剩余|另外)[^，。；]{0,8}(?:模块|板块|指标|各项|分项|部分)|(?:其余|其他|余下|剩余)\s*[一二三四五六七八九十两\d]+\s*[个项]"
)


def reading_of(w: Walk, token: Token, near: list[Event], near_start: int) -> Reading:
    """What the words say of `token`; `near` are the events since `near_start`, the last mark or number."""
    s = w.state
    lead = w.norm[near_start : token.phrase_start]
    tail_end = _STOP.search(w.norm, token.phrase_end)
    tail = w.norm[token.phrase_end : tail_end.start() if tail_end else len(w.norm)][:24]
    clause = clause_around(w.text, token.phrase_start, token.phrase_end)
    token = respective.counted(respective.with_unit(w, token), lead)
    if token.start not in s.spread:
        respective.unspoken(w, token, near)
    slot = s.spread.get(token.start)
    listed = s.last is not None and respective.LISTED.fullmatch(w.norm, s.last_end, token.phrase_start)
    alike = s.last is not None and (
        s.last.token.kind == token.kind
        or (slot is not None and {s.last.token.kind, token.kind} == {"quantity", "count"} and token.unit != "")
    )
    again = s.last is not None and not slot and _said_again(w, s.last, token)
    if s.last is not None and ((listed and alike) or again):
        reading = replace(s.last, token=token, lead=lead, tail=tail, clause=clause, signed=_signed(w, token))
        if again:
            hedge = hedges.hedge_of(w.norm, token.phrase_start, token.phrase_end, token.infix)
            return replace(reading, token=_proportion(token), hedge=hedge)
        if slot:
            reading = respective.slotted(w, reading, slot)
        return dating.bracketed(w, reading)
    token = _proportion(token)
    _as_the_member_before(w, token, near)
    role, sign, noun, to = roles.role_of(w, token, near)
    clause_start = after_mark(w.norm, near_start, "，。；：\n")
    whole_lead = w.norm[clause_start : token.phrase_start]
    against_what = comparisons.compared(w, token, near, near_start, role, sign, noun)
    role, sign, noun, other = against_what.role, against_what.sign, against_what.noun, against_what.other
    role, sign = roles.unspoken(w, token, role, sign, near, lead)
    role, sign = roles.themed(w, token, role, sign, near, lead)
    explicit = any(isinstance(e, Name) and e.subjects for e in near)
    mode: Mode = "one"
    kinds = {e.kind for e in near if isinstance(e, Cue)}
    subjects = s.subjects
    if not explicit and "平均" in lead and _PARTS.search(whole_lead):
        subjects = (Subject(code=w.names.ledger.total.code, aspect="index"),)
    if not explicit and not slot and (ahead := carrying.ahead(w, token)):
        subjects = ahead
    source = carrying.source(w, token)
    if source and token.unit in ("%", "成", "百分点", "点") and subjects:
        owner = s.last.parent if s.last is not None and s.last.role in ("share", "pull") else ""
        s.parent = owner or subjects[0].code
        subjects, role, sign = source, "share" if token.unit in ("%", "成") else "pull", 0
        s.side = ""
    if (
        role == "pull"
        and not source
        and s.moved in {n.start for n in near if isinstance(n, Name)}
        and not ALL_PARTS.search(whole_lead)
    ):
        subjects = ()  # 工业带动总指数上升1.2个百分点: the part of something that is not known
    if role == "level" and to and (moved_whole := _moved_to(near, s.parent)):
        subjects, explicit = moved_whole, True  # X拉动总指数升至135.64点: what was moved
        s.subjects, s.ambiguous = (*moved_whole, *s.subjects[-1:]), True  # …，同比上升5.81%: of either
    elif role in ("share", "pull") and s.parent and [x.code for x in subjects[:-1]] == [s.parent]:
        s.subjects, s.ambiguous = subjects[-1:], False  # …，贡献率达37.43%: of the part, which the whole has not
        subjects = s.subjects
    if against_what.subjects:
        subjects = against_what.subjects
    elif role == "gap" and len(subjects) > 1:
        subjects = subjects[-1:]
    clause_so_far = w.norm[after_mark(w.norm, token.phrase_start, "，。；：\n") : token.phrase_start]
    of_growth = _GROWTH.match(w.norm, token.phrase_end) or _GROWN.search(clause_so_far)
    if s.parent and role == "change" and "占" in clause_so_far and of_growth:
        subjects = (Subject(code=s.parent, aspect="index"),)  # 占总指数5.81%增幅的…, 占总指数增幅（5.81%）的…
    elif s.parent and s.last is not None and s.last.role == "change" and token.unit in ("%", "成"):
        of_it = s.last.subjects[:1] == (Subject(code=s.parent, aspect="index"),)
        if of_it and _OF_GROWTH.fullmatch(w.norm, s.last_end, token.phrase_start):
            role, sign = "share", 0
    behind = carrying.behind(w, token) if not explicit else ()
    if behind:
        subjects, explicit = behind, True
    elif not explicit and role == "level" and (rated := carrying.rated(w, token))[0]:
        (subjects, basis), explicit, role = rated, True, "change"
        dating.set_basis(w, basis)
    listed_before = tuple(dict.fromkeys(x for group in s.recent for x in group))
    same_kind = s.last is not None and s.last.token.unit == token.unit and s.last.role == role
    if "each" in kinds and not explicit and not slot and len(subjects) == 1 and len(listed_before) > 1 and same_kind:
        subjects = listed_before  # A为a点、B为b点、C为c点，均超过350点
    summing = "sum" in kinds or (role in ("share", "pull") and operands.JOINT.search(whole_lead) is not None)
    if len(subjects) > 1 and not slot:
        on = s.last is not None and s.last.mode == "sum" and s.last.subjects == subjects  # 合计拉动…，占总指数增幅的…
        both = summing or s.joint or (on and role in ("share", "pull"))
        mode = "sum" if both else "all" if "each" in kinds else "either"
    if summing and not slot:
        added = operands.of(w, whole_lead, subjects, explicit)
        subjects, mode = added, "sum" if len(added) > 1 else mode if added else "one"
    if mode != "sum" and len(subjects) == 1 and _TOGETHER.search(lead):
        subjects = ()  # 专利（38.82%）与X（39.08%）…，合起来接近八成: the other one is not known
    rates = s.last is not None and {s.last.token.unit, token.unit} == {"%", "成"}  # a%和b%，合计接近七成
    one_kind = rates or (s.last is not None and s.last.token.unit == token.unit)
    summed = "sum" in kinds and role == "level" and one_kind
    if summed and s.last is not None:
        # 贡献率分别为…，合计为57.78%: the sum of what was just listed.
        role, sign = s.last.role, s.last.sign
    if _OTHERS.search(whole_lead) and (s.recent or len(s.group) > 1):
        mode, role = "rest", role if role != "level" else (s.last.role if s.last is not None else role)
        subjects = tuple(dict.fromkeys(x for group in [*s.recent, tuple(s.group)] for x in group))
    periods, dated, against, said = dating.when(w, token, near, role, to)
    if summed and s.last is not None and role != "level":
        periods, dated, against, said = s.last.periods, s.last.dated, s.last.against, s.last.said
    if s.period_also is not None and periods == (s.period,):
        periods = (*periods, s.period_also)
    last_name = max((e.end for e in near if isinstance(e, Name)), default=near_start)
    rest = w.norm[last_name : token.phrase_start]
    for e in near:
        if isinstance(e, PeriodPhrase) and e.start >= last_name:
            rest = rest.replace(e.text, "\0")
    if role == "change" and (comparative := right_before(comparisons.COMPARATIVE, rest, len(rest), 16)) is not None:
        rest = rest[: comparative.start()]  # 同比多成交: how it went on says nothing of what it is
    foreign = residue(rest)
    s.weighing = s.weighing or "权重" in rest or "权数" in rest
    weighed = token.unit in ("%", "成") and _WEIGHED.match(w.norm, token.phrase_end) is not None
    weight = weighed or (s.weighing and token.unit in ("%", "") and _OF_WEIGHT.search(rest) is not None)
    role = "level" if weighed else role
    foreign = "" if weight else foreign
    aggregate = aggregates.kind_of(rest) if token.kind in ("quantity", "count") and role != "gap" else ""
    if aggregate == "new" and said:
        aggregate = ""
    stretch = lasting.whole(w, token) if role in ("level", "change") and token.kind in ("quantity", "count") else ()
    together = lasting.summed(w, token) if role == "level" else ()
    if together and together != stretch:
        stretch, aggregate = together, "total"
    if stretch and aggregate in ("", "total") and "pop" not in kinds and not re.search("占|比重", lead):
        aggregate = (
            "total"
            if aggregate or _totalled(w, token, start=clause_start) or _as_before(s.last, stretch, subjects)
            else "whole"
        )
    elif aggregate == "total" and role != "level":
        aggregate = ""  # 累计上升: a change, since when it counts
    span: tuple[Period, ...] = ()
    if aggregate:
        span = stretch if together or aggregate == "whole" else lasting.covered(w, token)
    if role == "level" and _YEAR_BEFORE.search(lead):
        span = tuple(period.year_before for period in span)  # 1—9月累计492.20万人次，较去年同期的459.06万人次…
    window = next((p.count for p in w.windows.values() if p.start <= token.start < p.end), 0)
    reading = Reading(
        token, clause, subjects, mode, (s.bound if s.subjects else "carried") if subjects else "none", role, sign, s.side, against, said, periods, dated,
        s.parent if role in ("share", "pull") else "", foreign or s.foreign, hedges.hedge_of(w.norm, token.phrase_start, token.phrase_end, token.infix), lead, tail, noun,
        s.basis, _signed(w, token), window, ambiguous=s.ambiguous, other=other, rate=roles.rate_of(w, lead), gap_of=against_what.gap_of, aggregate=aggregate, span=span,
        before=w.norm[max(0, near_start - 16) : near_start],
        verb=next((e.word for e in reversed(near) if isinstance(e, Cue) and e.kind == "verb"), ""),
        after=s.after, told=tuple(s.told[-6:]), heard=tuple(s.heard[-12:]), measures=("weight",) if weight else (),
    )  # fmt: skip
    if against_what.at is not None:
        reading = replace(reading, periods=(against_what.at,))
    if role == "gap" and any(isinstance(e, Cue) and e.kind == "from" for e in near):
        now = s.period or w.frame.report  # 差距由18.52点扩大到30.61点
        reading = replace(reading, periods=s.from_periods or s.compared or (now.year_before, now.previous))
    if role == "pace":
        # What 比上期 names; 同比 before it says which rate it is that moved.
        named = dating.compared_period(w, near)
        reading = replace(
            reading,
            against=(named,) if named is not None else s.from_periods if s.rate is not None else (),
            noun=noun or (s.rate[1] if s.rate else s.noun),
        )
    if (
        s.last is not None
        and s.period is not None
        and s.loose
        and not any(isinstance(e, PeriodPhrase) for e in near)
        and w.frame.report not in reading.periods
    ):
        reading = replace(reading, periods=(*reading.periods, w.frame.report))
    whole = carrying.whole_of(w, token, lead) if role in ("level", "change") and not weight else ""
    if whole:
        reading = replace(reading, role="portion", other=whole, subjects=s.subjects[-1:], span=stretch)
    earlier = dating.earlier(w, lead) if role == "level" and not slot else ()
    if earlier:
        reading = replace(reading, periods=earlier, dated=True)
    then = dating.told_of(w, token, near) if role == "level" and not slot else None
    if then is not None:
        # 建议压缩到上期的44.3小时以内: that is the figure of then, whatever is to become of it
        aimed = is_plan(w.norm, token.start, advice=w.frame.advice)
        reading = replace(reading, periods=(then,), dated=True)
        reading = replace(reading, hedge="", sign=0) if aimed else reading
    former = dating.former(w, token, near) if role == "change" and not slot else None
    if former is None and role == "change" and not slot and (measured := ratios.told(w, token)) is not None:
        former = dating.dated(w, measured)  # 增速为上半年（1.08%）的近三倍
    if former is not None:
        then = former.previous if s.basis == "pop" else former.year_before
        reading = replace(reading, periods=(former,), dated=True, against=(then,), said=True)
    top = (
        dating.peak(w, token, subjects[-1].code)
        if role in ("level", "change", "gap") and subjects and not slot
        else None
    )
    if top is not None:
        way = -1 if re.search(r"(?:低|少|慢)于?(?:了|出)?\s*$", lead) else 1
        sign = reading.sign if role == "change" else way
        reading = replace(
            reading, role="change", sign=sign, against=(top,), said=True, basis="", other="", aggregate=""
        )
    rate = beside.told(w, token, near) if not slot else None
    if rate is not None:
        s.set_beside = rate
        against = (rate.period.previous if rate.basis == "pop" else rate.period.year_before,)
        reading = replace(
            reading,
            role="change",
            sign=rate.sign,
            periods=(rate.period,),
            dated=True,
            against=against,
            said=True,
            basis=rate.basis,
        )
    step = beside.moved(w, token) if not slot else 0
    if step and s.set_beside is not None:
        reading = replace(
            reading, role="pace", sign=step, noun=s.set_beside.noun, rate=s.set_beside.basis, against=(s.set_beside.period,),
            periods=(s.period or w.frame.report,), dated=s.period is not None, other="",
        )  # fmt: skip
    paced = _MOVED_TO.search(w.norm, w.sentence_start(token.start), token.phrase_start) if token.unit == "%" else None
    if (
        paced is not None
        and not slot
        and not any(t.start >= paced.start() and t.start < token.start for t in w.figures)
    ):
        # 增速较三季度继续放缓，为5.57%: the rate itself, not what it moved by
        now = s.period or w.frame.report
        basis = "pop" if s.basis_said == "pop" else "yoy"
        then = now.previous if basis == "pop" else now.year_before
        reading = replace(
            reading, role="change", sign=-1 if paced["fall"] else reading.sign if role == "change" else 1, said=True,
            periods=(now,), against=(then,), basis=basis, noun="",
        )  # fmt: skip
    moved = s.last if token.unit == "%" and not slot else None
    if moved is not None and moved.role == "pace" and _REACHED.fullmatch(w.norm, s.last_end, token.phrase_start):
        # 增速比上半年加快5.22个百分点，达到5.81%: the rate that moved, as it is now
        now = moved.periods[0] if moved.periods else w.frame.report
        reading = replace(
            reading, role="change", sign=-1 if moved.noun[:1] in ("降", "跌", "减") else 1, said=True, periods=(now,),
            against=(now.previous if moved.rate == "pop" else now.year_before,), subjects=moved.subjects, bound=moved.bound,
        )  # fmt: skip
    crossed = hedges.crossed(lead, tail) if not slot and role == "level" else ""
    if crossed:
        reading = replace(reading, hedge=crossed)
    bound = hedges.bound(lead) if not slot and role in ("level", "mark", "change") else ""
    kept = hedges.kept(lead, tail) if not slot and role in ("level", "mark", "change") else ""
    if kept:
        reading = replace(reading, role="change" if role == "change" else "level", hedge=kept)
    elif bound:
        reading = replace(
            reading, role="change" if role == "change" else "level", sign=sign if role == "change" else 0, hedge=bound
        )
    ratio = ratios.to(w, token) if not slot else None
    if ratio is not None and (then := dating.dated(w, ratio.phrase)) is not None:
        reading = replace(
            reading, role="ratio", sign=0, other="", against=(then,), hedge=reading.hedge or ratio.hedge, noun=ratios.noun(w, ratio),
            periods=(s.period or w.frame.report,), dated=s.period is not None, aggregate="",
        )  # fmt: skip
    elif s.ratio is not None and role == "level" and not slot and _as_much(token, lead, s.ratio, s.last):
        # 不到2020年的三分之二，仅为65.6%; A约为2017年的1.46倍；B为54个，约为1.24倍
        reading = replace(
            reading, role="ratio", sign=0, other="", against=s.ratio.against, periods=s.ratio.periods, aggregate=""
        )
    if behind:
        reading = replace(reading, bound="clause", foreign="", side=behind[0].aspect)
    if explicit and not foreign:
        reading = replace(reading, foreign="")
    return dating.bracketed(w, respective.slotted(w, reading, slot) if slot else reading)


def _moved_to(near: list[Event], parent: str) -> tuple[Subject, ...]:
    """What is named right behind 拉动 and so reached a level, where it is the whole that something moves."""
    for k, event in enumerate(near[:-1]):
        name = near[k + 1]
        if not (isinstance(event, Cue) and event.kind == "pull" and isinstance(name, Name) and parent):
            continue
        if [x.code for x in name.subjects] == [parent] and not any(isinstance(e, Name) for e in near[k + 2 :]):
            return name.subjects
    return ()


def _as_the_member_before(w: Walk, token: Token, near: list[Event]) -> None:
    """A的贡献率为33.47%；B为20.50%: what a bare rate of a module is, the member before the semicolon has said."""
    s = w.state
    parallel, s.parallel = s.parallel, None
    bare = all(isinstance(e, Name) or (isinstance(e, Cue) and e.kind in ("is", "neutral")) for e in near)
    if parallel is None or not bare or token.unit not in ("%", "成") or not roles.composite(w) or s.theme is not None:
        return
    s.theme, basis, s.parent = parallel
    if basis in ("yoy", "pop"):
        dating.set_basis(w, basis)


def _as_much(token: Token, lead: str, ratio: Reading, last: Reading | None) -> bool:
    """Whether a bare multiple is of the same figure as the ratio told before it."""
    alike = token.unit in ("倍", "成") or (token.unit == "%" and last is ratio)
    return alike and _AS_MUCH.fullmatch(lead) is not None


def _said_again(w: Walk, last: Reading, token: Token) -> bool:
    """Whether a round share says what an exact one said before it: 比重为73.2%，超过七成."""
    round_one = token.unit == "成" or token.join == "fraction" or token.text in ("过半", "半数", "一半")
    if not round_one or last.token.unit != "%" or last.token.decimals == 0:
        return False
    return _AGAIN.fullmatch(w.norm, last.token.phrase_end, token.phrase_start) is not None


def _totalled(w: Walk, token: Token, start: int) -> bool:
    """Whether the clause says in front of a number that it is a sum: 1—9月累计实现X, 三季度共接待X."""
    lead = w.norm[start : token.phrase_start]
    for name in w.found:
        if start <= name.start and name.end <= token.phrase_start:
            lead = lead.replace(w.norm[name.start : name.end], "\0")
    return _SUM.search(lead) is not None


def _as_before(last: Reading | None, stretch: tuple[Period, ...], subjects: tuple[Subject, ...]) -> bool:
    """Whether the number before was a sum of the same thing over the same stretch: 累计106.42亿元，同比增长6.0%."""
    return last is not None and last.aggregate == "total" and last.span == stretch and last.subjects == subjects


def _signed(w: Walk, token: Token) -> bool:
    """Whether a minus stands in front of a number."""
    return w.norm[max(0, token.start - 2) : token.start].rstrip().endswith("-") or token.text[:1] in "-－−"


def _proportion(token: Token) -> Token:
    """三分之一, 过半 as percentages."""
    if token.join == "fraction" and not token.unit:
        return replace(token, unit="%")
    if token.text in ("过半", "半数", "一半") or (token.phrase in ("过半", "半数")):
        return replace(token, unit="%", values=(Decimal(50),), decimals=0)
    return token
