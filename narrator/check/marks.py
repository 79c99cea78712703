"""迈过130点大关, 跌破100点: a mark passed."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from narrator.check import lasting, naming
from narrator.check.agreement import step_of
from narrator.check.figures import same_unit, stands_for
from narrator.check.reading import Judgement, Reading
from narrator.check.shown import printed_number
from narrator.check.subjects import Subject
from narrator.model import Period
from narrator.numerals.normal_text import plain
from narrator.numerals.period_reading import find_periods
from narrator.numerals.regex import regex
from narrator.records import replace

if TYPE_CHECKING:
    from narrator.check.judge import Judge

ROUND = 10
# 为…首次下降，但环比回升，重回100点上方: the first fall, no first time beyond the mark
_FIRST = regex(
    "(?:首次|首度|第一次)(?!(?:出现|实现|呈现?|录得|转为)?(?:同比|环比)?(?:负增长|正增长|下降|回落|下滑|下跌|上升|增长|回升)[，,；])|从未"
)
# it stood there before
_AGAIN = regex("重[^，。；0-9]{0,5}$|回[^，。；0-9]{0,3}$|(?:再[度次]|又一?次)[^，。；0-9]{0,6}$")
_FIRST_BOUND = regex(
    r"(?:首次|首度|第一次)(?:同比|环比)?(?:(?P<below>低于|不足|不到|跌破|[跌降]至|回落[至到]|降到)|(?P<above>高于|超过?)|突破|站上|达到|升[至到])\s*$"
)
_TOLD_BEHIND = regex(r"\s*(?:点|大关|关口)*(?:则|还)?(?:是|出现|发生)?[在于]")
_AFTERWARDS = regex(r"\s*(?:点|大关|关口)*(?:之?后|以来|的)")  # 首次超过30件大关后继续攀升: then, not now
_LATELY = regex("以来|[今当本]年|年内|后")  # the first time since, which the data before say nothing of
_LINE = regex(r"\s*(?:点)?的?(?:临界|荣枯|分界|景气线|警戒|基准)")


def near(reading: Reading) -> Judgement | None:
    """与130点仅一步之遥, 距100%仅差…: a mark that the figure told before comes close to; else nobody knows whose."""
    mark = float(reading.token.values[0])
    for option in reversed(reading.told):
        if option.change or same_unit(reading.token.unit, option.unit) != 1.0:
            continue
        if abs(option.value - mark) <= max(abs(mark) / ROUND, step_of(reading.token.values[0])):
            return Judgement("verified", "", option, "", "", option.source, option.fact, (2.0, 200.0))  # type: ignore[arg-type]
        break
    return Judgement("unclear", "unclear-number", why="说的是离这个数还有多远，看不准是哪一项离它")


def passed(judge: Judge, reading: Reading, subject: Subject) -> Judgement | None:
    """迈过130点大关: below before, at or above now; 跌破 the reverse.

    What is measured in 点 itself (PMI) may pass a mark as it is, and as an index of the base.
    """
    node = judge.figures.nodes[subject.code]
    unit = reading.token.unit
    sides = [] if judge.figures.children(subject.code) or same_unit(unit, node.unit) is None else ["value"]
    if unit in ("点", ""):
        sides.append("index")
    if reading.side in ("index", "raw") and len(sides) > 1:
        sides = ["index" if reading.side == "index" else "value"]
    when = _TOLD_BEHIND.match(reading.tail)
    dated = find_periods(reading.tail[when.end() :], judge.report)[:1] if when is not None else []
    if dated and dated[0].start == 0 and dated[0].period is not None:
        reading = replace(reading, periods=(dated[0].period,))  # 首次突破130点是在2023年下半年
    judged = [j for side in sides if (j := _passed(judge, reading, subject, side)) is not None]
    return next((j for j in judged if j.name == "verified"), judged[0] if judged else None)


def first(judge: Judge, reading: Reading, judged: Judgement) -> Judgement:
    """增速首次低于10%: on that side of the bound now, and never before; 自2023年一季度以来, never since then."""
    option = judged.option
    words = reading.before + reading.lead
    said = _FIRST_BOUND.search(words)
    if judged.name != "verified" or option is None or said is None or reading.role not in ("level", "change", "share"):
        return judged
    if _AFTERWARDS.match(reading.tail):
        return judged
    f = judge.figures
    earlier = [p for p in f.known_periods() if p < option.period]
    clause = plain(reading.clause)
    phrases = [p for p in find_periods(clause, judge.report) if lasting.SINCE.match(clause, p.end)]
    if phrases:
        since = lasting.onward(clause, phrases[-1:], option.period)
        own = phrases[-1].period  # the one since which it was not so: it may have been so itself
        earlier = [p for p in earlier if since and p >= since[0][0] and p != own]
    elif _LATELY.search(words) or re.search("近|最近|过去", words):
        return judged
    factor = same_unit(reading.token.unit, option.unit) or 1.0
    bound = float(abs(reading.token.values[0])) / factor
    below = said["below"] is not None or re.match(r"\s*(?:以下|之下|以内)", reading.tail) is not None
    size = -1 if reading.sign < 0 and option.change else 1

    def beyond(measure: str, period: Period) -> bool:
        v = f.cell(option.node, measure, period) * size
        return _beyond(v, bound, below, size < 0) and not (said["above"] and v <= bound)  # 30.0 is not above 30

    measures = [option.measure]
    if option.measure.endswith("pop") and "环比" not in words:
        measures.append(option.measure.removesuffix("pop") + "yoy")  # 同比增长8.89%，比上季度回落…，首次低于10%
    if any(beyond(m, option.period) and not any(beyond(m, p) for p in earlier) for m in measures):
        return judged
    there = next((p for p in reversed(earlier) if beyond(option.measure, p)), None)
    if there is None:
        return judged
    held = f.option(option.node, option.measure, there)
    why = f"并非首次：{naming.said(judge, held)}" if held is not None else "并非首次"
    return Judgement("wrong", "wrong-pattern", option, "", why, "engine", option.fact)


def _beyond(value: float, bound: float, below: bool, falling: bool) -> bool:
    """Whether a figure lies on that side of a bound; that of a 降幅 only where it fell."""
    if math.isnan(value) or (falling and value <= 0):
        return False
    return value < bound if below else value >= bound


def _passed(judge: Judge, reading: Reading, subject: Subject, side: str) -> Judgement | None:
    f = judge.figures
    mark = float(reading.token.values[0])
    period = reading.periods[0] if reading.periods else judge.report
    now = f.cell(subject.code, side, period)
    if math.isnan(now):
        return None
    # A mark is passed by the last move; by the year's where the words say so, or where it is as round as marks are.
    yearly = reading.basis == "yoy" or period.year_before in reading.against or not mark % ROUND
    then = (period.previous, period.year_before) if yearly else (period.previous,)
    earlier = [v for p in then if not math.isnan(v := f.cell(subject.code, side, p))]
    option = f.option(subject.code, side, period)
    assert option is not None
    lower = re.match(r"\s*(?:以下|下方|之下)", reading.tail) is not None
    up = reading.sign >= 0 and not lower
    standing = (reading.hedge or _LINE.match(reading.tail)) and not reading.sign
    passed = now >= mark and (not earlier or any(v < mark for v in earlier) or standing)
    if not up:
        passed = now < mark and (not earlier or any(v >= mark for v in earlier))
    if _AGAIN.search(reading.lead):
        path = [v for p in f.known_periods() if p < period and not math.isnan(v := f.cell(subject.code, side, p))]
        # What an index was is known from its base on; a raw value may have stood there before the data begin.
        if passed and side == "index" and not any(v < mark if lower else v >= mark for v in path):
            why = f"{naming.said(judge, option)}，此前各期都没有到过"
            return Judgement("wrong", "wrong-pattern", option, "", why, "engine", option.fact)
    words = reading.before + reading.lead
    if _FIRST.search(words) and not _LATELY.search(words):
        told = [(p, f.cell(subject.code, side, p)) for p in f.known_periods() if p < period]
        there = next((p for p, v in told if (v >= mark if up else v < mark)), None)
        if there is not None:
            held = f.option(subject.code, side, there)
            assert held is not None
            why = f"并非首次：{naming.said(judge, held)}"
            return Judgement("wrong", "wrong-pattern", option, "", why, "engine", option.fact, None, (held.fact,))
    # 突破130点 of 145: true long ago, no mark of this period's.
    near = abs(now - mark) <= max(12.0, abs(mark) / ROUND, step_of(reading.token.values[0])) or not earlier
    if passed and near:
        return Judgement(
            "verified",
            option=option,
            source="engine",
            fact=option.fact,
            passing=(2.0, max(200.0, 2 * mark)),
            expected=reading.token.text,
        )
    own = min(10.0, step_of(reading.token.values[0]))
    before = "、".join(printed_number(v, option.decimals) for v in earlier)
    why = f"{naming.said(judge, option)}，此前为{before or '无数据'}"
    if reading.token.decimals >= max(1, option.decimals) and up and stands_for(Decimal(reading.token.values[0]), now):
        return Judgement("verified", option=option, source="engine", fact=option.fact, passing=(2.0, 200.0))
    right = (math.floor if up else math.ceil)(now / own) * own
    passed = any(v < right if up else v >= right for v in earlier)
    return Judgement(
        "wrong", "wrong-pattern", option, printed_number(right, 0) if passed else "", why, "engine", option.fact
    )
