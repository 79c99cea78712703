"""The stretch of time that words cover: 2022年以来, 今年以来, 前三季度, 2020—2024年, 近三年."""

from __future__ import annotations

import re
from collections.abc import Iterable

from narrator.check.clauses import after_mark, right_before
from narrator.check.grounds import read_count
from narrator.check.memory import Walk
from narrator.check.runs import Run, runs
from narrator.model import PER_YEAR, Period
from narrator.numerals import periods_in
from narrator.numerals.period_reading import PeriodPhrase, find_periods
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token

_THIS_YEAR = regex("今年以来|年初以来|年内|本年以来|全年|今年前|当年")
_N = r"[两二三四五六七八九十]|\d{1,2}"
_YEARS_BACK = regex(
    rf"(?:近|过去|最近|[这此])\s*(?P<near>{_N})\s*年(?:多)?(?:以?来|间|内)?|(?<![\d第])(?P<count>{_N})\s*年(?:多)?(?:以?来|间)"
)
_RECENT = regex("近|最近|过去")
_RANGED = regex(r"[-—–~～－]|至|到|前")
SET_BESIDE = regex(r"(?:[比较与同和于]|相比|由|从|扭转)(?:了)?\s*$")
_ASIDE = regex(r"\s*的?(?:水平)?(?:相比|比较|相较)|\s*[=＝作定]?为?\s*(?:100|基期)")
SINCE = regex(r"\s*(?:[^，。；、0-9]{0,8}?以来|起|开始|以后|之后|至今|来(?!看))")  # 2018年有数据以来
_LENGTH = r"(?P<count>[一二两三四五六七八九十]+|\d{1,2})\s*(?P<unit>年|个?季度|个?月|个半年|期)"
AGO = regex(
    rf"{_LENGTH.replace('?P<count>', '?:').replace('?P<unit>', '?:')}(?:多)?(?:之|以)?前$"
)  # 五年前的2019年下半年
_LASTED = regex(
    rf"(?<![近续0-9])(?:{_LENGTH}(?:间|以?来|[中里内])(?!看)"
    r"|(?<![前第上下这隔])(?P<years>[两二三四五六七八九十]{1,2})年(?=(?:累计|共计?|总共|已)?(?:净?[增提上下减降回][^，。；]?))"
    rf"|(?<!第)(?P<parts>{_N})(?P<of>个半年|个季度|个月|期)(?=(?:累计|共计?|总共|合计)(?:净?[增提上下减降回])))"
)  # 五年间提高, 两年累计增长, 两个半年累计回落
_SUMMED = regex(
    rf"(?P<count>{_N})(?P<unit>个半年|个季度|个月|期)(?:累计|合计|共计|总计|总共|共)[^，。；0-9]{{0,14}}(?:[，][^，。；0-9]{{1,14}})?$"
)
_FIRST_TIME = regex("首|第一|最|新[高低]|唯一|同比|环比")
_OWN_START = regex("[比较]|基期|[与和同][^，。；]{2,12}相")  # set against something of its own
_BRACKET = regex(r"\s*[（(]([^（）()]{4,24})[）)]")
_IN_BRACKET = regex(rf"(?:[前后头]({_N})年)?[（(]([^（）()]{{4,24}})[）)][^，。；（）()0-9]{{0,10}}$")
_AVERAGED = regex(r"([两二三四五六七八九十]|\d+)年间?平均")


def back(w: Walk, place: int) -> tuple[Period, ...]:
    """三年来, 近三年: the periods that many years before, the whole way first; empty where the sentence says no such thing."""
    report = w.frame.report
    start = w.sentence_start(place)
    found = list(_YEARS_BACK.finditer(w.norm, start, place)) if "年" in w.norm[start:place] else []
    if not found:
        return ()
    near = found[-1]["near"]
    years = read_count(near or found[-1]["count"])
    first = tuple(
        report.shift(-n * PER_YEAR[report.frequency]) for n in ((years, years - 1) if near else (years,)) if n > 0
    )
    return first + or_base(w, first[0], report) if first else ()


