"""Periods as prose writes them: 2019年上半年, 1-6月, 一季度, 去年同期, 2018—2021年度, “十四五”.

`period_at` reads one that stands at a place (what `reading.scan` needs); `find_periods` finds all of a
text, relative ones as well, and resolves them against the period of the report.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from narrator.model import Period
from narrator.numerals.chinese_reading import read_chinese
from narrator.numerals.regex import regex
from narrator.numerals.units import SPACE
from narrator.records import record

_S = r"\s{0,2}"  # a set of many blanks takes long to compile, and stands here a hundred times
_TO = f"{_S}(?:[-–—―~～]{{1,2}}|至|到){_S}"
_LIST = f"{_S}[、和及与]{_S}"
_YEAR = r"(?:1[89]|20|21)\d\d"
_CYEAR = "[一二][〇○零一二三四五六七八九]{3}"
_N = r"(?:1[0-2]|0?[1-9])(?!\d)"
_CN = "(?:十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
_CDAY = "(?:三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_Q = "(?:[1-4](?!\\d)|[一二三四])"
_QUARTER = f"(?:第?{_S}{_Q}(?:(?:{_LIST}第?{_Q}){{1,3}}|[二三四])?{_S}季(?:度|(?=末)))"
_FIRST_QUARTERS = f"(?:(?<!提)前{_S}(?:[1-4]|[一二两三四]){_S}个?季(?:度|(?![度节])))"
_HALF = "(?:[上下]半年|上、下半年)"
# 5、7月 and 4、5、6三个月; a numeral of the other kind before 、 numbers the paragraph (四、2月份).
_MONTHS = (
    f"(?:(?:{_N}(?:{_LIST}{_N}){{1,11}}|{_CN}(?:{_LIST}{_CN}){{1,11}}){_S}(?:[两二三四五六]个?月份?(?!来|内|间)|月份?)|"
    f"(?:{_N}|{_CN}){_S}月?份?{_TO}(?:{_N}|{_CN}){_S}月份?"
    f"|(?:{_N}|{_CN}){_S}月份?(?:{_S}(?:{_DAY}|{_CDAY})(?:(?:{_TO}|{_LIST})(?:{_DAY}|{_CDAY})){{0,8}}{_S}[日号]"
    f"(?:{_TO}(?:{_N}{_S}月{_S})?{_DAY}{_S}[日号])?)?"
    f"|(?<=[、和及与]){_N}[两二三四五六]个?月份?(?!来|内|间))"
)
_FIRST_MONTHS = (
    f"(?:(?<!提)前{_S}(?:{_N}|[一二两三四五六七八九]|十[一二]?){_S}个月"
    f"|(?<![提以之此目日先当节会从])前{_S}(?:(?!1{_S}月){_N}|[二两三四五六七八九]|十[一二]?){_S}月份?)"
)
_WITHIN = f"(?:{_HALF}|{_FIRST_QUARTERS}|{_QUARTER}|{_FIRST_MONTHS}|{_MONTHS})"
# A year that no report is of, as a slip makes it: what stands behind it says that it is one. 3000年历史 is no year.
_SLIP = (
    f"[1-9]\\d{{2,4}}(?={_S}年(?:{_S}度)?{_S}(?:(?:的|全年)?{_WITHIN}|[末底初](?![步蕴])|同期)|[HQ][1-4](?![0-9A-Za-z]))"
    r"|(?:(?<=^)|(?<=[，。；：、（(\n较比与自从到在截至年期]))[1-9]\d{3}(?=年(?:$|[，,）)（(]|全[国省市区县年]))"
)
_DATED = regex(
    f"(?P<y>{_YEAR}(?!\\d)|{_CYEAR}|{_SLIP}){_S}(?:"
    f"年?{_TO}(?P<y2>{_YEAR}(?!\\d)|{_CYEAR})(?:{_S}年(?P<fy2>度)?)?"
    f"|[/／](?P<y3>{_YEAR}|\\d\\d){_S}(?:年度?|学年|(?=[赛榨财]))"  # 2020/2021年度, 2020/21榨季
    f"|年(?P<fy>度)?(?:年(?=[末底初]))?(?P<role>[末底初])?(?:{_S}(?:的|全年)?(?P<within>{_WITHIN}))?"
    r"|(?P<code>[HQ][1-4]|M(?:0[1-9]|1[0-2]))(?![0-9A-Za-z])"
    f"|[-/](?P<m>{_N})(?:[-/](?P<d>{_DAY}))?(?![\\d.%])"
    f"|(?=(?P<listed>(?:{_LIST}(?:{_YEAR}(?!\\d)|{_CYEAR})){{0,11}}{_LIST})(?:{_YEAR}(?!\\d)|{_CYEAR}){_S}[两二三四五六七八九十]?年)"
    f"|(?P<last>(?=[两二三四五六七八九十]年))"
    rf"|\.(?P<m2>{_N})\.(?P<d2>{_DAY})(?![\d.%])"
    r"|\.(?P<m3>0[1-9])(?![\d.%])(?=\s*(?:[-—~至）)]|$))"
    ")"
)
_BARE_WITHIN = regex(_WITHIN)
_CENTURY = regex(
    f"(?:\\d{{1,2}}|{_CDAY}){_S}世纪(?:{_S}(?:[1-9]0|[二三四五六七八九]十){_S}年代)?|(?:[1-9]0|[二三四五六七八九]十){_S}年代"
)
_CLOCK = regex(
    f"(?:[01]?\\d|2[0-4])(?!\\d){_S}时(?!间|段|候|期|刻|代)(?:{_S}[0-5]?\\d{_S}分)?(?:{_TO}(?:[01]?\\d|2[0-4]){_S}时(?!间|段))?"
    r"|(?:(?<=[晨午晚夜])|(?<=[^较更最提过太]早)|(?<=^早)|(?<=[午饭]后)|(?<=[早晚]上))(?:1\d|2[0-4]|\d)点(?:[0-5]?\d分|[半整钟])?(?![\d个])"
    r"|(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d.%:]|的?比)"
)
_RATIO_LEFT = regex("比|率|结构|占|[按为]$")  # 1:20 after these is a proportion, not a time
# 连续15日, 历时28日 say how long; 15日 when.
_DAY_ALONE = regex(
    f"(?<!连续)(?<![历用耗为]时)(?<!接连|累计|为期|持续)(?:{_DAY}(?:(?:{_TO}|{_LIST}){_DAY}){{0,4}}){_S}日(?!龄)(?:{_TO}(?:{_DAY}){_S}日)?"
)
_PLAN = regex(
    '(?:十[一二三四五六七八九]?|二十一?|[一二三四五六七八九])五(?=[”"’]?(?:规划|时期|期间|以来|收官|末|开局)|[”"’]|$)'
)


class PeriodMatch(NamedTuple):
    """A period at a place: characters `start` to `end`, `value` like 2019H1, H1, M01-M06, 2018—2021, 07-27."""

    start: int
    end: int
    value: str
    unit: str = ""


def period_at(norm: str, place: int) -> PeriodMatch | None:
    """The absolute period, or part of a year, that begins at `place` of half-width text; None otherwise."""
    m = _DATED.match(norm, place)
    if m and (m["last"] is None or norm[place - 1 : place] in tuple("、和及与")):  # 2018、2019两年
        if m["listed"] is not None:
            return _year_of_list(norm, m)
        if m["within"] and (first := _first_of(norm, m.start("within"), m["within"])):
            return PeriodMatch(place, m.start("within") + first[0], f"{_year(m['y'])}{first[1]}")
        return PeriodMatch(place, m.end(), _dated_value(m), _year_unit(m))
    m = _BARE_WITHIN.match(norm, place)
    if m:
        text = m.group()
        if "日" in text or text.endswith("号"):
            return PeriodMatch(place, m.end(), _month_day(text), "日")
        if first := _first_of(norm, place, text):
            headed = not text[0].isdecimal() and _LINE_HEAD.search(norm, max(0, place - 12), place)
            return None if headed else PeriodMatch(place, place + first[0], first[1])  # 二、五月份 heads a paragraph
        return PeriodMatch(place, m.end(), _within_value(text))
    for pattern, read in ((_CENTURY, str), (_CLOCK, str), (_DAY_ALONE, str), (_PLAN, str)):
        m = pattern.match(norm, place)
        if m and not (":" in m.group() and _RATIO_LEFT.search(norm, max(0, place - 14), place)):
            return PeriodMatch(place, m.end(), read(m.group()))
    return None


_ITEM = f"第?{_S}(?:{_N}|{_CN})"
_LISTING = regex(f"(?P<first>{_ITEM})(?:{_LIST}{_ITEM})+(?={_S}(?:[两二三四五六]个?)?(?P<of>[月季]))")
_PARTS = regex(f"{_N}|{_CN}")
_EACH = regex(r"[^，。；、]{0,6}(?:分别|依次|各为)")
_COUNTED_LAST = regex(f"({_N})[两二三四五六]个?月份?")
_LISTED_LEFT = regex(f"[0-9一二三四五六七八九十]{_LIST}$")
_LINE_HEAD = regex(r"(?:^|\n)[#>*\s]*$")


def _first_of(norm: str, place: int, text: str) -> tuple[int, str] | None:
    """End and value of the first of several months or quarters (5、7月); None where they make one span (4、5月份)."""
    m = _LISTING.match(text)
    if m is None:
        return None
    numbers = [_number(part) for part in _PARTS.findall(m.group())]
    counted = text[m.end() :].strip()[:1] in tuple("两二三四五六")
    follow = all(later == earlier + 1 for earlier, later in pairwise(numbers))
    pair = len(numbers) == 2 and not _LISTED_LEFT.search(norm, max(0, place - 4), place)
    if follow and (counted or pair) and not _EACH.match(norm, place + len(text)):
        return None
    return m.end("first"), f"M{numbers[0]:02d}" if m["of"] == "月" else f"Q{numbers[0]}"


def _year_of_list(norm: str, m: re.Match[str]) -> PeriodMatch:
    """2018 of 2018、2019年, 2018H1 of 2018、2019年上半年: the first of a list shares what stands behind the last."""
    last = _DATED.match(norm, m.end("listed"))
    within = last["within"] if last else None
    part = _within_value(within) if within and "日" not in within and "-" not in _within_value(within) else ""
    return PeriodMatch(m.start(), m.end("y"), f"{_year(m['y'])}{part}", "" if part else "年")


def _year(text: str) -> int:
    if text.isdigit() and text.isascii():
        return int(text)
    value = read_chinese(text)
    return int(value) if value is not None else 0


def _year_unit(m: re.Match[str]) -> str:
    if m["within"] or m["code"] or m["m"] or m["m2"] or m["m3"]:
        return ""
    return "年度" if m["fy"] or m["fy2"] or m["y3"] else "年"


def _dated_value(m: re.Match[str]) -> str:
    year = _year(m["y"])
    if m["y2"]:
        return f"{year}—{_year(m['y2'])}"
    if m["y3"]:
        return f"{year}—{m['y3'] if len(m['y3']) > 2 else str(year)[:2] + m['y3']}"
    if m["code"]:
        return f"{year}{m['code']}"
    month, day = m["m"] or m["m2"] or m["m3"], m["d"] or m["d2"]
    if month:
        return f"{year}-{int(month):02d}-{int(day):02d}" if day else f"{year}M{int(month):02d}"
    within = m["within"]
    if not within:
        return str(year)
    if "日" in within or "号" in within:
        return f"{year}-{_month_day(within)}"
    return "—".join(f"{year}{part}" for part in _within_value(within).split("-"))


def _number(text: str) -> int:
    value = read_chinese(text) if not text.isdigit() else None
    return int(text) if text.isdigit() else int(value or 0)


_COUNT = regex("[0-9]+|[一二两三四五六七八九十]+")
_MONTH_DAY = regex(f"({_N}|{_CN}){_S}月份?{_S}({_DAY}|{_CDAY})")


def _month_day(text: str) -> str:
    m = _MONTH_DAY.match(text)
    return f"{_number(m[1]):02d}-{_number(m[2]):02d}" if m else text


def _within_value(text: str) -> str:
    if "半年" in text:
        return "H1-H2" if "、" in text else ("H1" if text[0] == "上" else "H2")
    if text[0] == "前":
        count = _number(next(iter(_COUNT.findall(text))))
        if "季" in text:
            return f"Q1-Q{count}" if count > 1 else "Q1"
        return f"M01-M{count:02d}"
    listing = _LISTING.match(text)
    if "季" in text:
        found = [_number(c) for c in re.findall("[1-4一二三四]", text)]
        return f"Q{found[0]}" if len(found) == 1 else f"Q{found[0]}-Q{found[-1]}"
    counted = _COUNTED_LAST.fullmatch(text)  # 9三个月 of 7、8、9三个月
    months = [
        _number(found) for found in _PARTS.findall(listing.group() if listing else counted[1] if counted else text)
    ]
    return f"M{months[0]:02d}" if len(months) == 1 else f"M{months[0]:02d}-M{months[-1]:02d}"


# --------------------------------------------------------------------------- for the resolver


@record(frozen=True, slots=True)
class PeriodPhrase:
    """A period named in a text.

    `period` is set where the phrase names one of the index's own kind; `months` (year, first, last) also
    where it does not (前三季度). `role` is `same` for 同期 forms, `base` for 基期, `previous` for 上期,
    `window` for 近三期 with `count`, and empty otherwise; `year-end` and `year-start` are points in time, whose
    `months` are those of the year that they are the end or the start of.
    """

    start: int
    end: int
    text: str
    period: Period | None = None
    months: tuple[int, int, int] | None = None
    role: str = ""
    count: int = 0

    @property
    def closed_year(self) -> int | None:
        """The year at whose end it lies: 2023 for 2023年末 and for 2024年初; None where it is a stretch of time."""
        if self.months is None or self.role not in ("year-end", "year-start"):
            return None
        return self.months[0] - (self.role == "year-start")


_RELATIVE_YEAR = (
    dict.fromkeys(("今年", "本年度", "本年", "当年"), 0)
    | dict.fromkeys(("去年", "上年", "上一年", "上年度"), -1)
    | {"前一年": -1, "前年": -2, "明年": 1, "次年": 1, "翌年": 1}
)
# 首次年度会议 has no 次年.
_NAMED_YEAR = "(?:今年|本年度?|当年|去年|上年度?|上一年|(?<![提学目以之此当])前一?年(?!半|多)|明年|翌年|(?<![首一二三四五六七八九十两几每多屡本此再\\d])次年(?![度均会检]))"
_PHRASES = regex(
    f"(?P<rel>{_NAMED_YEAR})?{_S}(?P<same>同期|同一时期)"
    f"|(?P<rel2>{_NAMED_YEAR})(?:{_S}(?P<all>全年|年?[末底初])|{_S}(?P<in>{_WITHIN}))?"
    f"|(?P<prev>上一?(?:个?报告)?期|上个?半年度|上一?个?季度|上季(?![节度])|上一?个?月|前一期|上一年度)"
    f"|(?P<this>本期|当期|报告期|本报告期|新一期|本季度|[本当]季(?!节)|本月|当月)"
    f"|(?P<base>基期)"
    f"|(?:近|最近|过去|连续){_S}(?P<window>[一二两三四五六七八九十]|\\d{{1,2}}){_S}(?P<wunit>期|个半年|个季度|个月|年)"
    f"|(?P<ystart>(?<![年\\d〇零一二三四五六七八九])年初)"
)


# What they can begin with: a set of characters is found much faster than a choice of phrases.
_PHRASE_HEADS = regex(rf"[今本当去上前明次翌同报新基近最过连年\n{SPACE}]")
_HEADS = regex(
    rf"[一二三四五六七八九十上下前第\n{SPACE}]|[0-9](?:(?<=[^\d.].)|(?<=^.))(?:\d|)(?!\d)|[0-9](?<!\d.)(?=\d{{2,4}}(?!\d))"
)


def find_periods(norm: str, report: Period | None = None) -> list[PeriodPhrase]:
    """Every period named in half-width text, in order and without overlap, resolved against `report`.

    A half or quarter without a year is of the report's year; 同期 is the report's own a year before.
    """
    found: list[PeriodPhrase] = []
    end = 0
    for head in _PHRASE_HEADS.finditer(norm):
        if head.start() >= end and (m := _PHRASES.match(norm, head.start())):
            end = m.end()
            found.append(_relative(m, report))
    taken = [(p.start, p.end) for p in found]
    ends = {p.end: p for p in found}
    end = 0
    for head in _HEADS.finditer(norm):
        place = head.start()
        if place < end:
            continue
        m = _DATED.match(norm, place)
        before = norm[place - 1 : place]
        if m is None and before != "." and not before.isdecimal():  # else it is the rest of a figure
            m = _BARE_WITHIN.match(norm, place)
        if m is None:
            continue
        end = m.end()
        if any(a < end and place < b for a, b in taken):
            continue
        match = period_at(norm, place)
        end = match.end if match else place + 1
        if match:
            gap = _LIST_LEFT.search(norm, max(0, place - 5), place)
            listed = ends.get(gap.start()) if gap else None
            ends[match.end] = phrase = _absolute(norm, match, _same_year(listed, match, report))
            found.append(phrase)
    return sorted(found, key=lambda p: p.start)


_LIST_LEFT = regex(f"{_LIST}$")


def _same_year(before: PeriodPhrase | None, match: PeriodMatch, report: Period | None) -> Period | None:
    """A period of the year that a list has named just before (2018年5月、7月), else the report's."""
    later = _absolute("", match, Period(before.months[0])) if before and before.months else None
    if before is None or before.months is None or later is None or later.months is None:
        return report
    same = later.months[0] == before.months[0] and later.months[1] > before.months[2]
    return Period(before.months[0]) if same else report


