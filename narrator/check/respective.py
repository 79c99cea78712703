"""分别 and 依次: numbers that follow their subjects, periods or bases in order."""

from __future__ import annotations

import re
from itertools import pairwise

from narrator.check import anchored, dating, lasting
from narrator.check.clauses import after_mark, right_before
from narrator.check.cues import Cue
from narrator.check.figures import stands_for
from narrator.check.grounds import read_count
from narrator.check.memory import Event, Slot, Walk
from narrator.check.parts import INDICATORS, MODULES
from narrator.check.reading import Reading
from narrator.check.runs import of_length, runs
from narrator.check.subjects import Name, Subject
from narrator.model import Period
from narrator.numerals import periods_in
from narrator.numerals.period_reading import PeriodPhrase
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token
from narrator.records import replace

_MOVED = regex(r"[\s、和与及以]*(?:以及)?\s*(?:(?:增加|减少|提高|下降|上升|降低|增长|回落|提升|缩短|下调)了?)?\s*")
LISTED = regex(r"[\s、和与及以]*(?:以及)?\s*")
# 由0.542升至0.553吨标准煤/万元: how one came to the other
_CAME_FROM = regex(r"[由从自][^，。；：]{0,20}$")
_CAME_TO = regex(
    r"\s*(?:[，,]?(?:逐步|稳步|大幅|小幅|微|略|继续|进一步|快速|迅速|持续|一路|明显|逐[年期季月]))*"
    r"(?:[升降增减涨跌扩缩](?:[高低长加少大小短])?|上升|下降|上涨|下跌|提[高升]|攀升|回[升落]|下滑|压[缩减]|走[高低])?[至到为]\s*(?:了|约|近)?\s*"
)
_AGAINST = regex(r"(?:[低高快慢多少]于|[高低超]出|超过|落后|领先|比)[^，。；]{2,20}$")
_OF_OTHERS = regex(rf"(?:其[余他它]|余下|剩余)的?[^，。；、]{{0,4}}?(?:{MODULES}|{INDICATORS})[^，。；0-9]{{0,10}}$")
_THOSE = regex(
    rf"\s*(?:[上前]述|以上|这)?(?P<count>[两二三四五六七八])\s*(?:者|[项个大](?:(?P<modules>{MODULES})|(?P<items>{INDICATORS}))?)"
)
# 三期环比涨幅分别为…, 这两个半年依次…: the periods just listed, or the last so many
_SO_MANY = regex(
    r"(?<![第续隔过前后])(?P<count>[两二三四五六七八])(?P<unit>期|个半年|个季度|个月)(?![前后末内]|以[前后]|之[前后])"
)
_PAST_ONES = regex(
    r"(?<![比较与和同])(?:此前|之前|先前|前期)的?(?P<count>[两二三四五六七八])(?P<unit>期|个半年|个季度|个月|年)(?:[，,])?[^，。；0-9]{0,12}$"
)
_ITEMS = regex(
    "(?:^|(?<=[，。；：\n]))(?P<items>[^，。；：0-9、]{2,20}(?:[、和与及][^，。；：0-9、和与及]{2,20})+?)(?:的)?(?:指数)?(?:同比|环比)?$"
)
_COMPARED = regex(r"(?:[比较]|相[比较]于?|高于|低于|与|同)\s*$")


