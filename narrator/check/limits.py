"""A limit that the text names, no figure of the data: 国家二级标准（35微克/立方米）, 280天的预期目标, 全年365天.

What is said of the figure beside it is held against that figure: 优于, 低于, 超过, 达到. What the limit itself is,
the data cannot say.
"""

from __future__ import annotations

import calendar
import re
from typing import TYPE_CHECKING

from narrator.check import agreement
from narrator.check.clauses import after_mark, right_before
from narrator.check.cues import residue
from narrator.check.figures import same_unit
from narrator.check.reading import Judgement, Reading
from narrator.check.shown import printed_number
from narrator.numerals.normal_text import plain
from narrator.numerals.regex import regex
from narrator.records import replace

if TYPE_CHECKING:
    from narrator.check.judge import Judge

_NOUN = "(?:标准|限值|目标|要求|门槛|警戒线|红线|底线|上限|下限|及格线|合格线|达标线|考核线|控制线)(?:值|数|线|任务)?"
_KIND = '(?:国家|国标|省级?|市级?|全国|部颁|行业|[一二三四]级|年度|全年|预期|规划|控制|考核|约束性?|安全|质量|浓度|工作|管控|既定|[“”"]|十[一二三四五]五)*'
_LEFT = regex(rf"{_NOUN}[”\"]?(?:规定|要求|设定|确定)?(?:为|是|的|即)?[（(]?\s*$")
_RIGHT = regex(rf"\s*(?:以[上下内])?的?{_KIND}{_NOUN}")
_SAID = regex(
    r"(?:(?P<not>未能?|没有?|尚未|仍未)(?:有)?)?(?:(?P<less>低于|少于|小于|不到|不足|不及|未达|控制在|降[至到]|未超过)|(?P<more>高于|多于|大于|超过|超出|突破|超额)"
    r"|(?P<good>优于|好于|达到|达|符合|满足|完成|实现)|(?P<bad>劣于|差于|逊于))了?(?:[^，。；0-9]{0,12})$"
)
_FIGURE = regex("[0-9]")
_OF_YEAR = regex(r"占(?:了)?(?:全年|一年)(?:总?天数)?(?:(?:36[56]|总)天)?的?(?:比例|比重)?[^，。；0-9]{0,4}$")
_DAYS_OF_YEAR = regex(r"(?:全年|/|／|共|一年)\s*$")


def judged(judge: Judge, reading: Reading, judgement: Judgement, text: str) -> Judgement:
    """The judgement, or that on a limit in its place, where the words around a number say that it is one."""
    token = reading.token
    verified = judgement.name == "verified" and judgement.source == "engine"
    if (
        (judgement.name in ("verified", "exempt") and not verified)
        or judgement.source == "material"
        or token.kind not in ("quantity", "count")
        or len(token.values) != 1
    ):
        return judgement
    norm = plain(text)
    if not verified and _year_long(reading, norm):
        return Judgement("exempt", "premise")
    if not verified and (share := _of_year(judge, reading, norm)) is not None:
        return share
    left = right_before(_LEFT, norm, token.phrase_start, 16)
    place = left.start() if left is not None else token.phrase_start
    start = after_mark(norm, place, "，。；：\n")
    if left is not None and left.group()[-1:] not in "为是即（(" and _FIGURE.search(norm, start, place):
        return judgement  # 高于75%的目标值5.10个百分点: by how much
    if left is None and (_RIGHT.match(norm, token.phrase_end) is None or reading.role == "change"):
        return judgement
    said = _SAID.search(norm, max(start, place - 20), place)
    if said is None or (reading.bound != "clause" and residue(norm[start : said.start()])):
        return judgement if verified else _unknown()
    held = _held(judge, reading, said)
    return judgement if verified and held.name != "wrong" else held  # 14.17 is 14, and yet not below it


def _year_long(reading: Reading, norm: str) -> bool:
    """全年365天, 271天/365天: as many days as the year has."""
    token, period = reading.token, reading.periods[0] if reading.periods else None
    if token.unit not in ("天", "日") or period is None or not right_before(_DAYS_OF_YEAR, norm, token.phrase_start, 4):
        return False
    return int(token.values[0]) == 365 + calendar.isleap(period.year)


def _of_year(judge: Judge, reading: Reading, norm: str) -> Judgement | None:
    """占全年的七成多, of a number of days."""
    token, period = reading.token, reading.periods[0] if reading.periods else judge.report
    code = reading.node
    factor = same_unit(token.unit, "%")
    if factor is None or not code or judge.figures.nodes[code].unit not in ("天", "日"):
        return None
    days = judge.figures.option(code, "value", period)
    if days is None or period.frequency != "A" or not right_before(_OF_YEAR, norm, token.phrase_start, 24):
        return None
    share = days.value / (365 + calendar.isleap(period.year)) * 100
    option = replace(days, value=share, unit="%", decimals=max(1, token.decimals), measure="portion")
    rule = agreement.fits(reading, option, factor)
    shown = agreement.shown(option, reading, factor)
    why = f"{judge.figures.nodes[code].name}{printed_number(days.value, days.decimals)}{days.unit}，占全年{shown}{token.unit}"
    return Judgement(
        "wrong" if rule else "verified", rule, option, shown, why, "engine", days.fact, agreement.chance(reading, 1)
    )


def _held(judge: Judge, reading: Reading, said: re.Match[str]) -> Judgement:
    """Whether the figure of what is spoken of stands to its limit as the words say."""
    code = reading.node
    if not code:
        return _unknown()
    period = reading.periods[0] if reading.periods else judge.report
    side = "index" if reading.token.unit in ("点", "") or judge.figures.children(code) else "value"
    option = judge.figures.option(code, side, period)
    factor = same_unit(reading.token.unit, option.unit) if option is not None else None
    if option is None or factor is None:
        return _unknown()
    value, limit = option.value * factor, float(reading.token.values[0])
    falling = judge.figures.nodes[code].inverse and side == "value"
    less = falling == bool(said["good"]) if said["good"] or said["bad"] else bool(said["less"])
    holds = value <= limit if less else value >= limit
    if holds != bool(said["not"]):
        return Judgement("verified", option=option, source="engine", fact=option.fact, passing=(10.0, 200.0))
    why = f"{judge.figures.nodes[code].name}为{printed_number(value, option.decimals)}{reading.token.unit}，与所说的界限不符"
    return Judgement("wrong", "wrong-hedge", option, "", why, "engine", option.fact)


def _unknown() -> Judgement:
    why = "说的是标准、目标一类的界限，数据里没有，无从核对"
    return Judgement("unsupported", "unsupported-number", why=why)