def _relative(m: re.Match[str], report: Period | None) -> PeriodPhrase:
    start, end = m.span()
    text = m.group()
    if m["base"]:
        return PeriodPhrase(start, end, text, role="base")
    if m["window"]:
        return PeriodPhrase(start, end, text, role="window", count=_number(m["window"]))
    if m["ystart"]:
        months = (report.year, 1, 12) if report else None
        return PeriodPhrase(start, end, text, months=months, role="year-start")
    if m["this"]:
        return PeriodPhrase(start, end, text, period=report, role="this")
    if m["prev"]:
        return PeriodPhrase(start, end, text, period=report.previous if report else None, role="previous")
    if m["same"]:
        shift = _RELATIVE_YEAR.get(m["rel"] or "去年", -1)
        period = Period(report.year + shift, report.frequency, report.number) if report else None
        return PeriodPhrase(start, end, text, period=period, role="same")
    shift = _RELATIVE_YEAR.get(m["rel2"], 0)
    if report is None:
        return PeriodPhrase(start, end, text)
    year = report.year + shift
    if m["in"]:
        value = _within_value(m["in"]) if "日" not in m["in"] else ""
        months = _months(year, value)
        return PeriodPhrase(start, end, text, _period(months), months)
    if m["all"] or shift:
        role = {"底": "year-end", "末": "year-end", "初": "year-start"}.get((m["all"] or "")[-1:], "")
        # 去年 in a half-year report stands for that whole year only where 全年 says so.
        whole = m["all"] == "全年" or report.frequency == "A"
        return PeriodPhrase(start, end, text, Period(year) if whole else None, (year, 1, 12), role or "year")
    return PeriodPhrase(start, end, text, report if report.frequency == "A" else None, (year, 1, 12), "year")


