"""Whether a sentence's own words can mean the figure that a number is, though another was taken to be meant.

Words say of a number what it is, of which period and against which; where they stand far off, more than one of them
may be the one. A number that is none of what its words were taken to name, but exactly what other words of the same
sentence name, is not called wrong: it is pointed out, with both. So is one that agrees with nothing, where a word that
makes a figure of several (累计, 两年平均) or takes it from somewhere else (较峰值) was not taken in.
"""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from narrator.check.clauses import after_mark
from narrator.check.doubt import is_slip
from narrator.check.figures import stands_for
from narrator.check.reading import Judgement, Reading
from narrator.model import Period
from narrator.numerals.normal_text import plain
from narrator.numerals.period_reading import PeriodPhrase, find_periods

if TYPE_CHECKING:
    from narrator.check.judge import Judge

_FACT = re.compile(r"(?P<code>[^.@]+)\.(?P<measure>[a-z_]+)@(?P<period>[^@/]+)")
_YEAR = re.compile(r"\d{4}|[今本去上前明当]年|上一年")
_BASIS_SAID = re.compile("同比|环比|[比较]|相比|基期|贡献|拉动|拖累|累计|年均")
_RATE = re.compile("[增涨升降跌减][幅速]|加快|放缓|扩大|收窄")
_RECORD = re.compile("[新最][高低]|最[快慢好差大小]")
_IN_TURN = re.compile("分别|依次")
_REACHED = re.compile("[至到]\\s*$")
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
_OF_SEVERAL = re.compile(
    "累计|合计|共计|总计|之和|加在一起|合[起在]来|加起来|共同|总共|一共|[年月季期日](?:度)?平均|[年月季]均|[两三四五六七八九十\\d]年(?:[间来]|期间)?(?:累计|共|总体|[增升涨降减提翻])"
)
_DIFFERS = re.compile(
    "(?<![最新走降升偏较调提])(?:(?:[高低多少]出?|领先|落后)了?|(?:相差|差距?|优势)[了为达有]?)[约近]?\\s*$"
)
_OVERTAKES = re.compile("[超赶压][过越]|[反赶]超|高于|胜过|盖过")
_ELSEWHERE = re.compile(
    "峰|谷|[高低]点|最[高低多少]|[高低]位|当初|原先|起点|每|再|尚|还|范围|第[一二三四五六七八九十]位|首位|末位"
)


def weighed(judge: Judge, reading: Reading, judgement: Judgement, text: str) -> Judgement:
    """The judgement, or doubt in its place where the words of the sentence leave room for what the number is."""
    if judgement.name != "wrong" or reading.header:
        return judgement
    norm = plain(text)
    place = reading.token.phrase_start
    front = norm[after_mark(norm, place, "。！？!?\n") : place]
    if not (
        _of_named_period(judge, reading, judgement, front)
        or _of_named_measure(judge, reading, judgement, front + reading.tail)
        or _by_named_order(judge, reading, judgement, front)
        or _of_the_rate(judge, reading, judgement, front + reading.token.phrase + reading.tail)
        or _since_named_period(judge, reading, judgement, front)
        or _a_difference(judge, reading, judgement)
        or _not_taken_in(judge, reading, judgement, front)
    ):
        return judgement
    return Judgement(
        "unclear", "unclear-number", judgement.option, why=f"看不准这个数说的是哪一项、哪一期：{judgement.why}",
        source=judgement.source, fact=judgement.fact, related=judgement.related,
    )  # fmt: skip


# --------------------------------------------------------------------------- another period


def _of_named_period(judge: Judge, reading: Reading, judgement: Judgement, front: str) -> bool:
    """Of the period that 近三年四季度, 自2022年以来, 上半年的 can mean as well as what they were taken for."""
    other = _other(judgement)
    if judgement.rule != "wrong-period" or other is None or _told(reading, judgement.related[0]):
        return False
    if reading.dated and _IN_TURN.search(front):
        return False  # one of a row, dated by its place in it
    if len({o.period for o in reading.told if o.measure == other["measure"]}) > 1:
        return False
    meant = Period.parse(other["period"])
    lead = front[len(front) - len(reading.lead) :] if front.endswith(reading.lead) else ""
    all_named, own = find_periods(front, judge.report), find_periods(lead, judge.report)
    words, phrases = (lead, own) if own else (front, all_named)
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


# --------------------------------------------------------------------------- another measure