def spread(w: Walk, cue: Cue, i: int) -> None:
    """分别: give the numbers that follow their subjects, periods or bases in order."""
    s = w.state
    following: list[Token] = []
    for event in w.events[i + 1 :]:
        if isinstance(event, Token):
            if following and not _MOVED.fullmatch(w.norm, following[-1].phrase_end, event.phrase_start):
                break
            following.append(event)
        elif isinstance(event, Cue) and event.kind == "stop" and event.word not in "、，":
            break
    n = len(following)
    if n < 2:
        return
    stops = [e for e in w.events[:i] if isinstance(e, Cue) and e.kind == "stop"]
    clause = max((e.end for e in stops if e.word in "。；，：!?;\n"), default=0)
    sentence = max((e.end for e in stops if e.word in "。；!?;\n"), default=0)
    listed = s.recent or s.earlier  # where the sentence told figures of its own, those before are none of its list
    others = _others(w, following, cue.start)
    against, periods = _dates(w, n, clause, cue.start)
    periods = periods or _past_ones(w, n, sentence, cue.start)
    periods = periods or (() if against else _so_many(w, n, clause, cue.start))
    against = against or _dates(w, n, cue.end, following[0].phrase_start)[0]  # 分别比一、二、三季度回落
    if afterwards := anchored.following(w, cue.start, n):
        slots = [Slot(period=p, against=then) for then, p in afterwards]
    elif against:
        slots = [Slot(against=then) for then in against]
    elif others is not None:
        slots = [Slot(subjects=(subject,)) for subject in others] or [Slot(unclear=True)] * n
    elif len(s.named) == n and s.group:
        slots = [Slot(subjects=subjects) for subjects in s.named]
    elif those := _those(w, n, clause, cue.start):
        slots = [Slot(subjects=(subject,)) for subject in those]
    elif behind := _behind(w, following[-1], n):
        slots = [Slot(subjects=subjects) for subjects in behind]
    elif periods:
        slots = [Slot(period=period) for period in periods]
    elif bases := _bases(w, i, n, clause, sentence):
        slots = [Slot(basis=basis) for basis in bases]
    elif cue.kind == "each" and cue.word != "各":  # 同比各提高0.99个、2.42个百分点
        return
    elif (
        periods := _dates(w, n, sentence, cue.start)[1]
        or _since(w, n, sentence, cue.start)
        or _so_many(w, n, sentence, clause)
    ):
        slots = [Slot(period=period) for period in periods]
    elif partly := _partly_named(w, n, clause, cue.start):
        slots = partly
    elif len(listed) >= n:
        slots = [Slot(subjects=subjects) for subjects in listed[-n:]]
    elif len(w.frame.topics) == n and s.bound == "heading":
        slots = [Slot(subjects=(subject,)) for subject in w.frame.topics]
    elif cue.word in ("依次", "先后") and len(s.subjects) == 1 and n > 2:
        # 总指数同比增速依次为4.63%、5.08%和5.56%: of one thing, one after the other, the last of them now
        last = s.period or w.frame.report
        slots = [Slot(period=last.shift(k - n + 1)) for k in range(n)]
    else:
        slots = [Slot(unclear=True)] * n
    for token, slot in zip(following, slots, strict=True):
        s.spread[token.start] = slot


def _others(w: Walk, following: list[Token], end: int) -> list[Subject] | None:
    """其余四个模块增幅依次为…: those that the sentence or those before it did not name, each with the number that is its own.

    They may stand by size as well as in the order of the tables, so a number goes to the one whose figure it is; what
    is left over goes to those left over. Empty where they are not as many as the numbers, None where none are spoken of.
    """
    said = right_before(_OF_OTHERS, w.norm, end, 24)
    if said is None or not all(token.values for token in following):
        return None
    ledger, stop = w.names.ledger, end - len(said[0])
    nodes = ledger.dataset.nodes
    for start in (after_mark(w.norm, stop, "。！？\n"), 0):
        known = (x.code for n in w.found if start <= n.start and n.end <= stop for x in n.subjects if x.code)
        named = [code for code in known if nodes[code].parent]
        left = [c for c in ledger.children(nodes[named[-1]].parent or "") if c not in named] if named else []
        if len(left) == len(following):
            break
    else:
        return []
    measures = {"%": ("yoy", "pop", "share", "since_base"), "百分点": ("pull", "pull_pop"), "点": ("index",)}
    period, unit = w.state.period or w.frame.report, following[-1].unit

    def owners(measure: str) -> dict[int, str]:
        out: dict[int, str] = {}
        for i, token in enumerate(following):
            fits = (c for c in left if stands_for(abs(token.values[0]), abs(ledger.value(c, measure, period))))
            code = next((c for c in fits if c not in out.values()), None)
            if code is not None:
                out[i] = code
        return out

    found = max((owners(measure) for measure in measures.get(unit, ("value",))), key=len)
    rest = iter([c for c in left if c not in found.values()])
    return [Subject(code=found.get(i) or next(rest)) for i in range(len(following))]