def or_base(w: Walk, first: Period, last: Period) -> tuple[Period, ...]:
    """The base period where whole years back from `last` lead into its year: 以2019年为100，…，五年来累计提升."""
    return (w.frame.base,) if first.year == w.frame.base.year and first.number == last.number else ()


def since(w: Walk, phrase: PeriodPhrase) -> tuple[Period, ...]:
    """The periods from whose figure something may be counted where it runs 以来: 2022年以来 from the last one of
    2021, the same part of 2021 or 2022, or the first of 2022."""
    report = w.frame.report
    if phrase.months is None:
        return ()
    year, first, last = phrase.months
    parts = PER_YEAR[report.frequency]
    if phrase.period is not None and phrase.period.frequency != "A":
        return (phrase.period, phrase.period.previous)
    if last - first == 11 or phrase.role in ("year", "year-start"):
        found = (
            Period(year - 1, report.frequency, parts),
            Period(year, report.frequency, report.number),
            Period(year - 1, report.frequency, report.number),
            Period(year, report.frequency, 1),
            Period(year, report.frequency, parts),
        )
        known = w.names.ledger.dataset.periods
        began = (w.frame.base,) if year == w.frame.base.year else ()
        return began + tuple(dict.fromkeys(p for p in found if p < report and p in known))
    return ()