def _of_named_measure(judge: Judge, reading: Reading, judgement: Judgement, words: str) -> bool:
    """Growth after 增幅居前，分别为, a share in brackets behind 贡献了…的七成."""
    other = _other(judgement)
    if judgement.rule != "wrong-basis" or other is None or _told(reading, judgement.related[0]):
        return False
    if _REACHED.search(reading.lead) if reading.role == "level" else _BASIS_SAID.search(reading.lead):
        return False
    says = next((said for name, said in _SAYS.items() if name in other["measure"]), None)
    if reading.role != "level" and says == _GROWTH:
        says = "同比|上年|去年"
    return says is not None and re.search(says, words) is not None


def _by_named_order(judge: Judge, reading: Reading, judgement: Judgement, front: str) -> bool:
    """A place by growth or contribution, where the sentence speaks of it, or of another period that it names."""
    option = judgement.option
    if (
        judgement.rule != "wrong-rank"
        or option is None
        or not option.measure.startswith("rank")
        or not reading.token.values
    ):
        return False
    place = float(reading.token.values[0])
    spoken = {measure: m.end() for measure, said in _RANKED.items() for m in re.finditer(said, front)}
    last = max(spoken, key=spoken.__getitem__, default=option.measure)
    if last != option.measure and judge.figures.cell(option.node, last, option.period) == place:
        return True
    said = (*reading.heard, *reading.told)
    just = said[-1] if said else None
    levels = any(o.node == option.node and o.measure in ("index", "value") for o in reading.told)
    if just is not None and just.node == option.node and not levels:
        last = f"rank_{just.measure}"  # 增长4.14%，位居第二
        if last in _RANKED and judge.figures.cell(option.node, last, option.period) == place:
            return True
    if reading.bound != "clause" and _OVERTAKES.search(
        front
    ):  # 超过X（199.42点），升至首位: of what stood before X, whose place was not said yet
        placed = {o.node for o in said if o.measure.startswith("rank")}
        nodes = [o.node for o in reading.told if o.node in judge.figures.nodes]
        first = nodes.index(option.node) if option.node in nodes else len(nodes)
        others = set(nodes[:first]) - placed
        if any(judge.figures.cell(n, option.measure, option.period) == place for n in others):
            return True
    told = {o.period for o in reading.told if o.measure == option.measure}
    named = [p.period for p in find_periods(reading.lead, judge.report) if p.period not in (None, option.period, *told)]
    return any(judge.figures.cell(option.node, option.measure, p) == place for p in named if p is not None)


def _of_the_rate(judge: Judge, reading: Reading, judgement: Judgement, words: str) -> bool:
    """A run or a record that the level has not, and the growth that the sentence speaks of has."""
    code = next((s.code for s in reversed(reading.subjects) if s.code), "")
    of_rate = reading.role == "change" or reading.token.unit == "位数"  # is judged by the rate already
    if judgement.rule != "wrong-pattern" or not code or of_rate:
        return False
    measure = ("pop" if "环比" in words else "yoy") if _RATE.search(words) else ""
    last = reading.periods[0] if reading.periods else judge.report
    known = [p for p in judge.figures.known_periods() if p.frequency == last.frequency and p <= last]
    rates = (
        [rate for p in sorted(known) if not math.isnan(rate := judge.figures.cell(code, measure, p))] if measure else []
    )
    if len(rates) < 2:
        return False
    option = judgement.option
    way = _way(option.measure) if option is not None else 0
    if not way:
        return False
    if option is not None and option.measure.startswith("record"):
        return rates[-1] == (max(rates) if way > 0 else min(rates))
    steps = int(reading.token.values[0]) if reading.token.values else 2
    moves = [b - a for a, b in pairwise(rates[-steps - 1 :])]
    return len(moves) == steps > 1 and all(move * way > 0 for move in moves)


def _way(measure: str) -> int:
    """Which way a run or record goes: streak_up, record_low."""
    return 1 if measure.endswith(("_up", "_high")) else -1 if measure.endswith(("_down", "_low")) else 0


def _since_named_period(judge: Judge, reading: Reading, judgement: Judgement, front: str) -> bool:
    """How far it is from a period that the sentence names: 与2020年相比，…；B提高16.34点."""
    if judgement.rule not in ("wrong-number", "wrong-basis") or reading.role != "change" or not reading.token.values:
        return False
    if _BASIS_SAID.search(reading.lead):
        return False
    code = next((s.code for s in reversed(reading.subjects) if s.code), "")
    now = reading.periods[0] if reading.periods else judge.report
    shown = abs(reading.token.values[0])
    if not code or (abs(shown) < 1 and not reading.token.decimals):
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


def _a_difference(judge: Judge, reading: Reading, judgement: Judgement) -> bool:
    """高出17.41点 is no level, nor is what lies between two that are told."""
    option = judgement.option
    if judgement.rule not in ("wrong-number", "wrong-basis") or reading.role != "level" or not reading.token.values:
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
    if judgement.rule != "wrong-number" or reading.role not in ("level", "change", "share"):
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