def _partly_named(w: Walk, count: int, start: int, end: int) -> list[Slot]:
    """养老床位数、执业医师数、X指数同比分别: a list right in front of which not each is known; what is not is left open."""
    m = _ITEMS.search(w.norm, start, end)
    if m is None or re.search("[同环]比[、和与及]|[年季月期][、和与及]", m["items"]):
        return []
    out: list[Slot] = []
    place = m.start("items")
    for item in re.split("([、和与及])", m["items"]):
        stop = place + len(item)
        if len(item) > 1:
            names = [n for n in w.found if place <= n.start and n.end <= stop and n.subjects]
            out.append(Slot(subjects=names[0].subjects) if names else Slot(foreign=item))
        place = stop
    known = sum(1 for slot in out if not slot.foreign)
    return out if len(out) == count and 0 < known < count else []


def _those(w: Walk, count: int, start: int, end: int) -> list[Subject]:
    """三者贡献率分别为…, 上述两项依次…: as many as that of those named last, where the clause names none itself."""
    said = _THOSE.match(w.norm, start, end)
    if said is None or read_count(said["count"]) != count:
        return []
    ledger = w.names.ledger
    total = ledger.total.code
    here = {x.key for n in w.found if start <= n.start < end for x in n.subjects}
    if here - {total, *(ledger.node(code).parent for code in here if code in ledger.dataset.nodes)}:
        return []
    named = [x for n in w.found if n.end <= start and not n.ambiguous for x in n.subjects if x.key != total]
    if said["items"] or said["modules"]:  # X模块中，A…；Y模块中，B…。两项指标: A and B
        named = [x for x in named if not x.code or bool(ledger.children(x.code)) == bool(said["modules"])]
    last = list({x.key: x for x in reversed(named)}.values())[:count]
    return last[::-1] if len(last) == count else []


def unspoken(w: Walk, token: Token, near: list[Event]) -> None:
    """综合效益、双向开放模块环比2.06%和2.27%的降幅: as many numbers as names, in order, without 分别."""
    s = w.state
    if _dated_by_run(w, token, near):
        return
    if (
        s.versus
        and len(s.named) > 1
        and all(x.key == s.versus for e in near if isinstance(e, Name) for x in e.subjects)
    ):
        listed = chain(w, token)
        if len(listed) == len(s.named) and right_before(_AGAINST, w.norm, token.phrase_start):
            # A和B…，低于总指数8.68个和10.19个百分点
            for one, subjects in zip(listed, s.named, strict=True):
                s.spread[one.start] = Slot(subjects=subjects)
            return
    if (
        len(s.named) < 2
        or s.group_end < 0
        or any(isinstance(e, Cue) and e.kind in ("each", "sum", "gap", "compare") for e in near)
    ):
        return
    names = [e for e in near if isinstance(e, Name)]
    if not any(e.end == s.group_end for e in names):
        return
    # 与总指数… sets one thing beside another; the 和 between two names joins them.
    beside = [e for e in near if isinstance(e, Cue) and e.kind == "with"]
    if any(e.start < names[0].start or e.start > names[-1].end for e in beside):
        return
    listed = chain(w, token)
    if len(listed) == len(s.named) and len({t.unit for t in listed} - {""}) <= 1:
        for one, subjects in zip(listed, s.named, strict=True):
            s.spread[one.start] = Slot(subjects=subjects)


def _dated_by_run(w: Walk, token: Token, near: list[Event]) -> bool:
    """自…连续三期加快，7.5%、8.2%、9.4%: a bare list behind a run of as many periods, the last of them this one."""
    if near or w.norm[: token.phrase_start].rstrip()[-1:] not in ("，", ",", "：", ":", "（", "("):
        return False
    listed = chain(w, token)
    if len(listed) < 3 or any(t.kind != "quantity" for t in listed):
        return False
    sentence = w.sentence_start(token.start)
    counts = (
        t for t in w.figures if sentence <= t.start < token.start and t.unit in ("期", "个月", "个季度", "个半年")
    )
    if not any(
        t.values
        and int(t.values[0]) == len(listed)
        and re.search("(?:连续|近|最近)$", w.norm[sentence : t.phrase_start])
        for t in counts
    ):
        return False
    last = w.state.period or w.frame.report
    for back, one in zip(range(len(listed) - 1, -1, -1), listed, strict=True):
        w.state.spread[one.start] = Slot(period=last.shift(-back))
    return True


