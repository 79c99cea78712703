"""The reading of one number, put together from its words and from what is in mind."""

from __future__ import annotations

import re
from decimal import Decimal

from narrator.check import (
    aggregates,
    carrying,
    comparisons,
    dating,
    departures,
    hedges,
    lasting,
    operands,
    ratios,
    respective,
    roles,
)
from narrator.check.clauses import after_mark, right_before
from narrator.check.cues import Cue, residue
from narrator.check.figures import same_unit
from narrator.check.memory import Event, Walk
from narrator.check.parts import ALL_PARTS
from narrator.check.reading import Reading, Role
from narrator.check.sources import clause_around
from narrator.check.subjects import Name, Subject
from narrator.check.wording import Wording
from narrator.model import Period
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token
from narrator.records import replace

# 比重为73.2%，超过七成
_AGAIN = regex(
    r"\s*[，,（(]\s*(?:比重|占比|份额|比例)?(?:已经?|也|均|仍|还|即|大?约|将?近|接近|逼近|超过?|逾|突破|达到?|不足|不到|高达|仅|为|就|是|占)*\s*"
)
_EXACTLY = regex(r"(?:左右|上下|以[上下]|[强弱多]|有余)?\s*[（(]\s*(?:即|为|约|约为)?\s*")  # 四分之一强（25.65%）
# 以不足两成的权重贡献了过半的增幅: each is of what stands behind it
_WEIGHED = regex(r"\s*(?:左右|多|以上)?的权[重数]")
_OF_WEIGHT = regex("权[重数](?![^，。；]*(?:贡献|拉动))|占")
_RATE = "[增涨升降]幅"
# 占总指数增幅（5.81%）的…
_GROWTH = regex(rf"\s*的?(?:同比|环比)?{_RATE}")
_GROWN = regex(rf"{_RATE}\s*[（(]?\s*$")
_OF_GROWTH = regex(rf"\s*[)）]?(?:的?(?:同比|环比)?{_RATE})?\s*的(?:约|近|逾|超过?)?\s*")
_LIFTED = regex(r"(?:支撑|支持|助推|助力|托举|托起|推动|带动|拉动|推升|拉低|拖累)(?:了|着)?指数[^，。；0-9]{0,6}\s*$")
_SUM = regex("累计|合计|共计|总计|总共|(?<![公])共(?![同享建识用青])")
_TOGETHER = regex("合起来|加起来|[合加]在一起|两者之和|二者之和")
_STOP = regex("[，。；：！？、,;!?\n（(]")
_YEAR_BEFORE = regex("[比较与]\\s*(?:上年|去年|上一年|20\\d\\d年)(?:度|同期|全年)?的?$")
_PARTS = regex("[大个各项](?:分项)?(?:模块|板块|分指数|分项)")
_OTHERS = regex(
    r"(?:其余|其他|其它|余下|剩余|另外)[^，。；]{0,8}(?:模块|板块|指标|各项|分项|部分)|(?:其余|其他|余下|剩余)\s*[一二三四五六七八九十两\d]+\s*[个项]"
)


def reading_of(w: Walk, token: Token, near: list[Event], near_start: int) -> Reading:
    """What the words say of `token`; `near` are the events since `near_start`, the last mark or number."""
    n = _worded(w, token, near, near_start)
    reading = _as_the_last(n)
    if reading is not None:
        return reading
    n.token = _proportion(n.token)
    _as_the_member_before(n)
    _what_it_is(n)
    _whose_it_is(n)
    _of_how_many(n)
    reading = departures.told(n, _composed(n))
    return dating.bracketed(w, respective.slotted(w, reading, n.slot) if n.slot else reading)


def _worded(w: Walk, token: Token, near: list[Event], near_start: int) -> Wording:
    """The number, with what it shares with others of a list (a unit, 分别), and the words on either side of it."""
    lead = w.norm[near_start : token.phrase_start]
    stop = _STOP.search(w.norm, token.phrase_end)
    tail = w.norm[token.phrase_end : stop.start() if stop else len(w.norm)][:24]
    clause = clause_around(w.text, token.phrase_start, token.phrase_end)
    token = respective.counted(respective.with_unit(w, token), lead)
    if token.start not in w.state.spread:
        respective.unspoken(w, token, near)
    start = after_mark(w.norm, near_start, "，。；：\n")
    slot = w.state.spread.get(token.start)
    return Wording(w, token, near, near_start, lead, tail, clause, slot, start, w.norm[start : token.phrase_start])