def _absolute(norm: str, match: PeriodMatch, report: Period | None) -> PeriodPhrase:
    text = norm[match.start : match.end]
    m = re.fullmatch(r"(\d{3,5})?([HQM].+)?", match.value.split("—")[0] if "—" in match.value else match.value)
    months: tuple[int, int, int] | None = None
    if m and (m[1] or m[2]):
        year = int(m[1]) if m[1] else report.year if report else 0
        value = (m[2] or "") + (
            "-" + match.value.split("—")[1].lstrip("0123456789") if "—" in match.value and m[2] else ""
        )
        if year and not ("—" in match.value and not m[2]):
            months = _months(year, value) if value else (year, 1, 12)
    role = {"末": "year-end", "底": "year-end", "初": "year-start"}.get(text[-1:], "")
    return PeriodPhrase(match.start, match.end, text, _period(months) if not role else None, months, role)


def _months(year: int, value: str) -> tuple[int, int, int] | None:
    spans: list[tuple[int, int]] = []
    for part in value.split("-"):
        try:
            spans.append(Period.parse(f"2000{part}").months)
        except ValueError:
            return None
    return (year, spans[0][0], spans[-1][1]) if spans else None


def _period(months: tuple[int, int, int] | None) -> Period | None:
    """The period with exactly these months, if there is one: 1-6月 is a half-year, 1-9月 is none."""
    if months is None:
        return None
    year, first, last = months
    length = last - first + 1
    frequency = {12: "A", 6: "H", 3: "Q", 1: "M"}.get(length)
    if frequency is None or (first - 1) % length:
        return None
    return Period(year, frequency, (first - 1) // length + 1)  # type: ignore[arg-type]