def chain(w: Walk, token: Token) -> list[Token]:
    """The numbers listed from `token` on: 4.62%、3.18%和0.30%."""
    out: list[Token] = []
    for one in w.figures:
        if one.start < token.start:
            continue
        if out and not LISTED.fullmatch(w.norm, out[-1].phrase_end, one.phrase_start):
            break
        out.append(one)
    return out


def with_unit(w: Walk, token: Token) -> Token:
    """6.54和2.15个百分点; 54.56万、56.98万和46.50万人次; 由0.385降至0.369吨标准煤/万元: the unit stands at the last."""
    own = token.unit in token.phrase
    if (
        (own and token.unit not in ("", "个", "万", "亿"))
        or token.kind not in ("quantity", "count")
        or token.form == "chinese"
    ):
        return token
    last = next((t for t in (*chain(w, token)[1:], *_reached(w, token)) if t.unit not in ("", "个", "万", "亿")), None)
    if last is None or not last.unit.startswith(token.unit if own and token.unit != "个" else ""):
        return token
    if last.unit in ("位", "年", "期", "月") or last.kind == "rank":
        return token
    return replace(token, unit=last.unit, kind="quantity")


def _reached(w: Walk, token: Token) -> list[Token]:
    """The figure that the one came to, from which it set out."""
    if right_before(_CAME_FROM, w.norm, token.phrase_start, 24) is None:
        return []
    following = (t for t in w.figures if t.phrase_start >= token.phrase_end)
    return [t for t in (*following,)[:1] if _CAME_TO.fullmatch(w.norm, token.phrase_end, t.phrase_start)]


_COUNTED = regex(r"(?P<unit>人次|架次|辆次|车次|人|户|家|件)数?量?\s*(?:约|近|超|逾|达到?|为|是|共|实现|完成|有)*\s*$")


def counted(token: Token, lead: str) -> Token:
    """购物人次21.7万: the unit's noun stands in front of the number, its scale behind."""
    m = _COUNTED.search(lead) if token.unit in ("万", "亿") else None
    return replace(token, unit=token.unit + m["unit"], kind="quantity") if m else token


def _behind(w: Walk, last: Token, n: int) -> list[tuple[Subject, ...]]:
    """降幅分别为16.68%和3.12%的开放便利、公共服务指数: the subjects stand behind their numbers."""
    place = last.phrase_end
    if w.norm[place : place + 1] != "的":
        return []
    place += 1
    out: list[tuple[Subject, ...]] = []
    for name in w.found:
        if name.start < last.phrase_end:
            continue
        if not LISTED.fullmatch(w.norm, place, name.start):
            break
        out += [name.subjects] if name.ambiguous else [(subject,) for subject in name.subjects]
        place = name.end
    return out if len(out) == n else []


def _dates(w: Walk, n: int, start: int, end: int) -> tuple[tuple[Period, ...], tuple[Period, ...]]:
    """The `n` periods said between two places: those that are compared with, or those that the numbers are of."""
    report = w.frame.report
    year = w.state.year or (w.state.period.year if w.state.period is not None else None)
    for run in reversed(runs(w.norm, report, start, end, year)):
        periods = of_length(run, n, report)
        if periods and _COMPARED.search(w.norm[max(0, run.start - 6) : run.start]):
            return periods, ()
        if periods:
            return (), periods
    windows = [p for p in w.windows.values() if start <= p.start < end and p.count == n]
    if windows:
        return (), lasting.windowed(windows[-1], [p for p in w.periods if p.start < end], report)
    named = [e for e in w.events if isinstance(e, PeriodPhrase) and start <= e.start < end]
    each = [p for e in named if (p := dating.resolved(w, e)) is not None]
    return (), tuple(each) if len(each) == n else ()


def _so_many(w: Walk, n: int, start: int, end: int) -> tuple[Period, ...]:
    """三期环比涨幅分别为…: the `n` periods that stand as a list in front of the clause, else the last `n` of them."""
    said = next((m for m in _SO_MANY.finditer(w.norm, start, end) if read_count(m["count"]) == n), None)
    report = w.frame.report
    if said is None or (said["unit"] != "期" and periods_in(said["unit"], report.frequency) != 1):
        return ()
    last = w.state.period or report
    told = [p for p in w.periods if p.end <= start and p.role != "window"]
    for i in range(len(told) - n, -1, -1):
        listed = told[i : i + n]
        if all(LISTED.fullmatch(w.norm, a.end, b.start) for a, b in pairwise(listed)):
            each = tuple(p for phrase in listed if (p := dating.resolved(w, phrase)) is not None)
            return each if len(each) == n else ()
    for run in reversed(runs(w.norm, report, 0, start)):
        if listed_so := of_length(run, n, report):
            return listed_so
    return tuple(last.shift(k - n + 1) for k in range(n))