def _as_the_last(n: Wording) -> Reading | None:
    """The reading of a number that goes on in a list, or says once more what the one before it said; else None."""
    w, token, slot, last = n.walk, n.token, n.slot, n.state.last
    if last is None:
        return None
    listed = respective.LISTED.fullmatch(w.norm, n.state.last_end, token.phrase_start) is not None
    alike = last.token.kind == token.kind or (
        slot is not None and {last.token.kind, token.kind} == {"quantity", "count"} and token.unit != ""
    )
    again = slot is None and _said_again(w, last, token)
    exactly = slot is None and _said_exactly(w, last, token)
    if not (listed and alike) and not again and not exactly:
        return None
    reading = replace(last, token=token, lead=n.lead, tail=n.tail, clause=n.clause, signed=_signed(w, token))
    if again or exactly:
        return replace(reading, token=_proportion(token), hedge=_hedge(n))
    return dating.bracketed(w, respective.slotted(w, reading, slot) if slot else reading)


def _what_it_is(n: Wording) -> None:
    """Level, change, share, gap …, and which way."""
    w, token, near = n.walk, n.token, n.near
    role, sign, noun, n.reached = roles.role_of(w, token, near)
    n.comparison = comparisons.compared(w, token, near, n.near_start, role, sign, noun)
    n.noun = n.comparison.noun
    role, sign = roles.unspoken(w, token, n.comparison.role, n.comparison.sign, near, n.lead)
    n.role, n.sign = roles.themed(w, token, role, sign, near, n.lead)
    if n.role in ("change", "pace") and not n.noun and roles.of_the_share(w, token, near):
        n.role, n.noun = "pace", "share"


# --------------------------------------------------------------------------- whose it is


def _whose_it_is(n: Wording) -> None:
    """What its clause names or goes on with, and where other words tell of something else, that."""
    w, s, token = n.walk, n.state, n.token
    n.explicit = any(name.subjects for name in n.names)
    n.subjects = s.subjects
    if not n.explicit and "平均" in n.lead and _PARTS.search(n.clause_lead):
        n.subjects = (Subject(code=w.names.ledger.total.code, aspect="index"),)
    if not n.explicit and not n.slot:
        n.subjects = carrying.ahead(w, token) or n.subjects
    _of_what_moved(n)
    if n.comparison.subjects:
        n.subjects = n.comparison.subjects
    elif n.role == "gap" and len(n.subjects) > 1:
        n.subjects = n.subjects[-1:]
    _of_growth(n)
    if not n.explicit:
        _named_apart(n)
    listed = _listed(s.recent)
    alone = not n.explicit and not n.slot and len(n.subjects) == 1
    same_kind = s.last is not None and s.last.token.unit == token.unit and s.last.role == n.role
    if n.cue("each") and alone and len(listed) > 1 and same_kind:
        n.subjects = listed  # A为a点、B为b点、C为c点，均超过350点


def _listed(groups: list[tuple[Subject, ...]]) -> tuple[Subject, ...]:
    """All that was named, each once."""
    return tuple(dict.fromkeys(x for group in groups for x in group))


def _of_what_moved(n: Wording) -> None:
    """Which of two a share, a pull or the level reached is of: the part that moves, or the whole that is moved."""
    w, s, token = n.walk, n.state, n.token
    given = carrying.giver(w, token)
    source = given.subjects if given is not None else ()
    if given is not None and token.unit in ("%", "成", "百分点", "点") and n.subjects:
        owner = s.last.parent if s.last is not None and s.last.role in ("share", "pull") else ""
        s.parent, s.side = owner or n.subjects[0].code, ""
        n.subjects, n.role, n.sign = source, "share" if token.unit in ("%", "成") else "pull", 0
        n.mode = "sum" if len(source) > 1 else "one"
        n.tail = "" if ratios.tells_a_part(token) else n.tail  # it was read
    unnamed = n.role == "pull" and not source and s.moved in {name.start for name in n.names}
    if unnamed and not ALL_PARTS.search(n.clause_lead):
        n.subjects = ()  # 工业带动总指数上升1.2个百分点: the part of something that is not known
    if n.role == "share" and given is None and [x.code for x in n.subjects] == [s.parent]:
        n.subjects = ()  # 其投资额…，贡献了模块指数涨幅的四分之一: of a part that is not known, and not of the whole itself
    if n.role == "level" and n.reached and (whole := _moved_to(n.near, s.parent) or _lifted(n)):
        n.subjects, n.explicit = whole, True  # X拉动总指数升至135.64点: what was moved
        s.subjects, s.ambiguous = (*whole, *s.subjects[-1:]), True  # …，同比上升5.81%: of either
    elif n.role in ("share", "pull") and s.parent and [x.code for x in n.subjects[:-1]] == [s.parent]:
        s.subjects, s.ambiguous = n.subjects[-1:], False  # …，贡献率达37.43%: of the part, which the whole has not
        n.subjects = s.subjects


