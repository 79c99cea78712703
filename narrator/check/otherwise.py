"""Whether a sentence's own words can mean the figure that a number is, though another was taken to be meant.

Words say of a number what it is, of which period and against which; where they stand far off, more than one of them
may be the one. A number that is none of what its words were taken to name, but exactly what other words of the same
sentence name, is not called wrong: it is pointed out, with both. So is one that agrees with nothing, where a word that
makes a figure of several (累计, 两年平均) or takes it from somewhere else (较峰值) was not taken in.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from narrator.check.clauses import after_mark
from narrator.check.doubt import is_slip, unsure
from narrator.check.figures import Option, same_unit, stands_for
from narrator.check.reading import Judgement, Reading
from narrator.model import Period
from narrator.numerals.normal_text import plain
from narrator.numerals.period_reading import PeriodPhrase, find_periods
from narrator.numerals.regex import regex

if TYPE_CHECKING:
    from narrator.check.judge import Judge

_FACT = regex(r"(?P<code>[^.@]+)\.(?P<measure>[a-z_]+)@(?P<period>[^@/]+)")
_YEAR = regex(r"\d{4}|[今本去上前明当]年|上一年")
_THEN = regex("彼时|[当那其]时(?!间)")
_BASIS_SAID = regex("同比|环比|[比较]|相比|基期|贡献|拉动|拖累|累计|年均")
_RATE = regex("[增涨升降跌减][幅速]|加快|放缓|扩大|收窄")
_IN_TURN = regex("分别|依次")
_REACHED = regex("[至到]\\s*$")
_HEADS = regex("[在至到截其中而且但]*")  # what may stand before the date that a sentence or a clause sets out from
_RATE_NAMED = regex("[同环]比")
_ANCHORED = regex(f"{_THEN.pattern}|[此其之][前后]|次[年季月]")
_GROWTH = "同比|上年|去年|[增涨升降跌减][幅速长]|[上回]升|上涨|提高|提升|下[降滑]|回落|减少|增加"
# What a sentence must say for a number to be one of these measures.
_SAYS = {
    "share": "贡献",
    "pull": "拉动|上拉|下拉|带动|推动|拖累|拉低",
    "since_base": "基期|累计|以来|\\d{4}年?(?:相比|为100)",
    "yoy": _GROWTH,
    "pop": "环比|上期|上个?半年|上个?季|上个?月|较[上下]半年|比[上下]半年",
}
_RANKED = {
    "rank_yoy": "增[幅速]|[涨升降跌]幅|涨势[居领]",
    "rank_pop": "环比[增涨升降跌]幅",
    "rank_share": "贡献|拉动|拖累",
}
_BY_LEVEL = regex(
    "[但而且其则也，\\s]*(?:指数值?|点位|数值|水平)(?![^，。；]*[增涨升降跌][幅速])"
)  # 增幅居首位，指数也居首位
_OF_SEVERAL = regex(
    "累计|合计|共计|总计|之和|加在一起|合[起在]来|加起来|共同|总共|一共|[年月季期日](?:度)?平均|[年月季]均|[两三四五六七八九十\\d]年(?:[间来]|期间)?(?:累计|共|总体|[增升涨降减提翻])"
)
_DIFFERS = regex(
    "(?<![最新走降升偏较调提])(?:(?:[高低多少]出?|领先|落后)了?|(?:相差|差距?|优势)[了为达有]?)[约近]?\\s*$"
)
_OVERTAKES = regex("[超赶压][过越]|[反赶]超|高于|胜过|盖过")
_ELSEWHERE = regex(
    "峰|谷|[高低]点|最[高低多少]|[高低]位|当初|原先|起点|每|再|尚|还|范围|第[一二三四五六七八九十]位|首位|末位"
)


def weighed(judge: Judge, reading: Reading, judgement: Judgement, text: str) -> Judgement:
    """The judgement, or doubt in its place where the words of the sentence leave room for what the number is."""
    if judgement.name != "wrong" or reading.header:
        return judgement
    room = _ROOM.get(judgement.rule, ())
    if not room:
        return judgement
    norm = plain(text)
    place = reading.token.phrase_start
    start = after_mark(norm, place, "。！？!?\n")
    if judgement.rule == "wrong-period":
        before = norm[after_mark(norm, max(0, start - 1), "。！？!?\n") : place]  # from the sentence before on
        if _of_period_before(judge, reading, judgement, before):
            return unsure(judgement)
    return unsure(judgement) if any(left(judge, reading, judgement, norm[start:place]) for left in room) else judgement


# --------------------------------------------------------------------------- another period


def _of_named_period(judge: Judge, reading: Reading, judgement: Judgement, front: str) -> bool:
    """Of the period that 近三年四季度, 自2022年以来, 上半年的 can mean as well as what they were taken for."""
    other = _other(judgement)
    if other is None or _told(reading, judgement.related[0]):
        return False
    if reading.dated and _IN_TURN.search(front):
        return False  # one of a row, dated by its place in it
    if len({o.period for o in reading.told if o.measure == other["measure"]}) > 1:
        return False
    meant = Period.parse(other["period"])
    lead = front[len(front) - len(reading.lead) :] if front.endswith(reading.lead) else ""
    all_named, own = find_periods(front, judge.report), find_periods(lead, judge.report)
    words, phrases = (lead, own) if own else (front, all_named)
    if _THEN.search(lead) and not any(p.period is not None and p.period < judge.report for p in all_named):
        return meant < judge.report  # 当时的8.32件, of a time that the sentence does not name
    return any(_can_mean(p, meant, judge.report, words, all_named) for p in phrases if not _compared_with(p, words))


def _compared_with(phrase: PeriodPhrase, words: str) -> bool:
    """比上半年低: what is said is of another period than this; 比上半年的 says a figure of it."""
    return words[: phrase.start].endswith(("比", "较", "与", "于")) and not words.startswith("的", phrase.end)


def _within(period: Period, months: tuple[int, int, int]) -> bool:
    year, first, last = months
    return period.year == year and first <= period.months[0] and period.months[-1] <= last


def _can_mean(phrase: PeriodPhrase, meant: Period, report: Period, words: str, all_named: list[PeriodPhrase]) -> bool:
    if phrase.role == "window":
        return report.year - phrase.count <= meant.year <= report.year
    if phrase.months is not None and words.startswith(("以来", "起", "开始"), phrase.end):
        return (meant.year, meant.months[0]) >= phrase.months[:2]
    if phrase.closed_year is not None:  # 2024年末 is one day
        return (meant.year, meant.months[-1]) == (phrase.closed_year, 12)
    if phrase.period is None:
        return phrase.months is not None and _within(meant, phrase.months)
    if phrase.period == meant:
        return True
    # 下半年, 四季度, 5月 behind a year, or a row of years
    return (
        _YEAR.match(phrase.text) is None
        and (phrase.period.frequency, phrase.period.number) == (meant.frequency, meant.number)
        and any(
            p.role == "window"
            or (p.months is not None and p.months[0] == meant.year and _YEAR.match(p.text) is not None)
            for p in all_named
        )
    )


def _of_period_before(judge: Judge, reading: Reading, judgement: Judgement, before: str) -> bool:
    """Of now, where another period is named within the sentence only, or of the one that the sentence before names."""
    option, other = judgement.option, _other(judgement)
    if option is None or other is None or reading.mode != "one" or _told(reading, judgement.related[0]):
        return False
    if (other["code"], other["measure"]) != (option.node, option.measure) or find_periods(reading.lead, judge.report):
        return False
    meant = Period.parse(other["period"])
    start = after_mark(before, len(before), "。！？!?\n")
    if _IN_TURN.search(before, start) or _ANCHORED.search(before, start):
        return False
    named = find_periods(before, judge.report)
    if meant == judge.report:
        beside = [p for p in named if p.start >= start and p.period == option.period]
        return any(not _HEADS.fullmatch(before, after_mark(before, p.start, "，；。,;\n"), p.start) for p in beside)
    return any(p.period == meant for p in named if p.end <= start)


# --------------------------------------------------------------------------- something else


def _instead_of_nothing(judge: Judge, reading: Reading, judgement: Judgement, _: str) -> bool:
    """Where the words were taken to mean what there is no figure of, unless they name its period or basis outright."""
    if judgement.expected:
        return False
    return not _RATE_NAMED.search(reading.lead) and not find_periods(reading.lead, judge.report)


def _in_its_unit(judge: Judge, reading: Reading, judgement: Judgement, _: str) -> bool:
    """减少0.47件 behind the growth of an index: the unit tells that it is no growth of an index."""
    option, other = judgement.option, _other(judgement)
    if option is None or other is None or reading.role == "level":
        return False
    node = judge.figures.nodes.get(other["code"])
    meant = judge.figures.option(other["code"], other["measure"], Period.parse(other["period"])) if node else None
    unit = reading.token.unit
    return meant is not None and same_unit(unit, option.unit) is None and same_unit(unit, meant.unit) is not None


# --------------------------------------------------------------------------- another measure


def _of_named_measure(_: Judge, reading: Reading, judgement: Judgement, front: str) -> bool:
    """Growth after 增幅居前，分别为, a share in brackets behind 贡献了…的七成."""
    other = _other(judgement)
    if other is None or _told(reading, judgement.related[0]):
        return False
    if _REACHED.search(reading.lead) if reading.role == "level" else _BASIS_SAID.search(reading.lead):
        return False
    says = next((said for name, said in _SAYS.items() if name in other["measure"]), None)
    if reading.role != "level" and says == _GROWTH:
        says = "同比|上年|去年"
    return says is not None and re.search(says, front + reading.tail) is not None


def _by_named_order(judge: Judge, reading: Reading, judgement: Judgement, front: str) -> bool:
    """A place by growth or contribution, where the sentence speaks of it, or of another period or thing that it names."""
    option = judgement.option
    if option is None or not option.measure.startswith("rank") or not reading.token.values:
        return False
    place = float(reading.token.values[0])
    said = (*reading.heard, *reading.told)
    by_level = _BY_LEVEL.match(reading.lead) is not None
    orders = [] if by_level else [*_order_spoken_of(front), *_order_just_told(reading, option, said)]
    times = {o.period for o in reading.told if o.measure == option.measure} | {option.period}
    named = [p.period for p in find_periods(reading.lead, judge.report) if p.period is not None]
    meant = [
        *((option.node, order, option.period) for order in orders if order != option.measure),
        *((node, option.measure, option.period) for node in _overtaking(judge, reading, option, said, front)),
        *((option.node, option.measure, p) for p in named if p not in times),
    ]
    return any(judge.figures.cell(*each) == place for each in meant)


def _order_spoken_of(front: str) -> list[str]:
    """By what the words rank, the last that they say."""
    spoken = {order: m.end() for order, said in _RANKED.items() for m in re.finditer(said, front)}
    return [max(spoken, key=spoken.__getitem__)] if spoken else []


def _order_just_told(reading: Reading, option: Option, said: Sequence[Option]) -> list[str]:
    """增长4.14%，位居第二: by the figure right before, where no level of the same thing is told."""
    if not said or said[-1].node != option.node:
        return []
    if any(o.node == option.node and o.measure in ("index", "value") for o in reading.told):
        return []
    order = f"rank_{said[-1].measure}"
    return [order] if order in _RANKED else []


def _overtaking(judge: Judge, reading: Reading, option: Option, said: Sequence[Option], front: str) -> set[str]:
    """超过X（199.42点），升至首位: what stood before X, and whose place was not said yet."""
    if reading.bound == "clause" or not _OVERTAKES.search(front):
        return set()
    nodes = [o.node for o in reading.told if o.node in judge.figures.nodes]
    first = nodes.index(option.node) if option.node in nodes else len(nodes)
    return set(nodes[:first]) - {o.node for o in said if o.measure.startswith("rank")}


def _of_the_rate(judge: Judge, reading: Reading, judgement: Judgement, front: str) -> bool:
    """A run or a record that the level has not, and the growth that the sentence speaks of has."""
    option, code = judgement.option, reading.node
    words = front + reading.token.phrase + reading.tail
    judged_by_rate = reading.role == "change" or reading.token.unit == "位数"
    if option is None or not code or judged_by_rate or not _RATE.search(words):
        return False
    way = 1 if option.measure.endswith(("_up", "_high")) else -1 if option.measure.endswith(("_down", "_low")) else 0
    if not way:
        return False
    last = reading.periods[0] if reading.periods else judge.report
    known = sorted(p for p in judge.figures.known_periods() if p.frequency == last.frequency and p <= last)
    basis = "pop" if "环比" in words else "yoy"
    rates = [rate for p in known if not math.isnan(rate := judge.figures.cell(code, basis, p))]
    if option.measure.startswith("record"):
        return len(rates) > 1 and rates[-1] == (max(rates) if way > 0 else min(rates))
    steps = int(reading.token.values[0]) if reading.token.values else 2
    moves = [b - a for a, b in pairwise(rates[-steps - 1 :])]
    return len(moves) == steps > 1 and all(move * way > 0 for move in moves)


def _since_named_period(judge: Judge, reading: Reading, _: Judgement, front: str) -> bool:
    """How far it is from a period that the sentence names: 与2020年相比，…；B提高16.34点."""
    code = reading.node
    if reading.role != "change" or not reading.token.values or not code or _BASIS_SAID.search(reading.lead):
        return False
    now = reading.periods[0] if reading.periods else judge.report
    shown = abs(reading.token.values[0])
    if shown < 1 and not reading.token.decimals:
        return False
    for phrase in find_periods(front, judge.report):
        then = phrase.period
        if then is None or then == now or then.frequency != now.frequency or not phrase.text[:4].isdecimal():
            continue
        for measure in ("index", "value"):
            a, b = judge.figures.cell(code, measure, then), judge.figures.cell(code, measure, now)
            change = (b / a - 1) * 100 if reading.token.unit == "%" and a else b - a
            if not math.isnan(change) and change * reading.sign >= 0 and stands_for(shown, abs(change)):
                return True
    return False


def _a_difference(judge: Judge, reading: Reading, judgement: Judgement, _: str) -> bool:
    """高出17.41点 is no level, nor is what lies between two that are told."""
    option = judgement.option
    if reading.role != "level" or not reading.token.values:
        return False
    if _DIFFERS.search(reading.lead):
        return True
    if _REACHED.search(reading.lead):
        return False  # 由47390元增加到2594元
    if option is None or option.node not in judge.figures.nodes or option.measure not in ("index", "value"):
        return False
    levels = {o.value for o in (*reading.heard, *reading.told) if o.measure == option.measure and o.unit == option.unit}
    if option.measure == "index":
        levels.add(judge.figures.cell(judge.figures.ledger.total.code, "index", option.period))
    shown = abs(reading.token.values[0])
    return any(level != option.value and stands_for(shown, abs(level - option.value)) for level in levels)


# --------------------------------------------------------------------------- nothing known


def _not_taken_in(judge: Judge, reading: Reading, judgement: Judgement, front: str) -> bool:
    """Of several periods or parts, or from some point, and held against one figure of today."""
    if reading.role not in ("level", "change", "share"):
        return False
    if reading.aggregate or reading.mode == "sum":
        return False
    if reading.bound == "clause" and not _OF_SEVERAL.search(reading.lead):
        return False
    if judgement.option is None or is_slip(reading, judgement.option):
        return False
    whole_year = judge.report.frequency != "A" and "全年" in front
    return whole_year or _OF_SEVERAL.search(front) is not None or _ELSEWHERE.search(reading.lead) is not None


def _other(judgement: Judgement) -> re.Match[str] | None:
    """The fact that the number agrees with."""
    return _FACT.fullmatch(judgement.related[0]) if judgement.related else None


def _told(reading: Reading, fact: str) -> bool:
    """Whether another number of the sentence has been found to be it."""
    return any(option.fact == fact for option in reading.told)


# What may leave room for another meaning, by what the number was found to be.
_ROOM: dict[str, tuple[Callable[[Judge, Reading, Judgement, str], bool], ...]] = {
    "wrong-period": (_of_named_period,),
    "wrong-subject": (_in_its_unit,),
    "wrong-basis": (_instead_of_nothing, _in_its_unit, _of_named_measure, _since_named_period, _a_difference),
    "wrong-rank": (_by_named_order,),
    "wrong-pattern": (_of_the_rate,),
    "wrong-number": (_since_named_period, _a_difference, _not_taken_in),
}