def _past_ones(w: Walk, n: int, start: int, end: int) -> tuple[Period, ...]:
    """此前两期分别…: the `n` periods before the one that is spoken of, in order."""
    said = _PAST_ONES.search(w.norm, start, end)
    now = w.state.period or w.frame.report
    step = periods_in(said["unit"], now.frequency) if said is not None else 0
    if said is None or not step or read_count(said["count"]) != n:
        return ()
    return tuple(now.shift((k - n) * step) for k in range(n))


def _since(w: Walk, n: int, start: int, end: int) -> tuple[Period, ...]:
    """2022年下半年以来，…依次为: the periods from then to this one, where they are `n` and nothing else is as many."""
    named = {x.key for e in w.events if isinstance(e, Name) and start <= e.start < end for x in e.subjects}
    if len(named) == n:
        return ()
    phrases = [p for p in w.periods if start <= p.start < end]
    found = lasting.onward(w.norm, reversed(phrases), w.frame.report)
    return next((periods for periods in found if len(periods) == n), ())


def _bases(w: Walk, i: int, n: int, clause: int, sentence: int) -> list[str]:
    """同比、环比 of this clause, or of the one before: 同比、环比均实现增长，涨幅分别为…, 比一季度高…，比去年同期高…，分别增长…"""
    for start in (clause, sentence):
        found: list[str] = []
        for k, event in enumerate(w.events[:i]):
            if isinstance(event, Cue) and event.kind in ("yoy", "pop") and event.start >= start:
                # 半年、一年的涨幅分别为; in an earlier clause 2023年两个半年 is no basis of these.
                if start == clause or ("半年" not in event.word and "一年" not in event.word):
                    found.append(event.kind)
            elif isinstance(event, PeriodPhrase) and event.start >= start and start != clause:
                found += _compared_basis(w, k, event)
        if len(found) == n and len(set(found)) == n:
            return found
    return []


def _compared_basis(w: Walk, k: int, phrase: PeriodPhrase) -> list[str]:
    """What 比一季度 and 比去年同期 come to: the basis of the change that is told behind them; none for another period."""
    before = w.events[k - 1] if k else None
    if not (isinstance(before, Cue) and before.kind == "compare" and before.end == phrase.start):
        return []
    then, target = dating.resolved(w, phrase), w.state.period or w.frame.report
    return ["yoy"] if then == target.year_before else ["pop"] if then == target.previous else []


_RATED = regex("增[幅速]|[涨升降跌]幅|增长率")


def slotted(w: Walk, reading: Reading, slot: Slot) -> Reading:
    """The reading with what its place in the list says."""
    if slot.subjects:
        mode = "one" if len(slot.subjects) == 1 else "either"
        return replace(reading, subjects=slot.subjects, mode=mode, bound="clause", ambiguous=False)
    if slot.against is not None and not (slot.period is not None and reading.said and reading.basis in ("yoy", "pop")):
        now = slot.period or w.state.period or w.frame.report
        if slot.period is not None and now.year_before != slot.against:
            # 此后三期分别增长…: on the year, or each on the one before
            rated = _RATED.search(reading.lead) is not None
            either = (now.year_before,) if rated else (slot.against, now.year_before)
            return replace(reading, against=either, said=True, periods=(now,), dated=True)
        return replace(reading, against=(slot.against,), said=True, periods=(now,), dated=slot.period is not None)
    if slot.period is not None:
        then = slot.period
        against = reading.against
        if reading.basis in ("yoy", "pop"):
            against = (then.before(reading.basis),)
        elif against and not reading.said:
            against = ()
        return replace(reading, periods=(then,), dated=True, against=against)
    if slot.basis:
        target = reading.periods[0] if reading.periods else w.frame.report
        against = (target.before(slot.basis),)
        return replace(reading, against=against, said=True, basis=slot.basis)
    if slot.foreign:
        return replace(reading, subjects=(), bound="none", foreign=slot.foreign)
    return replace(reading, ambiguous=True)