def _of_growth(n: Wording) -> None:
    """占总指数5.81%增幅的…, 占总指数增幅（5.81%）的…: the growth of the whole, then a share of it."""
    w, s, token = n.walk, n.state, n.token
    if not s.parent:
        return
    whole = (Subject(code=s.parent, aspect="index"),)
    clause = w.norm[after_mark(w.norm, token.phrase_start, "，。；：\n") : token.phrase_start]
    grown = _GROWTH.match(w.norm, token.phrase_end) or _GROWN.search(clause)
    if n.role == "change" and "占" in clause and grown:
        n.subjects = whole
        return
    grew = s.last is not None and s.last.role == "change" and s.last.subjects[:1] == whole
    if grew and token.unit in ("%", "成") and _OF_GROWTH.fullmatch(w.norm, s.last_end, token.phrase_start):
        n.role, n.sign = "share", 0


def _named_apart(n: Wording) -> None:
    """What is named behind the number, or in front of the rate that it is."""
    n.behind = carrying.behind(n.walk, n.token)
    if n.behind:
        n.subjects, n.explicit = n.behind, True
    elif n.role == "level":
        subjects, basis = carrying.rated(n.walk, n.token)
        if subjects:
            n.subjects, n.explicit, n.role = subjects, True, "change"
            dating.set_basis(n.walk, basis)


def _of_how_many(n: Wording) -> None:
    """One, each, the sum or the rest of several."""
    w, s = n.walk, n.state
    rate = roles.OF_RATE.match(w.norm, n.token.phrase_end)
    if (
        rate is not None
        and n.cue("sum")
        and n.names
        and n.names[-1].end == n.token.phrase_start
        and n.names[-1].subjects
    ):
        # 两者合计超过总指数2.90%的降幅: what the sum is held against
        n.subjects, n.role, n.sign, n.mode = n.names[-1].subjects, "change", -1 if rate["down"] else 0, "one"
        return
    shared = n.role in ("share", "pull")
    beyond = (
        n.role == "gap" and "+" in n.comparison.other
    )  # 比A、B、C之和还多: what is set against the sum is not in it
    summing = not beyond and (n.cue("sum") or (shared and operands.JOINT.search(n.clause_lead) is not None))
    if len(n.subjects) > 1 and not n.slot and n.mode == "one":
        on = s.last is not None and s.last.mode == "sum" and s.last.subjects == n.subjects  # 合计拉动…，占总指数增幅的…
        n.mode = "sum" if summing or s.joint or (on and shared) else "all" if n.cue("each") else "either"
    if summing and not n.slot:
        n.subjects = operands.of(w, n.clause_lead, n.subjects, n.explicit)
        n.mode = "sum" if len(n.subjects) > 1 else n.mode if n.subjects else "one"
    if len(n.comparison.subjects) > 1:
        n.mode = "sum"
    if n.mode != "sum" and len(n.subjects) == 1 and _TOGETHER.search(n.lead):
        n.subjects = ()  # 专利（38.82%）与X（39.08%）…，合起来接近八成: the other one is not known
    if n.cue("sum") and n.role == "level":
        _as_was_told(n)
    if _OTHERS.search(n.clause_lead) and (s.recent or len(s.group) > 1):
        _of_the_others(n)


def _as_was_told(n: Wording) -> None:
    """What a bare sum is: as the figures just listed, which it adds up, or as what the paragraph told of its parts."""
    last = n.state.last
    if last is None:
        n.role = _told_as(n) if n.mode == "sum" else n.role  # A的贡献率为a%，B的为b%。二者合计占c%
    elif last.token.unit == n.token.unit or {last.token.unit, n.token.unit} == {"%", "成"}:
        n.role, n.sign, n.summed = last.role, last.sign, True  # 贡献率分别为a%和b%，合计为57.78%, 接近六成