def onward(norm: str, phrases: Iterable[PeriodPhrase], report: Period) -> list[tuple[Period, ...]]:
    """The periods from each one since which something is said to run (自2022年下半年起, 今年以来) to the report's, in order.

    A year by itself may stand for all of its parts, or for the part that the report is of, year by year.
    """
    out: list[tuple[Period, ...]] = []
    for phrase in phrases:
        if phrase.months is None or not SINCE.match(norm, phrase.end):
            continue
        year, first, last = phrase.months
        at = Period(year, report.frequency, (first - 1) * PER_YEAR[report.frequency] // 12 + 1)
        if at > report or report.year - year > 30:
            continue
        out.append(_until(at, report, 1))
        if last - first == 11 and report.frequency != "A":
            out.append(_until(Period(year, report.frequency, report.number), report, PER_YEAR[report.frequency]))
    return out


def stretches(norm: str, start: int, place: int, report: Period) -> list[tuple[Period, ...]]:
    """The periods of a course that the words between two places name (2015—2022年, 八年间, 2019年以来), in order, by each
    way of counting them: one after the other, or year by year; empty where they name none."""
    per = PER_YEAR[report.frequency]
    run = next((r for r in reversed(runs(norm, report, start, place)) if r.periods[0] < r.periods[-1]), None)
    if run is not None:
        parts = parts_of(run.periods, report)
        if any(p.frequency != report.frequency for p in parts):
            return []
        first, last = parts[0], min(parts[-1], report)
        if not run.years or per == 1:
            return [_until(first, last, 1)]
        every = _until(Period(first.year, first.frequency, 1), min(Period(last.year, last.frequency, per), report), 1)
        return [every, _until(first, last, 1), run.periods]
    years = next(reversed([*_YEARS_BACK.finditer(norm, start, place)]), None)
    if years is not None:
        length = read_count(years["near"] or years["count"])
        return [
            _until(report.shift(-n * per), report, step) for n in (length, length - 1) if n > 0 for step in {1, per}
        ]
    return onward(norm, reversed([p for p in find_periods(norm[:place], report) if p.start >= start]), report)


def recent(norm: str, start: int, place: int, report: Period) -> list[tuple[Period, ...]]:
    """近三期: the periods that the words between two places look back on; empty where they name none."""
    phrases = [p for p in find_periods(norm[:place], report) if p.start >= start]
    window = next((p for p in reversed(phrases) if p.role == "window" and p.count > 1 and _RECENT.match(p.text)), None)
    found = windowed(window, phrases, report) if window is not None else ()
    return [found] if found else []


def windowed(window: PeriodPhrase, phrases: Iterable[PeriodPhrase], report: Period) -> tuple[Period, ...]:
    """近三季度, one after the other; 近三年四季度, 近三年同期, the same part of each year; none where no part is known."""
    per = PER_YEAR[report.frequency]
    units = {"个半年": 2, "个季度": 4, "个月": 12, "年": 1}  # how many of them a year has
    in_year = next((n for unit, n in units.items() if window.text.endswith(unit)), per)
    step, rest = divmod(per, in_year)
    if rest:
        return ()
    last = report
    if in_year == 1 < per:
        said = next((p for p in phrases if p.start >= window.end and (p.role == "same" or p.period is not None)), None)
        if said is None and report.number != per:
            return ()  # 近三年 in the middle of one
        own = said.period if said is not None and not said.role else None
        last = own if own is not None and own.frequency == report.frequency else report
        last = last if last <= report else last.year_before
    return tuple(last.shift((k - window.count + 1) * step) for k in range(window.count))


def _until(at: Period, last: Period, step: int) -> tuple[Period, ...]:
    out = [at]
    while out[-1] < last:
        out.append(out[-1].shift(step))
    return tuple(out)


def whole(w: Walk, token: Token) -> tuple[Period, ...]:
    """The periods of the data that make up the longer one by which the words date a number: 1—9月, 三季度, 全年, 今年以来.

    Empty where they date it by one, by one that is only compared with, or by one that is not over.
    """
    report = w.frame.report
    start = after_mark(w.norm, token.start, "。！？!?\n")
    for phrase in reversed(w.periods):
        if phrase.end > token.phrase_start or phrase.role in ("window", "same", "previous"):
            continue
        if phrase.start < start or phrase.months is None:
            return ()
        if SET_BESIDE.search(w.norm, start, phrase.start) or _ASIDE.match(w.norm, phrase.end):
            before = phrase.period == Period(report.year - 1)  # 全年…，比2023年的4.41亿美元增加: a sum against one
            if (
                phrase.role != "year"
                and not before
                and not re.search("[，。；]", w.norm[phrase.end : token.phrase_start])
            ):
                return ()  # 较年初的1.46件减少0.08件: of that day, and against it
            continue
        year, first, last = phrase.months
        if SINCE.match(w.norm, phrase.end):
            if year != report.year or phrase.role not in ("year", "year-start"):
                return ()
            first, last = 1, report.months[1]
        elif phrase.closed_year is not None:
            return ()  # 2023年末 is a point in time
        per = 12 // PER_YEAR[report.frequency]
        if (first - 1) % per or last % per:
            return ()
        parts = tuple(Period(year, report.frequency, k // per) for k in range(first - 1 + per, last + 1, per))
        return parts if len(parts) > 1 and parts[-1] <= report else ()
    return ()


def parts_of(periods: tuple[Period, ...], report: Period) -> tuple[Period, ...]:
    """Periods longer than the report's by those that they are made of; others as they are."""
    out: list[Period] = []
    for period in periods:
        step = PER_YEAR[report.frequency] // PER_YEAR[period.frequency] if period.frequency != report.frequency else 1
        out += (
            [Period(period.year, report.frequency, (period.number - 1) * step + k + 1) for k in range(step)]
            if step > 1
            else [period]
        )
    return tuple(out)


def over(w: Walk, token: Token) -> tuple[Period, ...]:
    """五年间提高27.12点: from when to when, if the words right before a change say how long it took and no date does."""
    start = w.sentence_start(token.phrase_start)
    said = next(reversed([*_LASTED.finditer(w.norm, start, token.phrase_start)]), None)
    if said is None and w.norm[start - 1 : start] in ("；", ";"):
        # A两年提高11.78点；B提高7.48点: in the same time
        begin = after_mark(w.norm, start, "。！？!?\n")
        said = next(reversed([*_LASTED.finditer(w.norm, begin, start)]), None)
        if said is not None and _OWN_START.search(w.norm, said.end(), token.phrase_start):
            return ()
    if said is None or any(said.end() <= p.start < token.phrase_start and p.role != "window" for p in w.periods):
        return ()
    if _FIRST_TIME.search(w.norm, said.end(), token.phrase_start):
        return ()
    count, unit = said["count"] or said["parts"], said["unit"] or said["of"]
    count, unit = (said["years"], "年") if said["years"] else (count, unit)
    report, governing = w.frame.report, w.state.period
    steps = periods_in(unit, report.frequency, read_count(count))
    if not steps:
        return ()
    last = governing if governing is not None and governing.shift(steps) != report else report
    return (last.shift(-steps), last) if last.frequency == report.frequency else ()


def summed(w: Walk, token: Token) -> tuple[Period, ...]:
    """两个半年合计, 三期累计: the periods that are added, the last of them that which is spoken of."""
    said = right_before(_SUMMED, w.norm, token.phrase_start)
    if said is None:
        return ()
    start = w.sentence_start(token.phrase_start)
    run = next((r for r in reversed(w.runs) if start <= r.start and r.end <= said.start()), None)
    report, last = w.frame.report, w.state.period or w.frame.report
    last = run.periods[-1] if run is not None else last
    last = last if last.frequency == report.frequency else Period.last_of(last.year, report.frequency)
    steps = periods_in(said["unit"], report.frequency, read_count(said["count"]))
    return tuple(last.shift(k - steps + 1) for k in range(steps)) if steps > 1 else ()


def bracketed(w: Walk, token: Token) -> tuple[tuple[Period, ...], Period] | None:
    """前五年（2016—2020年）上升32.43点: from which periods to which a change went that a bracket in front of it dates."""
    m = right_before(_IN_BRACKET, w.norm, token.phrase_start, 48)
    run = next((r for r in w.runs if m is not None and m.start(2) <= r.start and r.end <= m.end(2)), None)
    if m is None or run is None:
        return None
    report, base = w.frame.report, w.frame.base
    parts = parts_of(run.periods, report)
    before = parts[0].year_before if run.years else parts[0].previous
    since = (before, base) if before.year == base.year else (before,)
    years = read_count(m[1]) if m[1] else 0
    length = run.periods[-1].year - run.periods[0].year
    return (since if years == length + 1 else (parts[0],) if years == length else (*since, parts[0])), parts[-1]


def ranged(w: Walk, start: int, end: int) -> Run | None:
    """The last run between two places that has a beginning and an end: 2020—2024年, 一季度至三季度, 前三季度."""
    for run in reversed(w.runs):
        if start <= run.start and run.end <= end and _RANGED.search(w.norm, run.start, run.end):
            return run
    return None


def covered(w: Walk, token: Token) -> tuple[Period, ...]:
    """The periods over which a number is summed or averaged, the first to the last; empty where the words name none."""
    start = w.sentence_start(token.start)
    bracket = _BRACKET.match(w.norm, token.phrase_end)
    if bracket:
        for run in runs(w.norm, w.frame.report, bracket.start(1), bracket.end(1)):
            return parts_of(run.periods, w.frame.report)
    report = w.frame.report
    years = _AVERAGED.search(w.norm, start, token.start)
    if years is not None:
        return (report.shift(-read_count(years[1]) * PER_YEAR[report.frequency]), report)
    for run in reversed(w.runs):
        if start <= run.start and run.end <= token.start:
            return parts_of(run.periods, report)
    if len(w.state.from_periods) == 1:
        return (*w.state.from_periods, report)
    if len(w.state.compared) == 1:  # 与2019年下半年相比，…，年均增长2.79%
        return (*w.state.compared, report)
    ago = back(w, token.start)
    if ago and not any(p.start <= token.start for p in w.windows.values() if "年" not in p.text):
        return (ago[0], report)
    window = next((p for p in reversed(list(w.windows.values())) if start <= p.start and p.end <= token.start), None)
    if window is not None and "年" not in window.text:
        return tuple(report.shift(k - window.count + 1) for k in range(window.count))
    if _THIS_YEAR.search(w.norm, start, token.start):
        return tuple(Period(report.year, report.frequency, k + 1) for k in range(report.number))
    if w.state.since:
        out = [min(w.state.since)]
        if out[0].frequency != report.frequency:
            return (out[0], report)
        while out[-1] < report and len(out) < 200:
            out.append(out[-1].shift(1))
        return tuple(out)
    return whole(w, token)