def _of_the_others(n: Wording) -> None:
    """其余模块…: what those named before leave of the whole; 其余模块…均…: each of the parts that are left."""
    s = n.state
    n.mode = "rest"
    n.role = s.last.role if n.role == "level" and s.last is not None else n.role
    n.subjects = _listed([*s.recent, tuple(s.group)])
    if n.cue("each") and (left := _left_over(n.walk, n.subjects)):
        n.subjects, n.mode = left, "all"


# --------------------------------------------------------------------------- put together


def _composed(n: Wording) -> Reading:
    """The reading by what governs the clause; `departures` may find that the number is set apart from it."""
    w, s, token = n.walk, n.state, n.token
    periods, dated, against, said = dating.when(w, token, n.near, n.role, n.reached)
    if n.summed and s.last is not None and n.role != "level":
        periods, dated, against, said = s.last.periods, s.last.dated, s.last.against, s.last.said
    if s.period_also is not None and periods == (s.period,):
        periods = (*periods, s.period_also)
    rest = _behind_the_name(n)
    foreign = residue(rest)
    s.weighing = s.weighing or "权重" in rest or "权数" in rest
    weighed = token.unit in ("%", "成") and _WEIGHED.match(w.norm, token.phrase_end) is not None
    n.weight = weighed or (s.weighing and token.unit in ("%", "") and _OF_WEIGHT.search(rest) is not None)
    if weighed:
        n.role = "level"
    aggregate, span = _made_of(n, rest, said)
    return Reading(
        token, n.clause, n.subjects, n.mode, bound=(s.bound if s.subjects else "carried") if n.subjects else "none",
        role=n.role, sign=n.sign, side=s.side, against=against, said=said, periods=periods, dated=dated,
        parent=s.parent if n.role in ("share", "pull") else "",
        foreign=("" if n.weight else foreign) or ("" if n.explicit else s.foreign),
        hedge=_hedge(n) or n.comparison.hedge, lead=n.lead, tail=n.tail, noun=n.noun, basis=s.basis, signed=_signed(w, token),
        window=next((p.count for p in w.windows.values() if p.start <= token.start < p.end), 0),
        ambiguous=s.ambiguous, other=n.comparison.other, rate=roles.rate_of(w, n.lead), gap_of=n.comparison.gap_of,
        aggregate=aggregate, span=span, before=w.norm[max(0, n.near_start - 16) : n.near_start],
        verb=next((e.word for e in reversed(n.near) if isinstance(e, Cue) and e.kind == "verb"), ""), after=s.after,
        told=tuple(s.told[-6:]), heard=tuple(s.heard[-12:]), measures=("weight",) if n.weight else (),
    )  # fmt: skip


def _behind_the_name(n: Wording) -> str:
    """The words between the last name in front of a number and the number, without dates: what is said of the name."""
    w = n.walk
    start = max((name.end for name in n.names), default=n.near_start)
    rest = w.norm[start : n.token.phrase_start]
    for date in n.dates:
        if date.start >= start:
            rest = rest.replace(date.text, "\0")
    if n.role == "change" and (comparative := right_before(comparisons.COMPARATIVE, rest, len(rest), 16)) is not None:
        rest = rest[: comparative.start()]  # 同比多成交: how it went on says nothing of what it is
    return rest


def _made_of(n: Wording, rest: str, said: bool) -> tuple[str, tuple[Period, ...]]:
    """How a figure of several periods is made (total, mean, yearly …; empty for one of a single period), and of which."""
    w, s, token = n.walk, n.state, n.token
    measured = token.kind in ("quantity", "count")
    aggregate = aggregates.kind_of(rest) if measured and n.role != "gap" else ""
    if aggregate == "new" and said:
        aggregate = ""
    n.stretch = lasting.whole(w, token) if n.role in ("level", "change") and measured else ()
    together = lasting.summed(w, token) if n.role == "level" else ()
    if together and together != n.stretch:
        n.stretch, aggregate = together, "total"
    if n.stretch and aggregate in ("", "total") and not n.cue("pop") and not re.search("占|比重", n.lead):
        total = aggregate or _totalled(w, token, start=n.clause_start) or _as_before(s.last, n.stretch, n.subjects)
        aggregate = "total" if total else "whole"
    elif aggregate == "total" and n.role != "level":
        aggregate = ""  # 累计上升: a change, since when it counts
    if not aggregate:
        span: tuple[Period, ...] = ()
    else:
        span = n.stretch if together or aggregate == "whole" else lasting.covered(w, token)
    if n.role == "level" and _YEAR_BEFORE.search(n.lead):
        span = tuple(period.year_before for period in span)  # 1—9月累计492.20万人次，较去年同期的459.06万人次…
    return aggregate, span


def _hedge(n: Wording) -> str:
    said = hedges.hedge_of(n.walk.norm, n.token.phrase_start, n.token.phrase_end, n.token.infix)
    much = roles.MUCH_OF.search(n.lead) if n.role == "share" and not said else None
    if much is None:
        return said
    return next((hedge for hedge, words in ratios.HEDGES if words.search(much["how"])), "")


def _told_as(n: Wording) -> Role:
    """share or pull, where that is what the paragraph last told of each; else a level."""
    last = {o.node: o.measure for o in n.state.heard if same_unit(n.token.unit, o.unit) is not None}
    told = {last.get(x.code) for x in n.subjects}
    return "share" if told == {"share"} else "pull" if told == {"pull"} else "level"


def _left_over(w: Walk, named: tuple[Subject, ...]) -> tuple[Subject, ...]:
    """The parts of the same whole that were not named."""
    nodes, codes = w.names.ledger.dataset.nodes, [x.code for x in named]
    whole = next((p for code in reversed(codes) if code in nodes and (p := nodes[code].parent)), "")
    return tuple(Subject(code=c) for c in w.names.ledger.children(whole) if c not in codes) if whole else ()


def _moved_to(near: list[Event], parent: str) -> tuple[Subject, ...]:
    """What is named right behind 拉动 and so reached a level, where it is the whole that something moves."""
    for k, event in enumerate(near[:-1]):
        name = near[k + 1]
        if not (isinstance(event, Cue) and event.kind == "pull" and isinstance(name, Name) and parent):
            continue
        whole = name.subjects or ((Subject(code=parent, aspect="index"),) if name.generic == "module" else ())
        if [x.code for x in whole] == [parent] and not any(isinstance(e, Name) for e in near[k + 2 :]):
            return whole
    return ()


def _lifted(n: Wording) -> tuple[Subject, ...]:
    """X和Y对模块指数上行的贡献率为…，支撑指数升至122.90点: the whole of which what was spoken of are parts."""
    s, nodes = n.state, n.walk.names.ledger.dataset.nodes
    parts = bool(n.subjects) and all(x.code in nodes and nodes[x.code].parent == s.parent for x in n.subjects)
    if not (s.parent and parts and _LIFTED.search(n.lead)):
        return ()
    return (Subject(code=s.parent, aspect="index"),)


def _as_the_member_before(n: Wording) -> None:
    """A的贡献率为33.47%；B为20.50%: what a bare rate of a module is, the member before the semicolon has said."""
    w, s = n.walk, n.state
    parallel, s.parallel = s.parallel, None
    light = [e for e in n.near if not (isinstance(e, Cue) and (e.kind in ("is", "neutral") or e.word == "加上"))]
    bare = all(isinstance(e, Name) for e in light)
    if parallel is None or not bare or n.token.unit not in ("%", "成") or not roles.composite(w) or s.theme is not None:
        return
    s.theme, basis, s.parent = parallel
    if basis in ("yoy", "pop"):
        dating.set_basis(w, basis)


def _said_again(w: Walk, last: Reading, token: Token) -> bool:
    """Whether a round share says what an exact one said before it: 比重为73.2%，超过七成."""
    if not ratios.tells_a_part(token) or last.token.unit != "%" or last.token.decimals == 0:
        return False
    return _AGAIN.fullmatch(w.norm, last.token.phrase_end, token.phrase_start) is not None


def _said_exactly(w: Walk, last: Reading, token: Token) -> bool:
    """Whether a bracket gives exactly what a round share said before it: 四分之一强（25.65%）, 六成来自X（61.30%）."""
    if not ratios.tells_a_part(last.token) or token.unit != "%" or token.decimals == 0:
        return False
    if not w.norm.startswith((")", "）"), token.phrase_end):
        return False
    place = last.token.phrase_end
    if last.role == "share" and (given := carrying.giver(w, last.token)) is not None:
        place = given.end
    return _EXACTLY.fullmatch(w.norm, place, token.phrase_start) is not None


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
